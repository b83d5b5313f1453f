//! What the log tells of security, by identities only, at every level; and the audit's chain, checked from outside.

use rusqlite::Connection;
use serde_json::json;

use crate::{
    api::Api,
    program::Place,
    school::{self, ADMIN, DESK, GURU, nama, telp},
};

#[tokio::test]
async fn what_is_refused_is_told_by_identities() {
    for level in ["info", "error", "server=off,audit=off"] {
        let place = Place::new();
        school::fill(&place.data(), 2).await;
        let server = place.serve_with(&["--plain-http"], level);
        let nobody = Api::nobody(&server);
        let wrong = json!({ "email": GURU.1, "password": "salah sekali" });
        nobody.post("/api/auth/login", wrong).await.expect("an answer");
        let (guru, desk) = (Api::login(&server, GURU.1).await, Api::login(&server, DESK.1).await);
        let admin = Api::login(&server, ADMIN.1).await;
        guru.get("/api/users").await.expect("an answer");
        guru.get(&format!("/api/tamu/search?q=0{}", telp(9))).await.expect("an answer");
        desk.get("/api/settings").await.expect("an answer");
        let new = json!({ "nama": "Dewi Lestari", "email": "dewi@sekolah.example", "role": "Guru" });
        admin.post("/api/users", new).await.expect("an answer");
        server.terminate();
        let (_, log) = server.wait();

        let lines: Vec<_> = log.lines().filter(|line| line.contains(" audit: ")).collect();
        for expected in [
            "akses_ditolak\" id_pengguna=1 route=\"/api/users\"",
            "akses_ditolak\" id_pengguna=2 route=\"/api/settings\"",
            "cari_nomor\" id_pengguna=1 ditemukan=0",
        ] {
            let is_told = lines.iter().any(|line| line.contains(expected));
            assert!(is_told, "{level}: nothing of {expected} in {lines:#?}");
        }
        for secret in [GURU.0, GURU.1, "Dewi", "dewi@", "salah", &nama(0), &telp(9), &telp(0)] {
            assert!(lines.iter().all(|line| !line.contains(secret)), "{level}: {secret} in {lines:#?}");
        }
    }
}

#[tokio::test]
async fn the_chain_is_checked_from_outside() {
    let place = Place::new();
    school::fill(&place.data(), 2).await;
    let server = place.serve();
    let desk = Api::login(&server, DESK.1).await;
    for id in [1, 2] {
        desk.get(&format!("/api/tamu/{id}")).await.expect("an answer");
    }
    server.terminate();
    server.wait();
    let said = place.run(&["verify-audit"], "").success();
    assert_eq!(said.trim(), "the audit is whole: 3 entries, each as it was written");
    let conn = Connection::open(place.database()).expect("the file is there");
    let forced = "DROP TRIGGER tr_sistem_audit_ubah; UPDATE sistem_audit SET id_objek = 9 WHERE nomor = 2";
    conn.execute_batch(forced).expect("the owner of a file may do that");
    drop(conn);
    let line = place.run(&["verify-audit"], "").failure();
    assert!(line.contains("the audit is not whole: entry 2 (id 2) was changed"), "{line}");
}
