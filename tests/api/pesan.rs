//! Messages: what a guest gets in a real mailbox, in what order, and what becomes of it.

use domain::token;
use mail_parser::{MessagePart, MimeHeaders, PartType};
use serde_json::{Value, json};
use tests::{App, Caller, Mail, Mailbox, Mood, Place, invitation, put_status, within};

journeys![
    a_new_appointment_puts_code_ticket_and_calendar_entry_into_the_mailbox,
    what_is_moved_moves_in_the_guests_calendar_and_what_is_called_off_goes,
    what_was_called_off_before_it_left_is_not_sent,
    at_night_nothing_leaves_and_what_is_of_today_does,
    a_refused_address_is_told_to_the_guru_and_sent_again_by_hand,
    a_busy_server_is_asked_again_later,
    a_new_user_gets_a_password_that_opens_and_it_is_nowhere_else,
    a_guest_gets_a_first_password_once,
    no_password_goes_to_an_address_that_a_stranger_gave,
    a_password_that_was_changed_since_is_not_told,
    what_has_just_left_or_is_over_is_not_sent_again,
    nothing_typed_becomes_a_header_or_a_tag,
    a_broken_channel_is_told_at_once_and_to_whoever_comes_later,
];

/// A school with a public address, whose mails go to a mailbox.
async fn school(place: Place) -> (App, Mailbox) {
    let app = App::public(place).await;
    let mailbox = Mailbox::start();
    post(&app, &mailbox);
    (app, mailbox)
}

/// Starts what sends messages.
fn post(app: &App, mailbox: &Mailbox) {
    let environment = outbox::Environment {
        smtp: Some(mailbox.url()),
        smtp_from: Some("tamu@sekolah.example".to_owned()),
        ..outbox::Environment::default()
    };
    let server = app.server();
    outbox::start(server.school(), environment, server.stopping(), server.tasks());
}

/// Guest number `n`, who has an address, on that day.
async fn invited(guru: &Caller, n: u32, tanggal: &str, waktu: &str) -> Value {
    let mut body = invitation(n, waktu);
    body["tanggal"] = json!(tanggal);
    body["tamu"]["email"] = json!(format!("tamu{n}@rumah.example"));
    guru.post("/api/appointments", body).await.expect(201)
}

/// Parts of a type, as bytes.
fn parts<'a>(mail: &'a mail_parser::Message<'_>, kind: &str, subtype: &str) -> Vec<&'a MessagePart<'a>> {
    let is_it = |part: &&MessagePart<'_>| {
        let declared = part.content_type();
        declared.is_some_and(|it| it.c_type == kind && it.c_subtype.as_deref() == Some(subtype))
    };
    mail.parts.iter().filter(is_it).collect()
}

fn calendar(mail: &Mail) -> icalendar::Calendar {
    let parsed = mail.parsed();
    let part = parts(&parsed, "text", "calendar").into_iter().next().expect("a calendar's part");
    std::str::from_utf8(part.contents()).expect("text").parse().expect("a calendar")
}

fn property(calendar: &icalendar::Calendar, name: &str) -> String {
    use icalendar::{CalendarComponent, Component};
    let event = calendar.components.iter().find_map(|component| match component {
        CalendarComponent::Event(event) => event.property_value(name),
        _ => None,
    });
    event.unwrap_or_else(|| panic!("there is no {name}")).to_owned()
}

/// Read with quircs, which neither draws the codes nor is in the program.
fn texts(png: &[u8]) -> Vec<String> {
    let picture =
        image::load_from_memory_with_format(png, image::ImageFormat::Png).expect("a picture").to_luma8();
    let mut decoder = quircs::Quirc::default();
    let (width, height) = picture.dimensions();
    let codes = decoder.identify(width as usize, height as usize, &picture);
    let read = codes.map(|code| code.expect("a code").decode().expect("it can be read").payload);
    read.map(|payload| String::from_utf8(payload).expect("text")).collect()
}

