//! An appointment's code as a picture: always black on white with its quiet zone, for any colours of the screen.

use axum::{
    extract::State,
    http::{HeaderName, header},
};
use domain::{IdJanjiTemu, JanjiTemu};
use qrcode::{QrCode, render::svg};
use tiket::MODULE_PIXELS;

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
    let picture = tiket::code_png(&code).map_err(|error| {
        tracing::error!(%error, "QR picture cannot be written");
        ApiError::Internal
    })?;
    Ok(([(header::CONTENT_TYPE, "image/png")], picture))
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
    tiket::code(&state.qr_text(&row.kode_qr)).map_err(|error| {
        tracing::error!(%error, "QR code cannot be made");
        ApiError::Internal
    })
}
