//! A guest's page that follows one visit. It has no queue: it is woken, and then reads the visit as it stands. So many
//! changes at once cost one look, and nothing of a visit is kept here.

use std::sync::{Arc, OnceLock};

use axum::extract::ws::{Message, Utf8Bytes, WebSocket};
use domain::IdJanjiTemu;
use tokio::sync::Notify;

use super::connection::{self, Close, Frames, Sender, Times};

/// Pages that follow the same visit at once. A guest has one or two; if there are more, the oldest gives way.
pub(super) const FOLLOWERS_MAX: usize = 8;

pub(crate) struct Follower {
    pub(crate) id: IdJanjiTemu,
    changed: Notify,
    closing: OnceLock<Close>,
    closed: Notify,
}

impl Follower {
    /// A page that follows a visit. It is woken once, so that it is told at once.
    pub(crate) fn new(id: IdJanjiTemu) -> Arc<Self> {
        let follower = Self { id, changed: Notify::new(), closing: OnceLock::new(), closed: Notify::new() };
        follower.wake();
        Arc::new(follower)
    }

    /// Has it look at the visit again.
    pub(crate) fn wake(&self) {
        self.changed.notify_one();
    }

    /// Closes the connection. The first reason stands.
    pub(crate) fn close(&self, close: Close) {
        self.closing.get_or_init(|| close);
        self.closed.notify_one();
    }

    /// Sends the visit, and again whenever it has changed, until the connection is to end. Answers why it ends, or
    /// `None` if the other end has gone.
    pub(crate) async fn run(
        &self,
        socket: &mut WebSocket,
        mut frames: Frames,
        times: Times,
        place: &impl Look,
    ) -> Option<Close> {
        let mut teller = Teller { place, sent: None };
        tokio::select! {
            reason = connection::pump(socket, &mut frames, times, &self.changed, &mut teller) => reason,
            () = self.closed.notified() => self.closing.get().copied(),
        }
    }
}

/// Where a follower looks.
pub(crate) trait Look: Sync {
    /// The visit as it stands, as an event.
    ///
    /// # Errors
    /// Why it is not to be followed any more.
    fn look(&self) -> impl Future<Output = Result<Utf8Bytes, Close>> + Send;
}

/// Sends what it sees if that is new.
struct Teller<'a, L> {
    place: &'a L,
    sent: Option<Utf8Bytes>,
}

impl<L: Look> Sender for Teller<'_, L> {
    async fn tell(&mut self, socket: &mut WebSocket) -> Result<(), Option<Close>> {
        let seen = self.place.look().await.map_err(Some)?;
        if self.sent.as_ref() == Some(&seen) {
            return Ok(());
        }
        self.sent = Some(seen.clone());
        connection::send(socket, [Message::Text(seen)]).await
    }
}
