//! The erasure of a guest: asked for, taken back, carried out.

use axum::{Json as Reply, http::StatusCode};
use chrono::{DateTime, Utc};
use domain::{
    IdTamu,
    audit::{Aksi, Objek},
    kunjungan,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::visits;
use crate::{
    audit::Act,
    error::ApiError,
    http::{
        extract::{AsAdmin, AsTamu, PathId},
        refusals::NotFound,
    },
    state::RequestState,
};

/// What becomes of a request to be erased.
#[derive(Serialize, ToSchema)]
#[schema(as = Erasure)]
pub(in crate::http::routes) struct ErasureReply {
    /// When it was asked for, first.
    hapus_diminta_pada: DateTime<Utc>,
    /// When it has to be done.
    selambatnya: DateTime<Utc>,
    /// It is done. Otherwise the guest is awaited or in the building, and it is done after that.
    selesai: bool,
}

/// Asks to be erased. It is done at once if the guest is neither awaited nor in the building; then this session has
/// ended. Otherwise the request is kept, and an admin carries it out.
#[utoipa::path(
    post,
    path = "/api/tamu/saya/hapus",
    tag = "tamu",
    responses((status = 202, body = ErasureReply))
)]
pub(in crate::http::routes) async fn erase_me(
    state: RequestState,
    AsTamu(tamu): AsTamu,
) -> Result<(StatusCode, Reply<ErasureReply>), ApiError> {
    erase(&state, tamu.id).await
}

/// Takes the request to be erased back.
#[utoipa::path(delete, path = "/api/tamu/saya/hapus", tag = "tamu", responses((status = 204)))]
pub(in crate::http::routes) async fn keep_me(
    state: RequestState,
    AsTamu(tamu): AsTamu,
) -> Result<StatusCode, ApiError> {
    Act::on_tamu(Aksi::BatalMintaHapus, &tamu).record(state.store.tamu().keep(tamu.id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Erases a guest who has asked for it, here or at the school. While the guest is awaited or in the building, only the
/// request is kept. The same asked again changes nothing.
#[utoipa::path(
    post,
    path = "/api/tamu/{id}/hapus",
    tag = "tamu",
    params(("id" = i64, Path)),
    responses((status = 202, body = ErasureReply), NotFound)
)]
pub(in crate::http::routes) async fn erase_guest(
    state: RequestState,
    _admin: AsAdmin,
    PathId(id): PathId<IdTamu>,
) -> Result<(StatusCode, Reply<ErasureReply>), ApiError> {
    erase(&state, id).await
}

async fn erase(state: &RequestState, id: IdTamu) -> Result<(StatusCode, Reply<ErasureReply>), ApiError> {
    // Where it has to wait, the store enters that it was asked for.
    let act = Act::new(Aksi::Hapus, Objek::Tamu).on(id.0).of_tamu(id);
    let erasure = act.record(state.store.tamu().erase(id, state.clock.now())).await?;
    if erasure.selesai {
        // Their pages show nothing any more.
        visits(state, id).await?.iter().for_each(|visit| state.hub.wake_followers(visit.id));
    }
    let reply = ErasureReply {
        hapus_diminta_pada: erasure.diminta_pada,
        selambatnya: kunjungan::erased_by(erasure.diminta_pada),
        selesai: erasure.selesai,
    };
    Ok((StatusCode::ACCEPTED, Reply(reply)))
}
