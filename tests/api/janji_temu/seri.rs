//! Appointments that are made together: one that repeats, and one of several guests.

use std::time::Duration;

use serde_json::{Value, json};
use server::Allowance;
use tests::{ADMIN, App, Caller, GURU, Place, invitation, invite, kunci, tamu};

use super::{create, ids};

journeys![
    an_appointment_repeats_until_its_last_day,
    each_guest_of_a_list_has_an_appointment_and_a_code,
    a_date_on_which_the_guru_is_taken_is_told,
    where_no_date_is_left_it_is_a_clash,
    a_list_sent_again_is_the_same_list,
    what_is_wrong_is_named_by_guest,
    a_number_stands_once_in_a_list,
    sixty_at_once_and_no_more,
    the_time_of_the_schools_clock_stays,
    a_guru_counts_as_asking_for_each_number,
];

/// Guest 1 at that time on 23 November 2026 and each week until that day.
fn weekly(waktu: &str, sampai: &str) -> Value {
    let mut body = invitation(1, waktu);
    body["ulang"] = json!({ "setiap": "minggu", "sampai": sampai });
    body
}

/// Guest 1, and those of the numbers.
fn together(waktu: &str, others: impl Iterator<Item = u32>) -> Value {
    let mut body = invitation(1, waktu);
    body["tamu_lain"] = others.map(tamu).collect();
    body
}

fn texts<'a>(list: &'a Value, field: &str) -> Vec<&'a str> {
    let rows = list["data"].as_array().expect("a list");
    rows.iter().map(|row| row[field].as_str().expect("text")).collect()
}

async fn total(caller: &Caller) -> i64 {
    caller.get("/api/appointments").await.expect(200)["total"].as_i64().expect("a number")
}

async fn an_appointment_repeats_until_its_last_day(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let list = create(&guru, &weekly("09:30", "2026-12-07")).await.expect(201);
    assert_eq!(texts(&list, "tanggal"), ["2026-11-23", "2026-11-30", "2026-12-07"]);
    assert_eq!(texts(&list, "waktu"), ["09:30"; 3]);
    assert_eq!(list["dilewati"], json!([]));
    let desk = app.desk().await;
    for row in list["data"].as_array().expect("a list") {
        assert!(row["pesan"]["teks"].as_str().is_some_and(|teks| teks.contains("Tamu Nomor 1")), "{row}");
        let path = format!("/api/appointments/qr/{}", row["kode_qr"].as_str().expect("a code"));
        assert_eq!(desk.get(&path).await.expect(200)["appointment"]["id"], row["id"]);
    }
    assert_eq!(total(&guru).await, 3);
    let once = create(&guru, &weekly("11:00", "2026-11-29")).await.expect(201);
    assert_eq!(ids(&once).len(), 1, "one is a list too");
}

async fn each_guest_of_a_list_has_an_appointment_and_a_code(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let mut body = together("09:30", 2..=3);
    body["tamu_lain"][0]["instansi"] = json!("SMP 3");
    body["tamu_lain"][0]["jumlah_orang"] = json!(4);
    body["tamu_lain"][1]["atas_nama"] = json!("Budi");
    let list = create(&guru, &body).await.expect(201);
    assert_eq!(texts(&list, "nama_tamu"), ["Tamu Nomor 1", "Tamu Nomor 2", "Tamu Nomor 3"]);
    let rows = &list["data"];
    assert_eq!((&rows[1]["instansi"], &rows[1]["jumlah_orang"]), (&json!("SMP 3"), &json!(4)));
    assert_eq!((&rows[2]["atas_nama"], &rows[2]["jumlah_orang"]), (&json!("Budi"), &json!(1)));
    let codes: std::collections::BTreeSet<_> = texts(&list, "kode_qr").into_iter().collect();
    assert_eq!(codes.len(), 3);
    create(&guru, &invitation(9, "09:40")).await.problem(409, "bentrok");
    let nobody_else = json!({ "tamu_lain": [] });
    let mut alone = invitation(4, "11:00");
    alone["tamu_lain"] = nobody_else["tamu_lain"].clone();
    assert_eq!(ids(&create(&guru, &alone).await.expect(201)).len(), 1);
}

async fn a_date_on_which_the_guru_is_taken_is_told(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let mut taken = invitation(8, "09:45");
    taken["tanggal"] = json!("2026-11-30");
    create(&guru, &taken).await.expect(201);
    let mut body = weekly("09:30", "2026-12-07");
    body["tamu_lain"] = json!([tamu(2)]);
    let list = create(&guru, &body).await.expect(201);
    assert_eq!(texts(&list, "tanggal"), ["2026-11-23", "2026-11-23", "2026-12-07", "2026-12-07"]);
    assert_eq!(list["dilewati"], json!([{ "tanggal": "2026-11-30", "alasan": "bentrok" }]));
    body["izinkan_bentrok"] = json!(true);
    let list = create(&guru, &body).await.expect(201);
    assert_eq!((ids(&list).len(), &list["dilewati"]), (6, &json!([])));
}

