//! The evacuation list: who is on it, who ticks, who is told, and what becomes of it while the database is away.

use chrono::Duration;
use reqwest::Method;
use serde_json::{Value, json};
use tests::{App, Caller, Condition, DESK, GURU, NO_MSSQL, Place, invite, skip, walk_in};

journeys![
    everybody_in_the_building_is_on_the_list,
    ticks_go_to_all_of_the_staff_and_can_be_taken_back,
    a_guru_ticks_and_does_not_end_it,
    the_first_tick_of_who_leads_begins_one,
    outside_of_an_evacuation_a_guru_sees_no_names_and_begins_none,
    what_a_phone_kept_does_not_undo_what_is_newer,
    who_arrives_meanwhile_appears_and_who_leaves_goes,
    what_is_wrong_is_refused_and_changes_nothing,
    the_meeting_point_is_a_setting,
    a_closed_database_is_answered_from_memory,
    who_signed_out_is_not_remembered,
    the_audit_tells_who_did_it_as_what_and_from_where,
];

fn ids(list: &Value) -> Vec<Value> {
    list["data"].as_array().expect("a list").iter().map(|row| row["id"].clone()).collect()
}

async fn list(caller: &Caller) -> Value {
    caller.get("/api/evakuasi").await.expect(200)
}

async fn tick(caller: &Caller, visit: &Value, aman: bool) -> Value {
    caller.put(&format!("/api/evakuasi/{}", visit["id"]), json!({ "aman": aman })).await.expect(200)
}

async fn arrive(desk: &Caller, n: u32, jumlah_orang: u32) -> Value {
    let mut guest = walk_in(n, &GURU);
    guest["jumlah_orang"] = json!(jumlah_orang);
    desk.post("/api/appointments/walk-in", guest).await.expect(201)
}

async fn everybody_in_the_building_is_on_the_list(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let invited = invite(&guru, 1, "09:00").await;
    invite(&guru, 2, "13:00").await;
    desk.scan(&invited["kode_qr"]).await.expect(200);
    app.clock.advance(Duration::minutes(1));
    let group = arrive(&desk, 3, 12).await;
    let answer = json!({ "tanggapan_jenis": "antar", "tanggapan_tempat": "Lab IPA" });
    guru.post(&format!("/api/notifications/{}/respond", group["id"]), answer).await.expect(200);
    let shown = list(&desk).await;
    assert_eq!(ids(&shown), [invited["id"].clone(), group["id"].clone()], "{shown}");
    assert_eq!((&shown["total_orang"], &shown["aman_orang"]), (&json!(13), &json!(0)));
    assert_eq!(shown["data"][1]["tempat"], "Lab IPA");
    assert_eq!(shown["data"][0]["tempat"], Value::Null);
    assert_eq!((&shown["mulai"], &shown["salinan"]), (&Value::Null, &json!(false)));
    assert!(!shown.to_string().contains("kode"), "no code leaves by this list: {shown}");
}

async fn ticks_go_to_all_of_the_staff_and_can_be_taken_back(place: Place) {
    let app = App::start(place).await;
    let (guru, other, desk) = (app.guru().await, app.other_guru().await, app.desk().await);
    let here = arrive(&desk, 1, 3).await;
    let mut other_sees = other.subscribe().await;
    desk.post("/api/evakuasi", json!({})).await.expect(200);
    other_sees.next_of("evakuasi").await;
    app.clock.advance(Duration::minutes(1));
    let ticked = tick(&guru, &here, true).await;
    other_sees.next_of("evakuasi").await;
    let row = &ticked["data"][0];
    assert_eq!((&row["aman"], &row["dicentang_oleh"]), (&json!(true), &json!(GURU.nama)), "{row}");
    assert_eq!(row["dicentang_pada"], "2026-11-23T02:01:00Z");
    assert_eq!(ticked["aman_orang"], 3);
    assert_eq!(list(&other).await, ticked);
    let back = tick(&desk, &here, false).await;
    assert_eq!((&back["aman_orang"], &back["data"][0]["aman"]), (&json!(0), &json!(false)));
    other_sees.next_of("evakuasi").await;
    app.clock.advance(Duration::minutes(1));
    let ended = desk.delete("/api/evakuasi").await.expect(200);
    assert_eq!((&ended["mulai"], &ended["mulai_oleh"]), (&json!("2026-11-23T02:00:00Z"), &json!(DESK.nama)));
    assert_eq!(ended["selesai"], "2026-11-23T02:02:00Z");
    assert_eq!(desk.delete("/api/evakuasi").await.expect(200), ended, "once more");
}

