//! What slows down guessing: after a few failures in a row an account, and an address, has to wait, at first a second,
//! then twice as long each time, up to 15 minutes and never for ever. A right login never counts, and an account without
//! failures never waits, whatever others do at its address.
//!
//! Accounts and addresses are kept as HMAC, known and unknown ones alike, so that neither the answer nor the table
//! tells which accounts exist.

use std::{net::IpAddr, sync::Arc, time::Instant};

use chrono::{DateTime, Duration, Utc};
use domain::IdPengguna;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use store::{
    Store, StoreError,
    percobaan::{Percobaan, Sidik},
};
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::error::ApiError;

/// Failures of one account that cost nothing: people mistype.
const ACCOUNT_FREE: u32 = 5;
/// Failures from one address that cost nothing: a whole school may share one.
const ADDRESS_FREE: u32 = 30;
const LONGEST_WAIT: Duration = Duration::minutes(15);
/// A row of failures is forgotten after so long without another.
pub(crate) const FORGET_AFTER: Duration = Duration::hours(24);

/// Attempts under way. Those of one account take turns, so that many at once learn no more than one after another.
#[derive(Clone)]
pub(crate) struct Throttle {
    key: [u8; 32],
    accounts: Arc<[Arc<Mutex<Turn>>]>,
    counting: Arc<Mutex<Turn>>,
}

/// What whoever has the turn leaves to those who wait: when the database last did not answer.
#[derive(Default)]
struct Turn {
    away_at: Option<Instant>,
}

impl Turn {
    /// Waits for a turn. Whoever waited while the database did not answer is told the same, or each of many would wait for it
    /// after the other.
    async fn take(turns: &Arc<Mutex<Self>>) -> Result<OwnedMutexGuard<Self>, ApiError> {
        let asked_at = Instant::now();
        let turn = turns.clone().lock_owned().await;
        if turn.away_at.is_some_and(|away_at| away_at > asked_at) {
            return Err(ApiError::Unavailable);
        }
        Ok(turn)
    }

    /// Remembers where the database did not answer.
    fn note<T>(&mut self, answer: store::Result<T>) -> Result<T, ApiError> {
        if matches!(answer, Err(StoreError::Unavailable(_))) {
            self.away_at = Some(Instant::now());
        }
        Ok(answer?)
    }
}

/// An account and an address that try to sign in.
pub(crate) struct Attempt<'a> {
    throttle: &'a Throttle,
    account: Sidik,
    address: Sidik,
    failed_before: bool,
    turn: OwnedMutexGuard<Turn>,
}

impl Throttle {
    /// With the key under which accounts and addresses are kept.
    pub(crate) fn new(key: [u8; 32]) -> Self {
        // More locks than there are logins at once, so that two accounts rarely share one.
        let accounts = (0..1024).map(|_| Arc::default()).collect();
        Self { key, accounts, counting: Arc::default() }
    }

    /// Looks up what happened before, and refuses where it has to wait.
    pub(crate) async fn begin(
        &self,
        store: &dyn Store,
        account: &str,
        address: IpAddr,
        now: DateTime<Utc>,
    ) -> Result<Attempt<'_>, ApiError> {
        let account = sidik(&self.key, "akun", account);
        let address = sidik(&self.key, "alamat", &address.to_canonical().to_string());
        let stripe = usize::from(u16::from_be_bytes([account[0], account[1]])) % self.accounts.len();
        let mut turn = Turn::take(&self.accounts[stripe]).await?;
        let counts = turn.note(store.percobaan().list(vec![account, address]).await)?;
        let failed_before = counts.first().is_some_and(|count| count.gagal > 0);
        // A whole school may sit behind one address: whoever has not failed is not held up by somebody who guesses there.
        let concerned = if failed_before { &counts[..] } else { &[] };
        match concerned.iter().filter_map(|count| count.terkunci_sampai).max() {
            Some(until) if until > now => Err(ApiError::TooMany((until - now).to_std().unwrap_or_default())),
            _ => Ok(Attempt { throttle: self, account, address, failed_before, turn }),
        }
    }
}

