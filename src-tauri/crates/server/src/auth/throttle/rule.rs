//! How failures add up, and what they cost. A stored time never makes a wait longer than the count gives reason for, so
//! a clock that was ahead makes no wait longer.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use store::percobaan::Percobaan;

/// A row of failures is forgotten if no other follows within this time.
pub(crate) const FORGET_AFTER: TimeDelta = TimeDelta::hours(24);

/// Failures of one account from one place that cost nothing: people mistype.
pub(super) const FREE: u32 = 5;

const LONGEST_WAIT: TimeDelta = TimeDelta::minutes(15);

/// The count as it can be believed at `now`. A last failure in the future counts as one at `now`.
pub(super) fn believed(count: Percobaan, now: DateTime<Utc>) -> Percobaan {
    match count.terakhir_pada {
        Some(last) if last > now => failed(count.gagal, now),
        _ => count,
    }
}

/// How long an account still has to wait at one place; `None` if it need not.
pub(super) fn wait(count: &Percobaan, now: DateTime<Utc>) -> Option<Duration> {
    let until = count.terakhir_pada? + wait_after(count.gagal)?;
    (until - now).to_std().ok().filter(|wait| !wait.is_zero())
}

/// Until when an account has to wait, as a list shows it; a clock that was ahead is not believed.
pub(crate) fn still_locked(until: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    until.filter(|until| *until > now && *until <= now + LONGEST_WAIT)
}

/// The count after one more failure.
pub(super) fn after_failure(before: Percobaan, now: DateTime<Utc>) -> Percobaan {
    failed(if is_fresh(&before, now) { 1 } else { before.gagal.saturating_add(1) }, now)
}

/// Whether there was no failure before, or none that still counts.
pub(super) fn is_fresh(count: &Percobaan, now: DateTime<Utc>) -> bool {
    count.gagal == 0 || count.terakhir_pada.is_none_or(|last| now - last > FORGET_AFTER)
}

fn failed(gagal: u32, now: DateTime<Utc>) -> Percobaan {
    Percobaan { gagal, terkunci_sampai: wait_after(gagal).map(|wait| now + wait), terakhir_pada: Some(now) }
}

fn wait_after(gagal: u32) -> Option<TimeDelta> {
    let doubled = gagal.checked_sub(FREE)?;
    Some(TimeDelta::seconds(1 << doubled.min(10)).min(LONGEST_WAIT))
}

/// What strangers share: the failing accounts of one network, or the networks from which one account fails. If there
/// are too many, strangers go on one at a time, with a pause between two. Counts run down by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shared {
    /// Failures that cost nothing.
    free: u32,
    /// One failure is forgotten each time this has passed.
    runs_down: TimeDelta,
    longest: TimeDelta,
}

/// A whole school may sit behind one network. A right password there is served within seconds.
pub(super) const NETWORK: Shared =
    Shared { free: 10, runs_down: TimeDelta::minutes(2), longest: TimeDelta::seconds(3) };

/// Nobody signs in from many networks. Guesses come from thousands of them.
pub(super) const ACCOUNT: Shared =
    Shared { free: 8, runs_down: TimeDelta::minutes(10), longest: TimeDelta::seconds(60) };

/// The same for a place that has not failed itself. It waits some seconds, and is never refused because of others.
pub(super) const ACCOUNT_ELSEWHERE: Shared = Shared { longest: TimeDelta::seconds(4), ..ACCOUNT };

impl Shared {
    /// The pause between two strangers now; `None` if there is none.
    pub(super) fn interval(self, count: &Percobaan, now: DateTime<Utc>) -> Option<TimeDelta> {
        let doubled = self.left(count, now).checked_sub(self.free + 1)?;
        Some(TimeDelta::seconds(1 << doubled.min(10)).min(self.longest))
    }

    /// How long the next stranger has to wait.
    pub(super) fn wait(self, count: &Percobaan, now: DateTime<Utc>) -> Duration {
        let until =
            self.interval(count, now).zip(count.terakhir_pada).map(|(interval, last)| last + interval);
        until.and_then(|until| (until - now).to_std().ok()).unwrap_or_default()
    }

    /// The count after a failure. `is_new` says that it is the first of this account from this network.
    pub(super) fn after_failure(self, before: &Percobaan, is_new: bool, now: DateTime<Utc>) -> Percobaan {
        let gagal = self.left(before, now).saturating_add(is_new.into());
        Percobaan { gagal, terkunci_sampai: None, terakhir_pada: Some(now) }
    }

