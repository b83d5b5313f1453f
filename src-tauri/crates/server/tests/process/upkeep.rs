//! `upkeep`: what it says, what it does, and what becomes of it if it is killed.

use rusqlite::Connection;
use tests::{MssqlDatabase, NO_MSSQL, skip};

use crate::{program::Place, school};

/// More visits of long ago than go to the archive in a moment.
const VISITS: i64 = 20_000;

/// So many visits of 2017, which the first guest made.
const OLD: &str = "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?1)
    INSERT INTO janji_temu (
        id_guru, id_tamu, keperluan, jadwal, durasi_menit, jenis, status, kode_qr, waktu_datang, dibuat_oleh,
        dibuat_pada
    )
    SELECT
        1, 1, 'Rapor', 1500000000000 + n * 60000, 30, 'langsung', 'selesai', 'LAMA' || n,
        1500000000000 + n * 60000, 1, 1500000000000
    FROM n";

/// How many visits are in the book, in the archive, and in both.
fn counted(conn: &Connection) -> (i64, i64, i64) {
    let sql = "SELECT
        (SELECT COUNT(*) FROM janji_temu), (SELECT COUNT(*) FROM sistem_arsip),
        (SELECT COUNT(*) FROM janji_temu WHERE id IN (SELECT id FROM sistem_arsip))";
    conn.query_row(sql, (), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).expect("the tables")
}

fn states(conn: &Connection) -> Vec<String> {
    let mut statement = conn.prepare("SELECT keadaan FROM sistem_pemeliharaan ORDER BY id").expect("a table");
    let rows = statement.query_map((), |row| row.get(0)).expect("rows");
    rows.collect::<rusqlite::Result<_>>().expect("words")
}

#[tokio::test]
async fn a_dry_run_says_what_would_be_done_and_changes_nothing() {
    let place = Place::new();
    school::fill(&place.data(), 2).await;
    let conn = Connection::open(place.database()).expect("the database");
    conn.execute(OLD, [3]).expect("the rows");
    let before = counted(&conn);
    let said = place.run(&["upkeep", "--dry-run"], "").success();
    let lines: Vec<_> = said.lines().collect();
    assert_eq!(lines[..2], ["no_show      0", "arsip        3"], "{said}");
    assert!(said.contains("dry run: nothing was changed"), "{said}");
    assert!(!said.contains(&school::nama(0)), "no names on a terminal: {said}");
    assert_eq!(counted(&conn), before);
    let said = place.run(&["upkeep"], "").success();
    assert!(said.contains("arsip        3\nnotifikasi   0\nanonim       0\nhapus        0"), "{said}");
    assert_eq!(counted(&conn), (2, 3, 0));
    let again = place.run(&["upkeep"], "").success();
    assert!(again.contains("arsip        0"), "{again}");
    assert_eq!(states(&conn), ["selesai"; 3]);
}

#[tokio::test]
async fn killed_half_way_each_batch_is_whole_and_the_next_run_does_the_rest() {
    let place = Place::new();
    school::fill(&place.data(), 2).await;
    let conn = Connection::open(place.database()).expect("the database");
    conn.execute(OLD, [VISITS]).expect("the rows");
    let mut child = place.command(&["upkeep"]).spawn().expect("the program starts");
    while counted(&conn).1 == 0 {
        let ended = child.try_wait().expect("it is a child");
        assert!(ended.is_none(), "it ended and archived nothing: {ended:?}");
        std::thread::yield_now();
    }
    child.kill().expect("it can be killed");
    child.wait().expect("it was running");
    let (left, archived, both) = counted(&conn);
    assert_eq!((left + archived, both), (VISITS + 2, 0), "each is in one of the two");
    assert_eq!(archived % i64::from(store::pemeliharaan::BATCH), 0, "whole batches: {archived}");
    assert!(archived < VISITS, "it was killed too late to prove anything");
    assert_eq!(states(&conn), ["berjalan"], "it could not say how it ended");

    let said = place.run(&["upkeep"], "").success();
    assert!(said.contains(&format!("arsip        {}", VISITS - archived)), "{said}");
    assert_eq!(counted(&conn), (2, VISITS, 0));
    assert_eq!(states(&conn), ["terputus", "selesai"]);
}

#[tokio::test]
async fn a_clock_that_is_years_off_erases_nobody() {
    let place = Place::new();
    school::fill(&place.data(), 1).await;
    let conn = Connection::open(place.database()).expect("the database");
    // As a computer leaves it whose clock was right years ago.
    let note = r#"{"believed":"2001-01-01T00:00:00Z","doubt":null}"#;
    conn.execute("INSERT INTO sistem_info (nama, nilai) VALUES ('jam', ?1)", [note]).expect("a note");
    let line = place.run(&["upkeep"], "").failure();
    assert!(line.contains("this computer's clock says"), "{line}");
    assert_eq!(states(&conn), Vec::<String>::new());
    place.run(&["upkeep", "--dry-run"], "").success();
}

#[tokio::test]
async fn on_sql_server_too() {
    let Some(database) = MssqlDatabase::create().await else { return skip(NO_MSSQL) };
    let place = Place::new();
    let url = [("BUKUTAMU_DATABASE", database.url())];
    let said = place.run_with(&["upkeep", "--dry-run"], &url, "").success();
    assert!(said.contains("arsip        0"), "{said}");
    let said = place.run_with(&["upkeep"], &url, "").success();
    assert!(said.contains("hapus        0"), "{said}");
}
