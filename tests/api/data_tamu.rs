//! What the school keeps about a guest: read, taken along, corrected, erased.

use chrono::Duration;
use domain::Setelan;
use serde_json::{Value, json};
use tests::{App, Caller, OTHER_GURU, Place, invite, put_status};

use crate::kunjungan::path;

journeys![
    guests_read_what_is_kept_of_them_and_take_it_along,
    guests_correct_themselves_and_open_appointments_show_it,
    consent_is_given_and_withdrawn,
    who_is_neither_awaited_nor_here_is_erased_at_once,
    who_is_awaited_keeps_the_request_and_may_take_it_back,
    an_admin_erases_once_nothing_forbids_it,
    who_guesses_numbers_and_passwords_learns_nothing,
];

/// The guest of all journeys, with everything that tells who it is.
fn dewi() -> Value {
    json!({
        "nama": "Dewi Lestari", "telp": "0812 3456 7890", "email": "dewi@rumah.example", "instansi": "PT Baja",
    })
}

async fn invited(guru: &Caller, waktu: &str) -> Value {
    let body = json!({
        "tamu": dewi(), "atas_nama": "Rina Lestari", "keperluan": "Konsultasi nilai",
        "tanggal": "2026-11-23", "waktu": waktu,
    });
    guru.post("/api/appointments", body).await.expect(201)
}

/// A visit of the guest that is over, with a review.
async fn visited(app: &App) -> Value {
    let made = invited(&app.guru().await, "09:00").await;
    let desk = app.desk().await;
    desk.scan(&made["kode_qr"]).await.expect(200);
    put_status(&desk, &made, "selesai").await.expect(200);
    let review = json!({ "kode": made["kode_qr"], "rating": 4, "komentar": "Bu Ratna ramah, Dewi" });
    app.nobody().post("/api/ulasan", review).await.expect(201);
    made
}

/// The guest, signed in.
async fn sign_in(app: &App, made: &Value) -> Caller {
    app.tamu(&json!({ "id": made["id_tamu"], "telp": dewi()["telp"] })).await
}

async fn guests_read_what_is_kept_of_them_and_take_it_along(place: Place) {
    let app = App::start(place).await;
    let made = visited(&app).await;
    invite(&app.guru().await, 2, "11:00").await;
    let guest = sign_in(&app, &made).await;
    let data = guest.get("/api/tamu/saya/data").await.expect(200);
    assert_eq!(
        (&data["nama"], &data["telp"], &data["email"], &data["instansi"]),
        (&json!("Dewi Lestari"), &json!("+6281234567890"), &json!("dewi@rumah.example"), &json!("PT Baja"))
    );
    assert_eq!(
        data["kunjungan"],
        json!([{
            "tanggal": "2026-11-23", "waktu": "09:00", "nama_guru": "Ratna Wulandari",
            "keperluan": "Konsultasi nilai", "status": "selesai", "waktu_datang": "2026-11-23T02:00:00Z",
            "waktu_selesai": "2026-11-23T02:00:00Z", "rating": 4, "komentar": "Bu Ratna ramah, Dewi",
            "atas_nama": "Rina Lestari", "jumlah_orang": 1,
        }]),
        "own visits only"
    );
    let kinds: Vec<_> = data["pesan"].as_array().expect("a list").iter().map(|row| &row["jenis"]).collect();
    assert!(kinds.contains(&&json!("undangan")) && !kinds.contains(&&json!("kedatangan")), "{kinds:?}");
    assert_eq!(guest.get("/api/tamu/saya/data?format=json").await.expect(200), data);
    let text = guest.get("/api/tamu/saya/data?format=txt").await;
    assert!(text.header("content-type").starts_with("text/plain"), "{:?}", text.headers);
    assert!(text.header("content-disposition").starts_with("attachment"), "{:?}", text.headers);
    let text = text.text();
    for kept in
        ["Dewi Lestari", "+6281234567890", "PT Baja", "Konsultasi nilai", "Rina Lestari", "Bu Ratna ramah"]
    {
        assert!(text.contains(kept), "{kept} is missing: {text}");
    }
    guest.get("/api/tamu/saya/data?format=pdf").await.wrong_fields(&["format"]);
    let admin = app.admin().await;
    let of_guest = format!("/api/tamu/{}/data", made["id_tamu"]);
    assert_eq!(admin.get(&of_guest).await.expect(200), data);
    assert_eq!(admin.get(&format!("{of_guest}?format=txt")).await.text(), text);
    admin.get("/api/tamu/999/data").await.problem(404, "tidak_ditemukan");
}

