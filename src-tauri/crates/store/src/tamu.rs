//! Storage of guests. Numbers are encrypted before they reach the database and found by a blind index.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{IdTamu, Tamu, Telp, json::Daftar};

use crate::{Cari, Halaman, Result, pengguna::Kredensial};

/// A guest to be entered. Fields are checked and normalised by `domain::isian`.
#[derive(Clone, Debug)]
pub struct TamuBaru {
    /// Full name.
    pub nama: String,
    /// E.164.
    pub telp: Telp,
    /// Lower case.
    pub email: Option<String>,
    /// Where the guest comes from.
    pub instansi: Option<String>,
    /// Now.
    pub waktu: DateTime<Utc>,
}

/// Changes to a guest; a missing field stays as it is.
#[derive(Clone, Debug, Default)]
pub struct UbahTamu {
    /// Full name.
    pub nama: Option<String>,
    /// E.164.
    pub telp: Option<Telp>,
    /// Lower case; `Some(None)` empties it.
    pub email: Option<Option<String>>,
    /// Where the guest comes from; `Some(None)` empties it.
    pub instansi: Option<Option<String>>,
}

/// Guests.
#[async_trait]
pub trait TamuStore: Send + Sync {
    /// Enters a guest and makes the permanent code. Conflict: `TamuTelp`.
    async fn create(&self, baru: TamuBaru) -> Result<Tamu>;
    /// One guest.
    async fn find(&self, id: IdTamu) -> Result<Option<Tamu>>;
    /// One guest by number, with the password's hash.
    async fn find_kredensial(&self, telp: &Telp) -> Result<Option<Kredensial<Tamu>>>;
    /// The same by identity.
    async fn find_kredensial_by_id(&self, id: IdTamu) -> Result<Option<Kredensial<Tamu>>>;
    /// A page of guests: all by name; or those each of whose words looked for begins a word of the name or institution, by
    /// the word found, then by name; or, of a text that may be a number, also those with that number or its end, by name.
    /// Of a search by words, up to [`MAX_TERHITUNG`](crate::halaman::MAX_TERHITUNG) hits are counted.
    async fn list(&self, cari: Option<Cari>, halaman: Halaman) -> Result<Daftar<Tamu>>;
    /// Changes a guest. `NotFound`; conflict: `TamuTelp`.
    async fn update(&self, id: IdTamu, ubah: UbahTamu) -> Result<Tamu>;
    /// Sets a password and revokes every session of the guest. `NotFound`.
    async fn update_password(&self, id: IdTamu, hash: String, waktu: DateTime<Utc>) -> Result<()>;
}
