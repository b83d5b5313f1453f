//! Gives an appointment another time in one request. It keeps its id, and nothing is cancelled.

use axum::Json as Reply;
use chrono::{NaiveDate, NaiveTime};
use domain::{
    IdJanjiTemu, IdPengguna, Pengguna,
    audit::Aksi,
    isian::{Field, FieldErrors},
    jadwal::{self, Span},
    json::JanjiTemu,
    perubahan::NewJadwal,
    pesan::JenisPesan,
};
use serde::Deserialize;
use serde_json::json;
use store::{Conflict, StoreError, janji_temu::Rescheduling};
use utoipa::ToSchema;

use super::{
    super::pindai::check_readable,
    find_visible,
    make::{CreateReply, bookable, clash, duration, instant},
    tutup,
};
use crate::{
    audit::Act,
    error::ApiError,
    http::{
        extract::{AsPengguna, Json, PathId},
        refusals::{Clash, Closed, NotFound, Transition},
    },
    pesan,
    state::RequestState,
};

/// When an appointment shall be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = JadwalRequest)]
pub(in crate::http::routes) struct RescheduleRequest {
    /// `YYYY-MM-DD`, from today to two months ahead.
    #[schema(value_type = String)]
    tanggal: Field<NaiveDate>,
    /// `HH:MM`.
    #[schema(value_type = String)]
    waktu: Field<NaiveTime>,
    /// 5 to 480; as long as before where it is missing.
    durasi_menit: Option<i64>,
    /// Hand it over to this guru or unit, for admins and receptionists; as it stands where it is missing.
    #[schema(value_type = Option<i64>)]
    id_guru: Option<Field<IdPengguna>>,
    /// Move it although the guru is taken.
    #[serde(default)]
    izinkan_bentrok: bool,
    /// Move it although the school is closed on that day.
    #[serde(default)]
    izinkan_libur: bool,
}

/// Gives an appointment that nobody has come to yet another time, or to another guru. Asking for what it has already
/// changes nothing and is no error, so that a request can be sent again.
///
/// The code is signed anew for the new day. One given out before stands for the same appointment, so it is good at the
/// new time too, until it ends by itself: the school's days of validity after the day that it was made for.
#[utoipa::path(
    put,
    path = "/api/appointments/{id}/schedule",
    tag = "appointments",
    params(("id" = i64, Path)),
    request_body = RescheduleRequest,
    responses((status = 200, body = CreateReply), NotFound, Transition, Clash, Closed)
)]
pub(in crate::http::routes) async fn reschedule(
    state: RequestState,
    AsPengguna(pengguna): AsPengguna,
    PathId(id): PathId<IdJanjiTemu>,
    Json(request): Json<RescheduleRequest>,
) -> Result<Reply<CreateReply>, ApiError> {
    let (now, zone) = (state.clock.now(), state.setelan.zona_waktu);
    let before = find_visible(&state, &pengguna, id).await?;
    check_readable(&before)?;
    let mut errors = FieldErrors::new();
    let durasi_menit = duration(&mut errors, request.durasi_menit, before.durasi_menit);
    let jadwal = instant(&mut errors, &state, &request.tanggal, &request.waktu);
    let asked = request.id_guru.as_ref().map(|id| id.collect(&mut errors, "id_guru"));
    let id_guru = match asked.unwrap_or(Some(before.id_guru)) {
        Some(id) if id != before.id_guru => taker(&state, &pengguna, id).await?,
        _ => before.id_guru,
    };
    // What was moved there before is asked no rule again.
    let jadwal =
        jadwal.filter(|jadwal| *jadwal == before.jadwal || bookable(&mut errors, &state, *jadwal, now));
    let (Some(durasi_menit), Some(jadwal)) = (durasi_menit, jadwal) else {
        return Err(ApiError::Isian(errors));
    };
    // Another time of the same day is no other day.
    let is_other_day = jadwal::local_date(jadwal, zone) != jadwal::local_date(before.jadwal, zone);
    if is_other_day && !request.izinkan_libur {
        tutup::check(&tutup::until(&state, now).await?, jadwal, &state)?;
    }
    let baru = NewJadwal {
        id,
        dari_guru: before.id_guru,
        id_guru,
        jadwal,
        durasi_menit,
        kode_expiry: jadwal::kode_expiry(jadwal, &state.setelan),
        izinkan_bentrok: request.izinkan_bentrok,
        waktu: now,
    };
    let (mut was, mut becomes) = (
        json!({ "jadwal": before.jadwal, "durasi_menit": before.durasi_menit }),
        json!({ "jadwal": jadwal, "durasi_menit": durasi_menit }),
    );
    if id_guru != before.id_guru {
        (was["id_guru"], becomes["id_guru"]) = (json!(before.id_guru), json!(id_guru));
    }
    let act = Act::on_visit(Aksi::JadwalUlang, &before).before(was).after(becomes);
    let row = match act.record(state.store.janji_temu().reschedule(baru)).await {
        Ok(Some(Rescheduling::Diubah(row))) => {
            state.hub.publish_handed_over(&before, row.clone(), zone);
            row
        }
        Ok(Some(Rescheduling::Tetap(row))) => row,
        // The guest has come or the appointment was cancelled, before this request or during it.
        Ok(None) => return Err(ApiError::Transition),
        Err(StoreError::Conflict(Conflict::Bentrok)) => {
            let wanted = Span::minutes(jadwal, durasi_menit);
            return Err(clash(&state, id_guru, wanted, Some(id)).await?);
        }
        Err(error) => return Err(error.into()),
    };
    let pesan = pesan::by_hand(&state, JenisPesan::Pindah, &row);
    Ok(Reply(CreateReply { appointment: JanjiTemu::new(row, zone), pesan }))
}

/// Whom an appointment is handed over to: anybody who can be visited. Only the reception hands over.
async fn taker(state: &RequestState, pengguna: &Pengguna, id: IdPengguna) -> Result<IdPengguna, ApiError> {
    if !pengguna.role.is_reception() {
        return Err(ApiError::Forbidden);
    }
    let found = state.store.pengguna().find(id).await?;
    match found.filter(|guru| guru.aktif && guru.role.receives_guests()) {
        Some(guru) => Ok(guru.id),
        None => Err(StoreError::Conflict(Conflict::Guru).into()),
    }
}
