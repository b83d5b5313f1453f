//! A school on a fresh database, and the people and appointments with which stories begin.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use chrono::{DateTime, Utc};
use domain::{
    IdJanjiTemu, JanjiTemu, Jenis, Pengguna, Role, Status, Tamu, Telp, VisitChange, VisitStep,
    pengguna::Kepegawaian,
};
use store::{
    Conflict, MssqlStore, PageRequest, SchoolSecrets, SqliteStore, Store, StoreError,
    janji_temu::{Creation, NewJanjiTemu, TamuOf},
    pengguna::{NewPassword, PenggunaBaru},
    sesi::{NewSesi, SessionHolder, TokenHash},
    tamu::NewTamu,
};
use tempfile::TempDir;
use tests::MssqlDatabase;
use tokio::{sync::Barrier, task::JoinSet};

/// A list's first page, long enough for every story.
pub(crate) const FIRST_PAGE: PageRequest = PageRequest { nomor: 1, ukuran: 100 };

/// A school with an empty database.
pub(crate) struct School {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) kunci: Arc<SchoolSecrets>,
    folder: TempDir,
    /// The database, if it is not in the folder. Dropped after the store, which is connected to it.
    database: Option<MssqlDatabase>,
    people: AtomicU64,
}

impl School {
    pub(crate) fn on_sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let kunci = Arc::new(SchoolSecrets::create(&folder.path().join(store::kunci::FILE_NAME)).unwrap());
        let store = SqliteStore::open(&folder.path().join("bukutamu.db"), Arc::clone(&kunci)).unwrap();
        Self { store: Arc::new(store), kunci, folder, database: None, people: AtomicU64::new(0) }
    }

    /// `None` if no server is named for tests.
    pub(crate) async fn on_mssql() -> Option<Self> {
        let database = MssqlDatabase::create().await?;
        let folder = tempfile::tempdir().unwrap();
        let kunci = Arc::new(SchoolSecrets::create(&folder.path().join(store::kunci::FILE_NAME)).unwrap());
        let store = MssqlStore::open(&database.config(), Arc::clone(&kunci)).await.unwrap();
        let people = AtomicU64::new(0);
        Some(Self { store: Arc::new(store), kunci, folder, database: Some(database), people })
    }

    /// The database on SQL Server.
    pub(crate) fn database(&self) -> &MssqlDatabase {
        self.database.as_ref().unwrap()
    }

    /// Whether a query takes only microseconds.
    pub(crate) fn is_on_sqlite(&self) -> bool {
        self.database.is_none()
    }

    /// The path of SQLite's database.
    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("bukutamu.db")
    }

    /// An active user of that role, with an address of their own.
    pub(crate) async fn pengguna(&self, role: Role) -> Pengguna {
        let n = self.people.fetch_add(1, Ordering::Relaxed);
        let baru = pengguna_baru(role, &format!("{n}@sekolah.example"));
        self.store.pengguna().create(baru).await.unwrap()
    }

    /// A guest with a number of its own.
    pub(crate) async fn tamu(&self) -> Tamu {
        let n = self.people.fetch_add(1, Ordering::Relaxed);
        let baru = tamu_baru("Dewi Lestari", &format!("0812 3456 {n:04}"));
        self.store.tamu().create(baru).await.unwrap()
    }

    /// An appointment of a new guest with that guru.
    pub(crate) async fn janji(&self, guru: &Pengguna, jadwal: DateTime<Utc>) -> JanjiTemu {
        let tamu = self.tamu().await;
        made(self.store.janji_temu().create(janji_baru(guru, TamuOf::Id(tamu.id), jadwal)).await)
    }

    /// A new guest who has come to that guru at nine for an appointment at nine.
    pub(crate) async fn arrival(&self, guru: &Pengguna) -> JanjiTemu {
        let baru = NewJanjiTemu {
            izinkan_bentrok: true,
            ..janji_baru(guru, TamuOf::Id(self.tamu().await.id), at("09:00"))
        };
        let janji = made(self.store.janji_temu().create(baru).await);
        self.step(&janji, VisitStep::Datang { terlambat: false, di_meja: true }, at("09:00")).await
    }

    /// Moves an appointment on from its status in `janji`.
    pub(crate) async fn step(
        &self,
        janji: &JanjiTemu,
        langkah: VisitStep,
        waktu: DateTime<Utc>,
    ) -> JanjiTemu {
        let moved = self.store.janji_temu().apply(perubahan(janji.id, janji.status, langkah, waktu)).await;
        moved.unwrap().expect("the appointment stands where the story left it")
    }

    /// The queue of messages: the kind, and the appointment.
    pub(crate) async fn pesan_keluar(&self) -> Vec<(String, IdJanjiTemu)> {
        let Some(database) = &self.database else { return self.pesan_keluar_on_sqlite() };
        let rows = database.rows("SELECT jenis, id_janji_temu FROM sistem.pesan_keluar ORDER BY id").await;
        let text = |row: &tiberius::Row| row.get::<&str, _>(0).unwrap().to_owned();
        rows.iter().map(|row| (text(row), IdJanjiTemu(row.get(1).unwrap()))).collect()
    }

    fn pesan_keluar_on_sqlite(&self) -> Vec<(String, IdJanjiTemu)> {
        let conn = rusqlite::Connection::open(self.path()).unwrap();
        let mut statement =
            conn.prepare("SELECT jenis, id_janji_temu FROM sistem_pesan_keluar ORDER BY id").unwrap();
        let rows = statement.query_map((), |row| Ok((row.get(0)?, IdJanjiTemu(row.get(1)?)))).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }
}

