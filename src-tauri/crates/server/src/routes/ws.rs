//! `GET /ws`: where arrivals are told the moment they happen (DESIGN §8).

use std::time::Duration;

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
        self,
        connection::{self, Close, Connection},
    },
};

/// Messages from clients are smaller than this; 64 KiB.
const MESSAGE_MAX_BYTES: usize = 64 << 10;

/// Clients send one short message; the library's own 128 KiB would be what thousands of connections cost.
const READ_BUFFER_BYTES: usize = 512;

/// Opens the event stream. The first message is `{"type":"authenticate","token":…}`; what follows is `Event`.
#[utoipa::path(get, path = "/ws", tag = "events", security(()), responses((status = 101, body = Event)))]
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
        .write_buffer_size(0)
        .on_upgrade(move |socket| async move {
            // Tracked, so that a stop waits until everyone has been told.
            let _ = state.sockets.clone().track_future(Box::pin(serve(state, socket))).await;
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

async fn serve(state: AppState, mut socket: WebSocket) {
    let (connection, lifetime) = match begin(&state, &mut socket).await {
        Ok(begun) => begun,
        Err(Some(reason)) => return connection::close(&mut socket, reason).await,
        Err(None) => return,
    };
    connection.run(&mut socket, lifetime).await;
    state.hub.leave(&connection);
}

/// From the first message to `ready`. `Err(None)` where the other end has gone.
async fn begin(
    state: &AppState,
    socket: &mut WebSocket,
) -> Result<(std::sync::Arc<Connection>, Duration), Option<Close>> {
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
