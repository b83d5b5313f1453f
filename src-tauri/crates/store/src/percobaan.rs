//! Storage of failed logins, by HMAC of an account or an address, so that an unknown account leaves the same trace.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::IdPengguna;

use crate::Result;

/// HMAC of an account or an address.
pub type Sidik = [u8; 32];

/// Failed logins in a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Percobaan {
    /// How many.
    pub gagal: u32,
    /// Nothing is tried before this instant. Believed no further than the count itself gives reason for.
    pub terkunci_sampai: Option<DateTime<Utc>>,
    /// The latest.
    pub terakhir_pada: Option<DateTime<Utc>>,
}

/// Failed logins.
#[async_trait]
pub trait PercobaanStore: Send + Sync {
    /// How often it failed under each of these, in the same order.
    async fn list(&self, sidik: Vec<Sidik>) -> Result<Vec<Percobaan>>;
    /// Keeps the new counts, of which an empty one is forgotten; `pengguna` is the known account concerned, whose own columns follow the
    /// first of them.
    async fn update(&self, baru: Vec<(Sidik, Percobaan)>, pengguna: Option<IdPengguna>) -> Result<()>;
    /// Forgets what is older than the instant; answers how many.
    async fn purge(&self, sebelum: DateTime<Utc>) -> Result<u64>;
}
