//! HAProxy before two nodes, with the configuration that the project ships.

use std::{
    path::Path,
    process::{Child, Command, Stdio},
};

use crate::{free_port, pause};

/// Why a test is skipped.
pub const NO_BALANCER: &str = "haproxy is missing";

/// A balancer on this computer. It ends with the test.
pub struct Balancer {
    url: String,
    running: Child,
}

impl Balancer {
    /// Starts one before two nodes, each `http://HOST:PORT`; none where the program is missing.
    pub async fn before(nodes: [&str; 2]) -> Option<Self> {
        let port = free_port();
        let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-tauri/deploy/haproxy.cfg");
        let address = |url: &str| url.trim_start_matches("http://").to_owned();
        let running = Command::new("haproxy")
            .arg("-db")
            .arg("-f")
            .arg(config)
            .env("BUKUTAMU_BIND", format!("127.0.0.1:{port}"))
            .env("BUKUTAMU_NODE_A", address(nodes[0]))
            .env("BUKUTAMU_NODE_B", address(nodes[1]))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let balancer = Self { url: format!("http://127.0.0.1:{port}"), running };
        let http = reqwest::Client::builder().no_proxy().build().expect("an HTTP client");
        let serves = async {
            while !http
                .get(format!("{}/healthz", balancer.url))
                .send()
                .await
                .is_ok_and(|answer| answer.status() == 200)
            {
                pause().await;
            }
        };
        crate::within("haproxy to serve", serves).await;
        Some(balancer)
    }

    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Balancer {
    fn drop(&mut self) {
        let _ = self.running.kill();
        let _ = self.running.wait();
    }
}
