//! The store on an embedded SQLite file. One connection writes, a few read, and every commit is on the disk before it
//! is answered. Entities stand in files named after their traits; `engine` brings statements to the file.

mod audit;
mod check;
mod clock;
mod conflict;
mod copy;
mod engine;
mod evakuasi;
mod giliran;
mod hari_libur;
mod janji_temu;
mod kalender;
mod kata;
mod kata_tamu;
mod laporan;
mod logo;
mod milik;
mod notifikasi;
mod older;
mod pemeliharaan;
mod pengguna;
mod percobaan;
mod pesan;
mod pesan_keluar;
mod row;
mod saluran;
mod sesi;
mod setelan;
mod survei;
mod tamu;
mod ulasan;

use std::{path::Path, sync::Arc};

use rusqlite::Connection;

pub use self::{engine::SqliteInspection, older::OlderFile};
use crate::{
    AuditStore, ClockStore, EvakuasiStore, GiliranStore, HariLiburStore, JanjiTemuStore, KalenderStore,
    LaporanStore, LogoStore, NotifikasiStore, OpenError, PemeliharaanStore, PenggunaStore, PercobaanStore,
    PesanStore, Result, SaluranStore, SchoolSecrets, SesiStore, SetelanStore, Store, SurveiStore, TamuStore,
    UlasanStore, audit::Verdict, check::Check,
};

/// The whole guest book in one SQLite file. Cheap to clone; the clones share their connections.
///
/// Dropping the last one without [`Store::close`] loses nothing that was answered.
#[derive(Clone)]
pub struct SqliteStore {
    engine: Arc<engine::Engine>,
    kunci: Arc<SchoolSecrets>,
}

impl SqliteStore {
    /// Opens the database at `path`, creates it if there is none, and brings it up to date. Blocks on the disk.
    ///
    /// # Errors
    /// [`OpenError`], one line for the person who starts the program.
    pub fn open(path: &Path, kunci: Arc<SchoolSecrets>) -> Result<Self, OpenError> {
        let engine = Arc::new(engine::Engine::open(path, &kunci, |conn| {
            pemeliharaan::end_what_was_cut_off(conn)?;
            kata::complete(conn)
        })?);
        Ok(Self { engine, kunci })
    }

    /// Looks at what stands at `path`, and changes nothing. Blocks on the disk.
    ///
    /// # Errors
    /// [`OpenError`]: a file that cannot be read, is no database, or is another program's.
    pub fn inspect(path: &Path) -> Result<SqliteInspection, OpenError> {
        engine::inspect(path)
    }

    /// Looks through a database, and changes nothing: SQLite's own check, references, and every field of every row.
    /// Blocks on the disk. A server may have it open.
    ///
    /// # Errors
    /// [`OpenError::Unreachable`].
    pub fn check(path: &Path, kunci: &SchoolSecrets) -> Result<Check, OpenError> {
        check::run(path, kunci, &mut |_| {})
    }

    /// The same, and calls `tell` with the number of rows that were read, now and then.
    ///
    /// # Errors
    /// [`OpenError::Unreachable`].
    pub fn check_and_tell(
        path: &Path,
        kunci: &SchoolSecrets,
        tell: &mut dyn FnMut(u64),
    ) -> Result<Check, OpenError> {
        check::run(path, kunci, tell)
    }

    /// Checks the audit's chain, and changes nothing. A server may have the file open.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn verify_audit(path: &Path, kunci: Arc<SchoolSecrets>) -> Result<Verdict> {
        audit::verify_file(path, &kunci.audit).await
    }

    /// Writes the database as it stands to another file, which must not be there yet. Blocks on the disk. A server may
    /// have it open, and goes on writing meanwhile.
    ///
    /// # Errors
    /// [`OpenError::Unreachable`].
    pub fn snapshot(path: &Path, to: &Path) -> Result<(), OpenError> {
        engine::snapshot(path, to)
    }

    /// Runs a use case that only reads, on one consistent state of the database.
    async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection, &SchoolSecrets) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let kunci = Arc::clone(&self.kunci);
        self.engine.readers.read(move |conn| work(conn, &kunci)).await
    }

    /// Runs a use case that writes, and writes its entry in the audit. If `work` fails, nothing of it is kept.
    async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection, &SchoolSecrets) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let kunci = Arc::clone(&self.kunci);
        match crate::audit::pending() {
            None => self.engine.writer.write(move |conn| work(conn, &kunci)).await,
            Some(entry) => {
                let work = move |conn: &Connection| audit::write_with(conn, entry, || work(conn, &kunci));
                self.engine.writer.write(work).await
            }
        }
    }
}

#[async_trait::async_trait]
impl Store for SqliteStore {
    fn pengguna(&self) -> &dyn PenggunaStore {
        self
    }

    fn tamu(&self) -> &dyn TamuStore {
        self
    }

    fn janji_temu(&self) -> &dyn JanjiTemuStore {
        self
    }

    fn notifikasi(&self) -> &dyn NotifikasiStore {
        self
    }

    fn ulasan(&self) -> &dyn UlasanStore {
        self
    }

    fn survei(&self) -> &dyn SurveiStore {
        self
    }

    fn evakuasi(&self) -> &dyn EvakuasiStore {
        self
    }

    fn laporan(&self) -> &dyn LaporanStore {
        self
    }

    fn logo(&self) -> &dyn LogoStore {
        self
    }

    fn sesi(&self) -> &dyn SesiStore {
        self
    }

    fn percobaan(&self) -> &dyn PercobaanStore {
        self
    }

    fn setelan(&self) -> &dyn SetelanStore {
        self
    }

    fn hari_libur(&self) -> &dyn HariLiburStore {
        self
    }

    fn pesan(&self) -> &dyn PesanStore {
        self
    }

    fn kalender(&self) -> &dyn KalenderStore {
        self
    }

    fn saluran(&self) -> &dyn SaluranStore {
        self
    }

    fn audit(&self) -> &dyn AuditStore {
        self
    }

    fn pemeliharaan(&self) -> &dyn PemeliharaanStore {
        self
    }

    fn clock(&self) -> &dyn ClockStore {
        self
    }

    fn giliran(&self) -> &dyn GiliranStore {
        self
    }

    fn rows(&self) -> &dyn crate::copy::RowStore {
        self
    }

    fn file(&self) -> Option<&Path> {
        Some(self.engine.path())
    }

    async fn back_up(&self, _folder: &str, _day: u32) -> Result<()> {
        Ok(())
    }

    async fn ping(&self) -> Result<()> {
        self.read(|conn, _| Ok(conn.query_row("SELECT COUNT(*) FROM sistem_info", (), |_| Ok(()))?)).await
    }

    async fn prove(&self) -> Result<()> {
        self.write(|conn, _| {
            conn.prepare_cached(
                "INSERT INTO sistem_info (nama, nilai) VALUES ('bukti_tulis', '1')
                ON CONFLICT (nama) DO UPDATE SET nilai = CAST(nilai AS INTEGER) + 1",
            )?
            .execute(())?;
            Ok(())
        })
        .await?;
        self.engine.has_room().await
    }

    async fn close(&self) {
        self.engine.close().await;
    }
}
