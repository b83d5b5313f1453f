//! One WebSocket: its bounded queue, and the one task that sends what stands in it.
//!
//! The queue is empty most of the time. So it is allocated when something comes, and freed when that has gone.
//! Thousands of idle teachers cost little.

use std::{
    collections::VecDeque,
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
pub(crate) use domain::json::Close;
use domain::{IdPengguna, Role};
use futures_util::SinkExt;
use tokio::{
    sync::Notify,
    time::{Instant, MissedTickBehavior, interval_at, timeout},
};

/// If more events than this wait to be sent, the connection is too slow.
const QUEUE_MAX: usize = 64;

/// After this many pings without a sign of life, the other end has gone.
const PINGS_UNANSWERED: u32 = 3;

/// How long messages that belong together may take to be sent.
const SEND_TIMEOUT: Duration = Duration::from_secs(10);

/// How long the close frame may take. A client that reads again meanwhile still learns why.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(5);

/// Frames that a client may send at once: the first message, and answers to pings that have piled up.
const FRAMES_BURST: u32 = 64;

/// A client may send one more frame each time this has passed.
const FRAME_EVERY: Duration = Duration::from_secs(1);

fn frame(close: Close) -> CloseFrame {
    CloseFrame { code: close.code(), reason: Utf8Bytes::from_static(close.reason()) }
}

#[derive(Clone, Copy)]
pub(crate) struct Times {
    /// The time until the token that opened the connection ends.
    pub(crate) token_lifetime: Duration,
    /// The time from one ping to the next.
    pub(crate) ping_every: Duration,
}

pub(crate) struct Connection {
    pub(crate) id_pengguna: IdPengguna,
    pub(crate) role: Role,
    pub(crate) id_sesi: Box<str>,
    queue: Mutex<Queue>,
    changed: Notify,
    closed: Notify,
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<Utf8Bytes>,
    close: Option<Close>,
}

impl Connection {
    /// A connection of a user, opened by a session.
    pub(crate) fn new(id_pengguna: IdPengguna, role: Role, id_sesi: &str) -> Arc<Self> {
        Arc::new(Self {
            id_pengguna,
            role,
            id_sesi: id_sesi.into(),
            queue: Mutex::default(),
            changed: Notify::new(),
            closed: Notify::new(),
        })
    }

    /// Queues events that belong together, so that they leave together. If the queue is full, closes the connection
    /// instead.
    pub(crate) fn push(&self, events: &[Utf8Bytes]) {
        let mut queue = self.lock();
        if queue.close.is_some() {
            return;
        }
        if queue.waiting.len() + events.len() > QUEUE_MAX {
            drop(queue);
            self.close(Close::TooSlow);
            return;
        }
        queue.waiting.extend(events.iter().cloned());
        drop(queue);
        self.changed.notify_one();
    }

    /// Whether the connection still takes events.
    pub(crate) fn is_open(&self) -> bool {
        self.lock().close.is_none()
    }

    /// Closes the connection. The first reason stands. What is still queued is dropped.
    pub(crate) fn close(&self, close: Close) {
        let mut queue = self.lock();
        queue.close.get_or_insert(close);
        queue.waiting = VecDeque::new();
        drop(queue);
        self.closed.notify_one();
    }

    /// Sends what is queued until the connection is to end. Answers why it ends, or `None` if the other end has gone.
    pub(crate) async fn run(
        &self,
        socket: &mut WebSocket,
        mut frames: Frames,
        times: Times,
    ) -> Option<Close> {
        let mut sender = self;
        let reason = tokio::select! {
            reason = pump(socket, &mut frames, times, &self.changed, &mut sender) => reason,
            // This ends the connection even while a send is stuck in a full socket.
            () = self.closed.notified() => self.lock().close,
        };
        if matches!(reason, Some(Close::TooSlow | Close::Silent)) {
            metrics::counter!("bukutamu_ws_too_slow_total").increment(1);
        }
        reason
    }

    /// Sends what has been queued so far.
    ///
    /// # Errors
    /// As [`send`].
    pub(crate) async fn send_waiting(&self, socket: &mut WebSocket) -> Result<(), Option<Close>> {
        send(socket, self.take().into_iter().map(Message::Text)).await
    }

    /// Whether the connection is to be closed.
    pub(crate) fn is_closing(&self) -> bool {
        self.lock().close.is_some()
    }

    fn take(&self) -> VecDeque<Utf8Bytes> {
        mem::take(&mut self.lock().waiting)
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What sends over a connection.
pub(super) trait Sender: Send {
    /// Sends what there is to tell.
    ///
    /// # Errors
    /// As [`send`].
    fn tell(&mut self, socket: &mut WebSocket) -> impl Future<Output = Result<(), Option<Close>>> + Send;
}

impl Sender for &Connection {
    async fn tell(&mut self, socket: &mut WebSocket) -> Result<(), Option<Close>> {
        self.send_waiting(socket).await
    }
}

/// Has the sender tell what there is whenever something has changed, answers pings, and ends with the token. Answers
/// why it ends; `None` if the other end has gone.
pub(super) async fn pump(
    socket: &mut WebSocket,
    frames: &mut Frames,
    Times { token_lifetime, ping_every }: Times,
    changed: &Notify,
    sender: &mut impl Sender,
) -> Option<Close> {
    let token_ends = tokio::time::sleep(token_lifetime);
    tokio::pin!(token_ends);
    let mut ping = interval_at(Instant::now() + ping_every, ping_every);
    ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut last_heard = Instant::now();
    loop {
        tokio::select! {
            () = changed.notified() => {
                if let Err(reason) = sender.tell(socket).await {
                    return reason;
                }
            }
            message = frames.recv(socket) => match message {
                Ok(Message::Ping(_) | Message::Pong(_)) => last_heard = Instant::now(),
                Ok(Message::Text(_) | Message::Binary(_)) => return Some(Close::Unexpected),
                Ok(Message::Close(_)) => return None,
                Err(reason) => return reason,
            },
            _ = ping.tick() => {
                if last_heard.elapsed() > ping.period() * PINGS_UNANSWERED {
                    return Some(Close::Silent);
                }
                if let Err(reason) = send(socket, [Message::Ping(axum::body::Bytes::new())]).await {
                    return reason;
                }
            }
            () = &mut token_ends => return Some(Close::TokenExpired),
        }
    }
}

/// Sends messages that belong together.
///
/// # Errors
/// Why the connection is to be closed; `None` if the other end has gone.
pub(crate) async fn send(
    socket: &mut WebSocket,
    messages: impl IntoIterator<Item = Message>,
) -> Result<(), Option<Close>> {
    let messages = messages.into_iter();
    let sending = async {
        for message in messages {
            socket.feed(message).await?;
        }
        socket.flush().await
    };
    // Boxed, because otherwise thousands of connections would keep room for it all the time.
    match Box::pin(timeout(SEND_TIMEOUT, sending)).await {
        Ok(sent) => sent.map_err(|_| None),
        Err(_) => Err(Some(Close::TooSlow)),
    }
}

/// Limits the frames that a client may send. Each costs an answer, or at least a look.
pub(crate) struct Frames {
    /// The time at which the client may again send a full burst.
    full_at: Instant,
}

impl Frames {
    pub(crate) fn new() -> Self {
        Self { full_at: Instant::now() }
    }

    /// Receives the next frame.
    ///
    /// # Errors
    /// Why the connection is to be closed; `None` if the other end has gone.
    pub(crate) async fn recv(&mut self, socket: &mut WebSocket) -> Result<Message, Option<Close>> {
        match socket.recv().await {
            Some(Ok(message)) if self.spend() => Ok(message),
            Some(Ok(_)) => Err(Some(Close::TooMany)),
            Some(Err(error)) if is_too_large(&error) => Err(Some(Close::TooLarge)),
            Some(Err(_)) | None => Err(None),
        }
    }

    fn spend(&mut self) -> bool {
        let now = Instant::now();
        self.full_at = self.full_at.max(now) + FRAME_EVERY;
        self.full_at - now <= FRAME_EVERY * FRAMES_BURST
    }
}

fn is_too_large(error: &axum::Error) -> bool {
    let cause = std::error::Error::source(error).and_then(|cause| cause.downcast_ref());
    matches!(cause, Some(tungstenite::Error::Capacity(_)))
}

/// Tells the other end why, and waits a moment until it has heard it.
pub(crate) async fn close(socket: &mut WebSocket, reason: Close) {
    let farewell = async {
        if socket.send(Message::Close(Some(frame(reason)))).await.is_ok() {
            while let Some(Ok(_)) = socket.recv().await {}
        }
    };
    let _ = timeout(CLOSE_TIMEOUT, farewell).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connection() -> Arc<Connection> {
        Connection::new(IdPengguna(1), Role::Guru, "sesi")
    }

    #[test]
    fn events_come_out_in_order() {
        let connection = connection();
        for n in 0..3 {
            connection.push(&[Utf8Bytes::from(n.to_string())]);
        }
        assert_eq!(connection.take(), ["0", "1", "2"].map(Utf8Bytes::from));
        assert!(connection.take().is_empty());
    }

    #[test]
    fn a_full_queue_closes_and_keeps_nothing() {
        let connection = connection();
        for _ in 0..=QUEUE_MAX {
            connection.push(&[Utf8Bytes::from_static("x")]);
        }
        assert_eq!(connection.lock().close, Some(Close::TooSlow));
        assert!(!connection.is_open(), "what comes now reaches nobody");
        connection.push(&[Utf8Bytes::from_static("x")]);
        assert!(connection.take().is_empty());
    }

    #[test]
    fn the_first_reason_stands() {
        let connection = connection();
        connection.close(Close::Revoked);
        connection.close(Close::GoingAway);
        assert_eq!(connection.lock().close, Some(Close::Revoked));
    }
}
