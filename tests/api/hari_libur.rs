//! Holidays: who enters them, how a file is taken, and what they close.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, App, Caller, GURU, Place, invitation, invite, walk_in};

journeys![
    a_holiday_is_entered_corrected_and_removed,
    a_holiday_of_several_days_is_changed_as_a_whole,
    what_is_wrong_is_named_and_nothing_changes,
    an_invitation_on_a_closed_day_is_refused_unless_it_is_asked_for_so,
    a_day_of_the_week_on_which_nobody_works_is_closed,
    a_series_leaves_closed_days_out,
    an_appointment_is_not_moved_to_a_closed_day,
    who_comes_without_an_appointment_is_never_refused,
    free_times_and_the_month_tell_of_closed_days,
    a_file_is_shown_first_and_taken_as_a_whole,
    an_announced_day_takes_the_place_of_the_predicted_one,
    a_file_may_come_within_json,
    a_file_with_a_wrong_line_is_not_taken_at_all,
    every_page_is_told_of_a_holiday,
];

const FILE: &str = "tanggal;nama;jenis;perkiraan\n2026-12-25;Hari Raya Natal;libur_nasional;tidak\n\
    24-12-2026;Cuti bersama Natal;cuti_bersama;tidak\n2026-11-25;Hari Guru;sekolah;ya\n";

async fn days(admin: &Caller, tahun: i32) -> Value {
    admin.get(&format!("/api/hari-libur?tahun={tahun}")).await.expect(200)
}

async fn set(admin: &Caller, tanggal: &str, nama: &str) -> Value {
    let body = json!({ "nama": nama, "jenis": "libur_nasional" });
    admin.put(&format!("/api/hari-libur/{tanggal}"), body).await.expect(200)
}

async fn import(admin: &Caller, file: &str, look_only: bool) -> Answer {
    let path = if look_only { "/api/hari-libur/impor?pratinjau=true" } else { "/api/hari-libur/impor" };
    Answer::to(admin.request(Method::POST, path).body(file.to_owned())).await
}

fn on(tanggal: &str) -> Value {
    let mut body = invitation(1, "10:00");
    body["tanggal"] = json!(tanggal);
    body
}

async fn a_holiday_is_entered_corrected_and_removed(place: Place) {
    let app = App::start(place).await;
    let (admin, guru) = (app.admin().await, app.guru().await);
    assert_eq!(days(&admin, 2026).await, json!({ "data": [], "total": 0, "tahun": 2026 }));
    guru.post("/api/appointments", on("2026-12-24")).await.expect(201);
    let entered = set(&admin, "2026-12-24", "  Cuti   bersama ").await;
    let mut row = json!({
        "tanggal": "2026-12-24", "nama": "Cuti bersama", "jenis": "libur_nasional", "perkiraan": false,
        "sumber": "manual",
    });
    let mut told = row.clone();
    told["janji_terdampak"] = json!(1);
    assert_eq!(entered, told);
    let body = json!({ "nama": "Cuti bersama Natal", "jenis": "cuti_bersama", "perkiraan": true });
    for _ in 0..2 {
        admin.put("/api/hari-libur/2026-12-24", body.clone()).await.expect(200);
    }
    row["nama"] = json!("Cuti bersama Natal");
    row["jenis"] = json!("cuti_bersama");
    row["perkiraan"] = json!(true);
    set(&admin, "2027-01-01", "Tahun Baru").await;
    // Without a year it is this one.
    assert_eq!(admin.get("/api/hari-libur").await.expect(200)["data"], json!([row]));
    assert_eq!(days(&admin, 2027).await["data"][0]["nama"], "Tahun Baru");
    let gone = admin.delete("/api/hari-libur/2026-12-24").await.expect(200);
    assert_eq!(gone, json!({ "janji_terdampak": 1 }));
    admin.delete("/api/hari-libur/2026-12-24").await.problem(404, "tidak_ditemukan");
    assert_eq!(days(&admin, 2026).await["total"], 0);
}

