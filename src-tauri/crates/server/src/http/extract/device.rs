//! The device that sent the request.

use std::convert::Infallible;

use axum::{extract::FromRequestParts, http::request::Parts};

use crate::{auth::device::Device, error::ApiError, http::refusals::Refuses, state::AppState};

/// The device's identity, if it shows one that this server has issued.
pub(crate) struct FromDevice(pub(crate) Option<Device>);

impl FromRequestParts<AppState> for FromDevice {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        Ok(Self(state.devices.of(&parts.headers)))
    }
}

/// A request without an identity is not refused.
impl Refuses for FromDevice {
    fn refusals() -> Vec<ApiError> {
        Vec::new()
    }
}
