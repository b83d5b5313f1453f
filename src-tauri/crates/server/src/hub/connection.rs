//! One WebSocket: its bounded queue, and the one task that sends what stands in it.
//!
//! The queue is empty but for moments, so it is allocated when something comes and given back when it has gone: thousands
//! of idle teachers cost little.

use std::{
    collections::VecDeque,
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use domain::{IdPengguna, Role};
use futures_util::SinkExt;
use tokio::{
    sync::Notify,
    time::{Instant, MissedTickBehavior, interval_at, timeout},
};

/// More than this still to be sent, and the connection is too slow.
const QUEUE_MAX: usize = 64;

/// A quiet connection is asked for a sign of life this often.
pub(crate) const PING_EVERY: Duration = Duration::from_secs(20);

/// No sign of life for so long: the other end is gone.
const SILENCE_MAX: Duration = Duration::from_secs(65);

/// How long the close frame may take.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(2);

/// Why the server closes a connection. Codes from 4000 on are this program's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Close {
    /// The server stops.
    GoingAway,
    /// No good `authenticate` came in time.
    Unauthenticated,
    /// The access token has ended; come back with a new one.
    TokenExpired,
    /// The session was ended.
    Revoked,
    /// Only users are told of arrivals, and only with a password of their own.
    Forbidden,
    /// The queue was full.
    TooSlow,
    /// Something came that a client never sends.
    Unexpected,
    /// The unread state could not be read.
    Unavailable,
}

impl Close {
    fn frame(self) -> CloseFrame {
        let (code, reason) = match self {
            Self::GoingAway => (1001, "server_berhenti"),
            Self::Unauthenticated => (4401, "belum_masuk"),
            Self::TokenExpired => (4401, "token_kedaluwarsa"),
            Self::Revoked => (4401, "sesi_dicabut"),
            Self::Forbidden => (4403, "terlarang"),
            Self::TooSlow => (4408, "terlalu_lambat"),
            Self::Unexpected => (1008, "pesan_tidak_dikenal"),
            Self::Unavailable => (1013, "database_tidak_tersedia"),
        };
        CloseFrame { code, reason: Utf8Bytes::from_static(reason) }
    }
}

/// One connection as the hub knows it.
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

    /// Queues events that belong together, so that they leave together; a full queue closes the connection instead.
    pub(crate) fn push(&self, events: &[Utf8Bytes]) {
        let mut queue = self.lock();
        if queue.close.is_some() {
            return;
        }
        if queue.waiting.len() + events.len() > QUEUE_MAX {
            drop(queue);
            metrics::counter!("bukutamu_ws_too_slow_total").increment(1);
            self.close(Close::TooSlow);
            return;
        }
        queue.waiting.extend(events.iter().cloned());
        drop(queue);
        self.changed.notify_one();
    }

    /// Closes it; the first reason stands, and what is still queued is dropped.
    pub(crate) fn close(&self, close: Close) {
        let mut queue = self.lock();
        queue.close.get_or_insert(close);
        queue.waiting = VecDeque::new();
        drop(queue);
        self.closed.notify_one();
    }

    /// Sends what is queued until the connection ends, by either side.
    pub(crate) async fn run(&self, socket: &mut WebSocket, token_lifetime: Duration) {
        let reason = tokio::select! {
            reason = self.pump(socket, token_lifetime) => reason,
            // Also while a send is stuck in a full socket.
            () = self.closed.notified() => self.lock().close,
        };
        if let Some(reason) = reason {
            close(socket, reason).await;
        }
    }

    /// `None` where the other end has gone.
    async fn pump(&self, socket: &mut WebSocket, token_lifetime: Duration) -> Option<Close> {
        let token_ends = tokio::time::sleep(token_lifetime);
        tokio::pin!(token_ends);
        let mut ping = interval_at(Instant::now() + PING_EVERY, PING_EVERY);
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut last_heard = Instant::now();
        loop {
            tokio::select! {
                () = self.changed.notified() => {
                    for event in self.take() {
                        socket.feed(Message::Text(event)).await.ok()?;
                    }
                    socket.flush().await.ok()?;
                }
                message = socket.recv() => match message {
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => last_heard = Instant::now(),
                    Some(Ok(Message::Text(_) | Message::Binary(_))) => return Some(Close::Unexpected),
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                },
                _ = ping.tick() => {
                    if last_heard.elapsed() > SILENCE_MAX {
                        return None;
                    }
                    socket.send(Message::Ping(axum::body::Bytes::new())).await.ok()?;
                }
                () = &mut token_ends => return Some(Close::TokenExpired),
            }
        }
    }

    fn take(&self) -> VecDeque<Utf8Bytes> {
        mem::take(&mut self.lock().waiting)
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Says why, and waits a moment for the other end to have heard it.
pub(crate) async fn close(socket: &mut WebSocket, reason: Close) {
    let farewell = async {
        if socket.send(Message::Close(Some(reason.frame()))).await.is_ok() {
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
