//! Keeps the chain of seals: seals what was written, removes what is old enough, and goes along the chain again and
//! again to see whether it is whole.

use std::{
    sync::{Arc, PoisonError},
    time::Duration,
};

use chrono::{DateTime, Months, Utc};
use domain::Setelan;
use store::{
    AuditStore, Store,
    audit::{Patrol, Verdict, verify},
};
use tokio::sync::{Mutex, Notify};
use tokio_util::sync::CancellationToken;

use crate::{clock::Clock, figures::Job};

/// What is written within this time is sealed together, so that a busy desk does not cost a commit for each entry.
const TOGETHER: Duration = Duration::from_millis(300);

/// Entries that are looked at in one go of the jobs. A round along a long chain takes several.
const LOOKED_AT: u64 = 50_000;

/// Entries that are removed at once, and how often.
const REMOVED: (u32, usize) = (2000, 25);

/// The last look at the whole chain.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    /// When it ended.
    pub(crate) at: DateTime<Utc>,
    /// What was found.
    pub(crate) verdict: Verdict,
}

/// Keeps the chain; clones share it.
#[derive(Clone)]
pub(crate) struct AuditKeeper {
    store: Arc<dyn Store>,
    key: [u8; 32],
    wake: Arc<Notify>,
    patrol: Arc<Mutex<Patrol>>,
    look: Arc<std::sync::Mutex<Option<Look>>>,
}

impl AuditKeeper {
    pub(crate) fn new(store: Arc<dyn Store>, key: [u8; 32]) -> Self {
        Self { store, key, wake: Arc::default(), patrol: Arc::default(), look: Arc::default() }
    }

    /// The key of the seals.
    pub(crate) fn key(&self) -> &[u8; 32] {
        &self.key
    }

    /// Something may have been entered.
    pub(crate) fn wake(&self) {
        self.wake.notify_one();
    }

    /// Seals everything that was entered.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn seal(&self) -> store::Result<()> {
        while self.audit().seal().await? > 0 {}
        Ok(())
    }

    /// What the last look found.
    pub(crate) fn last_look(&self) -> Option<Look> {
        *self.look.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at the whole chain now.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn look(&self, now: DateTime<Utc>) -> store::Result<Look> {
        self.seal().await?;
        // One at a time: it reads everything.
        let mut patrol = self.patrol.lock().await;
        *patrol = Patrol::default();
        let look = Look { at: now, verdict: verify(self.audit(), &self.key).await? };
        self.remember(look);
        Ok(look)
    }

    /// The jobs' share; how many old entries were removed.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn tend(&self, setelan: &Setelan, now: DateTime<Utc>) -> store::Result<u64> {
        self.seal().await?;
        let removed = self.remove(setelan, now).await?;
        let found = self.patrol.lock().await.go(self.audit(), &self.key, LOOKED_AT).await?;
        if let Some(verdict) = found {
            self.remember(Look { at: now, verdict });
        }
        Ok(removed)
    }

    async fn remove(&self, setelan: &Setelan, now: DateTime<Utc>) -> store::Result<u64> {
        let Some(sebelum) = now.checked_sub_months(Months::new(setelan.audit_bulan.into())) else {
            return Ok(0);
        };
        let (limit, times) = REMOVED;
        let mut removed = 0;
        for _ in 0..times {
            let some = self.audit().trim(sebelum, limit).await?;
            removed += some;
            if some < u64::from(limit) {
                break;
            }
        }
        Ok(removed)
    }

    fn remember(&self, look: Look) {
        if let Some(broken) = look.verdict.broken {
            tracing::error!(target: "audit", %broken, "the audit's chain is not whole");
        }
        *self.look.lock().unwrap_or_else(PoisonError::into_inner) = Some(look);
    }

    fn audit(&self) -> &dyn AuditStore {
        self.store.audit()
    }
}

/// Seals soon after something was entered. Ends when `stop` is cancelled.
pub(crate) fn follow(keeper: AuditKeeper, clock: Clock, stop: CancellationToken) {
    tokio::spawn(async move {
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = keeper.wake.notified() => {}
            }
            tokio::time::sleep(TOGETHER).await;
            // Tried again with the next entry, and by the jobs.
            let sealed = keeper.seal().await;
            Job::Seal.ended(sealed.is_ok(), clock.now());
            if let Err(error) = sealed {
                tracing::debug!(%error, "entries of the audit cannot be sealed now");
            }
        }
    });
}
