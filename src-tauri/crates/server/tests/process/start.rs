//! What keeps it from starting: one clear line and a non-zero exit.

use std::{fs, net::TcpListener};

use client::{Client, ServerAddress, TokenStore};
use rusqlite::Connection;

use crate::{
    api::Api,
    program::Place,
    school::{self, GURU, PASSWORD},
};

/// A data folder with a school in it.
async fn filled() -> Place {
    let place = Place::new();
    school::fill(&place.data(), 0).await;
    place
}

#[track_caller]
fn refuses(place: &Place, args: &[&str], words: &[&str]) {
    let args = [&["serve", "--plain-http", "--listen", "127.0.0.1:0"], args].concat();
    let line = place.run(&args, "").failure();
    for word in words {
        assert!(line.contains(word), "it does not say {word}: {line}");
    }
}

#[tokio::test]
async fn it_says_where_it_listens_once_it_accepts() {
    let server = filled().await;
    let running = server.serve();
    assert!(running.url.starts_with("http://127.0.0.1:"), "{}", running.url);
    let (status, _) = Api::nobody(&running).get("/readyz").await.expect("it accepts");
    assert_eq!(status, 200);
}

#[tokio::test]
async fn with_tls_it_shows_the_certificate_that_clients_pin() {
    let place = filled().await;
    let running = place.serve_with(&[], "info");
    let fingerprint = running.certificate.clone().expect("the certificate's line");
    let address: ServerAddress = format!("{}#{fingerprint}", running.url).parse().expect("an address");
    let client =
        Client::connect(address, TokenStore::memory()).await.expect("the certificate is the one named");
    client.login(GURU.1, PASSWORD).await.expect("the login over TLS");
    running.kill();
    let again = place.serve_with(&[], "info");
    assert_eq!(again.certificate, Some(fingerprint), "the certificate stays");
}

#[tokio::test]
async fn a_wrong_key_file() {
    let (place, other) = (filled().await, filled().await);
    fs::copy(other.kunci(), place.kunci()).expect("a copy");
    refuses(&place, &[], &["key file", "does not belong to database"]);
}

#[tokio::test]
async fn a_missing_key_file() {
    let place = filled().await;
    fs::remove_file(place.kunci()).expect("it was there");
    refuses(&place, &[], &["key file", "is missing"]);
    assert!(!place.kunci().exists(), "no new key file is made beside an old database");
}

#[tokio::test]
async fn a_damaged_key_file() {
    let place = filled().await;
    let whole = fs::read(place.kunci()).expect("it is there");
    for damaged in [&b""[..], b"{}", &whole[..whole.len() / 2], &[0xff; 64]] {
        fs::write(place.kunci(), damaged).expect("it can be written");
        refuses(&place, &[], &["key file", "is damaged"]);
    }
}

#[tokio::test]
async fn a_database_of_a_newer_version() {
    let place = filled().await;
    let conn = Connection::open(place.database()).expect("the database");
    let later = "INSERT INTO sistem_riwayat_skema (version, name, applied_on, checksum)
        VALUES (9999, 'kelak', '2030-01-01T00:00:00Z', '1')";
    conn.execute(later, ()).expect("a later migration");
    drop(conn);
    refuses(&place, &[], &["newer version", "9999"]);
}

#[tokio::test]
async fn a_file_that_is_no_database() {
    let place = filled().await;
    fs::write(place.database(), "bukan basis data ".repeat(1000)).expect("it can be written");
    for suffix in ["-wal", "-shm"] {
        let _ = fs::remove_file(place.data().join(format!("bukutamu.db{suffix}")));
    }
    refuses(&place, &[], &["database", "not a database"]);
}

#[tokio::test]
async fn a_taken_port() {
    let place = filled().await;
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("an address").to_string();
    let line = place.run(&["serve", "--plain-http", "--listen", &address], "").failure();
    assert!(line.contains(&address) && line.contains("already in use"), "{line}");
}

#[test]
fn a_folder_that_cannot_be_written() {
    let place = Place::new();
    fs::write(place.data(), "a file, not a folder").expect("it can be written");
    refuses(&place, &[], &["data folder", "cannot be written"]);
}

#[test]
fn a_folder_below_a_file() {
    let place = Place::new();
    fs::write(place.data(), "a file, not a folder").expect("it can be written");
    let below = place.data().join("lebih/dalam");
    let below = below.to_str().expect("a plain name");
    // The last folder given counts, so the bad folder is given by the database's path.
    refuses(&place, &["--database", &format!("sqlite:{below}/b.db")], &["cannot be written"]);
}

#[tokio::test]
async fn a_database_that_is_none_of_ours_is_refused_without_repeating_it() {
    let place = filled().await;
    for url in ["sqlserver://sa:Rahasia123@db/x", "postgres://u:Rahasia123@h/db", "Rahasia123", "sqlite:"] {
        let args = ["serve", "--plain-http", "--listen", "127.0.0.1:0", "--database", url];
        let line = place.run(&args, "").failure();
        assert!(line.contains("sqlite:PATH") && !line.contains("Rahasia123"), "{line}");
    }
}

#[tokio::test]
async fn half_a_certificate() {
    let place = filled().await;
    place.serve_with(&[], "info").kill();
    fs::remove_file(place.data().join("sertifikat.kunci.pem")).expect("it was there");
    let line = place.run(&["serve", "--listen", "127.0.0.1:0"], "").failure();
    assert!(line.contains("sertifikat.kunci.pem is missing"), "{line}");
}
