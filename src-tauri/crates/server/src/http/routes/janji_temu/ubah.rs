//! Corrects who comes on one visit.

use axum::Json as Reply;
use domain::{
    IdJanjiTemu,
    audit::Aksi,
    isian::{self, FieldErrors, collect},
    json::JanjiTemu,
    tamu,
};
use serde::Deserialize;
use store::janji_temu::VisitCorrection;
use utoipa::ToSchema;

use super::find_visible;
use crate::{
    audit::{Act, values},
    error::ApiError,
    http::{
        extract::{AsPengguna, Json, PathId},
        refusals::{NotFound, Transition},
    },
    hub::Change,
    state::RequestState,
};

/// Corrections of one visit; what is missing stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = KoreksiRequest)]
pub(in crate::http::routes) struct UpdateRequest {
    /// Who really comes. Empty text, or the guest's own name: the guest whose number it is.
    atas_nama: Option<String>,
    /// How many come, 1 to 999.
    jumlah_orang: Option<i64>,
    /// Where whoever comes is from. Empty text: where the guest is from.
    instansi: Option<String>,
}

/// Corrects who comes, from where, and how many. Screens that show the visit show it at once. Of a visit that is over
/// only the reception corrects it.
#[utoipa::path(
    put,
    path = "/api/appointments/{id}",
    tag = "appointments",
    params(("id" = i64, Path)),
    request_body = UpdateRequest,
    responses((status = 200, body = JanjiTemu), NotFound, Transition)
)]
pub(in crate::http::routes) async fn update(
    state: RequestState,
    AsPengguna(pengguna): AsPengguna,
    PathId(id): PathId<IdJanjiTemu>,
    Json(request): Json<UpdateRequest>,
) -> Result<Reply<JanjiTemu>, ApiError> {
    let zone = state.setelan.zona_waktu;
    let before = find_visible(&state, &pengguna, id).await?;
    if !before.may_be_corrected_by(&pengguna) {
        return Err(ApiError::Transition);
    }
    let mut errors = FieldErrors::new();
    let mut ubah = VisitCorrection::default();
    if let Some(atas_nama) = &request.atas_nama {
        let atas_nama = collect(&mut errors, "atas_nama", isian::optional_nama(Some(atas_nama)));
        ubah.atas_nama = atas_nama.map(|atas_nama| tamu::sendiri(&before.nama_tamu, atas_nama.as_deref()));
    }
    if let Some(jumlah_orang) = request.jumlah_orang {
        ubah.jumlah_orang = collect(&mut errors, "jumlah_orang", isian::jumlah_orang(Some(jumlah_orang)));
    }
    if let Some(instansi) = &request.instansi {
        ubah.instansi = collect(&mut errors, "instansi", isian::optional_line(Some(instansi)));
    }
    if !errors.is_empty() {
        return Err(ApiError::Isian(errors));
    }
    let after = values::of_changed_visitors(&before, &ubah);
    let act = Act::on_visit(Aksi::Ubah, &before).changes(&values::of_visitors(&before), &after);
    let row = act.record(state.store.janji_temu().update(id, ubah)).await?;
    let change = if row.waktu_datang.is_some() { Change::Notification } else { Change::Appointment };
    state.hub.publish(row.clone(), change, zone);
    Ok(Reply(JanjiTemu::new(row, zone)))
}
