//! Damaged files: the database, its log, the certificate, the configuration. Whatever stands in them, the program says
//! in one line what is wrong, or goes on with what is sound; it never hangs and never answers nonsense.

use std::{fs, path::PathBuf};

use rusqlite::Connection;
use tests::Seed;

use crate::{
    api::Api,
    program::Place,
    school::{self, DESK},
};

const SERVE: [&str; 4] = ["serve", "--plain-http", "--listen", "127.0.0.1:0"];

/// Guests who arrive one after another, each in a commit of its own.
const GUESTS: usize = 12;

/// A school that was killed in the midst of a morning: its arrivals stand in the database's log alone.
async fn killed_with_a_log() -> (Place, Vec<domain::JanjiTemu>, PathBuf) {
    let place = Place::new();
    let made = school::fill(&place.data(), GUESTS).await;
    let log = place.data().join("bukutamu.db-wal");
    // As long as somebody reads an old state, the server leaves the log as it is.
    let reader = Connection::open(place.database()).expect("the database");
    reader.execute_batch("BEGIN; SELECT COUNT(*) FROM janji_temu").expect("a look");
    let server = place.serve();
    let desk = Api::login(&server, DESK.1).await;
    for row in &made {
        let (status, answer) = desk.scan(&row.kode_qr, &format!("meja:{}", row.id)).await.expect("an answer");
        assert_eq!(status, 200, "{answer}");
    }
    server.kill();
    let whole = fs::read(&log).expect("the log");
    drop(reader);
    // The last to close a database folds its log in.
    fs::write(&log, whole).expect("it can be put back");
    (place, made, log)
}

/// Which of the guests have arrived, as the server says. It never answers anything else.
async fn arrivals(desk: &Api, made: &[domain::JanjiTemu]) -> Vec<bool> {
    let mut arrived = Vec::new();
    for row in made {
        let (status, row) = desk.get(&format!("/api/appointments/{}", row.id)).await.expect("an answer");
        assert_eq!(status, 200, "{row}");
        arrived.push(row["status"] == "menunggu");
    }
    arrived
}

/// What stands before the damage counts. Pages that were folded into the database before, and whose newer state stood
/// in the damaged part, may not fit together any more: then the check says so.
#[tokio::test]
async fn of_a_damaged_log_all_before_the_damage_counts_or_the_check_tells_of_it() {
    let (place, made, log) = killed_with_a_log().await;
    let (database, whole) =
        (fs::read(place.database()).expect("the database"), fs::read(&log).expect("the log"));
    let mut seed = Seed::new();
    for damage in ["head", "cut", "zeroes", "more", "bit"] {
        let mut damaged = whole.clone();
        let at = 32 + seed.below(whole.len() - 32);
        match damage {
            // Says whose log it is.
            "head" => damaged[seed.below(24)] ^= 0x40,
            "cut" => damaged.truncate(at),
            "zeroes" => damaged[at..].fill(0),
            "more" => damaged.extend(vec![0xa5; 40_000]),
            _ => damaged[at] ^= 0x40,
        }
        fs::write(place.database(), &database).expect("it can be put back");
        fs::write(&log, damaged).expect("it can be damaged");
        let _ = fs::remove_file(place.data().join("bukutamu.db-shm"));
        let checked = place.run(&["check-database"], "");
        if !checked.is_success() {
            assert!(checked.refusal().contains("restore your latest sound backup"), "{}", checked.all());
            assert_ne!(damage, "more", "all of it was there");
            continue;
        }
        let server = place.serve();
        let desk = Api::login(&server, DESK.1).await;
        let arrived = arrivals(&desk, &made).await;
        let kept = arrived.iter().take_while(|arrived| **arrived).count();
        assert!(!arrived[kept..].contains(&true), "{damage}: a hole in what is kept: {arrived:?}");
        assert!(damage != "more" || kept == GUESTS, "all of it was there");
        // Whoever is missing is scanned again under the same key, and is there.
        for row in &made[kept..] {
            let (status, answer) =
                desk.scan(&row.kode_qr, &format!("meja:{}", row.id)).await.expect("an answer");
            assert_eq!((status.as_u16(), &answer["hasil"]), (200, &"datang".into()), "{answer}");
        }
        server.kill();
    }
}

