//! The load client for all servers: subscribers that listen, and the time until each of them has heard an alert.
//!
//! It runs on one thread and stays out of the servers' way. The kernel stamps what arrives, so the subscribers read
//! only when the servers have had their time. A real server's subscribers are other computers and take none of its
//! time.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    thread,
    time::{Duration, SystemTime},
};

use anyhow::{Context, Result, bail, ensure};
use futures_util::{StreamExt, TryStreamExt, stream};
use memchr::memmem;
use tokio::{
    task::{JoinSet, yield_now},
    time::{Instant, sleep},
};

use crate::{net::Address, percentile::Times, process::Process, school::Arrival, websocket::WebSocket};

/// Handshakes at once.
const AT_ONCE: usize = 32;

/// An alert that takes longer counts as lost.
const ALERT_TIMEOUT: Duration = Duration::from_secs(10);

/// How long the subscribers wait before they read what has come.
const NAP: Duration = Duration::from_millis(20);

/// A server that alerts its subscribers of arrivals.
#[allow(async_fn_in_trait, reason = "one thread, so nothing needs to be Send")]
pub trait Contestant {
    /// The protocol that it speaks.
    fn dialect(&self) -> Dialect;
    /// Its address.
    fn address(&self) -> &Address;
    /// Lets a guest arrive, over HTTP.
    async fn arrive(&mut self, arrival: &Arrival) -> Result<()>;
    /// How many subscribers it knows; `None` if it tells each of them itself.
    async fn authenticated(&mut self) -> Result<Option<usize>>;
    /// Frees what it would free later by itself.
    async fn collect_garbage(&mut self) -> Result<()>;
    /// Its process.
    fn process(&self) -> &Process;
}

/// A server's protocol over its WebSocket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// DESIGN §8.
    BukuTamu,
    /// Engine.IO 4 and Socket.IO 5, WebSocket from the start.
    SocketIo,
}

