//! Connections for callers, and when one may be used again. If a connection was left in the middle of something, or
//! its server or wire failed, it is closed at once, so that nothing of it stays open at the server. If a statement
//! failed on it, or it was idle for long, it is asked first.

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

pub(super) type Pool = managed::Pool<Connector>;

pub(super) struct Connector {
    pub(super) config: Config,
    /// How long a call may take, and so how long the server may be silent.
    pub(super) limit: Duration,
    /// How many connections are kept ready.
    pub(super) ready: usize,
    /// What a new connection is tried with, so that the server has done for it what it does only once.
    pub(super) trials: Vec<Statement>,
    pub(super) life: Life,
    pub(super) spare: Spare,
}

impl Connector {
    /// Opens a connection, which is a sign of life. The caller limits how long it may take as a whole.
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

    /// Takes the connection that was made last, and says when.
    fn take(&self) -> Option<(Connection, Instant)> {
        self.lock().pop()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<(Connection, Instant)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