/// The newest message about an appointment, once it is in one of these states.
async fn settled(caller: &Caller, janji: &Value, states: &[&str]) -> Value {
    let path = format!("/api/pesan?id_janji_temu={}", janji["id"]);
    within("a message's state", async {
        loop {
            let found = caller.get(&path).await.expect(200)["data"][0].clone();
            if states.iter().any(|state| found["keadaan"] == *state) {
                return found;
            }
            tokio::task::yield_now().await;
        }
    })
    .await
}

async fn a_new_appointment_puts_code_ticket_and_calendar_entry_into_the_mailbox(place: Place) {
    let (app, mailbox) = school(place).await;
    let guru = app.guru().await;
    let janji = invited(&guru, 1, "2026-11-24", "09:30").await;
    let mail = mailbox.next().await;
    assert_eq!(mail.to, ["tamu1@rumah.example"]);
    let parsed = mail.parsed();
    let kode = janji["kode_qr"].as_str().expect("a code");
    let expected = token::qr_text(kode, Some("https://tamu.sekolah.example"));
    // The code by itself stands in the page, and the ticket is attached.
    let pictures = parts(&parsed, "image", "png");
    assert_eq!(pictures.len(), 2);
    for picture in &pictures {
        assert_eq!(texts(picture.contents()), [expected.as_str()]);
    }
    let inline = pictures[0].content_id().expect("the first is named");
    let html = parsed.body_html(0).expect("a page");
    assert!(html.contains(&format!("cid:{inline}")), "{html}");
    let text = parsed.body_text(0).expect("text");
    let link = format!("https://tamu.sekolah.example/k/{kode}");
    assert!(text.contains(&link) && html.contains(&format!("href=\"{link}\"")), "{text}");
    assert!(text.contains("Selasa, 24 November 2026, pukul 09.30"), "{text}");
    let entry = calendar(&mail);
    assert_eq!(entry.property_value("METHOD"), Some("REQUEST"));
    assert_eq!(property(&entry, "DTSTART"), "20261124T023000Z");
    assert_eq!(property(&entry, "DTEND"), "20261124T030000Z");
    let sent = settled(&guru, &janji, &["terkirim"]).await;
    assert_eq!((&sent["jenis"], &sent["saluran"]), (&json!("undangan"), &json!("email")));
    assert_eq!(sent["penerima"], "Tamu Nomor 1");
    assert!(mailbox.try_next().await.is_none(), "it came once");
}

async fn what_is_moved_moves_in_the_guests_calendar_and_what_is_called_off_goes(place: Place) {
    let (app, mailbox) = school(place).await;
    let guru = app.guru().await;
    let janji = invited(&guru, 1, "2026-11-24", "09:30").await;
    let first = calendar(&mailbox.next().await);
    let path = format!("/api/appointments/{}/schedule", janji["id"]);
    guru.put(&path, json!({ "tanggal": "2026-11-25", "waktu": "13:15" })).await.expect(200);
    let moved_mail = mailbox.next().await;
    let moved = calendar(&moved_mail);
    assert_eq!(moved.property_value("METHOD"), Some("REQUEST"));
    assert_eq!(property(&moved, "UID"), property(&first, "UID"));
    assert_eq!(property(&moved, "DTSTART"), "20261125T061500Z");
    let sequence = |entry| property(entry, "SEQUENCE").parse::<u32>().expect("a number");
    assert!(sequence(&moved) > sequence(&first));
    put_status(&guru, &janji, "batal").await.expect(200);
    let off = calendar(&mailbox.next().await);
    assert_eq!(off.property_value("METHOD"), Some("CANCEL"));
    assert_eq!(property(&off, "UID"), property(&first, "UID"));
    assert_eq!(property(&off, "STATUS"), "CANCELLED");
    assert!(sequence(&off) > sequence(&moved));
}

