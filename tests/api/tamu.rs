//! Guests. The desk keeps them; a guest sees only their own data.

use std::time::Duration;

use domain::{IdTamu, token::Token};
use serde_json::{Value, json};
use server::{Allowance, ReadAllowances};
use tests::{App, Caller, GURU, OTHER_GURU, Place, invite, tamu};

journeys![
    entered_found_and_changed,
    a_number_belongs_to_one_guest,
    a_guru_finds_own_guests_by_name_and_strangers_by_the_whole_number,
    a_guru_invites_nobody_by_an_identity_that_was_guessed,
    nothing_that_lists_guests_carries_their_permanent_codes,
    the_desk_is_told_the_permanent_code_of_one_guest_at_a_time,
    whoever_reads_too_much_waits_and_nobody_else,
    a_gurus_questions_by_number_are_few,
    a_guest_sees_only_their_own,
    a_new_password_ends_the_guests_sessions,
];

fn ids(list: &Value) -> Vec<i64> {
    list["data"].as_array().expect("a list").iter().filter_map(|row| row["id"].as_i64()).collect()
}

async fn entered_found_and_changed(place: Place) {
    let app = App::start(place).await;
    let desk = app.desk().await;
    let body = json!({ "nama": "Budi Santoso", "telp": "0812 3456 7890", "instansi": "Dinas Pendidikan" });
    let made = desk.post("/api/tamu", body).await.expect(201);
    assert_eq!(
        made,
        json!({
            "id": 1, "nama": "Budi Santoso", "telp": "+6281234567890", "email": null,
            "instansi": "Dinas Pendidikan", "kode_qr": made["kode_qr"], "dibuat_pada": "2026-11-23T02:00:00Z",
        })
    );
    assert_eq!(made["kode_qr"].as_str().map(str::len), Some(47));
    desk.post("/api/tamu", tamu(2)).await.expect(201);
    for (q, expected) in [
        ("budi", vec![1]),
        ("BUDI%20S", vec![1]),
        ("dinas", vec![1]),
        ("7890", vec![1]),
        ("62812-3456-7890", vec![1]),
        ("8123", vec![]),
        ("%25", vec![]),
        ("_", vec![]),
        ("%27%20OR%201=1%20--", vec![]),
    ] {
        assert_eq!(ids(&desk.get(&format!("/api/tamu/search?q={q}")).await.expect(200)), expected, "{q}");
    }
    let change =
        json!({ "nama": "Budi S.", "telp": "0813 3456 7890", "email": "b@rumah.example", "instansi": "" });
    let changed = desk.put("/api/tamu/1", change).await.expect(200);
    assert_eq!((&changed["telp"], &changed["instansi"]), (&json!("+6281334567890"), &Value::Null));
    assert_eq!(changed["kode_qr"], made["kode_qr"], "the permanent code is permanent");
    desk.put("/api/tamu/99", json!({ "nama": "x" })).await.problem(404, "tidak_ditemukan");
}

async fn a_number_belongs_to_one_guest(place: Place) {
    let app = App::start(place).await;
    let desk = app.desk().await;
    for n in [1, 2] {
        desk.post("/api/tamu", tamu(n)).await.expect(201);
    }
    let before = app.dump().await;
    let again = json!({ "nama": "Lain", "telp": "+62 812-0000-0001" });
    let problem = desk.post("/api/tamu", again).await.problem(409, "sudah_ada");
    assert!(problem.errors.contains_key("telp"), "{problem:?}");
    desk.put("/api/tamu/2", json!({ "telp": "0812 0000 0001" })).await.problem(409, "sudah_ada");
    assert_eq!(app.dump().await, before);
}

/// Two gurus with a guest each. One guest has an institution and an e-mail address.
async fn two_gurus(app: &App) -> (Caller, Caller) {
    let (guru, other) = (app.guru().await, app.other_guru().await);
    invite(&guru, 1, "10:00").await;
    let mut body = tests::invitation(2, "10:00");
    body["tamu"]["email"] = json!("tamu@rumah.example");
    body["tamu"]["instansi"] = json!("Dinas Pendidikan");
    other.post("/api/appointments", body).await.expect(201);
    (guru, other)
}

