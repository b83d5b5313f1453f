//! The admin's view of guests and appointments: the card, two entries made one, lists of years, what an erasure leaves.

use chrono::Duration;
use domain::tamu::TERHAPUS;
use serde_json::{Value, json};
use tests::{App, Caller, GURU, Place, invite, put_status, tamu, walk_in};

journeys![
    two_entries_of_one_guest_become_one_and_come_apart,
    what_is_no_merge_is_refused_and_changes_nothing,
    a_printed_code_and_a_second_number_find_the_kept_guest,
    a_guest_in_the_building_is_merged_and_everybody_sees_it,
    after_a_day_a_merge_stays,
    a_card_tells_what_the_visits_come_to,
    guests_are_listed_by_what_they_asked_for_and_agreed_to,
    appointments_are_found_by_guest_guru_and_kind_newest_first,
    one_who_is_awaited_is_erased_in_one_step,
    nothing_moves_of_a_visit_whose_guest_was_erased,
];

async fn guest(desk: &Caller, n: u32) -> Value {
    desk.post("/api/tamu", tamu(n)).await.expect(201)
}

fn path(tamu: &Value, act: &str) -> String {
    format!("/api/tamu/{}/{act}", tamu["id"])
}

async fn merge(admin: &Caller, kept: &Value, other: &Value) -> Value {
    admin.post(&path(kept, "gabung"), json!({ "id_lain": other["id"] })).await.expect(200)
}

async fn visits(admin: &Caller, id: &Value) -> Vec<Value> {
    let list = admin.get(&format!("/api/appointments?id_tamu={id}")).await.expect(200);
    list["data"].as_array().expect("a list").iter().map(|row| row["waktu"].clone()).collect()
}

async fn two_entries_of_one_guest_become_one_and_come_apart(place: Place) {
    let app = App::start(place).await;
    let (admin, guru) = (app.admin().await, app.guru().await);
    let first = invite(&guru, 1, "10:00").await;
    let second = invite(&guru, 2, "11:00").await;
    let (kept, other) = (json!({ "id": first["id_tamu"] }), json!({ "id": second["id_tamu"] }));
    let mut told = guru.subscribe().await;
    let card = merge(&admin, &kept, &other).await;
    assert_eq!((&card["id"], &card["nama"]), (&kept["id"], &json!("Tamu Nomor 1")));
    assert_eq!(
        card["gabungan"],
        json!([{
            "id": other["id"], "nama": "Tamu Nomor 2", "pada": "2026-11-23T02:00:00Z",
            "bisa_dipisah_sampai": "2026-11-24T02:00:00Z",
        }])
    );
    assert_eq!(told.next_of("appointment").await["nama_tamu"], "Tamu Nomor 1");
    assert_eq!(visits(&admin, &kept["id"]).await, ["10:00", "11:00"]);
    assert_eq!(admin.get(&format!("/api/tamu/{}", other["id"])).await.expect(200), card, "as by a bookmark");
    let before = app.dump().await;
    assert_eq!(merge(&admin, &kept, &other).await, card, "sent again it answers the same");
    assert_eq!(app.dump().await, before);
    let apart = admin.post(&path(&kept, "pisah"), json!({ "id_lain": other["id"] })).await.expect(200);
    assert_eq!((&apart["id"], &apart["gabungan"]), (&kept["id"], &json!([])));
    assert_eq!(visits(&admin, &kept["id"]).await, ["10:00"]);
    assert_eq!(visits(&admin, &other["id"]).await, ["11:00"]);
    assert_eq!(admin.get(&format!("/api/tamu/{}", other["id"])).await.expect(200)["telp"], "+6281200000002");
}

