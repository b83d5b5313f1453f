//! The access token of a request.

use std::{convert::Infallible, sync::Arc};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};

use crate::{
    auth::token::{Claims, TokenError},
    error::ApiError,
    http::refusals::Refuses,
    state::AppState,
};

/// The access token that a request shows. It is checked once; later extractors get the same result.
#[derive(Clone)]
pub(crate) enum ShownToken {
    /// The request has no token.
    Missing,
    /// The token is not valid.
    Refused(TokenError),
    /// The token was issued here and is valid. Only the database knows whether its session lives.
    Good(Arc<Claims>),
}

impl ShownToken {
    /// The claims of a valid token.
    ///
    /// # Errors
    /// [`ApiError::Unauthorized`] or [`ApiError::TokenExpired`].
    pub(crate) fn claims(self) -> Result<Arc<Claims>, ApiError> {
        match self {
            Self::Good(claims) => Ok(claims),
            Self::Missing | Self::Refused(TokenError::Invalid) => Err(ApiError::Unauthorized),
            Self::Refused(TokenError::Expired) => Err(ApiError::TokenExpired),
        }
    }

    fn read(headers: &HeaderMap, state: &AppState) -> Self {
        match bearer(headers).map(|token| state.tokens.verify(token, state.clock.now())) {
            None => Self::Missing,
            Some(Err(error)) => Self::Refused(error),
            Some(Ok(claims)) => Self::Good(Arc::new(claims)),
        }
    }
}

/// The request is not refused for it; who needs a session takes one.
impl Refuses for ShownToken {
    fn refusals() -> Vec<ApiError> {
        Vec::new()
    }
}

impl FromRequestParts<AppState> for ShownToken {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        if let Some(known) = parts.extensions.get::<Self>() {
            return Ok(known.clone());
        }
        let shown = Self::read(&parts.headers, state);
        parts.extensions.insert(shown.clone());
        Ok(shown)
    }
}

/// The token of `Authorization: Bearer …`.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
