//! The school's settings: who changes them, and that everything follows while it runs.

mod logo;
mod uji;

use domain::Setelan;
use serde_json::{Value, json};
use tests::{App, Caller, GURU, Place, Raw, invitation, invite};

journeys![
    an_admin_changes_what_was_named_and_the_rest_stays,
    what_is_wrong_is_named_and_nothing_changes,
    of_two_admins_the_slower_looks_again,
    every_page_is_told_of_a_change,
    what_another_node_changes_is_noticed,
    a_request_under_way_goes_by_the_settings_that_it_found,
    a_pin_is_kept_as_its_hash_and_never_told,
    a_public_address_is_in_codes_and_links_at_once,
    the_command_lines_address_counts_more_than_the_setting,
    guests_are_addressed_as_the_school_does,
    what_forms_offer_reaches_who_is_signed_in,
    a_change_says_what_it_touches_and_changes_nothing_yet,
    a_day_has_hours_of_its_own,
];

async fn settings(admin: &Caller) -> Value {
    admin.get("/api/settings").await.expect(200)
}

async fn an_admin_changes_what_was_named_and_the_rest_stays(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let mut whole = json!({
        "versi": 0,
        "nama_sekolah": "Sekolah",
        "tempat": "Lobi utama",
        "zona_waktu": "Asia/Jakarta",
        "toleransi_terlambat_menit": 15,
        "jeda_pulang_menit": 5,
        "batas_urung_menit": 5,
        "lewat_tengah_malam_jam": 3,
        "jam_buka": "07:00",
        "jam_tutup": "17:00",
        "hari_kerja": [1, 2, 3, 4, 5, 6, 7],
        "jam_per_hari": [],
        "keperluan": [],
        "tempat_lain": [],
        "npsn": "",
        "alamat_publik": "",
        "alamat_publik_tetap": false,
        "alamat_masuk": null,
        "hari_kerja_diperiksa": false,
        "logo": null,
        "kiosk_pin": null,
        "ada_kiosk_pin": false,
        "kiosk_diam_detik": 900,
        "bahasa": ["id", "en"],
        "bahasa_bawaan": "id",
        "sapaan_tamu": "Bapak/Ibu",
        "durasi_bawaan_menit": 30,
        "batas_pesan_bulan": 2,
        "audit_bulan": 60,
        "jam_cadangan": "02:00",
        "folder_cadangan": "",
        "kode_berlaku_hari": 14,
        "alamat": "",
        "petunjuk_arah": "",
        "kontak": "",
        "jam_tenang_mulai": "19:00",
        "jam_tenang_selesai": "06:00",
        "pengingat": true,
        "minta_ulasan": true,
        "kabari_guru": false,
        "survei": false,
        "persetujuan_teks": "",
        "persetujuan_versi": "1",
        "titik_kumpul": "",
        "urutan_saluran": ["whatsapp", "email"],
        "arsip_bulan": 24,
        "retensi_tamu_bulan": 24,
        "template": {},
        "kop": { "baris1": "", "baris2": "", "baris3": "", "telp": "", "email": "", "situs": "" },
        "penanda_tangan": { "nama": "", "nip": "", "jabatan": "" },
        "laporan_mingguan": [],
        "laporan_bulanan": [],
    });
    assert_eq!(settings(&admin).await, whole);
    let change = json!({ "versi": 0, "nama_sekolah": " SMP  Tunas Bangsa ", "jam_buka": "06:45" });
    whole["versi"] = json!(1);
    whole["nama_sekolah"] = json!("SMP Tunas Bangsa");
    whole["jam_buka"] = json!("06:45");
    // Sent again it changes nothing.
    for _ in 0..2 {
        assert_eq!(admin.put("/api/settings", change.clone()).await.expect(200), whole);
    }
    assert_eq!(settings(&admin).await, whole);
    let school = app.nobody().get("/api/sekolah").await.expect(200);
    assert_eq!(school["nama"], "SMP Tunas Bangsa");
}