async fn guests_correct_themselves_and_open_appointments_show_it(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let made = invited(&guru, "10:00").await;
    let guest = sign_in(&app, &made).await;
    let mut told = guru.subscribe().await;
    let change = json!({ "nama": "Dewi Lestari Putri", "email": null, "instansi": "" });
    let data = guest.put("/api/tamu/saya", change).await.expect(200);
    assert_eq!(
        (&data["nama"], &data["email"], &data["instansi"], &data["telp"]),
        (&json!("Dewi Lestari Putri"), &Value::Null, &Value::Null, &json!("+6281234567890"))
    );
    assert_eq!(told.next_of("appointment").await["nama_tamu"], "Dewi Lestari Putri");
    let before = app.dump().await;
    assert_eq!(guest.put("/api/tamu/saya", json!({})).await.expect(200), data);
    let wrong = json!({ "nama": "123", "email": "x", "instansi": "a".repeat(101) });
    guest.put("/api/tamu/saya", wrong).await.wrong_fields(&["email", "instansi", "nama"]);
    guest.put("/api/tamu/saya", json!({ "telp": "0812" })).await.wrong_fields(&["telp"]);
    guest.put("/api/tamu/saya", json!({ "setuju": { "versi": "1" } })).await.problem(409, "versi_usang");
    assert_eq!(app.dump().await, before);
    let found = app.desk().await.get("/api/tamu/search?q=putri").await.expect(200);
    assert_eq!(found["total"], 1, "found by the new name");
}

async fn consent_is_given_and_withdrawn(place: Place) {
    let app = App::start(place).await;
    let setelan =
        Setelan { persetujuan_teks: "Data Anda".to_owned(), kontak: "tu@x".to_owned(), ..Setelan::default() };
    app.set_elsewhere(setelan).await;
    let made = invited(&app.guru().await, "10:00").await;
    let guest = sign_in(&app, &made).await;
    let data = loop {
        let data = guest.get("/api/tamu/saya/data").await.expect(200);
        if !data["persetujuan"].is_null() {
            break data;
        }
        tests::pause().await;
    };
    assert_eq!((&data["persetujuan"]["versi"], &data["kontak_sekolah"]), (&json!("1"), &json!("tu@x")));
    let agreed = guest.put("/api/tamu/saya", json!({ "setuju": { "versi": "1" } })).await.expect(200);
    assert_eq!(
        (&agreed["setuju_pada"], &agreed["setuju_versi"], &agreed["persetujuan"]),
        (&json!("2026-11-23T02:00:00Z"), &json!("1"), &Value::Null)
    );
    for _ in 0..2 {
        let withdrawn = guest.post("/api/tamu/saya/tarik-persetujuan", json!({})).await.expect(200);
        assert_eq!((&withdrawn["setuju_pada"], &withdrawn["setuju_versi"]), (&Value::Null, &Value::Null));
        assert_eq!(withdrawn["persetujuan"]["versi"], "1", "asked again");
    }
}

/// Everything that tells who the guest was.
const TELLING: [&str; 8] =
    ["Dewi", "Lestari", "lestari", "rumah.example", "PT Baja", "baja", "ramah", "81234567890"];

