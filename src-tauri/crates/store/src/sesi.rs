//! Storage of signed-in devices and their refresh tokens, which are kept as SHA-256 only.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{IdPengguna, IdTamu, Pengguna, Tamu};

use crate::Result;

/// SHA-256 of a refresh token.
pub type TokenHash = [u8; 32];

/// Who signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pemilik {
    /// A user.
    Pengguna(IdPengguna),
    /// A guest.
    Tamu(IdTamu),
}

/// A device that signs in.
#[derive(Clone)]
pub struct SesiBaru {
    /// Random; the family that its refresh tokens belong to.
    pub id: String,
    /// Who.
    pub pemilik: Pemilik,
    /// The first refresh token.
    pub token: TokenHash,
    /// When the refresh token ends.
    pub kedaluwarsa_pada: DateTime<Utc>,
    /// Now.
    pub waktu: DateTime<Utc>,
}

/// Who a living session belongs to, as the tables have it now.
#[derive(Clone, Debug)]
pub enum Siapa {
    /// An active user.
    Pengguna(Pengguna),
    /// A guest.
    Tamu(Tamu),
}

/// What became of a refresh token that was shown.
#[derive(Clone, Debug)]
pub enum Penyegaran {
    /// Exchanged for the new one.
    Disegarkan {
        /// The session.
        id_sesi: String,
        /// Whose.
        siapa: Siapa,
    },
    /// It was exchanged before: somebody has a copy. The session has been ended.
    DipakaiUlang {
        /// The session.
        id_sesi: String,
    },
    /// Unknown, ended, or its owner is no longer active.
    Ditolak,
}

/// Signed-in devices.
#[async_trait]
pub trait SesiStore: Send + Sync {
    /// Signs a device in.
    async fn create(&self, baru: SesiBaru) -> Result<()>;
    /// Whose session it is, as long as it lives and its owner is active.
    async fn find(&self, id: &str, waktu: DateTime<Utc>) -> Result<Option<Siapa>>;
    /// Exchanges a refresh token, once. Asked again for the same successor, which was not used yet, it answers the same.
    async fn refresh(
        &self,
        lama: TokenHash,
        baru: TokenHash,
        kedaluwarsa_pada: DateTime<Utc>,
        waktu: DateTime<Utc>,
    ) -> Result<Penyegaran>;
    /// Ends one session; one that is over stays so.
    async fn revoke(&self, id: &str, waktu: DateTime<Utc>) -> Result<()>;
    /// Deletes sessions that ended before the instant; answers how many.
    async fn purge(&self, sebelum: DateTime<Utc>) -> Result<u64>;
}
