//! A connection of bare bytes, for requests that no HTTP library sends.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
};

use crate::{App, pause, within};

/// A TCP connection to the server.
pub struct Raw(TcpStream);

impl Raw {
    /// Connects.
    pub async fn connect(app: &App) -> Self {
        Self(TcpStream::connect(app.server().address()).await.expect("the server accepts"))
    }

    /// Connects with a tiny buffer, so that the server soon waits for a reader.
    pub async fn connect_without_room(app: &App) -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.set_recv_buffer_size(2048).expect("a small buffer");
        Self(socket.connect(app.server().address()).await.expect("the server accepts"))
    }

    /// Waits until the server has ended the connection, without reading.
    pub async fn wait_for_end(mut self) {
        let end = async {
            // A connection that has ended answers every byte by a reset.
            while self.0.write_all(b" ").await.is_ok() {
                pause().await;
            }
        };
        within("the end of a connection that is not read", end).await;
    }

    /// Sends bytes. Does not mind if the server has closed meanwhile.
    pub async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        let _ = self.0.write_all(bytes.as_ref()).await;
    }

    /// Reads up to a text, which must come.
    pub async fn read_to(&mut self, text: &str) {
        let mut bytes = Vec::new();
        let reading = async {
            while !bytes.ends_with(text.as_bytes()) {
                let read = self.0.read_u8().await;
                bytes.push(read.unwrap_or_else(|error| panic!("{error} after {bytes:?}")));
            }
        };
        within(text, reading).await;
    }

    /// Everything that comes until the server closes the connection.
    pub async fn read_to_end(mut self) -> String {
        let mut bytes = Vec::new();
        // A reset is an end, too.
        let _ = within("the end of the connection", self.0.read_to_end(&mut bytes)).await;
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Sends a request with `Connection: close` and reads the answer.
    pub async fn ask(app: &App, request: impl AsRef<[u8]>) -> String {
        let mut raw = Self::connect(app).await;
        raw.send(request).await;
        raw.read_to_end().await
    }
}
