//! The guest's page of one visit: what its code opens, and what it does not.

mod batal;
mod ikuti;

use chrono::Duration;
use domain::{IdJanjiTemu, IdTamu, Setelan, token::Token};
use serde_json::{Value, json};
use tests::{App, Caller, GURU, Place, call, invite, put_status, walk_in};

journeys![
    a_code_shows_its_visit_in_either_case_and_nothing_that_is_not_needed,
    what_is_no_code_finds_nothing_and_tells_nothing,
    an_old_code_of_a_moved_visit_stands_for_it,
    it_shows_what_the_guru_answers_and_what_comes_after,
    consent_is_to_the_text_that_was_shown,
    a_calendar_takes_the_visit,
    without_a_public_address_it_says_so,
];

pub(super) fn path(kode: &Value) -> String {
    format!("/api/kunjungan/{}", kode.as_str().expect("a code"))
}

async fn see(app: &App, kode: &Value) -> Value {
    app.nobody().get(&path(kode)).await.expect(200)
}

async fn a_code_shows_its_visit_in_either_case_and_nothing_that_is_not_needed(place: Place) {
    let app = App::public(place).await;
    let setelan =
        Setelan { alamat: "Jl. Melati 5".to_owned(), petunjuk_arah: " ".to_owned(), ..Setelan::default() };
    app.set_elsewhere(setelan).await;
    let guru = app.guru().await;
    let made = guru
        .post(
            "/api/appointments",
            json!({
                "tamu": { "nama": "Dewi Lestari", "telp": "0812 3456 7890", "email": "dewi@rumah.example",
                    "instansi": "PT Baja" },
                "atas_nama": "Rina", "jumlah_orang": 3, "keperluan": "<b>Nilai</b>",
                "tanggal": "2026-11-23", "waktu": "10:00",
            }),
        )
        .await
        .expect(201);
    let kode = made["kode_qr"].as_str().expect("a code");
    let answer = loop {
        let answer = app.nobody().get(&path(&made["kode_qr"])).await;
        // Each node asks for the settings once a second.
        if answer.text().contains("Melati") {
            break answer;
        }
        tests::pause().await;
    };
    assert_eq!(
        (answer.header("cache-control"), answer.header("referrer-policy")),
        ("no-store", "no-referrer")
    );
    let text = answer.text();
    for hidden in ["81234567890", "7890", "rumah.example", "PT Baja", "\"id_", "\"id\":"] {
        assert!(!text.contains(hidden), "{hidden} is told to whoever has the link: {text}");
    }
    let seen = answer.expect(200);
    assert_eq!(
        seen,
        json!({
            "kode": kode, "qr": format!("HTTPS://TAMU.SEKOLAH.EXAMPLE/K/{kode}"), "hanya_di_sekolah": false,
            "nama_sekolah": "Sekolah", "bahasa": ["id", "en"], "bahasa_bawaan": "id", "alamat": "Jl. Melati 5",
            "petunjuk_arah": null, "tempat": "Lobi utama",
            "nama_tamu": "Rina", "jumlah_orang": 3, "nama_guru": GURU.nama, "sapaan_guru": null,
            "jabatan_guru": "Matematika", "keperluan": "<b>Nilai</b>", "tanggal": "2026-11-23", "waktu": "10:00",
            "jadwal": "2026-11-23T03:00:00Z", "durasi_menit": 30, "zona_waktu": "Asia/Jakarta", "jenis": "janji",
            "status": "belum", "versi": seen["versi"], "alasan": null, "batal_oleh_tamu": false,
            "terlambat": false, "waktu_datang": null, "waktu_mulai": null, "waktu_selesai": null,
            "tanggapan": null, "tanggapan_jenis": null, "tanggapan_menit": null, "tanggapan_tempat": null,
            "ditanggapi_pada": null, "rating": null, "komentar": null, "bisa_batal": true, "bisa_ulas": false,
            "survei": false, "persetujuan": null, "punya_akun": false,
        })
    );
    assert_eq!(see(&app, &json!(kode.to_lowercase())).await, seen);
    app.tamu(&json!({ "id": made["id_tamu"], "telp": "0812 3456 7890" })).await;
    assert_eq!(see(&app, &json!(kode)).await["punya_akun"], true);
}

