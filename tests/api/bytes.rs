//! Clients that are slow, greedy or speak nonsense. Each is answered or cut off, and nobody else is held up.

use std::time::Duration;

use serde_json::json;
use tests::{App, DESK, PASSWORD, Place, Raw};

journeys![
    a_connection_that_says_nothing_or_too_slowly_is_closed,
    a_connection_without_a_tls_handshake_is_closed,
    an_idle_connection_is_closed,
    a_body_that_does_not_come_is_given_up,
    a_body_over_1_mib_is_refused_with_or_without_its_length,
    an_authenticated_route_looks_at_the_token_before_the_body,
    garbage_behind_a_good_request_is_cut_off,
    requests_that_two_servers_would_read_differently_are_refused,
    paths_of_bare_bytes_are_answered,
    heads_and_bodies_of_any_size_and_depth_are_refused,
];

/// A server that soon loses patience.
async fn impatient(place: Place) -> App {
    App::with(place, |config| {
        config.head_within = Duration::from_millis(300);
        config.body_within = Duration::from_millis(300);
    })
    .await
}

fn head(headers: &str) -> String {
    format!(
        "POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\
         Connection: close\r\n{headers}\r\n"
    )
}

/// The refusal of a bare request.
#[track_caller]
fn refused(answer: &str, status: u16, code: &str) {
    assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
    assert!(answer.contains("application/problem+json"), "{answer}");
    assert!(answer.contains(&format!("\"code\":\"{code}\"")), "{answer}");
}

async fn a_connection_that_says_nothing_or_too_slowly_is_closed(place: Place) {
    let app = impatient(place).await;
    for begun in [
        "",
        "P",
        "PRI * HTTP/2.0\r\n\r\nSM",
        "GET /healthz HTT",
        "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ",
    ] {
        let mut raw = Raw::connect(&app).await;
        raw.send(begun).await;
        let answer = raw.read_to_end().await;
        assert!(!answer.contains(" 200 "), "{begun:?} was answered {answer}");
    }
    app.nobody().get("/healthz").await.expect(200);
}

async fn a_connection_without_a_tls_handshake_is_closed(place: Place) {
    let app = App::with(place, |config| {
        config.plain_http = false;
        config.head_within = Duration::from_millis(300);
    })
    .await;
    for begun in ["", "\u{16}\u{3}\u{1}", "GET / HTTP/1.1\r\nHost: x\r\n\r\n"] {
        let mut raw = Raw::connect(&app).await;
        raw.send(begun).await;
        raw.read_to_end().await;
    }
    app.nobody().get("/healthz").await.expect(200);
}

async fn an_idle_connection_is_closed(place: Place) {
    let app = impatient(place).await;
    let answer = Raw::ask(&app, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}

async fn a_body_that_does_not_come_is_given_up(place: Place) {
    let app = impatient(place).await;
    for headers in ["Content-Length: 100\r\n", "Transfer-Encoding: chunked\r\n"] {
        let mut raw = Raw::connect(&app).await;
        raw.send(head(headers)).await;
        raw.send("5\r\n{\"ema").await;
        refused(&raw.read_to_end().await, 408, "waktu_habis");
    }
}

async fn a_body_over_1_mib_is_refused_with_or_without_its_length(place: Place) {
    let app = App::start(place).await;
    let before = app.dump().await;
    refused(&Raw::ask(&app, head("Content-Length: 1048577\r\n")).await, 413, "terlalu_besar");
    refused(&Raw::ask(&app, head("Content-Length: 999999999999999\r\n")).await, 413, "terlalu_besar");
    let mut raw = Raw::connect(&app).await;
    raw.send(head("Transfer-Encoding: chunked\r\n")).await;
    let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000));
    for _ in 0..17 {
        raw.send(&chunk).await;
    }
    refused(&raw.read_to_end().await, 413, "terlalu_besar");

    let frame = json!({ "email": "a@b.example", "password": "" }).to_string().len();
    let most = json!({ "email": "a@b.example", "password": "x".repeat((1 << 20) - frame) });
    assert_eq!(most.to_string().len(), 1 << 20);
    app.nobody().post("/api/auth/login", most).await.problem(401, "kredensial_salah");
    assert_eq!(app.dump().await, before);
}

