//! The settings of a request, taken once.

use std::{convert::Infallible, sync::Arc};

use axum::{extract::FromRequestParts, http::request::Parts};
use domain::Setelan;

use crate::{
    error::ApiError,
    http::refusals::Refuses,
    state::{AppState, RequestState},
};

/// What was found first; whoever asks next is given the same.
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

/// Whatever can reach the database may find it away.
impl Refuses for RequestState {
    fn refusals() -> Vec<ApiError> {
        vec![ApiError::Unavailable]
    }
}
