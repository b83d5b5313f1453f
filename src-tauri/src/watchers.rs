//! Channels to pages: at most one of a kind for each window, since a page that was loaded anew asks anew.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde::Serialize;

use crate::channel::Sender;

/// What pages are told, and which pages want to be.
pub(crate) struct Watchers<T>(Mutex<Inner<T>>);

struct Inner<T> {
    senders: HashMap<String, Sender<T>>,
    /// Handed over before any page could hear it.
    kept: Option<T>,
}

impl<T> Default for Watchers<T> {
    fn default() -> Self {
        Self(Mutex::new(Inner { senders: HashMap::new(), kept: None }))
    }
}

impl<T: Clone + Serialize> Watchers<T> {
    /// Tells this window from now on, and first what was kept for it; an earlier channel of its is forgotten.
    pub(crate) fn watch(&self, label: &str, sender: Sender<T>) {
        let mut inner = self.lock();
        if inner.kept.take().is_some_and(|kept| sender.send(kept).is_err()) {
            return;
        }
        inner.senders.insert(label.to_owned(), sender);
    }

    /// Stops telling this window.
    pub(crate) fn unwatch(&self, label: &str) {
        self.lock().senders.remove(label);
    }

    /// Tells every window that wants to know. Gives how many that were.
    pub(crate) fn tell(&self, value: &T) -> usize {
        let senders = &mut self.lock().senders;
        // A window that is gone takes nothing any more.
        senders.retain(|_, sender| sender.send(value.clone()).is_ok());
        senders.len()
    }

    /// The same; where nobody listens yet, the next window that does is told.
    pub(crate) fn hand_over(&self, value: T) {
        if self.tell(&value) == 0 {
            self.lock().kept = Some(value);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
