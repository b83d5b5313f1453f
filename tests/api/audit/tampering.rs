//! Nobody changes the audit unseen: the database refuses it, and where somebody forces it, the chain tells.

use rusqlite::Connection;
use serde_json::json;
use store::{SchoolSecrets, SqliteStore, audit::Verdict};
use tests::{App, Place, tamu};

/// A school with some entries, stopped, with its file.
async fn stopped() -> (tempfile::TempDir, Connection) {
    let app = App::start(Place::Sqlite).await;
    let desk = app.desk().await;
    for n in 1..=5 {
        desk.post("/api/tamu", tamu(n)).await.expect(201);
    }
    let folder = app.stop().await;
    let conn = Connection::open(folder.path().join("bukutamu.db")).expect("the file is there");
    (folder, conn)
}

/// Takes the guards away, as somebody could who owns the file.
fn unguarded(conn: &Connection) {
    conn.execute_batch("DROP TRIGGER tr_sistem_audit_ubah; DROP TRIGGER tr_sistem_audit_hapus")
        .expect("the owner of a file may do that");
}

async fn verify(folder: &tempfile::TempDir) -> Verdict {
    let kunci = SchoolSecrets::load(&folder.path().join(store::kunci::FILE_NAME)).expect("the key file");
    let path = folder.path().join("bukutamu.db");
    SqliteStore::verify_audit(&path, kunci.into()).await.expect("it can be read")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_table_refuses_changes_and_deletions() {
    let (folder, conn) = stopped().await;
    for sql in [
        "UPDATE sistem_audit SET nama_pelaku = 'Orang Lain' WHERE id = 2",
        "UPDATE sistem_audit SET sebelum = NULL, sesudah = NULL WHERE id = 2",
        "UPDATE sistem_audit SET nomor = NULL, pribadi = NULL, segel = NULL WHERE id = 2",
        "UPDATE sistem_audit SET waktu = waktu + 1",
        "DELETE FROM sistem_audit WHERE id = 2",
        "DELETE FROM sistem_audit",
    ] {
        let refused = conn.execute(sql, ()).expect_err("it is only added to").to_string();
        assert!(refused.contains("only added to"), "{sql}: {refused}");
    }
    let Verdict { entries, unsealed, broken } = verify(&folder).await;
    assert_eq!((entries, unsealed, broken), (6, 0, None), "a sign-in and five guests");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_forced_is_told_by_its_number() {
    for (sql, expected) in [
        ("UPDATE sistem_audit SET nama_pelaku = 'Orang Lain' WHERE nomor = 3", "entry 3 (id 3) was changed"),
        ("UPDATE sistem_audit SET sesudah = '{}' WHERE nomor = 4", "entry 4 (id 4) was changed"),
        ("UPDATE sistem_audit SET sebelum = NULL, sesudah = NULL WHERE nomor = 2", "entry 2 was emptied"),
        ("DELETE FROM sistem_audit WHERE nomor = 2", "entry 2 is missing"),
        ("DELETE FROM sistem_audit WHERE nomor = 1", "entry 1 is missing"),
        ("DELETE FROM sistem_audit WHERE nomor > 4", "entry 5 is missing"),
        ("DELETE FROM sistem_audit", "entry 1 is missing"),
        ("UPDATE sistem_audit_ujung SET nomor = 4", "the record of the chain's end was changed"),
        ("DELETE FROM sistem_audit_ujung", "the record of the chain's end was changed or is missing"),
        (
            "INSERT INTO sistem_audit_ujung SELECT 'terhapus', nomor, segel, bukti FROM sistem_audit_ujung",
            "the record of the chain's beginning was changed",
        ),
    ] {
        let (folder, conn) = stopped().await;
        unguarded(&conn);
        assert!(conn.execute(sql, ()).expect("nothing guards it") > 0, "{sql}");
        let broken = verify(&folder).await.broken.unwrap_or_else(|| panic!("unseen: {sql}"));
        assert!(broken.to_string().starts_with(expected), "{sql}: {broken}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_page_says_so_too() {
    let app = App::start(Place::Sqlite).await;
    let (admin, desk) = (app.admin().await, app.desk().await);
    for n in 1..=3 {
        desk.post("/api/tamu", tamu(n)).await.expect(201);
    }
    assert_eq!(admin.get("/api/audit").await.expect(200)["utuh"], true);
    let conn = Connection::open(app.folder().join("bukutamu.db")).expect("the file is there");
    unguarded(&conn);
    conn.execute("UPDATE sistem_audit SET alamat = '192.0.2.9' WHERE nomor = 2", ()).expect("it is forced");
    assert_eq!(admin.get("/api/audit").await.expect(200)["utuh"], false, "it is on the page");
    assert_eq!(admin.get("/api/audit?ukuran=1").await.expect(200)["utuh"], true, "nobody has looked yet");
    let chain = admin.get("/api/audit/rantai").await.expect(200);
    assert_eq!((&chain["utuh"], &chain["rusak_di"]), (&json!(false), &json!(2)));
    let list = admin.get("/api/audit?ukuran=1").await.expect(200);
    assert_eq!((&list["utuh"], &list["rantai"]["rusak_di"]), (&json!(false), &json!(2)));
    assert!(list["data"][0]["nomor"].as_i64() > Some(2), "{}", list["data"]);
}
