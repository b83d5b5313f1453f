//! Answers nothing but that the school is being restored, from the moment at which its place is taken.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};

use crate::{error::ApiError, state::AppState};

/// Refuses what would be written to a book that is about to be put aside, or read from it.
pub(super) async fn maintenance(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let is_concerned = !matches!(request.uri().path(), "/healthz" | "/metrics" | "/api/pemulihan");
    if is_concerned && state.restoring.decided().is_cancelled() {
        return Err(ApiError::Restoring);
    }
    Ok(next.run(request).await)
}
