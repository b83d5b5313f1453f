//! `check-database`, and the places that name the database: plain words, and never a password.

use std::fs;

use rusqlite::Connection;
use tests::{MssqlDatabase, NO_MSSQL, skip};

use crate::{
    api::Api,
    program::{Ended, Place},
    school::{self, DESK},
};

const SERVE: [&str; 4] = ["serve", "--plain-http", "--listen", "127.0.0.1:0"];

fn check(place: &Place, url: &str) -> Ended {
    place.run_with(&["check-database"], &[("BUKUTAMU_DATABASE", url)], "")
}

#[tokio::test]
async fn a_file_is_new_or_there_or_not_to_be_used() {
    let (place, other) = (Place::new(), Place::new());
    let said = place.run(&["check-database"], "").success();
    assert!(said.contains("not there yet") && !place.database().exists(), "{said}");
    school::fill(&place.data(), 0).await;
    let said = place.run(&["check-database"], "").success();
    assert!(said.contains("can be used"), "{said}");

    let own = fs::read(place.kunci()).expect("the key file");
    school::fill(&other.data(), 0).await;
    fs::copy(other.kunci(), place.kunci()).expect("a copy");
    let line = place.run(&["check-database"], "").failure();
    assert!(line.contains("does not belong to database"), "{line}");
    fs::write(place.kunci(), own).expect("it can be written");

    let conn = Connection::open(place.database()).expect("the database");
    let later = "INSERT INTO sistem_riwayat_skema (version, name, applied_on, checksum)
        VALUES (9999, 'kelak', '2030-01-01T00:00:00Z', '1')";
    conn.execute(later, ()).expect("a later migration");
    let line = place.run(&["check-database"], "").failure();
    assert!(line.contains("newer version"), "{line}");
}

/// Everything in the data folder.
fn files(place: &Place) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(place.data()).expect("the data folder").flatten();
    let mut files: Vec<_> = entries
        .map(|entry| {
            (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).unwrap_or_default())
        })
        .collect();
    files.sort();
    files
}

#[tokio::test]
async fn a_check_changes_nothing_and_brings_nothing_up_to_date() {
    let place = Place::new();
    school::fill(&place.data(), 2).await;
    let before = files(&place);
    let said = place.run(&["check-database"], "").success();
    assert!(said.contains("rows       ") && said.contains("each field of each"), "{said}");
    assert!(files(&place) == before, "a file was changed or made");

    let conn = Connection::open(place.database()).expect("the database");
    let older = "DELETE FROM sistem_riwayat_skema WHERE version > 1; DROP TABLE sistem_kata_tamu;";
    conn.execute_batch(older).expect("an older database");
    drop(conn);
    let before = files(&place);
    let said = place.run(&["check-database"], "").success();
    assert!(said.contains("schema 1; `serve` brings it up"), "{said}");
    assert!(files(&place) == before, "a file was changed or made");
}

#[tokio::test]
async fn every_damaged_field_is_found_and_no_value_told() {
    for (damage, told) in [
        ("UPDATE tamu SET telp = CAST(substr(telp, 1, 40) AS BLOB) WHERE id = 2", "tamu 2: telp"),
        ("UPDATE tamu SET telp_indeks = zeroblob(32) WHERE id = 1", "tamu 1: telp"),
        ("UPDATE tamu SET telp_akhir = '9999' WHERE id = 1", "tamu 1: telp_akhir"),
        ("UPDATE tamu SET nama = CAST(x'ff41' AS TEXT) WHERE id = 2", "tamu 2: nama"),
        ("UPDATE janji_temu SET kode_qr = 'A' WHERE id = 1", "janji_temu 1: kode_qr"),
        ("UPDATE janji_temu SET status = 'belun' WHERE id = 2", "janji_temu 2: status"),
        ("UPDATE janji_temu SET jadwal = 9000000000000000000 WHERE id = 1", "janji_temu 1: jadwal"),
        ("UPDATE pengguna SET role = 'Kepala' WHERE id = 1", "pengguna 1: role"),
        ("DELETE FROM pengguna WHERE id = 1", "refers to a row of pengguna that is not there"),
        (
            "DROP INDEX ix_tamu_nama; PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = 3
            WHERE name = 'ix_janji_temu_jadwal'",
            "structure",
        ),
    ] {
        let place = Place::new();
        school::fill(&place.data(), 2).await;
        let conn = Connection::open(place.database()).expect("the database");
        let rules = "PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF;";
        conn.execute_batch(&format!("{rules} {damage}")).expect(damage);
        drop(conn);
        let ended = place.run(&["check-database"], "");
        assert!(ended.all().contains(told), "{damage}: {}", ended.all());
        let line = ended.refusal();
        assert!(line.contains("damaged") && ended.all().contains(told), "{damage}: {}", ended.all());
        for value in [school::nama(0), school::nama(1), school::telp(0), "belun".into(), "Kepala".into()] {
            assert!(!ended.all().contains(&value), "{damage} tells {value}: {}", ended.all());
        }
    }
}

#[test]
fn a_key_file_without_its_school_is_told() {
    let place = Place::new();
    place.run(&["demo"], "").success();
    fs::write(place.database(), "").expect("it can be written");
    let line = place.run(&["check-database"], "").failure();
    assert!(line.contains("holds no school"), "{line}");
    let line = place.run(&SERVE, "").failure();
    assert!(line.contains("holds no school") && line.contains("backup"), "{line}");
}

#[test]
fn help_shows_no_value_of_the_variable() {
    let place = Place::new();
    for command in ["serve", "init", "demo", "check-database", "copy"] {
        let url = [("BUKUTAMU_DATABASE", "mssql://desk:Rahasia123@db/buku")];
        let said = place.run_with(&[command, "--help"], &url, "").success();
        assert!(!said.contains("Rahasia123"), "{said}");
    }
}

#[tokio::test]
async fn the_configuration_file_names_the_database() {
    let place = Place::new();
    let made = school::fill(&place.data(), 1).await;
    let elsewhere = place.data().join("lain.db");
    fs::rename(place.database(), &elsewhere).expect("it can be moved");
    let file = place.data().join("bukutamu.toml");
    fs::write(&file, format!("database = \"sqlite:{}\"\n", elsewhere.display())).expect("it can be written");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).expect("rights");
        let line = place.run(&SERVE, "").failure();
        assert!(line.contains("chmod 600"), "{line}");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("rights");
    }
    let server = place.serve();
    let desk = Api::login(&server, DESK.1).await;
    let (status, _) = desk.scan(&made[0].kode_qr, "meja:1").await.expect("an answer");
    assert_eq!(status, 200);
    assert!(!place.database().exists(), "the folder's own is not made");
    assert!(owner_only::is_restricted(&file).expect("it is there"), "others read what may hold a password");
}

#[tokio::test]
async fn sql_server_is_checked_in_plain_words() {
    let Some(database) = MssqlDatabase::create().await else { return skip(NO_MSSQL) };
    let place = Place::new();
    let said = check(&place, database.url()).success();
    assert!(said.contains("answers and takes the login") && said.contains("it can be used"), "{said}");
    let filled = place.run_with(&["demo"], &[("BUKUTAMU_DATABASE", database.url())], "");
    filled.success();
    let said = check(&place, database.url()).success();
    assert!(said.contains("a school, schema") && said.contains("belongs to this database"), "{said}");

    let other = Place::new();
    school::fill(&other.data(), 0).await;
    let line = check(&other, database.url()).refusal();
    assert!(line.contains("does not belong to database"), "{line}");
}
