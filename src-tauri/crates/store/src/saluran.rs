//! Storage of channels: how each is set up, encrypted, and how it is.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::pesan::{AlasanPesan, Saluran};

use crate::Result;

/// A channel as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptSaluran {
    /// Which.
    pub nama: Saluran,
    /// How it is set up, encrypted; none if it is not.
    pub konfigurasi: Option<Vec<u8>>,
    /// Whether something is wrong with it, and what.
    pub alasan: Option<AlasanPesan>,
    /// When it was tried last.
    pub diperiksa_pada: Option<DateTime<Utc>>,
    /// Grows with every change of how it is set up.
    pub versi: i64,
}

/// The place that a channel's set-up is encrypted for.
pub fn place_of(nama: Saluran) -> String {
    format!("saluran {}", nama.as_str())
}

/// Channels.
#[async_trait]
pub trait SaluranStore: Send + Sync {
    /// Those that were ever set up or tried.
    async fn list(&self) -> Result<Vec<KeptSaluran>>;
    /// Sets a channel up; `None` takes it away. What was wrong with it is forgotten.
    async fn configure(&self, nama: Saluran, konfigurasi: Option<Vec<u8>>) -> Result<()>;
    /// Keeps how a channel was found to be. True if that is another state than before.
    async fn note(&self, nama: Saluran, alasan: Option<AlasanPesan>, now: DateTime<Utc>) -> Result<bool>;
    /// Takes the next turn of a channel whose messages are spaced. `Ok(None)`: it was taken, and the next one is at
    /// `berikut`. Otherwise the instant from which on a turn can be taken.
    async fn take_turn(
        &self,
        nama: Saluran,
        now: DateTime<Utc>,
        berikut: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>>;
}