async fn what_is_wrong_is_named_and_nothing_changes(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let before = settings(&admin).await;
    for (change, fields) in [
        (json!({ "nama_sekolah": " ", "tempat": "" }), &["nama_sekolah", "tempat"][..]),
        (json!({ "zona_waktu": "Asia/Jayapurr" }), &["zona_waktu"]),
        (json!({ "jam_buka": "25:00", "jam_tutup": "5" }), &["jam_buka", "jam_tutup"]),
        (json!({ "arsip_bulan": -1, "retensi_tamu_bulan": 241 }), &["arsip_bulan", "retensi_tamu_bulan"]),
        (json!({ "jam_buka": "17:00" }), &["jam_buka"]),
        (json!({ "jam_tutup": "06:59" }), &["jam_tutup"]),
        (
            json!({ "toleransi_terlambat_menit": -1, "batas_pesan_bulan": 0, "audit_bulan": 11 }),
            &["audit_bulan", "batas_pesan_bulan", "toleransi_terlambat_menit"],
        ),
        (
            json!({ "durasi_bawaan_menit": 481, "kode_berlaku_hari": i64::MAX }),
            &["durasi_bawaan_menit", "kode_berlaku_hari"],
        ),
        (json!({ "kiosk_diam_detik": 59, "kiosk_pin": "12a4" }), &["kiosk_diam_detik", "kiosk_pin"]),
        (json!({ "npsn": "123", "alamat_publik": "sekolah.example" }), &["alamat_publik", "npsn"]),
        (json!({ "alamat_publik": "https://localhost:8443" }), &["alamat_publik"]),
        (json!({ "alamat_publik": "https://tamu.example/jalan" }), &["alamat_publik"]),
        (
            json!({ "jam_cadangan": "24:00", "folder_cadangan": "cadangan" }),
            &["folder_cadangan", "jam_cadangan"],
        ),
        (json!({ "folder_cadangan": "/tidak/ada/di/sini" }), &["folder_cadangan"]),
        (json!({ "folder_cadangan": format!("/{}", "a".repeat(400)) }), &["folder_cadangan"]),
        (json!({ "bahasa": [] }), &["bahasa"]),
        (json!({ "bahasa": ["en"] }), &["bahasa"]),
        (json!({ "bahasa": ["id"], "bahasa_bawaan": "en" }), &["bahasa_bawaan"]),
        (json!({ "keperluan": vec!["a".repeat(61)] }), &["keperluan"]),
        (json!({ "tempat_lain": (0..21).map(|n| n.to_string()).collect::<Vec<_>>() }), &["tempat_lain"]),
        (json!({ "hari_kerja": [] }), &["hari_kerja"]),
        (json!({ "jam_per_hari": [{ "hari": 8, "buka": "07:00", "tutup": "11:30" }] }), &["jam_per_hari"]),
        (json!({ "jam_per_hari": [{ "hari": 5, "buka": "11:30", "tutup": "11:30" }] }), &["jam_per_hari"]),
        (json!({ "jam_per_hari": [{ "hari": 5, "buka": "pagi", "tutup": "11:30" }] }), &["jam_per_hari"]),
        (json!({ "hari_kerja": [0, 1] }), &["hari_kerja"]),
        (json!({ "sapaan_tamu": "a".repeat(101) }), &["sapaan_tamu"]),
        (json!({ "versi": -1 }), &["versi"]),
    ] {
        let mut body = json!({ "versi": 0, "jeda_pulang_menit": 7 });
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        admin.put("/api/settings", body).await.wrong_fields(fields);
    }
    admin.put("/api/settings", json!({ "tempat": "Aula" })).await.wrong_fields(&["versi"]);
    admin.put("/api/settings", json!({ "versi": 0, "warna": "biru" })).await.wrong_fields(&["warna"]);
    assert_eq!(settings(&admin).await, before);
}

async fn of_two_admins_the_slower_looks_again(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let change = async |change: Value| admin.put("/api/settings", change).await;
    change(json!({ "versi": 0, "tempat": "Aula" })).await.expect(200);
    change(json!({ "versi": 0, "jeda_pulang_menit": 9 })).await.problem(409, "versi_usang");
    change(json!({ "versi": 2, "jeda_pulang_menit": 9 })).await.problem(409, "versi_usang");
    let after = change(json!({ "versi": 1, "jeda_pulang_menit": 9 })).await.expect(200);
    assert_eq!((&after["versi"], &after["tempat"]), (&json!(2), &json!("Aula")));
}

