//! Going back to a backup, and what does not go back with it.

use std::{fs, path::PathBuf};

use chrono::Duration;
use serde_json::{Value, json};
use tests::{ADMIN, App, Caller, PASSWORD, Place, invite, put_status};

journeys![
    an_admin_goes_back_to_a_backup,
    who_was_erased_since_stays_erased,
    an_erasure_is_noted_beside_the_backups,
    messages_that_may_have_left_wait_for_an_admin,
    a_code_that_was_given_since_becomes_nobody_elses,
    what_is_no_backup_of_this_school_changes_nothing,
];

/// Takes a backup, and gives its name.
async fn backed_up(app: &App, admin: &Caller) -> String {
    app.clock.advance(Duration::minutes(1));
    admin.post("/api/cadangan", json!({})).await.expect(202);
    loop {
        let list = admin.get("/api/cadangan").await.expect(200);
        if list["berjalan"] == false {
            assert_eq!(list["gagal"], Value::Null, "{list}");
            app.clock.advance(Duration::minutes(1));
            return list["data"][0]["nama"].as_str().expect("a name").to_owned();
        }
        tests::pause().await;
    }
}

fn path(nama: &str) -> String {
    format!("/api/cadangan/{nama}/pulihkan")
}

/// Goes back to the backup; the server has started again.
async fn back_to(app: App, admin: &Caller, nama: &str) -> App {
    let begun = admin.post(&path(nama), json!({ "password": PASSWORD })).await.expect(202);
    assert_eq!(begun["berjalan"]["nama"], nama, "{begun}");
    app.restored().await
}

/// The database is a file, which is what is tried here.
fn is_file(place: Place) -> bool {
    place == Place::Sqlite
}

async fn an_admin_goes_back_to_a_backup(place: Place) {
    let app = App::start(place).await;
    let (admin, desk, guru) = (app.admin().await, app.desk().await, app.guru().await);
    let made = invite(&guru, 1, "09:30").await;
    let nama = backed_up(&app, &admin).await;
    desk.scan(&made["kode_qr"]).await.expect(200);
    let state = admin.get("/api/pemulihan").await.expect(200);
    assert_eq!((&state["berjalan"], &state["terakhir"]), (&Value::Null, &Value::Null));
    assert_eq!(state["lewat_perintah"], !is_file(place));
    if !is_file(place) {
        let wish = json!({ "password": PASSWORD });
        admin.post(&path(&nama), wish).await.problem(409, "pulihkan_lewat_perintah");
        return;
    }
    let told = guru.subscribe().await;
    let app = back_to(app, &admin, &nama).await;
    assert_eq!(told.closed().await, (1012, "sedang_dipulihkan".to_owned()));

    for caller in [&admin, &desk, &guru] {
        caller.get("/api/auth/me").await.problem(401, "belum_masuk");
        assert_eq!(caller.refresh().await.status, 401, "its session has ended");
    }
    let admin = app.admin().await;
    let now = admin.get(&format!("/api/appointments/{}", made["id"])).await.expect(200);
    assert_eq!(now["status"], "belum", "the arrival is newer than the backup");
    let last = admin.get("/api/pemulihan").await.expect(200)["terakhir"].clone();
    assert_eq!((&last["oleh"], &last["dihapus_lagi"]), (&json!(ADMIN.nama), &json!(0)), "{last}");
    assert!(last["sesi_diakhiri"].as_u64() >= Some(3), "{last}");
    let kept = app.folder().join(last["disimpan"].as_str().expect("a folder"));
    assert!(kept.join("bukutamu.db").is_file(), "{}", kept.display());
    let chain = admin.get("/api/audit/rantai").await.expect(200);
    assert_eq!((&chain["utuh"], &chain["rusak_di"]), (&json!(true), &Value::Null));
    let entries = admin.get("/api/audit?aksi=pulihkan&objek=cadangan").await.expect(200);
    assert_eq!(entries["total"], 1, "{entries}");
    // The school goes on: a backup is taken, and the same scan counts.
    backed_up(&app, &admin).await;
    let scanned = app.desk().await.scan(&made["kode_qr"]).await.expect(200);
    assert_eq!(scanned["hasil"], "datang");
}

