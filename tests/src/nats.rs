//! A real NATS server of the test's own, which can be killed and comes back at the same port.

use std::{
    net::TcpListener,
    process::{Child, Command, Stdio},
};

use tempfile::TempDir;

use crate::pause;

/// Why a test is skipped.
pub const NO_NATS: &str = "nats-server is missing";

/// A NATS server with JetStream on this computer. It ends with the test.
pub struct Nats {
    folder: TempDir,
    port: u16,
    running: Option<Child>,
}

impl Nats {
    /// Starts one; none where the program is missing.
    pub async fn start() -> Option<Self> {
        let port = TcpListener::bind(("127.0.0.1", 0)).and_then(|socket| socket.local_addr()).ok()?.port();
        let mut nats = Self { folder: tempfile::tempdir().ok()?, port, running: None };
        nats.run().await.then_some(nats)
    }

    /// `nats://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }

    /// Ends it at once, as a power cut does.
    pub fn kill(&mut self) {
        if let Some(mut running) = self.running.take() {
            let _ = running.kill();
            let _ = running.wait();
        }
    }

    /// Starts it again.
    pub async fn restart(&mut self) {
        self.kill();
        assert!(self.run().await, "{NO_NATS}");
    }

    async fn run(&mut self) -> bool {
        let started = Command::new("nats-server")
            .args(["--jetstream", "--addr", "127.0.0.1", "--port", &self.port.to_string()])
            .arg("--store_dir")
            .arg(self.folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let Ok(running) = started else { return false };
        self.running = Some(running);
        let listens = async {
            while tokio::net::TcpStream::connect(("127.0.0.1", self.port)).await.is_err() {
                pause().await;
            }
        };
        crate::within("nats-server to listen", listens).await;
        true
    }
}

impl Drop for Nats {
    fn drop(&mut self) {
        self.kill();
    }
}
