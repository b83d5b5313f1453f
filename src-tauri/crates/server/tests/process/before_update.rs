//! The backup before a school of an older version is brought up to date.

use std::{fs, path::PathBuf, sync::Arc};

use server::data_dir;
use store::{OlderFile, SqliteStore};
use tests::{MssqlDatabase, NO_MSSQL, skip};

use crate::{backup::scans, program::Place, school};

/// Makes the school in a place one of the version before, as an older program would have left it. Gives that version.
async fn make_older(place: &Place) -> u32 {
    let data = data_dir::open(&place.data(), None).await.expect("a school");
    let older = SqliteStore::inspect(&place.database()).expect("a database").known - 1;
    let path = place.data().join("lama.db");
    let file = OlderFile::create(&path, &data.kunci, older).expect("a file");
    for table in file.tables() {
        let rows = data.store.rows().list_rows(table, None, 10_000).await.expect("rows");
        file.insert(table, &rows).expect("rows can be entered");
    }
    file.finish().expect("the file is whole");
    data.store.close().await;
    drop(data);
    fs::rename(&path, place.database()).expect("the file takes the other's place");
    older
}

fn found(place: &Place) -> u32 {
    SqliteStore::inspect(&place.database()).expect("a database").found
}

fn backups(place: &Place) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(place.data().join("cadangan")) else { return Vec::new() };
    entries.map(|entry| entry.expect("an entry").path()).collect()
}

#[tokio::test]
async fn a_school_of_before_is_backed_up_first_and_can_go_back() {
    let (place, elsewhere) = (Place::new(), Place::new());
    let made = school::fill(&place.data(), 2).await;
    assert_eq!(backups(&place).len(), 0, "a new school needs none");
    let older = make_older(&place).await;
    let server = place.serve();
    assert_eq!(scans(&server, &made[0].kode_qr).await, "datang");
    assert_eq!(found(&place), older + 1);
    let kept = backups(&place);
    let [file] = &kept[..] else { panic!("one backup: {kept:?}") };
    assert_eq!(cadangan::file::header(file).expect("a backup").skema, older);
    drop(server);
    place.serve();
    assert_eq!(backups(&place).len(), 1, "the next start has nothing to bring up to date");
    // It is as the older program left it, and the restore brings it up to date again.
    let path = file.to_str().expect("text");
    place.run(&["verify-backup", path], "").success();
    fs::create_dir_all(elsewhere.data()).expect("a folder");
    fs::copy(place.kunci(), elsewhere.kunci()).expect("the key file");
    elsewhere.run(&["restore", "--from", path], "").success();
    assert_eq!(found(&elsewhere), older + 1);
    assert_eq!(scans(&elsewhere.serve(), &made[0].kode_qr).await, "datang");
}

#[tokio::test]
async fn without_a_backup_nothing_is_brought_up_to_date_unless_that_is_said() {
    let place = Place::new();
    let made = school::fill(&place.data(), 1).await;
    let older = make_older(&place).await;
    fs::write(place.data().join("cadangan"), "no folder").expect("a file");
    let serve = ["serve", "--listen", "127.0.0.1:0", "--plain-http"];
    let line = place.run(&serve, "").failure();
    assert!(line.contains("--migrate-without-backup") && line.contains("cadangan"), "{line}");
    assert_eq!((found(&place), line.trim().lines().count()), (older, 1), "{line}");
    let server = place.serve_with(&["--plain-http", "--migrate-without-backup"], "info");
    assert_eq!(scans(&server, &made[0].kode_qr).await, "datang");
    assert_eq!(found(&place), older + 1);
}

#[tokio::test]
async fn a_backup_by_hand_brings_nothing_up_to_date() {
    let (place, folder) = (Place::new(), tempfile::tempdir().expect("a folder"));
    school::fill(&place.data(), 1).await;
    let older = make_older(&place).await;
    place.run(&["backup", "--to", folder.path().to_str().expect("text")], "").success();
    assert_eq!(found(&place), older);
}

#[tokio::test]
async fn on_sql_server_the_rows_of_before_are_backed_up() {
    let Some(database) = MssqlDatabase::create().await else { return skip(NO_MSSQL) };
    let (place, folder) = (Place::new(), tempfile::tempdir().expect("a folder"));
    let made = school::fill(&place.data(), 1).await;
    let variables = [("BUKUTAMU_DATABASE", database.url())];
    let url = format!("sqlite:{}", place.database().display());
    place.run(&["copy", "--from", &url, "--to", database.url()], "").success();
    let known = SqliteStore::inspect(&place.database()).expect("a database").known;
    let newest = format!("DELETE FROM sistem.riwayat_skema WHERE version = {known}");
    database.rows(&newest).await;
    let to = ["backup", "--to", folder.path().to_str().expect("text")];
    let said = place.run_with(&to, &variables, "").success();
    let file = PathBuf::from(said.trim());
    assert_eq!(cadangan::file::header(&file).expect("a backup").skema, known - 1);
    fs::remove_file(place.database()).expect("the file");
    place.run(&["restore", "--from", file.to_str().expect("text")], "").success();
    let kunci = Arc::new(store::SchoolSecrets::load(&place.kunci()).expect("the key file"));
    assert!(SqliteStore::check(&place.database(), &kunci).expect("a database").is_sound());
    assert_eq!(scans(&place.serve(), &made[0].kode_qr).await, "datang");
}
