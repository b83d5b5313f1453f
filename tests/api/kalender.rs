//! A guru's own calendar: who can fetch it, and what stands in it.

use domain::{IdJanjiTemu, kalender};
use icalendar::{Calendar, Component, Event, EventLike};
use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, App, Caller, GURU, Place, invitation, invite, put_status, walk_in};

journeys![
    a_feed_shows_own_appointments_and_no_number,
    an_entry_is_the_one_of_the_guests_invitation,
    what_was_called_off_or_moved_is_told,
    it_reaches_from_thirty_days_ago_to_the_last_day,
    a_feed_of_many_is_whole,
    what_has_not_changed_is_not_sent_again,
    an_address_is_shown_once_and_can_be_ended,
    whatever_is_no_secret_is_not_found,
    a_deactivated_guru_has_no_feed,
    what_guests_type_stays_text,
];

/// The path of the caller's calendar, made anew.
async fn subscribe(caller: &Caller) -> String {
    let made = caller.post("/api/kalender/saya", json!({})).await.expect(201);
    let url = made["url"].as_str().expect("an address");
    url[url.find("/api/").expect("a path")..].to_owned()
}

async fn fetched(app: &App, path: &str) -> Answer {
    let answer = app.nobody().get(path).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "text/calendar; charset=utf-8");
    assert_eq!(answer.header("cache-control"), "private, no-cache");
    answer
}

async fn events(app: &App, path: &str) -> Vec<Event> {
    let calendar: Calendar = fetched(app, path).await.text().parse().expect("a calendar");
    calendar.events().cloned().collect()
}

fn summaries(events: &[Event]) -> Vec<&str> {
    events.iter().map(|event| event.get_summary().expect("a title")).collect()
}

async fn on_day(guru: &Caller, n: u32, tanggal: &str) -> Value {
    let mut body = invitation(n, "09:30");
    body["tanggal"] = json!(tanggal);
    guru.post("/api/appointments", body).await.expect(201)
}

async fn a_feed_shows_own_appointments_and_no_number(place: Place) {
    let app = App::public(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let mut body = invitation(1, "09:30");
    body["tamu"]["instansi"] = json!("SMP 3");
    body["tamu"]["email"] = json!("tamu1@rumah.example");
    body["jumlah_orang"] = json!(3);
    let made = guru.post("/api/appointments", body).await.expect(201);
    invite(&app.other_guru().await, 2, "09:30").await;
    desk.post("/api/appointments/walk-in", walk_in(3, &GURU)).await.expect(201);
    let path = subscribe(&guru).await;
    let text = fetched(&app, &path).await.text();
    let events = events(&app, &path).await;
    assert_eq!(summaries(&events), ["Tamu Nomor 1: Konsultasi nilai"]);
    assert_eq!(events[0].property_value("DTSTART"), Some("20261123T023000Z"));
    assert_eq!(events[0].property_value("DTEND"), Some("20261123T030000Z"));
    assert_eq!(events[0].get_description(), Some("SMP 3\n3 orang"));
    assert_eq!(events[0].get_location(), Some("Lobi utama"));
    assert!(text.contains("NAME:Janji temu – Sekolah\r\n"), "{text}");
    let unfolded = text.replace("\r\n ", "");
    for secret in ["0001", "rumah.example", made["kode_qr"].as_str().expect("a code")] {
        assert!(!unfolded.contains(secret), "{secret}: {unfolded}");
    }
}

async fn an_entry_is_the_one_of_the_guests_invitation(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let made = invite(&guru, 1, "09:30").await;
    let id = IdJanjiTemu(made["id"].as_i64().expect("an id"));
    let events = events(&app, &subscribe(&guru).await).await;
    let expected = kalender::uid(id, app.server().school().secrets().fingerprint());
    assert_eq!(events[0].get_uid(), Some(&*expected));
}

async fn what_was_called_off_or_moved_is_told(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let (off, moved) = (invite(&guru, 1, "09:30").await, invite(&guru, 2, "11:00").await);
    let path = subscribe(&guru).await;
    put_status(&guru, &off, "batal").await.expect(200);
    let to = json!({ "tanggal": "2026-11-24", "waktu": "13:00" });
    guru.put(&format!("/api/appointments/{}/schedule", moved["id"]), to).await.expect(200);
    let events = events(&app, &path).await;
    let told = |event: &Event| {
        ["STATUS", "SEQUENCE", "DTSTART"]
            .map(|name| event.property_value(name).unwrap_or_default().to_owned())
    };
    assert_eq!(told(&events[0]), ["CANCELLED", "2", "20261123T023000Z"]);
    assert_eq!(told(&events[1]), ["CONFIRMED", "2", "20261124T060000Z"]);
}

async fn it_reaches_from_thirty_days_ago_to_the_last_day(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    on_day(&guru, 1, "2026-11-23").await;
    on_day(&guru, 2, "2026-11-24").await;
    on_day(&guru, 3, "2027-01-23").await;
    let path = subscribe(&guru).await;
    assert_eq!(events(&app, &path).await.len(), 3);
    app.clock.advance(chrono::Duration::days(31));
    let left = events(&app, &path).await;
    assert_eq!(summaries(&left), ["Tamu Nomor 2: Konsultasi nilai", "Tamu Nomor 3: Konsultasi nilai"]);
}

async fn a_feed_of_many_is_whole(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let mut total = 0;
    for list in 0..9 {
        let mut body = invitation(1, &format!("{:02}:00", 9 + list));
        body["ulang"] = json!({ "setiap": "minggu", "sampai": "2026-12-21" });
        body["tamu_lain"] = (2..=12).map(tests::tamu).collect();
        let admin = app.admin().await;
        body["id_guru"] = json!(GURU.id());
        let made = admin.post("/api/appointments", body).await.expect(201);
        total += made["data"].as_array().expect("a list").len();
    }
    assert_eq!(total, 540);
    assert_eq!(events(&app, &subscribe(&guru).await).await.len(), 540);
}

async fn what_has_not_changed_is_not_sent_again(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    invite(&guru, 1, "09:30").await;
    let path = subscribe(&guru).await;
    let tag = fetched(&app, &path).await.header("etag").to_owned();
    app.clock.advance(chrono::Duration::hours(1));
    let again = || app.nobody().request(Method::GET, &path).header("if-none-match", &tag);
    let answer = Answer::to(again()).await;
    assert_eq!((answer.status, &*answer.bytes), (304, &b""[..]));
    invite(&app.guru().await, 2, "13:00").await;
    assert_eq!(Answer::to(again()).await.status, 200);
}

async fn an_address_is_shown_once_and_can_be_ended(place: Place) {
    let app = App::public(place).await;
    let guru = app.guru().await;
    let none = json!({ "url": null, "dibuat_pada": null, "hanya_di_sekolah": false });
    assert_eq!(guru.get("/api/kalender/saya").await.expect(200), none);
    let made = guru.post("/api/kalender/saya", json!({})).await.expect(201);
    let url = made["url"].as_str().expect("an address");
    let secret =
        url.strip_prefix("https://tamu.sekolah.example/api/kalender/").expect("the school's address");
    let secret = secret.strip_suffix(".ics").expect("a calendar's name");
    assert!(
        secret.len() == 26 && secret.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()),
        "{url}"
    );
    assert_eq!(made["dibuat_pada"], "2026-11-23T02:00:00Z");
    let known = json!({ "url": null, "dibuat_pada": made["dibuat_pada"], "hanya_di_sekolah": false });
    assert_eq!(guru.get("/api/kalender/saya").await.expect(200), known);
    assert_eq!(app.other_guru().await.get("/api/kalender/saya").await.expect(200), none);
    let kept = app.dump().await;
    assert!(!format!("{kept:?}").contains(secret), "only a hash is kept");

    let first = format!("/api/kalender/{secret}.ics");
    fetched(&app, &first).await;
    let second = subscribe(&guru).await;
    assert_ne!(first, second);
    app.nobody().get(&first).await.problem(404, "tidak_ditemukan");
    fetched(&app, &second).await;
    for _ in 0..2 {
        assert_eq!(guru.delete("/api/kalender/saya").await.expect(200), none);
        app.nobody().get(&second).await.problem(404, "tidak_ditemukan");
    }
}

