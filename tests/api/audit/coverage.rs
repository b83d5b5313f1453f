//! Every operation that may change something is in the audit under the right words, or it is said why not. A new route
//! of the document fails here until it is named.

use std::collections::BTreeSet;

use chrono::Duration;
use serde_json::{Value, json};
use tests::{App, Caller, GURU, Place, invite, put_status, tamu, walk_in};

journeys![every_operation_enters_what_it_did, every_operation_of_the_document_is_named];

/// Method and path as in the document, then the verb and the object of the entry.
const ENTERS: [(&str, &str, &str, &str); 65] = [
    ("post", "/api/auth/login", "masuk", "pengguna"),
    ("post", "/api/auth/tamu", "masuk", "tamu"),
    ("put", "/api/auth/change-password", "ganti_password", "pengguna"),
    ("post", "/api/auth/logout", "keluar", "pengguna"),
    ("post", "/api/users", "buat", "pengguna"),
    ("put", "/api/users/{id}", "ubah", "pengguna"),
    ("delete", "/api/users/{id}", "hapus", "pengguna"),
    ("post", "/api/users/{id}/reset-password", "reset_password", "pengguna"),
    ("post", "/api/users/{id}/unlock", "buka_kunci", "pengguna"),
    ("delete", "/api/users/{id}/sesi/{sesi}", "akhiri_sesi", "pengguna"),
    ("delete", "/api/users/{id}/sesi", "akhiri_sesi", "pengguna"),
    ("post", "/api/users/import", "impor", "pengguna"),
    // A register's server is asked in `impor.rs`; what it tells is written as a file is.
    ("post", "/api/users/import/dapodik", "impor", "pengguna"),
    ("post", "/api/tamu", "buat", "tamu"),
    ("post", "/api/tamu/{id}/gabung", "gabung", "tamu"),
    ("post", "/api/tamu/{id}/pisah", "pisah", "tamu"),
    ("post", "/api/evakuasi", "mulai", "evakuasi"),
    ("delete", "/api/evakuasi", "akhiri", "evakuasi"),
    ("put", "/api/evakuasi/{id}", "tandai", "evakuasi"),
    ("put", "/api/tamu/{id}", "ubah", "tamu"),
    ("post", "/api/tamu/{id}/reset-password", "reset_password", "tamu"),
    ("post", "/api/tamu/{id}/hapus", "hapus", "tamu"),
    ("put", "/api/tamu/saya", "ubah", "tamu"),
    ("post", "/api/tamu/saya/tarik-persetujuan", "tarik_persetujuan", "tamu"),
    ("post", "/api/tamu/saya/hapus", "minta_hapus", "tamu"),
    ("delete", "/api/tamu/saya/hapus", "batal_minta_hapus", "tamu"),
    ("post", "/api/appointments", "buat", "janji_temu"),
    ("put", "/api/appointments/{id}", "ubah", "janji_temu"),
    ("put", "/api/appointments/{id}/status", "mulai", "janji_temu"),
    ("put", "/api/appointments/{id}/schedule", "jadwal_ulang", "janji_temu"),
    ("post", "/api/appointments/{id}/beri-tahu", "beri_tahu", "janji_temu"),
    ("post", "/api/appointments/scan", "datang", "janji_temu"),
    ("post", "/api/appointments/walk-in", "datang_langsung", "janji_temu"),
    ("post", "/api/kunjungan/{kode}/setuju", "setuju", "tamu"),
    ("post", "/api/kunjungan/{kode}/batal", "batalkan", "janji_temu"),
    ("put", "/api/notifications/{id}/read", "baca", "notifikasi"),
    ("delete", "/api/notifications/{id}", "sembunyikan", "notifikasi"),
    ("post", "/api/notifications/{id}/respond", "tanggapi", "notifikasi"),
    ("post", "/api/kalender/saya", "buat", "kalender"),
    ("delete", "/api/kalender/saya", "hapus", "kalender"),
    ("put", "/api/settings", "ubah", "setelan"),
    ("post", "/api/settings/test", "uji", "saluran"),
    ("put", "/api/hari-libur/{tanggal}", "buat", "hari_libur"),
    ("delete", "/api/hari-libur/{tanggal}", "hapus", "hari_libur"),
    ("post", "/api/hari-libur/impor", "impor", "hari_libur"),
    ("post", "/api/hari-libur/ganti", "buat", "hari_libur"),
    ("post", "/api/pemeliharaan", "pelihara", "arsip"),
    ("put", "/api/ulasan/{id}", "sembunyikan", "ulasan"),
    ("put", "/api/settings/logo", "ubah", "setelan"),
    ("delete", "/api/settings/logo", "hapus", "setelan"),
    ("post", "/api/reports/ekspor", "ekspor", "laporan"),
    ("delete", "/api/reports/ekspor/{id}", "batalkan", "laporan"),
    ("post", "/api/cadangan", "buat", "cadangan"),
    ("post", "/api/cadangan/{nama}/pulihkan", "pulihkan", "cadangan"),
    ("post", "/api/lembar-pemulihan", "lihat", "cadangan"),
    ("post", "/api/lembar-pemulihan/uji", "uji", "cadangan"),
    ("put", "/api/saluran/{nama}", "ubah", "saluran"),
    ("delete", "/api/saluran/{nama}", "hapus", "saluran"),
    ("post", "/api/saluran/{nama}/uji", "uji", "saluran"),
    ("post", "/api/saluran/{nama}/sambungkan", "sambungkan", "saluran"),
    ("put", "/api/template/{jenis}/{bahasa}", "ubah", "template"),
    ("delete", "/api/template/{jenis}/{bahasa}", "ubah", "template"),
    ("post", "/api/ulasan", "buat", "ulasan"),
    // A message that has failed is sent again in `pesan.rs`.
    ("post", "/api/pesan/{id}/kirim-ulang", "kirim_ulang", "pesan"),
    // The data of a guest, taken along by an admin.
    ("get", "/api/tamu/{id}/data", "ekspor", "tamu"),
];