async fn what_was_called_off_before_it_left_is_not_sent(place: Place) {
    let app = App::public(place).await;
    let mailbox = Mailbox::start();
    let guru = app.guru().await;
    let off = invited(&guru, 1, "2026-11-24", "09:30").await;
    put_status(&guru, &off, "batal").await.expect(200);
    let stays = invited(&guru, 2, "2026-11-24", "10:30").await;
    post(&app, &mailbox);
    assert_eq!(mailbox.next().await.to, ["tamu2@rumah.example"]);
    settled(&guru, &stays, &["terkirim"]).await;
    let rows = guru.get(&format!("/api/pesan?id_janji_temu={}", off["id"])).await.expect(200);
    let state = |row: &Value| (row["jenis"].clone(), row["keadaan"].clone(), row["alasan"].clone());
    let states: Vec<_> = rows["data"].as_array().expect("rows").iter().map(state).collect();
    let expected = [("batal", "usang", "tidak_perlu"), ("undangan", "usang", "dibatalkan")];
    assert_eq!(states, expected.map(|(a, b, c)| (json!(a), json!(b), json!(c))), "nobody had told the guest");
    assert!(mailbox.try_next().await.is_none());
}

async fn at_night_nothing_leaves_and_what_is_of_today_does(place: Place) {
    let (app, mailbox) = school(place).await;
    // 20.00 in Jakarta.
    app.clock.set("2026-11-23T13:00:00Z");
    let guru = app.guru().await;
    let tomorrow = invited(&guru, 1, "2026-11-24", "09:30").await;
    let today = invited(&guru, 2, "2026-11-23", "20:30").await;
    assert_eq!(mailbox.next().await.to, ["tamu2@rumah.example"]);
    settled(&guru, &today, &["terkirim"]).await;
    let waiting = settled(&guru, &tomorrow, &["menunggu"]).await;
    assert_eq!(waiting["percobaan_berikut"], "2026-11-23T23:00:00Z", "six in the morning");
    app.clock.set("2026-11-23T23:00:00Z");
    assert_eq!(mailbox.next().await.to, ["tamu1@rumah.example"]);
}

async fn a_refused_address_is_told_to_the_guru_and_sent_again_by_hand(place: Place) {
    let (app, mailbox) = school(place).await;
    mailbox.set(Mood::Refuses);
    let guru = app.guru().await;
    let mut events = guru.subscribe().await;
    let janji = invited(&guru, 1, "2026-11-24", "09:30").await;
    events.next_of("appointment").await;
    let failed = settled(&guru, &janji, &["gagal"]).await;
    assert_eq!((&failed["saluran"], &failed["alasan"]), (&json!("email"), &json!("alamat_ditolak")));
    loop {
        if events.next_of("pesan").await["keadaan"] == "gagal" {
            break;
        }
    }
    assert_eq!(mailbox.attempts(), 1, "a final answer is not asked for again");
    mailbox.set(Mood::Takes);
    let path = format!("/api/pesan/{}/kirim-ulang", failed["id"]);
    app.other_guru().await.post(&path, json!({})).await.problem(404, "tidak_ditemukan");
    app.desk().await.post(&path, json!({})).await.problem(403, "terlarang");
    assert_eq!(guru.post(&path, json!({})).await.expect(200)["keadaan"], "menunggu");
    mailbox.next().await;
    settled(&guru, &janji, &["terkirim"]).await;
    let told = app.admin().await.get("/api/audit?aksi=kirim_ulang&objek=pesan").await.expect(200);
    assert_eq!((&told["total"], &told["data"][0]["id_objek"]), (&json!(1), &failed["id"]));
}

async fn a_busy_server_is_asked_again_later(place: Place) {
    let (app, mailbox) = school(place).await;
    mailbox.set(Mood::Busy);
    let guru = app.guru().await;
    let janji = invited(&guru, 1, "2026-11-24", "09:30").await;
    let waiting = within("a failed attempt", async {
        loop {
            let found = settled(&guru, &janji, &["menunggu"]).await;
            if found["percobaan"] == 1 {
                return found;
            }
            tokio::task::yield_now().await;
        }
    })
    .await;
    assert_eq!(waiting["alasan"], "terlalu_cepat");
    mailbox.set(Mood::Takes);
    app.clock.set("2026-11-23T02:05:00Z");
    mailbox.next().await;
    settled(&guru, &janji, &["terkirim"]).await;
}

