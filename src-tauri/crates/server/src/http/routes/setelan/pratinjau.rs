//! What a change of settings touches, told before it is made.

use axum::Json as Reply;
use domain::{
    dampak::{self, Dampak},
    jadwal::Span,
    pesan::KeadaanPesan,
};
use serde::Serialize;
use store::{PageRequest, pesan::PesanFilter};
use utoipa::ToSchema;

use super::UpdateRequest;
use crate::{
    error::ApiError,
    http::extract::{AsAdmin, Json},
    state::RequestState,
};

/// What a change touches.
#[derive(Serialize, ToSchema)]
#[schema(as = DampakSetelan)]
pub(in crate::http::routes) struct PreviewReply {
    dampak: Vec<Dampak>,
}

/// What a change would touch. Nothing is changed.
#[utoipa::path(
    post,
    path = "/api/settings/pratinjau",
    tag = "settings",
    request_body = UpdateRequest,
    responses((status = 200, body = PreviewReply))
)]
pub(in crate::http::routes) async fn preview(
    state: RequestState,
    _admin: AsAdmin,
    Json(request): Json<UpdateRequest>,
) -> Result<Reply<PreviewReply>, ApiError> {
    let before = &*state.setelan;
    let after = request.apply(before).map_err(ApiError::Isian)?;
    let now = state.clock.now();
    // No appointment is made so far ahead.
    let ahead = Span { start: now, end: now + chrono::Duration::days(1100) };
    let upcoming = state.store.janji_temu().list_belum(ahead).await?;
    let waiting = PesanFilter { keadaan: vec![KeadaanPesan::Menunggu], ..PesanFilter::default() };
    let waiting = state.store.pesan().list(waiting, PageRequest { nomor: 1, ukuran: 1 }).await?.total;
    let mut dampak = dampak::of(before, &after, &upcoming, waiting, now);
    // A PIN is hashed only when it is kept.
    dampak.extend(request.kiosk_pin.is_some().then(Dampak::kiosk_pin));
    Ok(Reply(PreviewReply { dampak }))
}