async fn who_was_erased_since_stays_erased(place: Place) {
    if !is_file(place) {
        return;
    }
    let app = App::start(place).await;
    let (admin, desk, guru) = (app.admin().await, app.desk().await, app.guru().await);
    // One awaited, one in the building and one who is two entries: each as the backup has them.
    let awaited = invite(&guru, 1, "10:00").await;
    let here = invite(&guru, 2, "11:00").await;
    desk.scan(&here["kode_qr"]).await.expect(200);
    let (kept, other) = (invite(&guru, 3, "12:00").await, invite(&guru, 4, "13:00").await);
    // Two who are one in the backup, and come apart after it.
    let (stays, apart) = (invite(&guru, 5, "14:00").await, invite(&guru, 6, "15:00").await);
    let guest = |made: &Value, act: &str| format!("/api/tamu/{}{act}", made["id_tamu"]);
    let both = json!({ "id_lain": apart["id_tamu"] });
    admin.post(&guest(&stays, "/gabung"), both.clone()).await.expect(200);
    let nama = backed_up(&app, &admin).await;

    let merge = json!({ "id_lain": other["id_tamu"] });
    admin.post(&guest(&kept, "/gabung"), merge).await.expect(200);
    admin.post(&guest(&stays, "/pisah"), both).await.expect(200);
    put_status(&desk, &here, "selesai").await.expect(200);
    for made in [&awaited, &here, &kept, &apart] {
        let erased = admin.post(&guest(made, "/hapus?batalkan=true"), json!({})).await.expect(202);
        assert_eq!(erased["selesai"], true, "{erased}");
    }
    let app = back_to(app, &admin, &nama).await;
    let admin = app.admin().await;
    for made in [&awaited, &here, &kept, &other, &apart] {
        admin.get(&guest(made, "")).await.problem(404, "tidak_ditemukan");
        let visit = admin.get(&format!("/api/appointments/{}", made["id"])).await.expect(200);
        assert!(["batal", "selesai"].contains(&visit["status"].as_str().expect("a word")), "{visit}");
        assert_eq!(visit["telp"], Value::Null, "{visit}");
    }
    assert_eq!(admin.get(&guest(&stays, "")).await.expect(200)["nama"], "Tamu Nomor 5");
    let last = admin.get("/api/pemulihan").await.expect(200)["terakhir"].clone();
    assert_eq!(last["dihapus_lagi"], 5, "{last}");
    let chain = admin.get("/api/audit/rantai").await.expect(200);
    assert_eq!(chain["utuh"], true, "{chain}");
}

/// The file of a school's erasures.
fn noted(app: &App) -> PathBuf {
    app.folder().join("cadangan/penghapusan.catatan")
}

async fn an_erasure_is_noted_beside_the_backups(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let lines = |app: &App| fs::read_to_string(noted(app)).map_or(0, |text| text.lines().count());
    let mut guests = Vec::new();
    for n in 1..4 {
        guests.push(app.desk().await.post("/api/tamu", tests::tamu(n)).await.expect(201));
    }
    assert_eq!(lines(&app), 0, "nobody was erased");
    let erase = |guest: &Value| format!("/api/tamu/{}/hapus", guest["id"]);
    admin.post(&erase(&guests[0]), json!({})).await.expect(202);
    assert_eq!(lines(&app), 2, "the file's first line, and one for the guest");
    admin.post(&erase(&guests[0]), json!({})).await.expect(202);
    assert_eq!(lines(&app), 2, "once");
    app.tamu(&guests[1]).await.post("/api/tamu/saya/hapus", json!({})).await.expect(202);
    assert_eq!(lines(&app), 3, "also who asked for it alone");
    // Lost, and made anew of what the database knows.
    fs::remove_file(noted(&app)).expect("it can be removed");
    admin.post(&erase(&guests[2]), json!({})).await.expect(202);
    assert_eq!(lines(&app), 4);
    let text = fs::read_to_string(noted(&app)).expect("the file");
    assert!(!text.contains("Tamu Nomor"), "nothing of it tells who that was");
}

