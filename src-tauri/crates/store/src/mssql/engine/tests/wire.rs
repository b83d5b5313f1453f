//! A made-up server, and a wire to it that can be cut, slowed down or counted.
#![allow(clippy::unwrap_used, reason = "in a test a panic is the answer")]

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use mssql_mock_tds::{MockTdsServer, QueryRegistry, QueryResponse, TerminalError, protocol};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::Mutex,
};

use crate::mssql::engine::{Engine, MssqlConfig};

/// A server and the wire to it.
pub(super) struct Wire {
    pub(super) config: MssqlConfig,
    registry: Arc<Mutex<QueryRegistry>>,
    faults: Arc<Faults>,
}

#[derive(Default)]
struct Faults {
    /// Each connection is cut after this many bytes of answers; 0 means never.
    cut_after: AtomicU64,
    silent: AtomicBool,
    /// How many milliseconds longer the first statement over each connection takes.
    first_ms: AtomicU64,
    connections: AtomicU64,
}

impl Wire {
    pub(super) async fn new(timeout_ms: u32) -> Self {
        let server = MockTdsServer::new("127.0.0.1:0").await.unwrap();
        let (registry, address) = (server.query_registry(), server.local_addr());
        tokio::spawn(server.run());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let config = config(listener.local_addr().unwrap(), timeout_ms);
        let faults = Arc::<Faults>::default();
        tokio::spawn(relay(listener, address, Arc::clone(&faults)));
        Self { config, registry, faults }
    }

    pub(super) fn engine(&self) -> Engine {
        Engine::connect(&self.config).unwrap()
    }

    /// Sets the answer to statements that hold this text.
    pub(super) async fn answer(&self, text: &str, response: QueryResponse) {
        self.registry.lock().await.register(text, response);
    }

    pub(super) fn cut_after(&self, bytes: u64) {
        self.faults.cut_after.store(bytes, Ordering::Relaxed);
    }

    pub(super) fn silence(&self, silent: bool) {
        self.faults.silent.store(silent, Ordering::Relaxed);
    }

    /// From now on the first statement over each connection takes this much longer.
    pub(super) fn first_takes(&self, longer: Duration) {
        self.faults.first_ms.store(longer.as_millis().try_into().unwrap(), Ordering::Relaxed);
    }

    /// Connections made so far.
    pub(super) fn connections(&self) -> u64 {
        self.faults.connections.load(Ordering::Relaxed)
    }
}

pub(super) fn error(number: u32, class: u8, message: &str) -> QueryResponse {
    QueryResponse::error_only(TerminalError::new(number, class, message))
}

fn config(address: SocketAddr, timeout_ms: u32) -> MssqlConfig {
    let url =
        format!("mssql://desk:rahasia@{address}/buku?encrypt=false&pool_size=2&timeout_ms={timeout_ms}");
    MssqlConfig::parse(&url).unwrap()
}

/// A server that refuses every login.
pub(super) async fn refusing(number: u32, message: &'static str) -> MssqlConfig {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let config = config(listener.local_addr().unwrap(), 2000);
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            let mut request = [0; 4096];
            let _ = client.read(&mut request).await;
            let _ = client.write_all(&protocol::build_prelogin_response_with_encryption(false)).await;
            let _ = client.read(&mut request).await;
            let _ = client.write_all(&protocol::build_query_result(&error(number, 14, message))).await;
        }
    });
    config
}

/// A server that accepts connections and never says a word.
pub(super) async fn mute() -> MssqlConfig {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let config = config(listener.local_addr().unwrap(), 300);
    tokio::spawn(async move {
        let mut kept = Vec::new();
        while let Ok((client, _)) = listener.accept().await {
            kept.push(client);
        }
    });
    config
}

/// The number of the answer to the first statement. The answers to hello, login and greeting come before it.
const FIRST: u32 = 4;

async fn relay(listener: TcpListener, server: SocketAddr, faults: Arc<Faults>) {
    while let Ok((client, _)) = listener.accept().await {
        faults.connections.fetch_add(1, Ordering::Relaxed);
        let Ok(server) = TcpStream::connect(server).await else { return };
        tokio::spawn(carry(client, server, Arc::clone(&faults)));
    }
}

async fn carry(client: TcpStream, server: TcpStream, faults: Arc<Faults>) {
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let there = tokio::spawn(async move { tokio::io::copy(&mut from_client, &mut to_server).await });
    let (mut carried, mut answers) = (0, 0);
    let mut buffer = [0; 4096];
    while let Ok(read) = from_server.read(&mut buffer).await {
        if read == 0 {
            break;
        }
        answers += 1;
        if answers == FIRST {
            tokio::time::sleep(Duration::from_millis(faults.first_ms.load(Ordering::Relaxed))).await;
        }
        if faults.silent.load(Ordering::Relaxed) {
            continue;
        }
        let left = faults.cut_after.load(Ordering::Relaxed).checked_sub(carried);
        let allowed = match (faults.cut_after.load(Ordering::Relaxed), left) {
            (0, _) => read,
            (_, left) => read.min(usize::try_from(left.unwrap_or(0)).unwrap()),
        };
        if to_client.write_all(&buffer[..allowed]).await.is_err() || allowed < read {
            break;
        }
        carried += read as u64;
    }
    there.abort();
}
