//! The one connection that writes, on a thread of its own, with group commit. The jobs that wait are done in one
//! transaction, one sync of the disk makes it durable, and they are answered only then. A lone job waits for no other.
//!
//! Each job has a savepoint, so a job that fails or panics takes back only its own changes. The writer decides nothing
//! about order: first come, first done. The thread outlives whatever happens in it. Nothing is answered that is not in
//! the file at the database's path.

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

/// Jobs that may wait. A caller that comes later waits for room.
const QUEUE_LEN: usize = 256;

/// The writing connection's queue.
pub(in crate::sqlite) struct Writer {
    queue: mpsc::Sender<Message>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

enum Message {
    Do(Box<dyn Job>),
    /// Accept no more jobs; those in the queue are still done.
    Close,
}

impl Writer {
    pub(super) fn start(conn: Connection, place: Arc<Place>) -> io::Result<Self> {
        let (queue, messages) = mpsc::channel(QUEUE_LEN);
        let thread = Thread::start(conn, place, messages)?;
        Ok(Self { queue, thread: Mutex::new(Some(thread)) })
    }

    /// Runs `work` in a transaction and returns once it is durable. If `work` fails, nothing of it is kept.
    ///
    /// A caller that stops waiting does not stop the work: it is done, or not, as if the answer had been lost.
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
