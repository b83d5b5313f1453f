//! The server's clock is wrong, leaps, or its school moves to another zone: what a desk sees, and that nobody is turned
//! away for good.

use chrono::Duration;
use serde_json::json;
use tests::{App, Caller, GURU, Place, invite, walk_in};

use super::jobs::run_on;

journeys![
    a_clock_that_is_an_hour_off_lets_todays_guests_in,
    a_clock_that_is_a_year_off_tells_the_desk_and_harms_nothing,
    a_clock_that_leaps_to_and_fro_records_each_arrival_once,
    a_change_of_the_zone_keeps_each_guest_of_today,
];

fn ids(list: &serde_json::Value) -> Vec<i64> {
    list["data"].as_array().expect("a list").iter().map(|row| row["id"].as_i64().expect("a number")).collect()
}

async fn today(desk: &Caller) -> Vec<i64> {
    ids(&desk.get("/api/appointments/today").await.expect(200))
}

async fn a_clock_that_is_an_hour_off_lets_todays_guests_in(place: Place) {
    for off in [Duration::hours(1), Duration::hours(-1)] {
        let app = App::start(place).await;
        let guru = app.guru().await;
        let invited = invite(&guru, 1, "11:00").await;
        app.clock.leap(off);
        let desk = app.desk().await;
        let arrived = desk.scan(&invited["kode_qr"]).await.expect(200);
        assert_eq!(arrived["hasil"], "datang", "{off}: {arrived}");
        let here = desk.post("/api/appointments/walk-in", walk_in(2, &GURU)).await.expect(201);
        app.clock.leap(-off);
        let desk = app.desk().await;
        assert_eq!(today(&desk).await.len(), 2, "{off}");
        // Times that lie ahead keep nobody from leaving.
        for id in [&invited["id"], &here["id"]] {
            let path = format!("/api/appointments/{id}/status");
            let left = desk.put(&path, json!({ "status": "selesai" })).await.expect(200);
            assert!(left["waktu_selesai"].as_str() >= left["waktu_datang"].as_str(), "{off}: {left}");
        }
        let report = app.admin().await.get("/api/reports/daily").await.expect(200);
        assert_eq!(report["jumlah_kunjungan"], 2, "{off}: {report}");
    }
}

async fn a_clock_that_is_a_year_off_tells_the_desk_and_harms_nothing(place: Place) {
    for (off, code) in [(Duration::days(365), "kedaluwarsa"), (Duration::days(-365), "bukan_hari_ini")] {
        let app = App::start(place).await;
        run_on(&app, 10).await;
        let invited = invite(&app.guru().await, 1, "11:00").await;
        app.clock.leap(off);
        let desk = app.desk().await;
        desk.scan(&invited["kode_qr"]).await.problem(422, code);
        assert!(!app.server().run_jobs().await.unwrap_or(false), "{off}: it closes no day");
        app.clock.leap(-off);
        let desk = app.desk().await;
        let arrived = desk.scan(&invited["kode_qr"]).await.expect(200);
        assert_eq!(arrived["hasil"], "datang", "{off}: {arrived}");
    }
}

async fn a_clock_that_leaps_to_and_fro_records_each_arrival_once(place: Place) {
    let app = App::start(place).await;
    let mut alerts = app.guru().await.subscribe().await;
    for (n, leap) in (1_u32..).zip([0, 40, -90, 600, -550, 1]) {
        app.clock.leap(Duration::seconds(leap));
        let desk = app.desk().await;
        let mut body = walk_in(n, &GURU);
        body["kunci"] = json!(format!("meja:{n}"));
        let here = desk.post("/api/appointments/walk-in", body.clone()).await.expect(201);
        app.clock.leap(Duration::seconds(-leap / 2));
        let again = app.desk().await.post("/api/appointments/walk-in", body).await;
        assert_eq!(again.expect(201)["id"], here["id"], "after {leap} s");
        let alert = loop {
            let event = alerts.next().await;
            if event["type"] == "notification" {
                break event;
            }
        };
        assert_eq!(alert["data"]["id"], here["id"], "after {leap} s");
    }
    assert_eq!(today(&app.desk().await).await.len(), 6);
}

async fn a_change_of_the_zone_keeps_each_guest_of_today(place: Place) {
    let app = App::start(place).await;
    let invited = invite(&app.guru().await, 1, "11:00").await;
    let desk = app.desk().await;
    for zona in ["Asia/Makassar", "Asia/Jayapura", "Asia/Jakarta"] {
        let admin = app.admin().await;
        let versi = admin.get("/api/settings").await.expect(200)["versi"].clone();
        admin.put("/api/settings", json!({ "versi": versi, "zona_waktu": zona })).await.expect(200);
        let rows = desk.get("/api/appointments/today").await.expect(200);
        assert_eq!(ids(&rows), [invited["id"].as_i64().expect("a number")], "{zona}");
        assert_eq!(rows["data"][0]["jadwal"], invited["jadwal"], "{zona}: the time agreed stays");
    }
    assert_eq!(desk.scan(&invited["kode_qr"]).await.expect(200)["hasil"], "datang");
}
