//! Appointments and walk-ins: made once, shown whole, and moved only as the status machine allows.

mod again;
mod batal;
mod beri_tahu;
mod kosong;
mod moves;
mod reschedule;
mod seri;
mod tamu;
mod ubah;
mod urung;

use chrono::Duration;
use serde_json::{Value, json};
use tests::{ADMIN, App, Caller, GURU, OTHER_GURU, Place, invitation, invite, kunci, walk_in};

journeys![
    an_appointment_shows_what_the_contract_names,
    with_a_public_address_the_message_and_the_review_lead_there,
    bookable_from_this_minute_to_two_months_ahead,
    a_taken_guru_is_refused_with_a_free_slot_unless_asked_for,
    neighbours_do_not_clash_and_called_off_ones_take_no_time,
    of_many_who_want_one_slot_at_once_one_gets_it,
    a_known_number_is_the_known_guest,
    an_invitation_sent_again_makes_nothing_twice,
    a_walk_in_sent_thirty_two_times_is_one_visit,
    a_walk_in_is_never_refused_for_a_taken_guru,
    a_guru_never_sees_another_gurus_appointments,
    lists_are_narrowed_down_and_paged,
    whoever_may_be_visited_is_an_active_guru_or_admin,
];

async fn create(caller: &Caller, body: &Value) -> tests::Answer {
    caller.post("/api/appointments", body.clone()).await
}

fn ids(list: &Value) -> Vec<i64> {
    list["data"].as_array().expect("a list").iter().filter_map(|row| row["id"].as_i64()).collect()
}

async fn an_appointment_shows_what_the_contract_names(place: Place) {
    let app = App::start(place).await;
    let made = invite(&app.guru().await, 1, "09:30").await;
    let kode = made["kode_qr"].as_str().expect("a code");
    let teks = format!(
        "Yth. Bapak/Ibu Tamu Nomor 1,\n\n\
         Janji temu Bapak/Ibu dengan Ratna Wulandari di Sekolah sudah dicatat.\n\n\
         Waktu: Senin, 23 November 2026, pukul 09.30\nLama: 30 menit\nKeperluan: Konsultasi nilai\n\
         Tempat: Lobi utama\n\n\
         Saat tiba di sekolah, tunjukkan kode QR Bapak/Ibu kepada penerima tamu.\nKode: {kode}\n\n\
         Terima kasih.\nSekolah"
    );
    let tautan_wa = made["pesan"]["tautan_wa"].as_str().expect("a link");
    let link = reqwest::Url::parse(tautan_wa).expect("a URL");
    assert_eq!((link.host_str(), link.path()), (Some("wa.me"), "/6281200000001"));
    assert_eq!(link.query_pairs().collect::<Vec<_>>(), [("text".into(), teks.as_str().into())]);
    assert_eq!(
        made,
        json!({
            "id": 1,
            "versi": 1,
            "id_guru": GURU.id(),
            "nama_guru": GURU.nama,
            "sapaan_guru": null,
            "jabatan_guru": "Matematika", "unit": false,
            "id_tamu": 1,
            "nama_tamu": "Tamu Nomor 1",
            "atas_nama": null,
            "jumlah_orang": 1,
            "telp": "+6281200000001",
            "instansi": null,
            "email": null,
            "keperluan": "Konsultasi nilai",
            "tanggal": "2026-11-23",
            "waktu": "09:30",
            "jadwal": "2026-11-23T02:30:00Z",
            "durasi_menit": 30,
            "jenis": "janji",
            "status": "belum",
            "alasan": null,
            "terlambat": false,
            "waktu_datang": null,
            "waktu_mulai": null,
            "waktu_selesai": null,
            "tanggapan": null,
            "tanggapan_jenis": null,
            "tanggapan_menit": null,
            "tanggapan_tempat": null,
            "ditanggapi_pada": null, "ditanggapi_oleh": null,
            "diberi_tahu_pada": null,
            "batal_oleh_tamu": false,
            "kode_qr": kode,
            "rating": null,
            "komentar": null,
            "pesan": { "teks": teks, "tautan_wa": tautan_wa },
        })
    );
}

