//! A place for every connection: how many there are, whose they are, and which give way if there are too many.
//!
//! A connection is *proven* once it has shown a genuine token, or if it comes from a trusted proxy. If a limit is
//! reached, the newcomer comes in and an unproven connection gives way: the oldest of the network that holds most. So a
//! client that opens connections and says nothing, or reads nothing, keeps nobody out. Some places are for proven
//! connections only.

use std::{
    collections::{BTreeMap, HashMap},
    hash::{DefaultHasher, Hash, Hasher},
    io,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use super::place::Owner;
pub(crate) use super::place::Place;
use crate::address::{Network, TrustedProxies};

/// Unproven connections of one network at once. A whole school may sit behind one address.
const UNPROVEN_OF_ONE: usize = 512;

/// Unproven connections at once.
const UNPROVEN: usize = 2048;

/// A user keeps this many proven connections even if there are too many in all.
const FAIR_SHARE: usize = 64;

/// Networks that are remembered because somebody signed in there. Their connections give way after others.
const KNOWN: usize = 4096;

/// A connection of a known network weighs this many times less than another.
const KNOWN_WEIGHT: usize = 4;

/// The log tells of a reached limit at most once in this time.
const TELL_EVERY: Duration = Duration::from_secs(60);

/// How many connections there may be at once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Caps {
    all: usize,
    unproven: usize,
    unproven_of_one: usize,
}

impl Caps {
    /// At most `wanted`, and few enough that the database and the log keep files of their own.
    pub(crate) fn new(wanted: usize, open_files_max: usize) -> Self {
        let kept = (open_files_max / 4).clamp(32, 512);
        let all = wanted.min(open_files_max.saturating_sub(kept)).max(8);
        let unproven = UNPROVEN.min(all - all / 4);
        Self { all, unproven, unproven_of_one: UNPROVEN_OF_ONE.min(unproven) }
    }
}

/// Every connection's place.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    caps: Caps,
    proxies: Arc<TrustedProxies>,
    inner: Arc<Mutex<Inner>>,
}

#[derive(Debug, Default)]
struct Inner {
    next: u64,
    /// By network, the oldest first.
    unproven: HashMap<Network, BTreeMap<u64, Arc<Place>>>,
    unproven_count: usize,
    proven: HashMap<u64, Arc<Place>>,
    known: HashMap<Network, u64>,
    told_at: Option<Instant>,
}

impl Default for Places {
    fn default() -> Self {
        Self::new(Caps::new(usize::MAX, usize::MAX), TrustedProxies::default())
    }
}

impl Places {
    /// Connections of `proxies` are proven from the start.
    pub(crate) fn new(caps: Caps, proxies: TrustedProxies) -> Self {
        Self { caps, proxies: Arc::new(proxies), inner: Arc::default() }
    }

    /// A place for a newcomer; `None` if connections that need not give way take every place.
    pub(crate) fn take(&self, ip: IpAddr) -> Option<Arc<Place>> {
        let network = Network::of(ip);
        let is_proxy = self.proxies.contains(ip);
        let mut inner = self.lock();
        let mut gave_way = false;
        if !is_proxy {
            let of_one = inner.unproven.get(&network).map_or(0, BTreeMap::len);
            if of_one >= self.caps.unproven_of_one {
                gave_way |= inner.end_oldest_of(network);
            } else if inner.unproven_count >= self.caps.unproven {
                gave_way |= inner.end_unproven();
            }
        }
        if inner.count() >= self.caps.all {
            gave_way |= inner.end_unproven() || inner.end_proven();
        }
        let is_full = inner.count() >= self.caps.all;
        if gave_way || is_full {
            inner.tell(self.caps);
        }
        if is_full {
            metrics::counter!("bukutamu_connections_refused_total").increment(1);
            return None;
        }
        let number = inner.next;
        inner.next += 1;
        let place = Arc::new(Place::new(number, network, is_proxy));
        if is_proxy {
            inner.proven.insert(number, place.clone());
        } else {
            inner.unproven.entry(network).or_default().insert(number, place.clone());
            inner.unproven_count += 1;
        }
        metrics::gauge!("bukutamu_connections").increment(1.0);
        Some(place)
    }

    /// Marks a connection as proven: `owner` has shown a genuine token over it.
    pub(crate) fn prove(&self, place: &Arc<Place>, owner: &str) {
        if place.is_proven() {
            return;
        }
        let mut hasher = DefaultHasher::new();
        owner.hash(&mut hasher);
        let mut inner = self.lock();
        if inner.take_unproven(place) {
            place.prove(Owner::User(hasher.finish()));
            inner.proven.insert(place.number, place.clone());
            inner.remember(place.network, place.number);
        }
    }

