//! The hub: knows all event connections, and queues what each is still to be sent.
//!
//! The database holds the truth; the hub only carries events. A connection is entered here before its unread state is
//! read, so that no event is lost between the two. The client merges what comes twice by id. Queues are bounded: a
//! connection that cannot keep up is closed with a reason, and its client fetches the whole state when it returns.

pub(crate) mod connection;
mod desks;
pub(crate) mod follower;
mod known;

use std::{
    collections::{HashMap, HashSet},
    slice,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::extract::ws::Utf8Bytes;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::{
    IdJanjiTemu, IdPengguna, JanjiTemu, Pengguna, Role,
    cadangan::BackupAlarm,
    json::{self, ChannelState, Event, Perangkat, Presence},
    notifikasi::Notifikasi,
    pesan::PesanKeluar,
};

use tokio::sync::Notify;

use connection::{Close, Connection};
pub(crate) use desks::Desk;
use desks::Desks;
use follower::{FOLLOWERS_MAX, Follower};
use known::KnownSessions;

/// Arrivals that desks have told by themselves, at most.
const TOLD_ALONE_MAX: usize = 1000;

/// Every connection of this server.
#[derive(Clone, Default)]
pub(crate) struct Hub(Arc<Mutex<Inner>>);

#[derive(Default)]
struct Inner {
    by_pengguna: HashMap<IdPengguna, Vec<Arc<Connection>>>,
    /// The connections of receptionists and admins, who see everything.
    reception: Vec<Arc<Connection>>,
    /// Guests' pages, by the visit that they follow; the oldest first.
    followers: HashMap<IdJanjiTemu, Vec<Arc<Follower>>>,
    desks: Desks,
    known: KnownSessions,
    /// Arrivals that desks have told by themselves under names of their own, until the database has them.
    told_alone: HashMap<(IdPengguna, DateTime<Utc>), Notifikasi>,
    visits_changed: Arc<Notify>,
    closing: Option<Close>,
}

/// What changed. It decides who is told what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// The guru's notification, and the appointment with it.
    Notification,
    /// Only the appointment.
    Appointment,
}

