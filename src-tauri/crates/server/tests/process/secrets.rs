//! What must never be found: numbers in the data folder, people and secrets in the log.

use std::{fs, path::Path};

use serde_json::json;

use crate::{
    api::Api,
    program::Place,
    school::{self, ADMIN, DESK, GURU, PASSWORD, nama, telp},
};

/// Files that hold a text in their bytes.
fn files_with(folder: &Path, text: &str) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the data folder");
    let holds = |path: &Path| {
        let bytes = fs::read(path).unwrap_or_default();
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    };
    let found = entries.flatten().map(|entry| entry.path()).filter(|path| holds(path));
    found.map(|path| path.display().to_string()).collect()
}

#[tokio::test]
async fn no_file_holds_a_guests_number() {
    let place = Place::new();
    let made = school::fill(&place.data(), 3).await;
    let server = place.serve();
    let desk = Api::login(&server, DESK.1).await;
    let walk_in = json!({ "tamu": { "nama": "Tamu", "telp": telp(4) }, "keperluan": "x", "id_guru": 1 });
    desk.post("/api/appointments/walk-in", walk_in).await.expect("an answer");
    desk.scan(&made[0].kode_qr, "k1").await.expect("an answer");
    assert_ne!(files_with(&place.data(), &nama(1)), Vec::<String>::new(), "names can be found");
    for n in [0, 1, 2, 4] {
        assert_eq!(files_with(&place.data(), &telp(n)), Vec::<String>::new(), "while it serves");
    }
    for secret in [PASSWORD, desk.token()] {
        assert_eq!(files_with(&place.data(), secret), Vec::<String>::new());
    }
    server.kill();
    for n in [0, 1, 2, 4] {
        assert_eq!(files_with(&place.data(), &telp(n)), Vec::<String>::new(), "after its end");
    }
}

#[tokio::test]
async fn only_the_owner_reads_the_secrets() {
    let place = Place::new();
    school::fill(&place.data(), 0).await;
    let _server = place.serve_with(&[], "info");
    let is_restricted = |path: &Path| owner_only::is_restricted(path).expect("it is there");
    assert!(is_restricted(&place.data()), "the data folder");
    for name in ["bukutamu.kunci", "sertifikat.kunci.pem", "bukutamu.db"] {
        assert!(is_restricted(&place.data().join(name)), "{name}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn the_log_of_a_whole_day_names_nobody() {
    names_nobody("trace").await;
}

/// A directive for a part of a crate is stronger than one for the crate, so each is tried.
#[cfg(unix)]
#[tokio::test]
async fn no_directive_makes_another_crate_tell_what_it_was_given() {
    names_nobody(
        "info,server=trace,store=trace,hyper=trace,hyper::proto=trace,hyper::proto::h1::role=trace,h2::codec=trace,\
         hyper_util=trace,axum=trace,tower_http=trace,tungstenite::protocol=trace,tokio_tungstenite=trace,\
         rusqlite=trace,tiberius::client=trace,tiberius::tds::stream=trace,rustls::server=trace,\
         mdns_sd=trace,audit=trace",
    )
    .await;
}

#[cfg(unix)]
async fn names_nobody(level: &str) {
    let place = Place::new();
    let made = school::fill(&place.data(), 2).await;
    let server = place.serve_with(&["--plain-http"], level);
    let (desk, guru) = (Api::login(&server, DESK.1).await, Api::login(&server, GURU.1).await);
    let admin = Api::login(&server, school::ADMIN.1).await;
    let address = format!("ws://{}/ws", server.address());
    let (mut socket, _) = tokio_tungstenite::connect_async(address).await.expect("the event stream");
    let first = json!({ "type": "authenticate", "token": guru.token() }).to_string();
    futures_util::SinkExt::send(&mut socket, first.into()).await.expect("it is open");

    let wrong = json!({ "email": GURU.1, "password": "salah sekali" });
    Api::nobody(&server).post("/api/auth/login", wrong).await.expect("an answer");
    let tamu = json!({ "nama": nama(7), "telp": telp(7), "email": "tamu@rumah.example" });
    desk.post("/api/tamu", tamu.clone()).await.expect("an answer");
    desk.post("/api/tamu", tamu).await.expect("an answer");
    desk.post("/api/tamu", json!({ "nama": nama(8), "telp": "rusak", "x": 1 })).await.expect("an answer");
    let kode = &made[0].kode_qr;
    desk.get(&format!("/api/appointments/qr/{kode}")).await.expect("an answer");
    for kunci in ["kunci-satu", "kunci-dua"] {
        desk.scan(kode, kunci).await.expect("an answer");
    }
    desk.get(&format!("/api/tamu/search?q={}", telp(7))).await.expect("an answer");
    let answer = json!({ "tanggapan": "Saya ke lobi" });
    guru.post("/api/notifications/1/respond", answer).await.expect("an answer");
    let review = json!({ "kode": made[1].kode_qr, "rating": 5, "komentar": "Ramah sekali" });
    desk.post("/api/ulasan", review).await.expect("an answer");
    let (_, made_user) = admin
        .post(
            "/api/users",
            json!({ "nama": "Dewi Lestari", "email": "dewi@sekolah.example", "role": "Guru" }),
        )
        .await
        .expect("an answer");
    let sementara = made_user["password_sementara"].as_str().expect("a password").to_owned();
    server.terminate();
    let (_, log) = server.wait();

    assert!(log.contains("request"), "the log is there: {log}");
    let tokens = [desk.token(), guru.token(), kode, &made[1].kode_qr];
    let people = [GURU.0, GURU.1, DESK.0, DESK.1, "Wijayakusuma", "tamu@rumah.example", "Dewi", "dewi@"];
    let words =
        ["Saya ke lobi", "Ramah sekali", "Konsultasi", PASSWORD, "salah sekali", &sementara, "8127654"];
    for secret in tokens.iter().chain(&people).chain(&words) {
        let lines: Vec<_> = log.lines().filter(|line| line.contains(secret)).collect();
        assert!(lines.is_empty(), "the log tells {secret}: {lines:?}");
    }
}

#[tokio::test]
async fn an_unknown_account_costs_as_much_work_as_a_wrong_password() {
    let place = Place::new();
    school::fill(&place.data(), 1).await;
    let server = place.serve();
    let (nobody, admin) = (Api::nobody(&server), Api::login(&server, ADMIN.1).await);
    let comparisons = async || {
        let (_, figures) = admin.get("/metrics").await.expect("the figures");
        let figures = figures.as_str().unwrap_or_default().to_owned();
        let line = figures.lines().find_map(|line| line.strip_prefix("bukutamu_password_checks_total "));
        line.map_or(0, |count| count.parse::<u32>().expect("a number"))
    };
    let long = "a".repeat(100);
    for (path, body) in [
        ("/api/auth/login", json!({ "email": GURU.1, "password": "salah sekali" })),
        ("/api/auth/login", json!({ "email": GURU.1, "password": long })),
        ("/api/auth/login", json!({ "email": "tidak.ada@sekolah.example", "password": "salah sekali" })),
        ("/api/auth/login", json!({ "email": "bukan alamat", "password": "salah sekali" })),
        ("/api/auth/tamu", json!({ "telp": telp(0), "password": "salah sekali" })),
        ("/api/auth/tamu", json!({ "telp": telp(9), "password": "salah sekali" })),
    ] {
        let before = comparisons().await;
        let (status, _) = nobody.post(path, body.clone()).await.expect("an answer");
        assert_eq!((status.as_u16(), comparisons().await - before), (401, 1), "{path} {body}");
    }
}