/// Those that enter nothing, and why.
const EXEMPT: [(&str, &str, &str); 8] = [
    ("post", "/api/auth/refresh", "a session goes on; nobody has done anything"),
    ("put", "/api/meja", "what a desk says of its scanners stands in memory only"),
    ("post", "/api/meja/kabar", "an arrival that is entered once the database is back"),
    ("post", "/api/settings/pratinjau", "it says what a change would touch and keeps nothing"),
    ("post", "/api/nilai-sandi", "it rates a text and keeps nothing"),
    ("post", "/api/kunjungan/{kode}/survei", "an entry would lead from the survey to its visit"),
    ("post", "/api/webhook/whatsapp", "the provider's report on a message, which the message shows"),
    ("post", "/api/template/{jenis}/{bahasa}/pratinjau", "it shows a text and keeps nothing"),
];

async fn every_operation_of_the_document_is_named(place: Place) {
    let app = App::start(place).await;
    let document = app.nobody().get("/api/openapi.json").await.expect(200);
    let mut written = BTreeSet::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        let methods = item.as_object().expect("operations").keys().filter(|method| *method != "get");
        written.extend(methods.map(|method| (method.clone(), path.clone())));
    }
    let owned = |(method, path): (&str, &str)| (method.to_owned(), path.to_owned());
    let enters = ENTERS.iter().filter(|(method, ..)| *method != "get");
    let named: BTreeSet<_> = enters
        .map(|(method, path, ..)| owned((method, path)))
        .chain(EXEMPT.iter().map(|(method, path, _)| owned((method, path))))
        .collect();
    assert_eq!(written, named, "a new operation enters what it did, or it is said why not");
}

/// Sees which entry each operation makes.
struct Watch {
    admin: Caller,
    seen: i64,
    met: BTreeSet<(&'static str, &'static str)>,
}

impl Watch {
    async fn new_entries(&mut self) -> Vec<Value> {
        let list = self.admin.get("/api/audit?ukuran=50").await.expect(200);
        assert_eq!(list["utuh"], true, "{list}");
        let all = list["data"].as_array().expect("a list");
        let id = |entry: &Value| entry["id"].as_i64().expect("an identity");
        let new = all.iter().filter(|entry| id(entry) > self.seen).cloned().collect();
        self.seen = all.first().map_or(0, id);
        new
    }

    /// What was done is not looked at.
    async fn skip(&mut self) {
        self.new_entries().await;
    }

    /// This operation has just made its one entry.
    async fn did(&mut self, method: &str, path: &str) {
        let named = ENTERS.iter().find(|(m, p, ..)| (*m, *p) == (method, path));
        let (method, path, aksi, objek) = named.unwrap_or_else(|| panic!("{method} {path} is not named"));
        let new = self.new_entries().await;
        let [entry] = &new[..] else { panic!("{method} {path} made {} entries: {new:#?}", new.len()) };
        assert_eq!((&entry["aksi"], &entry["objek"]), (&json!(aksi), &json!(objek)), "{method} {path}");
        assert!(entry["id_pelaku"].is_i64(), "{method} {path}: {entry}");
        self.met.insert((method, path));
    }
}

