//! Scans: every outcome and every refusal. Each counts once, however often it is sent.

mod hari;

use chrono::{DateTime, Duration, Utc};
use domain::{IdJanjiTemu, IdTamu, token::Token};
use serde_json::{Value, json};
use tests::{App, Caller, OTHER_GURU, Place, invitation, invite, kunci};

journeys![
    one_code_from_the_arrival_to_the_end,
    whoever_has_met_the_guru_leaves_at_the_next_scan,
    a_code_is_read_however_the_scanner_gives_it,
    every_refusal_says_why_and_changes_nothing,
    a_look_at_a_code_changes_nothing,
    a_scan_sent_again_answers_the_same,
    a_permanent_code_without_an_appointment_opens_the_walk_in,
    a_permanent_code_stands_for_todays_only_appointment,
    of_several_appointments_the_receptionist_picks_one,
    thirty_two_scans_of_one_code_at_once_are_one_arrival,
    late_is_later_than_the_tolerance,
    a_clock_that_jumps_back_breaks_nothing,
    a_code_ends_two_weeks_after_its_day,
    an_admin_stands_in_at_the_desk_and_may_be_visited,
];

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

/// The answer to a scan that is not refused.
async fn scanned(desk: &Caller, kode: &Value) -> Value {
    desk.scan(kode).await.expect(200)
}

