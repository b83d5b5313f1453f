//! A week of a school with 3,000 pupils, replayed much faster than it passes: about 120 visits a day, 150 gurus whose
//! PCs listen, three desks and an admin, messages, reports and nightly jobs.
//!
//! The server runs in a process of its own with a clock that goes as fast. At night its time leaps from job to job.

pub mod child;
pub mod day;
pub mod people;
pub mod tally;

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::time::{Instant, sleep_until};

/// The school's time, as long as it runs evenly.
#[derive(Clone, Copy, Debug)]
pub struct SchoolTime {
    began: Instant,
    at: DateTime<Utc>,
    speed: u32,
}

impl SchoolTime {
    /// It is `at` there now, and goes on `speed` times as fast as here.
    pub fn from_now(at: DateTime<Utc>, speed: u32) -> Self {
        Self { began: Instant::now(), at, speed }
    }

    /// When it began to run evenly.
    pub fn beginning(&self) -> DateTime<Utc> {
        self.at
    }

    /// Waits until it is that time there.
    pub async fn until(&self, then: DateTime<Utc>) {
        let ahead = (then - self.at).to_std().unwrap_or_default();
        sleep_until(self.began + ahead / self.speed).await;
    }

    /// A span there, as it passes here.
    pub fn here(&self, span: TimeDelta) -> Duration {
        span.to_std().unwrap_or_default() / self.speed
    }
}
