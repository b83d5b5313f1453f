//! Every request counted for its caller ([`Limits`](crate::limits::Limits)) before anything else is looked at.

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

/// Answers a request within its caller's limits. What it asks for, and whether the caller may, is the handler's matter.
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
    // Who has just signed in shows the token only with the next request, and keeps the connection until then.
    if is_sign_in && response.status().is_success() {
        state.limits.prove(&peer.place, &caller);
    }
    Ok(response.map(|body| state.limits.hold(body, turn, peer.place)))
}

/// Whom a request is counted for. A genuine token proves its connection on the way.
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

/// In tenths of a request. A page is made of many small files, which cost the server next to nothing.
fn cost(path: &str) -> u32 {
    if path.starts_with("/assets/") { 1 } else { 10 }
}