async fn every_page_is_told_of_a_change(place: Place) {
    let app = App::start(place).await;
    let (admin, desk, guru) = (app.admin().await, app.desk().await, app.guru().await);
    let (mut guru_sees, mut desk_sees) = (guru.subscribe().await, desk.subscribe().await);
    admin.put("/api/settings", json!({ "versi": 0, "tempat": "Aula" })).await.expect(200);
    // What changes nothing is not told.
    admin.put("/api/settings", json!({ "versi": 1, "tempat": "Aula" })).await.expect(200);
    admin.put("/api/settings", json!({ "versi": 0, "tempat": "Lobi" })).await.problem(409, "versi_usang");
    let mut last = app.other_guru().await.subscribe().await;
    assert_eq!(desk_sees.next().await, json!({ "type": "settings" }));
    assert_eq!(desk_sees.next().await["type"], "presence");
    assert_eq!(guru_sees.next().await, json!({ "type": "settings" }));
    assert_eq!(desk.get("/api/sekolah").await.expect(200)["tempat"], "Aula");
    admin.put("/api/settings", json!({ "versi": 1, "tempat": "Lobi" })).await.expect(200);
    for socket in [&mut guru_sees, &mut desk_sees, &mut last] {
        assert_eq!(socket.next().await, json!({ "type": "settings" }));
    }
}

async fn what_another_node_changes_is_noticed(place: Place) {
    let app = App::start(place).await;
    let desk = app.desk().await;
    let mut desk_sees = desk.subscribe().await;
    let setelan = Setelan { nama_sekolah: "SMP Tunas Bangsa".to_owned(), ..Setelan::default() };
    app.set_elsewhere(setelan).await;
    assert_eq!(desk_sees.next().await, json!({ "type": "settings" }));
    assert_eq!(desk.get("/api/sekolah").await.expect(200)["nama"], "SMP Tunas Bangsa");
}

async fn a_request_under_way_goes_by_the_settings_that_it_found(place: Place) {
    let app = App::start(place).await;
    let (admin, guru) = (app.admin().await, app.guru().await);
    let text = invitation(1, "09:30").to_string();
    let head = format!(
        "POST /api/appointments HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n",
        guru.token(),
        text.len()
    );
    let mut request = Raw::connect(&app).await;
    request.send(head).await;
    // The server asks for the body, so it has begun.
    request.read_to("HTTP/1.1 100 Continue\r\n\r\n").await;
    let change = json!({ "versi": 0, "durasi_bawaan_menit": 45, "zona_waktu": "Asia/Jayapura" });
    admin.put("/api/settings", change).await.expect(200);
    request.send(text).await;
    let answer = request.read_to_end().await;
    let made: Value = serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap();
    assert_eq!((&made["durasi_menit"], &made["waktu"]), (&json!(30), &json!("09:30")), "{answer}");
    let path = format!("/api/appointments/{}", made["id"]);
    assert_eq!(guru.get(&path).await.expect(200)["waktu"], "11:30", "in the new zone");
    assert_eq!(invite(&guru, 2, "12:30").await["durasi_menit"], 45);
}

async fn a_pin_is_kept_as_its_hash_and_never_told(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let set = async |versi: i64, pin: &str| {
        admin.put("/api/settings", json!({ "versi": versi, "kiosk_pin": pin })).await.expect(200)
    };
    let after = set(0, "0417").await;
    assert_eq!((&after["kiosk_pin"], &after["ada_kiosk_pin"]), (&Value::Null, &json!(true)));
    let whole = settings(&admin).await;
    assert!(!whole.to_string().contains("$2"), "{whole}");
    assert!(!app.dump().await.iter().any(|row| row.contains("0417")), "it is kept as its hash only");
    let hash = app.desk().await.get("/api/kiosk/pin").await.expect(200)["hash"].clone();
    assert!(hash.as_str().unwrap().starts_with("$2"), "{hash}");
    // The same PIN again is no change, another one is.
    assert_eq!(set(0, " 0417 ").await["versi"], 1);
    assert_eq!(set(1, "8888").await["versi"], 2);
    assert_eq!(set(2, "").await["ada_kiosk_pin"], false);
    assert_eq!(app.desk().await.get("/api/kiosk/pin").await.expect(200)["hash"], Value::Null);
}

