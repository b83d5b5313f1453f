//! The upkeep of records: by night, by hand, and what it leaves as it was.

use chrono::{DateTime, Duration, Utc};
use domain::{IdTamu, Jenis, Setelan, VisitChange, VisitStep};
use serde_json::{Value, json};
use store::{
    janji_temu::{Creation, NewJanjiTemu, TamuOf},
    tamu::NewTamu,
};
use tests::{ADMIN, App, GURU, Place, invite, put_status};

journeys![
    a_dry_run_tells_what_it_would_do_and_changes_nothing,
    what_was_archived_is_still_in_lists_reports_and_reviews,
    a_code_of_an_archived_visit_opens_nothing_anew,
    the_night_does_it_once,
    what_was_missed_is_made_up_for,
    a_school_can_keep_everything,
    one_run_at_a_time,
    a_clock_that_leapt_erases_nobody,
    a_request_to_be_erased_is_carried_out_once_the_visit_is_over,
    keeping_records_for_a_shorter_time_says_first_what_goes,
];

/// How long ago the old visit of these journeys was, so that both settings reach it.
const LONG_AGO: Duration = Duration::days(800);

/// A guest of long ago who came once, left a review, and whose visit's code has long ended.
async fn of_long_ago(app: &App) -> Value {
    let waktu = app.clock.now() - LONG_AGO;
    let store = app.store();
    let telp = domain::Telp::parse("0812 9999 0001").ok();
    let baru = NewTamu { nama: "Dewi Lestari".to_owned(), telp, email: None, instansi: None, waktu };
    let tamu = store.tamu().create(baru).await.expect("a guest");
    let made = store.janji_temu().create(walk_in(tamu.id, waktu)).await.expect("a visit");
    let Creation::Dibuat(here) = made else { panic!("it is new") };
    leave(app, &here, waktu + Duration::minutes(20)).await;
    let komentar = Some("Ramah".to_owned());
    store.ulasan().create(here.id, 4, komentar, waktu + Duration::minutes(30)).await.expect("a review");
    json!({ "id": here.id, "id_tamu": tamu.id, "kode_qr": here.kode_qr })
}

fn walk_in(id_tamu: IdTamu, waktu: DateTime<Utc>) -> NewJanjiTemu {
    NewJanjiTemu {
        id_guru: GURU.id(),
        tamu: TamuOf::Id(id_tamu),
        atas_nama: None,
        orang_yang_sama: false,
        jumlah_orang: 3,
        keperluan: "Mengantar rapor".to_owned(),
        jadwal: waktu,
        durasi_menit: 30,
        jenis: Jenis::Langsung,
        kode_expiry: waktu + Duration::days(14),
        izinkan_bentrok: true,
        kunci: Some("kunci-lama".to_owned()),
        seri: None,
        dibuat_oleh: ADMIN.id(),
        waktu,
    }
}

async fn leave(app: &App, here: &domain::JanjiTemu, waktu: DateTime<Utc>) {
    let langkah = Some(VisitStep::Pulang { waktu_selesai: waktu, di_meja: true });
    let change = VisitChange { id: here.id, dari: here.status, jadwal: None, langkah, kunci: None, waktu };
    app.store().janji_temu().apply(change).await.expect("a step").expect("it stands there");
}

async fn upkeep(app: &App, uji_coba: bool) -> Value {
    app.admin().await.post("/api/pemeliharaan", json!({ "uji_coba": uji_coba })).await.expect(201)
}

/// Lets the server's time run on evenly, and its jobs look every ten minutes.
async fn run_on(app: &App, minutes: i64) {
    for _ in 0..minutes / 10 {
        app.clock.advance(Duration::minutes(10));
        app.server().run_jobs().await.expect("the database is there");
    }
}

async fn runs(app: &App) -> Value {
    app.admin().await.get("/api/pemeliharaan").await.expect(200)
}

