//! Where a request comes from.

use std::net::IpAddr;

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::request::Parts,
};

use crate::{error::ApiError, http::refusals::Refuses, listener::Peer, state::AppState};

/// The client's address: the connection's, or the one that trusted proxies (`--trusted-proxy`) name.
pub(crate) struct ClientAddress(pub(crate) IpAddr);

impl FromRequestParts<AppState> for ClientAddress {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let peer = peer(parts)?.address.ip();
        Ok(Self(state.config.trusted_proxies.client(peer, &parts.headers)))
    }
}

impl Refuses for ConnectInfo<Peer> {
    fn refusals() -> Vec<ApiError> {
        Vec::new()
    }
}

impl Refuses for ClientAddress {
    fn refusals() -> Vec<ApiError> {
        Vec::new()
    }
}

fn peer(parts: &Parts) -> Result<&Peer, ApiError> {
    parts.extensions.get::<ConnectInfo<Peer>>().map(|ConnectInfo(peer)| peer).ok_or(ApiError::Internal)
}
