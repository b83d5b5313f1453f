//! Storage of reviews: columns of the appointment.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
pub use domain::ulasan::{RingkasanGuru, Ulasan};
use domain::{IdJanjiTemu, JanjiTemu, json::Daftar};

use crate::{PageRequest, Result};

/// Reviews.
#[async_trait]
pub trait UlasanStore: Send + Sync {
    /// Leaves a review on a finished visit that has none, if the desk recorded its arrival and departure. `None`
    /// otherwise; nothing was changed then.
    async fn create(
        &self,
        id: IdJanjiTemu,
        rating: u8,
        komentar: Option<String>,
        waktu: DateTime<Utc>,
    ) -> Result<Option<JanjiTemu>>;
    /// A page of reviews, newest first.
    async fn list(&self, halaman: PageRequest) -> Result<Daftar<Ulasan>>;
    /// Reviews by guru, best first.
    async fn ringkasan(&self) -> Result<Vec<RingkasanGuru>>;
}
