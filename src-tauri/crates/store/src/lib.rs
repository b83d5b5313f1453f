//! Storage of the guest book. There is one trait per entity, in domain words; a database implements them all and is a
//! [`Store`].
//!
//! One method is one transaction and one use case, with the outbox rows that it causes. A store decides nothing: it
//! makes a decision of `domain` true with one conditional statement and says what really happened.

pub mod audit;
pub mod check;
pub mod cipher;
pub mod clock;
pub mod copy;
mod error;
pub mod evakuasi;
pub mod gabung;
pub mod giliran;
pub mod halaman;
pub mod hari_libur;
pub mod janji_temu;
pub mod kalender;
pub mod kunci;
pub mod laporan;
pub mod logo;
mod milik;
pub mod mssql;
pub mod notifikasi;
pub mod pemeliharaan;
pub mod pengguna;
pub mod percobaan;
pub mod pesan;
pub mod pulih;
pub mod saluran;
pub mod school;
mod seen;
pub mod sesi;
pub mod setelan;
pub mod sqlite;
pub mod survei;
pub mod tamu;
pub mod ulasan;

pub use audit::AuditStore;
pub use clock::ClockStore;
pub use error::{Conflict, OpenError, Result, StoreError};
pub use evakuasi::EvakuasiStore;
pub use giliran::GiliranStore;
pub use halaman::{PageRequest, Prefix, SearchTerms};
pub use hari_libur::HariLiburStore;
pub use janji_temu::JanjiTemuStore;
pub use kalender::KalenderStore;
pub use kunci::SchoolSecrets;
pub use laporan::LaporanStore;
pub use logo::LogoStore;
pub use mssql::{Inspection, MssqlConfig, MssqlStore, MssqlUrlError, OlderError};
pub use notifikasi::NotifikasiStore;
pub use pemeliharaan::PemeliharaanStore;
pub use pengguna::PenggunaStore;
pub use percobaan::PercobaanStore;
pub use pesan::PesanStore;
pub use saluran::SaluranStore;
pub use school::{Courier, RunningSchool};
pub use sesi::SesiStore;
pub use setelan::SetelanStore;
pub use sqlite::{OlderFile, SqliteInspection, SqliteStore};
pub use survei::SurveiStore;
pub use tamu::TamuStore;
pub use ulasan::UlasanStore;

/// A database that keeps the whole guest book.
#[async_trait::async_trait]
pub trait Store: Send + Sync {
    /// Users.
    fn pengguna(&self) -> &dyn PenggunaStore;
    /// Guests.
    fn tamu(&self) -> &dyn TamuStore;
    /// Appointments and visits.
    fn janji_temu(&self) -> &dyn JanjiTemuStore;
    /// What gurus are told of arrivals.
    fn notifikasi(&self) -> &dyn NotifikasiStore;
    /// Reviews.
    fn ulasan(&self) -> &dyn UlasanStore;
    /// The survey.
    fn survei(&self) -> &dyn SurveiStore;
    /// Evacuations.
    fn evakuasi(&self) -> &dyn EvakuasiStore;
    /// Rows for reports.
    fn laporan(&self) -> &dyn LaporanStore;
    /// The school's logo.
    fn logo(&self) -> &dyn LogoStore;
    /// Signed-in devices.
    fn sesi(&self) -> &dyn SesiStore;
    /// Failed logins.
    fn percobaan(&self) -> &dyn PercobaanStore;
    /// The school's settings.
    fn setelan(&self) -> &dyn SetelanStore;
    /// Days on which the school is closed.
    fn hari_libur(&self) -> &dyn HariLiburStore;
    /// Messages to guests and users.
    fn pesan(&self) -> &dyn PesanStore;
    /// The ways by which messages leave.
    fn saluran(&self) -> &dyn SaluranStore;
    /// Secrets by which users' calendars are fetched.
    fn kalender(&self) -> &dyn KalenderStore;
    /// Who did what.
    fn audit(&self) -> &dyn AuditStore;
    /// The upkeep of records, and its runs.
    fn pemeliharaan(&self) -> &dyn PemeliharaanStore;
    /// What is remembered of the clock.
    fn clock(&self) -> &dyn ClockStore;

    /// Whose turn it is among several nodes.
    fn giliran(&self) -> &dyn GiliranStore;

    /// Rows as they stand, for moving a school.
    fn rows(&self) -> &dyn copy::RowStore;

    /// The database's file, if it is one on this computer.
    fn file(&self) -> Option<&std::path::Path>;

    /// Asks the database for a sign of life.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] if there is none.
    async fn ping(&self) -> Result<()>;

    /// Proves that what is written now is kept: writes something, waits until it is durable, and checks that there is
    /// room for more.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] if it is not.
    async fn prove(&self) -> Result<()>;

    /// Has the database write a backup of its own into a folder on its computer, over the one of the same day of
    /// another month, and read it back. It may take long. A database that has no such thing does nothing.
    ///
    /// # Errors
    /// [`StoreError::Other`] if it cannot write there, or the login may not back it up.
    async fn back_up(&self, folder: &str, day: u32) -> Result<()>;

    /// Finishes what was accepted and closes the database. Later calls answer [`StoreError::Unavailable`].
    async fn close(&self);
}
