//! The data folder under a running server's hands: moved, replaced, used by a second program.

use std::fs;

use serde_json::json;

use crate::{
    api::Api,
    program::{Place, Running},
    school::{self, DESK, nama, telp},
};

async fn filled(appointments: usize) -> (Place, Vec<domain::JanjiTemu>) {
    let place = Place::new();
    let made = school::fill(&place.data(), appointments).await;
    (place, made)
}

/// Everything that needs the database answers that it is away. The process still answers that it lives.
async fn is_away(desk: &Api, kode: &str) {
    let walk_in = json!({ "tamu": { "nama": nama(7), "telp": telp(7) }, "keperluan": "x", "id_guru": 1 });
    for (what, (status, answer)) in [
        ("scan", desk.scan(kode, "meja:1").await.expect("an answer")),
        ("walk-in", desk.post("/api/appointments/walk-in", walk_in).await.expect("an answer")),
        ("today", desk.get("/api/appointments/today").await.expect("an answer")),
        ("readyz", desk.get("/readyz").await.expect("an answer")),
    ] {
        assert_eq!(
            (status.as_u16(), &answer["code"]),
            (503, &"database_tidak_tersedia".into()),
            "{what}: {answer}"
        );
    }
    assert_eq!(desk.get("/healthz").await.expect("an answer").0, 200);
}

async fn arrives(desk: &Api, kode: &str, kunci: &str) {
    let (status, answer) = desk.scan(kode, kunci).await.expect("an answer");
    assert_eq!((status.as_u16(), &answer["hasil"]), (200, &"datang".into()), "{answer}");
}

/// What a server says of an appointment.
async fn status_of(server: &Running, id: i64) -> serde_json::Value {
    let desk = Api::login(server, DESK.1).await;
    desk.get(&format!("/api/appointments/{id}")).await.expect("an answer").1["status"].clone()
}

#[tokio::test]
async fn a_folder_that_is_moved_away_is_told_until_it_is_back() {
    let (place, made) = filled(2).await;
    let server = place.serve();
    let desk = Api::login(&server, DESK.1).await;
    arrives(&desk, &made[0].kode_qr, "satu").await;
    let moved = place.data().with_extension("pindah");
    fs::rename(place.data(), &moved).expect("it can be moved");
    is_away(&desk, &made[1].kode_qr).await;
    assert!(!place.data().exists(), "nothing is made in its place");
    fs::rename(&moved, place.data()).expect("it can be moved back");
    desk.readiness_is(200).await;
    arrives(&desk, &made[1].kode_qr, "dua").await;
    server.kill();
    let again = place.serve();
    for row in &made {
        assert_eq!(status_of(&again, row.id.0).await, "menunggu");
    }
}

#[tokio::test]
async fn a_database_that_is_replaced_is_told() {
    for how in ["mv", "cp", "rm"] {
        let (place, made) = filled(1).await;
        let (other, _) = filled(1).await;
        let server = place.serve();
        let desk = Api::login(&server, DESK.1).await;
        match how {
            "mv" => fs::rename(other.database(), place.database()).expect("it can be put there"),
            // Into the same file.
            "cp" => fs::copy(other.database(), place.database()).map(drop).expect("it can be put there"),
            _ => fs::remove_file(place.database()).expect("it can be removed"),
        }
        is_away(&desk, &made[0].kode_qr).await;
        server.terminate();
        let (code, log) = server.wait();
        assert_eq!(code, Some(0), "{how}: {log}");
    }
}

#[tokio::test]
async fn a_log_of_the_database_that_is_deleted_is_told() {
    for ending in ["-wal", "-shm"] {
        let (place, made) = filled(1).await;
        let server = place.serve();
        let desk = Api::login(&server, DESK.1).await;
        fs::remove_file(place.data().join(format!("bukutamu.db{ending}"))).expect("it is there");
        is_away(&desk, &made[0].kode_qr).await;
    }
}

#[tokio::test]
async fn a_second_program_is_refused_in_one_line() {
    let (place, _) = filled(0).await;
    let server = place.serve();
    let elsewhere = Place::new();
    let same_file = format!("sqlite:{}", place.database().display());
    let target = format!("sqlite:{}", elsewhere.database().display());
    let init = ["init", "--admin-email", "a@sekolah.example", "--admin-nama", "Ani"];
    let serve = ["serve", "--plain-http", "--listen", "127.0.0.1:0"];
    for args in [&serve[..], &init, &["demo"], &["copy", "--from", &same_file, "--to", &target]] {
        let line = place.run(args, "meja hijau 9\n").failure();
        assert!(
            line.contains("data folder") && line.contains("is in use by another program"),
            "{args:?}: {line}"
        );
    }
    let line = elsewhere.run(&[&serve[..], &["--database", &same_file]].concat(), "").failure();
    assert!(line.contains("database") && line.contains("is in use by another program"), "{line}");
    assert_eq!(Api::nobody(&server).get("/readyz").await.expect("an answer").0, 200);
    place.run(&["check-database"], "").success();
    server.kill();
    // However it ended, nothing has to be cleaned up.
    place.serve();
}
