//! Moves by hand: only those of the status machine, at their time, with the words that came with them.

use chrono::Duration;
use serde_json::json;
use tests::{App, Place, invitation, invite};

use super::create;

journeys![
    every_move_of_the_status_machine_and_no_other,
    nobody_is_marked_absent_before_the_time_agreed,
    a_reason_is_kept_or_refused_but_never_dropped,
    nobody_arrives_on_another_day_by_hand_either,
];

pub(super) const STATUSES: [&str; 6] =
    ["belum", "menunggu", "sedang berlangsung", "selesai", "batal", "tidak hadir"];

/// The moves that bring an appointment to that status.
pub(super) fn way_to(status: &str) -> &'static [&'static str] {
    match status {
        "menunggu" => &["menunggu"],
        "sedang berlangsung" => &["menunggu", "sedang berlangsung"],
        "selesai" => &["menunggu", "sedang berlangsung", "selesai"],
        "batal" => &["batal"],
        "tidak hadir" => &["tidak hadir"],
        _ => &[],
    }
}

const ALLOWED: [(&str, &str); 7] = [
    ("belum", "menunggu"),
    ("belum", "batal"),
    ("belum", "tidak hadir"),
    // A guest who comes anyway, on that day.
    ("tidak hadir", "menunggu"),
    ("menunggu", "sedang berlangsung"),
    ("menunggu", "selesai"),
    ("sedang berlangsung", "selesai"),
];

async fn every_move_of_the_status_machine_and_no_other(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let mut n = 0;
    for from in STATUSES {
        for to in STATUSES {
            n += 1;
            let mut body = invitation(n, "09:00");
            body["izinkan_bentrok"] = json!(true);
            let made = create(&guru, &body).await.expect(201);
            let path = format!("/api/appointments/{}/status", made["id"]);
            for step in way_to(from) {
                guru.put(&path, json!({ "status": step })).await.expect(200);
            }
            let before = guru.get(&format!("/api/appointments/{}", made["id"])).await.expect(200);
            assert_eq!(before["status"], from);
            let answer = guru.put(&path, json!({ "status": to })).await;
            if from == to {
                assert_eq!(tests::row_of(&answer.expect(200)), before, "staying at {from} is no move");
            } else if ALLOWED.contains(&(from, to)) {
                let after = answer.expect(200);
                assert_eq!(after["status"], to, "{from} → {to}");
                assert!(after["versi"].as_i64() > before["versi"].as_i64(), "{from} → {to}: {after}");
            } else {
                answer.problem(409, "transisi_tidak_sah");
                let after = guru.get(&format!("/api/appointments/{}", made["id"])).await.expect(200);
                assert_eq!(after, before, "{from} → {to} was refused and done");
            }
        }
    }
}

async fn nobody_is_marked_absent_before_the_time_agreed(place: Place) {
    let app = App::start(place).await;
    let (guru, desk, admin) = (app.guru().await, app.desk().await, app.admin().await);
    let today = invite(&guru, 1, "09:30").await;
    let mut body = invitation(2, "10:00");
    body["tanggal"] = json!("2026-12-24");
    let next_month = create(&guru, &body).await.expect(201);
    let absent = json!({ "status": "tidak hadir" });
    let before = app.dump().await;
    for row in [&today, &next_month] {
        let path = format!("/api/appointments/{}/status", row["id"]);
        for caller in [&guru, &desk, &admin] {
            caller.put(&path, absent.clone()).await.problem(409, "transisi_tidak_sah");
        }
    }
    assert_eq!(app.dump().await, before);
    app.clock.advance(Duration::minutes(30));
    let guru = app.guru().await;
    let path = format!("/api/appointments/{}/status", today["id"]);
    assert_eq!(guru.put(&path, absent).await.expect(200)["status"], "tidak hadir");
    // If it is moved to a later time, the agreed time no longer holds.
    let later = invite(&guru, 3, "11:00").await;
    app.clock.advance(Duration::hours(2));
    let guru = app.guru().await;
    let moved = json!({ "tanggal": "2026-11-24", "waktu": "11:00" });
    guru.put(&format!("/api/appointments/{}/schedule", later["id"]), moved).await.expect(200);
    let path = format!("/api/appointments/{}/status", later["id"]);
    guru.put(&path, json!({ "status": "tidak hadir" })).await.problem(409, "transisi_tidak_sah");
}

async fn a_reason_is_kept_or_refused_but_never_dropped(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let with = |status: &str| json!({ "status": status, "alasan": "  Sakit  keras " });
    for (n, status) in [(1, "batal"), (2, "tidak hadir")] {
        let made = invite(&guru, n, "09:00").await;
        let path = format!("/api/appointments/{}", made["id"]);
        let moved = guru.put(&format!("{path}/status"), with(status)).await.expect(200);
        assert_eq!((&moved["status"], &moved["alasan"]), (&json!(status), &json!("Sakit keras")));
        // Sending the same again changes nothing. Another reason for what is closed would get lost.
        assert_eq!(guru.put(&format!("{path}/status"), with(status)).await.expect(200), moved);
        assert_eq!(guru.put(&format!("{path}/status"), json!({ "status": status })).await.expect(200), moved);
        let other = json!({ "status": status, "alasan": "Rapat" });
        guru.put(&format!("{path}/status"), other).await.problem(409, "transisi_tidak_sah");
        assert_eq!(guru.get(&path).await.expect(200), tests::row_of(&moved));
    }
    let made = invite(&guru, 3, "10:00").await;
    let path = format!("/api/appointments/{}/status", made["id"]);
    for status in ["belum", "menunggu", "sedang berlangsung", "selesai"] {
        let before = app.dump().await;
        guru.put(&path, with(status)).await.wrong_fields(&["alasan"]);
        assert_eq!(app.dump().await, before, "{status}");
        guru.put(&path, json!({ "status": status, "alasan": " " })).await.expect(200);
    }
    let called_off = invite(&guru, 4, "11:00").await;
    let path = format!("/api/appointments/{}/status", called_off["id"]);
    guru.put(&path, json!({ "status": "batal" })).await.expect(200);
    guru.put(&path, with("batal")).await.problem(409, "transisi_tidak_sah");
}

async fn nobody_arrives_on_another_day_by_hand_either(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let mut tomorrow = invitation(1, "10:00");
    tomorrow["tanggal"] = json!("2026-11-24");
    let made = create(&guru, &tomorrow).await.expect(201);
    let path = format!("/api/appointments/{}/status", made["id"]);
    guru.put(&path, json!({ "status": "menunggu" })).await.problem(422, "bukan_hari_ini");
    guru.put("/api/appointments/999/status", json!({ "status": "batal" }))
        .await
        .problem(404, "tidak_ditemukan");
}
