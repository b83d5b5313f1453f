//! Who sends the request: authentication and role, checked before anything else is looked at.
//!
//! The token is checked first, then its session in the database. So a logout, a deactivation or a new role counts from
//! the very next request on.

use axum::{
    extract::{FromRequestParts, MatchedPath},
    http::{header, request::Parts},
};
use domain::{
    IdPengguna, Pengguna, Role, Tamu,
    audit::{Aksi, Objek},
};
use store::sesi::SessionIdentity;

use super::token::ShownToken;
use crate::{
    audit::{self, Act},
    error::ApiError,
    http::refusals::Refuses,
    refused::refused,
    state::AppState,
};

/// Any living session. Only this extractor lets in a user who must still change a temporary password.
pub(crate) struct AnySession {
    pub(crate) owner: SessionOwner,
    pub(crate) id_sesi: String,
}

pub(crate) enum SessionOwner {
    /// A user's session.
    Pengguna(Pengguna),
    /// A guest's session.
    Tamu(Tamu),
}

/// Any user.
pub(crate) struct AsPengguna(pub(crate) Pengguna);

/// An admin.
pub(crate) struct AsAdmin(pub(crate) Pengguna);

/// Reception: a receptionist, or an admin who stands in.
pub(crate) struct AsReception(pub(crate) Pengguna);

/// A guest.
pub(crate) struct AsTamu(pub(crate) Tamu);

/// A session, if there is one. A token that is not valid is refused rather than ignored, so that its client renews it.
pub(crate) struct MaybeSession(pub(crate) Option<AnySession>);

impl SessionOwner {
    /// What the owner does about the own account.
    pub(crate) fn act(&self, aksi: Aksi) -> Act {
        match self {
            Self::Pengguna(pengguna) => Act::new(aksi, Objek::Pengguna).on(pengguna.id.0),
            Self::Tamu(tamu) => Act::on_tamu(aksi, tamu),
        }
    }
}

impl FromRequestParts<AppState> for AnySession {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let Ok(token) = ShownToken::from_request_parts(parts, state).await;
        let claims = token.claims()?;
        let owner = match state.store.sesi().find(&claims.sid, state.clock.now()).await? {
            Some(SessionIdentity::Pengguna(pengguna)) => {
                audit::acts_as_pengguna(&pengguna);
                state.hub.remember(&claims.sid, &pengguna);
                SessionOwner::Pengguna(pengguna)
            }
            Some(SessionIdentity::Tamu(tamu)) => {
                audit::acts_as_tamu(tamu.id);
                SessionOwner::Tamu(tamu)
            }
            None => return Err(ApiError::Unauthorized),
        };
        Ok(Self { owner, id_sesi: claims.sid.clone() })
    }
}

impl FromRequestParts<AppState> for AsPengguna {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        match AnySession::from_request_parts(parts, state).await?.owner {
            SessionOwner::Pengguna(pengguna) if pengguna.wajib_ganti_password => {
                Err(ApiError::PasswordChangeRequired)
            }
            SessionOwner::Pengguna(pengguna) => Ok(Self(pengguna)),
            SessionOwner::Tamu(tamu) => {
                refused!("akses_ditolak", id_tamu = tamu.id.0, route = route(parts));
                Err(ApiError::Forbidden)
            }
        }
    }
}

impl FromRequestParts<AppState> for AsAdmin {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let AsPengguna(pengguna) = AsPengguna::from_request_parts(parts, state).await?;
        if pengguna.role == Role::Admin { Ok(Self(pengguna)) } else { Err(not_allowed(parts, &pengguna)) }
    }
}

impl FromRequestParts<AppState> for AsReception {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let AsPengguna(pengguna) = AsPengguna::from_request_parts(parts, state).await?;
        if pengguna.role.is_reception() { Ok(Self(pengguna)) } else { Err(not_allowed(parts, &pengguna)) }
    }
}

impl FromRequestParts<AppState> for AsTamu {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        match AnySession::from_request_parts(parts, state).await?.owner {
            SessionOwner::Tamu(tamu) => Ok(Self(tamu)),
            SessionOwner::Pengguna(pengguna) => Err(not_allowed(parts, &pengguna)),
        }
    }
}

/// Whether the user may act in the name of who is visited: the own, that of a unit that the user is behind, and any if
/// the user sees everybody's appointments.
///
/// # Errors
/// The store's.
pub(crate) async fn acts_for(
    state: &AppState,
    pengguna: &Pengguna,
    id: IdPengguna,
) -> Result<bool, ApiError> {
    match pengguna.own_only() {
        Some(own) if own != id => Ok(state.store.pengguna().is_anggota(id, own).await?),
        _ => Ok(true),
    }
}

/// The refusal of a user whose role is not enough. It is logged.
fn not_allowed(parts: &Parts, pengguna: &Pengguna) -> ApiError {
    refused!("akses_ditolak", id_pengguna = pengguna.id.0, route = route(parts));
    ApiError::Forbidden
}

/// The route's pattern, without the values in it, because a value may be a code.
fn route(parts: &Parts) -> &str {
    parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str)
}

impl FromRequestParts<AppState> for MaybeSession {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        if !parts.headers.contains_key(header::AUTHORIZATION) {
            return Ok(Self(None));
        }
        AnySession::from_request_parts(parts, state).await.map(|session| Self(Some(session)))
    }
}

impl Refuses for AnySession {
    fn refusals() -> Vec<ApiError> {
        vec![ApiError::Unauthorized, ApiError::TokenExpired, ApiError::Unavailable]
    }
}

impl Refuses for MaybeSession {
    fn refusals() -> Vec<ApiError> {
        AnySession::refusals()
    }
}

impl Refuses for AsPengguna {
    fn refusals() -> Vec<ApiError> {
        let mut refusals = AnySession::refusals();
        refusals.extend([ApiError::PasswordChangeRequired, ApiError::Forbidden]);
        refusals
    }
}

impl Refuses for AsAdmin {
    fn refusals() -> Vec<ApiError> {
        AsPengguna::refusals()
    }
}

impl Refuses for AsReception {
    fn refusals() -> Vec<ApiError> {
        AsPengguna::refusals()
    }
}

impl Refuses for AsTamu {
    fn refusals() -> Vec<ApiError> {
        let mut refusals = AnySession::refusals();
        refusals.push(ApiError::Forbidden);
        refusals
    }
}
