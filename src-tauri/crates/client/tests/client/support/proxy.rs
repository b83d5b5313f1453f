//! A TCP line that can be cut: after so many bytes in either direction, by an end, by a reset, or by going silent.
//!
//! Depends on nothing but tokio, so that other test programs can include this file by its path.

use std::{
    collections::VecDeque,
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
};

/// Which bytes count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// What the client sends.
    Up,
    /// What the server sends.
    Down,
}

/// How a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Both sides read an end of the stream.
    Fin,
    /// Both sides read "connection reset".
    Reset,
    /// Neither side hears anything more.
    Silence,
}

/// What happens to one connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cut {
    /// The bytes that count.
    pub(crate) direction: Direction,
    /// So many of them get through. 0 ends the connection before the first one.
    pub(crate) after_bytes: u64,
    /// How it ends.
    pub(crate) end: End,
}

/// The line. It ends with all its connections when it is dropped.
pub(crate) struct Proxy {
    address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

struct Shared {
    plan: Mutex<VecDeque<Cut>>,
    accepted: AtomicUsize,
    up_bytes: AtomicUsize,
    down_bytes: AtomicUsize,
    /// Grows with each [`Proxy::cut_all`].
    cuts: watch::Sender<u64>,
}

impl Proxy {
    /// A line to `target` on a loopback port of its own.
    pub(crate) async fn start(target: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a loopback port is free");
        let address = listener.local_addr().expect("a bound listener has an address");
        let shared = Arc::new(Shared {
            plan: Mutex::default(),
            accepted: AtomicUsize::new(0),
            up_bytes: AtomicUsize::new(0),
            down_bytes: AtomicUsize::new(0),
            cuts: watch::Sender::new(0),
        });
        let task = tokio::spawn(accept(listener, target, shared.clone()));
        Self { address, shared, task }
    }

    /// The address for clients.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Adds to the plan. Each following connection takes one cut from it; without a cut it goes through whole.
    pub(crate) fn plan(&self, cuts: impl IntoIterator<Item = Cut>) {
        self.shared.plan.lock().unwrap().extend(cuts);
    }

    /// Forgets the rest of the plan.
    pub(crate) fn planned(&self) -> usize {
        self.shared.plan.lock().unwrap().len()
    }

    /// Resets every connection that stands now.
    pub(crate) fn cut_all(&self) {
        self.shared.cuts.send_modify(|cuts| *cuts += 1);
    }

    /// Connections so far.
    pub(crate) fn accepted(&self) -> usize {
        self.shared.accepted.load(Ordering::SeqCst)
    }

    /// Bytes that got through so far, from clients and from the server.
    pub(crate) fn bytes(&self) -> (usize, usize) {
        (self.shared.up_bytes.load(Ordering::SeqCst), self.shared.down_bytes.load(Ordering::SeqCst))
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
        self.cut_all();
    }
}

async fn accept(listener: TcpListener, target: SocketAddr, shared: Arc<Shared>) {
    while let Ok((client, _)) = listener.accept().await {
        shared.accepted.fetch_add(1, Ordering::SeqCst);
        let cut = shared.plan.lock().unwrap().pop_front();
        tokio::spawn(connection(client, target, cut, shared.clone()));
    }
}

async fn connection(mut client: TcpStream, target: SocketAddr, cut: Option<Cut>, shared: Arc<Shared>) {
    let mut cuts = shared.cuts.subscribe();
    let Ok(mut server) = TcpStream::connect(target).await else { return };
    // A line that gathers small packets would delay each message by 40 ms.
    let _ = (client.set_nodelay(true), server.set_nodelay(true));
    let end = {
        let (client_read, client_write) = client.split();
        let (server_read, server_write) = server.split();
        let limit = |direction| cut.filter(|cut| cut.direction == direction).map(|cut| cut.after_bytes);
        tokio::select! {
            all = copy(client_read, server_write, limit(Direction::Up), &shared.up_bytes) => all,
            all = copy(server_read, client_write, limit(Direction::Down), &shared.down_bytes) => all,
            _ = cuts.changed() => None,
        }
    };
    match end {
        Some(Stopped::ByItself) => {}
        Some(Stopped::AtLimit) => match cut.map(|cut| cut.end) {
            Some(End::Silence) => {
                let _ = cuts.changed().await;
            }
            Some(End::Reset) => reset(&client, &server),
            _ => {}
        },
        None => reset(&client, &server),
    }
}

/// Closing with a linger time of zero sends RST.
fn reset(client: &TcpStream, server: &TcpStream) {
    let _ = client.set_zero_linger();
    let _ = server.set_zero_linger();
}

enum Stopped {
    AtLimit,
    ByItself,
}

async fn copy(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    limit: Option<u64>,
    through: &AtomicUsize,
) -> Option<Stopped> {
    let mut left = limit.unwrap_or(u64::MAX);
    let mut buffer = [0; 16 << 10];
    while left > 0 {
        let room = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
        let n = match from.read(&mut buffer[..room]).await {
            Ok(0) | Err(_) => return Some(Stopped::ByItself),
            Ok(n) => n,
        };
        if to.write_all(&buffer[..n]).await.is_err() {
            return Some(Stopped::ByItself);
        }
        through.fetch_add(n, Ordering::SeqCst);
        left -= n as u64;
    }
    // Lets the last bytes arrive, because a reset discards what the other side has not read yet.
    tokio::time::sleep(Duration::from_millis(1)).await;
    Some(Stopped::AtLimit)
}
