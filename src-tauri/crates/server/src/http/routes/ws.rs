//! `GET /ws`: reports arrivals and other events as they happen (DESIGN §8).

mod kunjungan;
mod origin;
mod ready;

use std::{pin::Pin, sync::Arc, time::Duration};

use axum::{
    extract::{
        ConnectInfo, State, WebSocketUpgrade,
        ws::{Message, WebSocket},
    },
    http::HeaderMap,
    response::Response,
};
use domain::json::{ClientMessage, Event};
use store::sesi::SessionIdentity;
use tokio::time::timeout;
use url::Url;

use kunjungan::Following;

use crate::{
    auth::token::TokenError,
    error::ApiError,
    http::refusals::{Fields, Origin},
    hub::{
        Hub,
        connection::{self, Close, Connection, Frames, Times},
    },
    listener::{Peer, Place},
    state::AppState,
};

/// Messages from clients are smaller than this; 64 KiB.
const MESSAGE_MAX_BYTES: usize = 64 << 10;

/// Clients send one short message. At the library's own 128 KiB, thousands of connections would cost too much.
const READ_BUFFER_BYTES: usize = 512;

/// Events that leave together are written together up to this size. No memory is kept for it in advance.
const WRITE_BUFFER_BYTES: usize = 8 << 10;

/// The most that waits to be written: one message of any kind, and answers to pings behind it.
const WRITE_BUFFER_MAX_BYTES: usize = 1 << 20;

/// Opens the event stream. The first message is `{"type":"authenticate","token":…}`; what follows is `Event`. A guest's
/// page sends `{"type":"kunjungan","kode":…}` instead, and is told of that visit only.
#[utoipa::path(
    get,
    path = "/ws",
    tag = "events",
    security(()),
    responses((status = 101, body = Event), Fields, Origin)
)]
pub(super) async fn connect(
    State(state): State<AppState>,
    ConnectInfo(Peer { address, place }): ConnectInfo<Peer>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, axum::extract::ws::rejection::WebSocketUpgradeRejection>,
) -> Result<Response, ApiError> {
    let upgrade = upgrade.map_err(|_| ApiError::field("upgrade", "alamat ini hanya untuk WebSocket"))?;
    let asked_host = state.config.trusted_proxies.asked_host(address.ip(), &headers);
    let setelan = state.settings.now().setelan;
    let public = state.links.public(&setelan).and_then(|address| Url::parse(address).ok());
    let public = state.config.public_url.as_ref().or(public.as_ref());
    if !origin::is_own(&headers, public, asked_host) {
        return Err(ApiError::Origin);
    }
    Ok(upgrade
        .max_message_size(MESSAGE_MAX_BYTES)
        .max_frame_size(MESSAGE_MAX_BYTES)
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(WRITE_BUFFER_BYTES)
        .max_write_buffer_size(WRITE_BUFFER_MAX_BYTES)
        .on_upgrade(move |socket| {
            place.meter();
            let (hub, sockets) = (state.hub.clone(), state.sockets.clone());
            // Runs in a task of its own, because axum's task would keep what the upgrade needed for the connection's
            // whole life. The task is tracked, so that a stop waits until every client has been told.
            sockets.spawn(serve(hub, Box::pin(begin(state, place, Box::new(socket)))));
            std::future::ready(())
        }))
}

/// A connection whose first message was good.
struct Begun {
    socket: Box<WebSocket>,
    frames: Frames,
    times: Times,
    who: Who,
}

/// Whose connection it is.
enum Who {
    /// A user's, who got as far as `ready`.
    User(Arc<Connection>),
    /// A guest's page.
    Guest(Box<Following>),
}

/// The whole life of a connection. There are thousands of these, so each keeps only what it needs: what its beginning
/// needs is in a box that is freed afterwards.
async fn serve(hub: Hub, beginning: Pin<Box<impl Future<Output = Option<Begun>>>>) {
    let Some(Begun { mut socket, frames, times, who }) = beginning.await else { return };
    // Others are told before the farewell, because that may take a while.
    let reason = match who {
        Who::User(connection) => {
            let reason = connection.run(&mut socket, frames, times).await;
            hub.leave(&connection);
            reason
        }
        Who::Guest(following) => Box::pin(following.run(&hub, &mut socket, frames, times)).await,
    };
    if let Some(reason) = reason {
        connection::close(&mut socket, reason).await;
    }
}

