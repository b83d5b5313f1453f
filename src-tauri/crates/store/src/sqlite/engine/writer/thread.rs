//! The thread that writes. It ends only when it is told to. A panic gives up only the batch that it happened in.

use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    thread::{self, JoinHandle},
    time::Duration,
};

use rusqlite::{Connection, config::DbConfig};
use tokio::{
    runtime::{self, Runtime},
    sync::mpsc,
    time::timeout,
};

use super::{
    Message,
    job::{Job, Outcome},
};
use crate::{
    Result,
    sqlite::engine::place::{Found, Place},
};

/// Jobs in one commit. The limit keeps the first of them from waiting too long for its answer.
const BATCH_LEN: usize = 64;

/// After this long with nothing to do, the log is folded into the database file, so that the file alone is whole.
const IDLE: Duration = Duration::from_secs(1);

/// How often the file is checked for changes while nothing is to be folded in.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// Jobs after which the log is folded in even if there is more to do, so that it stays small.
const JOBS_A_CHECKPOINT: usize = 256;

/// The same limit by the log's growth, for jobs that write much.
const LOG_GROWTH_BYTES: u64 = 4 << 20;

/// The pause between a panic and the next try. It keeps a panic that repeats at once from keeping a core busy.
const AFTER_A_PANIC: Duration = Duration::from_millis(50);

pub(super) struct Thread {
    conn: Connection,
    place: Arc<Place>,
    /// Jobs done since the log was folded in. If there are any, there is something to fold in.
    jobs: usize,
    /// The log's size when it was folded in.
    log_bytes: u64,
}

impl Thread {
    pub(super) fn start(
        conn: Connection,
        place: Arc<Place>,
        messages: mpsc::Receiver<Message>,
    ) -> io::Result<JoinHandle<()>> {
        prepare(&conn).map_err(io::Error::other)?;
        // For the waits only.
        let runtime = runtime::Builder::new_current_thread().enable_time().build()?;
        // An older log may be there; it is folded in when there is time.
        let thread = Self { conn, log_bytes: place.log_bytes(), place, jobs: 1 };
        let writer = thread::Builder::new().name("store-writer".to_owned());
        writer.spawn(move || thread.supervise(&runtime, messages))
    }

    /// Works until the queue is closed and empty.
    fn supervise(mut self, runtime: &Runtime, mut queue: mpsc::Receiver<Message>) {
        while catch_unwind(AssertUnwindSafe(|| self.run(runtime, &mut queue))).is_err() {
            tracing::error!("the writer panicked; what it had in hand was given up, and it goes on");
            self.roll_back();
            thread::sleep(AFTER_A_PANIC);
        }
        self.close();
    }

    fn run(&mut self, runtime: &Runtime, queue: &mut mpsc::Receiver<Message>) {
        let mut messages = Vec::with_capacity(BATCH_LEN);
        let mut batch = Vec::with_capacity(BATCH_LEN);
        loop {
            let patience = if self.jobs > 0 { IDLE } else { LOOK_EVERY };
            let next = async { timeout(patience, queue.recv_many(&mut messages, BATCH_LEN)).await };
            let Ok(count) = runtime.block_on(next) else {
                self.rest();
                continue;
            };
            if count == 0 {
                // The queue is closed and empty, or nobody is left to put anything in.
                return;
            }
            for message in messages.drain(..) {
                match message {
                    Message::Do(job) => batch.push(job),
                    Message::Close => queue.close(),
                }
            }
            self.carry_out(&mut batch);
        }
    }

    /// Does all jobs, and answers each once its outcome is known.
    fn carry_out(&mut self, batch: &mut Vec<Box<dyn Job>>) {
        let outcome = self.write(batch);
        self.jobs += batch.len();
        for job in batch.drain(..) {
            job.answer(&outcome);
        }
        let grown = self.place.log_bytes().saturating_sub(self.log_bytes);
        if matches!(outcome, Outcome::Kept) && (self.jobs >= JOBS_A_CHECKPOINT || grown >= LOG_GROWTH_BYTES) {
            self.fold_in();
            self.jobs = 1;
            self.log_bytes = self.place.log_bytes();
        }
    }

