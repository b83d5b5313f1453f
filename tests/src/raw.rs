//! A connection of bare bytes, for what no HTTP library would send.

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

    /// Connects and has room for next to nothing, so that what is not read soon stops the server.
    pub async fn connect_without_room(app: &App) -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.set_recv_buffer_size(2048).expect("a small buffer");
        Self(socket.connect(app.server().address()).await.expect("the server accepts"))
    }

    /// Waits until the server has ended the connection, and reads nothing.
    pub async fn wait_for_end(mut self) {
        let end = async {
            // What is sent to a connection that has ended is answered by a reset.
            while self.0.write_all(b" ").await.is_ok() {
                pause().await;
            }
        };
        within("the end of a connection that is not read", end).await;
    }

    /// Sends bytes; a server that has closed meanwhile does not mind.
    pub async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        let _ = self.0.write_all(bytes.as_ref()).await;
    }

    /// Everything that comes until the server closes the connection.
    pub async fn read_to_end(mut self) -> String {
        let mut bytes = Vec::new();
        // A reset is an end too.
        let _ = within("the end of the connection", self.0.read_to_end(&mut bytes)).await;
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Sends a request as one that is not to be kept alive, and reads the answer.
    pub async fn ask(app: &App, request: impl AsRef<[u8]>) -> String {
        let mut raw = Self::connect(app).await;
        raw.send(request).await;
        raw.read_to_end().await
    }
}
