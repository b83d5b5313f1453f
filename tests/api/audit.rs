//! The audit: what was done is in it once, with what changed and without secrets; nobody changes it unseen.

mod coverage;
mod tampering;

use chrono::Duration;
use serde_json::{Value, json};
use tests::{App, Caller, GURU, PASSWORD, Place, invite, kunci, put_status, tamu, walk_in};

journeys![
    a_change_is_told_with_who_from_where_before_and_after,
    each_field_of_a_user_is_told,
    an_import_tells_whom_it_made_and_changed,
    what_changes_nothing_is_not_told,
    no_secret_and_no_whole_number_stands_in_it,
    a_failed_sign_in_is_told_without_a_name,
    looking_at_a_guest_is_told,
    of_an_erased_guest_it_stays_that_it_happened_and_not_whom,
    what_the_program_does_by_itself_is_told,
    it_is_filtered_and_leafed_through,
    wrong_filters_are_named,
    it_is_exported_without_a_formula,
];

/// All entries that there are, newest first.
pub(super) async fn entries(admin: &Caller, query: &str) -> Vec<Value> {
    let list = admin.get(&format!("/api/audit?ukuran=200{query}")).await.expect(200);
    assert_eq!(list["utuh"], true, "{list}");
    list["data"].as_array().expect("a list").clone()
}

async fn a_change_is_told_with_who_from_where_before_and_after(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let change = json!({ "versi": 0, "toleransi_terlambat_menit": 20, "nama_sekolah": "SMP Nusa" });
    admin.put("/api/settings", change).await.expect(200);
    let told = &entries(&admin, "&objek=setelan").await[..];
    let [entry] = told else { panic!("one entry: {told:#?}") };
    assert_eq!(entry["waktu"], "2026-11-23T02:00:00Z");
    assert_eq!((&entry["id_pelaku"], &entry["nama_pelaku"]), (&json!(1), &json!("Hendra Gunawan")));
    assert_eq!((&entry["role"], &entry["alamat"]), (&json!("Admin"), &json!("127.0.0.1")));
    assert_eq!((&entry["aksi"], &entry["objek"]), (&json!("ubah"), &json!("setelan")));
    assert_eq!(entry["sebelum"], json!({ "toleransi_terlambat_menit": 15, "nama_sekolah": "Sekolah" }));
    assert_eq!(entry["sesudah"], json!({ "toleransi_terlambat_menit": 20, "nama_sekolah": "SMP Nusa" }));
    let made = json!({ "nama": "Dewi Lestari", "email": "dewi@sekolah.example", "role": "Guru" });
    let dewi = admin.post("/api/users", made).await.expect(201)["pengguna"]["id"].clone();
    let path = format!("/api/users/{dewi}");
    admin.put(&path, json!({ "jabatan": "IPA", "nama": "Dewi Lestari" })).await.expect(200);
    admin.put(&path, json!({ "aktif": false })).await.expect(200);
    let told = entries(&admin, &format!("&objek=pengguna&id_objek={dewi}")).await;
    let aksi: Vec<_> = told.iter().map(|entry| entry["aksi"].as_str().expect("a word")).collect();
    assert_eq!(aksi, ["nonaktifkan", "ubah", "buat"]);
    assert_eq!(told[1]["sesudah"], json!({ "jabatan": "IPA" }), "what stayed is not told");
}

async fn each_field_of_a_user_is_told(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let path = format!("/api/users/{}", GURU.id());
    for (field, value, told) in [
        ("nuptk", "1234567890123456", json!("…3456")),
        ("nuptk", "6543210987653456", json!("…3456 (lain)")),
        ("nip", "198501012010011002", json!("…1002")),
        ("tugas_tambahan", "Wali kelas VIII-B", json!("Wali kelas VIII-B")),
        ("tugas_tambahan", "", Value::Null),
        ("sapaan", "Bu", json!("Bu")),
        ("telp", "0812 1111 2222", json!("••••2222")),
        ("email", "ratna.w@sekolah.example", json!("ratna.w@sekolah.example")),
    ] {
        admin.put(&path, json!({ field: value })).await.expect(200);
        let entry = &entries(&admin, "&objek=pengguna&aksi=ubah").await[0];
        assert_eq!(entry["sesudah"][field], told, "{field} becomes {value:?}: {entry}");
        assert!(entry["sebelum"].get(field).is_some(), "{field} is told as it was: {entry}");
    }
    let before = entries(&admin, "").await.len();
    admin.put(&path, json!({ "nuptk": "6543210987653456", "nip": "198501012010011002" })).await.expect(200);
    assert_eq!(entries(&admin, "").await.len(), before, "the same again is no change");
}