async fn a_dry_run_tells_what_it_would_do_and_changes_nothing(place: Place) {
    let app = App::start(place).await;
    let old = of_long_ago(&app).await;
    let without_runs = |dump: Vec<String>| -> Vec<String> {
        dump.into_iter()
            .filter(|row| !row.starts_with("pemeliharaan ") && !row.starts_with("perangkat "))
            .collect()
    };
    let before = without_runs(app.dump().await);
    let tried = upkeep(&app, true).await;
    assert_eq!(without_runs(app.dump().await), before);
    assert_eq!(tried["hasil"], json!({ "no_show": 0, "arsip": 1, "notifikasi": 0, "anonim": 1, "hapus": 0 }));
    assert_eq!(
        tried["contoh"],
        json!([
            { "apa": "arsip", "id": old["id"], "keterangan": "Dewi Lestari · 14-09-2024" },
            { "apa": "anonim", "id": old["id_tamu"], "keterangan": "Dewi Lestari · 14-09-2024" },
        ])
    );
    assert_eq!((&tried["uji_coba"], &tried["keadaan"]), (&json!(true), &json!("selesai")));
    let done = upkeep(&app, false).await;
    assert_eq!((&done["hasil"], &done["contoh"]), (&tried["hasil"], &json!([])), "it does what it said");
    assert_eq!((&done["oleh"], &done["pemicu"]), (&json!(ADMIN.nama), &json!("tangan")));
    assert_eq!((&done["keadaan"], done["selesai"].is_string()), (&json!("selesai"), true));
    let again = upkeep(&app, false).await;
    assert_eq!(again["hasil"], json!({ "no_show": 0, "arsip": 0, "notifikasi": 0, "anonim": 0, "hapus": 0 }));
    let runs = runs(&app).await;
    assert_eq!((&runs["total"], &runs["data"][0]["id"]), (&json!(3), &again["id"]), "newest first");
    let admin = app.admin().await;
    assert_eq!(
        admin.get("/api/pemeliharaan?halaman=3&ukuran=1").await.expect(200)["data"][0]["uji_coba"],
        true
    );
    admin.post("/api/pemeliharaan", json!({ "uji_coba": "ya" })).await.wrong_fields(&["uji_coba"]);
    admin.post("/api/pemeliharaan", json!({})).await.wrong_fields(&["uji_coba"]);
    admin.post("/api/pemeliharaan", json!({ "uji_coba": true, "semua": 1 })).await.wrong_fields(&["semua"]);
}

async fn what_was_archived_is_still_in_lists_reports_and_reviews(place: Place) {
    let app = App::start(place).await;
    // The guest comes again, and so stays known.
    let old = of_long_ago(&app).await;
    let again = json!({ "id_tamu": old["id_tamu"], "keperluan": "Rapor", "id_guru": GURU.id() });
    app.desk().await.post("/api/appointments/walk-in", again).await.expect(201);
    let admin = app.admin().await;
    let guest = format!("/api/appointments?id_tamu={}", old["id_tamu"]);
    let visit = format!("/api/appointments/{}", old["id"]);
    let mut before = Vec::new();
    let asked = [
        visit.as_str(),
        "/api/appointments?dari=2024-09-01&sampai=2024-09-30",
        "/api/appointments?q=mengantar",
        "/api/appointments?q=dewi%20lestari",
        "/api/reports/monthly?bulan=2024-09",
        "/api/reports/weekly?tanggal=2024-09-14",
        "/api/ulasan",
        "/api/ulasan/ringkasan?dari=2024-09-01&sampai=2024-09-30",
        "/api/tamu/search?q=dewi",
    ];
    for path in asked {
        before.push(admin.get(path).await.expect(200));
    }
    assert_eq!(before[4]["jumlah_kunjungan"], 1);
    assert_eq!(upkeep(&app, false).await["hasil"]["arsip"], 1);
    for (path, before) in asked.iter().zip(&before) {
        assert_eq!(&admin.get(path).await.expect(200), before, "{path}");
    }
    assert!(app.dump().await.iter().any(|row| row.starts_with("arsip ")), "it is in the archive: {guest}");
    // It can still be corrected, and its comment hidden.
    let corrected = admin.put(&visit, json!({ "jumlah_orang": 7 })).await.expect(200);
    assert_eq!(corrected["jumlah_orang"], 7);
    let hide = json!({ "tersembunyi": true, "alasan": "Kasar" });
    let hidden = admin.put(&format!("/api/ulasan/{}", old["id"]), hide).await.expect(200);
    assert_eq!(hidden["tersembunyi"], true);
    // A guest who is erased is erased there, too.
    let data = format!("/api/tamu/{}/data", old["id_tamu"]);
    let kept = admin.get(&data).await.expect(200);
    assert_eq!(kept["kunjungan"].as_array().map(Vec::len), Some(2), "{kept}");
    let here = admin.get("/api/appointments/today").await.expect(200)["data"][0].clone();
    put_status(&app.desk().await, &here, "selesai").await.expect(200);
    admin.post(&format!("/api/tamu/{}/hapus", old["id_tamu"]), json!({})).await.expect(202);
    let left = admin.get(&visit).await.expect(200);
    assert_eq!((&left["telp"], &left["jumlah_orang"], &left["rating"]), (&Value::Null, &json!(7), &json!(4)));
    assert_ne!(left["nama_tamu"], "Dewi Lestari");
}

