//! How statements get to the server: connections, deadlines, and what is tried again. Knows no entity.
//!
//! Every call answers within its limit, whatever has become of the server: with [`StoreError::Unavailable`] where there
//! is no answer. Victims of a deadlock were rolled back and are tried again; after a lost connection only what reads is.

mod inspect;
mod migrate;
mod pool;
mod statement;
mod url;

use std::{
    future::Future,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use backon::{ExponentialBuilder, Retryable};
use deadpool::{
    Runtime,
    managed::{Pool, PoolError, Timeouts},
};
use tiberius::{Row, TokenRow, error::Error};
use tokio::time::timeout;

use self::pool::{Connector, Lease, Results};
pub use self::{
    inspect::Inspection,
    url::{MssqlConfig, MssqlUrlError},
};
pub(super) use self::{
    migrate::Database,
    statement::{Patience, Statement},
};
use super::conflict::Failure;
use crate::{Kunci, OpenError, Result, StoreError};

/// Limit of work that nobody waits for.
const NIGHTLY_LIMIT: Duration = Duration::from_secs(120);

/// Limit of an answer of many rows, as long as they keep coming.
const MANY_ROWS_LIMIT: Duration = Duration::from_secs(60);

/// An open database.
pub(super) struct Engine {
    pool: Pool<Connector>,
    limit: Duration,
    round_trips: AtomicU64,
    /// The texts, for a test to read.
    #[cfg(test)]
    sent: std::sync::Mutex<Vec<String>>,
}

impl Engine {
    pub(super) async fn open(config: &MssqlConfig, kunci: &Kunci) -> Result<Self, OpenError> {
        migrate::run(config, kunci).await?;
        Self::connect(config)
    }

    pub(super) async fn inspect(config: &MssqlConfig) -> Result<Inspection, OpenError> {
        inspect::run(config).await
    }

    /// Takes the database as it is. Connections are made when they are needed.
    pub(super) fn connect(config: &MssqlConfig) -> Result<Self, OpenError> {
        let limit = config.limit;
        let connector = Connector { config: config.driver(), silence: limit };
        let pool = Pool::builder(connector)
            .max_size(config.pool_size)
            .runtime(Runtime::Tokio1)
            .timeouts(Timeouts { wait: Some(config.wait), create: Some(limit), recycle: Some(limit) })
            .build()
            .map_err(|error| OpenError::Unreachable { path: config.place(), reason: error.to_string() })?;
        Ok(Self {
            pool,
            limit,
            round_trips: AtomicU64::new(0),
            #[cfg(test)]
            sent: std::sync::Mutex::default(),
        })
    }

    /// Asks a question. One whose connection was lost is asked again.
    pub(super) async fn read(&self, statement: Statement) -> Result<Answer> {
        self.run(statement, true).await
    }

    /// Runs a use case that writes, in one round trip: all of it is kept, or, where it fails, nothing.
    pub(super) async fn write(&self, statement: Statement) -> Result<Answer> {
        let statement = statement.within("BEGIN TRANSACTION;\n", "\nCOMMIT TRANSACTION;");
        self.run(statement, false).await
    }

    /// The same of a use case that comes to the same however often it is done.
    pub(super) async fn write_again(&self, statement: Statement) -> Result<Answer> {
        let statement = statement.within("BEGIN TRANSACTION;\n", "\nCOMMIT TRANSACTION;");
        self.run(statement, true).await
    }

    /// The same as [`Engine::write`], once: for work that [`Engine::transact`] repeats.
    pub(super) async fn write_once(&self, statement: &Statement) -> Result<Answer, Failure> {
        let statement = statement.clone().within("BEGIN TRANSACTION;\n", "\nCOMMIT TRANSACTION;");
        let mut lease = self.lease().await?;
        self.send(&mut lease, &statement).await
    }

    async fn run(&self, statement: Statement, again_if_lost: bool) -> Result<Answer> {
        let limit = match statement.patience {
            Patience::Usual => self.limit,
            Patience::ManyRows => MANY_ROWS_LIMIT,
            Patience::Nightly => NIGHTLY_LIMIT,
        };
        self.retrying(limit, again_if_lost, || async {
            let mut lease = self.lease().await?;
            self.send(&mut lease, &statement).await
        })
        .await
    }

    /// Does work of several round trips, in a transaction that it begins itself. What it finds that another was faster at, and
    /// what fell victim to a deadlock, is done again from the start.
    pub(super) async fn transact<T, F>(&self, work: impl FnMut() -> F) -> Result<T>
    where
        F: Future<Output = Result<T, Failure>>,
    {
        self.retrying(self.limit, false, work).await
    }

    async fn retrying<T, F>(&self, limit: Duration, again_if_lost: bool, work: impl FnMut() -> F) -> Result<T>
    where
        F: Future<Output = Result<T, Failure>>,
    {
        let backoff = ExponentialBuilder::default()
            .with_min_delay(Duration::from_millis(4))
            .with_max_delay(Duration::from_millis(150))
            .with_max_times(7)
            .with_jitter();
        let attempts = work.retry(backoff).when(|failure| match failure {
            Failure::Again(_) => true,
            Failure::Lost(_) => again_if_lost,
            Failure::Final(_) => false,
        });
        match timeout(limit, attempts).await {
            Ok(result) => result.map_err(Failure::into),
            Err(_) => Err(unavailable("the database does not answer in time")),
        }
    }

    /// Begins a transaction. Dropped without [`Transaction::commit`] it changes nothing.
    pub(super) async fn begin(&self) -> Result<Transaction<'_>, Failure> {
        let mut lease = self.lease().await?;
        self.round_trips.fetch_add(1, Ordering::Relaxed);
        lease.connection().begin().await.map_err(|error| self.failed(error))?;
        lease.connection().hold();
        Ok(Transaction { lease, engine: self })
    }

    /// Loads rows into tables of the connection's own, and then does something with them in one transaction.
    pub(super) async fn load(&self, loads: Vec<Load>, finish: &str) -> Result<()> {
        self.load_once(loads, finish).await.map_err(Failure::into)
    }

    async fn load_once(&self, loads: Vec<Load>, finish: &str) -> Result<(), Failure> {
        let mut lease = self.lease().await?;
        let connection = lease.connection();
        let names: Vec<_> = loads.iter().map(|load| load.name).collect();
        let work = async {
            for load in loads {
                connection.batch(&load.create, NIGHTLY_LIMIT).await?;
                connection.load(load.name, load.rows, NIGHTLY_LIMIT).await?;
            }
            let drops: String = names.iter().map(|name| format!("DROP TABLE {name};")).collect();
            let finish = format!("BEGIN TRANSACTION; {finish} COMMIT TRANSACTION; {drops}");
            connection.batch(&finish, NIGHTLY_LIMIT).await
        };
        let done = work.await;
        if done.is_err() {
            // The tables go with the connection.
            lease.connection().hold();
        }
        done.map(drop).map_err(|error| self.failed(error))
    }

    async fn lease(&self) -> Result<Lease, Failure> {
        match self.pool.get().await {
            Ok(object) => Ok(Lease::new(object)),
            Err(PoolError::Backend(error)) => Err(Failure::of_connecting(error)),
            Err(PoolError::Closed) => Err(Failure::Final(unavailable("the database is closed"))),
            Err(PoolError::Timeout(_)) => {
                Err(Failure::Final(unavailable("no connection to the database is free")))
            }
            Err(error) => {
                tracing::error!(%error, "the pool of connections failed");
                Err(Failure::Final(unavailable("no connection to the database")))
            }
        }
    }

    async fn send(&self, lease: &mut Lease, statement: &Statement) -> Result<Answer, Failure> {
        self.round_trips.fetch_add(1, Ordering::Relaxed);
        let silence = match statement.patience {
            Patience::Usual | Patience::ManyRows => self.limit,
            Patience::Nightly => NIGHTLY_LIMIT,
        };
        let (sql, params) = statement.render();
        #[cfg(test)]
        self.sent.lock().expect("no test panics with it").push(sql.clone());
        let results = lease.connection().query(sql, params, silence).await;
        results.map(Answer).map_err(|error| self.failed(error))
    }

    /// What lost one connection has most likely lost those that are idle too.
    fn failed(&self, error: Error) -> Failure {
        let failure = Failure::from(error);
        if matches!(failure, Failure::Lost(_)) {
            self.pool.retain(|_, _| false);
        }
        failure
    }

    /// Messages sent to the server since the database was opened that waited for an answer.
    pub(super) fn round_trips(&self) -> u64 {
        self.round_trips.load(Ordering::Relaxed)
    }

    /// Lends out no more connections, and closes each as it comes back.
    pub(super) fn close(&self) {
        self.pool.close();
    }
}

