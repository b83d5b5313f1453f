//! A TCP line to a server that can fail: cut, silent, or losing one answer.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::watch,
    task::JoinHandle,
};

/// How a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Everything gets through.
    Whole,
    /// Every connection is reset, and new ones, too.
    Cut,
    /// Connections stand, but nothing gets through until the line is whole again.
    Silent,
    /// Everything gets through, each time so much later.
    Slow(Duration),
}

/// The line. It ends with all its connections when it is dropped.
pub struct Line {
    address: SocketAddr,
    condition: watch::Sender<Condition>,
    losing: Losing,
    task: JoinHandle<()>,
}

/// The text in a request whose answer is to be lost.
type Losing = Arc<Mutex<Option<Vec<u8>>>>;

impl Line {
    /// A line to `target` on a loopback port of its own.
    pub async fn to(target: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a loopback port is free");
        let address = listener.local_addr().expect("a bound listener has an address");
        let (condition, losing) = (watch::Sender::new(Condition::Whole), Losing::default());
        let task = tokio::spawn(accept(listener, target, condition.subscribe(), losing.clone()));
        Self { address, condition, losing, task }
    }

    /// The address for clients.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Changes the line from now on.
    pub fn set(&self, condition: Condition) {
        self.condition.send_replace(condition);
    }

    /// Lets the next request to SQL Server that holds this text, without TLS, get through, and loses its answer with
    /// the connection.
    pub fn lose_answer_to(&self, text: &str) {
        self.lose(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
    }

    /// The same of a request over HTTP.
    pub fn lose_http_answer_to(&self, text: &str) {
        self.lose(text.as_bytes().to_vec());
    }

    fn lose(&self, text: Vec<u8>) {
        *self.losing.lock().unwrap_or_else(PoisonError::into_inner) = Some(text);
    }

    /// Whether the answer was lost.
    pub fn has_lost(&self) -> bool {
        self.losing.lock().unwrap_or_else(PoisonError::into_inner).is_none()
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.task.abort();
        self.set(Condition::Cut);
    }
}

async fn accept(
    listener: TcpListener,
    target: SocketAddr,
    condition: watch::Receiver<Condition>,
    losing: Losing,
) {
    while let Ok((client, _)) = listener.accept().await {
        if *condition.borrow() == Condition::Cut {
            // Closing with a linger time of zero resets.
            let _ = client.set_zero_linger();
            continue;
        }
        tokio::spawn(carry(client, target, condition.clone(), losing.clone()));
    }
}

async fn carry(client: TcpStream, target: SocketAddr, condition: watch::Receiver<Condition>, losing: Losing) {
    let Ok(server) = TcpStream::connect(target).await else { return };
    // A line that gathers small packets would delay each message by 40 ms.
    let _ = (client.set_nodelay(true), server.set_nodelay(true));
    let _ = (client.set_zero_linger(), server.set_zero_linger());
    let ((from_client, to_client), (from_server, to_server)) = (client.into_split(), server.into_split());
    let lost = watch::Sender::new(false);
    let mut cut = condition.clone();
    tokio::select! {
        () = up(from_client, to_server, condition.clone(), &losing, &lost) => {}
        () = down(from_server, to_client, condition, lost.subscribe()) => {}
        _ = cut.wait_for(|condition| *condition == Condition::Cut) => {}
    }
}

async fn up(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    mut condition: watch::Receiver<Condition>,
    losing: &Losing,
    lost: &watch::Sender<bool>,
) {
    let mut buffer = vec![0; 64 << 10];
    while let Ok(read @ 1..) = from.read(&mut buffer).await {
        {
            let mut losing = losing.lock().unwrap_or_else(PoisonError::into_inner);
            let holds = |text: &Vec<u8>| buffer[..read].windows(text.len()).any(|part| part == text);
            if losing.as_ref().is_some_and(holds) {
                *losing = None;
                lost.send_replace(true);
            }
        }
        if !gets_through(&mut condition).await || to.write_all(&buffer[..read]).await.is_err() {
            return;
        }
    }
}

/// Waits as long as the line lets nothing through. False if it is gone.
async fn gets_through(condition: &mut watch::Receiver<Condition>) -> bool {
    let passes = |condition: &Condition| matches!(condition, Condition::Whole | Condition::Slow(_));
    let Ok(now) = condition.wait_for(passes).await.map(|now| *now) else { return false };
    if let Condition::Slow(way) = now {
        tokio::time::sleep(way).await;
    }
    true
}

async fn down(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    mut condition: watch::Receiver<Condition>,
    lost: watch::Receiver<bool>,
) {
    let mut buffer = vec![0; 64 << 10];
    while let Ok(read @ 1..) = from.read(&mut buffer).await {
        if *lost.borrow()
            || !gets_through(&mut condition).await
            || to.write_all(&buffer[..read]).await.is_err()
        {
            return;
        }
    }
}
