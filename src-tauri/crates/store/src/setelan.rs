//! Storage of the school's settings.

use async_trait::async_trait;
use domain::Setelan;

use crate::Result;

/// The school's settings.
#[async_trait]
pub trait SetelanStore: Send + Sync {
    /// What was set; the rest as from the start.
    async fn get(&self) -> Result<Setelan>;
    /// Sets everything.
    async fn update(&self, setelan: Setelan) -> Result<()>;
}