async fn a_guru_ticks_and_does_not_end_it(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let here = arrive(&desk, 1, 1).await;
    guru.post("/api/evakuasi", json!({})).await.problem(403, "terlarang");
    desk.post("/api/evakuasi", json!({})).await.expect(200);
    tick(&guru, &here, true).await;
    guru.delete("/api/evakuasi").await.problem(403, "terlarang");
    assert_eq!(list(&desk).await["aman_orang"], 1);
}

async fn the_first_tick_of_who_leads_begins_one(place: Place) {
    let app = App::start(place).await;
    let desk = app.desk().await;
    let here = arrive(&desk, 1, 1).await;
    let ticked = tick(&desk, &here, true).await;
    assert_eq!(
        (&ticked["mulai"], &ticked["mulai_oleh"]),
        (&json!("2026-11-23T02:00:00Z"), &json!(DESK.nama))
    );
    app.clock.advance(Duration::minutes(1));
    let again = desk.post("/api/evakuasi", json!({})).await.expect(200);
    assert_eq!((&again["mulai"], &again["aman_orang"]), (&ticked["mulai"], &json!(1)), "it goes on already");
}

async fn outside_of_an_evacuation_a_guru_sees_no_names_and_begins_none(place: Place) {
    let app = App::start(place).await;
    let (guru, desk, admin) = (app.guru().await, app.desk().await, app.admin().await);
    let here = arrive(&desk, 1, 3).await;
    let path = format!("/api/evakuasi/{}", here["id"]);
    let before = app.dump().await;
    for body in [json!({ "aman": true }), json!({ "aman": false }), json!({ "aman": true, "umur_detik": 60 })]
    {
        guru.put(&path, body).await.problem(403, "terlarang");
    }
    // Nothing tells which visits there are.
    guru.put("/api/evakuasi/987654", json!({ "aman": true })).await.problem(403, "terlarang");
    assert_eq!(app.dump().await, before);
    let counted = |list: &Value| (ids(list).len(), list["total_orang"].clone());
    assert_eq!(counted(&list(&guru).await), (0, json!(3)));
    for caller in [&desk, &admin] {
        assert_eq!(counted(&list(caller).await), (1, json!(3)));
    }
    desk.post("/api/evakuasi", json!({})).await.expect(200);
    assert_eq!(counted(&list(&guru).await), (1, json!(3)));
    assert_eq!(counted(&tick(&guru, &here, true).await), (1, json!(3)));
    app.clock.advance(Duration::minutes(1));
    desk.delete("/api/evakuasi").await.expect(200);
    assert_eq!(counted(&list(&guru).await), (0, json!(3)));
    guru.put(&path, json!({ "aman": true })).await.problem(403, "terlarang");
    let late = guru.put(&path, json!({ "aman": true, "umur_detik": 30 })).await.expect(200);
    assert_eq!(counted(&late), (0, json!(3)), "what a phone kept is no reason to tell names");
}

async fn what_a_phone_kept_does_not_undo_what_is_newer(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let here = arrive(&desk, 1, 1).await;
    let path = format!("/api/evakuasi/{}", here["id"]);
    desk.post("/api/evakuasi", json!({})).await.expect(200);
    app.clock.advance(Duration::minutes(10));
    tick(&desk, &here, true).await;
    tick(&desk, &here, false).await;
    app.clock.advance(Duration::minutes(1));
    let late = guru.put(&path, json!({ "aman": true, "umur_detik": 300 })).await.expect(200);
    assert_eq!(late["aman_orang"], 0, "somebody took it back since");
    let newer = guru.put(&path, json!({ "aman": true, "umur_detik": 30 })).await.expect(200);
    assert_eq!(newer["data"][0]["dicentang_pada"], "2026-11-23T02:10:30Z");
    desk.delete("/api/evakuasi").await.expect(200);
    let after = guru.put(&path, json!({ "aman": true, "umur_detik": 60 })).await.expect(200);
    assert_eq!((&after["aman_orang"], after["selesai"].is_string()), (&json!(0), true), "it is over");
}

