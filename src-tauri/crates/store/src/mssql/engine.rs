//! How statements get to the server: connections, deadlines, and what is tried again. Knows no entity.
//!
//! Every call answers within its limit, whatever the server does: with [`StoreError::Unavailable`] if it is gone, and
//! with [`StoreError::Slow`] if it lives and takes too long. Victims of a deadlock were rolled back and are tried
//! again. After a lost connection, only reads are tried again.

mod connection;
mod diagnosis;
mod inspect;
mod keeper;
mod lease;
mod life;
mod migrate;
mod own_backup;
mod pool;
mod statement;
mod transaction;
mod url;

use std::{
    future::Future,
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use backon::{ExponentialBuilder, Retryable};
use deadpool::{
    Runtime,
    managed::{PoolError, TimeoutType, Timeouts},
};
use tiberius::{Row, TokenRow, error::Error};
use tokio::time::{sleep, timeout};

use self::{
    connection::{Request, Results},
    keeper::Keeper,
    lease::{Lease, NoAnswer},
    life::Life,
    pool::{Connector, Pool, Spare},
};
pub use self::{
    inspect::Inspection,
    url::{MssqlConfig, MssqlUrlError},
};
pub(super) use self::{
    migrate::Database,
    own_backup::statement as own_backup,
    statement::{Audited, Patience, Statement, Value},
    transaction::Transaction,
};
use super::conflict::Failure;
use crate::{OpenError, Result, SchoolSecrets, StoreError, audit};

/// Limit of work that nobody waits for.
const NIGHTLY_LIMIT: Duration = Duration::from_secs(120);

/// Limit of a backup that the server writes itself.
const BACKUP_LIMIT: Duration = Duration::from_secs(2 * 60 * 60);

/// Limit of an answer of many rows, as long as they keep coming.
const MANY_ROWS_LIMIT: Duration = Duration::from_secs(60);

/// An open database.
pub(super) struct Engine {
    pool: Pool,
    keeper: Keeper,
    limit: Duration,
    round_trips: AtomicU64,
    /// The texts, for a test to read.
    #[cfg(test)]
    sent: std::sync::Mutex<Vec<String>>,
}

impl Engine {
    /// Brings the database up to date, its content by `complete`. Makes connections and tries them with `trials`, which
    /// change nothing.
    pub(super) async fn open(
        config: &MssqlConfig,
        kunci: &SchoolSecrets,
        complete: impl AsyncFnOnce(&mut Database) -> Result<(), Error>,
        trials: Vec<Statement>,
    ) -> Result<Self, OpenError> {
        migrate::run(config, kunci, complete).await?;
        let engine = Self::connect_with(config, config.ready, trials)?;
        engine.keeper.look();
        Ok(engine)
    }

    pub(super) async fn inspect(config: &MssqlConfig) -> Result<Inspection, OpenError> {
        inspect::run(config).await
    }

    /// Takes the database as it is. Connections are made when they are needed.
    pub(super) fn connect(config: &MssqlConfig) -> Result<Self, OpenError> {
        Self::connect_with(config, 0, Vec::new())
    }

    fn connect_with(config: &MssqlConfig, ready: usize, trials: Vec<Statement>) -> Result<Self, OpenError> {
        let limit = config.limit;
        let (life, spare) = (Life::default(), Spare::default());
        let connector = Connector { config: config.driver(), limit, ready, trials, life, spare };
        let pool = Pool::builder(connector)
            .max_size(config.pool_size)
            .runtime(Runtime::Tokio1)
            .timeouts(Timeouts { wait: Some(config.wait), create: Some(limit), recycle: Some(limit) })
            .build()
            .map_err(|error| OpenError::Unreachable { path: config.place(), reason: error.to_string() })?;
        Ok(Self {
            keeper: Keeper::new(pool.clone()),
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

    /// Runs a use case that writes, and writes its entry in the audit, in one round trip. All of it is kept, or nothing
    /// if it fails.
    pub(super) async fn write(&self, statement: Statement) -> Result<Answer> {
        self.run(statement.with_entry(audit::pending()).whole(), false).await
    }

    /// Like [`Self::write`], for a use case that has the same result however often it runs. It may be sent again.
    pub(super) async fn write_again(&self, statement: Statement) -> Result<Answer> {
        self.run(statement.with_entry(audit::pending()).whole(), true).await
    }

    /// The same as [`Engine::write`], once: for work that [`Engine::transact`] repeats.
    pub(super) async fn write_once(&self, statement: &Statement) -> Result<Answer, Failure> {
        let mut lease = self.lease().await?;
        self.send(&mut lease, statement.clone().with_entry(audit::pending()).whole()).await
    }

    async fn run(&self, statement: Statement, again_if_lost: bool) -> Result<Answer> {
        let limit = match statement.patience {
            Patience::Usual => self.limit,
            Patience::ManyRows => MANY_ROWS_LIMIT,
            Patience::Nightly => NIGHTLY_LIMIT,
            Patience::Backup => BACKUP_LIMIT,
        };
        self.retrying(limit, again_if_lost, || async {
            let mut lease = self.lease().await?;
            self.send(&mut lease, statement.clone()).await
        })
        .await
    }

    /// Does work of several round trips, in a transaction that it begins itself. What it finds that another was faster
    /// at, and what fell victim to a deadlock, is done again from the start.
    pub(super) async fn transact<T, F>(&self, work: impl FnMut() -> F) -> Result<T>
    where
        F: Future<Output = Result<T, Failure>>,
    {
        self.retrying(self.limit, false, work).await
    }

    /// The same for work of many round trips.
    pub(super) async fn transact_many<T, F>(&self, work: impl FnMut() -> F) -> Result<T>
    where
        F: Future<Output = Result<T, Failure>>,
    {
        self.retrying(MANY_ROWS_LIMIT, false, work).await
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
        let began = Instant::now();
        let mut call = std::pin::pin!(timeout(limit, attempts));
        let result = tokio::select! {
            biased;
            result = &mut call => result,
            // Before it is too late, so that it is known by then whether the database is slow or gone.
            () = sleep(limit / 2) => {
                self.look_unless_heard_since(began);
                call.await
            }
        };
        match result {
            Ok(result) => result.map_err(Failure::into),
            Err(_) => {
                self.look_unless_heard_since(began + limit / 2);
                Err(self.life().too_late(began))
            }
        }
    }

    fn look_unless_heard_since(&self, then: Instant) {
        if !self.life().is_heard_since(then) {
            self.keeper.look();
        }
    }

    /// Begins a transaction. Dropped without [`Transaction::commit`] it changes nothing.
    pub(super) async fn begin(&self) -> Result<Transaction<'_>, Failure> {
        Transaction::begin(self).await
    }

    /// Begins a transaction that only reads, and sees everything as it stood when it read first.
    pub(super) async fn begin_snapshot(&self) -> Result<Transaction<'_>, Failure> {
        Transaction::begin_snapshot(self).await
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
        let asked = Instant::now();
        match self.pool.get().await {
            Ok(object) => Ok(Lease::new(object)),
            Err(PoolError::Backend(error)) => {
                self.keeper.look();
                Err(Failure::of_connecting(error))
            }
            Err(PoolError::Closed) => Err(Failure::Final(unavailable("the database is closed"))),
            Err(PoolError::Timeout(TimeoutType::Wait)) if self.life().is_heard_since(asked) => {
                Err(Failure::Final(StoreError::Slow("every connection to the database is busy".to_owned())))
            }
            Err(PoolError::Timeout(_)) => {
                self.keeper.look();
                Err(Failure::Final(self.life().too_late(asked)))
            }
            Err(error) => {
                tracing::error!(%error, "the pool of connections failed");
                Err(Failure::Final(unavailable("no connection to the database")))
            }
        }
    }

    async fn send(&self, lease: &mut Lease, statement: Statement) -> Result<Answer, Failure> {
        let silence = match statement.patience {
            // The caller has a limit.
            Patience::Usual => None,
            Patience::ManyRows => Some(self.limit),
            Patience::Nightly => Some(NIGHTLY_LIMIT),
            Patience::Backup => Some(BACKUP_LIMIT),
        };
        #[cfg(test)]
        self.sent.lock().expect("no test panics with it").push(statement.render().0);
        self.request(lease, Request::Query(statement), silence).await.map(Answer)
    }

    async fn request(
        &self,
        lease: &mut Lease,
        request: Request,
        silence: Option<Duration>,
    ) -> Result<Results, Failure> {
        self.round_trips.fetch_add(1, Ordering::Relaxed);
        let asked = Instant::now();
        lease.send(request, silence).await.map_err(|none| match none {
            NoAnswer::Failed(error) => self.failed(error),
            NoAnswer::Late => {
                self.keeper.look();
                Failure::Final(self.life().too_late(asked))
            }
        })
    }

    /// What lost one connection has most likely lost those that are idle too.
    fn failed(&self, error: Error) -> Failure {
        let failure = Failure::from(error);
        if matches!(failure, Failure::Lost(_)) {
            self.keeper.forget();
            self.keeper.look();
        }
        failure
    }

    fn life(&self) -> &Life {
        &self.pool.manager().life
    }

    /// Messages sent to the server since the database was opened that waited for an answer.
    pub(super) fn round_trips(&self) -> u64 {
        self.round_trips.load(Ordering::Relaxed)
    }

    /// Lends out no further connections, and closes each as it comes back.
    pub(super) fn close(&self) {
        self.pool.close();
        self.keeper.forget();
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.close();
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
