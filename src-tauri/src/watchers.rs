//! Channels to pages: at most one of a kind for each window, since a page that was loaded anew asks anew.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde::Serialize;

use crate::channel::Channel;

/// What pages are told, and which pages want to be.
pub(crate) struct Watchers<T>(Mutex<Inner<T>>);

struct Inner<T> {
    channels: HashMap<String, Channel<T>>,
    /// Handed over before any page could hear it.
    kept: Option<T>,
}

impl<T> Default for Watchers<T> {
    fn default() -> Self {
        Self(Mutex::new(Inner { channels: HashMap::new(), kept: None }))
    }
}

impl<T: Clone + Serialize> Watchers<T> {
    /// Tells this window from now on, and first what was kept for it; an earlier channel of its is forgotten.
    pub(crate) fn watch(&self, label: &str, channel: Channel<T>) {
        let mut inner = self.lock();
        if inner.kept.take().is_some_and(|kept| channel.send(kept).is_err()) {
            return;
        }
        inner.channels.insert(label.to_owned(), channel);
    }

    /// Tells this window no more.
    pub(crate) fn unwatch(&self, label: &str) {
        self.lock().channels.remove(label);
    }

    /// Tells every window that wants to know. Gives how many that were.
    pub(crate) fn tell(&self, value: &T) -> usize {
        let channels = &mut self.lock().channels;
        // A window that is gone takes nothing any more.
        channels.retain(|_, channel| channel.send(value.clone()).is_ok());
        channels.len()
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
