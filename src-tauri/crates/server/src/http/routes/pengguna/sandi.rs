//! Temporary passwords, and how they reach their users.

use axum::{Json as Reply, extract::State};
use domain::{
    IdPengguna, Telp,
    audit::{Aksi, Objek},
    pengguna::has_email,
};
use store::pengguna::{NewPassword, place_of_password};

use super::unit;
use crate::{
    audit::Act,
    auth::password,
    error::ApiError,
    http::{
        extract::{AsAdmin, PathId},
        refusals::{Busy, NotFound},
        routes::tamu::PasswordSementara,
    },
    state::AppState,
};

/// Gives a user a new temporary password for seven days; every session of the user ends.
#[utoipa::path(
    post,
    path = "/api/users/{id}/reset-password",
    tag = "users",
    params(("id" = i64, Path)),
    responses((status = 200, body = PasswordSementara), NotFound, Busy)
)]
pub(in crate::http) async fn reset_password(
    State(state): State<AppState>,
    _admin: AsAdmin,
    PathId(id): PathId<IdPengguna>,
) -> Result<Reply<PasswordSementara>, ApiError> {
    let target = state.store.pengguna().find(id).await?.ok_or(ApiError::NotFound)?;
    if target.unit {
        return Err(ApiError::field("id", unit::only_of_people("kata sandi")));
    }
    let password_sementara = password::temporary()?;
    let hash = state.passwords.hash(password_sementara.clone()).await?;
    let telp = target.telp.as_ref();
    let rahasia = sealed_if_reached(&state, &target.email, telp, &hash, &password_sementara)?;
    let baru = NewPassword { hash, sementara: true, lama: None, rahasia, waktu: state.clock.now() };
    let act = Act::new(Aksi::ResetPassword, Objek::Pengguna).on(id.0);
    act.record(state.store.pengguna().update_password(id, baru)).await?;
    state.hub.close_pengguna(id);
    Ok(Reply(PasswordSementara { password_sementara }))
}

/// A temporary password, encrypted for the message that brings it to the user. None for one who has no address and no
/// number, and is told at the desk.
pub(super) fn sealed_if_reached(
    state: &AppState,
    email: &str,
    telp: Option<&Telp>,
    hash: &str,
    password: &str,
) -> Result<Option<Vec<u8>>, ApiError> {
    if !has_email(email) && telp.is_none() {
        return Ok(None);
    }
    let sealed = state.kunci.rahasia.encrypt(&place_of_password(hash), password.as_bytes());
    sealed.map(Some).map_err(|error| {
        tracing::error!(%error, "a password cannot be encrypted");
        ApiError::Internal
    })
}
