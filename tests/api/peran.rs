//! Who may do what: every route of the document with every role.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, App, Caller, GURU, Place};

journeys![
    every_route_lets_in_whom_it_should,
    every_route_of_the_document_is_in_the_table,
    a_temporary_password_opens_nothing_but_its_change,
    a_token_that_is_none_is_refused_everywhere,
];

/// What a role meets at a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Door {
    /// Let through: the handler's answer is neither 401 nor 403.
    Open,
    /// 401 for nobody, 403 for everyone else.
    Shut,
}

use Door::{Open as O, Shut as X};

/// Method, path as in the document, and then the answers for nobody, guest, guru, receptionist and admin.
#[rustfmt::skip]
const ROUTES: [(&str, &str, [Door; 5]); 134] = [
    ("post", "/api/auth/login", [O, O, O, O, O]),
    ("post", "/api/auth/tamu", [O, O, O, O, O]),
    ("post", "/api/auth/refresh", [O, O, O, O, O]),
    ("put", "/api/auth/change-password", [X, O, O, O, O]),
    ("post", "/api/nilai-sandi", [X, O, O, O, O]),
    ("get", "/api/auth/me", [X, O, O, O, O]),
    ("get", "/api/users", [X, X, X, X, O]),
    ("post", "/api/users", [X, X, X, X, O]),
    ("put", "/api/users/{id}", [X, X, X, X, O]),
    ("delete", "/api/users/{id}", [X, X, X, X, O]),
    ("post", "/api/users/{id}/reset-password", [X, X, X, X, O]),
    ("post", "/api/users/{id}/unlock", [X, X, X, X, O]),
    ("get", "/api/users/{id}/sesi", [X, X, X, X, O]),
    ("delete", "/api/users/{id}/sesi", [X, X, X, X, O]),
    ("delete", "/api/users/{id}/sesi/{sesi}", [X, X, X, X, O]),
    ("get", "/api/users/export.csv", [X, X, X, X, O]),
    ("get", "/api/users/import", [X, X, X, X, O]),
    ("post", "/api/users/import", [X, X, X, X, O]),
    ("post", "/api/users/import/dapodik", [X, X, X, X, O]),
    ("get", "/api/guru", [X, X, O, O, O]),
    ("get", "/api/guru/{id}/hari", [X, X, O, O, O]),
    ("get", "/api/hari-libur", [X, X, X, X, O]),
    ("put", "/api/hari-libur/{tanggal}", [X, X, X, X, O]),
    ("delete", "/api/hari-libur/{tanggal}", [X, X, X, X, O]),
    ("post", "/api/hari-libur/impor", [X, X, X, X, O]),
    ("post", "/api/hari-libur/ganti", [X, X, X, X, O]),
    ("get", "/api/kiosk/pin", [X, X, X, O, O]),
    ("get", "/api/meja/bekal", [X, X, X, O, O]),
    ("post", "/api/meja/kabar", [X, X, X, O, O]),
    ("post", "/api/settings/pratinjau", [X, X, X, X, O]),
    ("post", "/api/settings/test", [X, X, X, X, O]),
    ("get", "/api/guru/{id}/waktu-kosong", [X, X, O, O, O]),
    ("get", "/api/tamu", [X, X, X, O, O]),
    ("post", "/api/tamu", [X, X, X, O, O]),
    ("get", "/api/tamu/{id}", [X, X, X, O, O]),
    ("put", "/api/tamu/{id}", [X, X, X, O, O]),
    ("post", "/api/tamu/{id}/reset-password", [X, X, X, O, O]),
    ("get", "/api/tamu/search", [X, X, O, O, O]),
    ("get", "/api/tamu/saya", [X, O, X, X, X]),
    ("put", "/api/tamu/saya", [X, O, X, X, X]),
    ("get", "/api/tamu/saya/data", [X, O, X, X, X]),
    ("post", "/api/tamu/saya/tarik-persetujuan", [X, O, X, X, X]),
    // The guest is awaited, so the request is only kept. The next one takes it back.
    ("post", "/api/tamu/saya/hapus", [X, O, X, X, X]),
    ("delete", "/api/tamu/saya/hapus", [X, O, X, X, X]),
    ("get", "/api/tamu/{id}/data", [X, X, X, X, O]),
    ("post", "/api/tamu/{id}/hapus", [X, X, X, X, O]),
    ("post", "/api/tamu/{id}/gabung", [X, X, X, X, O]),
    ("post", "/api/tamu/{id}/pisah", [X, X, X, X, O]),
    ("get", "/api/kunjungan/{kode}", [O, O, O, O, O]),
    ("post", "/api/kunjungan/{kode}/batal", [O, O, O, O, O]),
    ("post", "/api/kunjungan/{kode}/setuju", [O, O, O, O, O]),
    ("post", "/api/kunjungan/{kode}/survei", [O, O, O, O, O]),
    ("get", "/api/kunjungan/{kode}/kalender.ics", [O, O, O, O, O]),
    ("get", "/api/survei", [X, X, X, X, O]),
    ("get", "/api/appointments", [X, X, O, O, O]),
    ("post", "/api/appointments", [X, X, O, O, O]),
    ("get", "/api/appointments/today", [X, X, O, O, O]),
    ("get", "/api/appointments/guru/{id}", [X, X, O, O, O]),
    ("get", "/api/appointments/{id}", [X, X, O, O, O]),
    ("put", "/api/appointments/{id}", [X, X, O, O, O]),
    ("put", "/api/appointments/{id}/status", [X, X, O, O, O]),
    ("post", "/api/appointments/{id}/beri-tahu", [X, X, X, O, O]),
    ("put", "/api/appointments/{id}/schedule", [X, X, O, O, O]),
    ("get", "/api/kalender/saya", [X, X, O, O, O]),
    ("post", "/api/kalender/saya", [X, X, O, O, O]),
    ("delete", "/api/kalender/saya", [X, X, O, O, O]),
    ("get", "/api/kalender/{rahasia}", [O, O, O, O, O]),
    ("get", "/api/appointments/qr/{kode}", [X, X, X, O, O]),
    ("post", "/api/appointments/scan", [X, X, X, O, O]),
    ("post", "/api/appointments/walk-in", [X, X, X, O, O]),
    ("get", "/api/appointments/{id}/qr.png", [X, O, O, O, O]),
    ("get", "/api/appointments/{id}/qr.svg", [X, O, O, O, O]),
    ("get", "/api/appointments/{id}/tiket.png", [X, O, O, O, O]),
    ("get", "/api/notifications", [X, X, O, O, O]),
    ("put", "/api/notifications/{id}/read", [X, X, O, O, O]),
    ("delete", "/api/notifications/{id}", [X, X, O, O, O]),
    ("post", "/api/notifications/{id}/respond", [X, X, O, O, O]),
    ("get", "/api/reports/daily", [X, X, X, X, O]),
    ("get", "/api/reports/weekly", [X, X, X, X, O]),
    ("get", "/api/reports/monthly", [X, X, X, X, O]),
    ("get", "/api/reports/range", [X, X, X, X, O]),
    ("post", "/api/reports/ekspor", [X, X, X, X, O]),
    ("get", "/api/reports/ekspor/{id}", [X, X, X, X, O]),
    ("get", "/api/reports/ekspor/{id}/berkas", [X, X, X, X, O]),
    ("delete", "/api/reports/ekspor/{id}", [X, X, X, X, O]),
    ("get", "/api/settings/logo", [X, X, X, X, O]),
    ("put", "/api/settings/logo", [X, X, X, X, O]),
    ("delete", "/api/settings/logo", [X, X, X, X, O]),
    ("get", "/api/sekolah/logo", [O, O, O, O, O]),
    ("get", "/api/dashboard", [X, X, X, O, O]),
    ("get", "/api/hari-pertama", [X, X, X, X, O]),
    ("get", "/api/evakuasi", [X, X, O, O, O]),
    ("post", "/api/evakuasi", [X, X, X, O, O]),
    ("put", "/api/evakuasi/{id}", [X, X, O, O, O]),
    ("delete", "/api/evakuasi", [X, X, X, O, O]),
    ("put", "/api/meja", [X, X, X, O, O]),
    ("get", "/api/sekolah", [O, O, O, O, O]),
    ("get", "/api/settings", [X, X, X, X, O]),
    ("put", "/api/settings", [X, X, X, X, O]),
    ("get", "/api/pemeliharaan", [X, X, X, X, O]),
    ("post", "/api/pemeliharaan", [X, X, X, X, O]),
    ("get", "/api/pesan", [X, X, O, X, O]),
    ("post", "/api/pesan/{id}/kirim-ulang", [X, X, O, X, O]),
    ("get", "/api/saluran", [X, X, X, X, O]),
    ("post", "/api/saluran/{nama}/uji", [X, X, X, X, O]),
    ("post", "/api/saluran/{nama}/sambungkan", [X, X, X, X, O]),
    ("put", "/api/saluran/{nama}", [X, X, X, X, O]),
    ("delete", "/api/saluran/{nama}", [X, X, X, X, O]),
    ("post", "/api/webhook/whatsapp", [O, O, O, O, O]),
    ("get", "/api/webhook/whatsapp", [O, O, O, O, O]),
    ("get", "/api/cadangan", [X, X, X, X, O]),
    ("post", "/api/cadangan", [X, X, X, X, O]),
    ("get", "/api/pemulihan", [X, X, X, X, O]),
    ("post", "/api/cadangan/{nama}/pulihkan", [X, X, X, X, O]),
    ("post", "/api/lembar-pemulihan", [X, X, X, X, O]),
    ("post", "/api/lembar-pemulihan/uji", [X, X, X, X, O]),
    ("get", "/api/template", [X, X, X, X, O]),
    ("put", "/api/template/{jenis}/{bahasa}", [X, X, X, X, O]),
    ("delete", "/api/template/{jenis}/{bahasa}", [X, X, X, X, O]),
    ("post", "/api/template/{jenis}/{bahasa}/pratinjau", [X, X, X, X, O]),
    ("post", "/api/ulasan", [O, O, O, O, O]),
    ("get", "/api/ulasan", [X, X, X, X, O]),
    ("get", "/api/ulasan/export.csv", [X, X, X, X, O]),
    ("get", "/api/audit", [X, X, X, X, O]),
    ("get", "/api/audit/rantai", [X, X, X, X, O]),
    ("get", "/api/audit/export.csv", [X, X, X, X, O]),
    ("put", "/api/ulasan/{id}", [X, X, X, X, O]),
    ("get", "/api/ulasan/ringkasan", [X, X, X, X, O]),
    ("get", "/healthz", [O, O, O, O, O]),
    ("get", "/readyz", [O, O, O, O, O]),
    ("get", "/ws", [O, O, O, O, O]),
    ("get", "/metrics", [X, X, X, X, O]),
    ("get", "/api/laporan-masalah", [X, X, X, X, O]),
    // Comes last, because it ends the session that asks.
    ("post", "/api/auth/logout", [X, O, O, O, O]),
];

