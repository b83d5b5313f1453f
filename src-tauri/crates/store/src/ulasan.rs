//! Storage of reviews: columns of the appointment.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{IdJanjiTemu, IdPengguna, JanjiTemu, json::Daftar};
use serde::{Deserialize, Serialize};

use crate::{Halaman, Result};

/// A review as an admin reads it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ulasan {
    /// The visit.
    pub id_janji_temu: IdJanjiTemu,
    /// Who was visited.
    pub id_guru: IdPengguna,
    /// That guru's name.
    pub nama_guru: String,
    /// Who visited.
    pub nama_tamu: String,
    /// 1 to 5.
    pub rating: u8,
    /// In the guest's words.
    pub komentar: Option<String>,
    /// When it was left.
    pub ulasan_pada: DateTime<Utc>,
}

/// How a guru's visits were rated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RingkasanGuru {
    /// The guru.
    pub id_guru: IdPengguna,
    /// That guru's name.
    pub nama_guru: String,
    /// Reviews.
    pub jumlah: u32,
    /// Mean of their stars.
    pub rating_rata_rata: f64,
}

/// Reviews.
#[async_trait]
pub trait UlasanStore: Send + Sync {
    /// Leaves a review on a finished visit that has none. `None` where it has one or is not finished; nothing was changed then.
    async fn create(
        &self,
        id: IdJanjiTemu,
        rating: u8,
        komentar: Option<String>,
        waktu: DateTime<Utc>,
    ) -> Result<Option<JanjiTemu>>;
    /// A page of reviews, newest first.
    async fn list(&self, halaman: Halaman) -> Result<Daftar<Ulasan>>;
    /// Reviews by guru, best first.
    async fn ringkasan(&self) -> Result<Vec<RingkasanGuru>>;
}