async fn a_new_user_gets_a_password_that_opens_and_it_is_nowhere_else(place: Place) {
    let (app, mailbox) = school(place).await;
    let admin = app.admin().await;
    let body = json!({ "nama": "Sari Dewi", "email": "sari@sekolah.example", "role": "Guru" });
    let made = admin.post("/api/users", body).await.expect(201);
    let mail = mailbox.next().await;
    assert_eq!(mail.to, ["sari@sekolah.example"]);
    let password = made["password_sementara"].as_str().expect("a password");
    let text = mail.parsed().body_text(0).expect("text").into_owned();
    assert!(text.contains(password), "{text}");
    app.nobody().login("sari@sekolah.example", password).await;
    let rows = within("the message's end", async {
        loop {
            let rows = admin.get("/api/pesan?keadaan=terkirim").await.expect(200);
            if rows["total"] == 1 {
                return rows;
            }
            tokio::task::yield_now().await;
        }
    })
    .await;
    assert_eq!(rows["data"][0]["penerima"], "Sari Dewi");
    assert!(!rows.to_string().contains(password));
    let dump = app.dump().await;
    assert!(!dump.iter().any(|line| line.contains(password)));
}

async fn a_guest_gets_a_first_password_once(place: Place) {
    let (app, mailbox) = school(place).await;
    let guru = app.guru().await;
    let janji = invited(&guru, 1, "2026-11-24", "09:30").await;
    let text = mailbox.next().await.parsed().body_text(0).expect("text").into_owned();
    let line = text.lines().find(|line| line.contains("password")).expect("a line with the password");
    let password = line.rsplit(' ').next().expect("a word");
    app.nobody().login_tamu(&janji["telp"], &json!(password)).await;
    invited(&guru, 1, "2026-11-25", "09:30").await;
    let second = mailbox.next().await.parsed().body_text(0).expect("text").into_owned();
    assert!(!second.contains("password"), "{second}");
}

async fn nothing_typed_becomes_a_header_or_a_tag(place: Place) {
    let (app, mailbox) = school(place).await;
    let guru = app.guru().await;
    let mut body = invitation(1, "09:30");
    body["tanggal"] = json!("2026-11-24");
    body["tamu"]["nama"] = json!("<b>Budi</b> Bcc: korban@lain.example");
    body["tamu"]["email"] = json!("budi@rumah.example");
    body["keperluan"] = json!("=HYPERLINK(\"x\") <script>alert(1)</script> {{kode}}; END:VEVENT");
    guru.post("/api/appointments", body).await.expect(201);
    let mail = mailbox.next().await;
    assert_eq!(mail.to, ["budi@rumah.example"]);
    let parsed = mail.parsed();
    assert!(parsed.bcc().is_none() && parsed.cc().is_none());
    let html = parsed.body_html(0).expect("a page");
    assert!(!html.contains("<script") && !html.contains("<b>Budi"), "{html}");
    assert!(html.contains("&lt;script"), "{html}");
    let entry = calendar(&mail);
    assert_eq!(entry.components.len(), 1);
    let is_text = |part: &&MessagePart<'_>| matches!(part.body, PartType::Html(_));
    assert_eq!(parsed.parts.iter().filter(is_text).count(), 1);
}