async fn whatever_is_no_secret_is_not_found(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let path = subscribe(&guru).await;
    let stem = path.strip_suffix(".ics").expect("a calendar's name");
    let (folder, secret) = stem.split_at(stem.rfind('/').expect("a path") + 1);
    let reversed: String = secret.chars().rev().collect();
    for wrong in [
        secret,
        &format!("{secret}.icsx"),
        &format!("{secret}a.ics"),
        &format!("{reversed}.ics"),
        &format!("{}.ics", "a".repeat(5000)),
        ".ics",
        "x.ics",
        "%00.ics",
        "%ff.ics",
    ] {
        for caller in [&app.nobody(), &guru] {
            caller.get(&format!("{folder}{wrong}")).await.problem(404, "tidak_ditemukan");
        }
    }
    fetched(&app, &format!("{folder}{}.ics", secret.to_ascii_uppercase())).await;
}

async fn a_deactivated_guru_has_no_feed(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    invite(&guru, 1, "09:30").await;
    let path = subscribe(&guru).await;
    fetched(&app, &path).await;
    app.admin().await.delete(&format!("/api/users/{}", GURU.id())).await;
    app.nobody().get(&path).await.problem(404, "tidak_ditemukan");
}

async fn what_guests_type_stays_text(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let mut body = invitation(1, "09:30");
    body["tamu"]["nama"] = json!("Siti; \"A\", B\\nC: END");
    body["tamu"]["instansi"] = json!("<b>SMP</b>; ATTENDEE:mailto:x@y.example");
    body["keperluan"] = json!("=1+1, rapor \\, é");
    guru.post("/api/appointments", body).await.expect(201);
    let events = events(&app, &subscribe(&guru).await).await;
    assert_eq!(summaries(&events), ["Siti; \"A\", B\\nC: END: =1+1, rapor \\, é"]);
    assert_eq!(events[0].get_description(), Some("<b>SMP</b>; ATTENDEE:mailto:x@y.example"));
    assert_eq!(events[0].property_value("ATTENDEE"), None);
}