    /// The count after a success that follows failures: somebody had mistyped. It goes down by one only. Otherwise a
    /// guesser with one account of their own could wipe it.
    pub(super) fn after_success(self, before: &Percobaan, now: DateTime<Utc>) -> Percobaan {
        match self.left(before, now).saturating_sub(1) {
            0 => Percobaan::default(),
            gagal => Percobaan { gagal, ..*before },
        }
    }

    fn left(self, count: &Percobaan, now: DateTime<Utc>) -> u32 {
        let passed = count.terakhir_pada.map_or(TimeDelta::zero(), |last| now - last);
        let forgotten = passed.num_seconds() / self.runs_down.num_seconds();
        count.gagal.saturating_sub(u32::try_from(forgotten.max(0)).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-11-23T02:00:00Z".parse().unwrap()
    }

    fn after(gagal: u32) -> Percobaan {
        failed(gagal, now())
    }

    #[test]
    fn waits_grow_to_fifteen_minutes_and_no_further() {
        let secs = |gagal| wait(&after(gagal), now()).map_or(0, |wait| wait.as_secs());
        let waits: Vec<_> = (3..19).map(secs).collect();
        assert_eq!(waits, [0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900]);
        assert_eq!(secs(u32::MAX), 900);
    }

    #[test]
    fn old_failures_are_forgotten() {
        let next = after_failure(after(20), now() + FORGET_AFTER);
        assert_eq!(next.gagal, 21);
        let next = after_failure(after(20), now() + FORGET_AFTER + TimeDelta::seconds(1));
        assert_eq!((next.gagal, next.terkunci_sampai), (1, None));
        assert_eq!(after_failure(Percobaan::default(), now()).gagal, 1);
    }

    #[test]
    fn a_clock_that_was_set_back_makes_no_wait_longer() {
        for ahead in [TimeDelta::minutes(10), TimeDelta::hours(1), TimeDelta::days(1096)] {
            // Two seconds, written by a clock that was ahead.
            let count = failed(FREE + 1, now() + ahead);
            let count = believed(count, now());
            assert_eq!(wait(&count, now()), Some(Duration::from_secs(2)), "{ahead} ahead");
            assert_eq!(wait(&count, now() + TimeDelta::seconds(2)), None, "{ahead} ahead");
        }
        assert_eq!(believed(after(7), now() + TimeDelta::hours(1)), after(7));
    }

    #[test]
    fn whatever_deadline_is_stored_only_the_count_decides() {
        let years = Percobaan { terkunci_sampai: Some(now() + TimeDelta::days(1096)), ..after(FREE) };
        assert_eq!(wait(&years, now()), Some(Duration::from_secs(1)));
        assert_eq!(wait(&Percobaan { gagal: FREE - 1, ..years }, now()), None);
    }

    #[test]
    fn strangers_at_a_network_go_on_ever_further_apart_and_never_more_than_seconds() {
        let secs = |gagal| NETWORK.wait(&after(gagal), now()).as_secs();
        let waits: Vec<_> = (9..17).map(secs).collect();
        assert_eq!(waits, [0, 0, 1, 2, 3, 3, 3, 3]);
        assert_eq!(NETWORK.wait(&after(100), now() + TimeDelta::seconds(3)), Duration::ZERO);
        assert_eq!(ACCOUNT.wait(&after(100), now()).as_secs(), 60);
    }

    #[test]
    fn shared_counts_run_down() {
        assert!(NETWORK.interval(&after(80), now() + TimeDelta::minutes(138)).is_some());
        assert!(NETWORK.interval(&after(80), now() + TimeDelta::minutes(140)).is_none());
        let later = NETWORK.after_failure(&after(80), true, now() + TimeDelta::minutes(100));
        assert_eq!(later.gagal, 31);
        assert_eq!(NETWORK.after_failure(&after(80), false, now()).gagal, 80, "the same account once more");
        assert_eq!(NETWORK.after_success(&after(80), now()).gagal, 79);
        assert_eq!(NETWORK.after_success(&after(1), now()), Percobaan::default());
        assert_eq!(NETWORK.after_success(&after(0), now()), Percobaan::default());
    }
}
