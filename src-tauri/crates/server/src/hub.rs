//! The hub: knows all event connections, and queues what each is still to be sent.
//!
//! The database holds the truth; the hub only carries events. A connection is entered here before its unread state is
//! read, so that no event is lost between the two. The client merges what comes twice by id. Queues are bounded: a
//! connection that cannot keep up is closed with a reason, and its client fetches the whole state when it returns.

pub(crate) mod connection;
mod desks;
mod drain;
mod elsewhere;
pub(crate) mod follower;
mod known;
mod news;
mod telling;

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
};

use axum::extract::ws::Utf8Bytes;
use chrono::{DateTime, Utc};
use domain::{
    IdJanjiTemu, IdPengguna, Pengguna, Role,
    json::{Event, Perangkat},
    notifikasi::Notifikasi,
};

use cluster::Cluster;
use tokio::{sync::Notify, time::Instant};

use connection::{Close, Connection};
pub(crate) use desks::Desk;
use desks::Desks;
pub(crate) use drain::drain;
use elsewhere::Elsewhere;
pub(crate) use elsewhere::Serving;
use follower::{FOLLOWERS_MAX, Follower};
use known::KnownSessions;
pub(crate) use news::{News, VisitNews};

/// Arrivals that desks have told by themselves, at most.
const TOLD_ALONE_MAX: usize = 1000;

/// Versions of visits that were told are remembered, at most.
const TOLD_MAX: usize = 8192;

/// Every connection of this server.
#[derive(Clone, Default)]
pub(crate) struct Hub(Arc<Shared>);