impl Dialect {
    async fn open(self, address: &Address, token: &str) -> Result<WebSocket> {
        match self {
            Self::BukuTamu => {
                let mut socket = WebSocket::connect(address, "/ws").await?;
                socket.send(&format!(r#"{{"type":"authenticate","token":"{token}"}}"#)).await?;
                expect(&mut socket, r#"{"type":"ready""#).await?;
                Ok(socket)
            }
            Self::SocketIo => {
                let mut socket = WebSocket::connect(address, "/socket.io/?EIO=4&transport=websocket").await?;
                expect(&mut socket, "0{").await?;
                socket.send("40").await?;
                expect(&mut socket, "40").await?;
                socket.send(&format!(r#"42["authenticate",{{"token":"{token}"}}]"#)).await?;
                Ok(socket)
            }
        }
    }

    /// How an alert begins.
    fn alert(self) -> &'static str {
        match self {
            Self::BukuTamu => r#"{"type":"notification""#,
            Self::SocketIo => r#"42["notification""#,
        }
    }
}

async fn expect(socket: &mut WebSocket, start: &str) -> Result<()> {
    let text = socket.recv().await?;
    ensure!(text.starts_with(start), "expected {start}, got {text}");
    Ok(())
}

/// Subscribers of one server.
pub struct Load {
    board: Rc<Board>,
    _subscribers: JoinSet<()>,
}

/// What the subscribers wait for, and what they have heard.
struct Board {
    started: Cell<SystemTime>,
    wanted: RefCell<Vec<u8>>,
    missing: Cell<usize>,
    times: RefCell<Times>,
    strays: Cell<u64>,
    failure: RefCell<Option<anyhow::Error>>,
}

impl Load {
    /// Connects a subscriber for each token, and waits until the server knows them all. Runs inside a `LocalSet`.
    ///
    /// # Errors
    /// If one of them cannot connect.
    pub async fn connect(server: &mut impl Contestant, tokens: &[impl AsRef<str>]) -> Result<Self> {
        let board = Rc::new(Board {
            started: Cell::new(SystemTime::now()),
            wanted: RefCell::default(),
            missing: Cell::new(0),
            times: RefCell::default(),
            strays: Cell::new(0),
            failure: RefCell::default(),
        });
        let (dialect, address) = (server.dialect(), server.address().clone());
        let mut subscribers = JoinSet::new();
        let mut sockets = stream::iter(tokens)
            .map(|token| dialect.open(&address, token.as_ref()))
            .buffer_unordered(AT_ONCE);
        while let Some(socket) = sockets.try_next().await.context("a subscriber cannot connect")? {
            let board = board.clone();
            subscribers.spawn_local(async move { board.listen(socket, dialect).await });
        }
        drop(sockets);
        while server.authenticated().await?.is_some_and(|count| count < tokens.len()) {
            sleep(Duration::from_millis(50)).await;
        }
        Ok(Self { board, _subscribers: subscribers })
    }

    /// Ends the connections, and waits until the server knows.
    ///
    /// # Errors
    /// If the server does not answer.
    pub async fn disconnect(self, server: &mut impl Contestant) -> Result<()> {
        drop(self);
        while server.authenticated().await?.is_some_and(|count| count > 0) {
            sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }

    /// Lets a guest arrive, and waits until exactly `receivers` subscribers have been alerted.
    ///
    /// # Errors
    /// If one of them is not.
    pub async fn alert(
        &self,
        server: &mut impl Contestant,
        arrival: &Arrival,
        receivers: usize,
    ) -> Result<()> {
        let board = &*self.board;
        *board.wanted.borrow_mut() = format!(r#""id_janji_temu":{},"#, arrival.id).into_bytes();
        board.missing.set(receivers);
        board.started.set(SystemTime::now());
        let deadline = Instant::now() + ALERT_TIMEOUT;
        let heard = async {
            // The request goes out first.
            for _ in 0..8 {
                yield_now().await;
            }
            while board.missing.get() > 0 {
                thread::sleep(NAP);
                sleep(Duration::from_millis(1)).await;
                if let Some(failure) = board.failure.take() {
                    return Err(failure.context("a subscriber was lost"));
                }
                let missing = board.missing.get();
                ensure!(
                    missing == 0 || Instant::now() < deadline,
                    "{missing} of {receivers} alerts were lost"
                );
            }
            Ok(())
        };
        tokio::try_join!(server.arrive(arrival), heard)?;
        if board.strays.get() > 0 {
            bail!("{} alerts came that were nobody's", board.strays.get());
        }
        Ok(())
    }

    /// The times since the last call, from sending the request until the alert comes to each subscriber's computer.
    pub fn take_times(&self) -> Times {
        self.board.times.take()
    }
}

impl Board {
    async fn listen(&self, mut socket: WebSocket, dialect: Dialect) {
        if let Err(error) = self.listen_on(&mut socket, dialect).await {
            *self.failure.borrow_mut() = Some(error);
        }
    }

    async fn listen_on(&self, socket: &mut WebSocket, dialect: Dialect) -> Result<()> {
        loop {
            let text = socket.recv().await?;
            if text.starts_with(dialect.alert()) {
                let is_wanted = memmem::find(text.as_bytes(), &self.wanted.borrow()).is_some();
                self.heard(is_wanted, socket.arrived());
            } else if dialect == Dialect::SocketIo && text == "2" {
                socket.send("3").await?;
            }
        }
    }

    fn heard(&self, is_wanted: bool, arrived: SystemTime) {
        let missing = self.missing.get();
        if missing == 0 || !is_wanted {
            self.strays.set(self.strays.get() + 1);
            return;
        }
        // If a clock was set back meanwhile, it would be negative.
        self.times.borrow_mut().record(arrived.duration_since(self.started.get()).unwrap_or_default());
        self.missing.set(missing - 1);
    }
}