async fn every_operation_enters_what_it_did(place: Place) {
    let app = App::start(place).await;
    let (admin, desk, guru) = (app.admin().await, app.desk().await, app.guru().await);
    let mut watch = Watch { admin: admin.clone(), seen: 0, met: BTreeSet::new() };
    watch.skip().await;
    users(&app, &admin, &mut watch).await;
    settings(&admin, &mut watch).await;
    let guest = desk.post("/api/tamu", tamu(1)).await.expect(201);
    watch.did("post", "/api/tamu").await;
    guests(&app, &desk, &guru, &guest, &mut watch).await;
    let reviewed = visits(&app, &desk, &guru, &mut watch).await;
    let hidden = json!({ "tersembunyi": true, "alasan": "Menyebut nama siswa" });
    admin.put(&format!("/api/ulasan/{reviewed}"), hidden).await.expect(200);
    watch.did("put", "/api/ulasan/{id}").await;
    let day = json!({ "nama": "Hari Guru", "jenis": "sekolah", "perkiraan": false });
    admin.put("/api/hari-libur/2026-12-24", day).await.expect(200);
    watch.did("put", "/api/hari-libur/{tanggal}").await;
    admin.delete("/api/hari-libur/2026-12-24").await.expect(200);
    watch.did("delete", "/api/hari-libur/{tanggal}").await;
    let days = json!({ "isi": [{ "tanggal": "2026-12-28", "nama": "Libur semester", "jenis": "sekolah" }] });
    admin.post("/api/hari-libur/ganti", days).await.expect(200);
    watch.did("post", "/api/hari-libur/ganti").await;
    admin
        .post("/api/settings/test", json!({ "apa": "smtp", "tujuan": "a@sekolah.example" }))
        .await
        .expect(200);
    watch.did("post", "/api/settings/test").await;
    admin.post("/api/pemeliharaan", json!({ "uji_coba": true })).await.expect(201);
    watch.did("post", "/api/pemeliharaan").await;
    let sheet = admin.post("/api/lembar-pemulihan", json!({})).await.expect(200);
    watch.did("post", "/api/lembar-pemulihan").await;
    for kode in [&sheet["kode"], &sheet["kode"], &json!("salah")] {
        admin.post("/api/lembar-pemulihan/uji", json!({ "kode": kode })).await.expect(200);
        watch.did("post", "/api/lembar-pemulihan/uji").await;
    }
    let export = json!({ "dari": "2026-11-01", "sampai": "2026-11-23", "format": "csv" });
    let export = admin.post("/api/reports/ekspor", export).await.expect(202);
    watch.did("post", "/api/reports/ekspor").await;
    let export = format!("/api/reports/ekspor/{}", export["id"]);
    admin.delete(&export).await.expect(204);
    watch.did("delete", "/api/reports/ekspor/{id}").await;
    admin.delete(&export).await.expect(204);
    assert!(watch.new_entries().await.is_empty(), "it was given up before");
    guru.post("/api/kalender/saya", json!({})).await.expect(201);
    watch.did("post", "/api/kalender/saya").await;
    guru.delete("/api/kalender/saya").await.expect(200);
    watch.did("delete", "/api/kalender/saya").await;
    assert_eq!(admin.get(&format!("/api/tamu/{}/data", guest["id"])).await.status, 200);
    watch.did("get", "/api/tamu/{id}/data").await;
    let other = desk.post("/api/tamu", tamu(9)).await.expect(201);
    watch.skip().await;
    let merge = json!({ "id_lain": other["id"] });
    admin.post(&format!("/api/tamu/{}/gabung", guest["id"]), merge.clone()).await.expect(200);
    watch.did("post", "/api/tamu/{id}/gabung").await;
    admin.post(&format!("/api/tamu/{}/pisah", guest["id"]), merge).await.expect(200);
    watch.did("post", "/api/tamu/{id}/pisah").await;
    admin.post(&format!("/api/tamu/{}/hapus", guest["id"]), json!({})).await.expect(202);
    watch.did("post", "/api/tamu/{id}/hapus").await;
    // A picture, a calendar's file, a register's server, a failed message and a backup need more than this journey has.
    let elsewhere = [
        ("post", "/api/pesan/{id}/kirim-ulang"),
        ("post", "/api/users/import/dapodik"),
        ("post", "/api/hari-libur/impor"),
        ("put", "/api/settings/logo"),
        ("delete", "/api/settings/logo"),
        ("post", "/api/cadangan"),
        ("post", "/api/cadangan/{nama}/pulihkan"),
    ];
    let expected: BTreeSet<_> = ENTERS.iter().map(|(method, path, ..)| (*method, *path)).collect();
    let missed: Vec<_> = expected.difference(&watch.met).filter(|one| !elsewhere.contains(one)).collect();
    assert!(missed.is_empty(), "this journey does not come by {missed:?}");
}

