//! A piece of work for the writer, and the answer that it owes its caller.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::{Result, StoreError};

/// A piece of work, whatever the type of its answer.
pub(super) trait Job: Send {
    /// Does the job and keeps its result. True if its changes are to be committed.
    fn run(&mut self, conn: &Connection) -> bool;
    /// Gives the result out, once it is known what became of the changes.
    fn answer(self: Box<Self>, outcome: &Outcome);
}

/// What became of a batch of changes.
pub(super) enum Outcome {
    /// They are on the disk, at the database's path.
    Kept,
    /// They were not written.
    NotWritten(String),
    /// The changes may have been written, but not to the database that should hold them.
    Astray(String),
}

/// Work with its answer.
pub(super) struct Work<T, F> {
    state: State<T, F>,
    reply: oneshot::Sender<Result<T>>,
}

enum State<T, F> {
    Waiting(F),
    Running,
    Done(Result<T>),
}

impl<T, F> Work<T, F> {
    pub(super) fn new(work: F, reply: oneshot::Sender<Result<T>>) -> Self {
        Self { state: State::Waiting(work), reply }
    }
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

    fn answer(self: Box<Self>, outcome: &Outcome) {
        let result = match (self.state, outcome) {
            (State::Done(result), Outcome::Kept) => result,
            // It changed nothing, so it does not matter that nothing was written.
            (State::Done(Err(error)), Outcome::NotWritten(_)) => Err(error),
            (_, Outcome::NotWritten(why) | Outcome::Astray(why)) => Err(StoreError::Unavailable(why.clone())),
            (State::Waiting(_) | State::Running, Outcome::Kept) => {
                Err(StoreError::Unavailable("the change was not made".to_owned()))
            }
        };
        // The caller may have stopped waiting.
        let _ = self.reply.send(result);
    }
}
