//! Storage of the days on which the school is closed.

use async_trait::async_trait;
use chrono::NaiveDate;
use domain::hari_libur::HariLibur;

use crate::Result;

/// Holidays, one a day. A change counts as one of the settings, so that every node and every page looks again.
#[async_trait]
pub trait HariLiburStore: Send + Sync {
    /// Those of these days, both included, in their order.
    async fn list(&self, dari: NaiveDate, sampai: NaiveDate) -> Result<Vec<HariLibur>>;
    /// Sets these days, all or none. A day that was entered by hand stays if a file brings it.
    async fn set(&self, libur: Vec<HariLibur>) -> Result<()>;
    /// Removes some days and sets others, all or none.
    async fn replace(&self, hapus: Vec<NaiveDate>, isi: Vec<HariLibur>) -> Result<()>;
    /// Removes a day; `false` if it is none of them.
    async fn delete(&self, tanggal: NaiveDate) -> Result<bool>;
}