async fn a_holiday_of_several_days_is_changed_as_a_whole(place: Place) {
    let app = App::start(place).await;
    let (admin, guru) = (app.admin().await, app.guru().await);
    guru.post("/api/appointments", on("2026-12-23")).await.expect(201);
    let day = |tanggal: &str| json!({ "tanggal": tanggal, "nama": "Libur semester", "jenis": "sekolah" });
    let replace = async |hapus: &[&str], isi: &[&str]| {
        let isi: Vec<_> = isi.iter().map(|tanggal| day(tanggal)).collect();
        admin.post("/api/hari-libur/ganti", json!({ "hapus": hapus, "isi": isi })).await
    };
    let told = replace(&[], &["2026-12-22", "2026-12-21"]).await.expect(200);
    assert_eq!(told["janji_terdampak"], 0);
    assert_eq!(told["data"][0]["tanggal"], "2026-12-21", "in their order");
    // A day on both lists stays, and sent again it changes nothing.
    for _ in 0..2 {
        let told = replace(&["2026-12-21", "2026-12-22"], &["2026-12-22", "2026-12-23"]).await.expect(200);
        assert_eq!(
            (&told["janji_terdampak"], &told["data"][1]["tanggal"]),
            (&json!(1), &json!("2026-12-23"))
        );
    }
    assert_eq!(days(&admin, 2026).await["total"], 2);
    // A day that a file brought comes back as such.
    let of_file =
        json!({ "tanggal": "2026-12-25", "nama": "Natal", "jenis": "libur_nasional", "sumber": "impor" });
    let told = admin.post("/api/hari-libur/ganti", json!({ "isi": [of_file] })).await.expect(200);
    assert_eq!(told["data"][0]["sumber"], "impor");
    let before = app.dump().await;
    for (body, field) in [
        (json!({ "hapus": ["2026-02-30"] }), "hapus"),
        (json!({ "isi": [day("besok")] }), "tanggal"),
        (json!({ "isi": [{ "tanggal": "2026-12-24", "nama": "7", "jenis": "sekolah" }] }), "nama"),
        (json!({ "isi": vec![day("2026-12-24"); 367] }), "isi"),
    ] {
        admin.post("/api/hari-libur/ganti", body).await.wrong_fields(&[field]);
    }
    assert_eq!(app.dump().await, before, "all or none");
    assert_eq!(
        replace(&["2026-12-22", "2026-12-23", "2026-12-25"], &[]).await.expect(200)["data"],
        json!([])
    );
    assert_eq!(days(&admin, 2026).await["total"], 0);
    assert_eq!(admin.post("/api/hari-libur/ganti", json!({})).await.expect(200)["data"], json!([]));
}

async fn what_is_wrong_is_named_and_nothing_changes(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let before = app.dump().await;
    let body = json!({ "nama": "Natal", "jenis": "libur_nasional" });
    for day in ["2026-13-01", "2026-02-30", "25-12-2026", "1999-12-31", "besok"] {
        admin.put(&format!("/api/hari-libur/{day}"), body.clone()).await.wrong_fields(&["tanggal"]);
        admin.delete(&format!("/api/hari-libur/{day}")).await.wrong_fields(&["tanggal"]);
    }
    for (body, field) in [
        (json!({ "nama": " ", "jenis": "sekolah" }), "nama"),
        (json!({ "nama": "7", "jenis": "sekolah" }), "nama"),
        (json!({ "nama": "a".repeat(101), "jenis": "sekolah" }), "nama"),
        (json!({ "jenis": "sekolah" }), "nama"),
        (json!({ "nama": "Natal" }), "jenis"),
        (json!({ "nama": "Natal", "jenis": "merah" }), "jenis"),
        (json!({ "nama": "Natal", "jenis": "sekolah", "perkiraan": "ya" }), "perkiraan"),
        (json!({ "nama": "Natal", "jenis": "sekolah", "sumber": "impor" }), "sumber"),
    ] {
        admin.put("/api/hari-libur/2026-12-25", body).await.wrong_fields(&[field]);
    }
    admin.get("/api/hari-libur?tahun=1999").await.wrong_fields(&["tahun"]);
    import(&admin, "PK\u{3}\u{4}\u{0}", false).await.wrong_fields(&["isi"]);
    import(&admin, "", false).await.wrong_fields(&["isi"]);
    import(&admin, "BEGIN:VCALENDAR\r\nBEGIN:VEVENT", true).await.wrong_fields(&["isi"]);
    assert_eq!(app.dump().await, before);
}

