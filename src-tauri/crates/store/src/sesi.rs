//! Storage of signed-in devices and their refresh tokens, which are kept as SHA-256 only.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{IdPengguna, IdTamu, Pengguna, Tamu};

use crate::{Result, percobaan::FailureKey};

/// SHA-256 of a refresh token.
pub type TokenHash = [u8; 32];

/// Who signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SessionHolder {
    /// A user.
    Pengguna(IdPengguna),
    /// A guest.
    Tamu(IdTamu),
}

/// A device that signs in.
#[derive(Clone)]
pub struct NewSesi {
    /// Random; the family that its refresh tokens belong to.
    pub id: String,
    /// Who.
    pub pemilik: SessionHolder,
    /// The hash that the password was verified against.
    pub password_hash: String,
    /// The device, if it has an identity.
    pub perangkat: Option<Perangkat>,
    /// What an admin recognises the device by.
    pub keterangan: Option<String>,
    /// The first refresh token.
    pub token: TokenHash,
    /// When the refresh token ends.
    pub kedaluwarsa_pada: DateTime<Utc>,
    /// Now.
    pub waktu: DateTime<Utc>,
}

/// A device, which can then be told from others that try the same account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Perangkat {
    /// HMAC of the device.
    pub sidik: FailureKey,
    /// HMAC of the device and the account together.
    pub akun: FailureKey,
}

/// A refresh token to be exchanged.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// The token that is shown.
    pub lama: TokenHash,
    /// Its successor.
    pub baru: TokenHash,
    /// HMAC of the device that shows the token, if it has an identity.
    pub perangkat: Option<FailureKey>,
    /// When the successor ends.
    pub kedaluwarsa_pada: DateTime<Utc>,
    /// Now.
    pub waktu: DateTime<Utc>,
}

/// Who a living session belongs to, as the tables have it now.
#[derive(Clone, Debug)]
pub enum SessionIdentity {
    /// An active user.
    Pengguna(Pengguna),
    /// A guest.
    Tamu(Tamu),
}

/// A living session, as an admin sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SesiRinci {
    /// The session.
    pub id: String,
    /// When it was opened.
    pub dibuat_pada: DateTime<Utc>,
    /// When its device was last heard of.
    pub terakhir_pada: DateTime<Utc>,
    /// What the device is recognised by.
    pub keterangan: Option<String>,
}

/// What became of a refresh token that was shown.
#[derive(Clone, Debug)]
pub enum Rotation {
    /// Exchanged for the new one.
    Disegarkan {
        /// The session.
        id_sesi: String,
        /// Whose.
        siapa: SessionIdentity,
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
///
/// A session lives within [`domain::sesi::SessionBounds`] until it is revoked, as long as its owner is active.
#[async_trait]
pub trait SesiStore: Send + Sync {
    /// Opens a session if its owner may sign in and still has the verified password. Gives whether it did. The device
    /// is known from then on. If the owner has [`domain::sesi::DEVICES_MAX`] devices already, it replaces the one that
    /// was not seen for the longest time.
    async fn create(&self, baru: NewSesi) -> Result<bool>;
    /// Whether the account has signed in from the device; asked by the HMAC of both.
    async fn is_known(&self, akun: FailureKey) -> Result<bool>;
    /// The owner of the session, if the session lives.
    async fn find(&self, id: &str, waktu: DateTime<Utc>) -> Result<Option<SessionIdentity>>;
    /// Exchanges a refresh token, once. Asked again for the same successor, which was not used yet, it answers the
    /// same. The device of the session may exchange it once more within [`domain::sesi::REUSE_GRACE`].
    async fn refresh(&self, pertukaran: Exchange) -> Result<Rotation>;
    /// Ends one session; one that is over stays so.
    async fn revoke(&self, id: &str, waktu: DateTime<Utc>) -> Result<()>;
    /// The living sessions of a user, the one that was heard of last first.
    async fn list(&self, id: IdPengguna, waktu: DateTime<Utc>) -> Result<Vec<SesiRinci>>;
    /// Ends one session of a user. Gives whether it was the user's and lived.
    async fn revoke_of(&self, pemilik: IdPengguna, id: &str, waktu: DateTime<Utc>) -> Result<bool>;
    /// Ends every session of a user.
    async fn revoke_all(&self, pemilik: IdPengguna, waktu: DateTime<Utc>) -> Result<()>;
    /// Deletes sessions that are over at the instant, and devices that nobody has signed in from for
    /// [`domain::sesi::DEVICE_LIFETIME`]; answers how many sessions.
    async fn purge(&self, waktu: DateTime<Utc>) -> Result<u64>;
}
