//! Reports that admins get by e-mail once the week or the month is over.

use chrono::Duration;
use mail_parser::MimeHeaders;
use serde_json::{Value, json};
use tests::{ADMIN, App, Caller, DESK, Mailbox, Place};

journeys![
    the_weeks_report_leaves_on_monday_at_seven_and_once,
    only_admins_who_want_it_get_it,
    the_mail_brings_the_paper,
];

async fn wants(app: &App, changes: Value) {
    let admin = app.admin().await;
    let mut changes = changes;
    changes["versi"] = admin.get("/api/settings").await.expect(200)["versi"].clone();
    admin.put("/api/settings", changes).await.expect(200);
}

/// The reports in the queue.
async fn queued(admin: &Caller) -> usize {
    let rows = admin.get("/api/pesan?ukuran=200").await.expect(200);
    rows["data"].as_array().unwrap().iter().filter(|row| row["jenis"] == "laporan").count()
}

/// Lets the server's time run on evenly until an instant, and its jobs look.
async fn run_until(app: &App, until: &str) {
    let until = until.parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    while app.clock.now() < until {
        app.clock.advance((until - app.clock.now()).min(Duration::minutes(10)));
        app.server().run_jobs().await.unwrap();
    }
}

async fn the_weeks_report_leaves_on_monday_at_seven_and_once(place: Place) {
    let app = App::start(place).await;
    run_until(&app, "2026-11-29T22:00:00Z").await;
    wants(&app, json!({ "laporan_mingguan": [ADMIN.id(), ADMIN.id()] })).await;
    app.server().run_jobs().await.unwrap();
    run_until(&app, "2026-11-29T23:50:00Z").await;
    assert_eq!(queued(&app.admin().await).await, 0, "it is not seven yet");
    run_until(&app, "2026-11-30T00:00:00Z").await;
    assert_eq!(queued(&app.admin().await).await, 1);
    run_until(&app, "2026-11-30T03:00:00Z").await;
    assert_eq!(queued(&app.admin().await).await, 1, "once");
}

async fn only_admins_who_want_it_get_it(place: Place) {
    let app = App::start(place).await;
    app.server().run_jobs().await.unwrap();
    assert_eq!(queued(&app.admin().await).await, 0);
    wants(&app, json!({ "laporan_bulanan": [DESK.id(), ADMIN.id(), 999_999] })).await;
    app.server().run_jobs().await.unwrap();
    let admin = app.admin().await;
    assert_eq!(queued(&admin).await, 1);
    let versi = admin.get("/api/settings").await.expect(200)["versi"].clone();
    let wrong = json!({ "versi": versi, "laporan_bulanan": [0] });
    admin.put("/api/settings", wrong).await.wrong_fields(&["laporan_bulanan"]);
}

async fn the_mail_brings_the_paper(place: Place) {
    let app = App::public(place).await;
    let mailbox = Mailbox::start();
    let environment = outbox::Environment {
        smtp: Some(mailbox.url()),
        smtp_from: Some("tamu@sekolah.example".to_owned()),
        ..outbox::Environment::default()
    };
    let server = app.server();
    wants(&app, json!({ "laporan_mingguan": [ADMIN.id()] })).await;
    server.run_jobs().await.unwrap();
    outbox::start(server.school(), environment, server.stopping(), server.tasks());
    let mail = mailbox.next().await;
    let parsed = mail.parsed();
    assert_eq!(mail.to, [ADMIN.email]);
    assert!(parsed.subject().unwrap().contains("16–22 November 2026"), "{:?}", parsed.subject());
    let paper = parsed.attachments().next().expect("an attachment");
    assert_eq!(paper.attachment_name(), Some("laporan-2026-11-16-2026-11-22.pdf"));
    let document = lopdf::Document::load_mem(paper.contents()).unwrap();
    let text = document.extract_text(&[1]).unwrap();
    assert!(text.contains("Laporan Kunjungan Tamu"), "{text}");
}