async fn an_invitation_on_a_closed_day_is_refused_unless_it_is_asked_for_so(place: Place) {
    let app = App::start(place).await;
    let (admin, guru) = (app.admin().await, app.guru().await);
    set(&admin, "2026-12-25", "Hari Raya Natal").await;
    let before = app.dump().await;
    let refused = guru.post("/api/appointments", on("2026-12-25")).await.problem(409, "hari_libur");
    assert_eq!(refused.hari_libur.as_deref(), Some("Hari Raya Natal"));
    assert_eq!(refused.errors["tanggal"], "libur: Hari Raya Natal");
    assert_eq!(refused.detail, "Sekolah libur pada 25 Desember 2026: Hari Raya Natal.");
    let mut several = on("2026-12-25");
    several["tamu_lain"] = json!([{ "nama": "Made Wirawan" }]);
    guru.post("/api/appointments", several.clone()).await.problem(409, "hari_libur");
    assert_eq!(app.dump().await, before);
    let mut asked = on("2026-12-25");
    asked["izinkan_libur"] = json!(true);
    guru.post("/api/appointments", asked).await.expect(201);
    several["izinkan_libur"] = json!(true);
    several["waktu"] = json!("13:00");
    let made = guru.post("/api/appointments", several).await.expect(201);
    assert_eq!(made["data"].as_array().unwrap().len(), 2);
    guru.post("/api/appointments", on("2026-12-24")).await.expect(201);
}

async fn a_day_of_the_week_on_which_nobody_works_is_closed(place: Place) {
    let app = App::start(place).await;
    let (admin, guru) = (app.admin().await, app.guru().await);
    guru.post("/api/appointments", on("2026-11-28")).await.expect(201);
    let five = json!({ "versi": 0, "hari_kerja": [5, 1, 2, 3, 4, 4] });
    let after = admin.put("/api/settings", five).await.expect(200);
    assert_eq!(after["hari_kerja"], json!([1, 2, 3, 4, 5]));
    for wrong in [json!([]), json!([0]), json!([1, 8]), json!(["senin"])] {
        let answer = admin.put("/api/settings", json!({ "versi": 1, "hari_kerja": wrong })).await;
        assert_eq!(answer.status, 422, "{}", answer.text());
    }
    let refused = guru.post("/api/appointments", on("2026-12-05")).await.problem(409, "hari_libur");
    assert_eq!(refused.hari_libur, None);
    assert_eq!(refused.detail, "5 Desember 2026 bukan hari kerja sekolah.");
}

async fn a_series_leaves_closed_days_out(place: Place) {
    let app = App::start(place).await;
    let (admin, guru) = (app.admin().await, app.guru().await);
    set(&admin, "2026-12-08", "Libur semester").await;
    set(&admin, "2026-11-24", "Hari Guru").await;
    let mut body = on("2026-11-24");
    body["ulang"] = json!({ "setiap": "minggu", "sampai": "2026-12-15" });
    let made = guru.post("/api/appointments", body.clone()).await.expect(201);
    let dates: Vec<_> = made["data"].as_array().unwrap().iter().map(|row| row["tanggal"].clone()).collect();
    assert_eq!(json!(dates), json!(["2026-12-01", "2026-12-15"]));
    let left_out = |tanggal| json!({ "tanggal": tanggal, "alasan": "libur" });
    assert_eq!(made["dilewati"], json!([left_out("2026-11-24"), left_out("2026-12-08")]));
    // All of them closed: nothing is made.
    body["ulang"]["sampai"] = json!("2026-11-24");
    guru.post("/api/appointments", body.clone()).await.problem(409, "hari_libur");
    body["izinkan_libur"] = json!(true);
    let made = guru.post("/api/appointments", body).await.expect(201);
    assert_eq!((made["data"].as_array().unwrap().len(), &made["dilewati"]), (1, &json!([])));
}

async fn an_appointment_is_not_moved_to_a_closed_day(place: Place) {
    let app = App::start(place).await;
    let (admin, guru) = (app.admin().await, app.guru().await);
    let made = invite(&guru, 1, "10:00").await;
    set(&admin, "2026-12-25", "Natal").await;
    let path = format!("/api/appointments/{}/schedule", made["id"]);
    let mut to = json!({ "tanggal": "2026-12-25", "waktu": "10:00" });
    guru.put(&path, to.clone()).await.problem(409, "hari_libur");
    to["izinkan_libur"] = json!(true);
    guru.put(&path, to).await.expect(200);
    // It stands there now, so another hour of that day is not asked about again.
    guru.put(&path, json!({ "tanggal": "2026-12-25", "waktu": "11:00" })).await.expect(200);
}

