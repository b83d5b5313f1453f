//! When what failed is tried again: soon at first, and then once an hour until it goes well.

use chrono::{DateTime, TimeDelta, Utc};

/// The pauses after the first failures of a night.
const PAUSES: [TimeDelta; 3] = [TimeDelta::minutes(10), TimeDelta::minutes(20), TimeDelta::minutes(30)];

/// The pause from then on.
const LASTING: TimeDelta = TimeDelta::hours(1);

/// Failures after which it does not mend itself any more.
const FEW: usize = 3;

/// The failures since it last went well.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Retry {
    failures: usize,
    next: Option<DateTime<Utc>>,
}

impl Retry {
    /// Counts a failure.
    pub(super) fn failed(&mut self, now: DateTime<Utc>) {
        self.next = Some(now + PAUSES.get(self.failures).copied().unwrap_or(LASTING));
        self.failures += 1;
    }

    /// Whether it is too early for another try. A clock that was set back does not make the pause longer.
    pub(super) fn is_waiting(&self, now: DateTime<Utc>) -> bool {
        self.next.is_some_and(|next| now < next && next - now <= LASTING)
    }

    /// Whether it has failed so often that somebody must look.
    pub(super) fn is_stuck(&self) -> bool {
        self.failures >= FEW
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> DateTime<Utc> {
        "2026-11-29T19:00:00Z".parse::<DateTime<Utc>>().expect("a time") + TimeDelta::minutes(minute)
    }

    #[test]
    fn pauses_grow_and_the_last_one_stays() {
        let (mut retry, mut tries) = (Retry::default(), Vec::new());
        for minute in 0..=300 {
            if !retry.is_waiting(at(minute)) {
                tries.push(minute);
                retry.failed(at(minute));
            }
        }
        assert_eq!(tries, [0, 10, 30, 60, 120, 180, 240, 300]);
    }

    #[test]
    fn a_clock_that_is_set_back_delays_nothing() {
        let mut retry = Retry::default();
        retry.failed(at(0));
        assert!(retry.is_waiting(at(9)) && !retry.is_waiting(at(10)) && !retry.is_waiting(at(-60)));
        assert!(!retry.is_stuck());
        retry.failed(at(10));
        retry.failed(at(30));
        assert!(retry.is_stuck());
    }
}
