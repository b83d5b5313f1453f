//! Health for whoever watches the server, and what every answer carries.

use std::{
    io::{Cursor, Read as _, Write as _},
    process::{Command, Stdio},
};

use reqwest::Method;
use serde_json::json;
use tests::{Answer, App, Place, Raw};

journeys![
    alive_ready_and_in_figures,
    figures_hold_no_address_that_was_asked_for,
    figures_hold_no_method_that_was_invented,
    figures_are_not_for_strangers,
    figures_may_be_read_without_a_token_on_a_listener_of_their_own,
    prometheus_reads_the_figures,
    a_report_of_a_problem_names_nobody,
    every_answer_carries_the_security_headers_and_no_leave_for_other_origins,
    where_the_public_address_is_https_browsers_come_by_nothing_else,
];

async fn alive_ready_and_in_figures(place: Place) {
    let app = App::start(place).await;
    let nobody = app.nobody();
    for path in ["/healthz", "/readyz"] {
        assert_eq!(nobody.get(path).await.expect(200), json!({ "status": "ok" }));
    }
    let figures = app.admin().await.get("/metrics").await;
    assert_eq!((figures.status, figures.header("content-type")), (200, "text/plain; version=0.0.4"));
    let text = figures.text();
    assert!(text.contains("bukutamu_http_requests_total{"), "{text}");
    assert!(text.contains("route=\"/healthz\""), "by route: {text}");
}

async fn figures_hold_no_address_that_was_asked_for(place: Place) {
    let app = App::start(place).await;
    app.nobody().get("/api/appointments/qr/SAMARAN").await.problem(401, "belum_masuk");
    app.nobody().get("/samaran/besar").await.problem(404, "tidak_ditemukan");
    let text = app.admin().await.get("/metrics").await.text().to_lowercase();
    assert!(!text.contains("samaran"), "{text}");
}

