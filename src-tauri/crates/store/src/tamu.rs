//! Storage of guests. Numbers are encrypted before they reach the database and found by a blind index.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    IdPengguna, IdTamu, Tamu, Telp,
    json::Daftar,
    tamu::{TamuDetails, TamuRecord},
};

use crate::{
    PageRequest, Result, SearchTerms,
    pengguna::{Credentials, NewPassword},
};

/// A guest to be entered. Fields are checked and normalised by `domain::isian`.
#[derive(Clone, Debug)]
pub struct NewTamu {
    /// Full name.
    pub nama: String,
    /// E.164; missing if the guest has no phone.
    pub telp: Option<Telp>,
    /// Lower case.
    pub email: Option<String>,
    /// Where the guest comes from.
    pub instansi: Option<String>,
    /// Now.
    pub waktu: DateTime<Utc>,
}

impl NewTamu {
    /// What guests say about themselves.
    pub fn keterangan(&self) -> TamuDetails<'_> {
        TamuDetails { nama: &self.nama, email: self.email.as_deref(), instansi: self.instansi.as_deref() }
    }
}

/// Changes to a guest; a missing field stays as it is.
#[derive(Clone, Debug, Default)]
pub struct TamuCorrection {
    /// Full name.
    pub nama: Option<String>,
    /// E.164; `Some(None)` empties it.
    pub telp: Option<Option<Telp>>,
    /// Lower case; `Some(None)` empties it.
    pub email: Option<Option<String>>,
    /// Where the guest comes from; `Some(None)` empties it.
    pub instansi: Option<Option<String>>,
    /// What the guest agrees to; `Some(None)` withdraws it. To agree to the same again changes nothing.
    pub setuju: Option<Option<Consent>>,
}

impl TamuCorrection {
    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        !self.is_shown() && self.setuju.is_none()
    }

    /// Whether anything changes that appointments show.
    pub fn is_shown(&self) -> bool {
        self.nama.is_some() || self.telp.is_some() || self.email.is_some() || self.instansi.is_some()
    }
}

/// A guest's consent.
#[derive(Clone, Debug)]
pub struct Consent {
    /// To which text.
    pub versi: String,
    /// Now.
    pub waktu: DateTime<Utc>,
}

/// What became of a request to erase a guest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// When it was asked for, first.
    pub diminta_pada: DateTime<Utc>,
    /// The guest is erased.
    pub selesai: bool,
}

/// A guest whom a guru's search finds.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundTamu {
    /// The guest.
    pub tamu: Tamu,
    /// Whether the guru has, or had, an appointment with the guest.
    pub tamu_guru: bool,
}

/// Guests.
#[async_trait]
pub trait TamuStore: Send + Sync {
    /// Enters a guest and makes the permanent code. Conflict: `TamuTelp`.
    async fn create(&self, baru: NewTamu) -> Result<Tamu>;
    /// One guest; `None` also if the guest was erased.
    async fn find(&self, id: IdTamu) -> Result<Option<Tamu>>;
    /// What is kept about a guest besides what the desk sees; of one who was erased too.
    async fn find_record(&self, id: IdTamu) -> Result<Option<TamuRecord>>;
    /// One guest by number, with the password's hash.
    async fn find_kredensial(&self, telp: &Telp) -> Result<Option<Credentials<Tamu>>>;
    /// The same by identity.
    async fn find_kredensial_by_id(&self, id: IdTamu) -> Result<Option<Credentials<Tamu>>>;
    /// A page of guests. Without a search, all of them by name. With a search, those that it finds, at most
    /// [`MAX_HITS`](crate::halaman::MAX_HITS), which it also counts.
    ///
    /// A search finds guests in this order: those with the number, or, by name, with a number that ends so; those who
    /// have the words in a row, by what follows the words; those who have them in a row from the second word on, and
    /// so on; those who have the words apart. The last are found as far as one of the words leads there within as many
    /// entries of the index.
    async fn list(&self, cari: Option<SearchTerms>, halaman: PageRequest) -> Result<Daftar<Tamu>>;
    /// A page of the guests that a guru's search finds. If the text is a whole number, the guest who has it. Otherwise
    /// guests of the guru's own appointments, by name, who have the words or a number that ends so.
    async fn list_untuk_guru(
        &self,
        id_guru: IdPengguna,
        cari: SearchTerms,
        halaman: PageRequest,
    ) -> Result<Daftar<FoundTamu>>;
    /// Whether the guru has, or had, an appointment with the guest; false if there is no such guest.
    async fn is_tamu_guru(&self, id: IdTamu, id_guru: IdPengguna) -> Result<bool>;
    /// Changes a guest, and the `versi` of the open appointments that show the guest. `NotFound`; conflict: `TamuTelp`.
    async fn update(&self, id: IdTamu, ubah: TamuCorrection) -> Result<Tamu>;
    /// Erases a guest: nothing is left that tells who it was, and every session ends. Visits stay, to be counted. If
    /// the guest is awaited or in the building, only the request is kept. A repeated request changes nothing.
    /// `NotFound`.
    async fn erase(&self, id: IdTamu, waktu: DateTime<Utc>) -> Result<Erasure>;
    /// Takes a request to be erased back, if it was not carried out.
    async fn keep(&self, id: IdTamu) -> Result<()>;
    /// Sets a password and revokes every session of the guest. A temporary password also makes the guest's devices
    /// unknown. `NotFound`, also if the old password is no longer the current one.
    async fn update_password(&self, id: IdTamu, baru: NewPassword) -> Result<()>;
}
