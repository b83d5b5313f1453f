//! The interface of every kind of scanner: how to open it, and how to take what it has read. `supervise` reopens and
//! stops all kinds in the same way.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use crate::{Fault, Rejection, SourceId, text};

/// How long a call of [`Reader::read`] may wait, and so how long stopping a scanner takes.
pub const MAX_WAIT: Duration = Duration::from_millis(100);

/// A kind of scanner that is set up and not yet open.
pub trait Scanner: Send + 'static {
    /// Its id, which never changes.
    fn source(&self) -> SourceId;

    /// Opens the device. Called again after each fault. If it takes long, it gives up once `stop` says so.
    ///
    /// # Errors
    /// Why it cannot read now. It is tried again later.
    fn open(&mut self, stop: &Stop) -> Result<Box<dyn Reader>, Fault>;
}

/// An open device. Dropping it closes it.
pub trait Reader {
    /// Waits up to [`MAX_WAIT`] for the device and puts what it has read into the batch, which may be nothing. One call
    /// adds a few kilobytes at most.
    ///
    /// # Errors
    /// If the device is gone. What is in the batch was still read.
    fn read(&mut self, batch: &mut Batch) -> Result<(), Fault>;
}

/// What one call of [`Reader::read`] found, in order.
#[derive(Debug, Default)]
pub struct Batch {
    items: Vec<Result<String, Rejection>>,
}

impl Batch {
    /// Adds the bytes of one whole read, as [`text::clean`] takes them.
    pub fn push(&mut self, bytes: &[u8]) {
        match text::clean(bytes) {
            Ok(Some(text)) => self.items.push(Ok(text)),
            Ok(None) => {}
            Err(rejection) => self.reject(rejection),
        }
    }

    /// Adds something that arrived and is no read.
    pub fn reject(&mut self, rejection: Rejection) {
        self.items.push(Err(rejection));
    }

    /// The texts, in order.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.items.iter().filter_map(|item| item.as_deref().ok())
    }

    /// The rejections, in order.
    pub fn rejections(&self) -> impl Iterator<Item = &Rejection> {
        self.items.iter().filter_map(|item| item.as_ref().err())
    }

    /// Takes everything out, in order.
    pub fn drain(&mut self) -> impl Iterator<Item = Result<String, Rejection>> + '_ {
        self.items.drain(..)
    }
}

/// Tells a scanner's thread to end. Clones share one state.
#[derive(Debug, Clone, Default)]
pub struct Stop {
    shared: Arc<(Mutex<bool>, Condvar)>,
}

impl Stop {
    /// Says stop, and wakes whoever waits.
    pub fn stop(&self) {
        *self.shared.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.shared.1.notify_all();
    }

    /// Whether it was stopped.
    pub fn is_stopped(&self) -> bool {
        *self.shared.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits so long, or until it is stopped. True if it was stopped.
    pub fn wait(&self, duration: Duration) -> bool {
        let stopped = self.shared.0.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.shared.1.wait_timeout_while(stopped, duration, |stopped| !*stopped);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}
