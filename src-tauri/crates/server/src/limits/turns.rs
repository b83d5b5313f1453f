//! Limits how many requests of one caller run at once.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError, Weak,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use super::Caller;
use crate::error::ApiError;

/// Most requests of one user that run at once.
const AT_ONCE: usize = 64;

/// Most requests without sign-in from one address that run at once. A whole school may share an address.
const AT_ONCE_OF_ADDRESS: usize = 128;

/// Most requests of one caller that wait for their turn.
const WAITING: usize = 128;

/// The longest time that a request waits for its turn.
const PATIENCE: Duration = Duration::from_secs(5);

/// A request's turn. It ends when this is dropped.
pub(crate) struct Turn {
    _permit: OwnedSemaphorePermit,
    /// Keeps the caller's entry while a turn is taken.
    _of_one: Arc<OfOne>,
}

/// Running requests, by caller.
#[derive(Clone, Default)]
pub(super) struct Turns(Arc<Mutex<HashMap<Caller, Weak<OfOne>>>>);

struct OfOne {
    turns: Arc<Semaphore>,
    waiting: AtomicUsize,
}

impl Turns {
    /// Waits for the caller's turn.
    ///
    /// # Errors
    /// [`ApiError::TooMany`]: too many wait already, or the turn did not come in time.
    pub(super) async fn take(&self, caller: Caller) -> Result<Turn, ApiError> {
        let of_one = self.of(caller);
        let permit = match of_one.turns.clone().try_acquire_owned() {
            Ok(permit) => permit,
            Err(_) => of_one.wait().await?,
        };
        Ok(Turn { _permit: permit, _of_one: of_one })
    }

    /// The number of taken turns of all callers.
    #[cfg(test)]
    pub(super) fn under_way(&self) -> usize {
        let callers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        callers
            .values()
            .filter_map(Weak::upgrade)
            .map(|of_one| AT_ONCE - of_one.turns.available_permits())
            .sum()
    }

    /// The caller's turns. Entries of callers without a request are removed from time to time.
    fn of(&self, caller: Caller) -> Arc<OfOne> {
        let mut callers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(of_one) = callers.get(&caller).and_then(Weak::upgrade) {
            return of_one;
        }
        if callers.len() >= 1024 {
            callers.retain(|_, of_one| of_one.strong_count() > 0);
        }
        let at_once = match &caller {
            Caller::User(_) => AT_ONCE,
            Caller::Network(_) => AT_ONCE_OF_ADDRESS,
        };
        let turns = Arc::new(Semaphore::new(at_once));
        let of_one = Arc::new(OfOne { turns, waiting: AtomicUsize::new(0) });
        callers.insert(caller, Arc::downgrade(&of_one));
        of_one
    }
}

impl OfOne {
    async fn wait(&self) -> Result<OwnedSemaphorePermit, ApiError> {
        let _waiting = Waiting::begin(&self.waiting).ok_or(ApiError::TooMany(PATIENCE))?;
        match timeout(PATIENCE, self.turns.clone().acquire_owned()).await {
            Ok(Ok(permit)) => Ok(permit),
            Ok(Err(_)) | Err(_) => Err(ApiError::TooMany(PATIENCE)),
        }
    }
}

/// One waiting request. It is counted until this is dropped.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    /// `None` if too many wait already.
    fn begin(waiting: &'a AtomicUsize) -> Option<Self> {
        let this = Self(waiting);
        (waiting.fetch_add(1, Ordering::Relaxed) < WAITING).then_some(this)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(name: &str) -> Caller {
        Caller::User(name.into())
    }

    #[tokio::test(start_paused = true)]
    async fn one_caller_waits_and_is_refused_while_others_go_on() {
        let turns = Turns::default();
        let mut held = Vec::new();
        for _ in 0..AT_ONCE {
            held.push(turns.take(user("satu")).await.unwrap());
        }
        assert!(matches!(turns.take(user("satu")).await, Err(ApiError::TooMany(_))));
        assert!(turns.take(user("dua")).await.is_ok());
        held.pop();
        assert!(turns.take(user("satu")).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn no_more_wait_than_may() {
        let turns = Turns::default();
        let held: Vec<_> =
            futures_util::future::join_all((0..AT_ONCE).map(|_| turns.take(user("satu")))).await;
        let asked_at = tokio::time::Instant::now();
        let waiting: Vec<_> = (0..WAITING).map(|_| tokio::spawn(one_more(turns.clone()))).collect();
        let of_one = turns.of(user("satu"));
        while of_one.waiting.load(Ordering::Relaxed) < WAITING {
            tokio::task::yield_now().await;
        }
        assert!(!one_more(turns.clone()).await, "one too many waits");
        assert_eq!(asked_at.elapsed(), Duration::ZERO, "and is refused at once");
        drop(held);
        let answered = futures_util::future::join_all(waiting).await;
        assert!(answered.into_iter().all(|answered| answered.unwrap()), "those that waited had their turn");
    }

    async fn one_more(turns: Turns) -> bool {
        turns.take(user("satu")).await.is_ok()
    }

    #[tokio::test]
    async fn callers_without_a_request_are_forgotten() {
        let turns = Turns::default();
        for n in 0..5000 {
            drop(turns.take(user(&n.to_string())).await.unwrap());
        }
        assert!(turns.0.lock().unwrap().len() <= 1024);
    }
}
