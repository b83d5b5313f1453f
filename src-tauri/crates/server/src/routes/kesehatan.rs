//! For whoever watches the server: alive, ready, and in figures.

use std::net::SocketAddr;

use axum::{
    Json as Reply,
    extract::{ConnectInfo, FromRequestParts, Request, State},
    http::{HeaderName, header},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{app::AppState, error::ApiError, extract::AsAdmin};

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

/// Figures for Prometheus; to this computer, or to an admin.
#[utoipa::path(get, path = "/metrics", tag = "kesehatan", security((), ("bearer" = [])), responses((status = 200, content_type = "text/plain", body = String)))]
pub(super) async fn metrics(
    State(state): State<AppState>,
    request: Request,
) -> Result<([(HeaderName, &'static str); 1], String), ApiError> {
    let (mut parts, _) = request.into_parts();
    let from_here =
        parts.extensions.get::<ConnectInfo<SocketAddr>>().is_some_and(|peer| peer.ip().is_loopback());
    if !from_here || parts.headers.contains_key("x-forwarded-for") {
        AsAdmin::from_request_parts(&mut parts, &state).await?;
    }
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], state.metrics.render()))
}