async fn who_comes_without_an_appointment_is_never_refused(place: Place) {
    let app = App::start(place).await;
    set(&app.admin().await, "2026-11-23", "Hari libur").await;
    app.desk().await.post("/api/appointments/walk-in", walk_in(1, &GURU)).await.expect(201);
}

async fn free_times_and_the_month_tell_of_closed_days(place: Place) {
    let app = App::start(place).await;
    let (admin, guru) = (app.admin().await, app.guru().await);
    admin.put("/api/settings", json!({ "versi": 0, "hari_kerja": [1, 2, 3, 4, 5, 6] })).await.expect(200);
    set(&admin, "2026-12-25", "Natal").await;
    let body = json!({ "nama": "Isra Mikraj", "jenis": "libur_nasional", "perkiraan": true });
    admin.put("/api/hari-libur/2026-11-30", body).await.expect(200);
    let id = GURU.id().0;
    let free =
        async |day: &str| guru.get(&format!("/api/guru/{id}/waktu-kosong?tanggal={day}")).await.expect(200);
    let natal = free("2026-12-25").await;
    assert_eq!(
        (&natal["data"], &natal["tutup"], &natal["libur"]),
        (&json!([]), &json!(true), &json!("Natal"))
    );
    let sunday = free("2026-12-06").await;
    assert_eq!((&sunday["tutup"], &sunday["libur"]), (&json!(true), &Value::Null));
    let open = free("2026-12-07").await;
    assert_eq!((&open["tutup"], open["data"].as_array().unwrap().len()), (&json!(false), 39));

    for (n, waktu) in [(1, "07:00"), (2, "12:00")] {
        let mut whole = invitation(n, waktu);
        whole["tanggal"] = json!("2026-11-27");
        whole["durasi_menit"] = json!(300);
        guru.post("/api/appointments", whole).await.expect(201);
    }
    let month = guru.get(&format!("/api/guru/{id}/hari?bulan=2026-11")).await.expect(200);
    let day = |tanggal: &str, keadaan: &str, libur: Option<&str>, perkiraan: bool| -> Value {
        json!({ "tanggal": tanggal, "keadaan": keadaan, "libur": libur, "perkiraan": perkiraan })
    };
    let sundays =
        ["2026-11-01", "2026-11-08", "2026-11-15", "2026-11-22"].map(|day_| day(day_, "tutup", None, false));
    let mut expected = sundays.to_vec();
    expected.push(day("2026-11-27", "penuh", None, false));
    expected.push(day("2026-11-29", "tutup", None, false));
    expected.push(day("2026-11-30", "tutup", Some("Isra Mikraj"), true));
    assert_eq!(month, json!({ "data": expected, "sampai": "2027-01-23" }));
    guru.get(&format!("/api/guru/{id}/hari?bulan=2026-13")).await.wrong_fields(&["bulan"]);
    guru.get(&format!("/api/guru/{}/hari?bulan=2026-11", tests::OTHER_GURU.id().0))
        .await
        .problem(403, "terlarang");
}