async fn an_import_tells_whom_it_made_and_changed(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let file = format!(
        "nama,email,telp,peran,nuptk\nRatna Diganti,{},081222333444,,\n\
         Wayan Sudarma,wayan@sekolah.example,,Admin,1234567890123456\n",
        GURU.email
    );
    let sent = admin.request(reqwest::Method::POST, "/api/users/import").body(file);
    tests::Answer::to(sent).await.expect(200);
    let told = &entries(&admin, "&aksi=impor").await[..];
    let [entry] = told else { panic!("one entry: {told:#?}") };
    let (was, becomes) = (&entry["sebelum"], &entry["sesudah"]);
    assert_eq!((&becomes["buat"], &becomes["ubah"]), (&json!(1), &json!(1)));
    assert_eq!(was["Ratna Diganti (baris 2)"]["nama"], "Ratna Wulandari");
    assert_eq!(becomes["Ratna Diganti (baris 2)"], json!({ "nama": "Ratna Diganti", "telp": "••••3444" }));
    let wayan = &becomes["Wayan Sudarma (baris 3)"];
    assert_eq!((&wayan["role"], &wayan["nuptk"]), (&json!("Admin"), &json!("…3456")));
    let text = entry.to_string();
    assert!(!text.contains("1234567890123456") && !text.contains("81222333444"), "{text}");
}

async fn what_changes_nothing_is_not_told(place: Place) {
    let app = App::start(place).await;
    let (admin, guru, desk) = (app.admin().await, app.guru().await, app.desk().await);
    let made = invite(&guru, 1, "09:30").await;
    let (id, key) = (&made["id"], kunci());
    let scan = json!({ "kode": made["kode_qr"], "kunci": key });
    desk.post("/api/appointments/scan", scan.clone()).await.expect(200);
    let walk = walk_in(2, &GURU);
    let walk = {
        let mut walk = walk;
        walk["kunci"] = json!(kunci());
        walk
    };
    desk.post("/api/appointments/walk-in", walk.clone()).await.expect(201);
    let read = format!("/api/notifications/{id}/read");
    guru.put(&read, json!({})).await.expect(200);
    let answer = json!({ "tanggapan_jenis": "ke_lobi" });
    guru.post(&format!("/api/notifications/{id}/respond"), answer.clone()).await.expect(200);
    let before = entries(&admin, "").await;

    desk.post("/api/appointments/scan", scan).await.expect(200);
    desk.scan(&made["kode_qr"]).await.expect(200);
    desk.post("/api/appointments/scan", json!({ "kode": made["kode_qr"], "kunci": kunci() }))
        .await
        .expect(200);
    desk.post("/api/appointments/walk-in", walk).await.expect(201);
    guru.put(&read, json!({})).await.expect(200);
    guru.post(&format!("/api/notifications/{id}/respond"), answer).await.expect(200);
    put_status(&desk, &made, "menunggu").await.expect(200);
    put_status(&guru, &made, "batal").await.any_problem();
    admin.put("/api/settings", json!({ "versi": 0, "toleransi_terlambat_menit": 15 })).await.expect(200);
    admin.put("/api/settings", json!({ "versi": 7, "tempat": "Aula" })).await.problem(409, "versi_usang");
    admin.put("/api/users/3", json!({ "nama": "Ratna Wulandari", "aktif": true })).await.expect(200);
    admin.delete("/api/users/1").await.any_problem();
    admin.delete("/api/kalender/saya").await.expect(200);
    admin.post("/api/users/3/unlock", json!({})).await.expect(204);
    admin.delete("/api/settings/logo").await.expect(204);
    desk.delete("/api/evakuasi").await.expect(200);
    let same = json!({ "nama": tamu(1)["nama"] });
    desk.put(&format!("/api/tamu/{}", made["id_tamu"]), same).await.expect(200);
    desk.put(&format!("/api/appointments/{id}"), json!({ "jumlah_orang": 1 })).await.expect(200);
    desk.post("/api/tamu", tamu(1)).await.any_problem();
    guru.get("/api/users").await.problem(403, "terlarang");
    assert_eq!(entries(&admin, "").await, before);
}

