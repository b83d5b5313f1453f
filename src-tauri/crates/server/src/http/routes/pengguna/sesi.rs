//! Where a user is signed in, and what keeps a user from signing in.

use axum::{Json as Reply, extract::State, http::StatusCode};
use chrono::{DateTime, Utc};
use domain::{
    IdPengguna,
    audit::{Aksi, Objek},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    audit::Act,
    error::ApiError,
    http::{
        extract::{AsAdmin, PathId, PathWords, ShownToken},
        refusals::{Fields, NotFound},
    },
    state::AppState,
};

/// A device at which a user is signed in.
#[derive(Serialize, ToSchema)]
#[schema(as = SesiPengguna)]
pub(super) struct SesiRow {
    /// Identity.
    id: String,
    /// When the user signed in there.
    dibuat_pada: DateTime<Utc>,
    /// When the device was last heard of, to a quarter of an hour.
    terakhir_pada: DateTime<Utc>,
    /// Such as "Chrome, Windows"; `null` if it did not tell.
    perangkat: Option<String>,
    /// The device that asks.
    sendiri: bool,
}

/// The devices, the one that was heard of last first.
#[derive(Serialize, ToSchema)]
#[schema(as = DaftarSesi)]
pub(in crate::http) struct SesiList {
    /// All of them.
    data: Vec<SesiRow>,
}

/// Where a user is signed in.
#[utoipa::path(
    get,
    path = "/api/users/{id}/sesi",
    tag = "users",
    params(("id" = i64, Path)),
    responses((status = 200, body = SesiList), NotFound)
)]
pub(in crate::http) async fn list_sesi(
    State(state): State<AppState>,
    _admin: AsAdmin,
    token: ShownToken,
    PathId(id): PathId<IdPengguna>,
) -> Result<Reply<SesiList>, ApiError> {
    state.store.pengguna().find(id).await?.ok_or(ApiError::NotFound)?;
    let own = token.claims()?;
    let found = state.store.sesi().list(id, state.clock.now()).await?;
    let row = |sesi: store::sesi::SesiRinci| SesiRow {
        sendiri: sesi.id == own.sid,
        id: sesi.id,
        dibuat_pada: sesi.dibuat_pada,
        terakhir_pada: sesi.terakhir_pada,
        perangkat: sesi.keterangan,
    };
    Ok(Reply(SesiList { data: found.into_iter().map(row).collect() }))
}

/// Signs a user out at one device; its connections end at once.
#[utoipa::path(
    delete,
    path = "/api/users/{id}/sesi/{sesi}",
    tag = "users",
    params(("id" = i64, Path), ("sesi" = String, Path)),
    responses((status = 204), NotFound, Fields)
)]
pub(in crate::http) async fn revoke_sesi(
    State(state): State<AppState>,
    _admin: AsAdmin,
    PathWords(id, sesi): PathWords<i64, String>,
) -> Result<StatusCode, ApiError> {
    let act = Act::new(Aksi::AkhiriSesi, Objek::Pengguna).on(id);
    if !act.record(state.store.sesi().revoke_of(IdPengguna(id), &sesi, state.clock.now())).await? {
        return Err(ApiError::NotFound);
    }
    state.hub.close_sesi(&sesi);
    Ok(StatusCode::NO_CONTENT)
}

/// Signs a user out everywhere.
#[utoipa::path(
    delete,
    path = "/api/users/{id}/sesi",
    tag = "users",
    params(("id" = i64, Path)),
    responses((status = 204), NotFound)
)]
pub(in crate::http) async fn revoke_all_sesi(
    State(state): State<AppState>,
    _admin: AsAdmin,
    PathId(id): PathId<IdPengguna>,
) -> Result<StatusCode, ApiError> {
    state.store.pengguna().find(id).await?.ok_or(ApiError::NotFound)?;
    let act = Act::new(Aksi::AkhiriSesi, Objek::Pengguna).on(id.0);
    act.record(state.store.sesi().revoke_all(id, state.clock.now())).await?;
    state.hub.close_pengguna(id);
    Ok(StatusCode::NO_CONTENT)
}

/// Forgets the failed attempts of a user, who then need not wait any more.
#[utoipa::path(
    post,
    path = "/api/users/{id}/unlock",
    tag = "users",
    params(("id" = i64, Path)),
    responses((status = 204), NotFound)
)]
pub(in crate::http) async fn unlock(
    State(state): State<AppState>,
    _admin: AsAdmin,
    PathId(id): PathId<IdPengguna>,
) -> Result<StatusCode, ApiError> {
    let pengguna = state.store.pengguna().find(id).await?.ok_or(ApiError::NotFound)?;
    let act = Act::new(Aksi::BukaKunci, Objek::Pengguna).on(id.0);
    act.record(state.throttle.forget(&pengguna.email, id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