async fn one_code_from_the_arrival_to_the_end(place: Place) {
    let app = App::public(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let invited = invite(&guru, 1, "09:00").await;
    let kode = invited["kode_qr"].clone();

    let arrived = scanned(&desk, &kode).await;
    assert_eq!(arrived["hasil"], "datang", "{arrived}");
    assert_eq!(
        arrived["message"],
        "Selamat datang, Tamu Nomor 1. Ratna Wulandari belum terhubung; hubungi langsung."
    );
    assert_eq!(arrived["appointment"]["status"], "menunggu");
    assert_eq!(arrived["appointment"]["waktu_datang"], "2026-11-23T02:00:00Z");
    assert_eq!(arrived["ulasan_url"], Value::Null, "no review before the visit");

    app.clock.advance(Duration::minutes(8));
    let before = app.dump().await;
    let here = scanned(&desk, &kode).await;
    assert_eq!(
        (&here["hasil"], &here["appointment"]["status"]),
        (&json!("sudah_datang"), &json!("menunggu"))
    );
    assert_eq!(here["message"], "Tamu Nomor 1 sudah tercatat datang. Silakan menunggu.");
    assert_eq!(app.dump().await, before, "who was not called is still here, and a scan changes nothing");

    tests::call(&guru, &invited).await;
    app.clock.advance(Duration::milliseconds(5 * 60_000 - 1));
    let before = app.dump().await;
    let called = scanned(&desk, &kode).await;
    assert_eq!(called["hasil"], "sudah_datang");
    assert_eq!(called["message"], "Tamu Nomor 1 sudah tercatat datang. Ratna Wulandari menuju lobi.");
    assert_eq!(app.dump().await, before, "a scan right after the call changes nothing");

    app.clock.advance(Duration::milliseconds(1));
    let left = scanned(&desk, &kode).await;
    assert_eq!(left["hasil"], "pulang", "{left}");
    assert_eq!(left["appointment"]["waktu_selesai"], "2026-11-23T02:13:00Z");
    assert!(text(&left["ulasan_url"]).ends_with(&format!("/K/{}", text(&kode))), "{left}");

    let again = scanned(&desk, &kode).await;
    assert_eq!(again["hasil"], "sudah_selesai", "{again}");
    assert_eq!(again["ulasan_url"], left["ulasan_url"], "the review is offered until there is one");
    app.nobody().post("/api/ulasan", json!({ "kode": kode, "rating": 4 })).await.expect(201);
    assert_eq!(scanned(&desk, &kode).await["ulasan_url"], Value::Null);
}

async fn whoever_has_met_the_guru_leaves_at_the_next_scan(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let invited = invite(&guru, 1, "09:00").await;
    scanned(&desk, &invited["kode_qr"]).await;
    let path = format!("/api/appointments/{}/status", invited["id"]);
    guru.put(&path, json!({ "status": "sedang berlangsung" })).await.expect(200);
    assert_eq!(scanned(&desk, &invited["kode_qr"]).await["hasil"], "pulang");
}

async fn a_code_is_read_however_the_scanner_gives_it(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let dressed: [fn(&str) -> String; 6] = [
        |kode| kode.to_lowercase(),
        |kode| format!("HTTPS://TAMU.SEKOLAH.EXAMPLE/K/{kode}"),
        |kode| format!("https://tamu.sekolah.example/k/{}", kode.to_lowercase()),
        |kode| format!("{kode}\r\n"),
        |kode| format!(" \t{kode}\n"),
        |kode| format!("]Q1{kode}\r"),
    ];
    for (n, dress) in (1..).zip(dressed) {
        let kode = dress(text(&invite(&guru, n, &format!("1{n}:00")).await["kode_qr"]));
        assert_eq!(scanned(&desk, &json!(kode)).await["hasil"], "datang", "{kode:?}");
    }
}

/// Every refusal: the reason, and a code that is refused for it.
async fn refused_codes(app: &App) -> Vec<(&'static str, String)> {
    let guru = app.guru().await;
    let soon = app.clock.now() + Duration::hours(2);
    let good = invite(&guru, 1, "10:00").await;
    let good_kode = text(&good["kode_qr"]).to_owned();
    let mut forged = good_kode.clone();
    forged.replace_range(30..31, if &good_kode[30..31] == "A" { "B" } else { "A" });
    let id = IdJanjiTemu(good["id"].as_i64().expect("an id"));
    let past = Token::janji_temu(id, app.clock.now() - Duration::hours(1));
    let mut tomorrow = invitation(2, "10:00");
    tomorrow["tanggal"] = json!("2026-11-24");
    let tomorrow = guru.post("/api/appointments", tomorrow).await.expect(201);
    let called_off = invite(&guru, 4, "12:00").await;
    tests::put_status(&guru, &called_off, "batal").await.expect(200);
    let kode = |row: &Value| text(&row["kode_qr"]).to_owned();
    vec![
        ("format_tidak_valid", " ".to_owned()),
        ("format_tidak_valid", "https://sekolah.example/".to_owned()),
        ("format_tidak_valid", good_kode[1..].to_owned()),
        ("format_tidak_valid", good_kode[..46].to_owned()),
        ("format_tidak_valid", "Ä".repeat(40)),
        ("tanda_tangan_tidak_valid", forged),
        ("kedaluwarsa", app.sign(&past)),
        ("tidak_ditemukan", app.sign(&Token::janji_temu(IdJanjiTemu(9999), soon))),
        ("tidak_ditemukan", app.sign(&Token::janji_temu(IdJanjiTemu(-1), soon))),
        ("tidak_ditemukan", app.sign(&Token::tamu(IdTamu(9999)))),
        ("bukan_hari_ini", kode(&tomorrow)),
        ("dibatalkan", kode(&called_off)),
    ]
}

async fn every_refusal_says_why_and_changes_nothing(place: Place) {
    let app = App::start(place).await;
    let codes = refused_codes(&app).await;
    let desk = app.desk().await;
    let before = app.dump().await;
    for (reason, kode) in codes {
        let problem = desk.scan(&json!(kode)).await.problem(422, reason);
        assert!(!problem.detail.contains(&*kode) || kode == " ", "the code is not repeated: {problem:?}");
        let with_key = json!({ "kode": kode, "kunci": kunci() });
        desk.post("/api/appointments/scan", with_key).await.problem(422, reason);
        let encoded: String = kode.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let looked = desk.get(&format!("/api/appointments/qr/{encoded}")).await.expect(200);
        assert_eq!((&looked["valid"], &looked["alasan"]), (&json!(false), &json!(reason)), "{looked}");
        assert!(!text(&looked["message"]).is_empty(), "{looked}");
    }
    assert_eq!(app.dump().await, before);
}

async fn a_look_at_a_code_changes_nothing(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let invited = invite(&guru, 1, "09:00").await;
    let path = format!("/api/appointments/qr/{}", text(&invited["kode_qr"]));
    let before = app.dump().await;
    let looked = desk.get(&path).await.expect(200);
    assert_eq!(looked["valid"], true, "{looked}");
    assert_eq!(looked["appointment"]["id"], invited["id"]);
    assert_eq!(app.dump().await, before);
    scanned(&desk, &invited["kode_qr"]).await;
    assert_eq!(desk.get(&path).await.expect(200)["alasan"], "sudah_diproses");
}

async fn a_scan_sent_again_answers_the_same(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let (invited, other) = (invite(&guru, 1, "09:00").await, invite(&guru, 2, "10:00").await);
    let kunci = kunci();
    let scan = |kode: &Value| desk.post("/api/appointments/scan", json!({ "kode": kode, "kunci": kunci }));
    let first = scan(&invited["kode_qr"]).await.expect(200);
    let before = app.dump().await;
    app.clock.advance(Duration::minutes(6));
    assert_eq!(scan(&invited["kode_qr"]).await.expect(200), first, "sent again minutes later");
    scan(&other["kode_qr"]).await.problem(409, "kunci_dipakai");
    assert_eq!(app.dump().await, before);
    tests::put_status(&guru, &invited, "sedang berlangsung").await.expect(200);
    assert_eq!(scanned(&desk, &invited["kode_qr"]).await["hasil"], "pulang", "a new scan is a new one");
    // Its effect stays the same, and its message says what is true now.
    let again = scan(&invited["kode_qr"]).await.expect(200);
    let of_now = json!("Kunjungan Tamu Nomor 1 sudah selesai.");
    assert_eq!((&again["hasil"], &again["message"]), (&json!("datang"), &of_now), "{again}");
    assert_eq!(again["guru_terhubung"], Value::Null);
}

/// Guest number 1's permanent code.
async fn permanent_code(desk: &Caller) -> Value {
    let found = desk.get("/api/tamu/search?q=Tamu%20Nomor%201").await.expect(200);
    let path = format!("/api/tamu/{}", found["data"][0]["id"]);
    desk.get(&path).await.expect(200)["kode_qr"].clone()
}

async fn a_permanent_code_without_an_appointment_opens_the_walk_in(place: Place) {
    let app = App::start(place).await;
    let desk = app.desk().await;
    let tamu = desk.post("/api/tamu", tests::tamu(1)).await.expect(201);
    let before = app.dump().await;
    let answer = scanned(&desk, &tamu["kode_qr"]).await;
    assert_eq!((&answer["hasil"], &answer["tamu"]), (&json!("tanpa_janji"), &tamu), "{answer}");
    assert_eq!(app.dump().await, before);
}

async fn a_permanent_code_stands_for_todays_only_appointment(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let invited = invite(&guru, 1, "09:00").await;
    let mut tomorrow = invitation(1, "09:00");
    tomorrow["tanggal"] = json!("2026-11-24");
    guru.post("/api/appointments", tomorrow).await.expect(201);
    let answer = scanned(&desk, &permanent_code(&desk).await).await;
    assert_eq!((&answer["hasil"], &answer["appointment"]["id"]), (&json!("datang"), &invited["id"]));
}

async fn of_several_appointments_the_receptionist_picks_one(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let (first, second) = (invite(&guru, 1, "09:00").await, invite(&guru, 1, "10:00").await);
    let strangers = invite(&guru, 2, "11:00").await;
    let kode = permanent_code(&desk).await;
    let before = app.dump().await;
    let answer = scanned(&desk, &kode).await;
    assert_eq!((&answer["hasil"], &answer["appointment"]), (&json!("pilih"), &Value::Null), "{answer}");
    assert_eq!(answer["message"], "Tamu punya beberapa janji temu hari ini. Pilih salah satu.");
    assert_eq!(app.dump().await, before, "nothing is recorded, and nothing is said to be");
    let offered: Vec<_> = answer["pilihan"].as_array().unwrap().iter().map(|row| &row["id"]).collect();
    assert_eq!(offered, [&first["id"], &second["id"]]);

    let kunci = kunci();
    let pick = |id: &Value| {
        desk.post("/api/appointments/scan", json!({ "kode": kode, "id_janji_temu": id, "kunci": kunci }))
    };
    pick(&strangers["id"]).await.problem(422, "tidak_ditemukan");
    assert_eq!(app.dump().await, before);
    let picked = pick(&second["id"]).await.expect(200);
    assert_eq!((&picked["hasil"], &picked["appointment"]["id"]), (&json!("datang"), &second["id"]));
    assert_eq!(pick(&second["id"]).await.expect(200), picked);
    pick(&first["id"]).await.problem(409, "kunci_dipakai");
}

async fn thirty_two_scans_of_one_code_at_once_are_one_arrival(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let invited = invite(&guru, 1, "09:00").await;
    let mut alerts = guru.subscribe().await;
    let scans = (0..32).map(|n| {
        let (desk, kode) = (desk.clone(), invited["kode_qr"].clone());
        // Half of them have a key, as desks' journals send them.
        let body =
            if n % 2 == 0 { json!({ "kode": kode }) } else { json!({ "kode": kode, "kunci": kunci() }) };
        tokio::spawn(async move { desk.post("/api/appointments/scan", body).await.expect(200) })
    });
    let scans: Vec<_> = scans.collect();
    let mut outcomes = Vec::new();
    for scan in scans {
        outcomes.push(text(&scan.await.unwrap()["hasil"]).to_owned());
    }
    outcomes.sort();
    assert_eq!(outcomes[0], "datang");
    assert!(outcomes[1..].iter().all(|hasil| hasil == "sudah_datang"), "{outcomes:?}");

    let end = invite(&guru, 2, "10:00").await;
    let mut told = 0;
    loop {
        let event = alerts.next().await;
        told += i32::from(event["type"] == "notification");
        if event["data"]["id"] == end["id"] {
            break;
        }
    }
    assert_eq!(told, 1, "alerts for one arrival");
    let queued = app.dump().await.iter().filter(|row| row.contains("kedatangan")).count();
    assert_eq!(queued, 1, "messages for one arrival");
}

async fn late_is_later_than_the_tolerance(place: Place) {
    for (arrival, terlambat) in
        [("02:00:00", false), ("02:44:59.999", false), ("02:45:00", false), ("02:45:00.001", true)]
    {
        let app = App::start(place).await;
        let invited = invite(&app.guru().await, 1, "09:30").await;
        app.clock.set(&format!("2026-11-23T{arrival}Z"));
        let arrived = scanned(&app.desk().await, &invited["kode_qr"]).await;
        assert_eq!(arrived["appointment"]["terlambat"], terlambat, "arrived at {arrival}");
    }
}

async fn a_clock_that_jumps_back_breaks_nothing(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let invited = invite(&guru, 1, "09:30").await;
    scanned(&desk, &invited["kode_qr"]).await;
    app.clock.set("2026-11-23T01:00:00Z");
    // Tokens of an hour that has not come yet are renewed, and the sessions go on.
    desk.get("/api/auth/me").await.problem(401, "belum_masuk");
    let (guru, desk) = (
        guru.with_login(guru.refresh().await.expect(200)),
        desk.with_login(desk.refresh().await.expect(200)),
    );
    assert_eq!(scanned(&desk, &invited["kode_qr"]).await["hasil"], "sudah_datang");
    let path = format!("/api/appointments/{}/status", invited["id"]);
    let met = guru.put(&path, json!({ "status": "sedang berlangsung" })).await.expect(200);
    assert_eq!(met["waktu_mulai"], met["waktu_datang"], "they met no sooner than the guest had come");
    let left = scanned(&desk, &invited["kode_qr"]).await;
    let time = |field: &str| text(&left["appointment"][field]).parse::<DateTime<Utc>>().unwrap();
    assert!(time("waktu_selesai") >= time("waktu_datang"), "left before the arrival: {left}");
}

async fn a_code_ends_two_weeks_after_its_day(place: Place) {
    let app = App::start(place).await;
    let invited = invite(&app.guru().await, 1, "09:30").await;
    let id = IdJanjiTemu(invited["id"].as_i64().expect("an id"));
    let end = "2026-12-07T17:00:00Z";
    let token = Token::janji_temu(id, end.parse().expect("a time"));
    assert_eq!(text(&invited["kode_qr"]), app.sign(&token), "the code says when it ends");
    app.clock.set("2026-12-07T16:59:59Z");
    app.desk().await.scan(&invited["kode_qr"]).await.problem(422, "bukan_hari_ini");
    app.clock.set(end);
    app.desk().await.scan(&invited["kode_qr"]).await.problem(422, "kedaluwarsa");
}

async fn an_admin_stands_in_at_the_desk_and_may_be_visited(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let mut body = invitation(1, "09:30");
    body["id_guru"] = json!(OTHER_GURU.id());
    let invited = admin.post("/api/appointments", body).await.expect(201);
    assert_eq!(scanned(&admin, &invited["kode_qr"]).await["hasil"], "datang");
}
