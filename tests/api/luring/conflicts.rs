//! What another desk did meanwhile is settled by the rules of a scan, and told to a person.

use chrono::Duration;
use serde_json::{Value, json};
use tests::{App, Condition, Place, invite, kunci, put_status};

use super::{Alone, count};

journeys![
    two_desks_alone_receive_the_same_guest,
    a_visit_that_was_called_off_meanwhile_is_told_to_a_person,
    a_clock_that_is_off_by_an_hour_enters_nothing_at_a_wrong_time,
    what_a_person_has_to_look_at_survives_the_program,
];

async fn two_desks_alone_receive_the_same_guest(place: Place) {
    let app = App::start(place).await;
    let row = invite(&app.guru().await, 1, "09:00").await;
    let (gate, lobby) = (Alone::at(&app).await, Alone::at(&app).await);
    gate.line.set(Condition::Cut);
    lobby.line.set(Condition::Cut);
    assert_eq!(gate.scan(&row["kode_qr"], &kunci()).await.expect(200)["hasil"], "datang");
    app.clock.advance(Duration::minutes(3));
    assert_eq!(lobby.scan(&row["kode_qr"], &kunci()).await.expect(200)["hasil"], "datang");

    lobby.line.set(Condition::Whole);
    gate.line.set(Condition::Whole);
    lobby.desk.replay().await;
    gate.desk.replay().await;
    assert_eq!(lobby.desk.unsettled(), []);
    let [one] = &gate.desk.unsettled()[..] else { panic!("one is to be looked at") };
    assert_eq!(json!(one.bentrok.alasan), json!({ "hasil_lain": "sudah_datang" }));
    assert_eq!(one.pada.to_string(), "2026-11-23 02:00:00 UTC");
    let there = one.bentrok.janji_temu.as_ref().unwrap();
    assert_eq!(there.waktu_datang.unwrap().to_string(), "2026-11-23 02:03:00 UTC");
    assert_eq!(count(&app, "menunggu").await, 1, "one guest, one arrival");
}

async fn a_visit_that_was_called_off_meanwhile_is_told_to_a_person(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let row = invite(&guru, 1, "09:00").await;
    let meja = Alone::at(&app).await;
    meja.line.set(Condition::Cut);
    put_status(&guru, &row, "batal").await.expect(200);
    meja.scan(&row["kode_qr"], &kunci()).await.expect(200);
    let path = format!("/api/appointments/{}/status", row["id"]);
    meja.put(&path, json!({ "status": "selesai" })).await.expect(200);
    meja.line.set(Condition::Whole);
    assert_eq!(meja.desk.replay().await, 2);
    let told: Vec<Value> = meja.desk.unsettled().iter().map(|one| json!(one.bentrok.alasan)).collect();
    assert_eq!(told, [json!({ "ditolak": "dibatalkan" }), json!({ "ditolak": "transisi_tidak_sah" })]);
    assert_eq!(count(&app, "batal").await, 1);
}

async fn a_clock_that_is_off_by_an_hour_enters_nothing_at_a_wrong_time(place: Place) {
    for ahead in [Duration::hours(1), Duration::hours(-1)] {
        let app = App::start(place).await;
        let guru = app.guru().await;
        let (first, second) = (invite(&guru, 1, "09:00").await, invite(&guru, 2, "09:30").await);
        let mut meja = Alone::with_clock(&app, ahead).await;
        meja.line.set(Condition::Cut);
        app.clock.advance(Duration::minutes(10));
        let arrived = meja.scan(&first["kode_qr"], &kunci()).await.expect(200);
        assert_eq!(arrived["appointment"]["waktu_datang"], "2026-11-23T02:10:00Z", "{ahead}");
        meja.start_again().await;
        let arrived = meja.scan(&second["kode_qr"], &kunci()).await.expect(200);
        assert_eq!(
            arrived["appointment"]["waktu_datang"], "2026-11-23T02:10:00Z",
            "{ahead}, after a restart"
        );
        meja.line.set(Condition::Whole);
        meja.desk.replay().await;
        let listed = app.admin().await.get("/api/appointments?status=menunggu").await.expect(200);
        let times: Vec<_> =
            listed["data"].as_array().unwrap().iter().map(|row| &row["waktu_datang"]).collect();
        assert_eq!(times, [&json!("2026-11-23T02:10:00Z"); 2]);
    }
}

async fn what_a_person_has_to_look_at_survives_the_program(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let row = invite(&guru, 1, "09:00").await;
    let mut meja = Alone::at(&app).await;
    meja.line.set(Condition::Cut);
    put_status(&guru, &row, "batal").await.expect(200);
    meja.scan(&row["kode_qr"], &kunci()).await.expect(200);
    meja.line.set(Condition::Whole);
    meja.desk.replay().await;
    let before = meja.desk.unsettled();
    meja.start_again().await;
    assert_eq!((meja.desk.unsettled(), before.len()), (before.clone(), 1));
    meja.desk.settle(before[0].nomor).await.unwrap();
    meja.start_again().await;
    assert_eq!(meja.desk.unsettled(), []);
}
