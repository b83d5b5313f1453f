//! A request that is sent again with its key is answered as the first time, whatever has changed since.

use chrono::Duration;
use serde_json::{Value, json};
use tests::{App, Caller, GURU, Place, invitation, invite, kunci, tamu, walk_in};

use super::{create, ids};

journeys![
    an_invitation_sent_again_is_asked_no_rule,
    a_series_sent_again_is_asked_no_rule,
    a_walk_in_sent_again_is_asked_no_rule,
    a_visit_that_has_changed_since_is_told_as_it_stands,
    what_was_moved_is_moved_there_again,
    a_scan_sent_again_outlives_its_code,
];

async fn close(admin: &Caller, day: &str) {
    let holiday = json!({ "nama": "Hari Guru", "jenis": "sekolah" });
    admin.put(&format!("/api/hari-libur/{day}"), holiday).await.expect(200);
}

/// The school is closed on that day, on Mondays too, other lengths are usual, and the guru has left.
async fn everything_changes(admin: &Caller, day: &str) {
    close(admin, day).await;
    let versi = admin.get("/api/settings").await.expect(200)["versi"].clone();
    let other = json!({
        "versi": versi, "hari_kerja": [2, 3, 4], "batas_pesan_bulan": 1, "durasi_bawaan_menit": 45,
        "jam_buka": "13:00", "toleransi_terlambat_menit": 1,
    });
    admin.put("/api/settings", other).await.expect(200);
    admin.put(&format!("/api/users/{}", GURU.id()), json!({ "aktif": false })).await.expect(200);
}

fn of_guru(mut body: Value) -> Value {
    body["id_guru"] = json!(GURU.id());
    body["kunci"] = json!(kunci());
    body
}

async fn an_invitation_sent_again_is_asked_no_rule(place: Place) {
    let app = App::start(place).await;
    let (admin, desk) = (app.admin().await, app.desk().await);
    let body = of_guru(invitation(1, "10:00"));
    let first = create(&desk, &body).await.expect(201);
    everything_changes(&admin, "2026-11-23").await;
    let before = app.dump().await;
    assert_eq!(create(&desk, &body).await.expect(201), first);
    assert_eq!(app.dump().await, before);
    create(&desk, &of_guru(invitation(1, "14:00"))).await.problem(409, "hari_libur");
    let mut other = body.clone();
    other["keperluan"] = json!("Lain");
    create(&desk, &other).await.problem(409, "kunci_dipakai");
    app.clock.advance(Duration::hours(30));
    let later = create(&app.desk().await, &body).await.expect(201);
    assert_eq!(later["id"], first["id"], "its time has passed");
}

async fn a_series_sent_again_is_asked_no_rule(place: Place) {
    let app = App::start(place).await;
    let (admin, desk) = (app.admin().await, app.desk().await);
    let mut taken = of_guru(invitation(8, "09:45"));
    taken["tanggal"] = json!("2026-12-07");
    create(&desk, &taken).await.expect(201);
    close(&admin, "2026-12-14").await;
    let mut body = of_guru(invitation(1, "09:30"));
    body["ulang"] = json!({ "setiap": "minggu", "sampai": "2026-12-21" });
    body["tamu_lain"] = json!([tamu(2), { "nama": "Tanpa Telepon" }]);
    let first = create(&desk, &body).await.expect(201);
    assert_eq!(ids(&first).len(), 9);
    let left_out = json!([
        { "tanggal": "2026-12-07", "alasan": "bentrok" }, { "tanggal": "2026-12-14", "alasan": "libur" },
    ]);
    assert_eq!(first["dilewati"], left_out);
    close(&admin, "2026-11-23").await;
    close(&admin, "2026-11-30").await;
    admin.put(&format!("/api/users/{}", GURU.id()), json!({ "aktif": false })).await.expect(200);
    let before = app.dump().await;
    assert_eq!(create(&desk, &body).await.expect(201), first);
    assert_eq!(app.dump().await, before);
    let mut other = body.clone();
    other["tamu_lain"][0] = tamu(3);
    create(&desk, &other).await.problem(409, "kunci_dipakai");
    everything_changes(&admin, "2026-12-21").await;
    assert_eq!(ids(&create(&desk, &body).await.expect(201)), ids(&first));
}