    /// Frees the place of a connection that has ended.
    pub(crate) fn leave(&self, place: &Place) {
        let mut inner = self.lock();
        if !inner.take_unproven(place) {
            inner.proven.remove(&place.number);
        }
        metrics::gauge!("bukutamu_connections").decrement(1.0);
    }

    /// Ends connections whose client has not taken an answer within this time.
    pub(crate) fn end_overdue(&self, within: Duration) {
        let mut inner = self.lock();
        let all = inner.unproven.values().flat_map(BTreeMap::values).chain(inner.proven.values());
        let overdue: Vec<_> = all.filter(|place| place.is_overdue(within)).cloned().collect();
        overdue.iter().for_each(|place| inner.end(place));
    }

    /// Makes an unproven connection give way, because the system gave no new one. Most likely too many files are open.
    pub(crate) fn could_not_accept(&self, error: &io::Error) {
        let mut inner = self.lock();
        inner.end_unproven();
        if inner.may_tell() {
            tracing::error!(%error, open = inner.count(), "no connection can be accepted");
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Nothing under the lock can leave it half changed.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn count(&self) -> usize {
        self.unproven_count + self.proven.len()
    }

    fn take_unproven(&mut self, place: &Place) -> bool {
        let Some(of_one) = self.unproven.get_mut(&place.network) else { return false };
        let found = of_one.remove(&place.number).is_some();
        if of_one.is_empty() {
            self.unproven.remove(&place.network);
        }
        self.unproven_count -= usize::from(found);
        found
    }

    fn end(&mut self, place: &Arc<Place>) {
        if self.take_unproven(place) || self.proven.remove(&place.number).is_some() {
            metrics::counter!("bukutamu_connections_ended_total").increment(1);
            place.end();
        }
    }

    fn end_oldest_of(&mut self, network: Network) -> bool {
        let oldest = self.unproven.get(&network).and_then(|of_one| of_one.values().next()).cloned();
        oldest.inspect(|place| self.end(place)).is_some()
    }

    /// Ends the oldest of the network that holds most.
    fn end_unproven(&mut self) -> bool {
        let weight = |network: Network, count: usize| {
            let is_known = network.is_loopback() || self.known.contains_key(&network);
            if is_known { count } else { count * KNOWN_WEIGHT }
        };
        let fullest = self.unproven.iter().max_by_key(|(network, of_one)| weight(**network, of_one.len()));
        let fullest = fullest.map(|(network, _)| *network);
        fullest.is_some_and(|network| self.end_oldest_of(network))
    }

    /// Ends the oldest of the user who holds most, if that is more than [`FAIR_SHARE`].
    fn end_proven(&mut self) -> bool {
        let mut held: HashMap<u64, usize> = HashMap::new();
        let mut oldest: HashMap<u64, &Arc<Place>> = HashMap::new();
        for place in self.proven.values() {
            let Some(Owner::User(user)) = place.owner() else { continue };
            *held.entry(user).or_default() += 1;
            let first = oldest.entry(user).or_insert(place);
            if place.number < first.number {
                *first = place;
            }
        }
        let most = held.into_iter().max_by_key(|(_, count)| *count).filter(|(_, count)| *count > FAIR_SHARE);
        let place = most.and_then(|(user, _)| oldest.remove(&user)).cloned();
        place.inspect(|place| self.end(place)).is_some()
    }

    fn remember(&mut self, network: Network, number: u64) {
        if self.known.len() >= KNOWN && !self.known.contains_key(&network) {
            let longest_ago = self.known.iter().min_by_key(|(_, number)| **number).map(|(known, _)| *known);
            longest_ago.map(|known| self.known.remove(&known));
        }
        self.known.insert(network, number);
    }

    fn tell(&mut self, caps: Caps) {
        if self.may_tell() {
            let (open, proven) = (self.count(), self.proven.len());
            tracing::warn!(
                open,
                proven,
                limit = caps.all,
                limit_unproven = caps.unproven,
                "too many connections: the oldest that have shown no token give way, or newcomers are refused"
            );
        }
    }

    fn may_tell(&mut self) -> bool {
        let now = Instant::now();
        let is_time = self.told_at.is_none_or(|told_at| now - told_at >= TELL_EVERY);
        if is_time {
            self.told_at = Some(now);
        }
        is_time
    }
}

#[cfg(test)]
mod tests;
