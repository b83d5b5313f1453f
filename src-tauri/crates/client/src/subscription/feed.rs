//! The queue between the connection and whoever shows the alerts. It is bounded, never blocks the connection, and never
//! loses an alert.
//!
//! A plain bounded channel would have to do one of the two. Here an update waits under its subject, and a later update
//! about the same subject replaces it, so that at most one waits per subject. Nothing replaces an alert. A school can
//! have any number of appointments, so only so many of them wait; beyond that, the reader is told to fetch its lists
//! anew, which has the same result.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
};

use domain::{IdJanjiTemu, IdPengguna, pesan::Saluran};
use tokio::sync::Notify;

use super::Update;

/// About 2 MB, and more than a school's day has.
const ROWS_MAX: usize = 2000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Subject {
    Connection,
    Alert(IdJanjiTemu),
    Notifikasi(IdJanjiTemu),
    Appointment(IdJanjiTemu),
    Pesan(i64),
    Saluran(Saluran),
    Cadangan,
    Presence(IdPengguna),
    Settings,
    Evakuasi,
    Lists,
    Unread,
}

impl Subject {
    fn of(update: &Update) -> Self {
        match update {
            Update::Connected { .. } | Update::Disconnected { .. } | Update::LoggedOut { .. } => {
                Self::Connection
            }
            Update::Alert(notifikasi) => Self::Alert(notifikasi.id),
            Update::Changed(notifikasi) => Self::Notifikasi(notifikasi.id),
            Update::Removed(id) => Self::Notifikasi(*id),
            Update::Appointment(janji_temu) => Self::Appointment(janji_temu.id),
            Update::Pesan(pesan) => Self::Pesan(pesan.id),
            Update::Cadangan(_) => Self::Cadangan,
            Update::Saluran(state) => Self::Saluran(state.nama),
            Update::Presence(presence) => Self::Presence(presence.id_pengguna),
            Update::Settings => Self::Settings,
            Update::Evakuasi => Self::Evakuasi,
            Update::Reload => Self::Lists,
            Update::Unread => Self::Unread,
        }
    }

    /// A row of a list. There can be any number of them.
    fn is_row(self) -> bool {
        matches!(self, Self::Appointment(_) | Self::Pesan(_))
    }
}

#[derive(Default)]
struct Waiting {
    order: VecDeque<Subject>,
    updates: HashMap<Subject, Update>,
    rows: usize,
}

#[derive(Default)]
pub(super) struct Feed {
    waiting: Mutex<Waiting>,
    arrived: Notify,
}

impl Feed {
    pub(super) fn push(&self, update: Update) {
        let mut waiting = self.waiting();
        let subject = Subject::of(&update);
        // The lists show a newer state than this update.
        if subject.is_row() && waiting.updates.contains_key(&Subject::Lists) {
            return;
        }
        if waiting.updates.insert(subject, update).is_none() {
            waiting.order.push_back(subject);
            waiting.rows += usize::from(subject.is_row());
        }
        let overflows = waiting.rows > ROWS_MAX;
        if overflows {
            waiting.order.retain(|subject| !subject.is_row());
            waiting.updates.retain(|subject, _| !subject.is_row());
            waiting.rows = 0;
        }
        drop(waiting);
        self.arrived.notify_one();
        if overflows {
            tracing::warn!("too many changes wait to be shown; lists are to be fetched anew");
            self.push(Update::Reload);
        }
    }

    /// The next update. Nothing is lost when the future is dropped, because the update is taken in the last step.
    pub(super) async fn next(&self) -> Update {
        loop {
            if let Some(update) = self.pop() {
                return update;
            }
            self.arrived.notified().await;
        }
    }

    fn pop(&self) -> Option<Update> {
        let mut waiting = self.waiting();
        let subject = waiting.order.pop_front()?;
        waiting.rows -= usize::from(subject.is_row());
        waiting.updates.remove(&subject)
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        // Nothing panics while the lock is held.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
