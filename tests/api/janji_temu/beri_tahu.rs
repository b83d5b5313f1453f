//! Telling a guru again who waits.

use chrono::Duration;
use serde_json::{Value, json};
use tests::{App, Caller, GURU, Place, invite, put_status, walk_in};

journeys![
    an_alert_comes_anew_whatever_the_guru_did_with_the_first,
    no_more_than_once_in_half_a_minute,
    only_of_who_waits,
];

async fn remind(desk: &Caller, row: &Value) -> tests::Answer {
    desk.post(&format!("/api/appointments/{}/beri-tahu", row["id"]), json!({})).await
}

async fn an_alert_comes_anew_whatever_the_guru_did_with_the_first(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let here = desk.post("/api/appointments/walk-in", walk_in(1, &GURU)).await.expect(201);
    let away = remind(&desk, &here).await.expect(200);
    assert_eq!(away["guru_terhubung"], false);
    assert_eq!(away["message"], "Ratna Wulandari belum terhubung; hubungi langsung.");
    assert_eq!((&away["id"], &away["diberi_tahu_pada"]), (&here["id"], &json!("2026-11-23T02:00:00Z")));

    let (mut alerts, mut desk_sees) = (guru.subscribe().await, desk.subscribe().await);
    let path = format!("/api/notifications/{}", here["id"]);
    guru.put(&format!("{path}/read"), json!({})).await.expect(200);
    guru.delete(&path).await.expect(204);
    for _ in 0..2 {
        alerts.next_of("notification").await;
        alerts.next_of("appointment").await;
        desk_sees.next_of("appointment").await;
    }
    app.clock.advance(Duration::seconds(30));
    let told = remind(&desk, &here).await.expect(200);
    assert_eq!(told["guru_terhubung"], true);
    assert_eq!(told["message"], "Ratna Wulandari sudah diberi tahu.");
    let alert = alerts.next_of("notification").await;
    assert_eq!((&alert["is_read"], &alert["dihapus"]), (&json!(false), &json!(false)), "{alert}");
    assert_eq!(alert["diberi_tahu_pada"], "2026-11-23T02:00:30Z");
    assert_eq!(alert["versi"], told["versi"]);
    assert_eq!(desk_sees.next_of("appointment").await["diberi_tahu_pada"], alert["diberi_tahu_pada"]);
    assert_eq!(guru.get("/api/notifications?belum_dibaca=true").await.expect(200)["total"], 1);
}

async fn no_more_than_once_in_half_a_minute(place: Place) {
    let app = App::start(place).await;
    let desk = app.desk().await;
    let here = desk.post("/api/appointments/walk-in", walk_in(1, &GURU)).await.expect(201);
    let other = desk.post("/api/appointments/walk-in", walk_in(2, &GURU)).await.expect(201);
    remind(&desk, &here).await.expect(200);
    app.clock.advance(Duration::milliseconds(100));
    let before = app.dump().await;
    let refused = remind(&desk, &here).await;
    assert_eq!(refused.header("retry-after"), "30");
    refused.problem(429, "terlalu_sering");
    app.clock.advance(Duration::milliseconds(29_899));
    let refused = remind(&desk, &here).await;
    assert_eq!(refused.header("retry-after"), "1");
    refused.problem(429, "terlalu_sering");
    assert_eq!(app.dump().await, before);
    remind(&desk, &other).await.expect(200);
    app.clock.advance(Duration::milliseconds(1));
    remind(&desk, &here).await.expect(200);
    // A clock that is set back locks nothing.
    app.clock.leap(Duration::minutes(-20));
    let desk = desk.with_login(desk.refresh().await.expect(200));
    remind(&desk, &here).await.expect(200);
}

async fn only_of_who_waits(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let invited = invite(&guru, 1, "09:00").await;
    remind(&desk, &invited).await.problem(409, "transisi_tidak_sah");
    for (status, waits) in [("menunggu", true), ("sedang berlangsung", false), ("selesai", false)] {
        put_status(&desk, &invited, status).await.expect(200);
        match waits {
            true => drop(remind(&desk, &invited).await.expect(200)),
            false => drop(remind(&desk, &invited).await.problem(409, "transisi_tidak_sah")),
        }
    }
    let called_off = invite(&guru, 2, "10:00").await;
    put_status(&guru, &called_off, "batal").await.expect(200);
    remind(&desk, &called_off).await.problem(409, "transisi_tidak_sah");
    remind(&desk, &json!({ "id": 999 })).await.problem(404, "tidak_ditemukan");
    remind(&guru, &invited).await.problem(403, "terlarang");
}