/// Rows for a table of the connection's own.
pub(super) struct Load {
    /// The table; it begins with `#`.
    pub(super) name: &'static str,
    /// The statement that makes it.
    pub(super) create: String,
    pub(super) rows: Vec<TokenRow<'static>>,
}

/// Statements of which all are kept or none.
pub(super) struct Transaction<'a> {
    lease: Lease,
    engine: &'a Engine,
}

impl Transaction<'_> {
    pub(super) async fn query(&mut self, statement: Statement) -> Result<Answer, Failure> {
        let result = self.engine.send(&mut self.lease, &statement).await;
        if result.is_ok() {
            self.lease.connection().hold();
        }
        result
    }

    pub(super) async fn commit(mut self) -> Result<(), Failure> {
        self.engine.round_trips.fetch_add(1, Ordering::Relaxed);
        self.lease.connection().commit().await.map_err(|error| self.engine.failed(error))
    }

    /// Takes everything back and keeps the connection.
    pub(super) async fn roll_back(mut self) -> Result<(), Failure> {
        let statement = "IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION;";
        self.engine.round_trips.fetch_add(1, Ordering::Relaxed);
        let done = self.lease.connection().batch(statement, self.engine.limit).await;
        done.map(drop).map_err(|error| self.engine.failed(error))
    }
}

/// What a statement answered: rows, one list for each SELECT.
pub(super) struct Answer(Results);

impl Answer {
    /// The rows of the only, or the first, SELECT.
    pub(super) fn rows(&self) -> &[Row] {
        self.rows_of(0)
    }

    /// The rows of the SELECT of that number, from 0 on.
    pub(super) fn rows_of(&self, number: usize) -> &[Row] {
        self.0.get(number).map_or(&[], Vec::as_slice)
    }

    /// The first row, if any.
    pub(super) fn first(&self) -> Option<&Row> {
        self.rows().first()
    }

    /// The first row of a SELECT that always answers one.
    pub(super) fn one(&self) -> Result<&Row> {
        self.first().ok_or_else(|| StoreError::Other("an answer is missing".to_owned()))
    }
}

fn unavailable(reason: &str) -> StoreError {
    StoreError::Unavailable(reason.to_owned())
}

#[cfg(all(test, target_os = "linux"))]
mod tests;
