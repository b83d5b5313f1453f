//! A clock that stands still until a test moves it.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration as Passed,
};

use chrono::{DateTime, Duration, Utc};
use server::Clock;

/// The server's time, which the test sets.
#[derive(Clone)]
pub struct StillClock(Arc<Mutex<Hands>>);

struct Hands {
    now: DateTime<Utc>,
    /// The time that has passed, whatever the clock was set to.
    uptime: Passed,
}

impl StillClock {
    /// A clock that stands at an instant in RFC 3339.
    pub fn at(text: &str) -> Self {
        Self(Arc::new(Mutex::new(Hands { now: instant(text), uptime: Passed::ZERO })))
    }

    /// The time now.
    pub fn now(&self) -> DateTime<Utc> {
        self.hands().now
    }

    /// Sets it to an instant in RFC 3339, as a person sets a clock. No time passes.
    pub fn set(&self, text: &str) {
        self.hands().now = instant(text);
    }

    /// Sets it forwards or back. No time passes.
    pub fn leap(&self, by: Duration) {
        self.hands().now += by;
    }

    /// Lets time pass.
    pub fn advance(&self, by: Duration) {
        let mut hands = self.hands();
        hands.now += by;
        hands.uptime += by.to_std().expect("time passes forwards; `leap` sets a clock back");
    }

    /// The time that has passed since the start.
    pub fn uptime(&self) -> Passed {
        self.hands().uptime
    }

    /// The same clock for the server. Its waits are over at once, and their time has passed.
    pub fn for_server(&self) -> Clock {
        let (now, uptime, pause) = (self.clone(), self.clone(), self.clone());
        let pause = move |wait| pause.advance(Duration::from_std(wait).expect("no wait is that long"));
        Clock::by_hand(move || now.now(), move || uptime.uptime(), pause)
    }

    fn hands(&self) -> MutexGuard<'_, Hands> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap_or_else(|error| panic!("{text} is no instant: {error}"))
}
