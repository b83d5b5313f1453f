//! How often a caller may ask. Each caller has a bucket that fills steadily. Only the moment at which it will be full
//! again is kept (the generic cell rate algorithm, ITU-T I.371).

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use super::Caller;
use crate::address::Network;

/// Callers that have a bucket of their own. All further callers share one: nobody needs so many addresses except to get
/// around a limit.
const CALLERS_MAX: usize = 16_384;

/// How often somebody may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// In the long run, one request is allowed in this time.
    pub every: Duration,
    /// Requests that are allowed at once after a pause; at least 1.
    pub burst: u32,
}

impl Rate {
    /// `count` requests a second in the long run, and `burst` at once.
    pub fn per_second(count: u32, burst: u32) -> Self {
        Self { every: Duration::from_secs(1) / count.max(1), burst }
    }
}

/// When each caller's bucket is full again. A caller who is not in the map has a full bucket.
#[derive(Clone, Default)]
pub(super) struct Rates(Arc<Mutex<HashMap<Caller, Instant>>>);

impl Rates {
    /// Takes `tenths` tenths of a request out of the caller's bucket.
    ///
    /// # Errors
    /// If the bucket holds too little: how long until it holds enough. Nothing is taken then.
    pub(super) fn spend(&self, caller: &Caller, rate: Rate, tenths: u32) -> Result<(), Duration> {
        let now = Instant::now();
        let mut full_at = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if full_at.len() >= CALLERS_MAX && !full_at.contains_key(caller) {
            full_at.retain(|_, full_at| *full_at > now);
        }
        let shared = Caller::Network(Network::of([0, 0, 0, 0].into()));
        let is_kept = full_at.len() < CALLERS_MAX || full_at.contains_key(caller);
        let caller = if is_kept { caller } else { &shared };
        let before = full_at.get(caller).map_or(now, |full_at| (*full_at).max(now));
        let after = before + rate.every * tenths / 10;
        let missing = (after - now).saturating_sub(rate.every * rate.burst.max(1));
        if !missing.is_zero() {
            metrics::counter!("bukutamu_requests_too_often_total").increment(1);
            return Err(missing);
        }
        full_at.insert(caller.clone(), after);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::advance;

    use super::*;

    const RATE: Rate = Rate { every: Duration::from_millis(100), burst: 3 };

    fn user(name: &str) -> Caller {
        Caller::User(name.into())
    }

    #[tokio::test(start_paused = true)]
    async fn who_asks_too_often_waits_until_the_bucket_has_filled() {
        let rates = Rates::default();
        let ask = |who: &str, tenths| rates.spend(&user(who), RATE, tenths);
        for _ in 0..3 {
            assert_eq!(ask("satu", 10), Ok(()));
        }
        assert_eq!(ask("satu", 10), Err(Duration::from_millis(100)));
        assert_eq!(ask("satu", 10), Err(Duration::from_millis(100)), "a refusal costs nothing");
        assert_eq!(ask("dua", 10), Ok(()), "another's bucket is another's");
        advance(Duration::from_millis(100)).await;
        assert_eq!(ask("satu", 10), Ok(()));
        assert!(ask("satu", 10).is_err());
        advance(Duration::from_secs(3600)).await;
        assert_eq!((0..30).filter(|_| ask("satu", 1).is_ok()).count(), 30, "a file costs a tenth");
        assert!(ask("satu", 1).is_err(), "and no bucket holds more than it can");
    }

    #[tokio::test(start_paused = true)]
    async fn no_more_callers_are_kept_than_there_may_be() {
        let rates = Rates::default();
        let network = |n: u32| Caller::Network(Network::of(n.to_be_bytes().into()));
        let many = u32::try_from(CALLERS_MAX).unwrap();
        let answered = (0..many + 100).filter(|n| rates.spend(&network(n + 1), RATE, 10).is_ok()).count();
        assert_eq!(rates.0.lock().unwrap().len(), CALLERS_MAX + 1, "and the bucket that the others share");
        assert!(answered < CALLERS_MAX + 10, "those beyond share one bucket: {answered}");
        advance(Duration::from_secs(1)).await;
        assert_eq!(rates.spend(&user("baru"), RATE, 10), Ok(()));
        assert_eq!(rates.0.lock().unwrap().len(), 1, "full buckets are forgotten");
    }
}
