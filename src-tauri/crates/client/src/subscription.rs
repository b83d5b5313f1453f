//! The live subscription (DESIGN §8): alerts and changes as they happen, over any number of connections.
//!
//! Owns reconnecting. [`Subscription::next`] hands over what happened, in order, and each alert once.

mod feed;
pub mod inbox;
mod link;
mod run;
mod update;

use std::sync::{Arc, PoisonError};

use domain::notifikasi::Notifikasi;
use tokio_util::task::AbortOnDropHandle;

use crate::Client;
use run::Shared;
pub use update::Update;

/// A running subscription. It ends when it is dropped.
pub struct Subscription {
    shared: Arc<Shared>,
    task: AbortOnDropHandle<()>,
}

/// Subscribes in the session's name, from within a tokio runtime. Make one per process, because each alerts by itself.
pub fn subscribe(client: &Client) -> Subscription {
    let shared = Arc::new(Shared::new(client.clone()));
    let task = AbortOnDropHandle::new(tokio::spawn(run::run(shared.clone())));
    Subscription { shared, task }
}

impl Subscription {
    /// The next update. Works in `select!`: nothing is lost when the future is dropped.
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
        // An error means that the task has ended by itself.
        let _ = self.task.await;
    }
}