async fn a_code_of_an_archived_visit_opens_nothing_anew(place: Place) {
    let app = App::start(place).await;
    let old = of_long_ago(&app).await;
    let (desk, guru) = (app.desk().await, app.guru().await);
    assert_eq!(upkeep(&app, false).await["hasil"]["arsip"], 1);
    let before = app.dump().await;
    desk.scan(&old["kode_qr"]).await.problem(422, "kedaluwarsa");
    let review = json!({ "kode": old["kode_qr"], "rating": 1 });
    app.nobody().post("/api/ulasan", review).await.problem(422, "kedaluwarsa");
    put_status(&desk, &old, "menunggu").await.problem(409, "transisi_tidak_sah");
    let jadwal = json!({ "tanggal": "2026-11-24", "waktu": "09:00" });
    let moved = guru.put(&format!("/api/appointments/{}/schedule", old["id"]), jadwal).await;
    assert_eq!(moved.status, 409, "{}", moved.text());
    assert_eq!(app.dump().await, before);
    // The request that made it, sent again, makes no second one.
    let waktu = app.clock.now() - LONG_AGO;
    let id_tamu = IdTamu(old["id_tamu"].as_i64().expect("an identity"));
    let again = app.store().janji_temu().create(walk_in(id_tamu, waktu)).await.expect("an answer");
    assert!(matches!(again, Creation::SudahAda(row) if json!(row.id) == old["id"]));
}

async fn the_night_does_it_once(place: Place) {
    let app = App::start(place).await;
    app.server().run_jobs().await.expect("the database is there");
    of_long_ago(&app).await;
    let missed = invite(&app.guru().await, 1, "09:30").await;
    // From nine to ten to one at the school. A book that was begun today has nothing due before.
    run_on(&app, 10).await;
    assert_eq!(runs(&app).await["total"], 1, "the first guest is older than today: {missed}");
    run_on(&app, 15 * 60 + 40).await;
    assert_eq!(runs(&app).await["total"], 1);
    run_on(&app, 10).await;
    let after = runs(&app).await;
    assert_eq!((&after["total"], &after["data"][0]["pemicu"]), (&json!(2), &json!("jadwal")));
    assert_eq!((&after["data"][0]["hasil"]["no_show"], &after["data"][0]["oleh"]), (&json!(1), &Value::Null));
    assert_eq!(after["data"][0]["mulai"], "2026-11-23T18:00:00Z");
    assert_eq!(after["data"][1]["hasil"]["arsip"], 1);
    run_on(&app, 23 * 60).await;
    assert_eq!(runs(&app).await["total"], 2, "once a day");
}

async fn what_was_missed_is_made_up_for(place: Place) {
    let app = App::start(place).await;
    app.server().run_jobs().await.expect("the database is there");
    of_long_ago(&app).await;
    run_on(&app, 10).await;
    assert_eq!(runs(&app).await["total"], 1);
    // Off over the night, and on again at ten the day after; believed after half an hour.
    app.clock.leap(Duration::days(1));
    run_on(&app, 20).await;
    assert_eq!(runs(&app).await["total"], 1, "the clock might be wrong");
    run_on(&app, 30).await;
    assert_eq!(runs(&app).await["total"], 2);
}

async fn a_school_can_keep_everything(place: Place) {
    let app = App::start(place).await;
    of_long_ago(&app).await;
    app.admin()
        .await
        .put("/api/settings", json!({ "versi": 0, "arsip_bulan": 0, "retensi_tamu_bulan": 0 }))
        .await
        .expect(200);
    for uji_coba in [true, false] {
        let run = upkeep(&app, uji_coba).await;
        assert_eq!((&run["hasil"]["arsip"], &run["hasil"]["anonim"]), (&json!(0), &json!(0)));
    }
    app.set_elsewhere(Setelan { arsip_bulan: 27, retensi_tamu_bulan: 26, ..Setelan::default() }).await;
    let admin = app.admin().await;
    admin.get("/api/settings").await.expect(200);
    let run = upkeep(&app, false).await;
    assert_eq!((&run["hasil"]["arsip"], &run["hasil"]["anonim"]), (&json!(0), &json!(1)), "a month apart");
}

