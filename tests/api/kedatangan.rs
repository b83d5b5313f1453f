//! What an arrival says of the guru. It is said only if it is so.

use serde_json::{Value, json};
use tests::{App, Caller, GURU, Place, invite, kunci, walk_in};

journeys![nobody_is_said_to_be_told_who_is_not, a_guru_who_is_connected_or_has_read_it_is_told,];

const AWAY: &str = "belum terhubung; hubungi langsung.";
const TOLD: &str = "sudah diberi tahu.";

#[track_caller]
fn says(answer: &Value, is_told: bool) {
    let message = answer["message"].as_str().unwrap_or_default();
    let (said, other) = if is_told { (TOLD, AWAY) } else { (AWAY, TOLD) };
    assert_eq!(answer["guru_terhubung"], is_told, "{answer}");
    assert!(message.ends_with(said) && !message.contains(other), "{message}");
}

/// A guest's arrival by code, without a code, and by hand.
async fn arrivals(guru: &Caller, desk: &Caller, first: u32) -> [Value; 3] {
    let by_code = invite(guru, first, "09:00").await;
    let by_hand = invite(guru, first + 1, "10:00").await;
    let path = format!("/api/appointments/{}/status", by_hand["id"]);
    [
        desk.scan(&by_code["kode_qr"]).await.expect(200),
        desk.post("/api/appointments/walk-in", walk_in(first + 2, &GURU)).await.expect(201),
        desk.put(&path, json!({ "status": "menunggu" })).await.expect(200),
    ]
}

async fn nobody_is_said_to_be_told_who_is_not(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    // Other connected users do not count.
    let (_other, _reception) = (app.other_guru().await.subscribe().await, desk.subscribe().await);
    for answer in arrivals(&guru, &desk, 1).await {
        says(&answer, false);
    }
    let kode = invite(&guru, 4, "11:00").await["kode_qr"].clone();
    let scan = json!({ "kode": kode, "kunci": kunci() });
    says(&desk.post("/api/appointments/scan", scan.clone()).await.expect(200), false);
    // Sent again, it says what is so now: the alert waits for the guru, and the connection brings it.
    let _connected = guru.subscribe().await;
    says(&desk.post("/api/appointments/scan", scan).await.expect(200), true);
}

async fn a_guru_who_is_connected_or_has_read_it_is_told(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let connected = guru.subscribe().await;
    for answer in arrivals(&guru, &desk, 1).await {
        says(&answer, true);
    }
    drop(connected);
    let kode = invite(&guru, 4, "11:00").await["kode_qr"].clone();
    let arrived = desk.scan(&kode).await.expect(200);
    guru.put(&format!("/api/notifications/{}/read", arrived["appointment"]["id"]), json!({}))
        .await
        .expect(200);
    assert_eq!(desk.scan(&kode).await.expect(200)["guru_terhubung"], true, "it was read");
    // A departure says nothing of it.
    let path = format!("/api/appointments/{}/status", arrived["appointment"]["id"]);
    let left = desk.put(&path, json!({ "status": "selesai" })).await.expect(200);
    assert_eq!((&left["guru_terhubung"], &left["message"]), (&Value::Null, &Value::Null), "{left}");
}
