//! Another time for an appointment, in one request.

use chrono::Duration;
use serde_json::{Value, json};
use tests::{Answer, App, Caller, GURU, OTHER_GURU, Place, invitation, invite};

use super::{
    create,
    moves::{STATUSES, way_to},
};

journeys![
    an_appointment_keeps_its_identity_and_gets_another_time,
    the_guru_concerned_and_the_reception_hear_of_it_once,
    sent_again_it_answers_the_same_and_tells_nobody,
    a_guru_moves_only_their_own_and_the_desk_moves_any,
    only_what_nobody_has_come_to_gets_another_time,
    another_time_is_bookable_from_this_minute_to_two_months_ahead,
    a_taken_guru_keeps_an_appointment_where_it_is_unless_asked_for,
    moved_to_another_day_both_codes_are_good_on_that_day_only,
    a_code_given_out_before_ends_by_itself_and_the_new_one_is_good,
    a_guest_who_comes_while_it_is_moved_is_there_or_is_not,
    the_reception_hands_it_over_and_everybody_concerned_hears_of_it,
];

async fn reschedule(caller: &Caller, janji: &Value, body: Value) -> Answer {
    caller.put(&format!("/api/appointments/{}/schedule", janji["id"]), body).await
}

fn at(tanggal: &str, waktu: &str) -> Value {
    json!({ "tanggal": tanggal, "waktu": waktu })
}

/// How often guests were told when to come.
async fn invitations(app: &App) -> usize {
    let dump = app.dump().await;
    dump.iter()
        .filter(|line| {
            line.starts_with("pesan_keluar") && (line.contains("undangan") || line.contains("pindah"))
        })
        .count()
}

async fn an_appointment_keeps_its_identity_and_gets_another_time(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let before = invite(&guru, 1, "09:30").await;
    let mut body = at("2026-11-24", "13:15");
    body["durasi_menit"] = json!(45);
    let after = reschedule(&guru, &before, body).await.expect(200);
    let kode = after["kode_qr"].as_str().expect("a code");
    let teks = format!(
        "Yth. Bapak/Ibu Tamu Nomor 1,\n\n\
         Jadwal janji temu Bapak/Ibu dengan Ratna Wulandari di Sekolah diubah. Jadwal yang baru:\n\n\
         Waktu: Selasa, 24 November 2026, pukul 13.15\nLama: 45 menit\nKeperluan: Konsultasi nilai\n\
         Tempat: Lobi utama\n\n\
         Kode QR yang sudah Bapak/Ibu terima tetap berlaku.\nKode: {kode}\n\n\
         Terima kasih atas pengertiannya.\nSekolah"
    );
    let link = reqwest::Url::parse(after["pesan"]["tautan_wa"].as_str().expect("a link")).expect("a URL");
    assert_eq!((link.host_str(), link.path()), (Some("wa.me"), "/6281200000001"));
    assert_eq!(link.query_pairs().collect::<Vec<_>>(), [("text".into(), teks.as_str().into())]);
    let mut expected = before.clone();
    for (field, value) in [
        ("versi", json!(2)),
        ("tanggal", json!("2026-11-24")),
        ("waktu", json!("13:15")),
        ("jadwal", json!("2026-11-24T06:15:00Z")),
        ("durasi_menit", json!(45)),
        ("kode_qr", json!(kode)),
        ("pesan", json!({ "teks": teks, "tautan_wa": link.as_str() })),
    ] {
        expected[field] = value;
    }
    assert_eq!(after, expected);
    assert_ne!(after["kode_qr"], before["kode_qr"], "the code ends later");
    let mut kept = guru.get(&format!("/api/appointments/{}", before["id"])).await.expect(200);
    kept["pesan"] = after["pesan"].clone();
    assert_eq!(kept, after);
    let short = reschedule(&guru, &before, at("2026-11-24", "08:00")).await.expect(200);
    assert_eq!(short["durasi_menit"], 45, "as long as before");
}

async fn the_guru_concerned_and_the_reception_hear_of_it_once(place: Place) {
    let app = App::start(place).await;
    let (guru, other, desk) = (app.guru().await, app.other_guru().await, app.desk().await);
    let before = invite(&guru, 1, "10:00").await;
    let (mut for_guru, mut for_other, mut for_desk) =
        (guru.subscribe().await, other.subscribe().await, desk.subscribe().await);
    let after = reschedule(&desk, &before, at("2026-11-24", "10:00")).await.expect(200);
    reschedule(&desk, &before, at("2026-11-24", "10:00")).await.expect(200);
    let theirs = invite(&other, 2, "10:00").await;
    let own = invite(&guru, 3, "10:00").await;
    for socket in [&mut for_guru, &mut for_desk] {
        let told = socket.next_of("appointment").await;
        for field in ["id", "versi", "tanggal", "jadwal", "kode_qr"] {
            assert_eq!(told[field], after[field], "{field}");
        }
    }
    assert_eq!(for_desk.next_of("appointment").await["id"], theirs["id"], "told twice of one change");
    assert_eq!(for_guru.next_of("appointment").await["id"], own["id"], "told twice of one change");
    assert_eq!(for_other.next_of("appointment").await["id"], theirs["id"], "told of another guru's");
}