async fn a_public_address_is_in_codes_and_links_at_once(place: Place) {
    let app = App::start(place).await;
    let (admin, guru) = (app.admin().await, app.guru().await);
    let made = invite(&guru, 1, "10:00").await;
    let path = format!("/api/kunjungan/{}", made["kode_qr"].as_str().unwrap());
    let before = app.nobody().get(&path).await.expect(200);
    assert_eq!(before["qr"], made["kode_qr"]);
    let change = json!({ "versi": 0, "alamat_publik": " https://Tamu.Sekolah.Example/ " });
    let after = admin.put("/api/settings", change).await.expect(200);
    assert_eq!(after["alamat_publik"], "https://tamu.sekolah.example");
    let now = app.nobody().get(&path).await.expect(200);
    let expected = format!("HTTPS://TAMU.SEKOLAH.EXAMPLE/K/{}", made["kode_qr"].as_str().unwrap());
    assert_eq!(now["qr"], expected);
    let again = invite(&guru, 2, "11:00").await;
    assert!(again["pesan"]["teks"].as_str().unwrap().contains("https://tamu.sekolah.example/k/"), "{again}");
    // What was sent before still opens the door.
    app.desk().await.scan(&made["kode_qr"]).await.expect(200);
}

async fn the_command_lines_address_counts_more_than_the_setting(place: Place) {
    let app = App::public(place).await;
    let (admin, guru) = (app.admin().await, app.guru().await);
    let change = json!({ "versi": 0, "alamat_publik": "https://lain.example" });
    let after = admin.put("/api/settings", change).await.expect(200);
    assert_eq!(after["alamat_publik_tetap"], true);
    let made = invite(&guru, 1, "10:00").await;
    assert!(made["pesan"]["teks"].as_str().unwrap().contains("https://tamu.sekolah.example/k/"), "{made}");
}

async fn guests_are_addressed_as_the_school_does(place: Place) {
    let app = App::start(place).await;
    let (admin, guru) = (app.admin().await, app.guru().await);
    let says = async |n: u32, waktu: &str| {
        invite(&guru, n, waktu).await["pesan"]["teks"].as_str().unwrap().lines().next().unwrap().to_owned()
    };
    assert_eq!(says(1, "10:00").await, "Yth. Bapak/Ibu Tamu Nomor 1,");
    admin.put("/api/settings", json!({ "versi": 0, "sapaan_tamu": "Ayah/Bunda" })).await.expect(200);
    assert_eq!(says(2, "11:00").await, "Yth. Ayah/Bunda Tamu Nomor 2,");
    admin.put("/api/settings", json!({ "versi": 1, "sapaan_tamu": " " })).await.expect(200);
    assert_eq!(says(3, "12:00").await, "Yth. Tamu Nomor 3,");
    admin.put("/api/settings", json!({ "versi": 2, "bahasa_bawaan": "en" })).await.expect(200);
    assert_eq!(says(4, "13:00").await, "Dear Tamu Nomor 4,");
}

async fn what_forms_offer_reaches_who_is_signed_in(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let change = json!({
        "versi": 0, "keperluan": ["Rapor", " rapor ", "", "Beasiswa"], "tempat_lain": ["Ruang BK"],
        "kiosk_diam_detik": 120, "bahasa": ["en", "id"], "bahasa_bawaan": "en",
    });
    admin.put("/api/settings", change).await.expect(200);
    let told = app.desk().await.get("/api/sekolah").await.expect(200);
    assert_eq!(told["keperluan"], json!(["Rapor", "Beasiswa"]));
    assert_eq!((&told["tempat_lain"], &told["kiosk_diam_detik"]), (&json!(["Ruang BK"]), &json!(120)));
    assert_eq!((&told["bahasa"], &told["bahasa_bawaan"]), (&json!(["id", "en"]), &json!("en")));
    assert_eq!(told["versi"], 1);
}