async fn a_guru_finds_own_guests_by_name_and_strangers_by_the_whole_number(place: Place) {
    let app = App::start(place).await;
    let (guru, other) = two_gurus(&app).await;
    for q in ["Ta", "0001", "1", "%25%25", "___", "000"] {
        guru.get(&format!("/api/tamu/search?q={q}")).await.wrong_fields(&["q"]);
    }
    let find = async |caller: &Caller, q: &str| {
        let found = caller.get(&format!("/api/tamu/search?q={q}")).await.expect(200);
        assert_eq!(
            found["total"],
            json!(found["data"].as_array().map(Vec::len)),
            "{q}: nobody else is counted"
        );
        found["data"].clone()
    };
    let own = json!([{ "id": 1, "nama": "Tamu Nomor 1", "telp": "+6281200000001" }]);
    for q in ["Tam", "tamu%20nomor", "0812%200000%200001", "%2B62-812-0000-0001"] {
        assert_eq!(find(&guru, q).await, own, "{q}");
    }
    // Found by the whole number: only the name to greet.
    assert_eq!(find(&guru, "081200000002").await, json!([{ "id": 2, "nama": "Tamu Nomor 2" }]));
    for q in
        ["Tamu%20Nomor%202", "Dinas", "dinas%20pend", "tamu@rumah.example", "08120000000", "081200000003"]
    {
        assert_eq!(find(&guru, q).await, json!([]), "{q}");
    }
    let seen = find(&other, "dinas").await;
    let row =
        json!({ "id": 2, "nama": "Tamu Nomor 2", "telp": "+6281200000002", "instansi": "Dinas Pendidikan" });
    assert_eq!(seen, json!([row]), "a guru is told no e-mail address, of own guests neither");
    let desk = app.desk().await;
    assert_eq!(ids(&desk.get("/api/tamu/search?q=tamu").await.expect(200)), [1, 2]);
    // Whoever was invited is a guest of the guru's, even if it was called off.
    guru.put("/api/appointments/1/status", json!({ "status": "batal" })).await.expect(200);
    assert_eq!(find(&guru, "Tam").await, own);
}