async fn a_walk_in_sent_again_is_asked_no_rule(place: Place) {
    let app = App::start(place).await;
    let (admin, desk) = (app.admin().await, app.desk().await);
    let mut body = walk_in(1, &GURU);
    body["kunci"] = json!(kunci());
    let send = async |desk: &Caller| desk.post("/api/appointments/walk-in", body.clone()).await.expect(201);
    let first = send(&desk).await;
    everything_changes(&admin, "2026-11-23").await;
    let again = send(&desk).await;
    assert_eq!((&again["id"], &again["waktu_datang"]), (&first["id"], &first["waktu_datang"]));
    app.clock.advance(Duration::hours(1));
    let desk = app.desk().await;
    let left = json!({ "status": "selesai" });
    desk.put(&format!("/api/appointments/{}/status", first["id"]), left).await.expect(200);
    let again = send(&desk).await;
    assert_eq!((&again["id"], &again["status"]), (&first["id"], &json!("selesai")));
}

async fn a_visit_that_has_changed_since_is_told_as_it_stands(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let mut body = invitation(1, "10:00");
    body["kunci"] = json!(kunci());
    let first = create(&guru, &body).await.expect(201);
    let path = format!("/api/appointments/{}", first["id"]);
    let later = json!({ "tanggal": "2026-11-24", "waktu": "11:00", "durasi_menit": 60 });
    guru.put(&format!("{path}/schedule"), later).await.expect(200);
    guru.put(&path, json!({ "jumlah_orang": 4, "atas_nama": "Bu Sri" })).await.expect(200);
    let again = create(&guru, &body).await.expect(201);
    assert_eq!((&again["id"], &again["waktu"]), (&first["id"], &json!("11:00")));
    assert_eq!((&again["jumlah_orang"], &again["atas_nama"]), (&json!(4), &json!("Bu Sri")));
    // The number was wrong.
    let number = json!({ "telp": "0812 9999 0001" });
    desk.put(&format!("/api/tamu/{}", first["id_tamu"]), number).await.expect(200);
    guru.put(&path, json!({ "atas_nama": "" })).await.expect(200);
    assert_eq!(create(&guru, &body).await.expect(201)["id"], first["id"]);
    for (field, value) in [("keperluan", json!("Lain")), ("tamu", tamu(2))] {
        let mut other = body.clone();
        other[field] = value;
        create(&guru, &other).await.problem(409, "kunci_dipakai");
    }
}

async fn what_was_moved_is_moved_there_again(place: Place) {
    let app = App::start(place).await;
    let (admin, guru) = (app.admin().await, app.guru().await);
    let made = invite(&guru, 1, "10:00").await;
    let path = format!("/api/appointments/{}/schedule", made["id"]);
    let there = json!({ "tanggal": "2026-12-14", "waktu": "11:00" });
    let moved = guru.put(&path, there.clone()).await.expect(200);
    close(&admin, "2026-12-14").await;
    let versi = admin.get("/api/settings").await.expect(200)["versi"].clone();
    let few = json!({ "versi": versi, "batas_pesan_bulan": 1 });
    admin.put("/api/settings", few).await.expect(200);
    assert_eq!(guru.put(&path, there.clone()).await.expect(200), moved);
    app.clock.set("2026-12-14T04:30:00Z");
    let again = app.guru().await.put(&path, there).await.expect(200);
    assert_eq!(again["jadwal"], moved["jadwal"], "its time has passed");
}

async fn a_scan_sent_again_outlives_its_code(place: Place) {
    let app = App::start(place).await;
    let soon = json!({ "versi": 0, "kode_berlaku_hari": 1 });
    app.admin().await.put("/api/settings", soon).await.expect(200);
    let made = invite(&app.guru().await, 1, "09:30").await;
    let scan = json!({ "kode": made["kode_qr"], "kunci": kunci() });
    let first = app.desk().await.post("/api/appointments/scan", scan.clone()).await.expect(200);
    assert_eq!(first["hasil"], "datang");
    app.clock.advance(Duration::hours(40));
    let desk = app.desk().await;
    let again = desk.post("/api/appointments/scan", scan).await.expect(200);
    assert_eq!((&again["hasil"], &again["appointment"]["id"]), (&first["hasil"], &made["id"]));
    desk.scan(&made["kode_qr"]).await.problem(422, "kedaluwarsa");
}
