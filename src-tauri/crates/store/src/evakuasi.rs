//! Storage of evacuations: who is in the building, who began and ended one, and who was seen safe.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::evakuasi::{EvacuationChange, EvacuationState};

use crate::Result;

/// Evacuations.
#[async_trait]
pub trait EvakuasiStore: Send + Sync {
    /// Who came since `sejak` and is still in the building, with what the evacuation that goes on knows of them.
    async fn get(&self, sejak: DateTime<Utc>) -> Result<EvacuationState>;
    /// Makes a change true as [`EvacuationState::apply`] does. Made again, it changes nothing. A tick of a visit that
    /// is gone is forgotten.
    async fn apply(&self, change: &EvacuationChange) -> Result<()>;
}
