//! Whether the clock can be believed for steps that cannot be undone.
//!
//! If a PC's clock was set 40 days ahead for a moment, that must not close 40 days of appointments. So the program
//! remembers the time that it believed last, over a restart too. It believes the clock as long as the clock goes on
//! from there as the program's own uptime does. After a leap, ahead or back, it believes the clock again once that has
//! run evenly for a while: half an hour after a night or a weekend without power, up to a day of uptime after what
//! looks like months. A clock that was put right is believed at once.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use store::clock::{ClockDoubt, ClockNote};

/// A leap of at most this is believed at once: clocks are put right by so much.
const TOLERANCE: TimeDelta = TimeDelta::minutes(15);

/// If two looks are further apart than this in uptime, the computer slept. Some computers count sleep as uptime, and
/// some do not.
const LONGEST_LOOK: Duration = Duration::from_secs(30 * 60);

/// How long a school is empty at most in the usual run: a weekend with a holiday beside it.
const USUAL_ABSENCE: TimeDelta = TimeDelta::days(4);

/// How long it is empty between two terms.
const LONG_ABSENCE: TimeDelta = TimeDelta::days(31);

/// How long the clock must run evenly after such a leap.
fn needed(leap: TimeDelta) -> Duration {
    const HOUR: u64 = 60 * 60;
    Duration::from_secs(match leap.abs() {
        leap if leap <= USUAL_ABSENCE => HOUR / 2,
        leap if leap <= LONG_ABSENCE => 2 * HOUR,
        _ => 24 * HOUR,
    })
}

/// Whether a clock that tells `now` is too far from the time that was believed last to be taken at its word: back, or
/// further ahead than a school is ever empty.
pub(crate) fn is_far(believed: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    !(-TOLERANCE..=LONG_ABSENCE).contains(&(now - believed))
}

/// What one process has seen of the clock.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    /// The time that was believed, and the uptime at which this process first knew of it.
    believed: Option<(DateTime<Utc>, Duration)>,
    /// What the clock told at the latest look, and the uptime then.
    told: Option<(DateTime<Utc>, Duration)>,
}

/// The result of a look at the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It can be believed.
    Believed,
    /// It leapt. It can be believed after `remaining`, if it does not leap again.
    Doubted { leap: TimeDelta, remaining: Duration },
}

impl Watch {
    /// Looks at a clock that tells `now`. Answers what is to be remembered instead of `note`, which another node may
    /// have kept.
    pub(crate) fn look(
        &mut self,
        note: ClockNote,
        now: DateTime<Utc>,
        uptime: Duration,
    ) -> (ClockNote, Verdict) {
        let told = self.told.take().filter(|(_, at)| uptime.saturating_sub(*at) <= LONGEST_LOOK);
        let known = self.believed.take().filter(|(believed, _)| told.is_some() && *believed == note.believed);
        let since = known.map_or(uptime, |(_, at)| at);
        self.told = Some((now, uptime));

        let leap = now - after(note.believed, uptime - since);
        if leap.abs() <= TOLERANCE {
            return self.believe(now, uptime);
        }
        let doubt = match note.doubt.filter(|doubt| continues(*doubt, told, now, uptime)) {
            Some(doubt) => {
                let observed = told.map_or(Duration::ZERO, |(_, at)| uptime.saturating_sub(at));
                ClockDoubt { told: now, observed_secs: doubt.observed_secs + observed.as_secs(), ..doubt }
            }
            None => ClockDoubt { told: now, observed_secs: 0, needed_secs: needed(leap).as_secs() },
        };
        match doubt.needed_secs.checked_sub(doubt.observed_secs).filter(|secs| *secs > 0) {
            None => self.believe(now, uptime),
            Some(secs) => {
                self.believed = Some((note.believed, since));
                let note = ClockNote { believed: note.believed, doubt: Some(doubt) };
                (note, Verdict::Doubted { leap, remaining: Duration::from_secs(secs) })
            }
        }
    }

    fn believe(&mut self, now: DateTime<Utc>, uptime: Duration) -> (ClockNote, Verdict) {
        self.believed = Some((now, uptime));
        (ClockNote { believed: now, doubt: None }, Verdict::Believed)
    }
}

/// How long the clock of a process has run evenly, whichever schools were open meanwhile.
#[derive(Debug, Default)]
pub(crate) struct Steady {
    /// What the clock told when it began to, and the uptime then.
    since: Option<(DateTime<Utc>, Duration)>,
    /// The uptime at the latest look.
    looked: Duration,
}

impl Steady {
    /// Looks at a clock that tells `now`. Often enough: what was not looked at for long may have been sleep.
    pub(crate) fn look(&mut self, now: DateTime<Utc>, uptime: Duration) {
        let is_even = |(told, at): &(DateTime<Utc>, Duration)| {
            uptime.saturating_sub(self.looked) <= LONGEST_LOOK
                && (now - after(*told, uptime.saturating_sub(*at))).abs() <= TOLERANCE
        };
        if !self.since.as_ref().is_some_and(is_even) {
            self.since = Some((now, uptime));
        }
        self.looked = uptime;
    }

    /// Whether it has run evenly for so long that a time so far from the one that was believed can be believed.
    pub(crate) fn outlasts(&self, believed: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        let evenly = self.since.map_or(Duration::ZERO, |(_, at)| self.looked.saturating_sub(at));
        evenly >= needed(now - believed)
    }
}

/// Whether the clock has run on from where it was doubted: evenly or, if the PC was off meanwhile, by no more than a
/// usual absence.
fn continues(
    doubt: ClockDoubt,
    told: Option<(DateTime<Utc>, Duration)>,
    now: DateTime<Utc>,
    uptime: Duration,
) -> bool {
    match told {
        Some((told, at)) => (now - after(told, uptime.saturating_sub(at))).abs() <= TOLERANCE,
        None => (TimeDelta::zero()..=USUAL_ABSENCE).contains(&(now - doubt.told)),
    }
}

fn after(time: DateTime<Utc>, passed: Duration) -> DateTime<Utc> {
    time + TimeDelta::from_std(passed).unwrap_or_default()
}

#[cfg(test)]
mod tests;
