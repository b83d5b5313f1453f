//! Today at a glance.

use chrono::Duration;
use serde_json::json;
use tests::{App, DESK, GURU, OTHER_GURU, Place, invite, walk_in};

journeys![
    counts_who_is_expected_here_late_and_connected,
    what_no_channel_is_there_for_is_counted_apart,
    whoever_stayed_overnight_is_still_here,
    people_and_visits_are_counted_apart_and_the_longest_wait_is_told,
    a_desk_tells_what_it_reads_codes_with_while_it_is_connected,
    first_steps_tick_themselves_when_they_are_done,
];

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
            "tanpa_janji": 1,
            "persentase_tepat_waktu": 0.0,
            "waktu_tunggu_rata_rata_detik": null,
            "tanpa_waktu_tunggu": 2,
            "di_lokasi": 2,
            "jumlah_orang_di_lokasi": 2,
            "menunggu": 2,
            "berlangsung": 0,
            "terlama_menunggu_detik": 0,
            "guru_teratas": [
                { "id": GURU.id(), "nama": GURU.nama, "jumlah": 3 },
                { "id": OTHER_GURU.id(), "nama": OTHER_GURU.nama, "jumlah": 1 },
            ],
            "presence": [{ "id_pengguna": GURU.id(), "online": true }],
            "guru_terhubung": 1,
            "guru_total": 2,
            "pesan": { "menunggu": 5, "gagal": 0, "tanpa_saluran": 0 },
            "cadangan_terakhir": null,
            "cadangan_masalah": null,
            "meja": [{
                "id_pengguna": DESK.id(), "nama": DESK.nama, "online": false, "perangkat": [], "sejak": null,
            }],
            "basis_data": "siap",
        })
    );
}

async fn what_no_channel_is_there_for_is_counted_apart(place: Place) {
    let app = App::start(place).await;
    let server = app.server();
    outbox::start(server.school(), outbox::Environment::default(), server.stopping(), server.tasks());
    invite(&app.guru().await, 1, "10:00").await;
    // The desk is told as much as the admin.
    let desk = app.desk().await;
    let counted = async {
        loop {
            let shown = desk.get("/api/dashboard").await.expect(200);
            if shown["pesan"] == json!({ "menunggu": 0, "gagal": 1, "tanpa_saluran": 1 }) {
                return;
            }
            tests::pause().await;
        }
    };
    tests::within("the message to be counted", counted).await;
}

async fn whoever_stayed_overnight_is_still_here(place: Place) {
    let app = App::start(place).await;
    let desk = app.desk().await;
    desk.post("/api/appointments/walk-in", walk_in(1, &GURU)).await.expect(201);
    app.clock.set("2026-11-23T17:00:00Z");
    let shown = app.desk().await.get("/api/dashboard").await.expect(200);
    assert_eq!((&shown["di_lokasi"], &shown["jumlah_kunjungan"]), (&json!(1), &json!(0)), "{shown}");
}

async fn people_and_visits_are_counted_apart_and_the_longest_wait_is_told(place: Place) {
    let app = App::start(place).await;
    let desk = app.desk().await;
    let mut group = walk_in(1, &GURU);
    group["jumlah_orang"] = json!(12);
    let first = desk.post("/api/appointments/walk-in", group).await.expect(201);
    app.clock.advance(Duration::minutes(4));
    desk.post("/api/appointments/walk-in", walk_in(2, &GURU)).await.expect(201);
    app.clock.advance(Duration::seconds(90));
    let shown = desk.get("/api/dashboard").await.expect(200);
    assert_eq!((&shown["di_lokasi"], &shown["jumlah_orang_di_lokasi"]), (&json!(2), &json!(13)), "{shown}");
    assert_eq!((&shown["menunggu"], &shown["terlama_menunggu_detik"]), (&json!(2), &json!(330)));
    let met = json!({ "status": "sedang berlangsung" });
    desk.put(&format!("/api/appointments/{}/status", first["id"]), met).await.expect(200);
    let shown = desk.get("/api/dashboard").await.expect(200);
    assert_eq!((&shown["menunggu"], &shown["berlangsung"]), (&json!(1), &json!(1)), "{shown}");
    assert_eq!(shown["terlama_menunggu_detik"], 90);
    assert_eq!(shown["waktu_tunggu_rata_rata_detik"], 330.0);
}