async fn who_is_neither_awaited_nor_here_is_erased_at_once(place: Place) {
    let app = App::start(place).await;
    let made = visited(&app).await;
    let guest = sign_in(&app, &made).await;
    let mut page = app.nobody().follow(&made["kode_qr"]).await;
    page.next_of("kunjungan").await;
    let other = app.dump().await.into_iter().filter(|row| row.contains("Agus")).collect::<Vec<_>>();
    let kode =
        app.desk().await.get(&format!("/api/tamu/{}", made["id_tamu"])).await.expect(200)["kode_qr"].clone();
    app.clock.advance(Duration::minutes(1));
    let erased = guest.post("/api/tamu/saya/hapus", json!({})).await.expect(202);
    assert_eq!(
        erased,
        json!({
            "hapus_diminta_pada": "2026-11-23T02:01:00Z", "selambatnya": "2026-11-26T02:01:00Z", "selesai": true,
        })
    );
    let dump = app.dump().await;
    for telling in TELLING {
        let left: Vec<_> = dump.iter().filter(|row| row.contains(telling)).collect();
        assert!(left.is_empty(), "{telling} is left: {left:#?}");
    }
    assert!(other.iter().all(|row| dump.contains(row)), "nobody else is touched");
    // The session, the password, the number, the codes and the searches have ended.
    guest.get("/api/tamu/saya/data").await.problem(401, "belum_masuk");
    guest.refresh().await.problem(401, "token_segar_tidak_valid");
    assert_eq!(page.closed().await, (4401, "belum_masuk".to_owned()));
    app.nobody().get(&path(&made["kode_qr"])).await.problem(404, "tidak_ditemukan");
    let again = json!({ "kode": made["kode_qr"], "rating": 4, "komentar": "Dewi" });
    app.nobody().post("/api/ulasan", again).await.problem(422, "tidak_ditemukan");
    let (admin, desk) = (app.admin().await, app.desk().await);
    desk.scan(&kode).await.problem(422, "tidak_ditemukan");
    for q in ["lestari", "7890", "08123456 7890", "dihapus"] {
        assert_eq!(desk.get(&format!("/api/tamu/search?q={q}")).await.expect(200)["total"], 0, "{q}");
    }
    assert_eq!(desk.get("/api/tamu").await.expect(200)["total"], 0);
    let id = &made["id_tamu"];
    desk.get(&format!("/api/tamu/{id}")).await.problem(404, "tidak_ditemukan");
    desk.put(&format!("/api/tamu/{id}"), json!({ "nama": "Dewi" })).await.problem(404, "tidak_ditemukan");
    admin.get(&format!("/api/tamu/{id}/data")).await.problem(404, "tidak_ditemukan");
    let visit = json!({ "id_tamu": id, "keperluan": "x", "id_guru": OTHER_GURU.id() });
    desk.post("/api/appointments/walk-in", visit).await.wrong_fields(&["id_tamu"]);
    // The visit is still counted, and its stars are.
    let row = desk.get(&format!("/api/appointments/{}", made["id"])).await.expect(200);
    assert_eq!(
        (&row["nama_tamu"], &row["status"], &row["rating"]),
        (&json!("Tamu (data dihapus)"), &json!("selesai"), &json!(4))
    );
    assert_eq!(admin.get("/api/reports/daily").await.expect(200)["jumlah_kunjungan"], 1);
    // Once more changes nothing, and the same number is somebody new.
    let before = app.dump().await;
    app.clock.advance(Duration::minutes(1));
    let again = admin.post(&format!("/api/tamu/{id}/hapus"), json!({})).await.expect(202);
    assert_eq!(again, erased);
    assert_eq!(app.dump().await, before);
    assert_ne!(desk.post("/api/tamu", dewi()).await.expect(201)["id"], *id);
}

async fn who_is_awaited_keeps_the_request_and_may_take_it_back(place: Place) {
    let app = App::start(place).await;
    let made = invited(&app.guru().await, "10:00").await;
    let guest = sign_in(&app, &made).await;
    let before = app.dump().await;
    let asked = guest.post("/api/tamu/saya/hapus", json!({})).await.expect(202);
    assert_eq!(
        (&asked["selesai"], &asked["hapus_diminta_pada"]),
        (&json!(false), &json!("2026-11-23T02:00:00Z"))
    );
    app.clock.advance(Duration::minutes(1));
    assert_eq!(
        guest.post("/api/tamu/saya/hapus", json!({})).await.expect(202),
        asked,
        "the first time counts"
    );
    let data = guest.get("/api/tamu/saya/data").await.expect(200);
    assert_eq!(data["hapus_diminta_pada"], asked["hapus_diminta_pada"]);
    guest.delete("/api/tamu/saya/hapus").await.expect(204);
    guest.delete("/api/tamu/saya/hapus").await.expect(204);
    assert_eq!(app.dump().await, before);
}

async fn an_admin_erases_once_nothing_forbids_it(place: Place) {
    let app = App::start(place).await;
    let (guru, desk, admin) = (app.guru().await, app.desk().await, app.admin().await);
    let made = invited(&guru, "09:00").await;
    let erase = format!("/api/tamu/{}/hapus", made["id_tamu"]);
    desk.scan(&made["kode_qr"]).await.expect(200);
    assert_eq!(admin.post(&erase, json!({})).await.expect(202)["selesai"], false, "in the building");
    put_status(&desk, &made, "selesai").await.expect(200);
    assert_eq!(admin.post(&erase, json!({})).await.expect(202)["selesai"], true);
    assert!(!app.dump().await.iter().any(|row| row.contains("Lestari")));
    admin.post("/api/tamu/999/hapus", json!({})).await.problem(404, "tidak_ditemukan");
}

async fn who_guesses_numbers_and_passwords_learns_nothing(place: Place) {
    let app = App::start(place).await;
    let made = invited(&app.guru().await, "10:00").await;
    sign_in(&app, &made).await;
    let mut answers = Vec::new();
    for telp in ["0812 3456 7890", "0812 3456 7891"] {
        let body = json!({ "telp": telp, "password": "salah sekali" });
        let mut seen = Vec::new();
        for _ in 0..6 {
            let answer = app.nobody().post("/api/auth/tamu", body.clone()).await;
            seen.push((answer.status, answer.text(), answer.header("retry-after").to_owned()));
        }
        answers.push(seen);
    }
    assert_eq!(answers[0], answers[1], "a known number is refused otherwise than an unknown one");
    assert_eq!(answers[0][0].0, 401);
    assert_eq!(answers[0].last().map(|(status, ..)| *status), Some(429), "guessing is slowed");
}
