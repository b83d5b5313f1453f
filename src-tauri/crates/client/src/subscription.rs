//! The live subscription (DESIGN §8): alerts and changes as they happen, over any number of connections.
//!
//! Owns reconnecting. Shows nothing: [`Subscription::next`] hands over what happened, in order, each alert once.

mod feed;
pub mod inbox;
mod link;
mod run;

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use chrono::{DateTime, Utc};
use domain::{
    IdJanjiTemu, IdPengguna,
    json::{JanjiTemu, Presence},
    notifikasi::Notifikasi,
    pengguna::Pengguna,
};
use tokio::sync::Notify;
use tokio_util::{sync::CancellationToken, task::AbortOnDropHandle};

use crate::{Client, sesi::Reason};
use feed::Feed;
use inbox::Inbox;

/// What happened. Of several about the same subject that wait to be read, only the latest is kept; alerts all are.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "few wait to be read, and each is read once")]
pub enum Update {
    /// The connection stands. Fetch the lists on screen anew: changes of appointments during the gap are not told.
    Connected {
        /// Who is signed in.
        pengguna: Pengguna,
        /// Who else is connected; told to the reception and admins only.
        online: Vec<IdPengguna>,
    },
    /// No connection for now.
    Disconnected {
        /// The next attempt, by this PC's clock.
        retry_at: DateTime<Utc>,
    },
    /// A guest has arrived. Once for each arrival, for as long as the subscription lives. If it waited to be read, it
    /// may have been answered since; then a [`Update::Changed`] or [`Update::Removed`] follows.
    ///
    /// Where hundreds are unread when the connection comes about, only the newest alert.
    Alert(Notifikasi),
    /// More is unread than alerts were told for: [`Subscription::unread`] has it all.
    Unread,
    /// A notification is different now: read, answered, the visit has moved on.
    Changed(Notifikasi),
    /// A notification asks for no attention any more: put away, or read elsewhere while there was no connection.
    Removed(IdJanjiTemu),
    /// An appointment was made or has changed.
    Appointment(JanjiTemu),
    /// A user came or went.
    Presence(Presence),
    /// More appointments changed than could wait to be read: fetch the lists on screen anew.
    Reload,
    /// Nobody is signed in. The subscription goes on by itself after the next login.
    LoggedOut {
        /// Why.
        reason: Reason,
    },
}

/// When a connection counts as dead, and when to try again.
#[derive(Clone, Debug)]
pub struct Timing {
    /// From the socket to `ready`: 10 s.
    pub handshake_timeout: Duration,
    /// No frame at all for so long means a dead connection: 45 s, as the server pings every 20 s.
    pub dead_after: Duration,
    /// The first wait before another attempt is at most this: 250 ms. It doubles with every attempt, and each wait is
    /// a random part of it, so that a school's PCs do not come back all at once.
    pub backoff_min: Duration,
    /// The longest wait: 15 s.
    pub backoff_max: Duration,
    /// A connection that stood for so long makes the next wait short again: 10 s.
    pub stable_after: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            handshake_timeout: Duration::from_secs(10),
            dead_after: Duration::from_secs(45),
            backoff_min: Duration::from_millis(250),
            backoff_max: Duration::from_secs(15),
            stable_after: Duration::from_secs(10),
        }
    }
}

/// A running subscription; ends when it is dropped.
pub struct Subscription {
    shared: Arc<Shared>,
    task: AbortOnDropHandle<()>,
}

struct Shared {
    client: Client,
    feed: Feed,
    inbox: Mutex<Inbox>,
    retry_now: Notify,
    stop: CancellationToken,
}

/// Subscribes in the session's name, from within a tokio runtime. One per process, as each alerts by itself.
pub fn subscribe(client: &Client) -> Subscription {
    let shared = Arc::new(Shared {
        client: client.clone(),
        feed: Feed::default(),
        inbox: Mutex::default(),
        retry_now: Notify::new(),
        stop: CancellationToken::new(),
    });
    let task = AbortOnDropHandle::new(tokio::spawn(run::run(shared.clone())));
    Subscription { shared, task }
}

impl Subscription {
    /// The next update. May be used in `select!`: nothing is lost when the future is dropped.
    pub async fn next(&mut self) -> Update {
        self.shared.feed.next().await
    }

    /// The unread notifications as known now, oldest first.
    pub fn unread(&self) -> Vec<Notifikasi> {
        self.shared.inbox.lock().unwrap_or_else(PoisonError::into_inner).unread()
    }

    /// Ends a wait between two attempts, as when the network is back.
    pub fn retry_now(&self) {
        self.shared.retry_now.notify_waiters();
    }

    /// Ends the subscription and tells the server.
    pub async fn close(self) {
        self.shared.stop.cancel();
        // A task that panicked has ended too.
        let _ = self.task.await;
    }
}