async fn users(app: &App, admin: &Caller, watch: &mut Watch) {
    let new = json!({ "nama": "Dewi Lestari", "email": "dewi@sekolah.example", "role": "Guru" });
    let dewi = admin.post("/api/users", new).await.expect(201)["pengguna"]["id"].clone();
    watch.did("post", "/api/users").await;
    admin.put(&format!("/api/users/{dewi}"), json!({ "jabatan": "IPA" })).await.expect(200);
    watch.did("put", "/api/users/{id}").await;
    let reset = admin.post(&format!("/api/users/{dewi}/reset-password"), json!({})).await.expect(200);
    watch.did("post", "/api/users/{id}/reset-password").await;
    let password = reset["password_sementara"].as_str().expect("a password");
    let caller = app.nobody().login("dewi@sekolah.example", password).await;
    watch.did("post", "/api/auth/login").await;
    let change = json!({ "password_lama": password, "password_baru": "kapal selam hijau 9" });
    let login = caller.put("/api/auth/change-password", change).await.expect(200);
    watch.did("put", "/api/auth/change-password").await;
    caller.with_login(login).post("/api/auth/logout", json!({})).await.expect(204);
    watch.did("post", "/api/auth/logout").await;
    let wrong = json!({ "email": "dewi@sekolah.example", "password": "bukan ini" });
    app.nobody().post("/api/auth/login", wrong).await.any_problem();
    watch.skip().await;
    admin.post(&format!("/api/users/{dewi}/unlock"), json!({})).await.expect(204);
    watch.did("post", "/api/users/{id}/unlock").await;
    for _ in 0..2 {
        app.nobody().login("dewi@sekolah.example", "kapal selam hijau 9").await;
    }
    watch.skip().await;
    let sesi = admin.get(&format!("/api/users/{dewi}/sesi")).await.expect(200)["data"][0]["id"].clone();
    let sesi = sesi.as_str().expect("an identity");
    admin.delete(&format!("/api/users/{dewi}/sesi/{sesi}")).await.expect(204);
    watch.did("delete", "/api/users/{id}/sesi/{sesi}").await;
    admin.delete(&format!("/api/users/{dewi}/sesi")).await.expect(204);
    watch.did("delete", "/api/users/{id}/sesi").await;
    let file = "Nama,Email\r\nWayan Sudarma,wayan@sekolah.example\r\n";
    let request = admin.request(reqwest::Method::POST, "/api/users/import");
    let request = request.header("content-type", "application/octet-stream").body(file);
    assert_eq!(tests::Answer::to(request).await.status, 200);
    watch.did("post", "/api/users/import").await;
    admin.delete(&format!("/api/users/{dewi}")).await.expect(204);
    watch.did("delete", "/api/users/{id}").await;
}

async fn settings(admin: &Caller, watch: &mut Watch) {
    let text = json!({ "versi": 0, "persetujuan_teks": "Data Anda disimpan setahun." });
    admin.put("/api/settings", text).await.expect(200);
    watch.did("put", "/api/settings").await;
    let fonnte = json!({ "whatsapp": { "penyedia": "fonnte", "token": "rahasia-penyedia-123" } });
    admin.put("/api/saluran/whatsapp", fonnte).await.expect(200);
    watch.did("put", "/api/saluran/{nama}").await;
    admin.post("/api/saluran/whatsapp/uji", json!({ "tujuan": "0812 3456 7890" })).await.expect(200);
    watch.did("post", "/api/saluran/{nama}/uji").await;
    admin.post("/api/saluran/whatsapp/sambungkan", json!({})).await.expect(200);
    watch.did("post", "/api/saluran/{nama}/sambungkan").await;
    admin.delete("/api/saluran/whatsapp").await.expect(200);
    watch.did("delete", "/api/saluran/{nama}").await;
    let kept = admin.get("/api/template").await.expect(200);
    let mut rows = kept["data"].as_array().expect("a list").iter();
    let row = rows.find(|row| row["jenis"] == "undangan" && row["bahasa"] == "id").expect("an invitation");
    let words = json!({ "subjek": "Undangan sekolah", "isi": row["isi"] });
    admin.put("/api/template/undangan/id", words).await.expect(200);
    watch.did("put", "/api/template/{jenis}/{bahasa}").await;
    admin.delete("/api/template/undangan/id").await.expect(200);
    watch.did("delete", "/api/template/{jenis}/{bahasa}").await;
}