impl Attempt<'_> {
    /// It failed: counts it for both.
    pub(crate) async fn failed(
        mut self,
        store: &dyn Store,
        pengguna: Option<IdPengguna>,
        now: DateTime<Utc>,
    ) -> Result<(), ApiError> {
        let counted = self.count(store, pengguna, now).await;
        if matches!(counted, Err(ApiError::Unavailable)) {
            self.turn.away_at = Some(Instant::now());
        }
        counted
    }

    async fn count(
        &self,
        store: &dyn Store,
        pengguna: Option<IdPengguna>,
        now: DateTime<Utc>,
    ) -> Result<(), ApiError> {
        let mut counting = Turn::take(&self.throttle.counting).await?;
        let counts = counting.note(store.percobaan().list(vec![self.account, self.address]).await)?;
        let new = [(self.account, ACCOUNT_FREE), (self.address, ADDRESS_FREE)]
            .into_iter()
            .zip(counts)
            .map(|((sidik, free), before)| (sidik, after_failure(before, free, now)))
            .collect();
        counting.note(store.percobaan().update(new, pengguna).await)
    }

    /// It was right: the account's failures are forgotten. The address's stay, or a guesser with one account of his own
    /// could wipe them.
    pub(crate) async fn succeeded(
        self,
        store: &dyn Store,
        pengguna: Option<IdPengguna>,
    ) -> Result<(), ApiError> {
        if self.failed_before {
            store.percobaan().clear(self.account, pengguna).await?;
        }
        Ok(())
    }
}

fn after_failure(before: Percobaan, free: u32, now: DateTime<Utc>) -> Percobaan {
    let stale = before.terakhir_pada.is_some_and(|last| now - last > FORGET_AFTER);
    let gagal = if stale { 1 } else { before.gagal.saturating_add(1) };
    let terkunci_sampai = (gagal >= free).then(|| now + wait(gagal - free));
    Percobaan { gagal, terkunci_sampai, terakhir_pada: Some(now) }
}

fn wait(beyond_free: u32) -> Duration {
    1_i64.checked_shl(beyond_free.min(20)).map_or(LONGEST_WAIT, Duration::seconds).min(LONGEST_WAIT)
}

fn sidik(key: &[u8; 32], kind: &str, text: &str) -> Sidik {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(kind.as_bytes());
    mac.update(&[0]);
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn whoever_waits_while_the_database_is_away_is_told_with_the_first() {
        let turns = Arc::<Mutex<Turn>>::default();
        let mut first = Turn::take(&turns).await.unwrap_or_else(|_| panic!("nobody was there before"));
        let waiting = tokio::spawn({
            let turns = turns.clone();
            async move { Turn::take(&turns).await.err() }
        });
        tokio::task::yield_now().await;
        let away = first.note(Err::<(), _>(StoreError::Unavailable(String::new())));
        assert!(matches!(away, Err(ApiError::Unavailable)));
        drop(first);
        assert!(matches!(waiting.await, Ok(Some(ApiError::Unavailable))));
        assert!(Turn::take(&turns).await.is_ok(), "whoever comes later asks anew");
    }

    #[test]
    fn waits_grow_to_fifteen_minutes_and_no_further() {
        let waits: Vec<i64> = (0..14).map(|n| wait(n).num_seconds()).collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900]);
        assert_eq!(wait(u32::MAX), LONGEST_WAIT);
    }

    #[test]
    fn the_first_failures_cost_nothing_and_old_ones_are_forgotten() {
        let now: DateTime<Utc> = "2026-11-23T02:00:00Z".parse().unwrap();
        let mut count = Percobaan::default();
        for _ in 1..ACCOUNT_FREE {
            count = after_failure(count, ACCOUNT_FREE, now);
            assert_eq!(count.terkunci_sampai, None);
        }
        count = after_failure(count, ACCOUNT_FREE, now);
        assert_eq!(count.terkunci_sampai, Some(now + Duration::seconds(1)));
        count = after_failure(count, ACCOUNT_FREE, now + FORGET_AFTER + Duration::seconds(1));
        assert_eq!((count.gagal, count.terkunci_sampai), (1, None));
    }
}