async fn sent_again_it_answers_the_same_and_tells_nobody(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let before = invite(&guru, 1, "10:00").await;
    assert_eq!(invitations(&app).await, 1);
    let first = reschedule(&guru, &before, at("2026-11-23", "11:00")).await.expect(200);
    assert_eq!(invitations(&app).await, 1, "what still waits is written with the new time");
    assert_eq!(first["versi"], 2);
    let mut clash = invitation(2, "11:00");
    clash["izinkan_bentrok"] = json!(true);
    create(&guru, &clash).await.expect(201);
    let kept = app.dump().await;
    app.clock.advance(Duration::minutes(3));
    for _ in 0..3 {
        assert_eq!(reschedule(&guru, &before, at("2026-11-23", "11:00")).await.expect(200), first);
    }
    assert_eq!(app.dump().await, kept, "it had that time already");
    let tries: Vec<_> = (0..16)
        .map(|_| {
            let (guru, before) = (guru.clone(), before.clone());
            tokio::spawn(async move {
                reschedule(&guru, &before, at("2026-11-24", "11:00")).await.expect(200)["versi"].clone()
            })
        })
        .collect();
    for answer in tries {
        assert_eq!(answer.await.expect("an answer"), json!(3));
    }
    assert_eq!(invitations(&app).await, 2, "one that waits of each guest");
}

async fn a_guru_moves_only_their_own_and_the_desk_moves_any(place: Place) {
    let app = App::start(place).await;
    let (guru, other) = (app.guru().await, app.other_guru().await);
    let janji = invite(&guru, 1, "10:00").await;
    let before = app.dump().await;
    reschedule(&other, &janji, at("2026-11-23", "11:00")).await.problem(404, "tidak_ditemukan");
    // Ownership is checked before what is asked for.
    reschedule(&other, &janji, at("kemarin", "11:00")).await.problem(404, "tidak_ditemukan");
    reschedule(&guru, &json!({ "id": 999 }), at("2026-11-23", "11:00")).await.problem(404, "tidak_ditemukan");
    assert_eq!(app.dump().await, before);
    for (caller, waktu) in [(guru, "11:00"), (app.desk().await, "12:00"), (app.admin().await, "13:00")] {
        let after = reschedule(&caller, &janji, at("2026-11-23", waktu)).await.expect(200);
        assert_eq!((&after["waktu"], &after["id_guru"]), (&json!(waktu), &json!(GURU.id())));
    }
}

async fn only_what_nobody_has_come_to_gets_another_time(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    for (n, status) in (1..).zip(STATUSES) {
        let mut body = invitation(n, "09:00");
        body["izinkan_bentrok"] = json!(true);
        let janji = create(&guru, &body).await.expect(201);
        let path = format!("/api/appointments/{}/status", janji["id"]);
        for step in way_to(status) {
            guru.put(&path, json!({ "status": step })).await.expect(200);
        }
        let before = app.dump().await;
        let mut body = at("2026-11-24", "10:00");
        body["izinkan_bentrok"] = json!(true);
        let answer = reschedule(&guru, &janji, body).await;
        if status == "belum" {
            assert_eq!(answer.expect(200)["status"], "belum");
        } else {
            answer.problem(409, "transisi_tidak_sah");
            assert_eq!(app.dump().await, before, "{status}: it was refused and done");
        }
    }
}

async fn another_time_is_bookable_from_this_minute_to_two_months_ahead(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let janji = invite(&guru, 1, "10:00").await;
    for (tanggal, waktu) in [("2026-11-23", "09:00"), ("2027-01-23", "23:59")] {
        reschedule(&guru, &janji, at(tanggal, waktu)).await.expect(200);
    }
    for (tanggal, waktu) in [("2026-11-23", "08:59"), ("2027-01-24", "00:00")] {
        let refused = reschedule(&guru, &janji, at(tanggal, waktu)).await.problem(422, "isian_tidak_valid");
        let mut body = invitation(2, waktu);
        body["tanggal"] = json!(tanggal);
        let as_in_making_one = create(&guru, &body).await.problem(422, "isian_tidak_valid");
        assert_eq!(refused.errors, as_in_making_one.errors, "{tanggal} {waktu}");
    }
}

async fn a_taken_guru_keeps_an_appointment_where_it_is_unless_asked_for(place: Place) {
    let app = App::start(place).await;
    let (guru, other) = (app.guru().await, app.other_guru().await);
    let janji = invite(&guru, 1, "10:30").await;
    invite(&guru, 2, "10:00").await;
    invite(&other, 3, "10:30").await;
    let before = app.dump().await;
    let refused = reschedule(&guru, &janji, at("2026-11-23", "10:15")).await.problem(409, "bentrok");
    assert_eq!(refused.waktu_kosong.as_deref(), Some("10:30"), "its own time is free: {refused:?}");
    let made = create(&guru, &invitation(4, "10:15")).await.problem(409, "bentrok");
    assert_eq!((&made.title, &made.detail), (&refused.title, &refused.detail), "as in making one");
    assert_eq!(app.dump().await, before);
    // It overlaps half of its own old time.
    reschedule(&guru, &janji, at("2026-11-23", "10:45")).await.expect(200);
    let mut asked_for = at("2026-11-23", "10:15");
    asked_for["izinkan_bentrok"] = json!(true);
    assert_eq!(reschedule(&guru, &janji, asked_for).await.expect(200)["waktu"], "10:15");
}

