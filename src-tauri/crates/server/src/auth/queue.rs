//! Who may wait for the hashing of a password, and who goes first.
//!
//! Hashing is slow on purpose, so a few hundred invented logins would keep everyone waiting. A known visitor (signed
//! in, or on a device that has signed in before) has a turn that strangers cannot take. Strangers wait in a queue that
//! is short in all, and short for each network. If it is full, a stranger is told so at once.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::error::ApiError;

/// Strangers from one network who wait or are served. A whole school may share one network.
const STRANGERS_PER_NETWORK: usize = 16;

/// Strangers who wait or are served in all; their last one is served within seconds.
const STRANGERS: usize = 32;

/// Known visitors who wait or are served.
const KNOWN: usize = 64;

/// How long a refused visitor is told to wait.
const COME_BACK: Duration = Duration::from_secs(2);

/// Who wants a password hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Visitor {
    /// Signed in, or on a device that has signed in to the account before.
    Known,
    /// Anybody else, with the address they come from.
    Stranger(IpAddr),
}

/// What a limit counts an address as: an IPv4 address as itself, an IPv6 address as its /64. One household has 2⁶⁴
/// addresses of the latter.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
        address => address,
    }
}

/// Clones are cheap and are the same queue.
#[derive(Clone)]
pub(crate) struct Queue {
    /// One for each core, at least two. One of them is never a stranger's.
    turns: Arc<Semaphore>,
    strangers: Arc<Semaphore>,
    places: Arc<Mutex<Places>>,
}

#[derive(Default)]
struct Places {
    known: usize,
    strangers: usize,
    by_network: HashMap<IpAddr, usize>,
}

/// A place in the queue, until it is dropped.
pub(crate) struct Place {
    visitor: Visitor,
    places: Arc<Mutex<Places>>,
}

/// The right to hash now, until it is dropped.
pub(crate) struct Turn {
    _turn: OwnedSemaphorePermit,
    _stranger: Option<OwnedSemaphorePermit>,
}

impl Queue {
    pub(crate) fn new(cores: usize) -> Self {
        let turns = cores.max(2);
        Self {
            turns: Arc::new(Semaphore::new(turns)),
            strangers: Arc::new(Semaphore::new(turns - 1)),
            places: Arc::default(),
        }
    }

    /// Takes a place. Does not wait if there is none.
    ///
    /// # Errors
    /// [`ApiError::TooMany`] if the network's places are taken, [`ApiError::Busy`] if all are.
    pub(crate) fn enter(&self, visitor: Visitor) -> Result<Place, ApiError> {
        let visitor = match visitor {
            Visitor::Known => visitor,
            Visitor::Stranger(address) => Visitor::Stranger(network(address)),
        };
        let mut places = lock(&self.places);
        match visitor {
            Visitor::Known if places.known >= KNOWN => return Err(ApiError::Busy(COME_BACK)),
            Visitor::Known => places.known += 1,
            Visitor::Stranger(network) => {
                let of_network = places.by_network.get(&network).copied().unwrap_or_default();
                if of_network >= STRANGERS_PER_NETWORK {
                    metrics::counter!("bukutamu_login_queue_full_total").increment(1);
                    return Err(ApiError::TooMany(COME_BACK));
                }
                if places.strangers >= STRANGERS {
                    metrics::counter!("bukutamu_login_queue_full_total").increment(1);
                    return Err(ApiError::Busy(COME_BACK));
                }
                places.strangers += 1;
                places.by_network.insert(network, of_network + 1);
            }
        }
        drop(places);
        Ok(Place { visitor, places: Arc::clone(&self.places) })
    }

    /// Waits for a turn.
    ///
    /// # Errors
    /// [`ApiError::Internal`] if the queue was closed, which nobody does.
    pub(crate) async fn turn(&self, visitor: Visitor) -> Result<Turn, ApiError> {
        let stranger = match visitor {
            Visitor::Known => None,
            Visitor::Stranger(_) => Some(acquire(&self.strangers).await?),
        };
        Ok(Turn { _turn: acquire(&self.turns).await?, _stranger: stranger })
    }
}

impl Place {
    /// Who holds it.
    pub(crate) fn visitor(&self) -> Visitor {
        self.visitor
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut places = lock(&self.places);
        match self.visitor {
            Visitor::Known => places.known -= 1,
            Visitor::Stranger(network) => {
                places.strangers -= 1;
                let left = places.by_network.get(&network).copied().unwrap_or(1) - 1;
                match left {
                    0 => drop(places.by_network.remove(&network)),
                    left => drop(places.by_network.insert(network, left)),
                }
            }
        }
    }
}

async fn acquire(turns: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, ApiError> {
    Arc::clone(turns).acquire_owned().await.map_err(|_| ApiError::Internal)
}

fn lock(places: &Mutex<Places>) -> MutexGuard<'_, Places> {
    places.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    fn stranger(address: &str) -> Visitor {
        Visitor::Stranger(address.parse().unwrap())
    }

    #[test]
    fn one_network_cannot_take_every_place_and_all_together_not_those_of_the_known() {
        let queue = Queue::new(4);
        let mut held: Vec<_> = (0..STRANGERS_PER_NETWORK)
            .map(|n| queue.enter(stranger(&format!("2001:db8::{n:x}"))).unwrap())
            .collect();
        assert!(matches!(queue.enter(stranger("2001:db8::ffff")), Err(ApiError::TooMany(_))));
        for _ in STRANGERS_PER_NETWORK..STRANGERS {
            held.push(queue.enter(stranger("10.0.0.1")).unwrap());
        }
        assert!(matches!(queue.enter(stranger("10.0.0.2")), Err(ApiError::Busy(_))));
        let known: Vec<_> = (0..KNOWN).map(|_| queue.enter(Visitor::Known).unwrap()).collect();
        assert!(matches!(queue.enter(Visitor::Known), Err(ApiError::Busy(_))));
        drop(known);
        held.clear();
        assert!(queue.enter(stranger("10.0.0.2")).is_ok());
        assert!(lock(&queue.places).by_network.is_empty(), "networks that have gone are forgotten");
    }

    #[test]
    fn a_known_one_never_waits_for_strangers() {
        for cores in [1, 2, 8] {
            let queue = Queue::new(cores);
            let mut held = Vec::new();
            while let Some(turn) = queue.turn(stranger("10.0.0.1")).now_or_never() {
                held.push(turn.unwrap());
            }
            assert!(!held.is_empty(), "strangers get on too");
            assert!(queue.turn(Visitor::Known).now_or_never().is_some(), "{cores} cores");
        }
    }

    #[test]
    fn an_address_that_is_written_in_the_newer_way_is_the_same() {
        assert_eq!(network("::ffff:10.0.0.1".parse().unwrap()), network("10.0.0.1".parse().unwrap()));
        assert_ne!(network("10.0.0.1".parse().unwrap()), network("10.0.0.2".parse().unwrap()));
        assert_ne!(network("2001:db8:0:1::1".parse().unwrap()), network("2001:db8:0:2::1".parse().unwrap()));
    }
}
