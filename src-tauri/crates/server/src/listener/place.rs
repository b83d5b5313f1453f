//! One connection as the others see it: whose it is, whether it is to end, and which answers its client has yet to
//! take.

use std::{
    io,
    sync::{
        Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::Context,
    time::Duration,
};

use futures_util::task::AtomicWaker;
use tokio::time::Instant;

use crate::address::Network;

/// Whom a proven connection belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// A trusted proxy: its connection may be anybody's.
    Proxy,
    /// A user or a guest, by a number made of their identity.
    User(u64),
}

/// One connection's place.
#[derive(Debug)]
pub(crate) struct Place {
    /// Later connections have larger numbers.
    pub(super) number: u64,
    pub(super) network: Network,
    owner: OnceLock<Owner>,
    is_ending: AtomicBool,
    is_metered: AtomicBool,
    waker: AtomicWaker,
    /// When each answer was given, for answers that the client has not wholly taken.
    untaken: Mutex<Vec<Instant>>,
}

impl Default for Place {
    /// The place of no connection.
    fn default() -> Self {
        Self::new(u64::MAX, Network::of([0, 0, 0, 0].into()), false)
    }
}

impl Place {
    pub(super) fn new(number: u64, network: Network, is_proxy: bool) -> Self {
        Self {
            number,
            network,
            owner: if is_proxy { Owner::Proxy.into() } else { OnceLock::new() },
            is_ending: AtomicBool::new(false),
            is_metered: AtomicBool::new(false),
            waker: AtomicWaker::new(),
            untaken: Mutex::default(),
        }
    }

    /// Whether somebody has shown a genuine token over it, or it comes from a trusted proxy.
    pub(crate) fn is_proven(&self) -> bool {
        self.owner.get().is_some()
    }

    pub(super) fn prove(&self, owner: Owner) {
        // The first one stays.
        let _ = self.owner.set(owner);
    }

    /// Whose it is, if it is proven.
    pub(super) fn owner(&self) -> Option<Owner> {
        self.owner.get().copied()
    }

    /// Limits what the client may send from now on: it speaks WebSocket, and so sends little.
    pub(crate) fn meter(&self) {
        self.is_metered.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_metered(&self) -> bool {
        self.is_metered.load(Ordering::Relaxed)
    }

    /// Ends the connection, whatever it waits for.
    pub(super) fn end(&self) {
        self.is_ending.store(true, Ordering::Release);
        self.waker.wake();
    }

    /// Wakes the task when the connection is to end.
    pub(super) fn wake_at_end(&self, cx: &Context<'_>) {
        self.waker.register(cx.waker());
    }

    /// Fails if the connection is to end.
    pub(super) fn check(&self) -> io::Result<()> {
        match self.is_ending.load(Ordering::Acquire) {
            true => Err(io::ErrorKind::ConnectionAborted.into()),
            false => Ok(()),
        }
    }

    /// Notes that an answer is given. [`Place::taken`] takes what this returns.
    pub(crate) fn answered(&self) -> Instant {
        let now = Instant::now();
        self.untaken().push(now);
        now
    }

    /// Notes that the client has taken an answer wholly, or that it is no longer sent.
    pub(crate) fn taken(&self, answered: Instant) {
        let mut untaken = self.untaken();
        if let Some(at) = untaken.iter().position(|other| *other == answered) {
            untaken.swap_remove(at);
        }
        if untaken.is_empty() {
            *untaken = Vec::new();
        }
    }

    pub(super) fn is_overdue(&self, within: Duration) -> bool {
        self.untaken().iter().any(|answered| answered.elapsed() > within)
    }

    fn untaken(&self) -> MutexGuard<'_, Vec<Instant>> {
        self.untaken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
