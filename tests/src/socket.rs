//! One connection to the event stream: what is sent, what comes, how it ends.

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpSocket;
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{Error, Message, client::IntoClientRequest, handshake::client::Response},
};

use crate::within;

/// A connection to `/ws`.
pub struct Socket(WebSocketStream<tokio::net::TcpStream>);

impl Socket {
    /// Connects, and sends nothing yet.
    pub(crate) async fn open(base: &str) -> Self {
        let (socket, _) = Self::try_open(base, None).await.expect("the event stream opens");
        socket
    }

    /// Connects as a page of an origin.
    ///
    /// # Errors
    /// What the server answered instead.
    pub async fn try_open(base: &str, origin: Option<&str>) -> Result<(Self, Response), Error> {
        let origin = origin.map(|origin| ("origin", origin));
        Self::try_open_with(base, origin.as_slice()).await
    }

    /// Connects with the caller's own headers.
    ///
    /// # Errors
    /// What the server answered instead.
    pub async fn try_open_with(
        base: &str,
        headers: &[(&'static str, &str)],
    ) -> Result<(Self, Response), Error> {
        let address = base.trim_start_matches("http://");
        let mut request = format!("ws://{address}/ws").into_client_request()?;
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().expect("a header value"));
        }
        let socket = TcpSocket::new_v4()?;
        // A small buffer, so that a connection that is not read is soon full.
        socket.set_recv_buffer_size(4096)?;
        let stream = socket.connect(address.parse().expect("an address and a port")).await?;
        let (stream, response) = tokio_tungstenite::client_async(request, stream).await?;
        Ok((Self(stream), response))
    }

    /// Sends the first message.
    pub async fn authenticate(&mut self, token: &str) {
        self.send(Message::text(json!({ "type": "authenticate", "token": token }).to_string())).await;
    }

    /// Sends the first message of a guest's page.
    pub async fn follow(&mut self, kode: &Value) {
        self.send(Message::text(json!({ "type": "kunjungan", "kode": kode }).to_string())).await;
    }

    /// Sends any message.
    pub async fn send(&mut self, message: Message) {
        // If the server has closed meanwhile, the reason can still be read.
        let _ = self.0.send(message).await;
    }

    /// Sends as many frames as the other end takes, without reading.
    pub async fn flood(&mut self, frames: impl Iterator<Item = Message>) {
        for frame in frames {
            if self.0.feed(frame).await.is_err() {
                return;
            }
        }
        let _ = self.0.flush().await;
    }

    /// Reads the next event, which must be `ready`.
    pub async fn expect_ready(&mut self) -> Value {
        let event = self.next().await;
        assert_eq!(event["type"], "ready", "{event}");
        event
    }

    /// The next event.
    pub async fn next(&mut self) -> Value {
        within("an event", self.next_text()).await
    }

    async fn next_text(&mut self) -> Value {
        loop {
            match self.0.next().await {
                Some(Ok(Message::Text(text))) => {
                    return serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                other => panic!("no event but {other:?}"),
            }
        }
    }

    /// The data of the next event, which must be of that type.
    pub async fn next_of(&mut self, kind: &str) -> Value {
        let mut event = self.next().await;
        assert_eq!(event["type"], kind, "{event}");
        event["data"].take()
    }

    /// The code and reason with which the server closes. Passes over events before it.
    pub async fn closed(mut self) -> (u16, String) {
        within("the end of the connection", self.read_to_close()).await
    }

    async fn read_to_close(&mut self) -> (u16, String) {
        loop {
            match self.0.next().await {
                Some(Ok(Message::Close(Some(frame)))) => {
                    return (frame.code.into(), frame.reason.to_string());
                }
                Some(Ok(Message::Close(None)) | Err(_)) | None => return (1006, String::new()),
                Some(Ok(_)) => {}
            }
        }
    }
}