async fn a_broken_channel_is_told_at_once_and_to_whoever_comes_later(place: Place) {
    let app = App::public(place).await;
    let (admin, desk) = (app.admin().await, app.desk().await);
    let server = app.server();
    // Nobody listens there.
    let environment = outbox::Environment {
        whatsapp: Some("waha:kunci-yang-panjang".to_owned()),
        whatsapp_base: Some(format!("http://127.0.0.1:{}", tests::free_port())),
        ..outbox::Environment::default()
    };
    let mut here = desk.subscribe().await;
    outbox::start(server.school(), environment, server.stopping(), server.tasks());
    let told = here.next_of("saluran").await;
    assert_eq!((&told["nama"], &told["alasan"]), (&json!("whatsapp"), &json!("tidak_menjawab")));
    let mut later = desk.subscribe().await;
    assert_eq!(later.next_of("saluran").await, told);
    let rows = admin.get("/api/saluran").await.expect(200);
    let row = &rows["data"][0];
    assert_eq!((&row["penyedia"], &row["keadaan"]), (&json!("waha"), &json!("terganggu")));
    assert!(row["ringkasan"].as_str().is_some_and(|text| text.starts_with("127.0.0.1")), "{row}");
    assert!(!rows.to_string().contains("kunci-yang-panjang"));
    app.guru().await.get("/api/saluran").await.problem(403, "terlarang");
}

async fn no_password_goes_to_an_address_that_a_stranger_gave(place: Place) {
    let (app, mailbox) = school(place).await;
    let (guru, other) = (app.guru().await, app.other_guru().await);
    let body_of = async |mail: Mail| mail.parsed().body_text(0).expect("text").into_owned();
    // Known to the book with an address, from a visit to another guru.
    let mut body = tests::walk_in(1, &tests::OTHER_GURU);
    body["tamu"]["email"] = json!("ibu@rumah.example");
    app.desk().await.post("/api/appointments/walk-in", body).await.expect(201);
    let mut body = invitation(1, "09:30");
    body["tanggal"] = json!("2026-11-24");
    body["tamu"]["email"] = json!("penipu@lain.example");
    guru.post("/api/appointments", body).await.expect(201);
    let mail = mailbox.next().await;
    assert_eq!(mail.to, ["penipu@lain.example"]);
    assert!(!body_of(mail).await.contains("password"));
    // Nor to the known address, if the guest visits others whom an impostor could read about.
    invited(&other, 2, "2026-11-24", "09:30").await;
    assert!(body_of(mailbox.next().await).await.contains("password"));
    invited(&guru, 2, "2026-11-24", "10:30").await;
    assert!(!body_of(mailbox.next().await).await.contains("password"));
}

async fn a_password_that_was_changed_since_is_not_told(place: Place) {
    let (app, mailbox) = school(place).await;
    mailbox.set(Mood::Busy);
    let guru = app.guru().await;
    let janji = invited(&guru, 1, "2026-11-24", "09:30").await;
    within("a failed attempt", async {
        while settled(&guru, &janji, &["menunggu"]).await["percobaan"] != 1 {
            tokio::task::yield_now().await;
        }
    })
    .await;
    let path = format!("/api/tamu/{}/reset-password", janji["id_tamu"]);
    app.desk().await.post(&path, json!({})).await.expect(200);
    mailbox.set(Mood::Takes);
    app.clock.set("2026-11-23T02:05:00Z");
    let text = mailbox.next().await.parsed().body_text(0).expect("text").into_owned();
    assert!(!text.contains("password"), "{text}");
}

async fn what_has_just_left_or_is_over_is_not_sent_again(place: Place) {
    let (app, mailbox) = school(place).await;
    let guru = app.guru().await;
    let janji = invited(&guru, 1, "2026-11-24", "09:30").await;
    mailbox.next().await;
    let sent = settled(&guru, &janji, &["terkirim"]).await;
    let again = format!("/api/pesan/{}/kirim-ulang", sent["id"]);
    guru.post(&again, json!({})).await.problem(429, "terlalu_sering");
    app.clock.set("2026-11-23T02:01:00Z");
    guru.post(&again, json!({})).await.expect(200);
    mailbox.next().await;
    settled(&guru, &janji, &["terkirim"]).await;
    app.clock.set("2026-11-25T02:00:00Z");
    let guru = app.guru().await;
    guru.post(&again, json!({})).await.problem(409, "transisi_tidak_sah");
    assert_eq!(
        settled(&guru, &janji, &["terkirim"]).await["id"],
        sent["id"],
        "what became of it stays known"
    );
}
