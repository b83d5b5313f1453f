//! Storage of the upkeep of records: its runs, and its work in batches. A batch is one transaction, small enough that
//! nobody at a desk waits for it.

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
pub use domain::pemeliharaan::{
    HasilPemeliharaan, KeadaanPemeliharaan, Pemeliharaan, Pemicu, Rencana, TugasPemeliharaan,
};
use domain::{IdPengguna, IdTamu, jadwal::Span, json::Daftar};

use crate::{PageRequest, Result};

/// Rows that are changed in one transaction.
pub const BATCH: u32 = 500;

/// Guests who are made anonymous in one transaction.
pub const GUESTS_AT_ONCE: usize = 50;

/// Guests who are looked at in one question.
pub const WINDOW: u32 = 5000;

/// A run notes what it did with every batch. One that was silent for so long has ended without a word.
pub const SILENCE: TimeDelta = TimeDelta::minutes(10);

/// A run that begins.
#[derive(Clone, Copy, Debug)]
pub struct NewPemeliharaan {
    /// What begins it.
    pub pemicu: Pemicu,
    /// Who, if that is a user.
    pub oleh: Option<IdPengguna>,
    /// It only counts.
    pub uji_coba: bool,
    /// Now.
    pub waktu: DateTime<Utc>,
}

/// What a run has come to.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// The run.
    pub id: i64,
    /// How it stands.
    pub keadaan: KeadaanPemeliharaan,
    /// What it did so far.
    pub hasil: HasilPemeliharaan,
    /// Now.
    pub waktu: DateTime<Utc>,
}

/// Guests of a window who were last heard of long ago.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdleTamu {
    /// They, by identity.
    pub tamu: Vec<IdTamu>,
    /// The window's last guest. The next one begins after.
    pub sampai: IdTamu,
}

/// A visit or guest that a run would do something to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Affected {
    /// What.
    pub apa: TugasPemeliharaan,
    /// The visit, or the guest.
    pub id: i64,
    /// The guest's name.
    pub nama: String,
    /// The scheduled time; of a guest, when something was last heard of the guest, or the erasure was asked for.
    pub pada: DateTime<Utc>,
}

/// The upkeep of records.
#[async_trait]
pub trait PemeliharaanStore: Send + Sync {
    /// Begins a run. `None` if another is under way that was heard of within [`SILENCE`].
    async fn begin(&self, baru: NewPemeliharaan) -> Result<Option<i64>>;
    /// Notes how a run stands. False if it is no longer under way; then nothing was changed.
    async fn note(&self, progress: Progress) -> Result<bool>;
    /// A run.
    async fn find(&self, id: i64) -> Result<Option<Pemeliharaan>>;
    /// A page of runs, newest first.
    async fn list(&self, halaman: PageRequest) -> Result<Daftar<Pemeliharaan>>;
    /// When the latest run began that changed things and ended well or is under way; of one kind, or of any.
    async fn find_latest(&self, pemicu: Option<Pemicu>) -> Result<Option<DateTime<Utc>>>;
    /// When the book's first guest was entered.
    async fn find_first_entry(&self) -> Result<Option<DateTime<Utc>>>;

    /// Moves at most [`BATCH`] visits to the archive that are due: oldest first, none that is open, none of which a key
    /// or a message is still kept. Answers how many.
    async fn archive(&self, rencana: Rencana) -> Result<u64>;
    /// Puts at most [`BATCH`] notifications away that were read, of arrivals before. Answers how many.
    async fn put_away(&self, sebelum: DateTime<Utc>, waktu: DateTime<Utc>) -> Result<u64>;
    /// Who of the [`WINDOW`] guests after `setelah` was last heard of before: entered, agreed to something, and had
    /// every appointment before, none of them open. `None` if there is no guest after.
    async fn list_idle(&self, sebelum: DateTime<Utc>, setelah: IdTamu) -> Result<Option<IdleTamu>>;
    /// Erases those of the guests who were still not heard of since. Answers how many.
    async fn erase_idle(
        &self,
        tamu: Vec<IdTamu>,
        sebelum: DateTime<Utc>,
        waktu: DateTime<Utc>,
    ) -> Result<u64>;
    /// Guests after `setelah` who asked to be erased and are neither awaited nor in the building; at most [`BATCH`].
    async fn list_asked(&self, setelah: IdTamu) -> Result<Vec<IdTamu>>;
    /// How many appointments scheduled within the span ended without the guest.
    async fn count_missed(&self, jadwal: Span) -> Result<u64>;

    /// What is due of appointments, notifications and requests. Guests are counted by [`Self::list_idle`].
    async fn count(&self, rencana: Rencana) -> Result<HasilPemeliharaan>;
    /// The oldest few of each, guests apart.
    async fn list_affected(&self, rencana: Rencana, paling_banyak: u32) -> Result<Vec<Affected>>;
    /// The same of these guests.
    async fn list_affected_tamu(&self, tamu: Vec<IdTamu>) -> Result<Vec<Affected>>;
}
