//! `GET /ws`: where arrivals are told the moment they happen (DESIGN §8).

use std::{future::ready, pin::Pin, sync::Arc, time::Duration};

use axum::{
    extract::{
        State, WebSocketUpgrade,
        ws::{Message, Utf8Bytes, WebSocket},
    },
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use domain::json::{ClientMessage, Event, Ready};
use store::sesi::Siapa;
use tokio::time::timeout;
use url::Url;

use crate::{
    app::AppState,
    auth::token::TokenError,
    error::ApiError,
    hub::{
        self, Hub,
        connection::{self, Close, Connection},
    },
    refusals::{Fields, Origin},
};

/// Messages from clients are smaller than this; 64 KiB.
const MESSAGE_MAX_BYTES: usize = 64 << 10;

/// Clients send one short message; the library's own 128 KiB would be what thousands of connections cost.
const READ_BUFFER_BYTES: usize = 512;

/// Up to here, events that leave together are written together. Nothing is kept for it in advance.
const WRITE_BUFFER_BYTES: usize = 8 << 10;

/// Opens the event stream. The first message is `{"type":"authenticate","token":…}`; what follows is `Event`.
#[utoipa::path(get, path = "/ws", tag = "events", security(()), responses((status = 101, body = Event), Fields, Origin))]
pub(super) async fn connect(
    State(state): State<AppState>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, axum::extract::ws::rejection::WebSocketUpgradeRejection>,
) -> Result<Response, ApiError> {
    let upgrade = upgrade.map_err(|_| ApiError::field("upgrade", "alamat ini hanya untuk WebSocket"))?;
    if !is_own_origin(&headers, state.config.public_url.as_ref()) {
        return Err(ApiError::Origin);
    }
    Ok(upgrade
        .max_message_size(MESSAGE_MAX_BYTES)
        .max_frame_size(MESSAGE_MAX_BYTES)
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(WRITE_BUFFER_BYTES)
        .on_upgrade(move |socket| {
            let (hub, sockets) = (state.hub.clone(), state.sockets.clone());
            // A task of our own, because axum's keeps for good what it needed for the upgrade; and tracked, so that a stop
            // waits until everyone has been told.
            sockets.spawn(serve(hub, Box::pin(begin(state, Box::new(socket)))));
            ready(())
        }))
}

/// A page may only connect to where it came from; what is no browser sends no origin.
fn is_own_origin(headers: &HeaderMap, public_url: Option<&Url>) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let Some(origin) = HeaderValue::to_str(origin).ok().and_then(|text| Url::parse(text).ok()) else {
        return false;
    };
    let authority = match (origin.host_str(), origin.port()) {
        (Some(name), Some(port)) => format!("{name}:{port}"),
        (Some(name), None) => name.to_owned(),
        (None, _) => return false,
    };
    let is_public = public_url.is_some_and(|url| url.origin() == origin.origin());
    is_public || host.is_some_and(|host| host.eq_ignore_ascii_case(&authority))
}

/// A connection that got as far as `ready`.
struct Begun {
    connection: Arc<Connection>,
    socket: Box<WebSocket>,
    token_lifetime: Duration,
}

/// The whole life of a connection. There are thousands of these, so each keeps only what it needs: what its beginning needs is
/// in a box of its own that is gone afterwards.
async fn serve(hub: Hub, beginning: Pin<Box<impl Future<Output = Option<Begun>>>>) {
    let Some(Begun { connection, mut socket, token_lifetime }) = beginning.await else { return };
    connection.run(&mut socket, token_lifetime).await;
    hub.leave(&connection);
}

/// From the first message to `ready`; says why where it does not get there.
async fn begin(state: AppState, mut socket: Box<WebSocket>) -> Option<Begun> {
    match authenticate(&state, &mut socket).await {
        Ok((connection, token_lifetime)) => Some(Begun { connection, socket, token_lifetime }),
        Err(reason) => {
            if let Some(reason) = reason {
                connection::close(&mut socket, reason).await;
            }
            None
        }
    }
}

