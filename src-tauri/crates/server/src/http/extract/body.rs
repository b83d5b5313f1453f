//! A body, mostly JSON: at most 1 MiB, received in time, and of exactly the expected shape.

use std::{fmt, marker::PhantomData};

use axum::{
    body::{Bytes, to_bytes},
    extract::{FromRequest, Request},
    http::{HeaderMap, header},
};
use data_encoding::BASE64;
use domain::{
    impor::InvalidBerkas,
    isian::{FieldErrors, InvalidIsian},
};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, IgnoredAny, MapAccess, Visitor, value::MapAccessDeserializer},
};

use crate::{error::ApiError, http::refusals::Refuses, state::AppState};

/// Bodies are smaller than this: 1 MiB.
pub(crate) const BODY_MAX_BYTES: usize = 1 << 20;

/// The body as `T`. Request types deny unknown fields.
pub(crate) struct Json<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<AppState> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, ApiError> {
        if !is_json(request.headers()) || is_compressed(request.headers()) {
            return Err(ApiError::MediaType);
        }
        let body = read(request, state).await?;
        let text = str::from_utf8(&body).map_err(|_| ApiError::Json)?;
        let mut json = serde_json::Deserializer::from_str(text);
        let Object(value) = serde_path_to_error::deserialize(&mut json).map_err(|error| {
            let path = error.path().to_string();
            // The parser may report a value of the wrong type as wrong syntax. Only a second look tells the two apart.
            match serde_json::from_str::<IgnoredAny>(text) {
                Ok(_) => super::field_error(&path, &error.into_inner().to_string()),
                Err(_) => ApiError::Json,
            }
        })?;
        json.end().map_err(|_| ApiError::Json)?;
        Ok(Self(value))
    }
}

impl<T> Refuses for Json<T> {
    fn refusals() -> Vec<ApiError> {
        let fields = ApiError::Isian(FieldErrors::new());
        vec![ApiError::Json, ApiError::Timeout, ApiError::TooLarge, ApiError::MediaType, fields]
    }
}

/// The body as it came, within the same bounds.
pub(crate) struct RawBody(pub(crate) Bytes);

impl FromRequest<AppState> for RawBody {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, ApiError> {
        if is_compressed(request.headers()) {
            return Err(ApiError::MediaType);
        }
        read(request, state).await.map(Self)
    }
}

impl Refuses for RawBody {
    fn refusals() -> Vec<ApiError> {
        vec![ApiError::Json, ApiError::Timeout, ApiError::TooLarge, ApiError::MediaType]
    }
}

/// A file as it came, or in base64 within JSON: at most [`impor::FILE_MAX_BYTES`].
pub(crate) struct FileBody(pub(crate) Bytes);

/// A file within JSON.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileInJson {
    berkas: String,
}

impl FromRequest<AppState> for FileBody {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, ApiError> {
        if is_compressed(request.headers()) {
            return Err(ApiError::MediaType);
        }
        if !is_json(request.headers()) {
            return read_up_to(request, state, impor::FILE_MAX_BYTES).await.map(Self);
        }
        let body = read_up_to(request, state, impor::FILE_MAX_BYTES / 3 * 4 + 64).await?;
        let FileInJson { berkas } = serde_json::from_slice(&body).map_err(|error| match error.is_data() {
            true => ApiError::field("berkas", InvalidIsian::Empty),
            false => ApiError::Json,
        })?;
        let file = BASE64.decode(berkas.as_bytes());
        let file = file.map_err(|_| ApiError::field("berkas", InvalidBerkas::Damaged))?;
        Ok(Self(file.into()))
    }
}

impl Refuses for FileBody {
    fn refusals() -> Vec<ApiError> {
        let fields = ApiError::Isian(FieldErrors::new());
        vec![ApiError::Json, ApiError::Timeout, ApiError::TooLarge, ApiError::MediaType, fields]
    }
}

async fn read(request: Request, state: &AppState) -> Result<Bytes, ApiError> {
    read_up_to(request, state, BODY_MAX_BYTES).await
}

async fn read_up_to(request: Request, state: &AppState, max_bytes: usize) -> Result<Bytes, ApiError> {
    if declared_length(request.headers()).is_some_and(|length| length > max_bytes as u64) {
        return Err(ApiError::TooLarge);
    }
    tokio::time::timeout(state.config.body_within, to_bytes(request.into_body(), max_bytes))
        .await
        .map_err(|_| ApiError::Timeout)?
        .map_err(|_| ApiError::TooLarge)
}

/// A value that must be written as a JSON object. serde by itself also takes an array of the fields in their order.
pub(crate) struct Object<T>(pub(crate) T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor(PhantomData)).map(Self)
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map))
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"))
}

/// Compressed bodies are never unpacked here: a small one could grow to any size.
fn is_compressed(headers: &HeaderMap) -> bool {
    headers.get_all(header::CONTENT_ENCODING).iter().any(|value| value.as_bytes() != b"identity")
}

fn declared_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
