//! What happens on the server, told to every window. One subscription for the whole program, on this side, because the
//! operating system may suspend a page that nobody sees.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, Utc};
use client::{Client, subscribe};
use domain::{
    IdJanjiTemu, IdPengguna, Pengguna,
    json::{JanjiTemu, Presence},
    notifikasi::Notifikasi,
};
use serde::{Serialize, Serializer};
use tauri::{
    AppHandle, Manager, State, WebviewWindow,
    async_runtime::{self, JoinHandle},
};
use tokio::sync::Notify;

use crate::{alert, channel::Channel, program::Program, watchers::Watchers};

/// So many unread arrivals a window is told of when it opens; it asks the server for older ones. More at once would be more
/// than a page can take.
const TOLD_MAX: usize = 200;

/// What happened, as pages know it.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum Update {
    /// The connection stands: fetch what is on screen anew.
    Connected {
        /// Who is signed in.
        pengguna: Pengguna,
        /// Who else is connected.
        online: Vec<IdPengguna>,
    },
    /// No connection for now.
    Disconnected {
        /// The next attempt, in milliseconds of this PC's clock.
        #[serde(serialize_with = "millis")]
        retry_at: DateTime<Utc>,
    },
    /// A guest has arrived.
    Alert {
        /// The notification.
        data: Notifikasi,
    },
    /// A notification is different now.
    Changed {
        /// The notification.
        data: Notifikasi,
    },
    /// A notification asks for no attention any more.
    Removed {
        /// Whose.
        id: IdJanjiTemu,
    },
    /// An appointment was made or has changed.
    Appointment {
        /// The appointment.
        data: Box<JanjiTemu>,
    },
    /// A user came or went.
    Presence {
        /// Who.
        data: Presence,
    },
    /// The school's settings have changed: fetch anew what is shown of them, and what is on screen.
    Settings,
}

fn millis<S: Serializer>(time: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_i64(time.timestamp_millis())
}

/// The state that a window is told first, and the windows.
#[derive(Default)]
pub(crate) struct Updates {
    now: Mutex<Now>,
    watchers: Watchers<Update>,
    retry: Notify,
}

/// What a window that has just been opened must know.
#[derive(Default)]
struct Now {
    connection: Option<Update>,
    unread: BTreeMap<IdJanjiTemu, Notifikasi>,
}

impl Now {
    fn apply(&mut self, update: &Update) {
        match update {
            Update::Connected { .. } | Update::Disconnected { .. } => self.connection = Some(update.clone()),
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
            Update::Appointment { .. } | Update::Settings => {}
        }
    }

    /// The state, as the updates that lead to it: of the unread arrivals the newest.
    fn snapshot(&self) -> impl Iterator<Item = Update> {
        let mut unread: Vec<_> = self.unread.values().collect();
        unread.sort_by_key(|notifikasi| (notifikasi.waktu, notifikasi.id));
        let newest = unread.split_off(unread.len().saturating_sub(TOLD_MAX));
        let alerts = newest.into_iter().cloned().map(|data| Update::Alert { data });
        self.connection.clone().into_iter().chain(alerts)
    }
}

impl Updates {
    /// Arrivals that nobody has read.
    pub(crate) fn unread(&self) -> usize {
        self.lock().unread.len()
    }

    /// Whether it still asks for somebody.
    pub(crate) fn is_unread(&self, id: IdJanjiTemu) -> bool {
        self.lock().unread.contains_key(&id)
    }

    /// The lock is held while windows are told, so that one that begins to watch misses nothing and hears nothing twice.
    fn tell(&self, update: &Update) {
        let mut now = self.lock();
        now.apply(update);
        self.watchers.tell(update);
    }

    /// What is unread, where it is more than was told one by one.
    fn adopt(&self, unread: Vec<Notifikasi>) {
        self.lock().unread = unread.into_iter().map(|notifikasi| (notifikasi.id, notifikasi)).collect();
    }

    fn forget(&self) {
        *self.lock() = Now::default();
    }

    fn lock(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Listens until the program is started otherwise, whoever is signed in.
pub(crate) fn follow(app: AppHandle, client: &Client) -> JoinHandle<()> {
    let client = client.clone();
    async_runtime::spawn(async move {
        let mut subscription = subscribe(&client);
        let program = app.state::<Program>();
        let updates = &program.updates;
        loop {
            let update = tokio::select! {
                () = updates.retry.notified() => {
                    subscription.retry_now();
                    continue;
                }
                update = subscription.next() => update,
            };
            let update = match update {
                client::Update::Connected { pengguna, online } => Update::Connected { pengguna, online },
                client::Update::Disconnected { retry_at } => Update::Disconnected { retry_at },
                client::Update::Alert(data) => Update::Alert { data },
                client::Update::Changed(data) => Update::Changed { data },
                client::Update::Removed(id) => Update::Removed { id },
                client::Update::Appointment(data) => Update::Appointment { data: Box::new(data) },
                client::Update::Presence(data) => Update::Presence { data },
                client::Update::Settings => Update::Settings,
                // To a page it is the same: fetch anew.
                client::Update::Reload => match updates.lock().connection.clone() {
                    Some(connected) => connected,
                    None => continue,
                },
                client::Update::Unread => {
                    updates.adopt(subscription.unread());
                    alert::recount(&app);
                    continue;
                }
                client::Update::LoggedOut { .. } => {
                    updates.forget();
                    alert::settle(&app);
                    continue;
                }
            };
            updates.tell(&update);
            alert::follow(&app, &update);
        }
    })
}

/// Tells the window the state, and everything that happens from now on.
#[tauri::command]
pub(crate) fn updates_watch(window: WebviewWindow, program: State<'_, Program>, channel: Channel<Update>) {
    let updates = &program.updates;
    let now = updates.lock();
    if now.snapshot().all(|update| channel.send(update).is_ok()) {
        updates.watchers.watch(window.label(), channel);
    }
}

/// Tells it no more.
#[tauri::command]
pub(crate) fn updates_unwatch(window: WebviewWindow, program: State<'_, Program>) {
    program.updates.watchers.unwatch(window.label());
}

/// Ends a wait between two attempts.
#[tauri::command]
pub(crate) fn updates_retry(program: State<'_, Program>) {
    program.updates.retry.notify_one();
}