/// `Err(None)` where the other end has gone.
async fn authenticate(
    state: &AppState,
    socket: &mut WebSocket,
) -> Result<(Arc<Connection>, Duration), Option<Close>> {
    let token = timeout(state.config.authenticate_within, first_message(socket))
        .await
        .map_err(|_| Some(Close::Unauthenticated))??;
    let now = state.clock.now();
    let claims = state.tokens.verify(&token, now).map_err(|error| match error {
        TokenError::Expired => Some(Close::TokenExpired),
        TokenError::Invalid => Some(Close::Unauthenticated),
    })?;
    let unavailable = |_| Some(Close::Unavailable);
    let pengguna = match state.store.sesi().find(&claims.sid, now).await.map_err(unavailable)? {
        Some(Siapa::Pengguna(pengguna)) if !pengguna.wajib_ganti_password => pengguna,
        Some(_) => return Err(Some(Close::Forbidden)),
        None => return Err(Some(Close::Unauthenticated)),
    };
    let lifetime = Duration::from_secs(u64::try_from(claims.exp - now.timestamp()).unwrap_or_default());

    let connection = Connection::new(pengguna.id, pengguna.role, &claims.sid);
    // First into the hub, then the unread state: an arrival between the two comes twice rather than never. And the session is
    // looked at once more, because it may have been ended before the hub knew whom to close.
    state.hub.enter(connection.clone());
    let state_now = async {
        let belum_dibaca = state.store.notifikasi().list_belum_dibaca(pengguna.id).await?;
        let is_alive = state.store.sesi().find(&claims.sid, now).await?.is_some();
        Ok::<_, store::StoreError>((belum_dibaca, is_alive))
    };
    let reason = match state_now.await {
        Ok((belum_dibaca, true)) => {
            let online = match hub::sees_presence(pengguna.role) {
                true => state.hub.online().into_iter().collect(),
                false => Vec::new(),
            };
            let ready = Event::Ready(Ready { pengguna, belum_dibaca, online });
            match socket.send(Message::Text(hub::encode(&ready))).await {
                Ok(()) => return Ok((connection, lifetime)),
                Err(_) => None,
            }
        }
        Ok((_, false)) => Some(Close::Revoked),
        Err(_) => Some(Close::Unavailable),
    };
    state.hub.leave(&connection);
    Err(reason)
}

/// The token of the first message.
async fn first_message(socket: &mut WebSocket) -> Result<String, Option<Close>> {
    loop {
        match socket.recv().await {
            Some(Ok(Message::Text(text))) => return parse(&text).ok_or(Some(Close::Unauthenticated)),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
            Some(Ok(Message::Binary(_))) => return Err(Some(Close::Unexpected)),
            Some(Ok(Message::Close(_)) | Err(_)) | None => return Err(None),
        }
    }
}

fn parse(text: &Utf8Bytes) -> Option<String> {
    let ClientMessage::Authenticate { token } = serde_json::from_str(text).ok()?;
    Some(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(origin: Option<&str>, host: &str, public: Option<&str>) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().unwrap());
        }
        is_own_origin(&headers, public.map(|url| Url::parse(url).unwrap()).as_ref())
    }

    #[test]
    fn only_pages_of_this_server_may_connect() {
        assert!(allowed(None, "sekolah.example", None));
        assert!(allowed(Some("https://sekolah.example"), "sekolah.example", None));
        assert!(allowed(Some("https://127.0.0.1:8443"), "127.0.0.1:8443", None));
        assert!(allowed(Some("https://tamu.example"), "10.0.0.2:80", Some("https://tamu.example/")));
        assert!(!allowed(Some("https://lain.example"), "sekolah.example", None));
        assert!(!allowed(Some("null"), "sekolah.example", None));
        assert!(!allowed(Some("https://sekolah.example:444"), "sekolah.example", None));
    }
}
