//! Opening, refusing to open, and closing.

use std::sync::Arc;

use domain::Role;
use store::{
    MssqlConfig, MssqlStore, OpenError, SchoolSecrets, SearchTerms, Store, StoreError,
    janji_temu::JanjiTemuFilter, pengguna::PenggunaFilter,
};
use tests::{MssqlDatabase, NO_MSSQL, skip};

use crate::school::{FIRST_PAGE, School, at, janji_baru, made, pengguna_baru, perubahan, tamu_baru};

#[track_caller]
fn refused(result: Result<MssqlStore, OpenError>) -> OpenError {
    let Err(error) = result else { panic!("it was opened") };
    assert!(!error.to_string().contains('\n'), "not one line: {error}");
    error
}

async fn reopen(school: &School) -> Result<MssqlStore, OpenError> {
    MssqlStore::open(&school.database().config(), Arc::clone(&school.kunci)).await
}

#[tokio::test]
async fn migrations_run_once() {
    let Some(school) = School::on_mssql().await else { return skip(NO_MSSQL) };
    let created =
        school.store.pengguna().create(pengguna_baru(Role::Admin, "a@sekolah.example")).await.unwrap();
    let history = async || {
        let rows = school.database().rows("SELECT version, applied_on FROM sistem.riwayat_skema").await;
        let applied_on = |row: &tiberius::Row| row.get::<&str, _>(1).unwrap().to_owned();
        rows.iter().map(|row| (row.get::<i32, _>(0).unwrap(), applied_on(row))).collect::<Vec<_>>()
    };
    let before = history().await;
    let store = reopen(&school).await.unwrap();
    assert_eq!(history().await, before);
    assert_eq!(store.pengguna().find(created.id).await.unwrap(), Some(created));
    store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn six_programs_that_start_at_once_migrate_once() {
    let Some(database) = MssqlDatabase::create().await else { return skip(NO_MSSQL) };
    let folder = tempfile::tempdir().unwrap();
    let kunci = Arc::new(SchoolSecrets::create(&folder.path().join("kunci")).unwrap());
    let programs = (0..6).map(|_| {
        let (config, kunci) = (database.config(), Arc::clone(&kunci));
        tokio::spawn(async move { MssqlStore::open(&config, kunci).await })
    });
    for program in programs.collect::<Vec<_>>() {
        program.await.unwrap().unwrap().close().await;
    }
    let rows = database.rows("SELECT version FROM sistem.riwayat_skema ORDER BY version").await;
    let versions: Vec<i32> = rows.iter().map(|row| row.get(0).unwrap()).collect();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../migrations/mssql");
    assert_eq!(versions.len(), std::fs::read_dir(folder).unwrap().count(), "each once: {versions:?}");
}

#[tokio::test]
async fn a_newer_edited_or_foreign_database_is_left_alone() {
    let Some(school) = School::on_mssql().await else { return skip(NO_MSSQL) };
    let database = school.database();
    let newer = "INSERT INTO sistem.riwayat_skema (version, name, applied_on, checksum)
        VALUES (999, N'x', N'x', N'x')";
    database.rows(newer).await;
    let error = refused(reopen(&school).await);
    assert!(matches!(error, OpenError::NewerVersion { found: 999, known, .. } if known < 999), "{error}");
    database.rows("DELETE FROM sistem.riwayat_skema WHERE version = 999").await;

    let folder = tempfile::tempdir().unwrap();
    let other = Arc::new(SchoolSecrets::create(&folder.path().join("kunci")).unwrap());
    let error = refused(MssqlStore::open(&database.config(), other).await);
    assert!(matches!(&error, OpenError::WrongKunci { .. }), "{error}");

    database.rows("UPDATE sistem.riwayat_skema SET checksum = N'1'").await;
    let error = refused(reopen(&school).await);
    assert!(matches!(error, OpenError::Migration { .. }), "{error}");
}

#[tokio::test]
async fn what_cannot_be_opened_is_told_without_the_login() {
    let Some(database) = MssqlDatabase::create().await else { return skip(NO_MSSQL) };
    let folder = tempfile::tempdir().unwrap();
    let kunci = Arc::new(SchoolSecrets::create(&folder.path().join("kunci")).unwrap());
    let mut url = url::Url::parse(database.url()).unwrap();
    let missing = MssqlConfig::parse(url.as_str()).unwrap().with_database("tidak_ada");
    let error = refused(MssqlStore::open(&missing, Arc::clone(&kunci)).await);
    assert!(matches!(error, OpenError::Unreachable { .. }), "{error}");

    url.set_password(Some("rahasia-yang-salah")).unwrap();
    let wrong = MssqlConfig::parse(url.as_str()).unwrap();
    let error = refused(MssqlStore::open(&wrong, kunci).await).to_string();
    assert!(error.contains("18456") && !error.contains("rahasia"), "{error}");
}

#[tokio::test]
async fn after_closing_every_answer_is_unavailable() {
    let Some(school) = School::on_mssql().await else { return skip(NO_MSSQL) };
    school.store.ping().await.unwrap();
    school.store.close().await;
    school.store.close().await;
    let unavailable = |error| matches!(error, StoreError::Unavailable(_));
    assert!(unavailable(school.store.ping().await.unwrap_err()));
    assert!(unavailable(school.store.tamu().list(None.into(), FIRST_PAGE).await.unwrap_err()));
    assert!(unavailable(school.store.percobaan().purge(at("09:00")).await.unwrap_err()));
}

#[tokio::test]
async fn a_check_in_is_one_round_trip() {
    let Some(school) = School::on_mssql().await else { return skip(NO_MSSQL) };
    let store = reopen(&school).await.unwrap();
    let guru = school.pengguna(Role::Guru).await;
    let tamu = store::janji_temu::TamuOf::Baru(tamu_baru("Dewi", "0812 3456 7890"));
    let before = store.round_trips();
    let janji = made(store.janji_temu().create(janji_baru(&guru, tamu, at("09:00"))).await);
    assert_eq!(store.round_trips() - before, 4, "begin, make, sign, commit");
    let before = store.round_trips();
    let arrival = domain::VisitStep::Datang { terlambat: false, di_meja: true };
    let arrival = perubahan(janji.id, janji.status, arrival, at("09:00"));
    store.janji_temu().apply(arrival).await.unwrap().unwrap();
    assert_eq!(store.round_trips() - before, 1);
    store.close().await;
}

#[tokio::test]
async fn words_that_an_older_program_folded_otherwise_are_made_anew() {
    let Some(school) = School::on_mssql().await else { return skip(NO_MSSQL) };
    for n in 0..3 {
        let baru = tamu_baru("Dewi \"Ayu\" O'Neill", &format!("0812 3456 789{n}"));
        school.store.tamu().create(baru).await.unwrap();
    }
    let index = "SELECT frasa, id_tamu FROM sistem.kata_tamu ORDER BY frasa, id_tamu";
    let shown = |rows: Vec<tiberius::Row>| rows.iter().map(|row| format!("{row:?}")).collect::<Vec<_>>();
    let before = shown(school.database().rows(index).await);
    assert_eq!(before.len(), 9, "three words each");
    let guru = school.pengguna(Role::Guru).await;
    let janji = school.janji(&guru, at("09:00")).await;
    let before = shown(school.database().rows(index).await);
    let older = "DELETE FROM sistem.kata_tamu;
        INSERT INTO sistem.kata_tamu (frasa, id_tamu) VALUES (N'o neill', 1);
        UPDATE sistem.info SET nilai = N'lengkap' WHERE nama = N'kata_tamu';
        UPDATE dbo.pengguna SET kata = N''; UPDATE dbo.janji_temu SET kata = N'';";
    school.database().rows(older).await;
    let store = reopen(&school).await.unwrap();
    assert_eq!(shown(school.database().rows(index).await), before, "as they were entered");
    let found = store.tamu().list(SearchTerms::new("dew").into(), FIRST_PAGE).await.unwrap();
    assert_eq!((found.total, found.data.len()), (4, 4));
    let users = PenggunaFilter { cari: SearchTerms::new("matematika"), ..PenggunaFilter::default() };
    assert_eq!(store.pengguna().list(users, FIRST_PAGE).await.unwrap().data, [guru]);
    let visits = JanjiTemuFilter { cari: SearchTerms::new("nilai ratna"), ..JanjiTemuFilter::default() };
    assert_eq!(store.janji_temu().list(visits, FIRST_PAGE).await.unwrap().data, [janji]);
    store.close().await;
}
