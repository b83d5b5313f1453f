//! Storage of failed logins, by HMAC of an account or an address, so that an unknown account leaves the same trace.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::IdPengguna;

use crate::Result;

/// HMAC of an account or an address.
pub type FailureKey = [u8; 32];

/// Failed logins in a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Percobaan {
    /// How many.
    pub gagal: u32,
    /// No login is tried before this instant. It is believed only as far as the count itself justifies it.
    pub terkunci_sampai: Option<DateTime<Utc>>,
    /// The latest.
    pub terakhir_pada: Option<DateTime<Utc>>,
}

/// Failed logins.
#[async_trait]
pub trait PercobaanStore: Send + Sync {
    /// How often logins failed under each of these, in the same order.
    async fn list(&self, sidik: Vec<FailureKey>) -> Result<Vec<Percobaan>>;
    /// Keeps the new counts and forgets empty ones. The first count is of `akun` at one place. `pengguna` is the known
    /// account concerned; its own columns follow the first count.
    async fn update(
        &self,
        baru: Vec<(FailureKey, Percobaan)>,
        akun: FailureKey,
        pengguna: Option<IdPengguna>,
    ) -> Result<()>;
    /// Forgets every failure of an account at whatever place, and the count of `akun` itself.
    async fn forget(&self, akun: FailureKey, pengguna: IdPengguna) -> Result<()>;
    /// Forgets what is older than the instant; returns how many.
    async fn purge(&self, sebelum: DateTime<Utc>) -> Result<u64>;
}