/// The routes that a temporary password opens.
const WITH_TEMPORARY_PASSWORD: [&str; 4] =
    ["/api/auth/change-password", "/api/nilai-sandi", "/api/auth/me", "/api/auth/logout"];

/// Asks with an empty object and for an unknown identity. A role that is let through is told so.
async fn ask(caller: &Caller, method: &str, path: &str) -> Answer {
    let id = if path.contains("/guru/") { GURU.id().0 } else { 999_999 };
    let path = path
        .replace("{id}", &id.to_string())
        .replace("{kode}", "X")
        .replace("{sesi}", "X")
        .replace("{nama}", "email")
        .replace("{jenis}", "undangan")
        .replace("{tanggal}", "2026-12-25")
        .replace("{bahasa}", "id");
    let method: Method = method.to_uppercase().parse().expect("a method");
    let request = caller.request(method.clone(), &path);
    let has_body = matches!(method, Method::POST | Method::PUT);
    Answer::to(if has_body { request.json(&json!({})) } else { request }).await
}

async fn every_route_lets_in_whom_it_should(place: Place) {
    let app = App::start(place).await;
    let guest = app.desk().await.post("/api/tamu", tests::tamu(1)).await.expect(201);
    tests::invite(&app.guru().await, 1, "10:00").await;
    let roles = [
        ("nobody", app.nobody()),
        ("a guest", app.tamu(&guest).await),
        ("a guru", app.guru().await),
        ("a receptionist", app.desk().await),
        ("an admin", app.admin().await),
    ];
    let before = app.dump().await;
    for (method, path, doors) in ROUTES {
        for ((who, caller), door) in roles.iter().zip(doors) {
            let answer = ask(caller, method, path).await;
            let shut = if *who == "nobody" { 401 } else { 403 };
            match door {
                Door::Open => assert!(
                    ![401, 403].contains(&answer.status) && answer.status < 500,
                    "{who} is kept from {method} {path}: {} {}",
                    answer.status,
                    answer.text()
                ),
                Door::Shut => {
                    assert_eq!(answer.status, shut, "{who} at {method} {path}: {}", answer.text());
                    answer.any_problem();
                }
            }
        }
    }
    // An evacuation needs no words to begin.
    let after: Vec<_> = app.dump().await.into_iter().filter(|row| !row.starts_with("evakuasi ")).collect();
    assert_eq!(after, before, "empty objects change nothing");
}