async fn with_a_public_address_the_message_and_the_review_lead_there(place: Place) {
    let app = App::public(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let made = invite(&guru, 1, "09:30").await;
    let kode = made["kode_qr"].as_str().expect("a code");
    let page = format!("https://tamu.sekolah.example/k/{kode}");
    assert!(made["pesan"]["teks"].as_str().is_some_and(|teks| teks.contains(&page)), "{made}");
    desk.scan(&made["kode_qr"]).await.expect(200);
    tests::put_status(&guru, &made, "sedang berlangsung").await.expect(200);
    assert_eq!(
        desk.scan(&made["kode_qr"]).await.expect(200)["ulasan_url"],
        format!("https://tamu.sekolah.example/K/{kode}")
    );
}

async fn bookable_from_this_minute_to_two_months_ahead(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    for (tanggal, waktu, status) in [
        ("2026-11-23", "09:00", 201),
        ("2026-11-23", "08:59", 422),
        ("2027-01-23", "23:59", 201),
        ("2027-01-24", "00:00", 422),
    ] {
        let mut body = invitation(1, waktu);
        body["tanggal"] = json!(tanggal);
        assert_eq!(create(&guru, &body).await.status, status, "{tanggal} {waktu}");
    }
}

async fn a_taken_guru_is_refused_with_a_free_slot_unless_asked_for(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    invite(&guru, 1, "10:00").await;
    invite(&guru, 2, "10:30").await;
    let mut clash = invitation(3, "10:15");
    let before = app.dump().await;
    let problem = create(&guru, &clash).await.problem(409, "bentrok");
    assert_eq!(problem.waktu_kosong.as_deref(), Some("11:00"), "{problem:?}");
    assert_eq!(app.dump().await, before, "not even the guest is entered");
    invite(&guru, 3, "11:00").await;
    clash["izinkan_bentrok"] = json!(true);
    create(&guru, &clash).await.expect(201);
    clash["izinkan_bentrok"] = json!(false);
    clash["id_guru"] = json!(OTHER_GURU.id());
    create(&desk, &clash).await.expect(201);
}

async fn neighbours_do_not_clash_and_called_off_ones_take_no_time(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let first = invite(&guru, 1, "10:00").await;
    invite(&guru, 2, "10:30").await;
    invite(&guru, 3, "09:30").await;
    let path = format!("/api/appointments/{}/status", first["id"]);
    let called_off = guru.put(&path, json!({ "status": "batal", "alasan": "Sakit" })).await.expect(200);
    assert_eq!(called_off["alasan"], "Sakit");
    invite(&guru, 4, "10:00").await;
}

async fn of_many_who_want_one_slot_at_once_one_gets_it(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let tries: Vec<_> = (1..=16)
        .map(|n| {
            let guru = guru.clone();
            tokio::spawn(async move { create(&guru, &invitation(n, "10:00")).await.status })
        })
        .collect();
    let mut statuses = Vec::new();
    for answer in tries {
        statuses.push(answer.await.expect("an answer"));
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [vec![201], vec![409; 15]].concat());
}

async fn a_known_number_is_the_known_guest(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let first = invite(&guru, 1, "10:00").await;
    let mut again = invitation(1, "11:00");
    again["tamu"] = json!({ "nama": "Nama Lain", "telp": "+62 812-0000-0001", "instansi": "Dinas" });
    let second = create(&guru, &again).await.expect(201);
    assert_eq!(second["id_tamu"], first["id_tamu"]);
    assert_eq!((&second["nama_tamu"], &second["instansi"]), (&first["nama_tamu"], &json!("Dinas")));
    let mut by_id = invitation(1, "12:00");
    by_id["id_tamu"] = first["id_tamu"].clone();
    by_id.as_object_mut().expect("an object").remove("tamu");
    assert_eq!(create(&guru, &by_id).await.expect(201)["id_tamu"], first["id_tamu"]);
}

async fn an_invitation_sent_again_makes_nothing_twice(place: Place) {
    let app = App::start(place).await;
    let (guru, other) = (app.guru().await, app.other_guru().await);
    let mut body = invitation(1, "10:00");
    body["kunci"] = json!(kunci());
    let first = create(&guru, &body).await.expect(201);
    let before = app.dump().await;
    app.clock.advance(Duration::minutes(3));
    assert_eq!(create(&guru, &body).await.expect(201), first);
    for (field, value) in [
        ("tamu", tests::tamu(2)),
        ("keperluan", json!("Lain")),
        ("waktu", json!("11:00")),
        ("tanggal", json!("2026-11-24")),
        ("durasi_menit", json!(45)),
    ] {
        let mut changed = body.clone();
        changed[field] = value;
        create(&guru, &changed).await.problem(409, "kunci_dipakai");
    }
    create(&other, &body).await.problem(409, "kunci_dipakai");
    assert_eq!(app.dump().await, before);
}

async fn a_walk_in_sent_thirty_two_times_is_one_visit(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let mut alerts = guru.subscribe().await;
    let mut body = walk_in(1, &GURU);
    body["kunci"] = json!(kunci());
    let sent: Vec<_> = (0..32)
        .map(|_| {
            let (desk, body) = (desk.clone(), body.clone());
            tokio::spawn(async move { desk.post("/api/appointments/walk-in", body).await.expect(201) })
        })
        .collect();
    let mut answers = Vec::new();
    for answer in sent {
        answers.push(answer.await.expect("an answer"));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    assert_eq!((&answers[0]["status"], &answers[0]["jenis"]), (&json!("menunggu"), &json!("langsung")));
    assert_eq!(answers[0]["waktu_datang"], "2026-11-23T02:00:00Z");
    assert_eq!(alerts.next_of("notification").await["id"], answers[0]["id"]);
    assert_eq!(alerts.next_of("appointment").await["id"], answers[0]["id"]);
    let next = invite(&guru, 2, "10:00").await;
    assert_eq!(alerts.next_of("appointment").await["id"], next["id"], "a second alert for one visit");
    assert_eq!(desk.get("/api/appointments").await.expect(200)["total"], 2);
    body["tamu"] = tests::tamu(2);
    desk.post("/api/appointments/walk-in", body).await.problem(409, "kunci_dipakai");
}

async fn a_walk_in_is_never_refused_for_a_taken_guru(place: Place) {
    let app = App::start(place).await;
    invite(&app.guru().await, 1, "09:00").await;
    let desk = app.desk().await;
    for n in [2, 3] {
        desk.post("/api/appointments/walk-in", walk_in(n, &GURU)).await.expect(201);
    }
}

async fn a_guru_never_sees_another_gurus_appointments(place: Place) {
    let app = App::start(place).await;
    let (guru, other, desk) = (app.guru().await, app.other_guru().await, app.desk().await);
    let (own, others) = (invite(&guru, 1, "10:00").await, invite(&other, 2, "10:00").await);
    let both = vec![own["id"].as_i64().expect("an id"), others["id"].as_i64().expect("an id")];
    for path in ["/api/appointments", "/api/appointments/today", "/api/appointments?q=Tamu"] {
        assert_eq!(ids(&guru.get(path).await.expect(200)), both[..1], "{path}");
        assert_eq!(ids(&desk.get(path).await.expect(200)), both, "{path}");
    }
    let of_other = format!("/api/appointments/guru/{}", OTHER_GURU.id());
    guru.get(&of_other).await.problem(403, "terlarang");
    assert_eq!(ids(&desk.get(&of_other).await.expect(200)), both[1..]);
    let id = &others["id"];
    guru.get(&format!("/api/appointments/{id}")).await.problem(404, "tidak_ditemukan");
    let status = format!("/api/appointments/{id}/status");
    let before = app.dump().await;
    guru.put(&status, json!({ "status": "batal" })).await.problem(404, "tidak_ditemukan");
    let mut for_other = invitation(3, "11:00");
    for_other["id_guru"] = json!(OTHER_GURU.id());
    create(&guru, &for_other).await.problem(403, "terlarang");
    assert_eq!(app.dump().await, before);
}

async fn lists_are_narrowed_down_and_paged(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    for n in 1..=5 {
        invite(&guru, n, &format!("1{n}:00")).await;
    }
    let mut next_month = invitation(6, "10:00");
    next_month["tanggal"] = json!("2026-12-01");
    create(&guru, &next_month).await.expect(201);
    guru.put("/api/appointments/2/status", json!({ "status": "batal" })).await.expect(200);
    for (query, expected) in [
        ("dari=2026-11-23&sampai=2026-11-23", vec![1, 2, 3, 4, 5]),
        ("dari=2026-11-24", vec![6]),
        ("sampai=2026-11-22", vec![]),
        ("status=batal", vec![2]),
        ("status=batal,belum&q=Nomor%203", vec![3]),
        ("q=0004", vec![4]),
        ("q=%2B62%20812-0000-0005", vec![5]),
        ("q=%25", vec![]),
        ("ukuran=2&halaman=2", vec![3, 4]),
    ] {
        let list = desk.get(&format!("/api/appointments?{query}")).await.expect(200);
        assert_eq!(ids(&list), expected, "{query}");
    }
    assert_eq!(desk.get("/api/appointments?ukuran=2&halaman=2").await.expect(200)["total"], 6);
    assert_eq!(ids(&desk.get("/api/appointments/today?status=belum").await.expect(200)), [1, 3, 4, 5]);
}

async fn whoever_may_be_visited_is_an_active_guru_or_admin(place: Place) {
    let app = App::start(place).await;
    let (admin, desk) = (app.admin().await, app.desk().await);
    desk.post("/api/appointments/walk-in", walk_in(1, &ADMIN)).await.expect(201);
    admin.put(&format!("/api/users/{}", GURU.id()), json!({ "aktif": false })).await.expect(200);
    desk.post("/api/appointments/walk-in", walk_in(1, &GURU)).await.wrong_fields(&["id_guru"]);
}
