//! Whether the database keeps what is written now. A write proves it, seldom enough that asking is no burden.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use store::{Store, StoreError};
use tokio::{
    sync::Mutex,
    time::{Instant, timeout},
};

use crate::error::ApiError;

/// How long a proof, or its failure, stands. Asking meanwhile writes nothing.
const STANDS: Duration = Duration::from_secs(1);

/// How long a proof may take. A slower database keeps a desk waiting too.
const WITHIN: Duration = Duration::from_secs(3);

/// The latest proof. Clones are cheap and share it.
#[derive(Clone, Default)]
pub(crate) struct Readiness {
    latest: Arc<Mutex<Option<Proof>>>,
    is_leaving: Arc<AtomicBool>,
}

struct Proof {
    at: Instant,
    result: Proven,
}

/// The result of a proof.
#[derive(Clone, Copy)]
enum Proven {
    Holds,
    Slow,
    Fails,
}

impl Readiness {
    /// Says no from now on, so that a balancer sends nobody here any more.
    pub(crate) fn leave(&self) {
        self.is_leaving.store(true, Ordering::Relaxed);
    }

    /// Asks the database for a sign of life and, if the latest proof is too old, for a new one. Many who ask at once
    /// share one.
    pub(crate) async fn ask(&self, store: &dyn Store) -> Result<(), ApiError> {
        if self.is_leaving.load(Ordering::Relaxed) {
            return Err(ApiError::Unavailable);
        }
        store.ping().await?;
        let mut latest = self.latest.lock().await;
        if let Some(proof) = latest.as_ref().filter(|proof| proof.at.elapsed() < STANDS) {
            // A failure stands in the log already.
            return match proof.result {
                Proven::Holds => Ok(()),
                Proven::Slow => Err(ApiError::Slow),
                Proven::Fails => Err(ApiError::Unavailable),
            };
        }
        let late = || StoreError::Slow("a write takes too long".to_owned());
        let proven = timeout(WITHIN, store.prove()).await.unwrap_or_else(|_| Err(late()));
        let result = match proven {
            Ok(()) => Proven::Holds,
            Err(StoreError::Slow(_)) => Proven::Slow,
            Err(_) => Proven::Fails,
        };
        *latest = Some(Proof { at: Instant::now(), result });
        Ok(proven?)
    }
}
