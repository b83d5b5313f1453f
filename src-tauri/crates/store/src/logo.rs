//! Storage of the school's logo.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use crate::Result;

/// The school's logo, as PNG. It counts as one of the settings: a change gives them another version, so that whoever
/// looks at them is told.
#[async_trait]
pub trait LogoStore: Send + Sync {
    /// The logo; `None` if the school has none.
    async fn find(&self) -> Result<Option<Vec<u8>>>;
    /// When the logo was set; `None` if the school has none.
    async fn find_time(&self) -> Result<Option<DateTime<Utc>>>;
    /// Sets the logo if the settings are still of version `versi`, if one is given. False if somebody else was faster.
    async fn update(&self, png: Vec<u8>, waktu: DateTime<Utc>, versi: Option<i64>) -> Result<bool>;
    /// Takes the logo away, as [`Self::update`] sets it. Nothing happens if there is none.
    async fn delete(&self, versi: Option<i64>) -> Result<bool>;
}
