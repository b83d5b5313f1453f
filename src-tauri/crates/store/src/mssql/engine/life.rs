//! When the database was last heard of, whatever it said. This tells a slow database from one that is gone.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Instant,
};

use tokio::sync::watch;

use crate::StoreError;

/// Signs of life.
pub(super) struct Life {
    began: Instant,
    /// Microseconds from `began` to the last sign of life.
    heard: AtomicU64,
    /// How often the database was found to be gone.
    losses: watch::Sender<u64>,
}

impl Default for Life {
    fn default() -> Self {
        Self { began: Instant::now(), heard: AtomicU64::new(0), losses: watch::Sender::new(0) }
    }
}

impl Life {
    /// Records a sign of life.
    pub(super) fn hear(&self) {
        self.heard.fetch_max(self.micros(Instant::now()), Ordering::Relaxed);
    }

    /// Whether it has said anything since then.
    pub(super) fn is_heard_since(&self, then: Instant) -> bool {
        self.heard.load(Ordering::Relaxed) > self.micros(then)
    }

    /// Records that the database is gone.
    pub(super) fn lose(&self) {
        self.losses.send_modify(|losses| *losses += 1);
    }

    /// Changes each time the database is found to be gone.
    pub(super) fn losses(&self) -> watch::Receiver<u64> {
        self.losses.subscribe()
    }

    /// The error for a caller that has waited since `since`.
    pub(super) fn too_late(&self, since: Instant) -> StoreError {
        match self.is_heard_since(since) {
            true => StoreError::Slow("the database answers, and too slowly".to_owned()),
            false => StoreError::Unavailable("the database does not answer".to_owned()),
        }
    }

    fn micros(&self, then: Instant) -> u64 {
        u64::try_from(then.saturating_duration_since(self.began).as_micros()).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn what_was_heard_before_is_no_sign_of_life_now() {
        let life = Life::default();
        let then = life.began + Duration::from_millis(1);
        assert!(matches!(life.too_late(then), StoreError::Unavailable(_)));
        life.heard.store(1000, Ordering::Relaxed);
        assert!(!life.is_heard_since(then), "at the same time is not since");
        life.heard.store(1001, Ordering::Relaxed);
        assert!(matches!(life.too_late(then), StoreError::Slow(_)));
    }
}