async fn no_secret_and_no_whole_number_stands_in_it(place: Place) {
    let app = App::start(place).await;
    let (admin, desk) = (app.admin().await, app.desk().await);
    let mut guest = tamu(1);
    guest["telp"] = json!("0812 3456 7890");
    let guest = desk.post("/api/tamu", guest).await.expect(201);
    let tamu = app.tamu(&guest).await;
    tamu.put("/api/tamu/saya", json!({ "instansi": "PT Baja" })).await.expect(200);
    let made = invite(&app.guru().await, 1, "09:30").await;
    desk.scan(&made["kode_qr"]).await.expect(200);
    let new =
        json!({ "nama": "Dewi", "email": "dewi@sekolah.example", "role": "Guru", "telp": "0813 1111 2222" });
    let dewi = admin.post("/api/users", new).await.expect(201);
    let reset = format!("/api/users/{}/reset-password", dewi["pengguna"]["id"]);
    let password = admin.post(&reset, json!({})).await.expect(200)["password_sementara"].clone();
    let change = json!({ "password_lama": password, "password_baru": "kapal selam hijau 9" });
    let caller = app.nobody().login("dewi@sekolah.example", password.as_str().expect("a password")).await;
    caller.put("/api/auth/change-password", change).await.expect(200);
    let smtp = json!({ "smtp": {
        "host": "mail.sekolah.example", "port": 587, "keamanan": "starttls", "pengguna": "kotak@sekolah.example",
        "password": "sandi surel", "dari": "tamu@sekolah.example"
    } });
    let answer = admin.put("/api/saluran/email", smtp).await;
    assert!(answer.status < 500, "{}", answer.text());
    let list = admin.get("/api/audit?ukuran=200").await.text();
    let csv = admin.get("/api/audit/export.csv").await.text();
    for text in [list, csv] {
        for secret in [
            PASSWORD,
            "kapal selam",
            "sandi surel",
            "$2b$",
            "34567890",
            "628123456",
            "3456 7890",
            "13111122",
            password.as_str().expect("a password"),
            guest["kode_qr"].as_str().expect("a code"),
            made["kode_qr"].as_str().expect("a code"),
            tamu.token(),
            admin.token_segar(),
        ] {
            assert!(!text.contains(secret), "{secret} stands in {text}");
        }
        assert!(text.contains("••••7890") && text.contains("••••2222"), "{text}");
    }
}

async fn a_failed_sign_in_is_told_without_a_name(place: Place) {
    let app = App::start(place).await;
    let nobody = app.nobody();
    for email in [GURU.email, "tidak.ada@sekolah.example"] {
        let body = json!({ "email": email, "password": "salah sekali" });
        nobody.post("/api/auth/login", body).await.problem(401, "kredensial_salah");
    }
    let body = json!({ "telp": "0812 9999 8888", "password": "salah sekali" });
    nobody.post("/api/auth/tamu", body).await.problem(401, "kredensial_salah");
    let told = entries(&app.admin().await, "&aksi=gagal_masuk").await;
    let ids: Vec<_> = told.iter().map(|entry| (entry["objek"].clone(), entry["id_objek"].clone())).collect();
    let expected =
        [(json!("tamu"), Value::Null), (json!("pengguna"), Value::Null), (json!("pengguna"), json!(3))];
    assert_eq!(ids, expected);
    for entry in told {
        assert_eq!((&entry["nama_pelaku"], &entry["id_pelaku"]), (&Value::Null, &Value::Null));
        assert_eq!((&entry["sebelum"], &entry["sesudah"]), (&Value::Null, &Value::Null));
        assert_eq!(entry["alamat"], "127.0.0.1");
    }
}

