//! Storage of reviews: columns of the appointment.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
pub use domain::ulasan::{BintangGuru, Hiding, Ulasan};
use domain::{IdJanjiTemu, IdPengguna, JanjiTemu, jadwal::Span, json::Daftar};

use crate::{PageRequest, Result, SearchTerms};

/// Which reviews a list shows.
#[derive(Clone, Debug, Default)]
pub struct UlasanFilter {
    /// Only those of visits to this guru.
    pub id_guru: Option<IdPengguna>,
    /// Only those with so many stars.
    pub rating: Option<u8>,
    /// Only those left within.
    pub waktu: Option<Span>,
    /// Only those whose comment is hidden, or is not.
    pub tersembunyi: Option<bool>,
    /// Only those with each of these words in the names of guest, visitor or guru, in the purpose, or in the comment.
    pub cari: Option<SearchTerms>,
    /// Only those that stand behind this one in the list.
    pub setelah: Option<(DateTime<Utc>, IdJanjiTemu)>,
}

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
    /// The review of a visit.
    async fn find(&self, id: IdJanjiTemu) -> Result<Option<Ulasan>>;
    /// A page of reviews, newest first. More than 100 000 are counted as so many.
    async fn list(&self, saring: UlasanFilter, halaman: PageRequest) -> Result<Daftar<Ulasan>>;
    /// The first so many of them, uncounted.
    async fn list_plain(&self, saring: UlasanFilter, jumlah: u32) -> Result<Vec<Ulasan>>;
    /// Hides a review's comment, or shows it again. False if the visit has no review; nothing was changed then.
    async fn hide(&self, id: IdJanjiTemu, hiding: Option<Hiding>) -> Result<bool>;
    /// The stars that were given within the span, or ever, by guru, in the order of their names.
    async fn count(&self, waktu: Option<Span>) -> Result<Vec<BintangGuru>>;
}
