//! Connections for whoever needs one, and when one may be used again. One that was left in the middle of something, or
//! whose server or wire failed, is closed at once, so that nothing of it stays open at the server; one on which a
//! statement failed, or that was idle for long, is asked first.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use deadpool::managed::{self, Metrics, RecycleError, RecycleResult};
use tiberius::{Config, error::Error};

use super::{
    connection::{Connection, State},
    life::Life,
    statement::Statement,
};

/// A connection that was idle for longer is asked whether it lives before it is used.
const IDLE: Duration = Duration::from_secs(30);

/// The pool.
pub(super) type Pool = managed::Pool<Connector>;

/// Makes connections.
pub(super) struct Connector {
    pub(super) config: Config,
    /// How long a call may take, and so the server be silent.
    pub(super) limit: Duration,
    /// How many connections are kept ready.
    pub(super) ready: usize,
    /// What a new one is tried with, so that the server has done for it what it does once.
    pub(super) trials: Vec<Statement>,
    pub(super) life: Life,
    pub(super) spare: Spare,
}

impl Connector {
    /// Opens a connection, which is a sign of life. Whoever asks limits how long it may take as a whole.
    pub(super) async fn open(&self) -> Result<Connection, Error> {
        let connection = Connection::open(&self.config, self.limit).await?;
        self.life.hear();
        Ok(connection)
    }
}

impl managed::Manager for Connector {
    type Type = Connection;
    type Error = Error;

    async fn create(&self) -> Result<Connection, Error> {
        while let Some((mut connection, since)) = self.spare.take() {
            if since.elapsed() < IDLE || connection.roll_back(self.limit).await.is_ok() {
                return Ok(connection);
            }
        }
        self.open().await
    }

    async fn recycle(&self, connection: &mut Connection, metrics: &Metrics) -> RecycleResult<Error> {
        match connection.state() {
            State::InUse => return Err(RecycleError::message("left in the middle of something")),
            State::Ready if metrics.last_used() < IDLE => return Ok(()),
            State::Ready | State::AfterError => {}
        }
        connection.roll_back(self.limit).await?;
        Ok(())
    }
}

/// Connections that were made before anybody needed them.
#[derive(Default)]
pub(super) struct Spare(Mutex<Vec<(Connection, Instant)>>);

impl Spare {
    pub(super) fn put(&self, connection: Connection) {
        self.lock().push((connection, Instant::now()));
    }

    pub(super) fn len(&self) -> usize {
        self.lock().len()
    }

    /// Closes them all.
    pub(super) fn clear(&self) {
        self.lock().clear();
    }

    /// The one that was made last, and when.
    fn take(&self) -> Option<(Connection, Instant)> {
        self.lock().pop()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<(Connection, Instant)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
