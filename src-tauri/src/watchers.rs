//! Channels to pages: at most one of a kind for each window, since a page that was loaded anew asks anew.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde::Serialize;
use tauri::ipc::Channel;

/// What pages are told, and which pages want to be.
pub(crate) struct Watchers<T>(Mutex<HashMap<String, Channel<T>>>);

impl<T> Default for Watchers<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone + Serialize> Watchers<T> {
    /// Tells this window from now on; an earlier channel of its is forgotten.
    pub(crate) fn watch(&self, label: &str, channel: Channel<T>) {
        self.lock().insert(label.to_owned(), channel);
    }

    /// Tells this window no more.
    pub(crate) fn unwatch(&self, label: &str) {
        self.lock().remove(label);
    }

    /// Tells every window that wants to know. Gives how many that were.
    pub(crate) fn tell(&self, value: &T) -> usize {
        let mut channels = self.lock();
        // A window that is gone takes nothing any more.
        channels.retain(|_, channel| channel.send(value.clone()).is_ok());
        channels.len()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Channel<T>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
