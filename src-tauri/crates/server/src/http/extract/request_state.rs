//! The settings that a request sees. They are read once for each request.

use std::{convert::Infallible, sync::Arc};

use axum::{extract::FromRequestParts, http::request::Parts};
use domain::Setelan;

use crate::{
    error::ApiError,
    http::refusals::Refuses,
    state::{AppState, RequestState},
};

/// The settings that the first extractor found. Later extractors of the same request get the same.
#[derive(Clone)]
struct Found(Arc<Setelan>);

impl FromRequestParts<AppState> for RequestState {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let Found(setelan) =
            parts.extensions.get_or_insert_with(|| Found(state.settings.now().setelan)).clone();
        Ok(Self::new(state.clone(), setelan))
    }
}

/// A handler that can reach the database may find it unavailable.
impl Refuses for RequestState {
    fn refusals() -> Vec<ApiError> {
        vec![ApiError::Unavailable]
    }
}