async fn who_arrives_meanwhile_appears_and_who_leaves_goes(place: Place) {
    let app = App::start(place).await;
    let (guru, other, desk) = (app.guru().await, app.other_guru().await, app.desk().await);
    let here = arrive(&desk, 1, 1).await;
    let mut other_sees = other.subscribe().await;
    desk.post("/api/evakuasi", json!({})).await.expect(200);
    other_sees.next_of("evakuasi").await;
    let late = arrive(&desk, 2, 2).await;
    other_sees.next_of("evakuasi").await;
    assert_eq!(ids(&list(&guru).await), [here["id"].clone(), late["id"].clone()]);
    let left = json!({ "status": "selesai" });
    desk.put(&format!("/api/appointments/{}/status", here["id"]), left).await.expect(200);
    other_sees.next_of("evakuasi").await;
    assert_eq!(ids(&list(&guru).await), [late["id"].clone()]);
}

async fn what_is_wrong_is_refused_and_changes_nothing(place: Place) {
    let app = App::start(place).await;
    let desk = app.desk().await;
    let here = arrive(&desk, 1, 1).await;
    let path = format!("/api/evakuasi/{}", here["id"]);
    let before = app.dump().await;
    desk.put("/api/evakuasi/987654", json!({ "aman": true })).await.problem(404, "tidak_ditemukan");
    for wrong in [
        json!({}),
        json!({ "aman": "ya" }),
        json!({ "aman": true, "umur_detik": -1 }),
        json!({ "aman": true, "umur_detik": 86_401 }),
        json!({ "aman": true, "oleh": 1 }),
    ] {
        desk.put(&path, wrong).await.problem(422, "isian_tidak_valid");
    }
    assert_eq!(app.dump().await, before);
}

async fn the_meeting_point_is_a_setting(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    assert_eq!(list(&admin).await["titik_kumpul"], "");
    let versi = admin.get("/api/settings").await.expect(200)["versi"].clone();
    let change = json!({ "versi": versi, "titik_kumpul": "Lapangan upacara" });
    admin.put("/api/settings", change).await.expect(200);
    assert_eq!(list(&admin).await["titik_kumpul"], "Lapangan upacara");
}

async fn a_closed_database_is_answered_from_memory(place: Place) {
    let app = App::start(place).await;
    let (guru, desk, stranger) = (app.guru().await, app.desk().await, app.other_guru().await);
    let (one, two) = (arrive(&desk, 1, 3).await, arrive(&desk, 2, 1).await);
    let loaded = list(&guru).await["dimuat_pada"].clone();
    let mut guru_sees = guru.subscribe().await;
    app.close_database().await;
    app.clock.advance(Duration::minutes(2));
    let shown = list(&desk).await;
    assert_eq!(ids(&shown), [one["id"].clone(), two["id"].clone()]);
    assert_eq!((&shown["salinan"], &shown["dimuat_pada"]), (&json!(true), &loaded), "its age is told");
    desk.post("/api/evakuasi", json!({})).await.expect(200);
    guru_sees.next_of("evakuasi").await;
    let ticked = tick(&guru, &one, true).await;
    guru_sees.next_of("evakuasi").await;
    assert_eq!((&ticked["aman_orang"], &ticked["mulai_oleh"]), (&json!(3), &json!(DESK.nama)), "{ticked}");
    assert_eq!(list(&desk).await, ticked, "everybody sees it");
    assert_eq!(tick(&desk, &one, false).await["aman_orang"], 0);
    desk.put("/api/evakuasi/987654", json!({ "aman": true })).await.problem(404, "tidak_ditemukan");
    guru.delete("/api/evakuasi").await.problem(403, "terlarang");
    assert!(desk.delete("/api/evakuasi").await.expect(200)["selesai"].is_string());
    // Nobody was seen here with this session before.
    stranger.get("/api/evakuasi").await.problem(503, "database_tidak_tersedia");
    app.nobody().get("/api/evakuasi").await.problem(401, "belum_masuk");
    app.clock.advance(Duration::minutes(20));
    desk.get("/api/evakuasi").await.problem(401, "token_kedaluwarsa");
}

