//! What happened on the server, as windows are told: first the current state, then every change.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use contract::{Update, UpdatesRetry, UpdatesUnwatch, UpdatesWatch};
use domain::{IdJanjiTemu, notifikasi::Notifikasi};
use tokio::sync::Notify;

use crate::{
    channel::Sender,
    commands::{Answer, Caller, Handler},
    watchers::Watchers,
};

/// The number of unread arrivals that a window is told when it opens; it asks the server for older ones. A page cannot
/// take much more at once.
const TOLD_MAX: usize = 200;

/// The current state, and the windows that follow it.
#[derive(Default)]
pub(crate) struct Updates {
    now: Mutex<Now>,
    watchers: Watchers<Update>,
    /// Notified when somebody does not want to wait for the next attempt to connect.
    pub(crate) retry: Notify,
}

/// What a newly opened window must know.
#[derive(Default)]
struct Now {
    connection: Option<Update>,
    unread: BTreeMap<IdJanjiTemu, Notifikasi>,
    luring: Option<Update>,
    /// What is wrong with the backups.
    cadangan: Option<Update>,
}

impl Now {
    fn apply(&mut self, update: &Update) {
        match update {
            Update::Connected { .. } | Update::Disconnected { .. } => {
                // The server tells anew what is wrong.
                self.cadangan = None;
                self.connection = Some(update.clone());
            }
            Update::Alert { data } | Update::Changed { data } => {
                match data.is_read {
                    true => self.unread.remove(&data.id),
                    false => self.unread.insert(data.id, data.clone()),
                };
            }
            Update::Removed { id } => {
                self.unread.remove(id);
            }
            Update::Presence { data } => {
                if let Some(Update::Connected { online, .. }) = &mut self.connection {
                    online.retain(|id| *id != data.id_pengguna);
                    if data.online {
                        online.push(data.id_pengguna);
                    }
                }
            }
            Update::Cadangan { .. } => self.cadangan = Some(update.clone()),
            Update::Luring { .. } => self.luring = Some(update.clone()),
            Update::Appointment { .. }
            | Update::Pesan { .. }
            | Update::Saluran { .. }
            | Update::Settings
            | Update::Evakuasi => {}
        }
    }

    /// The state as updates that lead to it. It has the newest unread arrivals only.
    fn snapshot(&self) -> impl Iterator<Item = Update> {
        let mut unread: Vec<_> = self.unread.values().collect();
        unread.sort_by_key(|notifikasi| (notifikasi.waktu, notifikasi.id));
        let newest = unread.split_off(unread.len().saturating_sub(TOLD_MAX));
        let alerts = newest.into_iter().cloned().map(|data| Update::Alert { data });
        let state = [self.connection.clone(), self.luring.clone(), self.cadangan.clone()];
        state.into_iter().flatten().chain(alerts)
    }
}

impl Updates {
    /// The number of arrivals that nobody has read.
    pub(crate) fn unread(&self) -> usize {
        self.lock().unread.len()
    }

    /// Whether the arrival is still unread.
    pub(crate) fn is_unread(&self, id: IdJanjiTemu) -> bool {
        self.lock().unread.contains_key(&id)
    }

    /// Tells all windows. The lock is held meanwhile, so that a window that starts to watch gets every update exactly
    /// once.
    pub(crate) fn tell(&self, update: &Update) {
        let mut now = self.lock();
        now.apply(update);
        self.watchers.tell(update);
    }

    /// Replaces the unread arrivals, if there are more than were told one by one.
    pub(crate) fn adopt(&self, unread: Vec<Notifikasi>) {
        self.lock().unread = unread.into_iter().map(|notifikasi| (notifikasi.id, notifikasi)).collect();
    }

    /// Forgets everything, because nobody is signed in any more.
    pub(crate) fn forget(&self) {
        let mut now = self.lock();
        // What the desk has written down waits for whoever signs in next.
        *now = Now { luring: now.luring.take(), ..Now::default() };
    }

    /// The state of the connection, as windows were told.
    pub(crate) fn connection(&self) -> Option<Update> {
        self.lock().connection.clone()
    }

    fn lock(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Handler for UpdatesWatch {
    fn answer(self, caller: Caller) -> Answer<Self> {
        let sender = Sender::to(&caller.window, &self.channel);
        let updates = caller.state::<Updates>();
        let now = updates.lock();
        if now.snapshot().all(|update| sender.send(update).is_ok()) {
            updates.watchers.watch(caller.window.label(), sender);
        }
        Answer::now(())
    }
}

impl Handler for UpdatesUnwatch {
    fn answer(self, caller: Caller) -> Answer<Self> {
        caller.state::<Updates>().watchers.unwatch(caller.window.label());
        Answer::now(())
    }
}

impl Handler for UpdatesRetry {
    fn answer(self, caller: Caller) -> Answer<Self> {
        caller.state::<Updates>().retry.notify_one();
        Answer::now(())
    }
}