async fn a_change_says_what_it_touches_and_changes_nothing_yet(place: Place) {
    let app = App::start(place).await;
    let (admin, guru) = (app.admin().await, app.guru().await);
    invite(&guru, 1, "10:00").await;
    let mut saturday = invitation(2, "16:00");
    saturday["tanggal"] = json!("2026-11-28");
    guru.post("/api/appointments", saturday).await.expect(201);
    let before = app.dump().await;
    let ask = async |change: Value| admin.post("/api/settings/pratinjau", change).await;
    let told = async |change: Value| -> Vec<(String, String, u64)> {
        let told = ask(change).await.expect(200);
        let word = |row: &Value, name: &str| row[name].as_str().unwrap().to_owned();
        let rows = told["dampak"].as_array().unwrap();
        rows.iter()
            .map(|row| (word(row, "setelan"), word(row, "apa"), row["jumlah"].as_u64().unwrap()))
            .collect()
    };
    let one = |setelan: &str, apa: &str, jumlah: u64| vec![(setelan.to_owned(), apa.to_owned(), jumlah)];
    assert_eq!(told(json!({ "hari_kerja": [1, 2, 3, 4, 5] })).await, one("hari_kerja", "hari_tutup", 1));
    assert_eq!(told(json!({ "jam_tutup": "16:00" })).await, one("jam_tutup", "di_luar_jam", 1));
    let saturday = json!({ "jam_per_hari": [{ "hari": 6, "buka": "07:00", "tutup": "12:00" }] });
    assert_eq!(told(saturday).await, one("jam_per_hari", "di_luar_jam", 1));
    let zone = told(json!({ "zona_waktu": "Asia/Jayapura" })).await;
    assert!(zone.contains(&("zona_waktu".to_owned(), "jam_lain".to_owned(), 2)), "{zone:?}");
    let late = json!({ "toleransi_terlambat_menit": 20, "versi": 0 });
    assert_eq!(told(late).await, one("toleransi_terlambat_menit", "tak_surut", 0));
    let address = json!({ "alamat_publik": "https://tamu.example" });
    assert_eq!(told(address).await, one("alamat_publik", "kode_lama", 2));
    assert_eq!(told(json!({ "kiosk_pin": "1234" })).await, one("kiosk_pin", "semua_meja", 0));
    assert_eq!(told(json!({})).await, []);
    ask(json!({ "jam_tutup": "05:00", "npsn": "1" })).await.wrong_fields(&["npsn"]);
    assert_eq!(app.dump().await, before);
}

async fn a_day_has_hours_of_its_own(place: Place) {
    let app = App::start(place).await;
    let (admin, guru) = (app.admin().await, app.guru().await);
    let day = |hari, buka, tutup| json!({ "hari": hari, "buka": buka, "tutup": tutup });
    let change = json!({
        "versi": 0, "jam_tutup": "15:00",
        "jam_per_hari": [day(6, "07:00", "12:00"), day(5, "07:00", "10:00"), day(5, "08:00", "09:30")],
    });
    let after = admin.put("/api/settings", change).await.expect(200);
    let kept = json!([day(5, "08:00", "09:30"), day(6, "07:00", "12:00")]);
    assert_eq!(after["jam_per_hari"], kept, "each day once, in their order; the later counts");
    let free = async |tanggal: &str| {
        let path = format!("/api/guru/{}/waktu-kosong?tanggal={tanggal}&durasi_menit=30", GURU.id());
        let told = guru.get(&path).await.expect(200);
        let starts = told["data"].as_array().expect("starts");
        [starts.first(), starts.last()].map(|one| one.expect("a start")["waktu"].clone())
    };
    // A Friday and the Thursday before.
    assert_eq!(free("2026-11-27").await, ["08:00", "09:00"]);
    assert_eq!(free("2026-11-26").await, ["07:00", "14:30"]);
    let none = json!({ "versi": 1, "jam_per_hari": [] });
    admin.put("/api/settings", none).await.expect(200);
    assert_eq!(free("2026-11-27").await, ["07:00", "14:30"]);
}
