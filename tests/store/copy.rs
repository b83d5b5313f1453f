//! Stories of moving a whole school, from each database to each.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use domain::{
    Pengguna, Role, Setelan, VisitChange, VisitStep,
    audit::{Aksi, Objek},
    evakuasi::{EvacuationChange, EvacuationStep},
    hari_libur::{HariLibur, JenisLibur, SumberLibur},
    pesan::Saluran,
    pindai::Hasil,
    survei::Unsur,
};
use store::{
    MssqlStore, SearchTerms, SqliteStore, Store,
    copy::{Content, CopyError, Progress as Moved, Row, Step, TABLES, Value, copy},
    gabung::NewGabung,
    janji_temu::{NewJanjiTemu, TamuOf},
    pemeliharaan::{HasilPemeliharaan, KeadaanPemeliharaan, NewPemeliharaan, Pemicu, Progress, Rencana},
    percobaan::Percobaan,
    sesi::{NewSesi, Perangkat, SessionHolder},
    tamu::NewErasure,
};
use tempfile::TempDir;
use tests::MssqlDatabase;

use crate::{
    school::{FIRST_PAGE, School, at, janji_baru, langsung_baru, made, perubahan, sesi_baru, tamu_baru},
    survei::{day, survei},
    unit::unit_baru,
};

stories![
    a_school_is_moved_whole,
    a_number_of_a_row_that_is_gone_is_not_given_again,
    only_an_empty_database_is_copied_into,
    an_unfinished_copy_is_started_again,
    every_column_of_every_table_is_moved,
];

/// An empty database with the source's key file. Its folder is dropped after the store.
struct Target {
    store: Box<dyn Store>,
    _folder: TempDir,
    _database: Option<MssqlDatabase>,
}

/// One of each kind.
async fn targets(school: &School) -> Vec<Target> {
    let folder = tempfile::tempdir().unwrap();
    let sqlite = SqliteStore::open(&folder.path().join("tujuan.db"), school.kunci.clone()).unwrap();
    let mut targets = vec![Target { store: Box::new(sqlite), _folder: folder, _database: None }];
    if let Some(database) = MssqlDatabase::create().await {
        let mssql = MssqlStore::open(&database.config(), school.kunci.clone()).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        targets.push(Target { store: Box::new(mssql), _folder: folder, _database: Some(database) });
    }
    targets
}

/// A row in every table, with content that is hard to carry: quotes, an emoji, a line's end, nothing at all.
async fn fill(school: &School) {
    let store = &*school.store;
    let guru = school.pengguna(Role::Guru).await;
    let hard = "Siti \"Ibu\" O'Neil \\ \u{1F600}\nBinti Ahmad";
    let mut baru = tamu_baru(hard, "0812 0000 0001");
    baru.instansi = Some("SD Harapan".to_owned());
    store.tamu().create(baru).await.unwrap();
    school.janji(&guru, at("15:00")).await;
    let here = school.arrival(&guru).await;
    let kunci = Some(("kunci-1".to_owned(), Hasil::Pulang));
    let leave = perubahan(
        here.id,
        here.status,
        VisitStep::Pulang { waktu_selesai: at("09:30"), di_meja: true },
        at("09:30"),
    );
    store.janji_temu().apply(VisitChange { kunci, ..leave }).await.unwrap().unwrap();
    let perangkat = Some(Perangkat { sidik: [0xFB; 32], akun: [0xFC; 32] });
    let baru = NewSesi { perangkat, ..sesi_baru("sesi-é", SessionHolder::Pengguna(guru.id), [0xF7; 32]) };
    assert!(store.sesi().create(baru).await.unwrap());
    let failed = Percobaan { gagal: 3, terkunci_sampai: None, terakhir_pada: Some(at("08:00")) };
    store.percobaan().update(vec![([0xFE; 32], failed)], [0xFD; 32], None).await.unwrap();
    let kept = store.setelan().get().await.unwrap();
    store.setelan().update(kept.setelan, kept.versi).await.unwrap().unwrap();
    store.saluran().configure(Saluran::Email, Some(vec![0xF9; 40])).await.unwrap();
    store.logo().update(vec![0x89, 0x50], at("08:00"), None).await.unwrap();
    store.kalender().set(guru.id, [0xF8; 32], at("08:00")).await.unwrap();
    store.audit().add(crate::audit::entry(Aksi::Lihat, Objek::Tamu)).await.unwrap();
    store.audit().seal().await.unwrap();
    let step = EvacuationStep::Tick { id: here.id, aman: true, kept: false };
    let tick = EvacuationChange { step, oleh: guru.id, nama: guru.nama.clone(), pada: at("09:30") };
    store.evakuasi().apply(&tick).await.unwrap();
    let survei = survei(here.id, "acak-é", day(23), &[(Unsur::Waktu, 4)]);
    store.survei().create(survei).await.unwrap().unwrap();
    let twice = [school.tamu().await.id, school.tamu().await.id];
    let [id, id_lain] = twice;
    store.tamu().gabung(NewGabung { id, id_lain, oleh: guru.id, waktu: at("09:45") }).await.unwrap();
    let natal = HariLibur {
        tanggal: day(25),
        nama: "Hari Guru".to_owned(),
        jenis: JenisLibur::Sekolah,
        perkiraan: true,
        sumber: SumberLibur::Manual,
    };
    store.hari_libur().set(vec![natal]).await.unwrap();
    store.pengguna().create_unit(unit_baru("Tata Usaha", &[&guru])).await.unwrap();
    archive(school, &guru).await;
    // Whoever was erased has no name, and is found by no word.
    let erased = store.tamu().create(tamu_baru("Terhapus", "0812 0000 0077")).await.unwrap();
    let erasure = NewErasure { batalkan: true, waktu: at("12:00") };
    assert!(store.tamu().erase(erased.id, erasure).await.unwrap().selesai);
}

