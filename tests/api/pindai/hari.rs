//! What counts as today for a scan.

use chrono::Duration;
use serde_json::{Value, json};
use tests::{App, Caller, Place, invitation, invite};

use super::{scanned, text};

journeys![midnight_makes_nobody_a_guest_of_another_day, whoever_was_given_up_comes_late_all_the_same];

async fn midnight_makes_nobody_a_guest_of_another_day(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let (evening, never) = (invite(&guru, 1, "23:55").await, invite(&guru, 2, "20:30").await);
    let tomorrow = |n, waktu| {
        let mut body = invitation(n, waktu);
        body["tanggal"] = json!("2026-11-24");
        body["izinkan_bentrok"] = json!(true);
        body
    };
    let night = guru.post("/api/appointments", tomorrow(3, "00:10")).await.expect(201);
    let morning = guru.post("/api/appointments", tomorrow(4, "07:00")).await.expect(201);
    let todays = async |desk: &Caller| {
        let rows = desk.get("/api/appointments/today").await.expect(200);
        let ids = rows["data"].as_array().unwrap().iter().map(|row| row["id"].clone());
        ids.collect::<Vec<_>>()
    };

    app.clock.set("2026-11-23T16:50:00Z");
    let desk = app.desk().await;
    assert_eq!(todays(&desk).await, [&never, &evening, &night].map(|row| row["id"].clone()));
    desk.scan(&morning["kode_qr"]).await.problem(422, "bukan_hari_ini");
    assert_eq!(scanned(&desk, &night["kode_qr"]).await["hasil"], "datang", "due at 00.10, here at 23.50");

    app.clock.set("2026-11-23T17:02:00Z");
    app.server().run_jobs().await.unwrap();
    assert_eq!(todays(&desk).await, [&evening, &night, &morning].map(|row| row["id"].clone()));
    desk.scan(&never["kode_qr"]).await.problem(422, "bukan_hari_ini");
    let permanent = desk.get(&format!("/api/tamu/{}", evening["id_tamu"])).await.expect(200);
    let arrived = scanned(&desk, &permanent["kode_qr"]).await;
    assert_eq!(arrived["hasil"], "datang", "due at 23.55, here at 00.02: {arrived}");
    assert_eq!(arrived["appointment"]["terlambat"], false);

    // A guest who is inside may leave, long after the day and by the permanent code, too.
    tests::put_status(&desk, &evening, "sedang berlangsung").await.expect(200);
    app.clock.set("2026-11-23T22:00:00Z");
    let desk = app.desk().await;
    let left = scanned(&desk, &permanent["kode_qr"]).await;
    assert_eq!((&left["hasil"], &left["appointment"]["id"]), (&json!("pulang"), &evening["id"]), "{left}");
}

async fn whoever_was_given_up_comes_late_all_the_same(place: Place) {
    let app = App::start(place).await;
    for (n, waktu, by_permanent_code) in [(1, "09:00", false), (2, "09:30", true)] {
        let invited = invite(&app.guru().await, n, waktu).await;
        app.clock.set("2026-11-23T02:30:00Z");
        let desk = app.desk().await;
        let path = format!("/api/appointments/{}/status", invited["id"]);
        let absent = json!({ "status": "tidak hadir", "alasan": "Tidak ada kabar" });
        desk.put(&path, absent).await.expect(200);
        let tamu = desk.get(&format!("/api/tamu/{}", invited["id_tamu"])).await.expect(200);
        let kode = if by_permanent_code { &tamu["kode_qr"] } else { &invited["kode_qr"] };
        let looked = desk.get(&format!("/api/appointments/qr/{}", text(kode))).await.expect(200);
        assert_eq!(looked["valid"], true, "{looked}");
        let arrived = scanned(&desk, kode).await;
        let row = &arrived["appointment"];
        assert_eq!((&arrived["hasil"], &row["status"]), (&json!("datang"), &json!("menunggu")), "{arrived}");
        assert_eq!((&row["terlambat"], &row["alasan"]), (&json!(true), &Value::Null), "{arrived}");
    }
    // The same by hand, and no guest of another day.
    let by_hand = invite(&app.guru().await, 3, "10:00").await;
    app.clock.advance(Duration::minutes(30));
    let desk = app.desk().await;
    tests::put_status(&desk, &by_hand, "tidak hadir").await.expect(200);
    assert_eq!(tests::put_status(&desk, &by_hand, "menunggu").await.expect(200)["terlambat"], true);
    let late = invite(&app.guru().await, 4, "11:00").await;
    app.clock.set("2026-11-24T03:00:00Z");
    let desk = app.desk().await;
    tests::put_status(&desk, &late, "tidak hadir").await.expect(200);
    desk.scan(&late["kode_qr"]).await.problem(422, "bukan_hari_ini");
    tests::put_status(&desk, &late, "menunggu").await.problem(422, "bukan_hari_ini");
}
