//! The time. It is the one thing that a test may set.

pub(crate) mod watch;

use std::{
    fmt,
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::{DateTime, SubsecRound, Utc};

/// Where the server takes the time from. Times have millisecond precision, as the tables do.
#[derive(Clone)]
pub struct Clock {
    now: Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>,
    passing: Passing,
}

/// How time passes, whatever the clock is set to.
#[derive(Clone)]
enum Passing {
    /// By itself, since this instant.
    Itself(Instant),
    /// As a test says.
    Made { uptime: Arc<dyn Fn() -> Duration + Send + Sync>, pause: Arc<dyn Fn(Duration) + Send + Sync> },
}

impl Clock {
    /// The computer's clock.
    pub fn system() -> Self {
        Self::new(Utc::now)
    }

    /// A clock with any source of time. Uptime and pauses are the computer's own.
    pub fn new(source: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self { now: Arc::new(source), passing: Passing::Itself(Instant::now()) }
    }

    /// A clock that a test moves by hand. `pause` is told of a wait, and the wait is over at once.
    pub fn by_hand(
        now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static,
        uptime: impl Fn() -> Duration + Send + Sync + 'static,
        pause: impl Fn(Duration) + Send + Sync + 'static,
    ) -> Self {
        let passing = Passing::Made { uptime: Arc::new(uptime), pause: Arc::new(pause) };
        Self { now: Arc::new(now), passing }
    }

    /// The time now.
    pub fn now(&self) -> DateTime<Utc> {
        (self.now)().trunc_subsecs(3)
    }

    /// The same clock, whose hands stand at this instant.
    pub(crate) fn standing_at(&self, instant: DateTime<Utc>) -> Self {
        Self { now: Arc::new(move || instant), passing: self.passing.clone() }
    }

    /// How long the program has run. Setting the computer's clock does not change it.
    pub(crate) fn uptime(&self) -> Duration {
        match &self.passing {
            Passing::Itself(start) => start.elapsed(),
            Passing::Made { uptime, .. } => uptime(),
        }
    }

    /// Waits. A clock that is moved by hand only tells the test.
    pub(crate) async fn pause(&self, wait: Duration) {
        match &self.passing {
            Passing::Itself(_) => tokio::time::sleep(wait).await,
            Passing::Made { pause, .. } => pause(wait),
        }
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}
