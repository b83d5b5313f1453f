//! Counts every request for its caller ([`Limits`](crate::limits::Limits)) before anything else looks at it.

use axum::{
    extract::{ConnectInfo, Request, State},
    http::HeaderMap,
    middleware::Next,
    response::Response,
};

use super::extract::ShownToken;
use crate::{
    address::{Network, is_forwarded},
    error::ApiError,
    limits::Caller,
    listener::Peer,
    state::AppState,
};

/// Answers a request within its caller's limits. The handler decides what the caller may do.
pub(super) async fn limit(
    State(state): State<AppState>,
    ConnectInfo(peer): ConnectInfo<Peer>,
    token: ShownToken,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let caller = caller(&state, token, &peer, request.headers());
    let rate = match &caller {
        Caller::User(_) => state.config.user_rate,
        Caller::Network(_) => state.config.address_rate,
    };
    let cost = cost(request.uri().path());
    let is_sign_in = request.uri().path().starts_with("/api/auth/");
    let turn = state.limits.admit(&caller, rate, cost).await?;
    let response = next.run(request).await;
    // A user who has just signed in shows the token only in the next request. Until then, this keeps the connection.
    if is_sign_in && response.status().is_success() {
        state.limits.prove(&peer.place, &caller);
    }
    Ok(response.map(|body| state.limits.hold(body, turn, peer.place)))
}

/// The caller for whom a request is counted. A valid token also marks the connection as that caller's.
fn caller(state: &AppState, token: ShownToken, peer: &Peer, headers: &HeaderMap) -> Caller {
    if let ShownToken::Good(claims) = token {
        let caller = Caller::User(claims.owner().into());
        state.limits.prove(&peer.place, &caller);
        return caller;
    }
    let proxies = &state.config.trusted_proxies;
    if is_forwarded(headers) && !proxies.contains(peer.address.ip()) {
        state.strange_proxy.call_once(|| {
            tracing::warn!(
                "requests come by a proxy that was not named, and count as the proxy's own; \
                 name it with --trusted-proxy"
            );
        });
    }
    Caller::Network(Network::of(proxies.client(peer.address.ip(), headers)))
}

/// The cost in tenths of a request. A page consists of many small files, and they cost the server almost nothing.
fn cost(path: &str) -> u32 {
    if path.starts_with("/assets/") { 1 } else { 10 }
}