async fn an_authenticated_route_looks_at_the_token_before_the_body(place: Place) {
    let app = App::start(place).await;
    let request =
        "POST /api/tamu HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 99999999\r\n\r\n";
    refused(&Raw::ask(&app, request).await, 401, "belum_masuk");
}

async fn garbage_behind_a_good_request_is_cut_off(place: Place) {
    let app = App::start(place).await;
    let mut bytes = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n".to_vec();
    bytes.extend(b"\x00\xff\xfe garbage\r\n\r\n");
    let answer = Raw::ask(&app, bytes).await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert!(answer.contains("HTTP/1.1 400 "), "{answer}");
}

async fn requests_that_two_servers_would_read_differently_are_refused(place: Place) {
    let app = App::start(place).await;
    let before = app.dump().await;
    for headers in [
        "Content-Length: 5\r\nContent-Length: 6\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: 5x\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Bad Header: x\r\n",
    ] {
        let answer = Raw::ask(&app, format!("{}{{}}", head(headers))).await;
        assert!(answer.starts_with("HTTP/1.1 400 "), "{headers:?}: {answer}");
    }
    let broken_chunk = format!("{}zz\r\n{{}}\r\n", head("Transfer-Encoding: chunked\r\n"));
    let answer = Raw::ask(&app, broken_chunk).await;
    assert!(answer.starts_with("HTTP/1.1 4"), "{answer}");
    let endless_head = format!("GET / HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n", "x".repeat(1 << 20));
    let answer = Raw::ask(&app, endless_head).await;
    assert!(!answer.contains(" 200 "), "{answer}");
    assert_eq!(app.dump().await, before);
    app.nobody().login(DESK.email, PASSWORD).await;
}

async fn paths_of_bare_bytes_are_answered(place: Place) {
    let app = App::start(place).await;
    let token = app.desk().await.token().to_owned();
    let lines = ["/api/appointments/qr/%C0%AF", "/api/appointments/qr/%ZZ", "/api/appointments/qr/%"];
    for path in lines {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\r\n"
        );
        let answer = Raw::ask(&app, request).await;
        assert!(
            answer.starts_with("HTTP/1.1 200 ") && answer.contains("format_tidak_valid"),
            "{path}: {answer}"
        );
    }
    for path in ["/../../etc/passwd", "//", "/api/../healthz", "*"] {
        let answer =
            Raw::ask(&app, format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")).await;
        refused(&answer, 404, "tidak_ditemukan");
    }
}

async fn heads_and_bodies_of_any_size_and_depth_are_refused(place: Place) {
    let app = App::start(place).await;
    let get = |path: &str, headers: &str| format!("GET {path} HTTP/1.1\r\nHost: x\r\n{headers}\r\n");
    let many: String = (0..1000).map(|n| format!("X-{n}: y\r\n")).collect();
    for (request, status) in [
        (get("/healthz", &many), "431"),
        (get("/healthz", &format!("X: {}\r\n", "x".repeat(100_000))), "431"),
        (get(&format!("/{}", "x".repeat(100_000)), ""), "431"),
        (get(&format!("/{}", "x".repeat(30_000)), "Connection: close\r\n"), "404"),
    ] {
        let answer = Raw::ask(&app, &request).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{}…: {answer}", &request[..60]);
    }
    let post = |headers: &str, body: &str| {
        Raw::ask(&app, format!("{}{body}", head(&format!("{headers}Content-Length: {}\r\n", body.len()))))
    };
    for open in ["[", "{\"a\":", "{\"email\":["] {
        let answer = post("", &open.repeat((1 << 20) / open.len())).await;
        assert!(answer.starts_with("HTTP/1.1 4"), "{open}: {answer}");
    }
    for packed in ["gzip", "deflate", "br", "identity, gzip"] {
        refused(&post(&format!("Content-Encoding: {packed}\r\n"), "{}").await, 415, "bukan_json");
    }
    refused(&post("Content-Encoding: identity\r\n", "{}").await, 422, "isian_tidak_valid");
    app.nobody().login(DESK.email, PASSWORD).await;
}
