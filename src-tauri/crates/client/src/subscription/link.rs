//! One WebSocket connection from beginning to end: authenticates, waits for `ready`, reads events.

use std::{
    io,
    time::{Duration, SystemTime},
};

use domain::json::{ClientMessage, Close, Event, Ready};
use futures_util::{SinkExt, StreamExt};
use thiserror::Error;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    time::{Instant, timeout},
};
use tokio_tungstenite::{
    WebSocketStream, client_async_with_config,
    tungstenite::{
        Error as WsError, Message,
        client::IntoClientRequest,
        protocol::{CloseFrame, WebSocketConfig, frame::coding::CloseCode},
    },
};

use crate::{Error, ServerAddress, client::Inner, tls};

/// Longer events are passed over. Only the unread state may be longer, because an older server tells all of it at once.
const EVENT_MAX_BYTES: usize = 64 << 10;
/// If a message is longer, the connection is given up before it fills the memory.
const MESSAGE_MAX_BYTES: usize = 4 << 20;
/// How often to look whether the PC has slept.
const SLEEP_CHECK: Duration = Duration::from_secs(5);

/// Why a connection ended or was never made.
#[derive(Debug, Error)]
pub(super) enum Lost {
    #[error("the token was not taken")]
    Refused,
    #[error("the server closed the connection: {code} {reason}")]
    Closed { code: u16, reason: String },
    #[error("nothing was heard for too long")]
    Silent,
    #[error("this PC has slept")]
    Slept,
    #[error(transparent)]
    Failed(#[from] Error),
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

pub(super) struct Link {
    socket: WebSocketStream<Box<dyn Stream>>,
}

impl Link {
    /// Connects, authenticates and waits for `ready`. The caller limits the time.
    pub(super) async fn open(client: &Inner, token: &str) -> Result<(Self, Ready), Lost> {
        let Inner { address, tls: config, options, .. } = client;
        let tcp = tls::connect_tcp(address, options.connect_timeout).await?;
        let stream: Box<dyn Stream> = if address.is_plain() {
            Box::new(tcp)
        } else {
            Box::new(tls::connect(address, config.clone(), tcp).await?)
        };
        let request = url(address).into_client_request().map_err(|_| Error::Address("no WebSocket there"))?;
        let config = WebSocketConfig::default()
            .read_buffer_size(8 << 10)
            .max_message_size(Some(MESSAGE_MAX_BYTES))
            .max_frame_size(Some(MESSAGE_MAX_BYTES));
        let (socket, _) = client_async_with_config(request, stream, Some(config)).await.map_err(lost)?;
        let mut link = Self { socket };
        link.authenticate(token).await?;
        let ready = link.ready().await?;
        Ok((link, ready))
    }

    async fn authenticate(&mut self, token: &str) -> Result<(), Lost> {
        let message = ClientMessage::Authenticate { token: token.to_owned() };
        let json = serde_json::to_string(&message).map_err(|_| Error::Protocol("no JSON".to_owned()))?;
        self.socket.send(Message::text(json)).await.map_err(lost)
    }

    async fn ready(&mut self) -> Result<Ready, Lost> {
        loop {
            let text = match self.socket.next().await {
                Some(Ok(Message::Text(text))) => text,
                Some(Ok(Message::Close(Some(frame)))) if is_refusal(&frame) => return Err(Lost::Refused),
                Some(Ok(Message::Close(frame))) => return Err(closed(frame)),
                Some(Ok(_)) => continue,
                Some(Err(error)) => return Err(lost(error)),
                None => return Err(closed(None)),
            };
            match serde_json::from_str(&text) {
                Ok(Event::Ready(ready)) => return Ok(ready),
                Ok(_) => tracing::debug!("an event before ready; ready will tell it"),
                Err(_) => {
                    return Err(Error::Protocol("/ws: ready does not read as expected".to_owned()).into());
                }
            }
        }
    }

    /// The next event that this version knows. Answers pings meanwhile.
    ///
    /// If the future is dropped, an event may be lost with it, so drop the link as well.
    pub(super) async fn next(&mut self, dead_after: Duration) -> Result<Event, Lost> {
        loop {
            let message = self.message(dead_after).await?;
            match message {
                Message::Text(text) => match read_event(&text) {
                    Some(event) => return Ok(event),
                    None => continue,
                },
                Message::Binary(bytes) => {
                    tracing::warn!(len = bytes.len(), "a binary message is passed over")
                }
                Message::Close(frame) => return Err(closed(frame)),
                Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => {}
            }
        }
    }

    async fn message(&mut self, dead_after: Duration) -> Result<Message, Lost> {
        let (heard, wall) = (Instant::now(), SystemTime::now());
        loop {
            let left = dead_after.saturating_sub(heard.elapsed());
            match timeout(left.min(SLEEP_CHECK), self.socket.next()).await {
                Ok(Some(Ok(message))) => return Ok(message),
                Ok(Some(Err(error))) => return Err(lost(error)),
                Ok(None) => return Err(closed(None)),
                Err(_) if heard.elapsed() >= dead_after => return Err(Lost::Silent),
                Err(_) if has_slept(heard, wall) => return Err(Lost::Slept),
                Err(_) => {}
            }
        }
    }

    /// Says good-bye, so that the server knows at once.
    pub(super) async fn close(mut self) {
        let frame = CloseFrame { code: CloseCode::Away, reason: "".into() };
        // If it does not get through, the server finds out by its pings.
        let _ = timeout(Duration::from_secs(1), self.socket.close(Some(frame))).await;
    }
}

/// Whether the PC has slept: the monotonic clock stands still then, and the connection is most likely dead. A wall
/// clock that somebody sets forward looks the same and costs one reconnection.
fn has_slept(heard: Instant, wall: SystemTime) -> bool {
    wall.elapsed().unwrap_or_default() > heard.elapsed() + Duration::from_secs(30)
}

/// Reads an event; `None` if this version does not know it.
fn read_event(text: &str) -> Option<Event> {
    match serde_json::from_str(text) {
        // The unread state is never passed over.
        Ok(state @ (Event::Ready(_) | Event::ReadyLanjutan(_))) => Some(state),
        _ if text.len() > EVENT_MAX_BYTES => {
            tracing::warn!(len = text.len(), "an event that is too long is passed over");
            None
        }
        Ok(event) => Some(event),
        Err(_) => {
            tracing::warn!(len = text.len(), "an event that does not read as expected is passed over");
            None
        }
    }
}

/// Whether the server refuses the token. Other closings, such as for a password that has to be changed first, are not
/// about the token.
fn is_refusal(frame: &CloseFrame) -> bool {
    u16::from(frame.code) == Close::TOKEN
}

fn closed(frame: Option<CloseFrame>) -> Lost {
    let (code, reason) = frame.map_or((1005, String::new()), |frame| {
        // The reason goes into a log, whatever it holds.
        let reason = frame.reason.chars().filter(|c| !c.is_control()).take(100).collect();
        (frame.code.into(), reason)
    });
    Lost::Closed { code, reason }
}

fn lost(error: WsError) -> Lost {
    match error {
        WsError::Io(error) => Error::from_io(&error).into(),
        WsError::Http(response) if response.status().as_u16() == 401 => Lost::Refused,
        WsError::Http(response) => {
            Error::Protocol(format!("/ws: status {}", response.status().as_u16())).into()
        }
        WsError::ConnectionClosed | WsError::AlreadyClosed => closed(None),
        WsError::Capacity(_) => Error::Protocol("/ws: a message is too long".to_owned()).into(),
        _ => Error::from_io(&io::ErrorKind::ConnectionAborted.into()).into(),
    }
}

fn url(address: &ServerAddress) -> String {
    let rest = address.url().as_str().trim_start_matches("http").trim_end_matches('/');
    format!("ws{rest}/ws")
}
