//! The staff in an emergency: a user as usual or, while the database is away, one whose session this server has found
//! alive a moment before. Only the evacuation list, and a desk that tells of an arrival, are let in like this.

use axum::{extract::FromRequestParts, http::request::Parts};
use domain::Pengguna;

use super::{AsPengguna, token::ShownToken};
use crate::{audit, error::ApiError, http::refusals::Refuses, state::AppState};

/// Any user, also while the database is away.
pub(crate) struct AsStaff(pub(crate) Pengguna);

impl AsStaff {
    /// The user, if of the reception.
    ///
    /// # Errors
    /// [`ApiError::Forbidden`].
    pub(crate) fn reception(self) -> Result<Pengguna, ApiError> {
        if self.0.role.is_reception() { Ok(self.0) } else { Err(ApiError::Forbidden) }
    }
}

impl FromRequestParts<AppState> for AsStaff {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let away = match state.evakuasi.is_away() {
            true => ApiError::Unavailable,
            false => match AsPengguna::from_request_parts(parts, state).await {
                Ok(AsPengguna(pengguna)) => return Ok(Self(pengguna)),
                Err(away @ (ApiError::Unavailable | ApiError::Slow)) => away,
                Err(error) => return Err(error),
            },
        };
        let Ok(token) = ShownToken::from_request_parts(parts, state).await;
        let known = state.hub.recall(&token.claims()?.sid);
        match known {
            Some(pengguna) if pengguna.wajib_ganti_password => Err(ApiError::PasswordChangeRequired),
            Some(pengguna) => {
                state.evakuasi.note_away();
                audit::acts_as_pengguna(&pengguna);
                Ok(Self(pengguna))
            }
            None => Err(away),
        }
    }
}

impl Refuses for AsStaff {
    fn refusals() -> Vec<ApiError> {
        AsPengguna::refusals()
    }
}

/// Somebody of the reception, also while the database is away.
pub(crate) struct AsStaffReception;

impl FromRequestParts<AppState> for AsStaffReception {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        AsStaff::from_request_parts(parts, state).await?.reception().map(|_| Self)
    }
}

impl Refuses for AsStaffReception {
    fn refusals() -> Vec<ApiError> {
        AsStaff::refusals()
    }
}