/// A time of 2026-11-23, UTC.
pub(crate) fn at(time: &str) -> DateTime<Utc> {
    format!("2026-11-23T{time}:00Z").parse().unwrap()
}

pub(crate) fn telp(text: &str) -> Telp {
    Telp::parse(text).unwrap()
}

pub(crate) fn pengguna_baru(role: Role, email: &str) -> PenggunaBaru {
    PenggunaBaru {
        nama: "Ratna Wulandari".to_owned(),
        sapaan: None,
        jabatan: Some("Matematika".to_owned()),
        email: email.to_owned(),
        telp: Some(telp("0811 1111 1111")),
        role,
        kepegawaian: Kepegawaian::default(),
        password_hash: "hash".to_owned(),
        wajib_ganti_password: true,
        rahasia: None,
        waktu: at("00:00"),
    }
}

pub(crate) fn tamu_baru(nama: &str, number: &str) -> NewTamu {
    NewTamu {
        nama: nama.to_owned(),
        telp: Some(telp(number)),
        email: None,
        instansi: None,
        waktu: at("00:00"),
    }
}

/// A session from 08:00 to 23:00, of an owner with the password `hash`.
pub(crate) fn sesi_baru(id: &str, pemilik: SessionHolder, token: TokenHash) -> NewSesi {
    NewSesi {
        id: id.to_owned(),
        pemilik,
        password_hash: "hash".to_owned(),
        perangkat: None,
        keterangan: None,
        token,
        kedaluwarsa_pada: at("23:00"),
        waktu: at("08:00"),
    }
}

/// A password that its owner has chosen or was given.
pub(crate) fn password_baru(hash: &str, sementara: bool) -> NewPassword {
    NewPassword { hash: hash.to_owned(), sementara, lama: None, rahasia: None, waktu: at("09:00") }
}

pub(crate) fn janji_baru(guru: &Pengguna, tamu: TamuOf, jadwal: DateTime<Utc>) -> NewJanjiTemu {
    NewJanjiTemu {
        id_guru: guru.id,
        tamu,
        atas_nama: None,
        orang_yang_sama: false,
        jumlah_orang: 1,
        keperluan: "Konsultasi nilai".to_owned(),
        jadwal,
        durasi_menit: 30,
        jenis: Jenis::Janji,
        kode_expiry: at("23:00"),
        izinkan_bentrok: false,
        kunci: None,
        seri: None,
        dibuat_oleh: guru.id,
        waktu: at("00:00"),
    }
}

/// A walk-in that arrived at that time.
pub(crate) fn langsung_baru(guru: &Pengguna, tamu: TamuOf, jadwal: DateTime<Utc>) -> NewJanjiTemu {
    NewJanjiTemu { jenis: Jenis::Langsung, ..janji_baru(guru, tamu, jadwal) }
}

pub(crate) fn perubahan(
    id: IdJanjiTemu,
    dari: Status,
    langkah: VisitStep,
    waktu: DateTime<Utc>,
) -> VisitChange {
    VisitChange { id, dari, jadwal: None, langkah: Some(langkah), kunci: None, waktu }
}

/// The appointment, which was made now.
#[track_caller]
pub(crate) fn made(pembuatan: store::Result<Creation>) -> JanjiTemu {
    match pembuatan.unwrap() {
        Creation::Dibuat(janji_temu) => janji_temu,
        Creation::SudahAda(_) => panic!("it was there before"),
    }
}

#[track_caller]
pub(crate) fn assert_conflict<T: std::fmt::Debug>(result: store::Result<T>, expected: Conflict) {
    match result {
        Err(StoreError::Conflict(conflict)) => assert_eq!(conflict, expected),
        other => panic!("{expected:?} was expected, not {other:?}"),
    }
}

#[track_caller]
pub(crate) fn assert_not_found<T: std::fmt::Debug>(result: store::Result<T>) {
    assert!(matches!(result, Err(StoreError::NotFound)), "NotFound was expected, not {result:?}");
}

/// Does the same 32 times at once and returns all results.
pub(crate) async fn at_once<T, F>(act: impl Fn(usize) -> F) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    const HOW_MANY: usize = 32;
    let start = Arc::new(Barrier::new(HOW_MANY));
    let mut tasks = JoinSet::new();
    for n in 0..HOW_MANY {
        let (start, act) = (Arc::clone(&start), act(n));
        tasks.spawn(async move {
            start.wait().await;
            act.await
        });
    }
    tasks.join_all().await
}
