//! Storage of guests. Numbers are encrypted before they reach the database and found by a blind index.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    IdPengguna, IdTamu, Tamu, Telp,
    gabung::Gabungan,
    jadwal::Span,
    json::Daftar,
    tamu::{TamuDetails, TamuRecord},
};

use crate::{
    PageRequest, Result, SearchTerms,
    gabung::NewGabung,
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

/// Which guests a list shows.
#[derive(Clone, Debug, Default)]
pub struct TamuFilter {
    /// Only those whom the search finds.
    pub cari: Option<SearchTerms>,
    /// Only those who asked to be erased and are not yet.
    pub hapus_diminta: bool,
    /// Only those who have agreed to nothing.
    pub tanpa_persetujuan: bool,
}

impl From<Option<SearchTerms>> for TamuFilter {
    fn from(cari: Option<SearchTerms>) -> Self {
        Self { cari, ..Self::default() }
    }
}

/// What the visits of a guest come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TamuFigures {
    /// The first arrival.
    pub kunjungan_pertama: Option<DateTime<Utc>>,
    /// The last.
    pub kunjungan_terakhir: Option<DateTime<Utc>>,
    /// Visits to which somebody came.
    pub jumlah_kunjungan: u64,
    /// Of these, those in somebody else's name.
    pub jumlah_atas_nama: u64,
    /// Appointments to which nobody came.
    pub jumlah_tidak_hadir: u64,
    /// Appointments to come.
    pub jumlah_akan_datang: u64,
    /// Reviews.
    pub jumlah_ulasan: u64,
    /// Reviews with words.
    pub jumlah_komentar: u64,
    /// Messages to the guest, or about a visit.
    pub jumlah_pesan: u64,
}

/// A guest who was erased. Nothing of it tells who that was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ErasedTamu {
    /// Identity.
    pub id: IdTamu,
    /// When the guest was entered. A book that went back to a backup gives the same identity to somebody else.
    pub dibuat_pada: DateTime<Utc>,
    /// When the guest was erased.
    pub dianonimkan_pada: DateTime<Utc>,
}

/// Erased guests that are listed at once.
pub const ERASED_AT_ONCE: usize = 10_000;

/// How a guest is erased.
#[derive(Clone, Copy, Debug)]
pub struct NewErasure {
    /// Appointments to which nobody has come yet are called off first, unless the guest is in the building.
    pub batalkan: bool,
    /// Now.
    pub waktu: DateTime<Utc>,
}

/// Guests of a span of time whom a desk is told of, at most.
pub const PENGUNJUNG_MAX: usize = 20_000;

/// Guests.
#[async_trait]
pub trait TamuStore: Send + Sync {
    /// Enters a guest and makes the permanent code. Conflict: `TamuTelp`.
    async fn create(&self, baru: NewTamu) -> Result<Tamu>;
    /// One guest, or the one whom that guest was merged into; `None` also if the guest was erased.
    async fn find(&self, id: IdTamu) -> Result<Option<Tamu>>;
    /// What is kept about a guest besides what the desk sees; of one who was erased too.
    async fn find_record(&self, id: IdTamu) -> Result<Option<TamuRecord>>;
    /// One guest by number, with the password's hash. The number of a merged guest is the kept one's too.
    async fn find_kredensial(&self, telp: &Telp) -> Result<Option<Credentials<Tamu>>>;
    /// The same by identity.
    async fn find_kredensial_by_id(&self, id: IdTamu) -> Result<Option<Credentials<Tamu>>>;
    /// A page of guests who are neither erased nor merged. Without a search, all of them by name, counted up to
    /// [`MAX_COUNTED`](crate::halaman::MAX_COUNTED). With a search, those that it finds, at most
    /// [`MAX_HITS`](crate::halaman::MAX_HITS), which it also counts.
    ///
    /// A search finds guests in this order: those with the number, or, by name, with a number that ends so; those who
    /// have the words in a row, by what follows the words; those who have them in a row from the second word on, and
    /// so on; those who have the words apart. The last are found as far as one of the words leads there within as many
    /// entries of the index.
    async fn list(&self, saring: TamuFilter, halaman: PageRequest) -> Result<Daftar<Tamu>>;
    /// A page of the guests that a guru's search finds. If the text is a whole number, the guest who has it. Otherwise
    /// guests of the guru's own appointments, by name, who have the words or a number that ends so.
    async fn list_untuk_guru(
        &self,
        id_guru: IdPengguna,
        cari: SearchTerms,
        halaman: PageRequest,
    ) -> Result<Daftar<FoundTamu>>;
    /// The guests of the visits in the span who are neither erased nor merged, the newest first; at most
    /// [`PENGUNJUNG_MAX`].
    async fn list_pengunjung(&self, jadwal: Span) -> Result<Vec<Tamu>>;
    /// Whether the guru has, or had, an appointment with the guest; false if there is no such guest.
    async fn is_tamu_guru(&self, id: IdTamu, id_guru: IdPengguna) -> Result<bool>;
    /// Changes a guest, and the `versi` of the open appointments that show the guest. `NotFound`; conflict: `TamuTelp`.
    async fn update(&self, id: IdTamu, ubah: TamuCorrection) -> Result<Tamu>;
    /// Erases a guest: nothing is left that tells who it was, and every session ends. Visits stay, to be counted. If
    /// the guest is awaited or in the building, only the request is kept. Who was erased before is cleaned again.
    /// Guests merged into this one are erased too. `NotFound`.
    async fn erase(&self, id: IdTamu, baru: NewErasure) -> Result<Erasure>;
    /// Guests who were erased, from the one after `setelah` on, in the order of their identities; at most
    /// [`ERASED_AT_ONCE`].
    async fn list_erased(&self, setelah: IdTamu) -> Result<Vec<ErasedTamu>>;
    /// Takes a request to be erased back, if it was not carried out.
    async fn keep(&self, id: IdTamu) -> Result<()>;
    /// What the visits of a guest come to.
    async fn figures(&self, id: IdTamu) -> Result<TamuFigures>;
    /// Makes two guests one. Visits, messages and what the kept one lacks go over, and sessions of the other end. The
    /// same asked again changes nothing. `NotFound`; conflict: `Tamu` if the other is nobody, or not any more.
    async fn gabung(&self, baru: NewGabung) -> Result<()>;
    /// Undoes a merge: everybody has the visits again that were their own; visits made since stay. Conflict: `Gabung`
    /// if there is none, or it is too old.
    async fn pisah(&self, id: IdTamu, id_lain: IdTamu, waktu: DateTime<Utc>) -> Result<()>;
    /// The merges into a guest that are not over, the newest first.
    async fn list_gabung(&self, id: IdTamu) -> Result<Vec<Gabungan>>;
    /// Ends the merges up to the instant: of a merged guest only what leads to the kept one is left. Answers how many.
    async fn finish_gabung(&self, sampai: DateTime<Utc>) -> Result<u64>;
    /// Sets a password and revokes every session of the guest. A temporary password also makes the guest's devices
    /// unknown. `NotFound`, also if the old password is no longer the current one.
    async fn update_password(&self, id: IdTamu, baru: NewPassword) -> Result<()>;
}
