//! The time, as the one thing that a test may set.

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

/// How time passes, whatever anybody sets the clock to.
#[derive(Clone)]
enum Passing {
    /// By itself, since this instant.
    Itself(Instant),
    /// As a test lets it.
    Made { uptime: Arc<dyn Fn() -> Duration + Send + Sync>, pause: Arc<dyn Fn(Duration) + Send + Sync> },
}

impl Clock {
    /// The computer's clock.
    pub fn system() -> Self {
        Self::new(Utc::now)
    }

    /// Any source of time. What passes of it is what passes for the computer.
    pub fn new(source: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self { now: Arc::new(source), passing: Passing::Itself(Instant::now()) }
    }

    /// A clock that is moved by hand: `pause` is told of a wait, which is over at once.
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

    /// How long the program has run. Nobody sets this one.
    pub(crate) fn uptime(&self) -> Duration {
        match &self.passing {
            Passing::Itself(start) => start.elapsed(),
            Passing::Made { uptime, .. } => uptime(),
        }
    }

    /// Waits.
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