async fn what_is_no_merge_is_refused_and_changes_nothing(place: Place) {
    let app = App::start(place).await;
    let (admin, desk) = (app.admin().await, app.desk().await);
    let (kept, other, erased) = (guest(&desk, 1).await, guest(&desk, 2).await, guest(&desk, 3).await);
    admin.post(&path(&erased, "hapus"), json!({})).await.expect(202);
    let before = app.dump().await;
    let gabung = path(&kept, "gabung");
    for id_lain in [&kept["id"], &erased["id"], &json!(999)] {
        admin.post(&gabung, json!({ "id_lain": id_lain })).await.wrong_fields(&["id_lain"]);
    }
    for wrong in [json!({}), json!({ "id_lain": "2" }), json!({ "id_lain": 0 })] {
        admin.post(&gabung, wrong).await.wrong_fields(&["id_lain"]);
    }
    for nobody in [&erased["id"], &json!(999)] {
        let nobody = json!({ "id": nobody });
        let asked = json!({ "id_lain": other["id"] });
        admin.post(&path(&nobody, "gabung"), asked.clone()).await.problem(404, "tidak_ditemukan");
        admin.post(&path(&nobody, "pisah"), asked).await.problem(404, "tidak_ditemukan");
    }
    let asked = json!({ "id_lain": other["id"] });
    admin.post(&path(&kept, "pisah"), asked.clone()).await.problem(409, "tidak_bisa_dipisah");
    for act in ["gabung", "pisah"] {
        desk.post(&path(&kept, act), asked.clone()).await.problem(403, "terlarang");
    }
    assert_eq!(app.dump().await, before);
}

async fn a_printed_code_and_a_second_number_find_the_kept_guest(place: Place) {
    let app = App::start(place).await;
    let (admin, desk, guru) = (app.admin().await, app.desk().await, app.guru().await);
    let (kept, other) = (guest(&desk, 1).await, guest(&desk, 2).await);
    merge(&admin, &kept, &other).await;
    let none = desk.scan(&other["kode_qr"]).await.expect(200);
    assert_eq!((&none["hasil"], &none["tamu"]["id"]), (&json!("tanpa_janji"), &kept["id"]));
    let made = invite(&guru, 2, "09:00").await;
    assert_eq!((&made["id_tamu"], &made["atas_nama"]), (&kept["id"], &json!("Tamu Nomor 2")));
    assert_eq!(desk.scan(&other["kode_qr"]).await.expect(200)["appointment"]["id"], made["id"]);
    let key = json!({ "kode": other["kode_qr"], "kunci": tests::kunci() });
    for _ in 0..2 {
        desk.post("/api/appointments/scan", key.clone()).await.expect(200);
    }
    let mut again = walk_in(2, &GURU);
    again["kunci"] = json!(tests::kunci());
    let here = desk.post("/api/appointments/walk-in", again.clone()).await.expect(201);
    assert_eq!(desk.post("/api/appointments/walk-in", again).await.expect(201)["id"], here["id"]);
    let found = desk.get("/api/tamu/search?q=0812 0000 0002").await.expect(200);
    assert_eq!((&found["total"], &found["data"][0]["id"]), (&json!(1), &kept["id"]));
    let taken = json!({ "telp": tamu(2)["telp"] });
    let third = guest(&desk, 3).await;
    desk.put(&format!("/api/tamu/{}", third["id"]), taken.clone()).await.problem(409, "sudah_ada");
    let changed = desk.put(&format!("/api/tamu/{}", kept["id"]), taken).await.expect(200);
    assert_eq!(changed["telp"], "+6281200000002", "the second number becomes the first");
}

async fn a_guest_in_the_building_is_merged_and_everybody_sees_it(place: Place) {
    let app = App::start(place).await;
    let (admin, desk) = (app.admin().await, app.desk().await);
    let kept = guest(&desk, 1).await;
    let here = desk.post("/api/appointments/walk-in", walk_in(2, &GURU)).await.expect(201);
    let mut told = desk.subscribe().await;
    merge(&admin, &kept, &json!({ "id": here["id_tamu"] })).await;
    let row = told.next_of("appointment").await;
    assert_eq!((&row["id"], &row["nama_tamu"]), (&here["id"], &json!("Tamu Nomor 1")));
    put_status(&desk, &here, "selesai").await.expect(200);
}

async fn after_a_day_a_merge_stays(place: Place) {
    let app = App::start(place).await;
    let (admin, desk) = (app.admin().await, app.desk().await);
    let (kept, other) = (guest(&desk, 1).await, guest(&desk, 2).await);
    merge(&admin, &kept, &other).await;
    app.clock.advance(Duration::hours(24));
    let admin = app.admin().await;
    let asked = json!({ "id_lain": other["id"] });
    admin.post(&path(&kept, "pisah"), asked).await.problem(409, "tidak_bisa_dipisah");
}

