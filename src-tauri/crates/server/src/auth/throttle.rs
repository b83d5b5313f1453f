//! What slows down guessing, and nobody else.
//!
//! - After a few failures in a row an account has to wait *at the place where they were made*. A place is a device that
//!   the account knows, or else a network. The wait is a second at first and doubles with each failure, up to 15
//!   minutes. It never lasts for ever. So nobody can shut an owner out from elsewhere.
//! - If many accounts fail from one network, or one account fails from many networks, strangers there go on one at a
//!   time and ever further apart. A stranger who has not failed there waits some seconds at most, and is never refused
//!   because of others.
//! - A device that has signed in to the account before is held up by nothing but its own failures there.
//!
//! Accounts and places are kept as HMACs, known and unknown ones alike. So neither the answer nor the table tells which
//! accounts exist.

mod rule;

use std::{iter, net::IpAddr, sync::Arc, time::Duration};

use domain::IdPengguna;
use store::{
    Store, StoreError,
    percobaan::{FailureKey, Percobaan},
    sesi::Perangkat,
};
use tokio::{
    sync::{Mutex, OwnedMutexGuard},
    time::{Instant, timeout},
};

use crate::{
    auth::queue::{Place, Queue, Visitor, network},
    clock::Clock,
    error::ApiError,
};

pub(crate) use rule::{FORGET_AFTER, still_locked};

/// How long a stranger waits for those ahead, and once more because of earlier failures. If that is too short, the
/// stranger is told to come back.
const PATIENCE: Duration = Duration::from_secs(4);

/// Attempts under way. Attempts at one account from one place take turns: many at once learn no more than one after
/// another.
#[derive(Clone)]
pub(crate) struct Throttle {
    key: [u8; 32],
    store: Arc<dyn Store>,
    clock: Clock,
    queue: Queue,
    turns: Stripes,
    networks: Stripes,
    accounts: Stripes,
    counting: Arc<Mutex<Turn>>,
}

/// Where an attempt comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Source<'a> {
    /// A session of the account, by its identity.
    Session(&'a str),
    /// A login: from a device if the account knows it, otherwise from an address.
    Login { perangkat: Option<Perangkat>, address: IpAddr },
}

/// One attempt to sign in to an account.
pub(crate) struct Attempt {
    throttle: Throttle,
    place: Arc<Place>,
    /// The account at this place.
    pair: FailureKey,
    /// The account wherever it is tried.
    akun: FailureKey,
    /// For a stranger: the network, and the account wherever it is tried.
    shared: Option<[FailureKey; 2]>,
    failed_before: bool,
    turn: OwnedMutexGuard<Turn>,
    _lanes: Vec<OwnedMutexGuard<Turn>>,
}

impl Throttle {
    /// `key` makes the HMACs of accounts and places.
    pub(crate) fn new(key: [u8; 32], store: Arc<dyn Store>, clock: Clock, queue: Queue) -> Self {
        let (turns, networks, accounts) = (Stripes::new(), Stripes::new(), Stripes::new());
        Self { key, store, clock, queue, turns, networks, accounts, counting: Arc::default() }
    }

