//! Storage of the school's logo.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use crate::Result;

/// The school's logo, as PNG.
#[async_trait]
pub trait LogoStore: Send + Sync {
    /// The logo; `None` if the school has none.
    async fn find(&self) -> Result<Option<Vec<u8>>>;
    /// Sets the logo.
    async fn update(&self, png: Vec<u8>, waktu: DateTime<Utc>) -> Result<()>;
    /// Takes the logo away. Nothing happens if there is none.
    async fn delete(&self) -> Result<()>;
}
