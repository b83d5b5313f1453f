//! Channels to pages. Each window has at most one of a kind: a reloaded page asks again and replaces its channel.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde::Serialize;

use crate::channel::Sender;

/// Passes values of one kind to the pages that want them.
pub(crate) struct Watchers<T>(Mutex<Inner<T>>);

struct Inner<T> {
    senders: HashMap<String, Sender<T>>,
    /// A value that was handed over before any page listened.
    kept: Option<T>,
}

impl<T> Default for Watchers<T> {
    fn default() -> Self {
        Self(Mutex::new(Inner { senders: HashMap::new(), kept: None }))
    }
}

impl<T: Clone + Serialize> Watchers<T> {
    /// Tells this window from now on, and the kept value first. Replaces an earlier channel of the same window.
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

    /// Tells every window that listens. Gives their number.
    pub(crate) fn tell(&self, value: &T) -> usize {
        let senders = &mut self.lock().senders;
        // Drops windows that are gone.
        senders.retain(|_, sender| sender.send(value.clone()).is_ok());
        senders.len()
    }

    /// Tells every window that listens. If none does, keeps the value for the next one that does.
    pub(crate) fn hand_over(&self, value: T) {
        if self.tell(&value) == 0 {
            self.lock().kept = Some(value);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
