//! A JSON body: at most 1 MiB, here within 10 seconds, of exactly the expected shape.

use std::time::Duration;

use axum::{
    body::to_bytes,
    extract::{FromRequest, Request},
    http::{HeaderMap, header},
};
use serde::de::DeserializeOwned;

use crate::error::ApiError;

/// Bodies are smaller than this; 1 MiB.
pub(crate) const BODY_MAX_BYTES: usize = 1 << 20;

const BODY_TIMEOUT: Duration = Duration::from_secs(10);

/// The body as `T`. Request types deny unknown fields.
pub(crate) struct Json<T>(pub(crate) T);

impl<S, T> FromRequest<S> for Json<T>
where
    S: Send + Sync,
    T: DeserializeOwned,
{
    type Rejection = ApiError;

    async fn from_request(request: Request, _state: &S) -> Result<Self, ApiError> {
        if !is_json(request.headers()) {
            return Err(ApiError::MediaType);
        }
        if declared_length(request.headers()).is_some_and(|length| length > BODY_MAX_BYTES as u64) {
            return Err(ApiError::TooLarge);
        }
        let body = tokio::time::timeout(BODY_TIMEOUT, to_bytes(request.into_body(), BODY_MAX_BYTES))
            .await
            .map_err(|_| ApiError::Timeout)?
            .map_err(|_| ApiError::TooLarge)?;
        let mut json = serde_json::Deserializer::from_slice(&body);
        let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
            let path = error.path().to_string();
            let inner = error.into_inner();
            if inner.is_data() { super::field_error(&path, &inner.to_string()) } else { ApiError::Json }
        })?;
        json.end().map_err(|_| ApiError::Json)?;
        Ok(Self(value))
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"))
}

fn declared_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
