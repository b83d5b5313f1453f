//! What a desk tells of itself, and what it keeps of the school.

mod bekal;
mod kabar;

use axum::{extract::State, http::StatusCode};
use domain::{isian::InvalidIsian, json::Perangkat};
use serde::Deserialize;
use utoipa::ToSchema;

pub(super) use bekal::{__path_bekal, bekal};
pub(super) use kabar::{__path_kabar, kabar};

use crate::{
    error::ApiError,
    http::extract::{AnySession, AsReception, Json},
    state::AppState,
};

/// Scanners that a desk names, at most.
const PERANGKAT_MAX: usize = 16;

/// What a desk reads codes with.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MejaRequest)]
pub(super) struct UpdateRequest {
    /// At most 16.
    perangkat: Vec<Perangkat>,
}

/// Tells what the desk of this session reads codes with. It stands until the session's last connection to `/ws` ends,
/// so a desk tells it after each `ready`.
#[utoipa::path(
    put,
    path = "/api/meja",
    tag = "meja",
    request_body = UpdateRequest,
    responses((status = 204))
)]
pub(super) async fn update(
    State(state): State<AppState>,
    AsReception(pengguna): AsReception,
    session: AnySession,
    Json(request): Json<UpdateRequest>,
) -> Result<StatusCode, ApiError> {
    if request.perangkat.len() > PERANGKAT_MAX {
        let error = InvalidIsian::OutOfRange(0, PERANGKAT_MAX as i64);
        return Err(ApiError::field("perangkat", error));
    }
    state.hub.open_desk(&session.id_sesi, &pengguna, request.perangkat, state.clock.now());
    Ok(StatusCode::NO_CONTENT)
}
