//! The store on SQL Server: a pool of connections, and one round trip for each use case that can do with one. Entities
//! stand in files named after their traits, as in SQLite's; `engine` brings statements to the server.
//!
//! Nothing here reads, decides and then writes. Concurrent changes are settled by the row count of one conditional
//! statement, by unique indexes, and by `sp_getapplock` if a rule spans rows.

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

pub use self::{
    engine::{Inspection, MssqlConfig, MssqlUrlError},
    older::OlderError,
};
use crate::{
    AuditStore, ClockStore, EvakuasiStore, GiliranStore, HariLiburStore, JanjiTemuStore, KalenderStore,
    LaporanStore, LogoStore, NotifikasiStore, OpenError, PemeliharaanStore, PenggunaStore, PercobaanStore,
    PesanStore, Result, SaluranStore, SchoolSecrets, SesiStore, SetelanStore, Store, StoreError, SurveiStore,
    TamuStore, UlasanStore,
    audit::{Verdict, verify},
    check::Check,
};

/// The whole guest book in one SQL Server database. Cheap to clone; the clones share their connections.
///
/// Every call answers within the time that the URL gives it. If the server does not answer, that is
/// [`Unavailable`](crate::StoreError::Unavailable); once the server is back, calls succeed again by themselves.
#[derive(Clone)]
pub struct MssqlStore {
    engine: Arc<engine::Engine>,
    kunci: Arc<SchoolSecrets>,
}

impl MssqlStore {
    /// Opens the database, which must be there, and brings it up to date.
    ///
    /// # Errors
    /// [`OpenError`], one line for the person who starts the program, without the login.
    pub async fn open(config: &MssqlConfig, kunci: Arc<SchoolSecrets>) -> Result<Self, OpenError> {
        let trials = janji_temu::warm::trials(&kunci);
        let engine = engine::Engine::open(config, &kunci, kata::complete, trials).await?;
        Ok(Self { engine: Arc::new(engine), kunci })
    }

    /// Looks at a database and the rights of the login there, and changes nothing.
    ///
    /// # Errors
    /// [`OpenError::Unreachable`]: no server there, no secure connection, a login that is refused, no such database.
    pub async fn inspect(config: &MssqlConfig) -> Result<Inspection, OpenError> {
        engine::Engine::inspect(config).await
    }

    /// Reads every row of a database that is up to date, and changes nothing.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn check(config: &MssqlConfig, kunci: Arc<SchoolSecrets>) -> Result<Check, OpenError> {
        let engine = Arc::new(engine::Engine::connect(config)?);
        let unreachable =
            |error: StoreError| OpenError::Unreachable { path: config.place(), reason: error.to_string() };
        let found = check::run(&Self { engine: Arc::clone(&engine), kunci }).await.map_err(unreachable);
        engine.close();
        found
    }

    /// Checks the audit's chain, and changes nothing.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn verify_audit(config: &MssqlConfig, kunci: Arc<SchoolSecrets>) -> Result<Verdict> {
        let engine =
            Arc::new(engine::Engine::connect(config).map_err(|error| StoreError::Other(error.to_string()))?);
        let store = Self { engine: Arc::clone(&engine), kunci: Arc::clone(&kunci) };
        let found = verify(&store, &kunci.audit).await;
        engine.close();
        found
    }

    /// Writes a school of an older version into a new file of that version. Here nothing is changed.
    ///
    /// # Errors
    /// [`OlderError`].
    pub async fn write_older(
        config: &MssqlConfig,
        kunci: Arc<SchoolSecrets>,
        version: u32,
        to: &Path,
    ) -> Result<(), OlderError> {
        older::write(config, kunci, version, to).await
    }

    /// Messages sent to the server that waited for an answer, since the store was opened. Connecting is not counted.
    pub fn round_trips(&self) -> u64 {
        self.engine.round_trips()
    }
}

#[async_trait::async_trait]
impl Store for MssqlStore {
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
        None
    }

    async fn back_up(&self, folder: &str, day: u32) -> Result<()> {
        self.engine.read(engine::own_backup(folder, day)).await.map(drop)
    }

    async fn ping(&self) -> Result<()> {
        let statement = engine::Statement::new("SELECT COUNT(*) AS jumlah FROM sistem.info");
        self.engine.read(statement).await.map(drop)
    }

    async fn prove(&self) -> Result<()> {
        let statement = engine::Statement::new(
            "UPDATE sistem.info SET nilai = CAST(CAST(nilai AS bigint) + 1 AS nvarchar(20))
            WHERE nama = N'bukti_tulis';
            IF @@ROWCOUNT = 0 INSERT INTO sistem.info (nama, nilai) VALUES (N'bukti_tulis', N'1');",
        );
        match self.engine.write_again(statement).await {
            // Another node put the row there first, which proves the same.
            Ok(_) | Err(StoreError::Conflict(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    async fn close(&self) {
        self.engine.close();
    }
}