async fn every_route_of_the_document_is_in_the_table(place: Place) {
    let app = App::start(place).await;
    let document = app.nobody().get("/api/openapi.json").await.expect(200);
    let paths = document["paths"].as_object().expect("paths");
    let methods = |item: &Value| item.as_object().map(|item| item.keys().cloned().collect::<Vec<_>>());
    let written: BTreeSet<(String, String)> = paths
        .iter()
        .flat_map(|(path, item)| {
            let methods = methods(item).unwrap_or_default();
            methods.into_iter().map(|method| (method, path.clone()))
        })
        .collect();
    let tested: BTreeSet<_> =
        ROUTES.iter().map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned())).collect();
    assert_eq!(written, tested, "a new route needs a row");
}

async fn a_temporary_password_opens_nothing_but_its_change(place: Place) {
    let app = App::start(place).await;
    let new = json!({ "nama": "Dewi Lestari", "email": "dewi@sekolah.example", "role": "Admin" });
    let made = app.admin().await.post("/api/users", new).await.expect(201);
    let password = made["password_sementara"].as_str().expect("a password");
    let dewi = app.nobody().login("dewi@sekolah.example", password).await;
    for (method, path, doors) in ROUTES {
        let answer = ask(&dewi, method, path).await;
        if doors[0] == O || WITH_TEMPORARY_PASSWORD.contains(&path) {
            assert_ne!(answer.status, 403, "{method} {path}: {}", answer.text());
        } else if path.starts_with("/api/tamu/saya") {
            answer.problem(403, "terlarang");
        } else {
            answer.problem(403, "wajib_ganti_password");
        }
    }
}

async fn a_token_that_is_none_is_refused_everywhere(place: Place) {
    let app = App::start(place).await;
    for header in ["Bearer x.y.z", "Bearer ", "Basic YTpi", "x", "Bearer \u{7f}"] {
        for (method, path, doors) in ROUTES.iter().filter(|(_, _, doors)| doors[0] == X) {
            let request = app.nobody().request(method.to_uppercase().parse().expect("a method"), path);
            let Ok(value) = reqwest::header::HeaderValue::from_str(header) else { continue };
            let problem =
                Answer::to(request.header("authorization", value)).await.problem(401, "belum_masuk");
            assert!(problem.errors.is_empty(), "{header} {doors:?}");
        }
    }
}
