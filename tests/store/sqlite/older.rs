//! A file of an older version: looked through as it is, and brought up to date by whoever opens it.

use std::{collections::BTreeMap, sync::Arc};

use domain::Role;
use store::{OlderFile, SearchTerms, SqliteStore, Store, copy::Checksum};

use crate::school::{FIRST_PAGE, School, at};

/// Since this migration there are all the tables that the story fills.
const OLDEST: u32 = 8;

#[tokio::test]
async fn an_older_file_is_checked_by_the_columns_that_it_has() {
    let school = School::on_sqlite();
    let guru = school.pengguna(Role::Guru).await;
    school.janji(&guru, at("09:00")).await;
    school.arrival(&guru).await;
    let folder = tempfile::tempdir().unwrap();
    let known = SqliteStore::inspect(&school.path()).unwrap().known;
    for version in OLDEST..=known {
        let path = folder.path().join(format!("v{version}.db"));
        let file = OlderFile::create(&path, &school.kunci, version).unwrap();
        let mut sums = BTreeMap::new();
        for table in file.tables() {
            let rows = school.store.rows().list_rows(table, None, 100).await.unwrap();
            // A message of a kind that is newer, or a word, is none of this story's.
            if rows.is_empty() || table.name == "pesan_keluar" {
                continue;
            }
            let mut sum = Checksum::default();
            rows.iter().for_each(|row| sum.add(row));
            sums.insert(table.name, (rows.len() as u64, sum));
            file.insert(table, &rows).unwrap();
        }
        file.finish().unwrap();
        let check = SqliteStore::check(&path, &school.kunci).unwrap();
        assert!(check.is_sound(), "{version}: {:?}", check.damaged);
        assert_eq!(
            check.tables, sums,
            "{version}: what a column would hold that is not there counts for nothing"
        );
        assert_eq!(SqliteStore::inspect(&path).unwrap().found, version);
        let chain = SqliteStore::verify_audit(&path, Arc::clone(&school.kunci)).await.unwrap();
        assert_eq!(chain.broken, None);
        let opened = SqliteStore::open(&path, Arc::clone(&school.kunci)).unwrap();
        let dewi = opened.tamu().list(SearchTerms::new("dewi").into(), FIRST_PAGE).await.unwrap();
        assert!(dewi.total > 0, "{version}: found by the words that are made anew");
        opened.close().await;
    }
    school.store.close().await;
}

#[tokio::test]
async fn a_school_of_before_the_audit_has_no_entry() {
    let school = School::on_sqlite();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lama.db");
    OlderFile::create(&path, &school.kunci, OLDEST - 1).unwrap().finish().unwrap();
    let chain = SqliteStore::verify_audit(&path, Arc::clone(&school.kunci)).await.unwrap();
    assert_eq!((chain.entries, chain.unsealed, chain.broken), (0, 0, None));
    assert!(SqliteStore::check(&path, &school.kunci).unwrap().is_sound());
    school.store.close().await;
}
