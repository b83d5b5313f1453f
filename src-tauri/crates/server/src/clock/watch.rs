//! Whether the clock can be believed with what cannot be undone.
//!
//! A PC whose clock was set 40 days ahead, for a moment, must not close 40 days of appointments. So the time that was believed
//! last is remembered, over a restart too, and the clock is believed as long as it goes on from there as the program's own
//! uptime does. After a leap, ahead or back, it is believed again once it has run evenly for a while: half an hour after a night
//! or a weekend without power, up to a day of uptime after what looks like months. A clock that was put right is
//! believed at once.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use store::clock::{ClockDoubt, ClockNote};

/// Clocks are put right by so much without a word.
const TOLERANCE: TimeDelta = TimeDelta::minutes(15);

/// More uptime than this between two looks: the computer slept, which some count as uptime and some do not.
const LONGEST_LOOK: Duration = Duration::from_secs(30 * 60);

/// How long a school is empty as a matter of course, with the weekend and a holiday beside it.
const USUAL_ABSENCE: TimeDelta = TimeDelta::days(4);

/// How long it is empty between two terms.
const LONG_ABSENCE: TimeDelta = TimeDelta::days(31);

/// How long the clock must run evenly after it leapt by so much.
fn needed(leap: TimeDelta) -> Duration {
    const HOUR: u64 = 60 * 60;
    Duration::from_secs(match leap.abs() {
        leap if leap <= USUAL_ABSENCE => HOUR / 2,
        leap if leap <= LONG_ABSENCE => 2 * HOUR,
        _ => 24 * HOUR,
    })
}

/// What one process has seen of the clock.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    /// The time that was believed, and the uptime at which this process first knew of it.
    believed: Option<(DateTime<Utc>, Duration)>,
    /// What the clock told at the latest look, and the uptime then.
    told: Option<(DateTime<Utc>, Duration)>,
}

/// What a look at the clock comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It can be believed.
    Believed,
    /// It leapt, and can be believed in so long, if it does not leap again.
    Doubted { leap: TimeDelta, remaining: Duration },
}

impl Watch {
    /// Looks at a clock that tells `now`; answers what is to be remembered instead of `note`, which other nodes may have kept.
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

/// Whether the clock has run on from where it was doubted: evenly, or over a time in which the PC was off as it usually is.
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
