//! Temporary passwords, and how they reach their users.

use axum::{Json as Reply, extract::State};
use domain::{
    IdPengguna, Telp,
    audit::{Aksi, Objek},
    pengguna::has_email,
    pesan::Saluran,
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
    let reach = Reach::now(&state).await;
    let rahasia = reach.seal(&state, (&target.email, telp), &hash, &password_sementara)?;
    let baru = NewPassword { hash, sementara: true, lama: None, rahasia, waktu: state.clock.now() };
    let act = Act::new(Aksi::ResetPassword, Objek::Pengguna).on(id.0);
    act.record(state.store.pengguna().update_password(id, baru)).await?;
    state.hub.close_pengguna(id);
    Ok(Reply(PasswordSementara { password_sementara }))
}

/// The ways on which a password reaches its user now.
pub(super) struct Reach {
    email: bool,
    whatsapp: bool,
}

impl Reach {
    /// The channels that are set up. Where nothing sends messages yet, they wait for it.
    pub(super) async fn now(state: &AppState) -> Self {
        let Some(courier) = state.courier.get() else { return Self { email: true, whatsapp: true } };
        let channels = courier.channels().await;
        let is_set_up =
            |name: Saluran| channels.iter().any(|one| one.saluran == name && one.penyedia.is_some());
        Self { email: is_set_up(Saluran::Email), whatsapp: is_set_up(Saluran::Whatsapp) }
    }

    /// The way to a user; none to one who is told at the desk.
    pub(super) fn way(&self, email: &str, telp: Option<&Telp>) -> Option<Saluran> {
        match () {
            () if self.email && has_email(email) => Some(Saluran::Email),
            () if self.whatsapp && telp.is_some() => Some(Saluran::Whatsapp),
            () => None,
        }
    }

    /// A temporary password, encrypted for the message that brings it to the user. None for one whom no message
    /// reaches.
    pub(super) fn seal(
        &self,
        state: &AppState,
        (email, telp): (&str, Option<&Telp>),
        hash: &str,
        password: &str,
    ) -> Result<Option<Vec<u8>>, ApiError> {
        if self.way(email, telp).is_none() {
            return Ok(None);
        }
        let sealed = state.kunci.rahasia.encrypt(&place_of_password(hash), password.as_bytes());
        sealed.map(Some).map_err(|error| {
            tracing::error!(%error, "a password cannot be encrypted");
            ApiError::Internal
        })
    }
}
