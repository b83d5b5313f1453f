//! The server's time, as far as this PC knows it. What happens at a desk is entered as of that time, so a PC whose
//! clock is off enters nothing at a wrong hour.

use std::{fmt, sync::Arc, time::Duration};

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};

/// This PC's clock, and how long the program has run. It is the one thing that a test may set.
#[derive(Clone)]
pub struct Clock {
    now: Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>,
    uptime: Arc<dyn Fn() -> Duration + Send + Sync>,
}

impl Clock {
    /// The computer's own. Its uptime counts the hours that it slept.
    pub fn system() -> Self {
        Self::new(Utc::now, uptime())
    }

    /// Any clock. `uptime` goes on evenly, whatever `now` is set to.
    pub fn new(
        now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static,
        uptime: impl Fn() -> Duration + Send + Sync + 'static,
    ) -> Self {
        Self { now: Arc::new(now), uptime: Arc::new(uptime) }
    }

    pub(super) fn uptime(&self) -> Duration {
        (self.uptime)()
    }

    fn now(&self) -> DateTime<Utc> {
        (self.now)()
    }
}

/// How long the program has run.
#[cfg(target_os = "linux")]
fn uptime() -> impl Fn() -> Duration + Send + Sync + 'static {
    // `Instant` stands still on Linux while the computer sleeps.
    let read = || {
        let now = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
        Duration::new(now.tv_sec.unsigned_abs(), u32::try_from(now.tv_nsec).unwrap_or_default())
    };
    let start = read();
    move || read().saturating_sub(start)
}

/// How long the program has run.
#[cfg(not(target_os = "linux"))]
fn uptime() -> impl Fn() -> Duration + Send + Sync + 'static {
    let start = std::time::Instant::now();
    move || start.elapsed()
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

/// The server's time: by how long ago it was told, or, after a restart, by how far this PC's clock was off then.
#[derive(Debug)]
pub(super) struct ServerTime {
    clock: Clock,
    told: Option<(DateTime<Utc>, Duration)>,
    offset: TimeDelta,
}

impl ServerTime {
    /// `offset` is how far the server's clock was ahead when this PC last heard of it.
    pub(super) fn new(clock: Clock, offset: TimeDelta) -> Self {
        Self { clock, told: None, offset }
    }

    /// The server has just told its time. Gives how far it is ahead.
    pub(super) fn learn(&mut self, server: DateTime<Utc>) -> TimeDelta {
        self.told = Some((server, self.clock.uptime()));
        self.offset = server - self.clock.now();
        self.offset
    }

    /// It is not earlier than this: a clock that says otherwise, as one whose battery is empty, counts on from here.
    pub(super) fn not_before(&mut self, known: DateTime<Utc>) {
        if self.now() < known {
            self.told = Some((known, self.clock.uptime()));
        }
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        let by_offset = || self.clock.now() + self.offset;
        let since = |at| TimeDelta::from_std(self.clock.uptime().saturating_sub(at)).unwrap_or_default();
        let now = self.told.map_or_else(by_offset, |(server, at)| server + since(at));
        now.trunc_subsecs(3)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_clock_that_is_off_or_set_meanwhile_does_not_matter() {
        let pc = Arc::new(Mutex::new((at("2026-11-23T01:00:00Z"), Duration::ZERO)));
        let (now, uptime) = (pc.clone(), pc.clone());
        let clock = Clock::new(move || now.lock().unwrap().0, move || uptime.lock().unwrap().1);
        let mut time = ServerTime::new(clock.clone(), TimeDelta::zero());
        let offset = time.learn(at("2026-11-23T02:00:00Z"));
        assert_eq!(offset, TimeDelta::hours(1));

        *pc.lock().unwrap() = (at("2031-01-01T00:00:00Z"), Duration::from_secs(300));
        assert_eq!(time.now(), at("2026-11-23T02:05:00Z"), "somebody set the PC's clock");

        pc.lock().unwrap().0 = at("2026-11-23T06:00:00Z");
        assert_eq!(
            ServerTime::new(clock.clone(), offset).now(),
            at("2026-11-23T07:00:00Z"),
            "after a restart"
        );

        pc.lock().unwrap().0 = at("2000-01-01T00:00:00Z");
        let mut time = ServerTime::new(clock, offset);
        time.not_before(at("2026-11-23T07:30:00Z"));
        pc.lock().unwrap().1 += Duration::from_secs(60);
        assert_eq!(time.now(), at("2026-11-23T07:31:00Z"), "a clock without a battery");
    }
}