async fn one_run_at_a_time(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let baru = store::pemeliharaan::NewPemeliharaan {
        pemicu: domain::pemeliharaan::Pemicu::Jadwal,
        oleh: None,
        uji_coba: false,
        waktu: app.clock.now(),
    };
    app.store().pemeliharaan().begin(baru).await.expect("the database is there").expect("the first one");
    for uji_coba in [true, false] {
        let body = json!({ "uji_coba": uji_coba });
        admin.post("/api/pemeliharaan", body).await.problem(409, "pemeliharaan_berjalan");
    }
    assert_eq!(runs(&app).await["data"][0]["keadaan"], "berjalan");
    // One that was killed is silent, and holds nobody up for long.
    app.clock.advance(Duration::minutes(11));
    upkeep(&app, false).await;
    assert_eq!(runs(&app).await["data"][1]["keadaan"], "terputus");
}

async fn a_clock_that_leapt_erases_nobody(place: Place) {
    let app = App::start(place).await;
    let guest = app.desk().await.post("/api/tamu", tests::tamu(1)).await.expect(201);
    app.server().run_jobs().await.expect("the database is there");
    app.clock.leap(Duration::days(1000));
    let admin = app.admin().await;
    admin.post("/api/pemeliharaan", json!({ "uji_coba": false })).await.problem(409, "jam_diragukan");
    assert!(!app.server().run_jobs().await.expect("the database is there"));
    assert_eq!(upkeep(&app, true).await["hasil"]["anonim"], 1, "a dry run may tell");
    app.clock.leap(-Duration::days(1000));
    let path = format!("/api/tamu/{}", guest["id"]);
    app.admin().await.get(&path).await.expect(200);
}

async fn a_request_to_be_erased_is_carried_out_once_the_visit_is_over(place: Place) {
    let app = App::start(place).await;
    let (admin, desk) = (app.admin().await, app.desk().await);
    let here = desk.post("/api/appointments/walk-in", tests::walk_in(1, &GURU)).await.expect(201);
    let erase = format!("/api/tamu/{}/hapus", here["id_tamu"]);
    admin.post(&erase, json!({})).await;
    assert_eq!(upkeep(&app, false).await["hasil"]["hapus"], 0, "the guest is in the building");
    put_status(&desk, &here, "selesai").await.expect(200);
    assert_eq!(upkeep(&app, true).await["contoh"][0]["apa"], "hapus");
    assert_eq!(upkeep(&app, false).await["hasil"]["hapus"], 1);
    admin.get(&format!("/api/tamu/{}", here["id_tamu"])).await.problem(404, "tidak_ditemukan");
    let visit = admin.get(&format!("/api/appointments/{}", here["id"])).await.expect(200);
    assert_eq!((&visit["status"], &visit["telp"]), (&json!("selesai"), &Value::Null));
}

async fn keeping_records_for_a_shorter_time_says_first_what_goes(place: Place) {
    let app = App::start(place).await;
    of_long_ago(&app).await;
    let kept = json!({ "versi": 0, "arsip_bulan": 0, "retensi_tamu_bulan": 48, "audit_bulan": 36 });
    app.admin().await.put("/api/settings", kept).await.expect(200);
    // By then, that entry is older than a year.
    app.clock.leap(Duration::days(400));
    let admin = app.admin().await;
    let before = app.dump().await;
    let told = async |change: Value| {
        let told = admin.post("/api/settings/pratinjau", change).await.expect(200);
        let [one] = &told["dampak"].as_array().expect("a list")[..] else { panic!("{told}") };
        json!([one["setelan"], one["apa"], one["jumlah"].as_u64().map(|jumlah| jumlah.min(1))])
    };
    for (change, expected) in [
        (json!({ "arsip_bulan": 12 }), json!(["arsip_bulan", "ke_arsip", 1])),
        (json!({ "arsip_bulan": 60 }), json!(["arsip_bulan", "ke_arsip", 0])),
        (json!({ "retensi_tamu_bulan": 24 }), json!(["retensi_tamu_bulan", "dianonimkan", 1])),
        (json!({ "retensi_tamu_bulan": 47 }), json!(["retensi_tamu_bulan", "dianonimkan", 0])),
        (json!({ "retensi_tamu_bulan": 0 }), json!(["retensi_tamu_bulan", "tak_surut", 0])),
        (json!({ "audit_bulan": 12 }), json!(["audit_bulan", "audit_dihapus", 1])),
        (json!({ "audit_bulan": 24 }), json!(["audit_bulan", "audit_dihapus", 0])),
        (json!({ "audit_bulan": 60 }), json!(["audit_bulan", "tak_surut", 0])),
    ] {
        assert_eq!(told(change.clone()).await, expected, "{change}");
    }
    assert_eq!(app.dump().await, before, "nothing is changed");
}
