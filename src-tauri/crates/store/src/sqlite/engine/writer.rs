//! The one connection that writes, on a thread of its own, with group commit: the jobs that wait are done in one
//! transaction, made durable by one sync of the disk, and only then answered. A lone job waits for nobody.
//!
//! Each job has a savepoint, so one that errs or panics takes back its own changes only. It decides nothing about
//! order: first come, first done.

use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Mutex, PoisonError},
    thread::{self, JoinHandle},
};

use rusqlite::Connection;
use tokio::{
    sync::{mpsc, oneshot},
    task::spawn_blocking,
};

use crate::{Result, StoreError};

/// Jobs that may wait; who comes later waits for room.
const QUEUE_LEN: usize = 256;

/// Jobs in one commit, so that the first of them does not wait too long for its answer.
const BATCH_LEN: usize = 64;

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
    pub(super) fn start(conn: Connection) -> io::Result<Self> {
        let (queue, messages) = mpsc::channel(QUEUE_LEN);
        let thread =
            thread::Builder::new().name("store-writer".to_owned()).spawn(move || run(conn, messages))?;
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
        let job = Box::new(Work { state: State::Waiting(work), reply });
        self.queue.send(Message::Do(job)).await.map_err(|_| super::closed())?;
        answer.await.unwrap_or_else(|_| Err(super::closed()))
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

/// A piece of work, whatever it answers.
trait Job: Send {
    /// Does it and keeps the result; whether its changes shall stay.
    fn run(&mut self, conn: &Connection) -> bool;
    /// Gives the result out, now that it is known whether the changes are durable.
    fn answer(self: Box<Self>, committed: bool);
}

struct Work<T, F> {
    state: State<T, F>,
    reply: oneshot::Sender<Result<T>>,
}

enum State<T, F> {
    Waiting(F),
    Running,
    Done(Result<T>),
}

impl<T, F> Job for Work<T, F>
where
    T: Send,
    F: FnOnce(&Connection) -> Result<T> + Send,
{
    fn run(&mut self, conn: &Connection) -> bool {
        let State::Waiting(work) = std::mem::replace(&mut self.state, State::Running) else { return false };
        let result = catch_unwind(AssertUnwindSafe(|| work(conn)))
            .unwrap_or_else(|_| Err(StoreError::Other("a write panicked".to_owned())));
        let is_ok = result.is_ok();
        self.state = State::Done(result);
        is_ok
    }

    fn answer(self: Box<Self>, committed: bool) {
        let result = match self.state {
            // It changed nothing, so the commit does not matter to it.
            State::Done(Err(error)) => Err(error),
            State::Done(result) if committed => result,
            _ => Err(StoreError::Unavailable("the change could not be written".to_owned())),
        };
        // Nobody may be waiting any more.
        let _ = self.reply.send(result);
    }
}

fn run(conn: Connection, mut queue: mpsc::Receiver<Message>) {
    let mut messages = Vec::with_capacity(BATCH_LEN);
    let mut batch = Vec::with_capacity(BATCH_LEN);
    // Ends when the queue is closed and empty, or nobody is left to put anything in.
    while queue.blocking_recv_many(&mut messages, BATCH_LEN) > 0 {
        for message in messages.drain(..) {
            match message {
                Message::Do(job) => batch.push(job),
                Message::Close => queue.close(),
            }
        }
        let committed = commit(&conn, &mut batch);
        if let Err(error) = &committed {
            tracing::error!(jobs = batch.len(), %error, "a batch of changes could not be written");
            roll_back(&conn);
        }
        for job in batch.drain(..) {
            job.answer(committed.is_ok());
        }
    }
    if let Err((_, error)) = conn.close() {
        tracing::error!(%error, "the database did not close in good order");
    }
}

/// Does all jobs in one transaction. On an error none of them has changed anything.
fn commit(conn: &Connection, batch: &mut [Box<dyn Job>]) -> rusqlite::Result<()> {
    execute(conn, "BEGIN IMMEDIATE")?;
    for job in batch {
        execute(conn, "SAVEPOINT job")?;
        if !job.run(conn) {
            // Fails where SQLite has already taken back the whole transaction, as it may when the disk is full.
            execute(conn, "ROLLBACK TO job")?;
        }
        execute(conn, "RELEASE job")?;
    }
    execute(conn, "COMMIT")
}

fn roll_back(conn: &Connection) {
    if !conn.is_autocommit()
        && let Err(error) = execute(conn, "ROLLBACK")
    {
        tracing::error!(%error, "a batch of changes could not be taken back");
    }
}

fn execute(conn: &Connection, sql: &str) -> rusqlite::Result<()> {
    conn.prepare_cached(sql)?.execute(()).map(drop)
}

#[cfg(test)]
mod tests;