async fn a_guru_invites_nobody_by_an_identity_that_was_guessed(place: Place) {
    let app = App::start(place).await;
    let (guru, other) = two_gurus(&app).await;
    let by_id = |id: i64, waktu: &str| {
        let mut body = tests::invitation(1, waktu);
        body.as_object_mut().expect("an object").remove("tamu");
        body["id_tamu"] = json!(id);
        body
    };
    let before = app.dump().await;
    // At a free time and at a taken one, with a key and without, a stranger looks like nobody.
    for (waktu, kunci) in [("12:00", json!(null)), ("10:00", json!(null)), ("12:00", json!("kunci-1"))] {
        let mut answers = Vec::new();
        for id in [2, 99, i64::MAX] {
            let mut body = by_id(id, waktu);
            body["kunci"] = kunci.clone();
            let answer = guru.post("/api/appointments", body).await;
            answers.push((answer.status, answer.text()));
            answer.wrong_fields(&["id_tamu"]);
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    }
    assert_eq!(app.dump().await, before);
    guru.post("/api/appointments", by_id(1, "12:00")).await.expect(201);
    other.post("/api/appointments", by_id(2, "12:00")).await.expect(201);
    let mut for_other = by_id(1, "13:00");
    for_other["id_guru"] = json!(OTHER_GURU.id());
    app.desk().await.post("/api/appointments", for_other).await.expect(201);
    // The number's guest is invited anyway, and then is one of the guru's own.
    guru.post("/api/appointments", tests::invitation(2, "14:00")).await.expect(201);
    guru.post("/api/appointments", by_id(2, "15:00")).await.expect(201);
}

async fn nothing_that_lists_guests_carries_their_permanent_codes(place: Place) {
    let app = App::start(place).await;
    let (guru, _) = two_gurus(&app).await;
    let (desk, admin) = (app.desk().await, app.admin().await);
    desk.scan(&guru.get("/api/appointments/1").await.expect(200)["kode_qr"]).await.expect(200);
    let codes = [1, 2].map(|id| app.sign(&Token::tamu(IdTamu(id))));
    for caller in [&guru, &desk, &admin] {
        for path in [
            "/api/tamu",
            "/api/tamu?q=tamu",
            "/api/tamu/search?q=tamu",
            "/api/tamu/search?q=081200000002",
            "/api/appointments",
            "/api/appointments/today",
            "/api/appointments/guru/3",
            "/api/appointments/1",
            "/api/notifications",
            "/api/dashboard",
            "/api/ulasan",
        ] {
            let text = caller.get(path).await.text();
            assert!(codes.iter().all(|code| !text.contains(code)), "{path}: {text}");
        }
    }
}

async fn the_desk_is_told_the_permanent_code_of_one_guest_at_a_time(place: Place) {
    let app = App::start(place).await;
    let desk = app.desk().await;
    let made = desk.post("/api/tamu", tamu(1)).await.expect(201);
    for caller in [&desk, &app.admin().await] {
        let card = caller.get("/api/tamu/1").await.expect(200);
        for (field, value) in made.as_object().expect("a guest") {
            assert_eq!(&card[field], value, "{field}");
        }
    }
    desk.get("/api/tamu/99").await.problem(404, "tidak_ditemukan");
    for id in ["1", "99"] {
        app.guru().await.get(&format!("/api/tamu/{id}")).await.problem(403, "terlarang");
    }
}

/// Allows a few guests, and one more each minute.
fn few(config: &mut server::Config) {
    let few = Allowance { burst: 8, every: Duration::from_secs(60) };
    config.reads = ReadAllowances { tamu: few, nomor: Allowance { burst: 3, ..few } };
}

async fn whoever_reads_too_much_waits_and_nobody_else(place: Place) {
    let app = App::with(place, few).await;
    let guru = app.guru().await;
    let mut body = tests::invitation(1, "10:00");
    body["izinkan_bentrok"] = json!(true);
    let first = guru.post("/api/appointments", body.clone()).await.expect(201);
    let mut reads = vec![
        "/api/appointments",
        "/api/appointments/today",
        "/api/appointments/1",
        "/api/appointments/1/qr.svg",
        "/api/appointments/1/qr.png",
        "/api/appointments/guru/3",
        "/api/notifications",
        "/api/notifications?belum_dibaca=true",
        "/api/tamu/search?q=tamu",
    ];
    // Each list shows two guests, so the fourth of them has to wait.
    body["tamu"] = tamu(2);
    guru.post("/api/appointments", body).await.expect(201);
    for _ in 0..4 {
        guru.get("/api/appointments").await.expect(200);
    }
    for path in &reads {
        let answer = guru.get(path).await;
        let wait: u64 = answer.header("retry-after").parse().unwrap_or_default();
        assert!((1..=60).contains(&wait), "{path}: {:?}", answer.headers);
        answer.problem(429, "terlalu_sering");
    }
    // The same person on another device waits, too; other users do not.
    app.guru().await.get("/api/appointments").await.problem(429, "terlalu_sering");
    let desk = app.desk().await;
    desk.get("/api/appointments").await.expect(200);
    // What is done for a guest who is there goes on.
    guru.put("/api/appointments/2/status", json!({ "status": "batal" })).await.expect(200);
    for _ in 0..3 {
        desk.get("/api/appointments").await;
    }
    reads.retain(|path| !path.starts_with("/api/notifications"));
    let kode = format!("/api/appointments/qr/{}", first["kode_qr"].as_str().expect("a code"));
    for path in reads.into_iter().chain(["/api/tamu", "/api/tamu/1", &kode]) {
        desk.get(path).await.problem(429, "terlalu_sering");
    }
    assert_eq!(desk.scan(&first["kode_qr"]).await.expect(200)["hasil"], "datang");
    desk.post("/api/appointments/walk-in", tests::walk_in(3, &GURU)).await.expect(201);
    guru.post("/api/notifications/1/respond", json!({ "tanggapan": "Saya ke lobi" })).await.expect(200);
}

async fn a_gurus_questions_by_number_are_few(place: Place) {
    let app = App::with(place, few).await;
    let (guru, other) = (app.guru().await, app.other_guru().await);
    invite(&other, 9, "10:00").await;
    // That there is nobody counts as an answer; an own guest does not.
    guru.get("/api/tamu/search?q=081200000009").await.expect(200);
    guru.get("/api/tamu/search?q=081200000001").await.expect(200);
    invite(&guru, 1, "10:00").await;
    for path in ["/api/tamu/search?q=081200000002", "/api/tamu/search?q=081200000009"] {
        let answer = guru.get(path).await;
        assert!(!answer.header("retry-after").is_empty(), "{path}");
        answer.problem(429, "terlalu_sering");
    }
    let before = app.dump().await;
    guru.post("/api/appointments", tests::invitation(9, "11:00")).await.problem(429, "terlalu_sering");
    assert_eq!(app.dump().await, before);
    assert_eq!(ids(&guru.get("/api/tamu/search?q=tamu").await.expect(200)), [2], "by name it goes on");
}

async fn a_guest_sees_only_their_own(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let (own, others) = (invite(&guru, 1, "10:00").await, invite(&guru, 2, "11:00").await);
    let found = desk.get("/api/tamu/search?q=0001").await.expect(200);
    let budi = app.tamu(&found["data"][0]).await;
    let shown = budi.get("/api/tamu/saya").await.expect(200);
    assert_eq!((ids(&shown), &shown["total"]), (vec![own["id"].as_i64().expect("an id")], &json!(1)));
    let not_asked = budi.get("/api/tamu/saya?q=Tamu%20Nomor%202").await.expect(200);
    assert_eq!(not_asked["total"], 0);
    for kind in ["png", "svg"] {
        let path = |row: &Value| format!("/api/appointments/{}/qr.{kind}", row["id"]);
        assert_eq!(budi.get(&path(&own)).await.status, 200);
        budi.get(&path(&others)).await.problem(404, "tidak_ditemukan");
    }
}

async fn a_new_password_ends_the_guests_sessions(place: Place) {
    let app = App::start(place).await;
    let desk = app.desk().await;
    let guest = desk.post("/api/tamu", tamu(1)).await.expect(201);
    let budi = app.tamu(&guest).await;
    app.tamu(&guest).await;
    budi.get("/api/tamu/saya").await.problem(401, "belum_masuk");
    desk.post("/api/tamu/99/reset-password", json!({})).await.problem(404, "tidak_ditemukan");
}