async fn figures_hold_no_method_that_was_invented(place: Place) {
    let app = App::start(place).await;
    for n in 0..20 {
        let method = format!("RAHASIA{n}{}", "A".repeat(30_000));
        let answer =
            Raw::ask(&app, format!("{method} /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .await;
        assert!(answer.starts_with("HTTP/1.1 405 "), "{answer}");
    }
    let text = app.admin().await.get("/metrics").await.text();
    assert!(!text.contains("RAHASIA"), "{} bytes of figures", text.len());
    assert!(text.contains("method=\"lain\""), "{text}");
}

async fn figures_are_not_for_strangers(place: Place) {
    let app = App::start(place).await;
    // Asked from this computer, as a proxy on it asks, whether or not it names its client.
    let headers = [("accept", "*/*"), ("x-forwarded-for", "203.0.113.7"), ("x-forwarded-for", "127.0.0.1")];
    for (name, value) in headers {
        let ask = async |caller: &tests::Caller| {
            Answer::to(caller.request(Method::GET, "/metrics").header(name, value)).await
        };
        ask(&app.nobody()).await.problem(401, "belum_masuk");
        for caller in [app.desk().await, app.guru().await] {
            ask(&caller).await.problem(403, "terlarang");
        }
        assert_eq!(ask(&app.admin().await).await.status, 200);
    }
}

async fn figures_may_be_read_without_a_token_on_a_listener_of_their_own(place: Place) {
    let app = App::with(place, |config| config.metrics_listen = "127.0.0.1:0".parse().ok()).await;
    let address = app.server().metrics_address().expect("there is such a listener");
    let ask = async |path: &str| {
        let request = reqwest::Client::new().get(format!("http://{address}{path}"));
        let answer = tests::within(path, request.send()).await.expect("an answer");
        (answer.status().as_u16(), answer.text().await.expect("a whole answer"))
    };
    let (status, figures) = ask("/metrics").await;
    assert!(status == 200 && figures.contains("bukutamu_"), "{status}: {figures}");
    assert_eq!(ask("/healthz").await.0, 404, "it leads nowhere else");
    app.nobody().get("/metrics").await.problem(401, "belum_masuk");
}

async fn prometheus_reads_the_figures(place: Place) {
    if Command::new("promtool").arg("--version").output().is_err() {
        return tests::skip("promtool is not installed: cargo xtask setup");
    }
    let app = App::start(place).await;
    tests::invite(&app.guru().await, 1, "10:00").await;
    let figures = app.admin().await.get("/metrics").await;
    let mut tool = Command::new("promtool");
    let tool = tool.args(["check", "metrics"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut tool = tool.stderr(Stdio::piped()).spawn().expect("promtool starts");
    tool.stdin.take().expect("a pipe").write_all(&figures.bytes).expect("promtool reads");
    let told = tool.wait_with_output().expect("promtool ends");
    let told = [told.stdout, told.stderr].concat();
    assert!(told.is_empty(), "{}\n{}", String::from_utf8_lossy(&told), figures.text());
}

async fn a_report_of_a_problem_names_nobody(place: Place) {
    let app = App::start(place).await;
    let body = json!({
        "tamu": { "nama": "Samaran Besar", "telp": "081200009988", "email": "samaran@tamu.example" },
        "keperluan": "Perkara keluarga", "tanggal": "2026-11-23", "waktu": "10:00",
    });
    let made = app.guru().await.post("/api/appointments", body).await.expect(201);
    let packed = app.admin().await.get("/api/laporan-masalah").await;
    assert_eq!((packed.status, packed.header("content-type")), (200, "application/zip"));
    let mut archive = zip::ZipArchive::new(Cursor::new(&packed.bytes)).expect("an archive");
    let mut all = String::new();
    for n in 0..archive.len() {
        archive.by_index(n).expect("a file").read_to_string(&mut all).expect("text");
    }
    assert!(all.contains("bukutamu_database_up 1"), "the figures are in there: {all}");
    assert!(all.contains(env!("CARGO_PKG_VERSION")), "the version too: {all}");
    let kode = made["kode_qr"].as_str().expect("a code");
    let folder = app.folder().display().to_string();
    let told = ["samaran", "81200009988", "perkara", "@", &kode.to_lowercase(), &folder.to_lowercase()];
    for text in told {
        assert!(!all.to_lowercase().contains(text), "{text}: {all}");
    }
}

async fn every_answer_carries_the_security_headers_and_no_leave_for_other_origins(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let made = tests::invite(&guru, 1, "10:00").await;
    let picture = format!("/api/appointments/{}/qr.svg", made["id"]);
    for path in [
        "/healthz",
        "/api/appointments",
        "/api/users",
        "/nirgends",
        &picture,
        "/api/openapi.json",
        "/api/docs/",
    ] {
        let request = guru.request(Method::GET, path).header("origin", "https://jahat.example");
        let answer = Answer::to(request).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        let policy = answer.header("content-security-policy");
        assert!(
            policy.contains("frame-ancestors 'none'") && policy.contains("default-src"),
            "{path}: {policy}"
        );
        let leaves = answer.headers.keys().filter(|name| name.as_str().starts_with("access-control"));
        assert_eq!(leaves.count(), 0, "{path}: {:?}", answer.headers);
        assert_eq!(answer.header("server"), "", "{path}");
        assert_ne!(answer.header("date"), "", "{path}: a desk compares its clock");
    }
}

async fn where_the_public_address_is_https_browsers_come_by_nothing_else(place: Place) {
    for (public, expected) in [
        (Some("https://tamu.sekolah.example"), "max-age=31536000"),
        (Some("http://tamu.sekolah.example"), ""),
        (None, ""),
    ] {
        let public = public.and_then(|url| url.parse().ok());
        let app = App::with(place, |config| config.public_url = public).await;
        for path in ["/healthz", "/", "/kiosk", "/api/users", "/nirgends", "/api/docs/"] {
            let answer = app.nobody().get(path).await;
            assert_eq!(answer.header("strict-transport-security"), expected, "{path}");
        }
    }
}