async fn where_no_date_is_left_it_is_a_clash(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    invite(&guru, 8, "09:30").await;
    let before = app.dump().await;
    let problem = create(&guru, &together("09:30", 2..=3)).await.problem(409, "bentrok");
    assert_eq!(problem.waktu_kosong.as_deref(), Some("10:00"));
    assert_eq!(app.dump().await, before, "not even the guests are entered");
}

async fn a_list_sent_again_is_the_same_list(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let mut taken = invitation(8, "09:30");
    taken["tanggal"] = json!("2026-11-30");
    create(&guru, &taken).await.expect(201);
    let mut body = weekly("09:30", "2026-12-07");
    body["tamu_lain"] = json!([tamu(2), { "nama": "Tanpa Telepon" }]);
    body["kunci"] = json!(kunci());
    let first = create(&guru, &body).await.expect(201);
    assert_eq!(ids(&first).len(), 6);
    let before = app.dump().await;
    assert_eq!(create(&guru, &body).await.expect(201), first);
    let mut other = body.clone();
    other["tamu_lain"][1]["nama"] = json!("Orang Lain");
    create(&guru, &other).await.problem(409, "kunci_dipakai");
    other["keperluan"] = json!("Lain");
    create(&guru, &other).await.problem(409, "kunci_dipakai");
    assert_eq!(app.dump().await, before);
    let mut alone = body.clone();
    let alone_fields = alone.as_object_mut().expect("an object");
    alone_fields.remove("ulang");
    alone_fields.remove("tamu_lain");
    create(&guru, &alone).await.problem(409, "kunci_dipakai");
    for others in [json!([tamu(2)]), json!([tamu(2), { "nama": "Tanpa Telepon" }, tamu(3)])] {
        let mut other = body.clone();
        other["tamu_lain"] = others;
        create(&guru, &other).await.problem(409, "kunci_dipakai");
    }
    let mut longer = body.clone();
    longer["ulang"]["sampai"] = json!("2026-12-14");
    create(&guru, &longer).await.problem(409, "kunci_dipakai");
    assert_eq!(app.dump().await, before);
}

async fn what_is_wrong_is_named_by_guest(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let before = app.dump().await;
    let mut body = weekly("09:30", "2026-11-22");
    body["tamu_lain"] = json!([
        tamu(2),
        { "nama": " ", "telp": "12", "email": "x", "jumlah_orang": 0 },
        { "nama": "Budi", "atas_nama": "?", "instansi": "a".repeat(101) },
    ]);
    let errors = create(&guru, &body).await.problem(422, "isian_tidak_valid").errors;
    let expected = [
        "tamu_lain.1.email",
        "tamu_lain.1.jumlah_orang",
        "tamu_lain.1.nama",
        "tamu_lain.1.telp",
        "tamu_lain.2.atas_nama",
        "tamu_lain.2.instansi",
        "ulang.sampai",
    ];
    assert_eq!(errors.keys().collect::<Vec<_>>(), expected);
    for (others, ulang, field) in [
        (json!([{ "nama": "Budi", "telp": 8 }]), json!(null), "tamu_lain.0.telp"),
        (json!([tamu(2), { "telp": "0812" }]), json!(null), "tamu_lain.1.nama"),
        (json!([tamu(2), { "nama": "Budi", "kode": "x" }]), json!(null), "tamu_lain.1.kode"),
        (json!([["Budi", null]]), json!(null), "tamu_lain.0"),
        (json!({}), json!(null), "tamu_lain"),
        (json!(null), json!({ "setiap": "hari", "sampai": "2026-12-07" }), "ulang.setiap"),
        (json!(null), json!({ "setiap": "minggu" }), "ulang.sampai"),
        (json!(null), json!({ "setiap": "minggu", "sampai": "2026-02-30" }), "ulang.sampai"),
        (json!(null), json!({ "setiap": "minggu", "sampai": "2027-01-24" }), "ulang.sampai"),
        (json!(null), json!({ "setiap": "minggu", "sampai": "9999-12-31" }), "ulang.sampai"),
        (json!(null), json!(["minggu", "2026-12-07"]), "ulang"),
    ] {
        let mut body = invitation(1, "09:30");
        (body["tamu_lain"], body["ulang"]) = (others, ulang);
        let errors = create(&guru, &body).await.problem(422, "isian_tidak_valid").errors;
        assert_eq!(errors.keys().collect::<Vec<_>>(), [field], "{body}");
    }
    assert_eq!(app.dump().await, before);
}