async fn a_card_tells_what_the_visits_come_to(place: Place) {
    let app = App::start(place).await;
    let (admin, desk, guru) = (app.admin().await, app.desk().await, app.guru().await);
    let made = invite(&guru, 1, "09:00").await;
    desk.scan(&made["kode_qr"]).await.expect(200);
    put_status(&desk, &made, "selesai").await.expect(200);
    let review = json!({ "kode": made["kode_qr"], "rating": 5, "komentar": "Ramah" });
    app.nobody().post("/api/ulasan", review).await.expect(201);
    invite(&guru, 1, "11:00").await;
    let card = desk.get(&format!("/api/tamu/{}", made["id_tamu"])).await.expect(200);
    for (field, value) in [
        ("kunjungan_pertama", json!("2026-11-23T02:00:00Z")),
        ("kunjungan_terakhir", json!("2026-11-23T02:00:00Z")),
        ("jumlah_kunjungan", json!(1)),
        ("jumlah_atas_nama", json!(0)),
        ("jumlah_tidak_hadir", json!(0)),
        ("jumlah_akan_datang", json!(1)),
        ("jumlah_ulasan", json!(1)),
        ("jumlah_komentar", json!(1)),
        ("setuju_pada", Value::Null),
        ("hapus_diminta_pada", Value::Null),
        ("dianonimkan_pada", Value::Null),
        ("gabungan", json!([])),
    ] {
        assert_eq!(card[field], value, "{field}");
    }
    let messages = admin.get(&format!("/api/pesan?id_tamu={}", made["id_tamu"])).await.expect(200);
    assert_eq!(card["jumlah_pesan"], messages["total"]);
    let other = invite(&guru, 2, "12:00").await;
    let path = format!("/api/pesan?id_tamu={}", other["id_tamu"]);
    assert_eq!(admin.get(&path).await.expect(200)["total"], 1);
    admin.get("/api/pesan?id_tamu=0").await.wrong_fields(&["id_tamu"]);
}

async fn guests_are_listed_by_what_they_asked_for_and_agreed_to(place: Place) {
    let app = App::start(place).await;
    let (admin, guru) = (app.admin().await, app.guru().await);
    for n in 1..=3 {
        invite(&guru, n, &format!("1{n}:00")).await;
    }
    admin.post("/api/tamu/2/hapus", json!({})).await.expect(202);
    let ids = async |query: &str| {
        let list = admin.get(&format!("/api/tamu?{query}")).await.expect(200);
        let ids: Vec<_> =
            list["data"].as_array().expect("a list").iter().map(|row| row["id"].clone()).collect();
        assert_eq!(list["total"], ids.len(), "{query}");
        ids
    };
    assert_eq!(ids("hapus_diminta=true").await, [2]);
    assert_eq!(ids("hapus_diminta=true&q=nomor 2").await, [2]);
    assert!(ids("hapus_diminta=true&q=nomor 1").await.is_empty());
    assert_eq!(ids("tanpa_persetujuan=true").await, [1, 2, 3]);
    assert_eq!(ids("tanpa_persetujuan=true&q=nomor 3").await, [3]);
    admin.get("/api/tamu?hapus_diminta=ya").await.wrong_fields(&["hapus_diminta"]);
}

