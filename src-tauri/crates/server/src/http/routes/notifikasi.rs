//! The guru's notifications of arrivals, and the guru's answer.

use axum::{Json as Reply, extract::State, http::StatusCode};
use domain::{
    IdJanjiTemu, JanjiTemu, JenisTanggapan, Tanggapan,
    audit::{Aksi, Objek},
    json::Daftar,
    notifikasi::Notifikasi,
    tanggapan::TanggapanMasuk,
};
use serde::Deserialize;
use serde_json::json;
use utoipa::{IntoParams, ToSchema};

use crate::{
    audit::Act,
    error::ApiError,
    http::{
        extract::{AsPengguna, Json, PathId, Query, halaman},
        refusals::{Answered, NotFound},
    },
    hub::Change,
    reads::Reading,
    state::{AppState, RequestState},
};

/// Which notifications.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ListQuery {
    /// Only the unread ones, oldest first.
    belum_dibaca: Option<bool>,
    /// From 1 on.
    halaman: Option<i64>,
    /// 1 to 200.
    ukuran: Option<i64>,
}

/// A page of one's own notifications, newest first; of the unread ones, oldest first.
#[utoipa::path(
    get,
    path = "/api/notifications",
    tag = "notifications",
    params(ListQuery),
    responses((status = 200, body = Daftar<Notifikasi>))
)]
pub(super) async fn list(
    State(state): State<AppState>,
    AsPengguna(pengguna): AsPengguna,
    Query(query): Query<ListQuery>,
) -> Result<Reply<Daftar<Notifikasi>>, ApiError> {
    let halaman = halaman(query.halaman, query.ukuran)?;
    state.reads.check(pengguna.id, Reading::Tamu)?;
    let found = if query.belum_dibaca == Some(true) {
        state.store.notifikasi().list_belum_dibaca(pengguna.id, halaman).await?
    } else {
        state.store.notifikasi().list(pengguna.id, halaman).await?
    };
    state.reads.count(pengguna.id, Reading::Tamu, found.data.len());
    Ok(Reply(found))
}

/// Marks a notification as read.
#[utoipa::path(
    put,
    path = "/api/notifications/{id}/read",
    tag = "notifications",
    params(("id" = i64, Path)),
    responses((status = 200, body = Notifikasi), NotFound)
)]
pub(super) async fn mark_read(
    state: RequestState,
    AsPengguna(pengguna): AsPengguna,
    PathId(id): PathId<IdJanjiTemu>,
) -> Result<Reply<Notifikasi>, ApiError> {
    let act = Act::new(Aksi::Baca, Objek::Notifikasi).on(id.0);
    let row = act.record(state.store.notifikasi().mark_read(id, pengguna.id, state.clock.now())).await?;
    changed(&state, row).map(Reply)
}

/// Puts a notification away.
#[utoipa::path(
    delete,
    path = "/api/notifications/{id}",
    tag = "notifications",
    params(("id" = i64, Path)),
    responses((status = 204), NotFound)
)]
pub(super) async fn delete(
    state: RequestState,
    AsPengguna(pengguna): AsPengguna,
    PathId(id): PathId<IdJanjiTemu>,
) -> Result<StatusCode, ApiError> {
    let act = Act::new(Aksi::Sembunyikan, Objek::Notifikasi).on(id.0);
    let row = act.record(state.store.notifikasi().delete(id, pengguna.id, state.clock.now())).await?;
    changed(&state, row)?;
    Ok(StatusCode::NO_CONTENT)
}

/// A guru's answer to an arrival.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RespondRequest {
    /// Up to 200 characters, such as "Saya ke lobi". Without a kind too, null or empty takes the answer back.
    tanggapan: Option<String>,
    /// What the answer means; where it is missing, the kind whose standard words `tanggapan` is, or `teks`.
    tanggapan_jenis: Option<JenisTanggapan>,
    /// Of `sebentar`: in how many minutes, 1 to 240.
    tanggapan_menit: Option<i64>,
    /// Of `antar`: where to, up to 100 characters.
    tanggapan_tempat: Option<String>,
}

/// Answers an arrival; the reception sees it at once. Of a unit everybody behind it may answer, and the first answer
/// stands: another one is refused until that one's minutes are over, or the desk has asked again.
#[utoipa::path(
    post,
    path = "/api/notifications/{id}/respond",
    tag = "notifications",
    params(("id" = i64, Path)),
    request_body = RespondRequest,
    responses((status = 200, body = Notifikasi), NotFound, Answered)
)]
pub(super) async fn respond(
    state: RequestState,
    AsPengguna(pengguna): AsPengguna,
    PathId(id): PathId<IdJanjiTemu>,
    Json(request): Json<RespondRequest>,
) -> Result<Reply<Notifikasi>, ApiError> {
    let masuk = TanggapanMasuk {
        teks: request.tanggapan.as_deref(),
        jenis: request.tanggapan_jenis,
        menit: request.tanggapan_menit,
        tempat: request.tanggapan_tempat.as_deref(),
    };
    let tanggapan = Tanggapan::check(masuk).map_err(ApiError::Isian)?;
    let after = match &tanggapan {
        Some(tanggapan) => json!({ "tanggapan": tanggapan.teks, "tanggapan_jenis": tanggapan.jenis }),
        None => json!({ "tanggapan": null }),
    };
    // The words may tell of the guest.
    let visit = state.store.janji_temu().find(id).await?.ok_or(ApiError::NotFound)?;
    let act = Act::on_visit(Aksi::Tanggapi, &visit).of(Objek::Notifikasi).after(after);
    let now = state.clock.now();
    let row = act.record(state.store.notifikasi().respond(id, pengguna.id, tanggapan.clone(), now)).await?;
    if row.is_answered_by_another(pengguna.id) && !tanggapan.is_some_and(|one| one.stands_in(&row)) {
        return Err(ApiError::Answered);
    }
    changed(&state, row).map(Reply)
}

/// Tells the guru's other screens and the reception.
fn changed(state: &RequestState, row: JanjiTemu) -> Result<Notifikasi, ApiError> {
    let notifikasi = Notifikasi::of(&row).ok_or(ApiError::NotFound)?;
    state.hub.publish(row, Change::Notification, state.setelan.zona_waktu);
    Ok(notifikasi)
}
