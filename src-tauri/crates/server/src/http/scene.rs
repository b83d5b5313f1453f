//! Opens the scene of a request for the audit: from where it comes, and by nobody yet.

use axum::{
    extract::{Request, State},
    http::Method,
    middleware::Next,
    response::Response,
};

use super::extract::ClientAddress;
use crate::{audit::Scene, error::ApiError, state::AppState};

/// Answers a request on a scene of its own.
pub(super) async fn scene(
    State(state): State<AppState>,
    ClientAddress(address): ClientAddress,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let changes = *request.method() != Method::GET;
    let response = Scene::of_request(state.clock.clone(), address).play(next.run(request)).await;
    if changes {
        state.audit.wake();
    }
    Ok(response)
}
