//! An appointment's code as a picture: always black on white with its quiet zone, for any colours of the screen.

use axum::{
    extract::State,
    http::{HeaderName, header},
};
use domain::{IdJanjiTemu, JanjiTemu};
use image::{ImageFormat, Luma};
use qrcode::{EcLevel, QrCode, render::svg};

use super::janji_temu::find_visible;
use crate::{
    error::ApiError,
    http::{
        extract::{AnySession, PathId, SessionOwner},
        refusals::{NotFound, PasswordFirst},
    },
    reads::Reading,
    state::AppState,
};

/// Pixels per module. Version 3 with its quiet zone is 444 pixels wide.
const MODULE_PIXELS: u32 = 12;

pub(super) type Picture<B> = ([(HeaderName, &'static str); 1], B);

/// The code as PNG.
#[utoipa::path(
    get,
    path = "/api/appointments/{id}/qr.png",
    tag = "appointments",
    params(("id" = i64, Path)),
    responses((status = 200, content_type = "image/png", body = Vec<u8>), NotFound, PasswordFirst)
)]
pub(super) async fn png(
    State(state): State<AppState>,
    session: AnySession,
    PathId(id): PathId<IdJanjiTemu>,
) -> Result<Picture<Vec<u8>>, ApiError> {
    let code = code(&state, session, id).await?;
    let picture = code.render::<Luma<u8>>().module_dimensions(MODULE_PIXELS, MODULE_PIXELS).build();
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).map_err(|error| {
        tracing::error!(%error, "QR picture cannot be written");
        ApiError::Internal
    })?;
    Ok(([(header::CONTENT_TYPE, "image/png")], bytes.into_inner()))
}

/// The code as SVG.
#[utoipa::path(
    get,
    path = "/api/appointments/{id}/qr.svg",
    tag = "appointments",
    params(("id" = i64, Path)),
    responses((status = 200, content_type = "image/svg+xml", body = String), NotFound, PasswordFirst)
)]
pub(super) async fn svg(
    State(state): State<AppState>,
    session: AnySession,
    PathId(id): PathId<IdJanjiTemu>,
) -> Result<Picture<String>, ApiError> {
    let code = code(&state, session, id).await?;
    let picture = code.render::<svg::Color<'_>>().module_dimensions(MODULE_PIXELS, MODULE_PIXELS).build();
    Ok(([(header::CONTENT_TYPE, "image/svg+xml")], picture))
}

/// The code of an appointment that the user, or the guest, may see.
async fn code(state: &AppState, session: AnySession, id: IdJanjiTemu) -> Result<QrCode, ApiError> {
    let row = shown(state, session, id).await?;
    encode(state, &row)
}

/// An appointment that the user, or the guest, may see.
pub(super) async fn shown(
    state: &AppState,
    session: AnySession,
    id: IdJanjiTemu,
) -> Result<JanjiTemu, ApiError> {
    match session.owner {
        SessionOwner::Pengguna(pengguna) if pengguna.wajib_ganti_password => {
            Err(ApiError::PasswordChangeRequired)
        }
        SessionOwner::Pengguna(pengguna) => {
            state.reads.check(pengguna.id, Reading::Tamu)?;
            find_visible(state, &pengguna, id).await
        }
        SessionOwner::Tamu(tamu) => {
            let row = state.store.janji_temu().find(id).await?;
            row.filter(|row| row.id_tamu == tamu.id).ok_or(ApiError::NotFound)
        }
    }
}

/// An appointment's code.
pub(super) fn encode(state: &AppState, row: &JanjiTemu) -> Result<QrCode, ApiError> {
    QrCode::with_error_correction_level(state.qr_text(&row.kode_qr), EcLevel::M).map_err(|error| {
        tracing::error!(%error, "QR code cannot be made");
        ApiError::Internal
    })
}