async fn looking_at_a_guest_is_told(place: Place) {
    let app = App::start(place).await;
    let (admin, desk) = (app.admin().await, app.desk().await);
    let guest = desk.post("/api/tamu", tamu(1)).await.expect(201)["id"].clone();
    admin.get(&format!("/api/tamu/{guest}")).await.expect(200);
    admin.get(&format!("/api/tamu/{guest}/data?format=txt")).await;
    admin.get("/api/tamu/999").await.problem(404, "tidak_ditemukan");
    let told = entries(&admin, &format!("&objek=tamu&id_objek={guest}")).await;
    let aksi: Vec<_> = told.iter().map(|entry| entry["aksi"].as_str().expect("a word")).collect();
    assert_eq!(aksi, ["ekspor", "lihat", "buat"]);
    assert_eq!(told[1]["nama_pelaku"], "Hendra Gunawan");
}

async fn of_an_erased_guest_it_stays_that_it_happened_and_not_whom(place: Place) {
    let app = App::start(place).await;
    let (admin, desk, guru) = (app.admin().await, app.desk().await, app.guru().await);
    let mut asked = tests::invitation(1, "09:30");
    asked["tamu"]["nama"] = json!("Siti Rahmawati");
    asked["tamu"]["instansi"] = json!("PT Baja");
    let made = guru.post("/api/appointments", asked).await.expect(201);
    let guest = made["id_tamu"].clone();
    desk.put(&format!("/api/tamu/{guest}"), json!({ "email": "siti@rumah.example" })).await.expect(200);
    let phone = app.tamu(&json!({ "id": guest, "telp": tests::tamu(1)["telp"] })).await;
    phone.post("/api/tamu/saya/hapus", json!({})).await.expect(202);
    put_status(&guru, &made, "batal").await.expect(200);
    let before = entries(&admin, "").await;
    assert!(before.iter().any(|entry| entry.to_string().contains("Siti")), "{before:#?}");
    admin.post(&format!("/api/tamu/{guest}/hapus"), json!({})).await.expect(202);
    let after = entries(&admin, "").await;
    assert_eq!(after.len(), before.len() + 1);
    assert_eq!((&after[0]["aksi"], &after[0]["id_objek"]), (&json!("hapus"), &guest));
    assert!(after.iter().any(|entry| entry["aksi"] == "minta_hapus"), "{after:#?}");
    for (emptied, told) in after[1..].iter().zip(&before) {
        for stays in ["id", "waktu", "aksi", "objek", "id_objek", "nama_pelaku", "nomor", "segel"] {
            assert_eq!(emptied[stays], told[stays], "{stays} of {told}");
        }
    }
    let text = Value::from(after).to_string();
    for gone in ["Siti", "PT Baja", "siti@", "••••0001"] {
        assert!(!text.contains(gone), "{gone} in {text}");
    }
    let chain = admin.get("/api/audit/rantai").await.expect(200);
    assert_eq!((&chain["utuh"], &chain["rusak_di"]), (&json!(true), &Value::Null));
}

async fn what_the_program_does_by_itself_is_told(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    invite(&app.guru().await, 1, "09:30").await;
    for _ in 0..6 * 16 {
        app.clock.advance(Duration::minutes(10));
        app.server().run_jobs().await.expect("the database is there");
    }
    let admin = {
        drop(admin);
        app.admin().await
    };
    let told = entries(&admin, "&aksi=tidak_hadir").await;
    assert_eq!(told.len(), 1, "only a day on which somebody did not come: {told:#?}");
    assert_eq!((&told[0]["role"], &told[0]["alamat"]), (&json!("Sistem"), &Value::Null));
    let list = admin.get("/api/audit").await.expect(200);
    assert_eq!((&list["rantai"]["utuh"], &list["rantai"]["rusak_di"]), (&json!(true), &Value::Null));
}

