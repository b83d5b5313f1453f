//! Keeps connections ready. If an answer does not come in time, finds out whether the database is slow or gone. Works
//! in the background, once at a time, and only while there is something to do.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use tiberius::error::Error;
use tokio::time::{sleep, timeout};

use super::{
    connection::{Connection, Request},
    pool::Pool,
};

/// The pauses between attempts to reach a database that is gone: the first, and the longest. Each is twice the one
/// before.
const PAUSES: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(1));

/// A trial may take this many times as long as a call: it is the first of its kind over its connection.
const TRIAL: u32 = 5;

/// After this many failed trials in a row, connections are made only when they are needed.
const FAILED_MAX: u32 = 3;

/// Cheap to clone; the clones share everything.
#[derive(Clone)]
pub(super) struct Keeper {
    pool: Pool,
    is_at_work: Arc<AtomicBool>,
}

impl Keeper {
    pub(super) fn new(pool: Pool) -> Self {
        Self { pool, is_at_work: Arc::default() }
    }

    /// Asks for a sign of life, and makes the connections that are to be ready. Returns at once.
    pub(super) fn look(&self) {
        if self.pool.is_closed() || self.is_at_work.swap(true, Ordering::AcqRel) {
            return;
        }
        let keeper = self.clone();
        tokio::spawn(async move {
            keeper.work().await;
            keeper.is_at_work.store(false, Ordering::Release);
        });
    }

    /// Closes every connection that nobody uses.
    pub(super) fn forget(&self) {
        self.pool.manager().spare.clear();
        self.pool.retain(|_, _| false);
    }

    async fn work(&self) {
        let connector = self.pool.manager();
        let mut gone_since: Option<Instant> = None;
        let (mut pause, mut failed) = (PAUSES.0, 0);
        while !self.pool.is_closed() && failed < FAILED_MAX {
            let asked = Instant::now();
            match timeout(connector.limit, connector.open()).await {
                Ok(Ok(connection)) => {
                    if let Some(since) = gone_since.take() {
                        tracing::info!(seconds = since.elapsed().as_secs(), "the database is back");
                    }
                    pause = PAUSES.0;
                    failed = if self.make_ready(connection).await { 0 } else { failed + 1 };
                    if self.are_ready() {
                        return;
                    }
                }
                _ if connector.life.is_heard_since(asked) => {
                    tracing::warn!("the database is slow: it takes no new connection in time");
                    if self.are_ready() {
                        return;
                    }
                    sleep(pause).await;
                }
                failure => {
                    if gone_since.is_none() && !self.pool.is_closed() {
                        gone_since = Some(asked);
                        self.lose(failure.ok().and_then(Result::err));
                    }
                    sleep(pause).await;
                    pause = (pause * 2).min(PAUSES.1);
                }
            }
        }
    }

    /// Gives up the database and every connection to it.
    fn lose(&self, why: Option<Error>) {
        let refused = why.and_then(|error| error.code());
        tracing::error!(refused, "the database is gone");
        metrics::counter!("bukutamu_database_lost_total").increment(1);
        self.pool.manager().life.lose();
        self.forget();
    }

    /// Tries a connection with what is asked most, and keeps it if there is room. True if it can be used.
    async fn make_ready(&self, mut connection: Connection) -> bool {
        if self.are_ready() {
            return true;
        }
        let connector = self.pool.manager();
        for trial in &connector.trials {
            let request = Request::Query(trial.clone());
            if connection.perform(request, connector.limit * TRIAL).await.is_err() {
                return false;
            }
            connector.life.hear();
        }
        if !self.are_ready() {
            connector.spare.put(connection);
        }
        if self.pool.is_closed() {
            connector.spare.clear();
        }
        true
    }

    fn are_ready(&self) -> bool {
        let connector = self.pool.manager();
        self.pool.status().size + connector.spare.len() >= connector.ready
    }
}
