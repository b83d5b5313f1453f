//! What a desk tells later is entered as of the time at which it happened.

use chrono::Duration;
use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, App, Caller, GURU, Place, invite, put_status, walk_in};

journeys![
    it_is_entered_as_of_its_time,
    nobody_but_the_desk_tells_of_the_past_and_not_of_any,
    who_was_given_up_meanwhile_was_not_late,
];

async fn tell(caller: &Caller, method: Method, path: &str, body: Value, pada: &str) -> Answer {
    Answer::to(caller.request(method, path).header("Terjadi-Pada", pada).json(&body)).await
}

async fn scan(caller: &Caller, row: &Value, pada: &str) -> Answer {
    tell(caller, Method::POST, "/api/appointments/scan", json!({ "kode": row["kode_qr"] }), pada).await
}

async fn it_is_entered_as_of_its_time(place: Place) {
    let app = App::start(place).await;
    let row = invite(&app.guru().await, 1, "09:00").await;
    app.clock.advance(Duration::days(2));
    let desk = app.desk().await;
    let told = scan(&desk, &row, "2026-11-23T02:20:00.000Z").await.expect(200);
    assert_eq!((&told["hasil"], &told["appointment"]["terlambat"]), (&json!("datang"), &json!(true)));
    assert_eq!(told["appointment"]["waktu_datang"], "2026-11-23T02:20:00Z");
    let path = format!("/api/appointments/{}/status", row["id"]);
    let body = json!({ "status": "selesai" });
    let left = tell(&desk, Method::PUT, &path, body, "2026-11-23T09:30:00+07:00").await.expect(200);
    assert_eq!(left["waktu_selesai"], "2026-11-23T02:30:00Z");
    let path = "/api/appointments/walk-in";
    let came = tell(&desk, Method::POST, path, walk_in(2, &GURU), "2026-11-24T03:00:00Z").await.expect(201);
    assert_eq!((&came["jadwal"], &came["tanggal"]), (&json!("2026-11-24T03:00:00Z"), &json!("2026-11-24")));
}

async fn nobody_but_the_desk_tells_of_the_past_and_not_of_any(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let row = invite(&guru, 1, "09:00").await;
    let path = format!("/api/appointments/{}/status", row["id"]);
    let before = app.dump().await;
    let moved = tell(&guru, Method::PUT, &path, json!({ "status": "batal" }), "2026-11-23T01:00:00Z").await;
    moved.problem(403, "terlarang");
    for wrong in ["kemarin", "2026-11-23", "2025-01-01T00:00:00Z"] {
        scan(&desk, &row, wrong).await.wrong_fields(&["Terjadi-Pada"]);
    }
    assert_eq!(app.dump().await, before);
    let ahead = scan(&desk, &row, "2026-11-23T05:00:00Z").await.expect(200);
    assert_eq!(ahead["appointment"]["waktu_datang"], "2026-11-23T02:00:00Z", "nothing is in the future");
}

async fn who_was_given_up_meanwhile_was_not_late(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let row = invite(&guru, 1, "09:00").await;
    app.clock.advance(Duration::minutes(10));
    put_status(&guru, &row, "tidak hadir").await.expect(200);
    let told = scan(&desk, &row, "2026-11-23T02:05:00Z").await.expect(200);
    assert_eq!((&told["hasil"], &told["appointment"]["terlambat"]), (&json!("datang"), &json!(false)));
}