async fn moved_to_another_day_both_codes_are_good_on_that_day_only(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let mut codes = Vec::new();
    for n in [1, 2] {
        let waktu = format!("1{n}:00");
        let old = invite(&guru, n, &waktu).await;
        let new = reschedule(&guru, &old, at("2026-11-25", &waktu)).await.expect(200);
        codes.push([old["kode_qr"].clone(), new["kode_qr"].clone()]);
    }
    // Whichever picture the guest shows first, the other one belongs to the same visit.
    codes[1].reverse();
    let desk = app.desk().await;
    for kode in codes.iter().flatten() {
        desk.scan(kode).await.problem(422, "bukan_hari_ini");
    }
    app.clock.set("2026-11-25T04:00:00Z");
    let desk = app.desk().await;
    for [first, second] in &codes {
        assert_ne!(first, second);
        let arrived = desk.scan(first).await.expect(200);
        assert_eq!(arrived["hasil"], "datang", "{arrived}");
        let again = desk.scan(second).await.expect(200);
        assert_eq!(again["hasil"], "sudah_datang", "{again}");
        assert_eq!(again["appointment"]["id"], arrived["appointment"]["id"]);
    }
}

async fn a_code_given_out_before_ends_by_itself_and_the_new_one_is_good(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let old = invite(&guru, 1, "10:00").await;
    let new = reschedule(&guru, &old, at("2027-01-20", "10:00")).await.expect(200);
    app.clock.set("2027-01-20T03:00:00Z");
    let desk = app.desk().await;
    desk.scan(&old["kode_qr"]).await.problem(422, "kedaluwarsa");
    assert_eq!(desk.scan(&new["kode_qr"]).await.expect(200)["hasil"], "datang");
}

async fn a_guest_who_comes_while_it_is_moved_is_there_or_is_not(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    for n in 1..=6 {
        let janji = invite(&guru, n, &format!("1{n}:00")).await;
        let tomorrow = at("2026-11-24", &format!("1{n}:00"));
        let (moved, scanned) =
            tokio::join!(reschedule(&guru, &janji, tomorrow), desk.scan(&janji["kode_qr"]));
        if moved.status == 200 {
            scanned.problem(422, "bukan_hari_ini");
        } else {
            moved.problem(409, "transisi_tidak_sah");
            assert_eq!(scanned.expect(200)["hasil"], "datang");
        }
    }
}

async fn the_reception_hands_it_over_and_everybody_concerned_hears_of_it(place: Place) {
    let app = App::start(place).await;
    let (admin, guru, other) = (app.admin().await, app.guru().await, app.other_guru().await);
    let before = invite(&guru, 1, "10:00").await;
    let taken = invite(&other, 2, "10:15").await;
    let over = |izinkan_bentrok| {
        let mut body = at("2026-11-23", "10:00");
        body["id_guru"] = json!(OTHER_GURU.id());
        body["izinkan_bentrok"] = json!(izinkan_bentrok);
        body
    };
    reschedule(&guru, &before, over(true)).await.problem(403, "terlarang");
    let mut nobody = over(true);
    nobody["id_guru"] = json!(999_999);
    reschedule(&admin, &before, nobody).await.wrong_fields(&["id_guru"]);
    let clash = reschedule(&admin, &before, over(false)).await.problem(409, "bentrok");
    assert_eq!(clash.waktu_kosong.as_deref(), Some("10:45"));
    let (mut left, mut told) = (guru.subscribe().await, other.subscribe().await);
    let after = reschedule(&admin, &before, over(true)).await.expect(200);
    assert_eq!((&after["id"], &after["id_guru"]), (&before["id"], &json!(OTHER_GURU.id())));
    assert_eq!((&after["tanggal"], &after["waktu"]), (&before["tanggal"], &before["waktu"]));
    for told in [&mut left, &mut told] {
        assert_eq!(told.next_of("appointment").await["id_guru"], json!(OTHER_GURU.id()));
    }
    let path = format!("/api/appointments/{}", before["id"]);
    guru.get(&path).await.problem(404, "tidak_ditemukan");
    assert_eq!(other.get(&path).await.expect(200)["status"], "belum");
    let again = reschedule(&admin, &before, over(false)).await.expect(200);
    assert_eq!(
        (&again["versi"], &taken["status"]),
        (&after["versi"], &json!("belum")),
        "nothing is left to do"
    );
    let audit = admin.get("/api/audit?aksi=jadwal_ulang").await.expect(200);
    let entry = &audit["data"][0];
    assert_eq!(
        (&entry["sebelum"]["id_guru"], &entry["sesudah"]["id_guru"]),
        (&json!(GURU.id()), &json!(OTHER_GURU.id()))
    );
}
