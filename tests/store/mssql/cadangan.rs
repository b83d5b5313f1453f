//! What a backup of SQL Server stands on: rows as they stand at one moment, and those of an older version.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use domain::Role;
use store::{
    MssqlStore, SearchTerms, SqliteStore, Store,
    copy::{TABLES, Table, copy},
    janji_temu::TamuOf,
};
use tests::{NO_MSSQL, skip};

use crate::school::{FIRST_PAGE, School, at, langsung_baru, made, tamu_baru};

fn table(name: &str) -> &'static Table {
    TABLES.iter().find(|table| table.name == name).unwrap()
}

#[tokio::test]
async fn frozen_rows_stay_as_they_were() {
    let Some(school) = School::on_mssql().await else { return skip(NO_MSSQL) };
    let guru = school.pengguna(Role::Guru).await;
    school.arrival(&guru).await;
    let frozen = school.store.rows().freeze().await.unwrap().expect("this server keeps older states of rows");
    let later = school.arrival(&guru).await;
    for name in ["tamu", "janji_temu"] {
        assert_eq!(frozen.count_rows(table(name)).await.unwrap(), 1, "{name}");
        assert_eq!(frozen.list_rows(table(name), None, 10).await.unwrap().len(), 1, "{name}");
        assert_eq!(school.store.rows().count_rows(table(name)).await.unwrap(), 2, "{name}");
    }
    drop(frozen);
    // The level does not stay with a connection that others use.
    let again = school.store.janji_temu().find(later.id).await.unwrap();
    assert!(again.is_some());
    school.store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_copy_while_guests_come_is_of_one_moment() {
    let Some(school) = School::on_mssql().await else { return skip(NO_MSSQL) };
    let guru = school.pengguna(Role::Guru).await;
    school.arrival(&guru).await;
    let is_over = Arc::new(AtomicBool::new(false));
    let desk = {
        let (store, guru, is_over) = (school.store.clone(), guru.clone(), Arc::clone(&is_over));
        tokio::spawn(async move {
            let mut came = 0;
            while !is_over.load(Ordering::Relaxed) {
                came += 1;
                let baru = tamu_baru("Budi", &format!("0813 0000 {came:04}"));
                made(store.janji_temu().create(langsung_baru(&guru, TamuOf::Baru(baru), at("09:00"))).await);
            }
            came
        })
    };
    let folder = tempfile::tempdir().unwrap();
    let mut sizes = Vec::new();
    for n in 0..3 {
        let path = folder.path().join(format!("{n}.db"));
        let target = SqliteStore::open(&path, school.kunci.clone()).unwrap();
        let moved = copy(&*school.store, &target, |_| ()).await.unwrap();
        assert_eq!(moved["tamu"].0, moved["janji_temu"].0, "each came once");
        sizes.push(moved["tamu"].0);
        target.close().await;
        assert!(SqliteStore::check(&path, &school.kunci).unwrap().is_sound());
    }
    is_over.store(true, Ordering::Relaxed);
    assert!(desk.await.unwrap() > 0);
    assert!(sizes[0] < sizes[2], "the desk went on meanwhile: {sizes:?}");
    school.store.close().await;
}

#[tokio::test]
async fn a_school_is_written_into_a_file_of_an_older_version() {
    let Some(school) = School::on_mssql().await else { return skip(NO_MSSQL) };
    let guru = school.pengguna(Role::Guru).await;
    school.arrival(&guru).await;
    let config = school.database().config();
    let older = MssqlStore::inspect(&config).await.unwrap().known - 1;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lama.db");
    MssqlStore::write_older(&config, school.kunci.clone(), older, &path).await.unwrap();
    assert_eq!(SqliteStore::inspect(&path).unwrap().found, older);
    assert!(SqliteStore::check(&path, &school.kunci).unwrap().is_sound());
    let opened = SqliteStore::open(&path, school.kunci.clone()).unwrap();
    for table in TABLES {
        let there = school.store.rows().count_rows(table).await.unwrap();
        assert_eq!(opened.rows().count_rows(table).await.unwrap(), there, "{}", table.name);
    }
    assert_eq!(opened.tamu().list(SearchTerms::new("dewi").into(), FIRST_PAGE).await.unwrap().total, 1);
    opened.close().await;
    school.store.close().await;
}
