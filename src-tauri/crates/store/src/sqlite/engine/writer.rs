//! The one connection that writes, on a thread of its own, with group commit: the jobs that wait are done in one
//! transaction, made durable by one sync of the disk, and only then answered. A lone job waits for nobody.
//!
//! Each job has a savepoint, so one that errs or panics takes back its own changes only. It decides nothing about
//! order: first come, first done. The thread outlives whatever happens in it; nothing is answered that is not in the file at
//! the database's path.

mod job;
mod thread;

use std::{
    io,
    sync::{Arc, Mutex, PoisonError},
    thread::JoinHandle,
};

use rusqlite::Connection;
use tokio::{
    sync::{mpsc, oneshot},
    task::spawn_blocking,
};

use self::{
    job::{Job, Work},
    thread::Thread,
};
use super::place::Place;
use crate::{Result, StoreError};

/// Jobs that may wait; who comes later waits for room.
const QUEUE_LEN: usize = 256;

/// The writing connection's queue.
pub(in crate::sqlite) struct Writer {
    queue: mpsc::Sender<Message>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

enum Message {
    Do(Box<dyn Job>),
    /// Take no more; what was queued is still done.
    Close,
}

impl Writer {
    pub(super) fn start(conn: Connection, place: Arc<Place>) -> io::Result<Self> {
        let (queue, messages) = mpsc::channel(QUEUE_LEN);
        let thread = Thread::start(conn, place, messages)?;
        Ok(Self { queue, thread: Mutex::new(Some(thread)) })
    }

    /// Runs `work` in a transaction and answers once it is durable. Where `work` errs, nothing of it is kept.
    ///
    /// Whoever stops waiting does not stop the work: it is done, or not, as if the answer had been lost.
    pub(in crate::sqlite) async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job = Box::new(Work::new(work, reply));
        self.queue.send(Message::Do(job)).await.map_err(|_| super::closed())?;
        answer.await.unwrap_or_else(|_| Err(StoreError::Unavailable("the change was given up".to_owned())))
    }

    /// Does what was accepted, then closes the connection, which folds the log into the database file.
    pub(super) async fn close(&self) {
        if self.queue.send(Message::Close).await.is_err() {
            return;
        }
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(thread) = thread else { return };
        if !matches!(spawn_blocking(|| thread.join()).await, Ok(Ok(()))) {
            tracing::error!("the writer did not end in good order");
        }
    }
}

#[cfg(test)]
mod tests;