/// A visit of long ago in the archive, with the greatest identity, and the run that moved it there.
async fn archive(school: &School, guru: &Pengguna) {
    let store = &*school.store;
    let long_ago = at("09:00") - TimeDelta::days(1000);
    let tamu = TamuOf::Id(school.tamu().await.id);
    let baru = NewJanjiTemu { waktu: long_ago, ..langsung_baru(guru, tamu, long_ago) };
    let here = made(store.janji_temu().create(baru).await);
    let leave = VisitStep::Pulang { waktu_selesai: long_ago, di_meja: true };
    school.step(&here, leave, long_ago).await;
    let due = Rencana { pesan: at("23:00"), ..Rencana::at(at("12:00"), &Setelan::default()) };
    let baru =
        NewPemeliharaan { pemicu: Pemicu::Jadwal, oleh: Some(guru.id), uji_coba: false, waktu: at("12:00") };
    let id = store.pemeliharaan().begin(baru).await.unwrap().unwrap();
    assert_eq!(store.pemeliharaan().archive(due).await.unwrap(), 1);
    let hasil = HasilPemeliharaan { arsip: 1, ..HasilPemeliharaan::default() };
    let keadaan = KeadaanPemeliharaan::Selesai;
    store.pemeliharaan().note(Progress { id, keadaan, hasil, waktu: at("12:01") }).await.unwrap();
}

async fn rows(store: &dyn Store) -> BTreeMap<&'static str, Vec<Row>> {
    let mut all = BTreeMap::new();
    for table in TABLES {
        let mut rows = store.rows().list_rows(table, None, 1000).await.unwrap();
        // Each database sorts text and bytes in its own way.
        rows.sort_by_key(|row| format!("{row:?}"));
        all.insert(table.name, rows);
    }
    all
}

async fn a_school_is_moved_whole(school: &School) {
    fill(school).await;
    // Numbers were given to guests who are gone.
    let tamu = TABLES.iter().find(|table| table.name == "tamu").unwrap();
    school.store.rows().count_on(tamu, 5_000).await.unwrap();
    school.store.rows().count_on(tamu, 40).await.unwrap();
    assert_eq!(school.store.rows().last_identity(tamu).await.unwrap(), 5_000, "it never counts back");
    let before = rows(&*school.store).await;
    assert!(before.values().all(|rows| !rows.is_empty()), "something in every table: {before:?}");
    for Target { store, _folder, _database } in targets(school).await {
        let mut told = Vec::new();
        let moved = copy(&*school.store, &*store, |progress| told.push(progress)).await.unwrap();
        assert_eq!(rows(&*store).await, before);
        assert_eq!(store.rows().content().await.unwrap(), Content::School);
        assert_eq!(moved["tamu"].0, before["tamu"].len() as u64);
        let compared =
            Moved { table: "tamu", step: Step::Compare, done: moved["tamu"].0, total: moved["tamu"].0 };
        assert!(told.contains(&compared), "{told:?}");
        let chain = store::audit::verify(store.audit(), &school.kunci.audit).await.unwrap();
        assert_eq!((chain.broken, chain.entries), (None, 1), "seals are good in each database");

        // The school goes on: guests are found by their words, and a new guest gets a new identity.
        let found = store.tamu().list(SearchTerms::new("harapan o'neil").into(), FIRST_PAGE).await.unwrap();
        assert_eq!(found.total, 1, "{found:?}");
        let next = store.tamu().create(tamu_baru("Budi", "0812 0000 0099")).await.unwrap();
        assert_eq!(next.id.0, 5_001);
        // Nor does a visit get the number of one in the archive.
        let guru = store.pengguna().find(domain::IdPengguna(1)).await.unwrap().unwrap();
        let visit =
            made(store.janji_temu().create(janji_baru(&guru, TamuOf::Id(next.id), at("18:00"))).await);
        let archived = &before["arsip"][0][0];
        assert!(matches!(archived, Value::Int(id) if *id < visit.id.0), "{archived:?} {visit:?}");
        store.close().await;
    }
}

