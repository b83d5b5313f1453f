//! For monitoring: whether the process runs, whether it is ready, and its figures.

use axum::{Json as Reply, extract::State};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    error::ApiError,
    figures::{self, Figures},
    http::extract::AsAdmin,
    state::AppState,
};

/// A sign of life.
#[derive(Serialize, ToSchema)]
pub(super) struct Sehat {
    status: &'static str,
}

/// The process answers.
#[utoipa::path(get, path = "/healthz", tag = "kesehatan", security(()), responses((status = 200, body = Sehat)))]
pub(super) async fn healthz() -> Reply<Sehat> {
    Reply(Sehat { status: "ok" })
}

/// The database answers too, and keeps what is written now; 503 where it does not.
#[utoipa::path(get, path = "/readyz", tag = "kesehatan", security(()), responses((status = 200, body = Sehat)))]
pub(super) async fn readyz(State(state): State<AppState>) -> Result<Reply<Sehat>, ApiError> {
    state.readiness.ask(&*state.store).await?;
    Ok(Reply(Sehat { status: "ok" }))
}

/// Figures for Prometheus, for admins. `--metrics-listen` gives them without a token, on this computer.
#[utoipa::path(
    get,
    path = "/metrics",
    tag = "kesehatan",
    responses((status = 200, content_type = "text/plain", body = String))
)]
pub(super) async fn metrics(State(state): State<AppState>, _admin: AsAdmin) -> Result<Figures, ApiError> {
    // They are the process's, and other schools live in it.
    match state.config.is_shared {
        true => Err(ApiError::Forbidden),
        false => Ok(figures::render(&state).await),
    }
}