async fn who_signed_out_is_not_remembered(place: Place) {
    let app = App::start(place).await;
    let (guru, desk, admin) = (app.guru().await, app.desk().await, app.admin().await);
    for caller in [&guru, &desk, &admin] {
        list(caller).await;
    }
    guru.request(Method::POST, "/api/auth/logout").send().await.expect("an answer");
    admin.put(&format!("/api/users/{}", DESK.id()), json!({ "aktif": false })).await.expect(200);
    app.close_database().await;
    guru.get("/api/evakuasi").await.problem(503, "database_tidak_tersedia");
    desk.get("/api/evakuasi").await.problem(503, "database_tidak_tersedia");
    assert_eq!(list(&admin).await["salinan"], true);
}

/// Verb, actor, role and address of each entry about evacuations, newest first.
async fn told(admin: &Caller) -> Vec<[Value; 4]> {
    let entries = admin.get("/api/audit?objek=evakuasi&ukuran=50").await.expect(200);
    let entries = entries["data"].as_array().expect("a list");
    let fields = ["aksi", "nama_pelaku", "role", "alamat"];
    entries.iter().map(|entry| fields.map(|field| entry[field].clone())).collect()
}

fn entry(aksi: &str, nama: &str, role: &str) -> [Value; 4] {
    [json!(aksi), json!(nama), json!(role), json!("127.0.0.1")]
}

async fn the_audit_tells_who_did_it_as_what_and_from_where(place: Place) {
    let app = App::start(place).await;
    let (admin, guru, desk) = (app.admin().await, app.guru().await, app.desk().await);
    let here = arrive(&desk, 1, 1).await;
    desk.delete("/api/evakuasi").await.expect(200);
    desk.post("/api/evakuasi", json!({})).await.expect(200);
    desk.post("/api/evakuasi", json!({})).await.expect(200);
    app.clock.advance(Duration::minutes(2));
    tick(&guru, &here, true).await;
    let late = json!({ "aman": false, "umur_detik": 60 });
    desk.put(&format!("/api/evakuasi/{}", here["id"]), late).await.expect(200);
    desk.delete("/api/evakuasi").await.expect(200);
    desk.delete("/api/evakuasi").await.expect(200);
    let expected = [
        entry("akhiri", DESK.nama, "Penerima Tamu"),
        entry("tandai", GURU.nama, "Guru"),
        entry("mulai", DESK.nama, "Penerima Tamu"),
    ];
    assert_eq!(told(&admin).await, expected, "what changes nothing is not told");
}

/// What was done while the database was away is in it once it is back.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_was_ticked_meanwhile_is_kept_once_the_database_is_back() {
    if !tests::MssqlDatabase::is_named() {
        return skip(NO_MSSQL);
    }
    let (app, line) = App::at_the_end_of_a_line(&[]).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let (one, two) = (arrive(&desk, 1, 3).await, arrive(&desk, 2, 1).await);
    for caller in [&guru, &desk] {
        list(caller).await;
    }
    line.set(Condition::Cut);
    assert_eq!(list(&desk).await["salinan"], true);
    desk.post("/api/evakuasi", json!({})).await.expect(200);
    tick(&guru, &one, true).await;
    tick(&desk, &two, true).await;
    tick(&desk, &two, false).await;
    line.set(Condition::Whole);
    let back = async {
        loop {
            let shown = list(&guru).await;
            if shown["salinan"] == false {
                return shown;
            }
            tests::pause().await;
        }
    };
    let shown = tests::within("the database's return", back).await;
    assert_eq!((&shown["aman_orang"], &shown["mulai_oleh"]), (&json!(3), &json!(DESK.nama)), "{shown}");
    assert_eq!(shown["data"][0]["dicentang_oleh"], GURU.nama);
    let kept = app.dump().await.into_iter().filter(|row| row.starts_with("centang ")).count();
    assert_eq!(kept, 2, "a tick for each visit");
    let expected = [
        entry("tandai", DESK.nama, "Penerima Tamu"),
        entry("tandai", DESK.nama, "Penerima Tamu"),
        entry("tandai", GURU.nama, "Guru"),
        entry("mulai", DESK.nama, "Penerima Tamu"),
    ];
    assert_eq!(told(&app.admin().await).await, expected);
}