/// Also where the table never held a row, which each database counts in its own way.
async fn a_number_of_a_row_that_is_gone_is_not_given_again(school: &School) {
    let tamu = TABLES.iter().find(|table| table.name == "tamu").unwrap();
    for Target { store, _folder, _database } in targets(school).await {
        store.rows().count_on(tamu, 1).await.unwrap();
        let first = store.tamu().create(tamu_baru("Budi", "0812 0000 0099")).await.unwrap();
        assert!(first.id.0 > 1, "{first:?}");
        store.rows().count_on(tamu, first.id.0 + 7).await.unwrap();
        let next = store.tamu().create(tamu_baru("Siti", "0812 0000 0098")).await.unwrap();
        assert_eq!(next.id.0, first.id.0 + 8);
        store.close().await;
    }
}

async fn only_an_empty_database_is_copied_into(school: &School) {
    for Target { store, _folder, _database } in targets(school).await {
        let empty = copy(&*school.store, &*store, |_| ()).await;
        assert!(matches!(empty, Err(CopyError::EmptySource)), "{empty:?}");
        store.close().await;
    }
    fill(school).await;
    for Target { store, _folder, _database } in targets(school).await {
        copy(&*school.store, &*store, |_| ()).await.unwrap();
        let before = rows(&*store).await;
        let again = copy(&*school.store, &*store, |_| ()).await;
        assert!(matches!(again, Err(CopyError::TargetNotEmpty)), "{again:?}");
        assert_eq!(rows(&*store).await, before, "nothing was touched");
        store.close().await;
    }
}

async fn an_unfinished_copy_is_started_again(school: &School) {
    fill(school).await;
    for Target { store, _folder, _database } in targets(school).await {
        let target = store.rows();
        target.begin_copy().await.unwrap();
        for table in &TABLES[..2] {
            let rows = school.store.rows().list_rows(table, None, 1).await.unwrap();
            target.insert_rows(table, rows).await.unwrap();
        }
        assert_eq!(target.content().await.unwrap(), Content::HalfCopied);
        let from_half = copy(&*store, &*school.store, |_| ()).await;
        assert!(matches!(from_half, Err(CopyError::HalfSource)), "{from_half:?}");
        copy(&*school.store, &*store, |_| ()).await.unwrap();
        assert_eq!(rows(&*store).await, rows(&*school.store).await);
        store.close().await;
    }
}

/// Compares with SQLite's catalogue. Another test shows that SQL Server's is the same.
async fn every_column_of_every_table_is_moved(_: &School) {
    let folder = tempfile::tempdir().unwrap();
    let kunci = store::SchoolSecrets::create(&folder.path().join("kunci")).unwrap();
    let path = folder.path().join("skema.db");
    SqliteStore::open(&path, kunci.into()).unwrap().close().await;
    let conn = rusqlite::Connection::open(&path).unwrap();
    let sql = "SELECT m.name || '.' || c.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c
        WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'
            AND m.name NOT IN ('sistem_info', 'sistem_riwayat_skema', 'sistem_kata_tamu')";
    let mut statement = conn.prepare(sql).unwrap();
    let there: BTreeSet<String> =
        statement.query_map((), |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let moved = TABLES.iter().flat_map(|table| {
        let prefix = if table.is_sistem { "sistem_" } else { "" };
        table.columns.iter().map(move |column| format!("{prefix}{}.{}", table.name, column.name))
    });
    assert_eq!(moved.collect::<BTreeSet<_>>(), there);
}