async fn what_is_no_code_finds_nothing_and_tells_nothing(place: Place) {
    let app = App::start(place).await;
    let desk = app.desk().await;
    let made = invite(&app.guru().await, 1, "10:00").await;
    let kode = made["kode_qr"].as_str().expect("a code");
    let permanent = desk.get("/api/tamu/1").await.expect(200)["kode_qr"].clone();
    let far = app.clock.now() + Duration::days(30);
    let unknown = app.sign(&Token::janji_temu(IdJanjiTemu(999), far));
    let unknown_guest = app.sign(&Token::tamu(IdTamu(999)));
    let other = format!("{}{}", &kode[..46], if kode.ends_with('A') { 'B' } else { 'A' });
    let before = app.dump().await;
    let mut answers = Vec::new();
    for no_code in [
        "x",
        &"A".repeat(47),
        &"a".repeat(4000),
        "%00",
        "%ff",
        permanent.as_str().expect("a code"),
        &unknown,
        &unknown_guest,
        &format!("x{kode}"),
        &kode[..46],
        &other,
    ] {
        for (method, rest, body) in [
            ("GET", "", Value::Null),
            ("GET", "/kalender.ics", Value::Null),
            ("POST", "/batal", json!({ "alasan": "x" })),
            ("POST", "/setuju", json!({ "versi": "1" })),
            ("POST", "/survei", json!({ "unsur": { "waktu": 4 } })),
        ] {
            let request = app
                .nobody()
                .request(method.parse().expect("a method"), &format!("/api/kunjungan/{no_code}{rest}"));
            let request = if body.is_null() { request } else { request.json(&body) };
            let answer = tests::Answer::to(request).await;
            answers.push(answer.text());
            answer.problem(404, "tidak_ditemukan");
        }
    }
    assert!(answers.iter().all(|text| *text == answers[0]), "the answers differ: {answers:#?}");
    assert_eq!(app.dump().await, before);
    app.clock.advance(Duration::days(15));
    app.nobody().get(&path(&made["kode_qr"])).await.problem(410, "kedaluwarsa");
    let body = json!({ "alasan": "x" });
    app.nobody().post(&format!("{}/batal", path(&made["kode_qr"])), body).await.problem(410, "kedaluwarsa");
}

async fn an_old_code_of_a_moved_visit_stands_for_it(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let made = invite(&guru, 1, "10:00").await;
    let jadwal = json!({ "tanggal": "2026-11-25", "waktu": "13:00" });
    guru.put(&format!("/api/appointments/{}/schedule", made["id"]), jadwal).await.expect(200);
    let seen = see(&app, &made["kode_qr"]).await;
    assert_eq!((&seen["tanggal"], &seen["waktu"]), (&json!("2026-11-25"), &json!("13:00")));
    assert_ne!(seen["kode"], made["kode_qr"], "the new code, which is good for longer");
    assert_eq!(seen, see(&app, &seen["kode"]).await);
}

async fn it_shows_what_the_guru_answers_and_what_comes_after(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let made = invite(&guru, 1, "09:00").await;
    let kode = &made["kode_qr"];
    desk.scan(kode).await.expect(200);
    call(&guru, &made).await;
    let seen = see(&app, kode).await;
    assert_eq!((&seen["status"], &seen["tanggapan_jenis"]), (&json!("menunggu"), &json!("ke_lobi")));
    assert!(seen["waktu_datang"].is_string() && seen["ditanggapi_pada"].is_string(), "{seen}");
    assert_eq!((&seen["bisa_batal"], &seen["bisa_ulas"]), (&json!(false), &json!(false)));
    put_status(&desk, &made, "selesai").await.expect(200);
    assert_eq!(see(&app, kode).await["bisa_ulas"], true);
    let review = json!({ "kode": kode, "rating": 4, "komentar": "Ramah" });
    app.nobody().post("/api/ulasan", review).await.expect(201);
    let seen = see(&app, kode).await;
    assert_eq!(
        (&seen["rating"], &seen["komentar"], &seen["bisa_ulas"]),
        (&json!(4), &json!("Ramah"), &json!(false))
    );
    // Why somebody stayed away is the desk's own note.
    let missed = invite(&guru, 2, "09:05").await;
    app.clock.advance(Duration::hours(2));
    let status = json!({ "status": "tidak hadir", "alasan": "Ditelepon, marah-marah" });
    let desk = app.desk().await;
    desk.put(&format!("/api/appointments/{}/status", missed["id"]), status).await.expect(200);
    let seen = see(&app, &missed["kode_qr"]).await;
    assert_eq!((&seen["status"], &seen["alasan"]), (&json!("tidak hadir"), &Value::Null));
}