#[tokio::test]
async fn a_database_with_damaged_pages_is_told_by_the_check_and_answers_what_it_can() {
    let place = Place::new();
    let made = school::fill(&place.data(), 40).await;
    let whole = fs::read(place.database()).expect("the database");
    let mut seed = Seed::new();
    for round in 0..5 {
        let mut damaged = whole.clone();
        match round {
            0 => damaged.truncate(whole.len() / 2),
            1 => damaged[..100].fill(0),
            // A page by chance, but not the first.
            _ => {
                let page = 1 + seed.below(whole.len() / 4096 - 1);
                damaged[page * 4096..][..4096].fill(0x5a);
            }
        }
        fs::write(place.database(), &damaged).expect("it can be damaged");
        for ending in ["-wal", "-shm"] {
            let _ = fs::remove_file(place.data().join(format!("bukutamu.db{ending}")));
        }
        let checked = place.run(&["check-database"], "");
        let folder = tempfile::tempdir().expect("a folder");
        let backup = place.run(&["backup", "--to", folder.path().to_str().expect("a path of text")], "");
        // A page by chance may be one in which nothing stands.
        if checked.is_success() {
            assert!(round > 1, "round {round}: {}", checked.all());
            backup.success();
            continue;
        }
        let line = checked.refusal();
        assert!(line.contains("bukutamu.db") || line.contains("damaged"), "round {round}: {line}");
        if backup.is_success() {
            // Damage in an index is none in the backup, which is made of the rows.
            holds_every_row(&place, backup.success().trim());
        }
        // Some damage is found at the start; other damage keeps only some rows from being read.
        let Some(server) = place.try_serve() else { continue };
        let nobody = Api::nobody(&server);
        for path in ["/healthz", "/readyz", "/api/appointments/today", "/api/sekolah"] {
            let (status, answer) = nobody.get(path).await.expect("an answer");
            assert!(matches!(status.as_u16(), 200 | 401 | 500 | 503), "round {round}: {path}: {answer}");
        }
        let body = serde_json::json!({ "email": DESK.1, "password": school::PASSWORD });
        let (status, login) = nobody.post("/api/auth/login", body).await.expect("an answer");
        assert!(matches!(status.as_u16(), 200 | 401 | 500 | 503), "round {round}: {login}");
        if status == 200 {
            let desk = Api::login(&server, DESK.1).await;
            for row in made.iter().take(8) {
                let (status, answer) =
                    desk.scan(&row.kode_qr, &format!("meja:{}", row.id)).await.expect("an answer");
                let is_told = answer["code"].is_string() || answer["hasil"].is_string();
                assert!(is_told, "round {round}: {status} {answer}");
            }
        }
        assert_eq!(nobody.get("/healthz").await.expect("an answer").0, 200, "it lives");
    }
}

/// A backup of the forty guests is whole.
fn holds_every_row(place: &Place, file: &str) {
    let elsewhere = Place::new();
    fs::create_dir_all(elsewhere.data()).expect("a folder");
    fs::copy(place.kunci(), elsewhere.kunci()).expect("the key file");
    elsewhere.run(&["restore", "--from", file], "").success();
    let conn = Connection::open(elsewhere.database()).expect("the database");
    let visits = "SELECT COUNT(*) FROM janji_temu JOIN tamu ON tamu.id = janji_temu.id_tamu";
    assert_eq!(conn.query_row(visits, (), |row| row.get::<_, i64>(0)), Ok(40));
}

#[tokio::test]
async fn a_damaged_certificate_is_named_and_never_replaced() {
    let (place, other) = (Place::new(), Place::new());
    for place in [&place, &other] {
        school::fill(&place.data(), 0).await;
        place.serve_with(&[], "info").kill();
    }
    let path = |place: &Place, name: &str| place.data().join(name);
    for name in ["sertifikat.pem", "sertifikat.kunci.pem"] {
        let sound = fs::read(path(&place, name)).expect("it is there");
        let others = fs::read(path(&other, name)).expect("it is there");
        let half = sound[..sound.len() / 2].to_vec();
        for damaged in [Vec::new(), b"bukan sertifikat\n".to_vec(), vec![0xff; 600], half, others] {
            fs::write(path(&place, name), &damaged).expect("it can be damaged");
            let line = place.run(&["serve", "--listen", "127.0.0.1:0"], "").failure();
            assert!(line.contains(name) && line.contains("certificate"), "{line}");
            assert!(fs::read(path(&place, name)).expect("it is there") == damaged, "it is left as it is");
        }
        fs::write(path(&place, name), sound).expect("it can be put back");
    }
    place.serve_with(&[], "info");
}

#[tokio::test]
async fn a_damaged_configuration_is_named() {
    let place = Place::new();
    school::fill(&place.data(), 0).await;
    let file = place.data().join("bukutamu.toml");
    for damaged in [&b"database = "[..], b"basis = \"x\"\n", &[0xff; 30], b"[database]\n", b"\0\0\0"] {
        owner_only::replace(&file, damaged).expect("it can be damaged");
        let line = place.run(&SERVE, "").failure();
        assert!(line.contains("bukutamu.toml"), "{line}");
    }
    fs::remove_file(&file).expect("it is there");
    place.serve();
}
