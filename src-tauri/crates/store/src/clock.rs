//! Storage of what is remembered of the clock, so that a leap is noticed across a restart too.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::Result;

/// What is remembered of the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockNote {
    /// The latest time that was believed.
    pub believed: DateTime<Utc>,
    /// Another time that the clock shows since then, not believed yet.
    pub doubt: Option<ClockDoubt>,
}

/// A time that is not believed yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockDoubt {
    /// What the clock showed at the latest look.
    pub told: DateTime<Utc>,
    /// How long it has run evenly, in seconds.
    pub observed_secs: u64,
    /// How long it has to run evenly, in seconds.
    pub needed_secs: u64,
}

/// What is remembered of the clock.
#[async_trait]
pub trait ClockStore: Send + Sync {
    /// The note, if one was kept.
    async fn find(&self) -> Result<Option<ClockNote>>;
    /// Keeps the note in place of the one before.
    async fn update(&self, note: ClockNote) -> Result<()>;
    /// The latest time in any row: when a user, a guest, an appointment or a session was made.
    async fn find_latest_row(&self) -> Result<Option<DateTime<Utc>>>;
}

/// The name of the note among the facts about a database.
pub(crate) const NOTE: &str = "jam";