/// From the first message to `ready`. If it does not get there, tells the client why.
async fn begin(state: AppState, place: Arc<Place>, mut socket: Box<WebSocket>) -> Option<Begun> {
    let mut frames = Frames::new();
    match introduce(&state, &place, &mut socket, &mut frames).await {
        Ok((who, token_lifetime)) => {
            let times = Times { token_lifetime, ping_every: state.config.ping_every };
            Some(Begun { socket, frames, times, who })
        }
        Err(reason) => {
            if let Some(reason) = reason {
                connection::close(&mut socket, reason).await;
            }
            None
        }
    }
}

/// Waits for the first message, which says who it is. `Err(None)` if the other end has gone.
async fn introduce(
    state: &AppState,
    place: &Arc<Place>,
    socket: &mut WebSocket,
    frames: &mut Frames,
) -> Result<(Who, Duration), Option<Close>> {
    let first = timeout(state.config.authenticate_within, first_message(socket, frames))
        .await
        .map_err(|_| Some(Close::Unauthenticated))??;
    match first {
        ClientMessage::Authenticate { token } => {
            let (connection, lifetime) = authenticate(state, place, socket, &token).await?;
            Ok((Who::User(connection), lifetime))
        }
        // Such a connection stays one without a token, and gives way before those of users.
        ClientMessage::Kunjungan { kode } => {
            let (following, lifetime) = Following::begin(state, kode).await?;
            Ok((Who::Guest(Box::new(following)), lifetime))
        }
    }
}

/// `Err(None)` if the other end has gone.
async fn authenticate(
    state: &AppState,
    place: &Arc<Place>,
    socket: &mut WebSocket,
    token: &str,
) -> Result<(Arc<Connection>, Duration), Option<Close>> {
    let now = state.clock.now();
    let claims = state.tokens.verify(token, now).map_err(|error| match error {
        TokenError::Expired => Some(Close::TokenExpired),
        TokenError::Invalid => Some(Close::Unauthenticated),
    })?;
    state.places.prove(place, claims.owner());
    let unavailable = |_| Some(Close::Unavailable);
    let pengguna = match state.store.sesi().find(&claims.sid, now).await.map_err(unavailable)? {
        Some(SessionIdentity::Pengguna(pengguna)) if !pengguna.wajib_ganti_password => pengguna,
        Some(_) => return Err(Some(Close::Forbidden)),
        None => return Err(Some(Close::Unauthenticated)),
    };
    let lifetime = Duration::from_secs(u64::try_from(claims.exp - now.timestamp()).unwrap_or_default());

    let connection = Connection::new(pengguna.id, pengguna.role, &claims.sid);
    // First the hub, then the unread state: an arrival between the two comes twice rather than never. The session is
    // looked at once more, because it may have ended before the hub knew whom to close.
    state.hub.enter(connection.clone());
    let sent = match state.store.sesi().find(&claims.sid, now).await {
        Ok(Some(_)) => ready::send(state, &connection, socket, pengguna).await,
        Ok(None) => Err(Some(Close::Revoked)),
        Err(error) => Err(unavailable(error)),
    };
    if let Err(reason) = sent {
        state.hub.leave(&connection);
        return Err(reason);
    }
    Ok((connection, lifetime))
}

/// The first message.
async fn first_message(socket: &mut WebSocket, frames: &mut Frames) -> Result<ClientMessage, Option<Close>> {
    loop {
        match frames.recv(socket).await? {
            Message::Text(text) => {
                return serde_json::from_str(&text).map_err(|_| Some(Close::Unauthenticated));
            }
            Message::Ping(_) | Message::Pong(_) => {}
            Message::Binary(_) => return Err(Some(Close::Unexpected)),
            Message::Close(_) => return Err(None),
        }
    }
}
