//! Backups that come to nothing: tried again after pauses that grow, told to who can mend it, and over with the next
//! good one.

use std::fs;

use chrono::Duration;
use serde_json::{Value, json};
use tests::{ADMIN, App, Caller, Mailbox, Place, invite};

use super::{rested, set, take};
use crate::jobs::run_on;

journeys![
    a_folder_that_cannot_be_written_is_told_until_it_can,
    an_admin_is_mailed_once_a_day,
    the_mail_says_what_to_see_to,
    the_desk_is_told_by_itself,
];

/// Puts a file where the folder would be.
fn block(app: &App) {
    let folder = app.folder().join("cadangan");
    let _ = fs::remove_dir_all(&folder);
    fs::write(folder, "no folder").expect("a file can stand in its place");
}

fn unblock(app: &App) {
    fs::remove_file(app.folder().join("cadangan")).expect("the file");
}

/// The messages about backups in the queue.
async fn queued(admin: &Caller) -> usize {
    let rows = admin.get("/api/pesan?ukuran=200").await.expect(200);
    rows["data"].as_array().expect("rows").iter().filter(|row| row["jenis"] == "cadangan").count()
}

async fn problem(caller: &Caller) -> Value {
    caller.get("/api/dashboard").await.expect(200)["cadangan_masalah"].clone()
}

async fn a_folder_that_cannot_be_written_is_told_until_it_can(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    assert_eq!(problem(&admin).await, Value::Null, "a new school has nothing to keep");
    take(&app, &admin).await;
    block(&app);
    admin.post("/api/cadangan", json!({})).await.expect(202);
    app.server().run_jobs().await.expect("the jobs run");
    let told = problem(&admin).await;
    assert_eq!((&told["masalah"], &told["alasan"]), (&json!("gagal"), &json!("tempat")), "{told}");
    assert!(told["terakhir"].is_string(), "{told}");
    assert_eq!(problem(&app.desk().await).await, told, "the desk, too");
    unblock(&app);
    let list = take(&app, &admin).await;
    assert_eq!((&list["gagal"], problem(&admin).await), (&Value::Null, Value::Null));
}

async fn an_admin_is_mailed_once_a_day(place: Place) {
    let app = App::start(place).await;
    invite(&app.guru().await, 1, "10:00").await;
    run_on(&app, 16 * 60 + 40).await;
    block(&app);
    // Past two at night, and over the first tries.
    run_on(&app, 20).await;
    assert_eq!(queued(&app.admin().await).await, 0, "it may mend itself");
    run_on(&app, 40).await;
    assert_eq!(queued(&app.admin().await).await, 1, "whoever can mend it knows it in the morning");
    run_on(&app, 5 * 60).await;
    assert_eq!(queued(&app.admin().await).await, 1, "once");
    run_on(&app, 24 * 60).await;
    assert_eq!(queued(&app.admin().await).await, 2, "and once more the next day");
    unblock(&app);
    run_on(&app, 60).await;
    assert_eq!(rested(&app.admin().await).await["total"], 1, "the next try is good");
    run_on(&app, 24 * 60).await;
    let admin = app.admin().await;
    assert_eq!((queued(&admin).await, problem(&admin).await), (2, Value::Null), "the alarm is over");
}

async fn the_mail_says_what_to_see_to(place: Place) {
    let app = App::public(place).await;
    let admin = app.admin().await;
    let mailbox = Mailbox::start();
    let environment = outbox::Environment {
        smtp: Some(mailbox.url()),
        smtp_from: Some("tamu@sekolah.example".to_owned()),
        ..outbox::Environment::default()
    };
    set(&admin, json!({ "nama_sekolah": "SMP Nusa Lentera" })).await;
    take(&app, &admin).await;
    block(&app);
    run_on(&app, 90).await;
    outbox::start(app.server().school(), environment, app.server().stopping(), app.server().tasks());
    let mail = mailbox.next().await;
    let parsed = mail.parsed();
    assert_eq!(mail.to, [ADMIN.email]);
    assert_eq!(parsed.subject(), Some("Cadangan Buku Tamu SMP Nusa Lentera perlu dilihat"));
    let text = parsed.body_text(0).expect("a text");
    assert!(text.contains("foldernya tidak bisa ditulisi atau penuh"), "{text}");
    assert!(text.contains("23 November 2026, pukul 09.01"), "the last good one: {text}");
}

async fn the_desk_is_told_by_itself(place: Place) {
    let app = App::start(place).await;
    let desk = app.desk().await;
    let mut socket = desk.subscribe().await;
    block(&app);
    app.clock.advance(Duration::minutes(10));
    app.server().run_jobs().await.expect("the jobs run");
    let told = socket.next_of("cadangan").await;
    assert_eq!(told["masalah"], "gagal", "{told}");
    let mut later = desk.subscribe().await;
    assert_eq!(later.next_of("cadangan").await["masalah"], "gagal", "whoever comes later, too");
    unblock(&app);
    take(&app, &app.admin().await).await;
    // Whoever connects as something happens may hear twice how it stands.
    while socket.next_of("cadangan").await != Value::Null {}
}
