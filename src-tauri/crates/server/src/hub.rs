//! The notify hub: which connections there are, and what each is still to be sent.
//!
//! The database is the truth; the hub only carries. A connection is entered here before its unread state is read, so
//! that nothing falls between the two, and what comes twice is merged by id at the other end. Queues are bounded: who
//! cannot keep up is closed with a reason, and comes back to the whole state.

pub(crate) mod connection;

use std::{
    collections::{HashMap, HashSet},
    slice,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::extract::ws::Utf8Bytes;
use chrono_tz::Tz;
use domain::{
    IdPengguna, JanjiTemu, Pengguna, Role,
    json::{self, Event, Presence},
    notifikasi::Notifikasi,
};

use connection::{Close, Connection};

/// Every connection of this server.
#[derive(Clone, Default)]
pub(crate) struct Hub(Arc<Mutex<Inner>>);

#[derive(Default)]
struct Inner {
    by_pengguna: HashMap<IdPengguna, Vec<Arc<Connection>>>,
    /// Those of receptionists and admins, who see everything.
    reception: Vec<Arc<Connection>>,
    closing: bool,
}

/// What changed, and so who is told what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// The guru's notification, and the appointment with it.
    Notification,
    /// Only the appointment.
    Appointment,
}

impl Hub {
    /// Enters a connection; the reception hears of a user who was not there before.
    pub(crate) fn enter(&self, connection: Arc<Connection>) {
        let mut inner = self.lock();
        if inner.closing {
            connection.close(Close::GoingAway);
            return;
        }
        let of_user = inner.by_pengguna.entry(connection.id_pengguna).or_default();
        let is_first = of_user.is_empty();
        of_user.push(connection.clone());
        if is_first {
            inner.tell_presence(connection.id_pengguna, true);
        }
        if connection.role.is_reception() {
            inner.reception.push(connection);
        }
        metrics::gauge!("bukutamu_ws_connections").increment(1.0);
    }

    /// Takes a connection out.
    pub(crate) fn leave(&self, connection: &Arc<Connection>) {
        let mut inner = self.lock();
        inner.reception.retain(|other| !Arc::ptr_eq(other, connection));
        let Some(of_user) = inner.by_pengguna.get_mut(&connection.id_pengguna) else { return };
        let before = of_user.len();
        of_user.retain(|other| !Arc::ptr_eq(other, connection));
        if of_user.len() == before {
            return;
        }
        if of_user.is_empty() {
            inner.by_pengguna.remove(&connection.id_pengguna);
            inner.tell_presence(connection.id_pengguna, false);
        }
        metrics::gauge!("bukutamu_ws_connections").decrement(1.0);
    }

    /// Tells everyone concerned of an appointment that was committed: its guru first, then the reception.
    pub(crate) fn publish(&self, janji_temu: JanjiTemu, change: Change, zone: Tz) {
        let notification = (change == Change::Notification).then(|| Notifikasi::of(&janji_temu)).flatten();
        self.tell(notification, janji_temu, zone);
    }

    /// Tells everyone concerned of a step that was committed. With an arrival goes the guru's notification, and with
    /// one that was taken back it is withdrawn.
    pub(crate) fn publish_step(&self, before: &JanjiTemu, after: JanjiTemu, zone: Tz) {
        let notification = match (before.waktu_datang, after.waktu_datang) {
            (None, Some(_)) => Notifikasi::of(&after),
            (Some(_), None) => Notifikasi::withdrawn(before, &after),
            _ => None,
        };
        self.tell(notification, after, zone);
    }

    fn tell(&self, notification: Option<Notifikasi>, janji_temu: JanjiTemu, zone: Tz) {
        let id_guru = janji_temu.id_guru;
        let notification = notification.map(|data| encode(&Event::Notification { data }));
        let appointment = encode(&Event::Appointment { data: json::JanjiTemu::new(janji_temu, zone) });
        let for_guru: Vec<_> = notification.into_iter().chain([appointment.clone()]).collect();
        let inner = self.lock();
        let of_guru = inner.by_pengguna.get(&id_guru).map_or(&[][..], Vec::as_slice);
        of_guru.iter().for_each(|connection| connection.push(&for_guru));
        let others = inner.reception.iter().filter(|connection| connection.id_pengguna != id_guru);
        others.for_each(|connection| connection.push(slice::from_ref(&appointment)));
    }

    /// Tells everyone that the settings have changed: what is shown of them is to be fetched anew.
    pub(crate) fn publish_settings(&self) {
        let event = encode(&Event::Settings);
        let inner = self.lock();
        inner.by_pengguna.values().flatten().for_each(|connection| connection.push(slice::from_ref(&event)));
    }

    /// Whether what was published last has reached a user: a connection of theirs took it.
    pub(crate) fn reaches(&self, id: IdPengguna) -> bool {
        self.lock().by_pengguna.get(&id).is_some_and(|own| own.iter().any(|connection| connection.is_open()))
    }

    /// Who is connected.
    pub(crate) fn online(&self) -> HashSet<IdPengguna> {
        self.lock().by_pengguna.keys().copied().collect()
    }

    /// Closes what a session opened.
    pub(crate) fn close_sesi(&self, id_sesi: &str) {
        self.close_where(|connection| &*connection.id_sesi == id_sesi);
    }

    /// Closes what a user opened.
    pub(crate) fn close_pengguna(&self, id: IdPengguna) {
        self.close_where(|connection| connection.id_pengguna == id);
    }

    /// Closes what a user opened who is no longer active, or has another role now.
    pub(crate) fn close_outdated(&self, pengguna: &Pengguna) {
        self.close_where(|connection| {
            connection.id_pengguna == pengguna.id && (!pengguna.aktif || connection.role != pengguna.role)
        });
    }

    /// Closes everything, and whatever still comes.
    pub(crate) fn close_all(&self) {
        let mut inner = self.lock();
        inner.closing = true;
        inner.by_pengguna.values().flatten().for_each(|connection| connection.close(Close::GoingAway));
    }

    fn close_where(&self, concerned: impl Fn(&Connection) -> bool) {
        let inner = self.lock();
        inner
            .by_pengguna
            .values()
            .flatten()
            .filter(|connection| concerned(connection))
            .for_each(|connection| connection.close(Close::Revoked));
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Nothing under the lock can leave it half changed in a way that a later caller would mind.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn tell_presence(&self, id_pengguna: IdPengguna, online: bool) {
        let event = encode(&Event::Presence { data: Presence { id_pengguna, online } });
        self.reception.iter().for_each(|connection| connection.push(slice::from_ref(&event)));
    }
}

/// An event as text, written once for all who get it.
pub(crate) fn encode(event: &Event) -> Utf8Bytes {
    serde_json::to_string(event).expect("plain data becomes JSON").into()
}

/// Whether the role is told who is connected.
pub(crate) fn sees_presence(role: Role) -> bool {
    role.is_reception()
}
