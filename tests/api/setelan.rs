//! The school's settings: who changes them, and that everything follows while it runs.

use domain::Setelan;
use serde_json::{Value, json};
use tests::{App, Caller, Place, Raw, invitation, invite};

journeys![
    an_admin_changes_what_was_named_and_the_rest_stays,
    what_is_wrong_is_named_and_nothing_changes,
    of_two_admins_the_slower_looks_again,
    every_page_is_told_of_a_change,
    what_another_node_changes_is_noticed,
    a_request_under_way_goes_by_the_settings_that_it_found,
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
        "durasi_bawaan_menit": 30,
        "batas_pesan_bulan": 2,
        "audit_bulan": 60,
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
        "urutan_saluran": ["whatsapp", "email"],
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
    assert_eq!(school, json!({ "nama": "SMP Tunas Bangsa" }));
}

async fn what_is_wrong_is_named_and_nothing_changes(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let before = settings(&admin).await;
    for (change, fields) in [
        (json!({ "nama_sekolah": " ", "tempat": "" }), &["nama_sekolah", "tempat"][..]),
        (json!({ "zona_waktu": "Asia/Jayapurr" }), &["zona_waktu"]),
        (json!({ "jam_buka": "25:00", "jam_tutup": "5" }), &["jam_buka", "jam_tutup"]),
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
