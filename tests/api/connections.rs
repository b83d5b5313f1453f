//! Connections: how many, for how long, and that those who hold them keep nobody out.

use std::time::Duration;

use serde_json::json;
use tests::{App, DESK, PASSWORD, Place, Raw, invite};

journeys![
    connections_that_say_nothing_keep_nobody_out,
    who_reads_nothing_is_given_up,
    who_opens_no_window_is_given_up,
];

async fn connections_that_say_nothing_keep_nobody_out(place: Place) {
    let app = App::with(place, |config| config.connections_max = 24).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let mut alerts = guru.subscribe().await;
    let mut silent = Vec::new();
    for _ in 0..100 {
        silent.push(Raw::connect(&app).await);
    }
    app.nobody().login(DESK.email, PASSWORD).await;
    let invited = invite(&guru, 1, "09:30").await;
    alerts.next_of("appointment").await;
    desk.scan(&invited["kode_qr"]).await.expect(200);
    assert_eq!(alerts.next_of("notification").await["id"], invited["id"], "who signed in stays connected");
    // The newest of the others still have their places.
    let mut newest = silent.pop().expect("there are a hundred");
    newest.send("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await;
    assert!(newest.read_to_end().await.starts_with("HTTP/1.1 200 "));
    let oldest = silent.swap_remove(0);
    assert_eq!(oldest.read_to_end().await, "", "the oldest has given way");
}

/// Public files of some size.
const LARGE: &str = "/api/docs/swagger-ui-bundle.js";

async fn who_reads_nothing_is_given_up(place: Place) {
    let app = App::with(place, |config| config.sent_within = Duration::from_millis(200)).await;
    let mut raw = Raw::connect_without_room(&app).await;
    raw.send(format!("GET {LARGE} HTTP/1.1\r\nHost: x\r\n\r\n").repeat(8)).await;
    raw.wait_for_end().await;
    app.nobody().get(LARGE).await;
}

/// A frame of HTTP/2 (RFC 9113, section 4.1).
fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).expect("a short frame").to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

async fn who_opens_no_window_is_given_up(place: Place) {
    let app = App::with(place, |config| config.answered_within = Duration::from_millis(200)).await;
    let mut raw = Raw::connect(&app).await;
    let literal = |name: &str, value: &str| {
        let text = |text: &str| [&[u8::try_from(text.len()).expect("short")], text.as_bytes()].concat();
        [vec![0], text(name), text(value)].concat()
    };
    let fields =
        [(":method", "GET"), (":scheme", "http"), (":path", "/api/openapi.json"), (":authority", "x")];
    let head: Vec<u8> = fields.iter().flat_map(|(name, value)| literal(name, value)).collect();
    raw.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").await;
    // SETTINGS_INITIAL_WINDOW_SIZE is one byte.
    raw.send(frame(4, 0, 0, &[0, 4, 0, 0, 0, 1])).await;
    for stream in (1..40).step_by(2) {
        raw.send(frame(1, 0x5, stream, &head)).await;
    }
    // Every answer is there and waits for its second byte.
    let all = raw.read_to_end().await;
    assert!(!all.contains("\"openapi\""), "{all}");
    app.nobody().get("/api/openapi.json").await.expect(200);
    assert_eq!(app.nobody().get("/healthz").await.expect(200), json!({ "status": "ok" }));
}