async fn a_desk_tells_what_it_reads_codes_with_while_it_is_connected(place: Place) {
    let app = App::start(place).await;
    let (desk, admin) = (app.desk().await, app.admin().await);
    let told = json!({ "perangkat": [{ "jenis": "serial", "keadaan": "siap" }] });
    desk.put("/api/meja", told.clone()).await.expect(204);
    let shown = admin.get("/api/dashboard").await.expect(200);
    assert_eq!(shown["meja"][0]["sejak"], json!(null), "a desk without a connection is none");

    let mut admin_sees = admin.subscribe().await;
    let socket = desk.subscribe().await;
    let online = json!({ "id_pengguna": DESK.id(), "online": true });
    assert_eq!(admin_sees.next_of("presence").await, online);
    desk.put("/api/meja", told.clone()).await.expect(204);
    assert_eq!(admin_sees.next_of("presence").await, online, "something about the desk is different");
    desk.put("/api/meja", told).await.expect(204);
    let shown = admin.get("/api/dashboard").await.expect(200);
    let meja = json!([{
        "id_pengguna": DESK.id(), "nama": DESK.nama, "online": true,
        "perangkat": [{ "jenis": "serial", "keadaan": "siap" }], "sejak": "2026-11-23T02:00:00Z",
    }]);
    assert_eq!(shown["meja"], meja);
    drop(socket);
    assert_eq!(admin_sees.next_of("presence").await["online"], false, "once for the same scanners");
    let shown = admin.get("/api/dashboard").await.expect(200);
    assert_eq!((&shown["meja"][0]["online"], &shown["meja"][0]["perangkat"]), (&json!(false), &json!([])));

    let one = json!({ "jenis": "serial", "keadaan": "siap" });
    for wrong in [
        json!({}),
        json!({ "perangkat": [{ "jenis": "radio", "keadaan": "siap" }] }),
        json!({ "perangkat": [{ "jenis": "serial" }] }),
        json!({ "perangkat": vec![one; 17] }),
    ] {
        desk.put("/api/meja", wrong).await.problem(422, "isian_tidak_valid");
    }
}

async fn first_steps_tick_themselves_when_they_are_done(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let before = admin.get("/api/hari-pertama").await.expect(200);
    let nothing = json!({
        "sekolah": false, "guru": true, "penerima_tamu": true, "hari_libur": false, "email": false,
        "lembar_pemulihan": false, "undangan": false,
    });
    assert_eq!(before, nothing);
    // To look at what there is, is no step.
    admin.get("/api/hari-libur").await.expect(200);
    let settings = admin.get("/api/settings").await.expect(200);
    assert_eq!(admin.get("/api/hari-pertama").await.expect(200), nothing, "nothing was done");
    app.desk().await.post("/api/appointments/walk-in", walk_in(1, &GURU)).await.expect(201);
    assert_eq!(admin.get("/api/hari-pertama").await.expect(200), nothing, "a walk-in was not invited");
    invite(&app.guru().await, 2, "13:00").await;
    assert_eq!(admin.get("/api/hari-pertama").await.expect(200)["undangan"], true);
    let is_told = async || admin.get("/api/hari-pertama").await.expect(200)["sekolah"].clone();
    let days = json!({ "versi": settings["versi"], "hari_kerja": settings["hari_kerja"] });
    let kept = admin.put("/api/settings", days).await.expect(200);
    assert_eq!((&kept["versi"], is_told().await), (&settings["versi"], json!(false)), "it has no name yet");
    let named = json!({ "versi": kept["versi"], "nama_sekolah": "SMP Tunas Bangsa" });
    admin.put("/api/settings", named).await.expect(200);
    assert_eq!(is_told().await, true, "the days are those from the start, and somebody said so");
}
