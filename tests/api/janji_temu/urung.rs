//! What the desk takes back after it has just recorded it.

use chrono::Duration;
use serde_json::{Value, json};
use tests::{App, Caller, GURU, Place, call, invite, kunci, put_status, walk_in};

journeys![
    a_departure_is_taken_back_to_what_it_was,
    an_arrival_is_taken_back_with_what_the_guru_was_told,
    a_walk_in_that_was_none_is_called_off,
    what_was_undone_is_not_done_again_by_the_same_scan,
    too_late_by_another_or_elsewhere_it_is_refused,
    what_was_reviewed_is_not_taken_back,
];

async fn scanned(desk: &Caller, row: &Value) -> Value {
    desk.scan(&row["kode_qr"]).await.expect(200)
}

async fn a_departure_is_taken_back_to_what_it_was(place: Place) {
    for before in ["sedang berlangsung", "menunggu"] {
        let app = App::start(place).await;
        let (guru, desk) = (app.guru().await, app.desk().await);
        let row = invite(&guru, 1, "09:00").await;
        scanned(&desk, &row).await;
        match before {
            "menunggu" => call(&guru, &row).await,
            _ => drop(put_status(&guru, &row, before).await.expect(200)),
        }
        app.clock.advance(Duration::minutes(5));
        let (mut guru_sees, mut desk_sees) = (guru.subscribe().await, desk.subscribe().await);
        let as_it_was = desk.get(&format!("/api/appointments/{}", row["id"])).await.expect(200);
        assert_eq!(scanned(&desk, &row).await["hasil"], "pulang");
        let other = if before == "menunggu" { "sedang berlangsung" } else { "menunggu" };
        put_status(&desk, &row, other).await.problem(409, "transisi_tidak_sah");
        app.clock.advance(Duration::minutes(5));
        let mut back = put_status(&desk, &row, before).await.expect(200);
        assert_eq!(back["message"], Value::Null, "nobody is welcomed again: {back}");
        for sees in [&mut guru_sees, &mut desk_sees] {
            assert_eq!(sees.next_of("appointment").await["status"], "selesai");
            assert_eq!(sees.next_of("appointment").await["status"], before);
        }
        back["versi"] = as_it_was["versi"].clone();
        assert_eq!(back, as_it_was);
        assert_eq!(queued(&app, "ulasan").await, 0, "no review is asked for of who is still here");
        assert_eq!(scanned(&desk, &row).await["hasil"], "pulang", "and leaves once more");
        assert_eq!(queued(&app, "ulasan").await, 1);
    }
}

/// How many messages of a kind wait to be sent.
async fn queued(app: &App, jenis: &str) -> usize {
    let rows = app.dump().await;
    rows.iter().filter(|row| row.contains("pesan_keluar") && row.contains(jenis)).count()
}

async fn an_arrival_is_taken_back_with_what_the_guru_was_told(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let invited = invite(&guru, 1, "09:00").await;
    scanned(&desk, &invited).await;
    call(&guru, &invited).await;
    let (mut guru_sees, mut desk_sees) = (guru.subscribe().await, desk.subscribe().await);
    app.clock.advance(Duration::minutes(5));
    let mut back = put_status(&desk, &invited, "belum").await.expect(200);
    assert_eq!(guru_sees.next_of("notification").await["dihapus"], true);
    assert_eq!(guru_sees.next_of("appointment").await["status"], "belum");
    assert_eq!(desk_sees.next_of("appointment").await["status"], "belum");
    assert_eq!(put_status(&desk, &invited, "belum").await.expect(200), back, "sent again");
    back["versi"] = invited["versi"].clone();
    let mut as_made = invited.clone();
    as_made.as_object_mut().unwrap().remove("pesan");
    assert_eq!(back, as_made, "nothing is left of it");
    assert_eq!(guru.get("/api/notifications").await.expect(200)["total"], 0);
    assert_eq!(queued(&app, "kedatangan").await, 0, "and no message");

    app.clock.advance(Duration::minutes(1));
    assert_eq!(scanned(&desk, &invited).await["hasil"], "datang");
    let alert = guru_sees.next_of("notification").await;
    assert_eq!((&alert["is_read"], &alert["dihapus"]), (&json!(false), &json!(false)), "{alert}");
    assert_eq!(alert["tanggapan"], Value::Null);
}