    /// Waits for the attempt's turn. Refuses it if earlier failures ask for a longer wait.
    ///
    /// # Errors
    /// [`ApiError::TooMany`] or [`ApiError::Busy`], with how long to wait; [`ApiError::Unavailable`].
    pub(crate) async fn begin(&self, account: &str, source: Source<'_>) -> Result<Attempt, ApiError> {
        let (visitor, place_name) = self.recognise(source).await?;
        let place = Arc::new(self.queue.enter(visitor)?);
        let pair = self.sidik("akun di tempat", &[account.as_bytes(), &place_name]);
        let akun = self.everywhere(account);
        let shared = match visitor {
            Visitor::Known => None,
            Visitor::Stranger(_) => Some([self.sidik("jaringan", &[&place_name]), akun]),
        };
        let mut turn = self.turns.take(&pair).await?;
        let counts = turn.note(self.counts(pair, akun, shared).await)?;
        let now = self.clock.now();
        if let Some(wait) = rule::wait(&counts[0], now) {
            return Err(ApiError::TooMany(wait));
        }
        let mut lanes = Vec::new();
        if let Some([network, account]) = shared {
            if rule::NETWORK.interval(&counts[1], now).is_some() {
                lanes.push(self.follow(&self.networks, network, rule::NETWORK).await?);
            }
            if rule::ACCOUNT.interval(&counts[2], now).is_some() {
                let is_innocent = rule::is_fresh(&counts[0], now);
                let rule = if is_innocent { rule::ACCOUNT_ELSEWHERE } else { rule::ACCOUNT };
                lanes.push(self.follow(&self.accounts, account, rule).await?);
            }
        }
        let failed_before = counts[0].gagal > 0;
        Ok(Attempt { throttle: self.clone(), place, pair, akun, shared, failed_before, turn, _lanes: lanes })
    }

    /// Forgets every failure of an account, so that nobody waits because of them.
    pub(crate) async fn forget(&self, account: &str, pengguna: IdPengguna) -> Result<(), ApiError> {
        Ok(self.store.percobaan().forget(self.everywhere(account), pengguna).await?)
    }

    /// The account wherever it is tried.
    fn everywhere(&self, account: &str) -> FailureKey {
        self.sidik("akun di mana-mana", &[account.as_bytes()])
    }

    /// Whether the visitor is known, and what identifies their place.
    async fn recognise(&self, source: Source<'_>) -> Result<(Visitor, Vec<u8>), ApiError> {
        match source {
            Source::Session(id) => Ok((Visitor::Known, format!("sesi {id}").into_bytes())),
            Source::Login { perangkat, address } => {
                if let Some(perangkat) = perangkat
                    && self.store.sesi().is_known(perangkat.akun).await?
                {
                    return Ok((Visitor::Known, [b"perangkat ", &perangkat.sidik[..]].concat()));
                }
                let place = format!("jaringan {}", network(address));
                Ok((Visitor::Stranger(address), place.into_bytes()))
            }
        }
    }

    /// The counts that concern an attempt. If a clock that was ahead kept some, they are put right in the database.
    /// Otherwise each look would have to put them right again.
    async fn counts(
        &self,
        pair: FailureKey,
        akun: FailureKey,
        shared: Option<[FailureKey; 2]>,
    ) -> store::Result<Vec<Percobaan>> {
        let sidik: Vec<_> = [pair].into_iter().chain(shared.into_iter().flatten()).collect();
        let found = self.store.percobaan().list(sidik.clone()).await?;
        let now = self.clock.now();
        let counts: Vec<_> = found.iter().map(|count| rule::believed(*count, now)).collect();
        if counts != found {
            let rows = sidik.into_iter().zip(counts.iter().copied()).collect();
            self.store.percobaan().update(rows, akun, None).await?;
        }
        Ok(counts)
    }

    /// Waits for the strangers ahead, and then as long as earlier failures ask for.
    async fn follow(
        &self,
        lanes: &Stripes,
        sidik: FailureKey,
        rule: rule::Shared,
    ) -> Result<OwnedMutexGuard<Turn>, ApiError> {
        let lane = timeout(PATIENCE, lanes.take(&sidik)).await;
        let mut lane = lane.map_err(|_| ApiError::TooMany(PATIENCE))??;
        let found = lane.note(self.store.percobaan().list(vec![sidik]).await)?;
        let now = self.clock.now();
        let count = rule::believed(found.first().copied().unwrap_or_default(), now);
        match rule.wait(&count, now) {
            Duration::ZERO => {}
            wait if wait > PATIENCE => return Err(ApiError::TooMany(wait)),
            wait => self.clock.pause(wait).await,
        }
        Ok(lane)
    }