async fn a_number_stands_once_in_a_list(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let id_tamu = invite(&guru, 1, "15:00").await["id_tamu"].clone();
    let mut by_id = together("09:30", 1..=2);
    by_id.as_object_mut().expect("an object").remove("tamu");
    by_id["id_tamu"] = id_tamu;
    let mut spelled = together("09:30", 2..=3);
    spelled["tamu_lain"][1]["telp"] = json!("+62 812-0000-0002");
    for (body, field) in [
        (together("09:30", [2, 1].into_iter()), "tamu_lain.1.telp"),
        (by_id, "tamu_lain.0.telp"),
        (spelled, "tamu_lain.1.telp"),
    ] {
        let problem = create(&guru, &body).await.problem(422, "isian_tidak_valid");
        assert_eq!(problem.errors.keys().collect::<Vec<_>>(), [field]);
        assert_eq!(problem.codes[field], "sudah_dipakai");
    }
    let mut without = invitation(1, "09:30");
    without["tamu_lain"] = json!([{ "nama": "Budi" }, { "nama": "Budi" }]);
    assert_eq!(ids(&create(&guru, &without).await.expect(201)).len(), 3);
}

async fn sixty_at_once_and_no_more(place: Place) {
    let app = App::start(place).await;
    let (guru, admin) = (app.guru().await, app.admin().await);
    let problem = create(&guru, &together("09:30", 2..=61)).await.problem(422, "isian_tidak_valid");
    assert_eq!((&problem.batas["tamu_lain"], &*problem.codes["tamu_lain"]), (&vec![0, 59], "rentang"));
    let mut weekly = weekly("09:30", "2026-12-14");
    weekly["tamu_lain"] = (2..=16).map(tamu).collect();
    let problem = create(&guru, &weekly).await.problem(422, "isian_tidak_valid");
    assert_eq!(problem.batas["tamu_lain"], [0, 14]);
    weekly["tamu_lain"] = (2..=15).map(tamu).collect();
    weekly["kunci"] = json!(kunci());
    let list = create(&guru, &weekly).await.expect(201);
    assert_eq!(ids(&list).len(), 60);
    assert_eq!(create(&guru, &weekly).await.expect(201), list);

    admin.put("/api/settings", json!({ "versi": 0, "batas_pesan_bulan": 24 })).await.expect(200);
    let mut long = invitation(1, "12:00");
    long["ulang"] = json!({ "setiap": "minggu", "sampai": "2028-11-01" });
    let problem = create(&guru, &long).await.problem(422, "isian_tidak_valid");
    assert_eq!(problem.batas["ulang.sampai"], [1, 60]);
}

async fn the_time_of_the_schools_clock_stays(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let there = json!({ "versi": 0, "zona_waktu": "Europe/Berlin", "batas_pesan_bulan": 6 });
    admin.put("/api/settings", there).await.expect(200);
    let mut body = invitation(1, "09:30");
    body["id_guru"] = json!(GURU.id());
    body["tanggal"] = json!("2027-03-21");
    body["ulang"] = json!({ "setiap": "minggu", "sampai": "2027-04-04" });
    let list = create(&admin, &body).await.expect(201);
    let expected = ["2027-03-21T08:30:00Z", "2027-03-28T07:30:00Z", "2027-04-04T07:30:00Z"];
    assert_eq!(texts(&list, "jadwal"), expected);
    // The clock skips that time on 28 March.
    body["waktu"] = json!("02:30");
    let list = create(&admin, &body).await.expect(201);
    assert_eq!(texts(&list, "tanggal"), ["2027-03-21", "2027-04-04"]);
    assert_eq!(list["dilewati"], json!([{ "tanggal": "2027-03-28", "alasan": "waktu_tidak_ada" }]));
}

async fn a_guru_counts_as_asking_for_each_number(place: Place) {
    let few = Allowance { burst: 5, every: Duration::from_secs(3600) };
    let app = App::with(place, |config| config.reads.nomor = few).await;
    let guru = app.guru().await;
    let mut body = together("09:30", 2..=4);
    body["tamu_lain"][2] = json!({ "nama": "Tanpa Telepon" });
    create(&guru, &body).await.expect(201);
    let before = app.dump().await;
    create(&guru, &together("10:30", 12..=20)).await.problem(429, "terlalu_sering");
    assert_eq!(app.dump().await, before);
    // The same sent again asks about nobody anew.
    let mut kept = together("12:00", 5..=5);
    kept["kunci"] = json!(kunci());
    let app_guru = app.other_guru().await;
    let made = create(&app_guru, &kept).await.expect(201);
    for _ in 0..5 {
        assert_eq!(create(&app_guru, &kept).await.expect(201), made);
    }
    let mut body = together("14:00", 2..=9);
    body["id_guru"] = json!(ADMIN.id());
    create(&app.admin().await, &body).await.expect(201);
}
