//! Turns: work that several nodes could do, and one is to do.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use crate::Result;

/// Whose turn it is.
#[async_trait]
pub trait GiliranStore: Send + Sync {
    /// Takes the turn for this work until a time, or keeps it; false while another node has it. A node that ends
    /// without a word loses it then.
    async fn take_giliran(
        &self,
        pekerjaan: &'static str,
        node: &str,
        now: DateTime<Utc>,
        sampai: DateTime<Utc>,
    ) -> Result<bool>;
}

/// The name of a turn among the facts about a database.
pub(crate) fn name(pekerjaan: &str) -> String {
    format!("giliran {pekerjaan}")
}

/// What is kept of it.
pub(crate) fn note(node: &str, sampai: DateTime<Utc>) -> String {
    format!("{node} {}", sampai.timestamp_millis())
}