async fn messages_that_may_have_left_wait_for_an_admin(place: Place) {
    if !is_file(place) {
        return;
    }
    let app = App::start(place).await;
    let admin = app.admin().await;
    invite(&app.guru().await, 1, "10:00").await;
    let waiting = admin.get("/api/pesan?keadaan=menunggu").await.expect(200)["total"].clone();
    assert!(waiting.as_u64() > Some(0), "an invitation waits");
    let nama = backed_up(&app, &admin).await;
    let app = back_to(app, &admin, &nama).await;
    let admin = app.admin().await;
    assert_eq!(admin.get("/api/pesan?keadaan=menunggu").await.expect(200)["total"], 0);
    let held = admin.get("/api/pesan?keadaan=gagal").await.expect(200);
    assert_eq!((&held["total"], &held["data"][0]["alasan"]), (&waiting, &json!("dipulihkan")), "{held}");
    let last = admin.get("/api/pemulihan").await.expect(200)["terakhir"].clone();
    assert_eq!(last["pesan_ditahan"], waiting, "{last}");
    let again = format!("/api/pesan/{}/kirim-ulang", held["data"][0]["id"]);
    assert_eq!(admin.post(&again, json!({})).await.expect(200)["keadaan"], "menunggu");
}

async fn what_is_no_backup_of_this_school_changes_nothing(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let right = json!({ "password": PASSWORD });
    if !is_file(place) {
        admin.post(&path("x"), right).await.problem(409, "pulihkan_lewat_perintah");
        return;
    }
    let nama = backed_up(&app, &admin).await;
    for other in ["tidak-ada.cadangan", "..%2Fbukutamu.db", "bukutamu.db"] {
        admin.post(&path(other), right.clone()).await.problem(404, "tidak_ditemukan");
    }
    admin.post(&path(&nama), json!({ "password": "salah" })).await.problem(401, "kredensial_salah");
    admin.post(&path(&nama), json!({})).await.wrong_fields(&["password"]);
    // Damaged behind its first lines, which are all that the list reads.
    let file = app.folder().join("cadangan").join(&nama);
    let mut bytes = fs::read(&file).expect("the backup");
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(&file, bytes).expect("it can be damaged");
    admin.post(&path(&nama), right).await.expect(202);
    let state = loop {
        let state = admin.get("/api/pemulihan").await.expect(200);
        if state["berjalan"] == Value::Null {
            break state;
        }
        tests::pause().await;
    };
    assert_eq!(state["gagal"]["alasan"], "tidak_terbukti", "{state}");
    assert_eq!(state["terakhir"], Value::Null, "nothing was restored");
    admin.get("/api/auth/me").await.expect(200);
    let names: Vec<_> = fs::read_dir(app.folder()).expect("the folder").flatten().collect();
    let is_left = |name: &str| name.starts_with("sebelum-pulih") || name.starts_with(".cadangan");
    assert!(names.iter().all(|entry| !is_left(&entry.file_name().to_string_lossy())), "{names:?}");
}

async fn a_code_that_was_given_since_becomes_nobody_elses(place: Place) {
    if !is_file(place) {
        return;
    }
    let app = App::start(place).await;
    let (admin, guru) = (app.admin().await, app.guru().await);
    let nama = backed_up(&app, &admin).await;
    let lost = invite(&guru, 1, "09:30").await;
    let app = back_to(app, &admin, &nama).await;
    let guru = app.guru().await;
    let made = invite(&guru, 2, "09:30").await;
    assert_ne!((&made["id"], &made["id_tamu"]), (&lost["id"], &lost["id_tamu"]));
    let path = |made: &Value| format!("/api/kunjungan/{}", made["kode_qr"].as_str().expect("a code"));
    app.nobody().get(&path(&made)).await.expect(200);
    app.nobody().get(&path(&lost)).await.problem(404, "tidak_ditemukan");
}
