//! Imports of users: one is written at a time. Hashing hundreds of passwords takes longer than a page waits for an
//! answer, so the work goes on by itself, tells how far it is, and keeps its outcome for a while for the admin who
//! began it.

use std::{
    future::Future,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use domain::IdPengguna;
use futures_util::{StreamExt, TryStreamExt, stream};
use impor::{Berkas, InvalidBerkas};
use serde_json::Value;
use tokio::{
    sync::{Semaphore, watch},
    task,
    time::{sleep, timeout},
};

use crate::{
    auth::password::{self, Passwords},
    error::ApiError,
};

/// Passwords that are hashed at once. The queue for hashing lets somebody who signs in go between them.
const AT_ONCE: usize = 4;

/// How long the first answer waits. Pages give up after ten seconds.
const ANSWERED_WITHIN: Duration = Duration::from_secs(6);

/// How long an outcome is kept: an answer may get lost, and it holds passwords.
const KEPT_FOR: Duration = Duration::from_secs(600);

/// When somebody comes back who found another import running.
const COME_BACK: Duration = Duration::from_secs(10);

/// What an import came to: its answer as JSON.
pub(crate) type Outcome = Result<Value, ApiError>;

/// Imports of this server.
#[derive(Clone)]
pub(crate) struct Imports {
    /// Files are taken apart one at a time.
    reading: Arc<Semaphore>,
    latest: Arc<Mutex<Option<Arc<Job>>>>,
}

/// An import that is being written, or was.
pub(crate) struct Job {
    owner: IdPengguna,
    done: AtomicUsize,
    total: AtomicUsize,
    outcome: Mutex<Option<Outcome>>,
    is_over: watch::Sender<bool>,
}

/// A password that was made up, and its hash.
pub(crate) struct MadePassword {
    pub(crate) password: String,
    pub(crate) hash: String,
}

impl Default for Imports {
    fn default() -> Self {
        Self { reading: Arc::new(Semaphore::new(1)), latest: Arc::default() }
    }
}

impl Imports {
    /// Reads a file without holding up anybody else.
    ///
    /// # Errors
    /// What is wrong with the file, under `berkas`.
    pub(crate) async fn read(
        &self,
        read: impl FnOnce() -> Result<Berkas, InvalidBerkas> + Send + 'static,
    ) -> Result<Berkas, ApiError> {
        let read = self.take_apart(read).await;
        let read = read.unwrap_or(Err(InvalidBerkas::Damaged));
        read.map_err(|error| ApiError::field("berkas", error))
    }

    /// Takes a file apart without holding up anybody else: one file at a time, on a thread of its own. None if the
    /// reader gave up.
    pub(crate) async fn take_apart<T: Send + 'static>(
        &self,
        read: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        let turn = self.reading.clone().acquire_owned().await.ok()?;
        let read = task::spawn_blocking(move || {
            let _turn = turn;
            read()
        });
        read.await.ok()
    }

    /// Begins an import, which goes on to its end whoever waits for it.
    ///
    /// # Errors
    /// [`ApiError::Busy`] if another one is being written.
    pub(crate) fn start<F>(
        &self,
        owner: IdPengguna,
        work: impl FnOnce(Arc<Job>) -> F,
    ) -> Result<Arc<Job>, ApiError>
    where
        F: Future<Output = Outcome> + Send + 'static,
    {
        let mut latest = lock(&self.latest);
        if latest.as_ref().is_some_and(|job| !job.is_over()) {
            return Err(ApiError::Busy(COME_BACK));
        }
        let job = Arc::new(Job {
            owner,
            done: AtomicUsize::new(0),
            total: AtomicUsize::new(0),
            outcome: Mutex::default(),
            is_over: watch::Sender::new(false),
        });
        *latest = Some(job.clone());
        let (work, started, imports) = (task::spawn(work(job.clone())), job.clone(), self.clone());
        task::spawn(async move {
            let outcome = work.await.unwrap_or(Err(ApiError::Internal));
            *lock(&started.outcome) = Some(outcome);
            started.is_over.send_replace(true);
            sleep(KEPT_FOR).await;
            let mut latest = lock(&imports.latest);
            if latest.as_ref().is_some_and(|latest| Arc::ptr_eq(latest, &started)) {
                *latest = None;
            }
        });
        Ok(job)
    }

    /// The import that an admin began last, as long as it is kept.
    pub(crate) fn of(&self, owner: IdPengguna) -> Option<Arc<Job>> {
        lock(&self.latest).clone().filter(|job| job.owner == owner)
    }
}

impl Job {
    /// Waits for the end for a while.
    pub(crate) async fn wait(&self) {
        let mut is_over = self.is_over.subscribe();
        let _ = timeout(ANSWERED_WITHIN, is_over.wait_for(|is_over| *is_over)).await;
    }

    /// What it came to, if it is over. A refusal is told once.
    pub(crate) fn outcome(&self) -> Option<Outcome> {
        let mut outcome = lock(&self.outcome);
        match &*outcome {
            Some(Ok(answer)) => Some(Ok(answer.clone())),
            _ => outcome.take(),
        }
    }

    /// How many of how many passwords are ready.
    pub(crate) fn progress(&self) -> (usize, usize) {
        (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed))
    }

    /// Whether it is written or refused.
    pub(crate) fn is_over(&self) -> bool {
        *self.is_over.borrow()
    }

    /// Makes up passwords.
    ///
    /// # Errors
    /// [`ApiError::Busy`] if too many passwords wait to be hashed; [`ApiError::Internal`].
    pub(crate) async fn make_passwords(
        &self,
        passwords: &Passwords,
        count: usize,
    ) -> Result<Vec<MadePassword>, ApiError> {
        self.total.store(count, Ordering::Relaxed);
        let make = |_| async {
            let password = password::temporary()?;
            let hash = passwords.hash(password.clone()).await?;
            self.done.fetch_add(1, Ordering::Relaxed);
            Ok(MadePassword { password, hash })
        };
        stream::iter(0..count).map(make).buffered(AT_ONCE).try_collect().await
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic under the lock leaves nothing that would mislead later callers.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