#[derive(Default)]
struct Shared {
    inner: Mutex<Inner>,
    /// The way to the other nodes, where there are any.
    cluster: OnceLock<Cluster>,
    /// Whom this node serves has changed.
    serving_changed: Notify,
}

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
    /// The version of a visit that was told last, where there are other nodes.
    told: HashMap<IdJanjiTemu, i64>,
    elsewhere: Elsewhere,
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
    /// Tells the other nodes, too, from now on.
    pub(crate) fn join(&self, cluster: Cluster) {
        // A server joins once.
        let _ = self.0.cluster.set(cluster);
    }

    /// The way to the other nodes, where there are any.
    pub(crate) fn cluster(&self) -> Option<&Cluster> {
        self.0.cluster.get()
    }

    /// Whether this version of a visit, or a later one, was told here.
    pub(crate) fn has_told(&self, id: IdJanjiTemu, versi: i64) -> bool {
        self.lock().told.get(&id).is_some_and(|told| *told >= versi)
    }

    /// The users and sessions of this node's connections.
    pub(crate) fn sessions_of(&self, id: IdPengguna) -> Vec<String> {
        let inner = self.lock();
        let own = inner.by_pengguna.get(&id).into_iter().flatten();
        own.map(|connection| connection.id_sesi.to_string()).collect()
    }

    /// Whom this node serves.
    pub(crate) fn serving(&self) -> Serving {
        let inner = self.lock();
        let role = |own: &Vec<Arc<Connection>>| own.first().map(|connection| connection.role);
        let of_user = |(id, own): (&IdPengguna, &Vec<Arc<Connection>>)| role(own).map(|role| (*id, role));
        Serving { pengguna: inner.by_pengguna.iter().filter_map(of_user).collect(), meja: inner.desks.list() }
    }

    /// Waits until whom this node serves has changed.
    pub(crate) async fn serving_changed(&self) {
        self.0.serving_changed.notified().await;
    }

    /// Keeps whom another node serves; nothing if it has left. The reception here is told who came and went.
    pub(crate) fn hear_of(&self, node: String, serving: Option<Serving>) {
        let mut inner = self.lock();
        // Most of the time a node only says that it is still there.
        if !serving.as_ref().is_some_and(|serving| inner.elsewhere.hear_again(&node, serving)) {
            inner.change_elsewhere(|elsewhere| elsewhere.hear(node, serving));
        }
    }

    /// Forgets nodes that have been silent since then.
    pub(crate) fn forget_nodes_before(&self, since: Instant) {
        let mut inner = self.lock();
        if inner.elsewhere.is_any_silent_since(since) {
            inner.change_elsewhere(|elsewhere| elsewhere.forget_before(since));
        }
    }

    /// Whether anybody is connected, guests' pages among them.
    pub(crate) fn is_followed(&self) -> bool {
        let inner = self.lock();
        !inner.by_pengguna.is_empty() || !inner.followers.is_empty()
    }

    /// How many connections there are here.
    pub(crate) fn count_connections(&self) -> usize {
        let inner = self.lock();
        let open = |own: &Vec<Arc<Connection>>| own.iter().filter(|connection| connection.is_open()).count();
        inner.by_pengguna.values().map(open).sum()
    }

    /// How many other nodes there are.
    pub(crate) fn count_nodes(&self) -> usize {
        self.lock().elsewhere.count()
    }

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
            if !inner.elsewhere.serves(connection.id_pengguna) {
                inner.tell_presence(connection.id_pengguna, true);
            }
            self.0.serving_changed.notify_one();
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
            if !inner.elsewhere.serves(connection.id_pengguna) {
                inner.tell_presence(connection.id_pengguna, false);
            }
            self.0.serving_changed.notify_one();
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

    /// Wakes whoever keeps a list of visits whenever one has changed.
    pub(crate) fn visits_changed(&self) -> Arc<Notify> {
        self.lock().visits_changed.clone()
    }

    /// Whether a connection of the user still takes events, so that the last published event has reached the user.
    pub(crate) fn reaches(&self, id: IdPengguna) -> bool {
        let inner = self.lock();
        let own = inner.by_pengguna.get(&id);
        own.is_some_and(|own| own.iter().any(|connection| connection.is_open())) || inner.elsewhere.serves(id)
    }

    /// Who is connected.
    pub(crate) fn online(&self) -> HashSet<IdPengguna> {
        let inner = self.lock();
        inner.by_pengguna.keys().copied().chain(inner.elsewhere.users()).collect()
    }

    /// How many of that role are connected.
    pub(crate) fn count_online(&self, role: Role) -> usize {
        let inner = self.lock();
        let is_of_role = |own: &&Vec<Arc<Connection>>| own.iter().any(|connection| connection.role == role);
        let here = inner.by_pengguna.values().filter(is_of_role).count();
        let elsewhere: HashSet<_> = inner.elsewhere.users_of(role).collect();
        here + elsewhere.iter().filter(|id| !inner.by_pengguna.contains_key(id)).count()
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
            self.0.serving_changed.notify_one();
        }
    }

    /// The desks that are connected.
    pub(crate) fn desks(&self) -> Vec<Desk> {
        let inner = self.lock();
        let mut desks = inner.desks.list();
        desks.extend(inner.elsewhere.desks().cloned());
        desks
    }

    /// Remembers whose session was found alive.
    pub(crate) fn remember(&self, id_sesi: &str, pengguna: &Pengguna) {
        self.lock().known.remember(id_sesi, pengguna);
    }

    /// Whose session was found alive not long ago, and was not ended here since.
    pub(crate) fn recall(&self, id_sesi: &str) -> Option<Pengguna> {
        self.lock().known.recall(id_sesi)
    }

    /// The connections of now in so many parts at most, each user's in one.
    pub(crate) fn waves(&self, parts: u32) -> Vec<Vec<Arc<Connection>>> {
        let inner = self.lock();
        let users: Vec<_> = inner.by_pengguna.values().collect();
        let size = users.len().div_ceil(parts.max(1) as usize).max(1);
        users.chunks(size).map(|part| part.iter().copied().flatten().cloned().collect()).collect()
    }

    /// Closes every connection, now and from now on.
    pub(crate) fn close_all(&self, close: Close) {
        let mut inner = self.lock();
        inner.closing = Some(close);
        inner.by_pengguna.values().flatten().for_each(|connection| connection.close(close));
        inner.followers.values().flatten().for_each(|follower| follower.close(close));
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // A panic under the lock leaves nothing that would mislead later callers.
        self.0.inner.lock().unwrap_or_else(PoisonError::into_inner)
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