/// Sets what guests are asked to agree to.
async fn ask_consent(app: &App, versi: &str) {
    let setelan = Setelan {
        persetujuan_teks: "Kami menyimpan nama Anda.".to_owned(),
        persetujuan_versi: versi.to_owned(),
        ..Setelan::default()
    };
    app.set_elsewhere(setelan).await;
}

async fn consent_is_to_the_text_that_was_shown(place: Place) {
    let app = App::start(place).await;
    let made = invite(&app.guru().await, 1, "10:00").await;
    let kode = &made["kode_qr"];
    let agree = async |versi: &str| {
        app.nobody().post(&format!("{}/setuju", path(kode)), json!({ "versi": versi })).await
    };
    agree("1").await.problem(409, "versi_usang");
    ask_consent(&app, "1").await;
    while see(&app, kode).await["persetujuan"].is_null() {
        tests::pause().await;
    }
    assert_eq!(
        see(&app, kode).await["persetujuan"],
        json!({ "teks": "Kami menyimpan nama Anda.", "versi": "1" })
    );
    agree("2").await.problem(409, "versi_usang");
    agree("").await.problem(409, "versi_usang");
    assert_eq!(agree("1").await.expect(200)["persetujuan"], Value::Null);
    let before = app.dump().await;
    app.clock.advance(Duration::minutes(1));
    agree("1").await.expect(200);
    assert_eq!(app.dump().await, before, "the first time stands");
    ask_consent(&app, "2").await;
    while see(&app, kode).await["persetujuan"].is_null() {
        tests::pause().await;
    }
    agree("1").await.problem(409, "versi_usang");
}

async fn a_calendar_takes_the_visit(place: Place) {
    let app = App::public(place).await;
    let made = invite(&app.guru().await, 1, "10:00").await;
    let file = app.nobody().get(&format!("{}/kalender.ics", path(&made["kode_qr"]))).await;
    assert_eq!((file.status, file.header("cache-control")), (200, "no-store"));
    assert!(file.header("content-type").starts_with("text/calendar"), "{:?}", file.headers);
    let text = file.text().replace("\r\n ", "");
    let kode = made["kode_qr"].as_str().expect("a code");
    for line in [
        "METHOD:PUBLISH".to_owned(),
        "DTSTART:20261123T030000Z".to_owned(),
        "DTEND:20261123T033000Z".to_owned(),
        "STATUS:CONFIRMED".to_owned(),
        format!("URL:https://tamu.sekolah.example/k/{kode}"),
    ] {
        assert!(text.lines().any(|other| other == line), "{line} is missing: {text}");
    }
    assert!(text.contains("SUMMARY:Ratna Wulandari: Konsultasi nilai"), "{text}");
    assert!(text.contains(&format!("UID:janji-temu-{}@", made["id"])), "{text}");
}

async fn without_a_public_address_it_says_so(place: Place) {
    let app = App::start(place).await;
    let made = invite(&app.guru().await, 1, "10:00").await;
    let seen = see(&app, &made["kode_qr"]).await;
    assert_eq!((&seen["hanya_di_sekolah"], &seen["qr"]), (&json!(true), &made["kode_qr"]));
}

/// The code of a visit that the desk has seen come and go.
pub(super) async fn ended(desk: &Caller, n: u32) -> Value {
    let here = desk.post("/api/appointments/walk-in", walk_in(n, &GURU)).await.expect(201);
    put_status(desk, &here, "selesai").await.expect(200);
    here["kode_qr"].clone()
}