    fn sidik(&self, kind: &str, parts: &[&[u8]]) -> FailureKey {
        // Lengths stand before the parts, so that no two lists of parts run into each other.
        let lengths: Vec<_> = parts.iter().map(|part| (part.len() as u64).to_be_bytes()).collect();
        let parts = lengths.iter().zip(parts).flat_map(|(length, part)| [&length[..], part]);
        let message: Vec<_> = iter::once(kind.as_bytes()).chain(parts).collect();
        domain::hmac_sha256(&self.key, &message)
    }
}

impl Attempt {
    /// The attempt's place in the queue for hashing.
    pub(crate) fn place(&self) -> Arc<Place> {
        Arc::clone(&self.place)
    }

    /// Counts a failure.
    pub(crate) async fn failed(mut self, pengguna: Option<IdPengguna>) -> Result<(), ApiError> {
        let counted = self.count(pengguna, |before, now| {
            let is_new = rule::is_fresh(&before[0], now);
            let shared = before[1..].iter().zip([rule::NETWORK, rule::ACCOUNT]);
            let shared = shared.map(|(count, rule)| rule.after_failure(count, is_new, now));
            [rule::after_failure(before[0], now)].into_iter().chain(shared).collect()
        });
        let counted = counted.await;
        if matches!(counted, Err(ApiError::Unavailable | ApiError::Slow)) {
            self.turn.away_at = Some(Instant::now());
        }
        counted
    }

    /// Forgets the account's failures at this place, and what they added to the shared counts.
    pub(crate) async fn succeeded(self, pengguna: Option<IdPengguna>) -> Result<(), ApiError> {
        if !self.failed_before {
            return Ok(());
        }
        self.count(pengguna, |before, now| {
            let shared = before[1..].iter().zip([rule::NETWORK, rule::ACCOUNT]);
            let shared = shared.map(|(count, rule)| rule.after_success(count, now));
            [Percobaan::default()].into_iter().chain(shared).collect()
        })
        .await
    }

    async fn count(
        &self,
        pengguna: Option<IdPengguna>,
        next: impl FnOnce(&[Percobaan], chrono::DateTime<chrono::Utc>) -> Vec<Percobaan>,
    ) -> Result<(), ApiError> {
        let throttle = &self.throttle;
        let mut counting = Turn::take(&throttle.counting).await?;
        let before = counting.note(throttle.counts(self.pair, self.akun, self.shared).await)?;
        let after = next(&before, throttle.clock.now());
        let sidik = [self.pair].into_iter().chain(self.shared.into_iter().flatten());
        let rows = sidik.zip(after).collect();
        counting.note(throttle.store.percobaan().update(rows, self.akun, pengguna).await)
    }
}

/// More locks than there are logins at once, so that two rarely share one.
#[derive(Clone)]
struct Stripes(Arc<[Arc<Mutex<Turn>>]>);

impl Stripes {
    fn new() -> Self {
        Self((0..1024).map(|_| Arc::default()).collect())
    }

    async fn take(&self, sidik: &FailureKey) -> Result<OwnedMutexGuard<Turn>, ApiError> {
        Turn::take(&self.0[usize::from(u16::from_be_bytes([sidik[0], sidik[1]])) % self.0.len()]).await
    }
}

/// A turn. It tells those who wait when the database last did not answer.
#[derive(Default)]
struct Turn {
    away_at: Option<Instant>,
}

impl Turn {
    /// Waits for a turn. If the database did not answer meanwhile, the caller is told the same. Otherwise many would
    /// wait for it one after another.
    async fn take(turns: &Arc<Mutex<Self>>) -> Result<OwnedMutexGuard<Self>, ApiError> {
        let asked_at = Instant::now();
        let turn = turns.clone().lock_owned().await;
        if turn.away_at.is_some_and(|away_at| away_at > asked_at) {
            return Err(ApiError::Unavailable);
        }
        Ok(turn)
    }

    /// Notes the time if the database did not answer.
    fn note<T>(&mut self, answer: store::Result<T>) -> Result<T, ApiError> {
        if matches!(answer, Err(StoreError::Unavailable(_) | StoreError::Slow(_))) {
            self.away_at = Some(Instant::now());
        }
        Ok(answer?)
    }
}