    fn write(&mut self, batch: &mut [Box<dyn Job>]) -> Outcome {
        if let Err(error) = self.stand_ready() {
            return Outcome::Astray(error.to_string());
        }
        if let Err(error) = commit(&self.conn, batch) {
            tracing::error!(jobs = batch.len(), %error, "a batch of changes could not be written");
            self.roll_back();
            return Outcome::NotWritten("the change could not be written".to_owned());
        }
        match self.place.look() {
            Ok(Found::Known) => Outcome::Kept,
            Ok(Found::Changed(_)) => Outcome::Astray("the database file was changed meanwhile".to_owned()),
            Err(error) => Outcome::Astray(error.to_string()),
        }
    }

    /// Makes sure that the next changes are written to the database at its path.
    fn stand_ready(&mut self) -> Result<()> {
        if let Found::Changed(found) = self.place.look()? {
            self.conn = self.place.look_through(found)?;
            prepare(&self.conn)?;
        }
        Ok(())
    }

    /// Uses a moment without work to fold the log in.
    fn rest(&mut self) {
        if self.stand_ready().is_err() || self.jobs == 0 {
            return;
        }
        // Does not wait for a slow reader; there will be another moment.
        let patience = self.conn.pragma_query_value(None, "busy_timeout", |row| row.get::<_, i64>(0));
        let _ = self.conn.busy_timeout(Duration::ZERO);
        if self.fold_in() && self.empty_log() {
            (self.jobs, self.log_bytes) = (0, 0);
        }
        let patience =
            patience.map_or(super::super::BUSY_TIMEOUT, |ms| Duration::from_millis(ms.unsigned_abs()));
        let _ = self.conn.busy_timeout(patience);
    }

    /// Folds the log into the database file, as far as no reader needs it. True if all of it was folded in.
    fn fold_in(&self) -> bool {
        let fold = || {
            self.conn.query_row("PRAGMA wal_checkpoint(PASSIVE)", (), |row| {
                Ok(row.get::<_, i64>("log")? == row.get::<_, i64>("checkpointed")?)
            })
        };
        self.place.change(fold).unwrap_or_else(|error| {
            tracing::warn!(%error, "the log could not be folded into the database file; it is tried again");
            false
        })
    }

    /// Empties a log that is folded in; true if it could. Does not touch the database file.
    fn empty_log(&self) -> bool {
        let busy =
            self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |row| row.get::<_, i64>("busy"));
        busy.is_ok_and(|busy| busy == 0)
    }

    /// Takes back what is open. If that fails, another connection begins afresh.
    fn roll_back(&mut self) {
        if self.conn.is_autocommit() {
            return;
        }
        let Err(error) = execute(&self.conn, "ROLLBACK") else { return };
        tracing::error!(%error, "a batch of changes could not be taken back; the connection is given up");
        match super::super::connect(self.place.path()).and_then(|conn| prepare(&conn).map(|()| conn)) {
            Ok(conn) => self.conn = conn,
            Err(error) => tracing::error!(%error, "the database cannot be opened anew; it is tried again"),
        }
    }

    fn close(self) {
        // If the files are others now, SQLite would fold its log into one of them and delete the other's.
        let is_here = matches!(self.place.look(), Ok(Found::Known));
        if !is_here {
            tracing::error!("the database is not at its place; its log is left as it is");
            let _ = self.conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
        }
        if let Err((_, error)) = self.conn.close() {
            tracing::error!(%error, "the database did not close in good order");
        }
    }
}

/// Sets up a connection for writing. Only this thread folds the log in, at a time of its own, and never within a
/// commit.
fn prepare(conn: &Connection) -> rusqlite::Result<()> {
    conn.pragma_update(None, "wal_autocheckpoint", 0)
}

/// Does all jobs in one transaction. On an error none of them has changed anything.
fn commit(conn: &Connection, batch: &mut [Box<dyn Job>]) -> rusqlite::Result<()> {
    execute(conn, "BEGIN IMMEDIATE")?;
    for job in batch {
        execute(conn, "SAVEPOINT job")?;
        if !job.run(conn) {
            // Fails if SQLite has already taken back the whole transaction, as it may when the disk is full.
            execute(conn, "ROLLBACK TO job")?;
        }
        execute(conn, "RELEASE job")?;
    }
    execute(conn, "COMMIT")
}

fn execute(conn: &Connection, sql: &str) -> rusqlite::Result<()> {
    conn.prepare_cached(sql)?.execute(()).map(drop)
}