async fn a_walk_in_that_was_none_is_called_off(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let mut guru_sees = guru.subscribe().await;
    let mut body = walk_in(1, &GURU);
    body["kunci"] = json!(kunci());
    let here = desk.post("/api/appointments/walk-in", body.clone()).await.expect(201);
    assert_eq!(guru_sees.next_of("notification").await["dihapus"], false);
    guru_sees.next_of("appointment").await;
    put_status(&desk, &here, "belum").await.problem(409, "transisi_tidak_sah");
    let path = format!("/api/appointments/{}/status", here["id"]);
    let off = desk.put(&path, json!({ "status": "batal", "alasan": "Salah guru" })).await.expect(200);
    assert_eq!((&off["status"], &off["alasan"]), (&json!("batal"), &json!("Salah guru")));
    assert_eq!(off["waktu_datang"], Value::Null);
    assert_eq!(guru_sees.next_of("notification").await["dihapus"], true);
    let again = desk.post("/api/appointments/walk-in", body).await.expect(201);
    assert_eq!((&again["status"], &again["message"]), (&json!("batal"), &Value::Null), "{again}");
    desk.scan(&here["kode_qr"]).await.problem(422, "dibatalkan");
    assert_eq!(app.admin().await.get("/api/reports/daily").await.expect(200)["jumlah_kunjungan"], 0);
}

async fn what_was_undone_is_not_done_again_by_the_same_scan(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let invited = invite(&guru, 1, "09:00").await;
    let scan = |kunci: &str| {
        desk.post("/api/appointments/scan", json!({ "kode": invited["kode_qr"], "kunci": kunci }))
    };
    let (arrives, leaves) = (kunci(), kunci());
    scan(&arrives).await.expect(200);
    put_status(&desk, &invited, "belum").await.expect(200);
    let before = app.dump().await;
    let again = scan(&arrives).await.expect(200);
    assert_eq!(again["message"], "Tamu Nomor 1 tidak tercatat datang.", "{again}");
    assert_eq!((&again["appointment"]["status"], &again["guru_terhubung"]), (&json!("belum"), &Value::Null));
    assert_eq!(app.dump().await, before);

    desk.scan(&invited["kode_qr"]).await.expect(200);
    put_status(&guru, &invited, "sedang berlangsung").await.expect(200);
    scan(&leaves).await.expect(200);
    put_status(&desk, &invited, "sedang berlangsung").await.expect(200);
    let before = app.dump().await;
    let again = scan(&leaves).await.expect(200);
    assert_eq!(again["message"], "Tamu Nomor 1 masih tercatat di sekolah.", "{again}");
    assert_eq!(again["ulasan_url"], Value::Null);
    assert_eq!(app.dump().await, before);
}

async fn too_late_by_another_or_elsewhere_it_is_refused(place: Place) {
    let app = App::start(place).await;
    let (guru, desk, admin) = (app.guru().await, app.desk().await, app.admin().await);
    let invited = invite(&guru, 1, "09:00").await;
    scanned(&desk, &invited).await;
    put_status(&guru, &invited, "belum").await.problem(409, "transisi_tidak_sah");
    put_status(&desk, &invited, "batal").await.problem(409, "transisi_tidak_sah");
    app.clock.advance(Duration::milliseconds(5 * 60_000 + 1));
    for caller in [&guru, &desk, &admin] {
        put_status(caller, &invited, "belum").await.problem(409, "transisi_tidak_sah");
    }
    put_status(&desk, &invited, "sedang berlangsung").await.expect(200);
    put_status(&desk, &invited, "belum").await.problem(409, "transisi_tidak_sah");
    put_status(&desk, &invited, "selesai").await.expect(200);
    put_status(&guru, &invited, "sedang berlangsung").await.problem(409, "transisi_tidak_sah");
    app.clock.advance(Duration::milliseconds(5 * 60_000 + 1));
    let (guru, desk, admin) = (app.guru().await, app.desk().await, app.admin().await);
    for caller in [&guru, &desk, &admin] {
        put_status(caller, &invited, "sedang berlangsung").await.problem(409, "transisi_tidak_sah");
    }
    let here = desk.post("/api/appointments/walk-in", walk_in(2, &GURU)).await.expect(201);
    put_status(&guru, &here, "batal").await.problem(409, "transisi_tidak_sah");
    app.clock.advance(Duration::milliseconds(5 * 60_000 + 1));
    put_status(&desk, &here, "batal").await.problem(409, "transisi_tidak_sah");
}

async fn what_was_reviewed_is_not_taken_back(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let invited = invite(&guru, 1, "09:00").await;
    scanned(&desk, &invited).await;
    put_status(&desk, &invited, "selesai").await.expect(200);
    let review = json!({ "kode": invited["kode_qr"], "rating": 4 });
    app.nobody().post("/api/ulasan", review.clone()).await.expect(201);
    let before = app.dump().await;
    for status in ["menunggu", "sedang berlangsung", "belum"] {
        put_status(&desk, &invited, status).await.problem(409, "transisi_tidak_sah");
    }
    assert_eq!(app.dump().await, before);
    let again = scanned(&desk, &invited).await;
    assert_eq!((&again["hasil"], &again["ulasan_url"]), (&json!("sudah_selesai"), &Value::Null));
    app.nobody().post("/api/ulasan", review).await.expect(201);
    let other = json!({ "kode": invited["kode_qr"], "rating": 1 });
    app.nobody().post("/api/ulasan", other).await.problem(409, "ulasan_sudah_ada");
    assert_eq!(app.admin().await.get("/api/ulasan").await.expect(200)["total"], 1);
}