impl Hub {
    /// Enters a connection. If it is the user's first, the reception is told.
    pub(crate) fn enter(&self, connection: Arc<Connection>) {
        let mut inner = self.lock();
        if let Some(close) = inner.closing {
            connection.close(close);
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

    /// Removes a connection.
    pub(crate) fn leave(&self, connection: &Arc<Connection>) {
        let mut inner = self.lock();
        let inner = &mut *inner;
        inner.reception.retain(|other| !Arc::ptr_eq(other, connection));
        let Some(of_user) = inner.by_pengguna.get_mut(&connection.id_pengguna) else { return };
        let before = of_user.len();
        of_user.retain(|other| !Arc::ptr_eq(other, connection));
        if of_user.len() == before {
            return;
        }
        if !of_user.iter().any(|other| other.id_sesi == connection.id_sesi) {
            inner.desks.close(&connection.id_sesi);
        }
        if of_user.is_empty() {
            inner.by_pengguna.remove(&connection.id_pengguna);
            inner.tell_presence(connection.id_pengguna, false);
        }
        metrics::gauge!("bukutamu_ws_connections").decrement(1.0);
    }

    /// Enters a guest's page. If too many follow the same visit, the oldest gives way.
    pub(crate) fn follow(&self, follower: &Arc<Follower>) {
        let mut inner = self.lock();
        if let Some(close) = inner.closing {
            follower.close(close);
            return;
        }
        let of_visit = inner.followers.entry(follower.id).or_default();
        if of_visit.len() >= FOLLOWERS_MAX {
            of_visit.remove(0).close(Close::TooMany);
            metrics::gauge!("bukutamu_ws_connections").decrement(1.0);
        }
        of_visit.push(follower.clone());
        metrics::gauge!("bukutamu_ws_connections").increment(1.0);
    }

    /// Removes a guest's page.
    pub(crate) fn unfollow(&self, follower: &Arc<Follower>) {
        let mut inner = self.lock();
        let Some(of_visit) = inner.followers.get_mut(&follower.id) else { return };
        let before = of_visit.len();
        of_visit.retain(|other| !Arc::ptr_eq(other, follower));
        if of_visit.len() < before {
            metrics::gauge!("bukutamu_ws_connections").decrement(1.0);
        }
        if of_visit.is_empty() {
            inner.followers.remove(&follower.id);
        }
    }

    /// Has the guests' pages that follow a visit look at it again. What else changes is published, which does the same.
    pub(crate) fn wake_followers(&self, id: IdJanjiTemu) {
        self.lock().wake_followers(id);
    }

    /// Tells everyone concerned of an appointment that was committed: its guru first, or everybody behind the unit that
    /// is visited, then the reception.
    pub(crate) fn publish(&self, janji_temu: JanjiTemu, change: Change, zone: Tz) {
        let notification = (change == Change::Notification).then(|| Notifikasi::of(&janji_temu)).flatten();
        self.tell(notification, janji_temu, zone);
    }

    /// Tells everyone concerned of a step that was committed. An arrival includes the guru's notification. If an
    /// arrival was taken back, the notification is withdrawn.
    pub(crate) fn publish_step(&self, before: &JanjiTemu, after: JanjiTemu, zone: Tz) {
        let notification = match (before.waktu_datang, after.waktu_datang) {
            (None, Some(_)) => Notifikasi::of(&after),
            (Some(_), None) => Notifikasi::withdrawn(before, &after),
            _ => None,
        };
        self.tell(notification, after, zone);
    }

    /// Tells gurus of an arrival that nobody could commit, because the database is away. Whether any of them hears it.
    pub(crate) fn tell_of_arrival(&self, told: &[IdPengguna], data: Notifikasi) -> bool {
        let event = encode(&Event::Notification { data: data.clone() });
        let mut inner = self.lock();
        if data.id.0 < 0 && inner.told_alone.len() < TOLD_ALONE_MAX {
            inner.told_alone.insert((data.id_pengguna, data.waktu), data);
        }
        let connections: Vec<_> = told.iter().filter_map(|id| inner.by_pengguna.get(id)).flatten().collect();
        connections.iter().for_each(|connection| connection.push(slice::from_ref(&event)));
        connections.iter().any(|connection| connection.is_open())
    }

    /// Tells everyone concerned of another time or another guru, the guru of before among them.
    pub(crate) fn publish_handed_over(&self, before: &JanjiTemu, after: JanjiTemu, zone: Tz) {
        let event = encode(&Event::Appointment { data: json::JanjiTemu::new(after.clone(), zone) });
        let now: Vec<_> = after.dikunjungi().collect();
        {
            let inner = self.lock();
            let left = before.dikunjungi().filter(|id| !now.contains(id));
            let of_guru = left.filter_map(|id| inner.by_pengguna.get(&id)).flatten();
            let told = of_guru.filter(|connection| !connection.role.is_reception());
            told.for_each(|connection| connection.push(slice::from_ref(&event)));
        }
        self.tell(None, after, zone);
    }

    fn tell(&self, notification: Option<Notifikasi>, janji_temu: JanjiTemu, zone: Tz) {
        let id = janji_temu.id;
        let told: Vec<_> = janji_temu.dikunjungi().collect();
        let mut inner = self.lock();
        let named_alone = notification.as_ref().and_then(|data| {
            let alone = inner.told_alone.remove(&(data.id_pengguna, data.waktu))?;
            Some(Notifikasi { dihapus: true, versi: alone.versi + 1, ..alone })
        });
        let notifications = named_alone.into_iter().chain(notification);
        let notifications = notifications.map(|data| encode(&Event::Notification { data }));
        let appointment = encode(&Event::Appointment { data: json::JanjiTemu::new(janji_temu, zone) });
        let for_guru: Vec<_> = notifications.chain([appointment.clone()]).collect();
        let of_guru = told.iter().filter_map(|id| inner.by_pengguna.get(id)).flatten();
        of_guru.for_each(|connection| connection.push(&for_guru));
        let others = inner.reception.iter().filter(|connection| !told.contains(&connection.id_pengguna));
        others.for_each(|connection| connection.push(slice::from_ref(&appointment)));
        inner.wake_followers(id);
        inner.visits_changed.notify_one();
    }

    /// Tells everyone that the settings have changed. Clients fetch them again.
    pub(crate) fn publish_settings(&self) {
        self.tell_everyone(&Event::Settings);
    }

    /// Tells everyone that an evacuation, or its list, has changed. Clients fetch the list again.
    pub(crate) fn publish_evakuasi(&self) {
        self.tell_everyone(&Event::Evakuasi);
    }

    /// Wakes whoever keeps a list of visits whenever one has changed.
    pub(crate) fn visits_changed(&self) -> Arc<Notify> {
        self.lock().visits_changed.clone()
    }

    fn tell_everyone(&self, event: &Event) {
        let event = encode(event);
        let inner = self.lock();
        inner.by_pengguna.values().flatten().for_each(|connection| connection.push(slice::from_ref(&event)));
    }

    /// Tells admins, and those whose appointment it is about, what became of a message.
    pub(crate) fn publish_pesan(&self, data: PesanKeluar, dikunjungi: &[IdPengguna]) {
        let event = encode(&Event::Pesan { data });
        let inner = self.lock();
        let concerned = |connection: &&Arc<Connection>| {
            connection.role == Role::Admin || dikunjungi.contains(&connection.id_pengguna)
        };
        let connections = inner.by_pengguna.values().flatten().filter(concerned);
        connections.for_each(|connection| connection.push(slice::from_ref(&event)));
    }

    /// Tells the reception that a channel broke or works again.
    pub(crate) fn publish_saluran(&self, data: ChannelState) {
        let event = encode(&Event::Saluran { data });
        self.lock().reception.iter().for_each(|connection| connection.push(slice::from_ref(&event)));
    }

    /// Tells the reception what is wrong with the backups, or that nothing is.
    pub(crate) fn publish_cadangan(&self, data: Option<BackupAlarm>) {
        let event = encode(&Event::Cadangan { data });
        self.lock().reception.iter().for_each(|connection| connection.push(slice::from_ref(&event)));
    }

    /// Whether a connection of the user still takes events, so that the last published event has reached the user.
    pub(crate) fn reaches(&self, id: IdPengguna) -> bool {
        self.lock().by_pengguna.get(&id).is_some_and(|own| own.iter().any(|connection| connection.is_open()))
    }

    /// Who is connected.
    pub(crate) fn online(&self) -> HashSet<IdPengguna> {
        self.lock().by_pengguna.keys().copied().collect()
    }

    /// How many of that role are connected.
    pub(crate) fn count_online(&self, role: Role) -> usize {
        let inner = self.lock();
        let is_of_role = |own: &&Vec<Arc<Connection>>| own.iter().any(|connection| connection.role == role);
        inner.by_pengguna.values().filter(is_of_role).count()
    }

    /// Notes what a session's desk reads codes with, if the session is connected. The reception is told that something
    /// is different.
    pub(crate) fn open_desk(
        &self,
        id_sesi: &str,
        pengguna: &Pengguna,
        perangkat: Vec<Perangkat>,
        now: DateTime<Utc>,
    ) {
        let mut inner = self.lock();
        let own = inner.by_pengguna.get(&pengguna.id).map_or(&[][..], Vec::as_slice);
        if own.iter().any(|connection| &*connection.id_sesi == id_sesi)
            && inner.desks.open(id_sesi, pengguna, perangkat, now)
        {
            inner.tell_presence(pengguna.id, true);
        }
    }

    /// The desks that are connected.
    pub(crate) fn desks(&self) -> Vec<Desk> {
        self.lock().desks.list()
    }

    /// Remembers whose session was found alive.
    pub(crate) fn remember(&self, id_sesi: &str, pengguna: &Pengguna) {
        self.lock().known.remember(id_sesi, pengguna);
    }

    /// Whose session was found alive not long ago, and was not ended here since.
    pub(crate) fn recall(&self, id_sesi: &str) -> Option<Pengguna> {
        self.lock().known.recall(id_sesi)
    }

    /// Closes the session's connections.
    pub(crate) fn close_sesi(&self, id_sesi: &str) {
        self.lock().known.forget_where(|known, _| known == id_sesi);
        self.close_where(|connection| &*connection.id_sesi == id_sesi);
    }

    /// Closes the user's connections.
    pub(crate) fn close_pengguna(&self, id: IdPengguna) {
        self.lock().known.forget_where(|_, pengguna| pengguna.id == id);
        self.close_where(|connection| connection.id_pengguna == id);
    }

    /// Closes the user's connections if the user is not active, and those that were opened with another role.
    pub(crate) fn close_outdated(&self, pengguna: &Pengguna) {
        self.lock().known.forget_where(|_, known| known.id == pengguna.id);
        self.close_where(|connection| {
            connection.id_pengguna == pengguna.id && (!pengguna.aktif || connection.role != pengguna.role)
        });
    }

    /// Closes every connection, now and from now on.
    pub(crate) fn close_all(&self, close: Close) {
        let mut inner = self.lock();
        inner.closing = Some(close);
        inner.by_pengguna.values().flatten().for_each(|connection| connection.close(close));
        inner.followers.values().flatten().for_each(|follower| follower.close(close));
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
        // A panic under the lock leaves nothing that would mislead later callers.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn wake_followers(&self, id: IdJanjiTemu) {
        self.followers.get(&id).into_iter().flatten().for_each(|follower| follower.wake());
    }

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
