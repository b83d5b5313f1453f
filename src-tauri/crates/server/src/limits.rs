//! How much one caller may ask, on every route, so that no device, broken or hostile, takes the server from the others.
//!
//! A caller is a signed-in user, or the address of whoever shows no genuine token. What comes too often is refused at once.
//! Of what comes at once, so much is answered at a time; the rest waits its turn for a moment, and is refused after it: a
//! busy desk notices nothing. An answer that its client does not take still holds its turn.

mod answer;
mod rates;
mod turns;

use axum::{
    extract::{ConnectInfo, Request, State},
    http::HeaderMap,
    middleware::Next,
    response::Response,
};

use crate::{
    address::{Network, is_forwarded},
    app::AppState,
    error::ApiError,
    extract::bearer,
    listener::{Peer, Places},
};
use answer::Answer;
pub use rates::Rate;
use rates::Rates;
use turns::Turns;

/// Whom a request is counted for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Caller {
    /// A user or a guest.
    User(Box<str>),
    /// Whoever shows no genuine token.
    Network(Network),
}

impl Caller {
    /// For whom a connection is counted.
    fn owner(&self) -> String {
        match self {
            Self::User(user) => user.to_string(),
            Self::Network(network) => format!("{network:?}"),
        }
    }
}

/// What every caller has asked lately.
#[derive(Clone)]
pub(crate) struct Limits {
    rates: Rates,
    turns: Turns,
    places: Places,
}

impl Limits {
    /// With the places of the connections over which requests come.
    pub(crate) fn new(places: Places) -> Self {
        Self { rates: Rates::default(), turns: Turns::default(), places }
    }
}

/// Answers a request within its caller's limits. What it asks for, and whether the caller may, is the handler's matter.
pub(crate) async fn limit(
    State(state): State<AppState>,
    ConnectInfo(peer): ConnectInfo<Peer>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let caller = caller(&state, &peer, request.headers());
    let rate = match &caller {
        Caller::User(_) => state.config.user_rate,
        Caller::Network(_) => state.config.address_rate,
    };
    let cost = cost(request.uri().path());
    let is_sign_in = request.uri().path().starts_with("/api/auth/");
    state.limits.rates.spend(&caller, rate, cost).map_err(ApiError::TooMany)?;
    let turn = state.limits.turns.take(caller.clone()).await?;
    let response = next.run(request).await;
    // Who has just signed in shows the token only with the next request, and keeps the connection until then.
    if is_sign_in && response.status().is_success() {
        state.limits.places.prove(&peer.place, &caller.owner());
    }
    Ok(response.map(|body| Answer::new(body, turn, peer.place).into_body()))
}

/// Whom a request is counted for. A genuine token proves its connection on the way.
fn caller(state: &AppState, peer: &Peer, headers: &HeaderMap) -> Caller {
    let claims = bearer(headers).and_then(|token| state.tokens.verify(token, state.clock.now()).ok());
    if let Some(claims) = claims {
        state.limits.places.prove(&peer.place, claims.owner());
        return Caller::User(claims.owner().into());
    }
    let proxies = &state.config.trusted_proxies;
    if is_forwarded(headers) && !proxies.contains(peer.address.ip()) {
        state.strange_proxy.call_once(|| {
            tracing::warn!(
                "requests come by a proxy that was not named, and count as the proxy's own; name it with --trusted-proxy"
            );
        });
    }
    Caller::Network(Network::of(proxies.client(peer.address.ip(), headers)))
}

/// In tenths of a request. A page is made of many small files, which cost the server next to nothing.
fn cost(path: &str) -> u32 {
    if path.starts_with("/assets/") { 1 } else { 10 }
}
