//! The erasure of a guest: asked for, taken back, carried out.

use std::collections::HashSet;

use axum::{Json as Reply, http::StatusCode};
use chrono::{DateTime, Utc};
use domain::{
    IdTamu, Status,
    audit::{Aksi, Objek},
    kunjungan,
};
use serde::{Deserialize, Serialize};
use store::tamu::NewErasure;
use utoipa::{IntoParams, ToSchema};

use super::visits;
use crate::{
    audit::Act,
    error::ApiError,
    http::{
        extract::{AsAdmin, AsTamu, PathId, Query},
        refusals::NotFound,
    },
    hub::Change,
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
    erase(&state, tamu.id, false).await
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

/// How a guest is erased.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::http::routes) struct EraseQuery {
    /// Appointments to which nobody has come yet are called off first, and their gurus are told.
    #[serde(default)]
    batalkan: bool,
}

/// Erases a guest who has asked for it, here or at the school. While the guest is awaited, or in the building, only the
/// request is kept. The same asked again cleans again.
#[utoipa::path(
    post,
    path = "/api/tamu/{id}/hapus",
    tag = "tamu",
    params(("id" = i64, Path), EraseQuery),
    responses((status = 202, body = ErasureReply), NotFound)
)]
pub(in crate::http::routes) async fn erase_guest(
    state: RequestState,
    _admin: AsAdmin,
    PathId(id): PathId<IdTamu>,
    Query(query): Query<EraseQuery>,
) -> Result<(StatusCode, Reply<ErasureReply>), ApiError> {
    erase(&state, id, query.batalkan).await
}

async fn erase(
    state: &RequestState,
    id: IdTamu,
    batalkan: bool,
) -> Result<(StatusCode, Reply<ErasureReply>), ApiError> {
    let awaited = if batalkan { visits(state, id).await? } else { Vec::new() };
    let awaited: HashSet<_> =
        awaited.into_iter().filter(|row| row.status == Status::Belum).map(|row| row.id).collect();
    let baru = NewErasure { batalkan, waktu: state.clock.now() };
    // Where it has to wait, the store enters that it was asked for.
    let act = Act::new(Aksi::Hapus, Objek::Tamu).on(id.0).of_tamu(id);
    let erasure = act.record(state.store.tamu().erase(id, baru)).await?;
    if erasure.selesai {
        state.erasures.note(&*state.store).await;
        for visit in visits(state, id).await? {
            // Its page shows nothing any more.
            state.hub.wake_followers(visit.id);
            if awaited.contains(&visit.id) {
                state.hub.publish(visit, Change::Appointment, state.setelan.zona_waktu);
            }
        }
    }
    let reply = ErasureReply {
        hapus_diminta_pada: erasure.diminta_pada,
        selambatnya: kunjungan::erased_by(erasure.diminta_pada),
        selesai: erasure.selesai,
    };
    Ok((StatusCode::ACCEPTED, Reply(reply)))
}
