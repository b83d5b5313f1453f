//! `copy`: a whole school moved by the program, in either direction, and what becomes of one that is stopped.

use rusqlite::Connection;
use tests::{MssqlDatabase, NO_MSSQL, skip};

use crate::{
    api::Api,
    program::{Ended, Place, Running},
    school::{self, DESK},
};

/// So many that no computer moves them between two lines of the report.
const MANY: &str = "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 300000)
    INSERT INTO sistem_percobaan (sidik, gagal, terkunci_sampai, terakhir_pada)
    SELECT randomblob(32), 1, NULL, 1 FROM n";

fn sqlite(place: &Place, name: &str) -> String {
    format!("sqlite:{}", place.data().join(name).display())
}

fn copy(place: &Place, from: &str, to: &str) -> Ended {
    place.run_with(&["copy", "--from", "env:DARI", "--to", "env:KE"], &[("DARI", from), ("KE", to)], "")
}

async fn scans(server: &Running, kode: &str) -> String {
    let desk = Api::login(server, DESK.1).await;
    let (status, answer) = desk.scan(kode, "meja:1").await.expect("an answer");
    assert_eq!(status, 200, "{answer}");
    answer["hasil"].as_str().expect("a result").to_owned()
}

async fn there_and_back(place: &Place, there: &str) {
    let made = school::fill(&place.data(), 2).await;
    let (here, back) = (sqlite(place, "bukutamu.db"), sqlite(place, "kembali.db"));
    let said = copy(place, &here, there).success();
    assert!(said.contains("both hold the same") && !said.contains("rahasia"), "{said}");
    let refused = copy(place, &here, there).failure();
    assert!(refused.contains("the target is not empty"), "{refused}");
    let server = place.serve_on(there);
    assert_eq!(scans(&server, &made[0].kode_qr).await, "datang", "a code made before is good there");
    server.kill();
    copy(place, there, &back).success();
    let server = place.serve_on(&back);
    assert_eq!(scans(&server, &made[0].kode_qr).await, "datang", "the same scan again answers the same");
}

#[tokio::test]
async fn from_file_to_file_and_back() {
    let place = Place::new();
    there_and_back(&place, &sqlite(&place, "lain.db")).await;
}

#[tokio::test]
async fn to_sql_server_and_back() {
    let Some(database) = MssqlDatabase::create().await else { return skip(NO_MSSQL) };
    there_and_back(&Place::new(), database.url()).await;
}

async fn killed_half_way(place: &Place, to: &str) {
    school::fill(&place.data(), 1).await;
    let conn = Connection::open(place.database()).expect("the database");
    conn.execute(MANY, ()).expect("the rows");
    let from = sqlite(place, "bukutamu.db");
    let args = ["copy", "--from", "env:DARI", "--to", "env:KE"];
    let said = place.kill_when_it_speaks(&args, &[("DARI", &from), ("KE", to)]);
    assert!(said.starts_with("copying "), "{said}");
    let serve = ["serve", "--plain-http", "--listen", "127.0.0.1:0"];
    let line = place.run_with(&serve, &[("BUKUTAMU_DATABASE", to)], "").failure();
    assert!(line.contains("a copy that was not finished"), "{line}");
    // The rows that made the copy slow have done their part.
    conn.execute("DELETE FROM sistem_percobaan", ()).expect("the table");
    copy(place, &from, to).success();
    let server = place.serve_on(to);
    Api::login(&server, DESK.1).await;
}

#[tokio::test]
async fn killed_half_way_it_is_started_again() {
    let place = Place::new();
    killed_half_way(&place, &sqlite(&place, "lain.db")).await;
}

#[tokio::test]
async fn killed_half_way_to_sql_server_it_is_started_again() {
    let Some(database) = MssqlDatabase::create().await else { return skip(NO_MSSQL) };
    killed_half_way(&Place::new(), database.url()).await;
}