async fn guests(app: &App, desk: &Caller, guru: &Caller, guest: &Value, watch: &mut Watch) {
    let path = format!("/api/tamu/{}", guest["id"]);
    desk.put(&path, json!({ "instansi": "PT Baja" })).await.expect(200);
    watch.did("put", "/api/tamu/{id}").await;
    let given = desk.post(&format!("{path}/reset-password"), json!({})).await.expect(200);
    watch.did("post", "/api/tamu/{id}/reset-password").await;
    let phone = app.nobody().login_tamu(&guest["telp"], &given["password_sementara"]).await;
    watch.did("post", "/api/auth/tamu").await;
    let shown = phone.get("/api/tamu/saya/data").await.expect(200);
    let versi = &shown["persetujuan"]["versi"];
    phone.put("/api/tamu/saya", json!({ "setuju": { "versi": versi } })).await.expect(200);
    watch.did("put", "/api/tamu/saya").await;
    phone.post("/api/tamu/saya/tarik-persetujuan", json!({})).await.expect(200);
    watch.did("post", "/api/tamu/saya/tarik-persetujuan").await;
    let made = invite(guru, 1, "10:00").await;
    watch.did("post", "/api/appointments").await;
    phone.post("/api/tamu/saya/hapus", json!({})).await.expect(202);
    watch.did("post", "/api/tamu/saya/hapus").await;
    phone.delete("/api/tamu/saya/hapus").await.expect(204);
    watch.did("delete", "/api/tamu/saya/hapus").await;
    let visit = format!("/api/kunjungan/{}", made["kode_qr"].as_str().expect("a code"));
    app.nobody().post(&format!("{visit}/setuju"), json!({ "versi": versi })).await.expect(200);
    watch.did("post", "/api/kunjungan/{kode}/setuju").await;
    app.nobody().post(&format!("{visit}/batal"), json!({ "alasan": "Sakit" })).await.expect(200);
    watch.did("post", "/api/kunjungan/{kode}/batal").await;
}

async fn visits(app: &App, desk: &Caller, guru: &Caller, watch: &mut Watch) -> Value {
    let made = invite(guru, 2, "10:30").await;
    watch.skip().await;
    let path = format!("/api/appointments/{}", made["id"]);
    guru.put(&path, json!({ "jumlah_orang": 2 })).await.expect(200);
    watch.did("put", "/api/appointments/{id}").await;
    let later = json!({ "tanggal": "2026-11-23", "waktu": "11:00" });
    guru.put(&format!("{path}/schedule"), later).await.expect(200);
    watch.did("put", "/api/appointments/{id}/schedule").await;
    desk.scan(&made["kode_qr"]).await.expect(200);
    watch.did("post", "/api/appointments/scan").await;
    app.clock.advance(Duration::minutes(2));
    desk.post(&format!("{path}/beri-tahu"), json!({})).await.expect(200);
    watch.did("post", "/api/appointments/{id}/beri-tahu").await;
    let notification = format!("/api/notifications/{}", made["id"]);
    guru.put(&format!("{notification}/read"), json!({})).await.expect(200);
    watch.did("put", "/api/notifications/{id}/read").await;
    let answer = json!({ "tanggapan_jenis": "ke_lobi" });
    guru.post(&format!("{notification}/respond"), answer).await.expect(200);
    watch.did("post", "/api/notifications/{id}/respond").await;
    guru.delete(&notification).await.expect(204);
    watch.did("delete", "/api/notifications/{id}").await;
    put_status(guru, &made, "sedang berlangsung").await.expect(200);
    watch.did("put", "/api/appointments/{id}/status").await;
    let left = desk.scan(&made["kode_qr"]).await.expect(200);
    assert_eq!(left["hasil"], "pulang");
    let told = watch.new_entries().await;
    assert_eq!((told.len(), &told[0]["aksi"]), (1, &json!("pulang")));
    let review = json!({ "kode": made["kode_qr"], "rating": 5, "komentar": "Ramah" });
    app.nobody().post("/api/ulasan", review).await.expect(201);
    watch.did("post", "/api/ulasan").await;
    let here = desk.post("/api/appointments/walk-in", walk_in(3, &GURU)).await.expect(201);
    watch.did("post", "/api/appointments/walk-in").await;
    desk.post("/api/evakuasi", json!({})).await.expect(200);
    watch.did("post", "/api/evakuasi").await;
    desk.put(&format!("/api/evakuasi/{}", here["id"]), json!({ "aman": true })).await.expect(200);
    watch.did("put", "/api/evakuasi/{id}").await;
    desk.delete("/api/evakuasi").await.expect(200);
    watch.did("delete", "/api/evakuasi").await;
    made["id"].clone()
}