async fn a_file_is_shown_first_and_taken_as_a_whole(place: Place) {
    let app = App::start(place).await;
    let (admin, guru) = (app.admin().await, app.guru().await);
    guru.post("/api/appointments", on("2026-11-25")).await.expect(201);
    set(&admin, "2026-12-25", "Natal").await;
    let before = app.dump().await;
    let shown = import(&admin, FILE, true).await.expect(200);
    assert_eq!(shown["jumlah"], json!({ "buat": 2, "ubah": 0, "tetap": 1, "salah": 0 }));
    assert_eq!((&shown["janji_terdampak"], &shown["dilewati"]), (&json!(1), &json!(0)));
    let kept = &shown["baris"][0];
    assert_eq!((&kept["nomor"], &kept["tindakan"]), (&json!(2), &json!("tetap")));
    assert_eq!(
        (&kept["data"]["nama"], &kept["sebelum"]["sumber"]),
        (&json!("Hari Raya Natal"), &json!("manual"))
    );
    let new = json!({ "tanggal": "2026-11-25", "nama": "Hari Guru", "jenis": "sekolah", "perkiraan": true });
    assert_eq!(shown["baris"][2]["data"], new);
    assert_eq!(app.dump().await, before, "it was only looked at");

    import(&admin, FILE, false).await.expect(200);
    let names = |listed: &Value| -> Vec<String> {
        listed["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["nama"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(names(&days(&admin, 2026).await), ["Hari Guru", "Cuti bersama Natal", "Natal"]);
    let after = app.dump().await;
    let again = import(&admin, FILE, false).await.expect(200);
    assert_eq!(again["jumlah"], json!({ "buat": 0, "ubah": 0, "tetap": 3, "salah": 0 }));
    assert_eq!(app.dump().await, after, "the same file again changes nothing");
    let announced = FILE.replace("sekolah;ya", "sekolah;tidak");
    let told = import(&admin, &announced, false).await.expect(200);
    assert_eq!(told["jumlah"]["ubah"], 1);
    assert_eq!(days(&admin, 2026).await["data"][0]["perkiraan"], false);
    let calendar = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20270101\r\nRRULE:FREQ=YEARLY\r\n\
        SUMMARY:Tahun Baru Masehi\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let made = import(&admin, calendar, false).await.expect(200);
    assert_eq!(made["jumlah"]["buat"], 2, "{made}");
    assert_eq!(names(&days(&admin, 2028).await), ["Tahun Baru Masehi"]);
}

async fn an_announced_day_takes_the_place_of_the_predicted_one(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    import(&admin, "2027-03-10;Idulfitri 1448 H;nasional;ya\n", false).await.expect(200);
    let announced = "2027-03-11;Idulfitri 1448 H;nasional;tidak\n";
    let shown = import(&admin, announced, true).await.expect(200);
    assert_eq!(
        (&shown["baris"][0]["tindakan"], &shown["baris"][0]["pindah_dari"]),
        (&json!("buat"), &json!("2027-03-10"))
    );
    assert_eq!(days(&admin, 2027).await["data"][0]["tanggal"], "2027-03-10", "it was only looked at");
    import(&admin, announced, false).await.expect(200);
    let listed = days(&admin, 2027).await;
    assert_eq!((&listed["total"], &listed["data"][0]["tanggal"]), (&json!(1), &json!("2027-03-11")));
    let again = import(&admin, announced, false).await.expect(200);
    assert_eq!((&again["jumlah"]["tetap"], &again["baris"][0]["pindah_dari"]), (&json!(1), &Value::Null));
}

async fn a_file_may_come_within_json(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    // `Noël` as Excel writes it on Windows.
    let file = json!({ "berkas": "MjAyNi0xMi0yNTtOb+ts" });
    let shown = admin.post("/api/hari-libur/impor?pratinjau=true", file).await.expect(200);
    assert_eq!(shown["baris"][0]["data"]["nama"], "Noël");
    admin.post("/api/hari-libur/impor", json!({ "berkas": 7 })).await.wrong_fields(&["berkas"]);
}

async fn a_file_with_a_wrong_line_is_not_taken_at_all(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let before = app.dump().await;
    let file = format!("{FILE}31-02-2027;Tiada;;\n2027-01-01;;;mungkin\n");
    let shown = import(&admin, &file, true).await.expect(200);
    assert_eq!(shown["jumlah"], json!({ "buat": 3, "ubah": 0, "tetap": 0, "salah": 2 }));
    let wrong = &shown["baris"][3];
    assert_eq!((&wrong["tindakan"], &wrong["data"]["tanggal"]), (&json!("salah"), &json!("31-02-2027")));
    assert_eq!(
        (&wrong["salah"][0]["field"], &wrong["salah"][0]["kode"]),
        (&json!("tanggal"), &json!("tanggal"))
    );
    import(&admin, &file, false).await.wrong_fields(&[
        "baris.5.tanggal",
        "baris.6.nama",
        "baris.6.perkiraan",
    ]);
    assert_eq!(app.dump().await, before);
}

async fn every_page_is_told_of_a_holiday(place: Place) {
    let app = App::start(place).await;
    let (admin, desk) = (app.admin().await, app.desk().await);
    let mut desk_sees = desk.subscribe().await;
    let told =
        async |socket: &mut tests::Socket| assert_eq!(socket.next().await, json!({ "type": "settings" }));
    set(&admin, "2026-12-25", "Natal").await;
    told(&mut desk_sees).await;
    // Sent again it is no change.
    set(&admin, "2026-12-25", "Natal").await;
    import(&admin, FILE, true).await.expect(200);
    import(&admin, FILE, false).await.expect(200);
    told(&mut desk_sees).await;
    admin.delete("/api/hari-libur/2026-12-24").await.expect(200);
    told(&mut desk_sees).await;
    set(&admin, "2026-12-31", "Cuti").await;
    told(&mut desk_sees).await;
}
