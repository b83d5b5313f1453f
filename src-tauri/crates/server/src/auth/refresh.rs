//! Refresh tokens: 32 random bytes, good once; only their SHA-256 is kept.

use data_encoding::BASE64URL_NOPAD;
use domain::hmac_sha256;
use sha2::{Digest, Sha256};
use store::sesi::TokenHash;

use crate::error::ApiError;

/// A new refresh token, or a new identity of a session.
pub(crate) fn random_token() -> Result<String, ApiError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| {
        tracing::error!(%error, "no random numbers");
        ApiError::Internal
    })?;
    Ok(BASE64URL_NOPAD.encode(&bytes))
}

/// The token that follows a refresh token under an idempotency key. It is the same each time. Nobody can compute it
/// without the school's key, even with the token and the idempotency key.
pub(crate) fn successor(key: &[u8; 32], token: &str, kunci: &str) -> String {
    // A key holds no space, so the two cannot run into each other.
    let message = format!("token segar {kunci} {token}");
    BASE64URL_NOPAD.encode(&hmac_sha256(key, &[message.as_bytes()]))
}

/// What the database keeps of a refresh token.
pub(crate) fn hash(token: &str) -> TokenHash {
    Sha256::digest(token.as_bytes()).into()
}
