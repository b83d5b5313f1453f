//! The school's logo: admins set it, anybody sees it.

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use data_encoding::HEXLOWER;
use domain::audit::{Aksi, Objek};
use laporan::logo::{self, InvalidLogo};
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use utoipa::IntoParams;

use crate::{
    audit::Act,
    error::ApiError,
    http::{
        extract::{AsAdmin, FileBody, Query},
        refusals::{Fields, NotFound, Outdated},
    },
    state::AppState,
};

use super::pengguna::BerkasBase64;

/// The logo.
#[utoipa::path(
    get,
    path = "/api/settings/logo",
    tag = "settings",
    responses((status = 200, content_type = "image/png", body = Vec<u8>), NotFound)
)]
pub(super) async fn get(State(state): State<AppState>, _admin: AsAdmin) -> Result<Response, ApiError> {
    let png = state.store.logo().find().await?.ok_or(ApiError::NotFound)?;
    Ok((picture(&png), png).into_response())
}

/// Which settings were looked at.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct LogoQuery {
    /// The settings' version. If they are others by now, nothing is changed; without it, whatever they are.
    versi: Option<i64>,
}

/// Sets the logo: PNG or JPEG, at most 512 KiB, as it is or in base64 within JSON. It is decoded and written anew, with
/// sides of at most 512 pixels.
#[utoipa::path(
    put,
    path = "/api/settings/logo",
    tag = "settings",
    params(LogoQuery),
    request_body(content(
        (BerkasBase64 = "application/json"),
        (Vec<u8> = "image/png"),
    )),
    responses((status = 204), Fields, Outdated)
)]
pub(super) async fn update(
    State(state): State<AppState>,
    _admin: AsAdmin,
    Query(query): Query<LogoQuery>,
    FileBody(body): FileBody,
) -> Result<StatusCode, ApiError> {
    let drawn = tokio::task::spawn_blocking(move || logo::png(&body)).await;
    let png = drawn.map_err(|_| ApiError::Internal)?.map_err(|error| match error {
        InvalidLogo::TooLarge => ApiError::TooLarge,
        InvalidLogo::Unreadable | InvalidLogo::TooManyPixels => {
            ApiError::field("logo", error.to_string().as_str())
        }
    })?;
    let act = Act::new(Aksi::Ubah, Objek::Setelan).after(json!({ "logo": "baru" }));
    let changed = act.record(state.store.logo().update(png, state.clock.now(), query.versi)).await?;
    told(&state, changed).await
}

/// Takes the logo away.
#[utoipa::path(
    delete,
    path = "/api/settings/logo",
    tag = "settings",
    params(LogoQuery),
    responses((status = 204), Outdated)
)]
pub(super) async fn delete(
    State(state): State<AppState>,
    _admin: AsAdmin,
    Query(query): Query<LogoQuery>,
) -> Result<StatusCode, ApiError> {
    let act = Act::new(Aksi::Hapus, Objek::Setelan).after(json!({ "logo": null }));
    let changed = act.record(state.store.logo().delete(query.versi)).await?;
    told(&state, changed).await
}

/// Tells every page to look again.
async fn told(state: &AppState, is_changed: bool) -> Result<StatusCode, ApiError> {
    state.settings.look().await?;
    if is_changed { Ok(StatusCode::NO_CONTENT) } else { Err(ApiError::Outdated) }
}

/// The logo, for pages that are shown before anybody signs in.
#[utoipa::path(
    get,
    path = "/api/sekolah/logo",
    tag = "sekolah",
    security(()),
    responses((status = 200, content_type = "image/png", body = Vec<u8>), (status = 304), NotFound)
)]
pub(super) async fn of_sekolah(
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let png = state.store.logo().find().await?.ok_or(ApiError::NotFound)?;
    let known = headers.get(header::IF_NONE_MATCH);
    let heads = picture(&png);
    if known.is_some_and(|known| *known == heads[1].1) {
        return Ok((StatusCode::NOT_MODIFIED, heads).into_response());
    }
    Ok((heads, png).into_response())
}

/// The heads of a picture that a browser asks about again.
fn picture(png: &[u8]) -> [(header::HeaderName, HeaderValue); 3] {
    let tag = format!("\"{}\"", HEXLOWER.encode(&Sha256::digest(png)[..16]));
    [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/png")),
        (header::ETAG, HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("\"\""))),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ]
}