async fn appointments_are_found_by_guest_guru_and_kind_newest_first(place: Place) {
    let app = App::start(place).await;
    let (admin, desk, guru) = (app.admin().await, app.desk().await, app.guru().await);
    let first = invite(&guru, 1, "10:00").await;
    invite(&guru, 2, "11:00").await;
    desk.post("/api/appointments/walk-in", walk_in(1, &GURU)).await.expect(201);
    let times = async |query: &str| {
        let list = admin.get(&format!("/api/appointments?{query}")).await.expect(200);
        let rows = list["data"].as_array().expect("a list");
        rows.iter().map(|row| row["waktu"].as_str().expect("text").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(times("urut=-jadwal").await, ["11:00", "10:00", "09:00"]);
    assert_eq!(times("jenis=janji").await, ["10:00", "11:00"]);
    assert_eq!(times("jenis=langsung&q=pindah").await, ["09:00"]);
    let of_first = format!("id_tamu={}&status=belum", first["id_tamu"]);
    assert_eq!(times(&of_first).await, ["10:00"]);
    assert!(times(&format!("id_guru={}", tests::OTHER_GURU.id())).await.is_empty());
    let counted = admin.get("/api/appointments?hitung=true&status=belum").await.expect(200);
    assert_eq!(
        (&counted["total"], &counted["per_status"]),
        (
            &json!(2),
            &json!({
                "belum": 2, "menunggu": 1, "sedang berlangsung": 0, "selesai": 0, "batal": 0, "tidak hadir": 0,
            })
        )
    );
    let plain = admin.get("/api/appointments").await.expect(200);
    assert_eq!(plain.get("per_status"), None);
    for (wrong, field) in
        [("jenis=x", "jenis"), ("id_guru=0", "id_guru"), ("id_tamu=x", "id_tamu"), ("urut=x", "urut")]
    {
        admin.get(&format!("/api/appointments?{wrong}")).await.wrong_fields(&[field]);
    }
    let foreign = format!("/api/appointments?id_guru={}", tests::OTHER_GURU.id());
    guru.get(&foreign).await.problem(403, "terlarang");
}

async fn one_who_is_awaited_is_erased_in_one_step(place: Place) {
    let app = App::start(place).await;
    let (admin, desk, guru) = (app.admin().await, app.desk().await, app.guru().await);
    let made = invite(&guru, 1, "10:00").await;
    let erase = format!("/api/tamu/{}/hapus", made["id_tamu"]);
    assert_eq!(admin.post(&erase, json!({})).await.expect(202)["selesai"], false);
    let mut told = guru.subscribe().await;
    let once = format!("{erase}?batalkan=true");
    assert_eq!(admin.post(&once, json!({})).await.expect(202)["selesai"], true);
    let row = told.next_of("appointment").await;
    assert_eq!((&row["id"], &row["status"]), (&made["id"], &json!("batal")), "the guru is told");
    // As of any guest who cannot come, but without the name.
    assert_eq!((&row["batal_oleh_tamu"], &row["nama_tamu"]), (&json!(true), &json!(TERHAPUS)));
    let path = format!("/api/pesan?id_janji_temu={}", made["id"]);
    let queued = guru.get(&path).await.expect(200);
    let waiting = queued["data"].as_array().unwrap().iter().filter(|row| row["keadaan"] == "menunggu");
    assert_eq!(waiting.map(|row| row["jenis"].clone()).collect::<Vec<_>>(), ["batal_tamu"]);
    let here = desk.post("/api/appointments/walk-in", walk_in(2, &GURU)).await.expect(201);
    let awaited = invite(&guru, 2, "11:00").await;
    let erase = format!("/api/tamu/{}/hapus?batalkan=true", here["id_tamu"]);
    assert_eq!(admin.post(&erase, json!({})).await.expect(202)["selesai"], false, "in the building");
    let path = format!("/api/appointments/{}", awaited["id"]);
    assert_eq!(admin.get(&path).await.expect(200)["status"], "belum", "then nothing is called off either");
    admin.post("/api/tamu/1/hapus?batalkan=ya", json!({})).await.wrong_fields(&["batalkan"]);
}

async fn nothing_moves_of_a_visit_whose_guest_was_erased(place: Place) {
    let app = App::start(place).await;
    let (admin, desk) = (app.admin().await, app.desk().await);
    let left = desk.post("/api/appointments/walk-in", walk_in(1, &GURU)).await.expect(201);
    put_status(&desk, &left, "selesai").await.expect(200);
    let missed = invite(&app.guru().await, 1, "09:00").await;
    put_status(&desk, &missed, "tidak hadir").await.expect(200);
    let erase = format!("/api/tamu/{}/hapus", left["id_tamu"]);
    let erased = admin.post(&erase, json!({})).await.expect(202);
    assert_eq!(erased["selesai"], true);
    let before = app.dump().await;
    put_status(&desk, &left, "menunggu").await.problem(409, "transisi_tidak_sah");
    put_status(&desk, &missed, "menunggu").await.problem(409, "transisi_tidak_sah");
    desk.scan(&missed["kode_qr"]).await.problem(422, "tidak_ditemukan");
    desk.scan(&left["kode_qr"]).await.problem(422, "tidak_ditemukan");
    let named = json!({ "atas_nama": "Budi" });
    let path = format!("/api/appointments/{}", left["id"]);
    desk.put(&path, named).await.problem(409, "transisi_tidak_sah");
    assert_eq!(app.dump().await, before);
    app.clock.advance(Duration::minutes(1));
    assert_eq!(admin.post(&erase, json!({})).await.expect(202), erased, "the first time counts");
}
