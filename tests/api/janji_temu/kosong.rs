//! A guru's free times.

use chrono::Duration;
use serde_json::{Value, json};
use tests::{ADMIN, App, Caller, DESK, GURU, OTHER_GURU, Place, invitation, invite, put_status};

journeys![
    what_is_taken_or_past_is_not_offered_and_what_is_offered_can_be_booked,
    an_appointment_to_be_moved_is_not_in_its_own_way,
    a_guru_asks_for_their_own_only,
    what_makes_no_sense_is_named,
];

async fn free(caller: &Caller, id: impl std::fmt::Display, query: &str) -> Vec<String> {
    let answer = caller.get(&format!("/api/guru/{id}/waktu-kosong?{query}")).await.expect(200);
    let times = answer["data"].as_array().expect("a list");
    times.iter().map(|free| free["waktu"].as_str().expect("a time").to_owned()).collect()
}

async fn what_is_taken_or_past_is_not_offered_and_what_is_offered_can_be_booked(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let id = GURU.id().0;
    let whole = free(&guru, id, "tanggal=2026-11-24").await;
    assert_eq!((&*whole[0], &*whole[1], whole.len()), ("07:00", "07:15", 39));
    assert_eq!(whole[38], "16:30", "an appointment ends within the school's hours");
    assert_eq!(free(&guru, id, "tanggal=2026-11-24&durasi_menit=480").await.last().unwrap(), "09:00");

    let made = invite(&guru, 1, "10:00").await;
    let called_off = invite(&guru, 2, "13:00").await;
    put_status(&guru, &called_off, "batal").await.expect(200);
    app.clock.advance(Duration::minutes(50));
    let guru = app.guru().await;
    let today = free(&guru, id, "tanggal=2026-11-23").await;
    assert_eq!(today[..2], ["10:30", "10:45"], "not before now, not while taken");
    assert!(today.contains(&"13:00".to_owned()), "called off");
    assert_eq!(free(&guru, id, "tanggal=2026-11-22").await.len(), 0, "a day that is over");
    let far = guru.get(&format!("/api/guru/{id}/waktu-kosong?tanggal=2027-06-01")).await.expect(200);
    assert_eq!(far["sampai"], "2027-01-23", "the last day that can be booked");
    assert_eq!(free(&guru, id, "tanggal=2027-06-01").await.len(), 0, "too far ahead");
    let mut body = invitation(3, &today[0]);
    body["durasi_menit"] = json!(30);
    guru.post("/api/appointments", body).await.expect(201);
    assert_eq!(free(&guru, id, "tanggal=2026-11-23").await[0], "11:00");
    // The refusal of a clash offers the same time.
    let clash = guru.post("/api/appointments", invitation(4, "10:15")).await.problem(409, "bentrok");
    assert_eq!(clash.waktu_kosong.as_deref(), Some("11:00"));
    assert_eq!(made["waktu"], "10:00");
}

async fn an_appointment_to_be_moved_is_not_in_its_own_way(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let made = invite(&guru, 1, "10:00").await;
    let query = format!("tanggal=2026-11-23&kecuali={}", made["id"]);
    assert!(free(&guru, GURU.id().0, &query).await.contains(&"10:15".to_owned()));
    assert!(!free(&guru, GURU.id().0, "tanggal=2026-11-23").await.contains(&"10:15".to_owned()));
}

async fn a_guru_asks_for_their_own_only(place: Place) {
    let app = App::start(place).await;
    let (guru, desk, admin) = (app.guru().await, app.desk().await, app.admin().await);
    let path = |id: Value| format!("/api/guru/{id}/waktu-kosong?tanggal=2026-11-24");
    guru.get(&path(json!(OTHER_GURU.id()))).await.problem(403, "terlarang");
    for caller in [&desk, &admin] {
        for person in [&GURU, &OTHER_GURU, &ADMIN] {
            assert_eq!(free(caller, person.id().0, "tanggal=2026-11-24").await.len(), 39);
        }
        // Nobody visits the reception or a user who does not exist.
        caller.get(&path(json!(DESK.id()))).await.problem(404, "tidak_ditemukan");
        caller.get(&path(json!(999))).await.problem(404, "tidak_ditemukan");
    }
}

async fn what_makes_no_sense_is_named(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    for (query, fields) in [
        ("", &["tanggal"][..]),
        ("tanggal=", &["tanggal"]),
        ("tanggal=24-11-2026", &["tanggal"]),
        ("tanggal=2026-02-30", &["tanggal"]),
        ("tanggal=2026-11-24&durasi_menit=4", &["durasi_menit"]),
        ("tanggal=2026-11-24&durasi_menit=481", &["durasi_menit"]),
        ("tanggal=2026-11-24&durasi_menit=lama", &["durasi_menit"]),
        ("tanggal=2026-11-24&kecuali=0", &["kecuali"]),
        ("tanggal=besok&durasi_menit=0", &["durasi_menit", "tanggal"]),
        ("tanggal=2026-11-24&hari=1", &["hari"]),
    ] {
        let answer = guru.get(&format!("/api/guru/{}/waktu-kosong?{query}", GURU.id())).await;
        answer.wrong_fields(fields);
    }
}
