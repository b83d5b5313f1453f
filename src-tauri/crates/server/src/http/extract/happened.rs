//! When something happened that a desk tells later, because no server could be reached then.

use axum::{extract::FromRequestParts, http::request::Parts};
use chrono::{DateTime, Duration, SubsecRound, Utc};
use domain::Pengguna;

use crate::{
    error::ApiError,
    http::refusals::Refuses,
    state::{AppState, RequestState},
};

/// The header that says it.
pub(crate) const TERJADI_PADA: &str = "Terjadi-Pada";

/// For how long a desk may have waited for a connection. It bounds how far back a request reaches, and no outage.
const LONGEST_WAIT: Duration = Duration::days(400);

/// The instant that the header names; none where there is no header.
pub(crate) struct Happened(Option<DateTime<Utc>>);

impl Happened {
    /// What the request is to see: everything as it is now, and the clock as it stood when it happened. What would be
    /// in the future happens now, because a desk's clock may be ahead.
    ///
    /// # Errors
    /// [`ApiError::Forbidden`] for who is not of the reception; a wrong field if it is too long ago.
    pub(crate) fn seen_by(self, pengguna: &Pengguna, state: RequestState) -> Result<RequestState, ApiError> {
        let Some(then) = self.0 else { return Ok(state) };
        if !pengguna.role.is_reception() {
            return Err(ApiError::Forbidden);
        }
        let now = state.clock.now();
        if then < now - LONGEST_WAIT {
            return Err(ApiError::field(TERJADI_PADA, "terlalu lama berlalu"));
        }
        Ok(state.at_the_time(then.min(now)))
    }
}

impl FromRequestParts<AppState> for Happened {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, ApiError> {
        let Some(value) = parts.headers.get(TERJADI_PADA) else { return Ok(Self(None)) };
        let text = value.to_str().unwrap_or_default();
        let then = DateTime::parse_from_rfc3339(text)
            .map_err(|_| ApiError::field(TERJADI_PADA, "bukan waktu RFC 3339"))?;
        Ok(Self(Some(then.to_utc().trunc_subsecs(3))))
    }
}

impl Refuses for Happened {
    fn refusals() -> Vec<ApiError> {
        vec![ApiError::field(TERJADI_PADA, "bukan waktu RFC 3339")]
    }
}