async fn it_is_filtered_and_leafed_through(place: Place) {
    let app = App::start(place).await;
    let (admin, desk, guru) = (app.admin().await, app.desk().await, app.guru().await);
    for n in 1..=3 {
        desk.post("/api/tamu", tamu(n)).await.expect(201);
    }
    app.clock.advance(Duration::days(1));
    let admin = admin.with_login(admin.refresh().await.expect(200));
    desk.with_login(desk.refresh().await.expect(200)).post("/api/tamu", tamu(4)).await.expect(201);
    drop(guru);
    let total =
        async |query: &str| admin.get(&format!("/api/audit?{query}")).await.expect(200)["total"].clone();
    assert_eq!(total("aksi=buat&objek=tamu").await, 4);
    assert_eq!(total("pelaku=2&aksi=buat").await, 4);
    assert_eq!(total("pelaku=3&aksi=buat").await, 0);
    assert_eq!(total("dari=2026-11-24&aksi=buat").await, 1);
    assert_eq!(total("sampai=2026-11-23&aksi=buat").await, 3);
    assert_eq!(total("dari=2026-11-23&sampai=2026-11-23").await, 6, "three came in first");
    assert_eq!(total("q=nomor%202").await, 1);
    assert_eq!(total("q=sari").await, 5, "her name");
    assert_eq!(total("q=%25").await, 0, "no wildcard");
    assert_eq!(total("").await, 7);
    let page = async |n: u32| {
        let list = admin.get(&format!("/api/audit?ukuran=2&halaman={n}")).await.expect(200);
        list["data"].as_array().expect("a list").iter().map(|row| row["id"].clone()).collect::<Vec<_>>()
    };
    let (first, second) = (page(1).await, page(2).await);
    assert_eq!((first.len(), second.len()), (2, 2));
    assert!(first[0].as_i64() > first[1].as_i64() && first[1].as_i64() > second[0].as_i64());
}

async fn wrong_filters_are_named(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    for (query, field) in [
        ("dari=kemarin", "dari"),
        ("sampai=2026-13-01", "sampai"),
        ("dari=2026-11-24&sampai=2026-11-23", "sampai"),
        ("pelaku=0", "pelaku"),
        ("aksi=mencuri", "aksi"),
        ("objek=kantin", "objek"),
        ("ukuran=201", "ukuran"),
        ("warna=biru", "warna"),
    ] {
        admin.get(&format!("/api/audit?{query}")).await.wrong_fields(&[field]);
    }
    admin.get("/api/audit/export.csv?aksi=mencuri").await.wrong_fields(&["aksi"]);
}

async fn it_is_exported_without_a_formula(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let new = json!({ "nama": "=HYPERLINK(1)", "email": "rumus@sekolah.example", "role": "Guru" });
    let made = admin.post("/api/users", new).await.expect(201);
    let password = made["password_sementara"].as_str().expect("a password");
    app.nobody().login("rumus@sekolah.example", password).await;
    let answer = admin.get("/api/audit/export.csv?objek=pengguna").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
    assert!(answer.header("content-disposition").starts_with("attachment; filename=\"jejak-audit"));
    let text = answer.text();
    let lines: Vec<_> = text.split("\r\n").collect();
    assert!(lines[0].starts_with("\u{feff}id,waktu,"), "{}", lines[0]);
    assert!(lines[1].contains(",'=HYPERLINK(1),Guru,127.0.0.1,masuk,pengguna,"), "{}", lines[1]);
    assert!(lines[1].contains("2026-11-23 09:00:00"), "the school's time: {}", lines[1]);
    let told = entries(&admin, "&aksi=ekspor").await;
    assert_eq!((told.len(), &told[0]["objek"]), (1, &json!("audit")));
}
