//! Refresh tokens: 32 random bytes, good once; only their SHA-256 is kept.

use chrono::Duration;
use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};
use store::sesi::TokenHash;

use crate::error::ApiError;

/// How long a device stays signed in that does not come back.
pub(crate) const REFRESH_LIFETIME: Duration = Duration::days(30);

/// A new refresh token, or a new identity of a session.
pub(crate) fn random_token() -> Result<String, ApiError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| {
        tracing::error!(%error, "no random numbers");
        ApiError::Internal
    })?;
    Ok(BASE64URL_NOPAD.encode(&bytes))
}

/// What is kept of a refresh token.
pub(crate) fn hash(token: &str) -> TokenHash {
    Sha256::digest(token.as_bytes()).into()
}
