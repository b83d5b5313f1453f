//! The guest calls a visit off.

use chrono::Duration;
use serde_json::{Value, json};
use tests::{Answer, App, GURU, Place, invite, put_status};

use super::path;

journeys![
    the_guest_calls_it_off_and_the_guru_and_the_desk_are_told,
    the_same_sent_again_is_no_error,
    only_what_is_awaited_can_be_called_off,
    a_reason_has_its_limit,
];

async fn call_off(app: &App, kode: &Value, body: Value) -> Answer {
    app.nobody().post(&format!("{}/batal", path(kode)), body).await
}

async fn the_guest_calls_it_off_and_the_guru_and_the_desk_are_told(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let made = invite(&guru, 1, "10:00").await;
    let (mut guru_sees, mut other_sees) = (guru.subscribe().await, app.other_guru().await.subscribe().await);
    let mut desk_sees = desk.subscribe().await;
    let seen = call_off(&app, &made["kode_qr"], json!({ "alasan": " Anak saya sakit " })).await.expect(200);
    assert_eq!(
        (&seen["status"], &seen["batal_oleh_tamu"], &seen["alasan"], &seen["bisa_batal"]),
        (&json!("batal"), &json!(true), &json!("Anak saya sakit"), &json!(false))
    );
    for told in [&mut guru_sees, &mut desk_sees] {
        let mut event = told.next().await;
        while event["type"] != "appointment" {
            event = told.next().await;
        }
        let row = &event["data"];
        assert_eq!(
            (&row["id"], &row["status"], &row["batal_oleh_tamu"]),
            (&made["id"], &json!("batal"), &json!(true))
        );
    }
    // What is told to the other guru comes after, so nothing came before.
    let other = json!({ "tamu": tests::tamu(2), "keperluan": "x", "id_guru": tests::OTHER_GURU.id() });
    let here = desk.post("/api/appointments/walk-in", other).await.expect(201);
    assert_eq!(other_sees.next_of("notification").await["id"], here["id"]);
    let row = guru.get(&format!("/api/appointments/{}", made["id"])).await.expect(200);
    assert_eq!((&row["alasan"], &row["id_guru"]), (&json!("Anak saya sakit"), &json!(GURU.id())));
    let queued = app.dump().await.into_iter().filter(|row| row.contains("batal_tamu")).count();
    assert_eq!(queued, 1, "the guru is sent a message");
}

async fn the_same_sent_again_is_no_error(place: Place) {
    let app = App::start(place).await;
    let made = invite(&app.guru().await, 1, "10:00").await;
    let first = call_off(&app, &made["kode_qr"], json!({ "alasan": "Sakit" })).await.expect(200);
    let before = app.dump().await;
    assert_eq!(call_off(&app, &made["kode_qr"], json!({ "alasan": "Sakit" })).await.expect(200), first);
    assert_eq!(call_off(&app, &made["kode_qr"], json!({})).await.expect(200), first);
    call_off(&app, &made["kode_qr"], json!({ "alasan": "Hujan" })).await.problem(409, "transisi_tidak_sah");
    assert_eq!(app.dump().await, before);
}

async fn only_what_is_awaited_can_be_called_off(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let made = invite(&guru, 1, "10:00").await;
    let other = invite(&guru, 2, "11:00").await;
    put_status(&guru, &other, "batal").await.expect(200);
    call_off(&app, &other["kode_qr"], json!({})).await.problem(409, "transisi_tidak_sah");
    for status in ["menunggu", "sedang berlangsung", "selesai"] {
        put_status(&desk, &made, status).await.expect(200);
        let before = app.dump().await;
        call_off(&app, &made["kode_qr"], json!({})).await.problem(409, "transisi_tidak_sah");
        assert_eq!(app.dump().await, before);
    }
    // Late is better than not at all, until the visit would be over.
    let late = invite(&guru, 3, "13:00").await;
    let too_late = invite(&guru, 4, "13:30").await;
    app.clock.advance(Duration::minutes(4 * 60 + 29));
    call_off(&app, &late["kode_qr"], json!({})).await.expect(200);
    app.clock.advance(Duration::minutes(31));
    call_off(&app, &too_late["kode_qr"], json!({})).await.problem(409, "transisi_tidak_sah");
}

async fn a_reason_has_its_limit(place: Place) {
    let app = App::start(place).await;
    let made = invite(&app.guru().await, 1, "10:00").await;
    call_off(&app, &made["kode_qr"], json!({ "alasan": "a".repeat(201) })).await.wrong_fields(&["alasan"]);
    call_off(&app, &made["kode_qr"], json!({ "alasan": 5 })).await.wrong_fields(&["alasan"]);
    call_off(&app, &made["kode_qr"], json!({ "oleh": "guru" })).await.wrong_fields(&["oleh"]);
    let alasan = "=HYPERLINK(\"x\")<script>".repeat(8);
    let seen = call_off(&app, &made["kode_qr"], json!({ "alasan": alasan })).await.expect(200);
    assert_eq!(seen["alasan"], alasan, "text is text");
}
