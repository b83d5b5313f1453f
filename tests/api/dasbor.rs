//! Today at a glance.

use serde_json::json;
use tests::{App, GURU, OTHER_GURU, Place, invite, walk_in};

journeys![counts_who_is_expected_here_late_and_connected, whoever_stayed_overnight_is_still_here,];

async fn counts_who_is_expected_here_late_and_connected(place: Place) {
    let app = App::start(place).await;
    let (guru, other) = (app.guru().await, app.other_guru().await);
    let late = invite(&guru, 1, "09:00").await;
    invite(&guru, 2, "13:00").await;
    invite(&other, 3, "13:00").await;
    app.clock.set("2026-11-23T02:15:00.001Z");
    // The tokens from before have ended.
    let (guru, desk) = (app.guru().await, app.desk().await);
    desk.scan(&late["kode_qr"]).await.expect(200);
    desk.post("/api/appointments/walk-in", walk_in(4, &GURU)).await.expect(201);
    let _socket = guru.subscribe().await;
    let shown = desk.get("/api/dashboard").await.expect(200);
    assert_eq!(
        shown,
        json!({
            "tanggal": "2026-11-23",
            "jumlah": 4,
            "per_status": {
                "batal": 0, "belum": 2, "menunggu": 2, "sedang berlangsung": 0, "selesai": 0, "tidak hadir": 0,
            },
            "jumlah_kunjungan": 2,
            "jumlah_terlambat": 1,
            "di_lokasi": 2,
            "guru_teratas": [
                { "id": GURU.id(), "nama": GURU.nama, "jumlah": 3 },
                { "id": OTHER_GURU.id(), "nama": OTHER_GURU.nama, "jumlah": 1 },
            ],
            "presence": [{ "id_pengguna": GURU.id(), "online": true }],
        })
    );
}

async fn whoever_stayed_overnight_is_still_here(place: Place) {
    let app = App::start(place).await;
    let desk = app.desk().await;
    desk.post("/api/appointments/walk-in", walk_in(1, &GURU)).await.expect(201);
    app.clock.set("2026-11-23T17:00:00Z");
    let shown = app.desk().await.get("/api/dashboard").await.expect(200);
    assert_eq!((&shown["di_lokasi"], &shown["jumlah_kunjungan"]), (&json!(1), &json!(0)), "{shown}");
}
