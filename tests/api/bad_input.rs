//! Bad input gets a problem document that names the field and what is wrong, and changes nothing.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, App, Caller, Place, invitation, walk_in};

journeys![
    a_guest,
    an_appointment,
    another_time,
    a_walk_in_a_scan_a_status_an_answer,
    a_user_and_a_review,
    bodies_that_are_no_json,
    bodies_that_are_not_declared_as_json,
    identities_that_are_none,
    queries_that_make_no_sense,
    addresses_and_methods_that_are_not_there,
];

/// A body with one field set to another value.
fn with(mut body: Value, pointer: &str, value: Value) -> Value {
    let (parent, field) = pointer.rsplit_once('/').expect("a JSON pointer");
    body.pointer_mut(parent).expect("an object")[field] = value;
    body
}

fn without(mut body: Value, pointer: &str) -> Value {
    let (parent, field) = pointer.rsplit_once('/').expect("a JSON pointer");
    body.pointer_mut(parent).and_then(Value::as_object_mut).expect("an object").remove(field);
    body
}

/// Sends each body. Expects that exactly those fields are named and that nothing changes.
async fn refuses(app: &App, caller: &Caller, path: &str, cases: Vec<(Value, &[&str])>) {
    let before = app.dump().await;
    for (body, fields) in cases {
        let is_put = path.ends_with("status") || path.ends_with("schedule");
        let method = if is_put { Method::PUT } else { Method::POST };
        let answer = Answer::to(caller.request(method, path).json(&body)).await;
        assert_eq!(answer.status, 422, "{path} {body}: {}", answer.text());
        let problem = answer.any_problem();
        let named: Vec<_> = problem.errors.keys().map(String::as_str).collect();
        assert_eq!(named, fields, "{path} {body}: {problem:?}");
        assert!(problem.errors.values().all(|what| !what.is_empty()), "{path} {body}: {problem:?}");
    }
    assert_eq!(app.dump().await, before, "{path}: what was refused changed something");
}

async fn a_guest(place: Place) {
    let app = App::start(place).await;
    let desk = app.desk().await;
    let good = tests::tamu(1);
    let many = json!({ "nama": " ", "telp": "rusak", "email": "rusak", "instansi": "a".repeat(101) });
    let set = |field: &str, value: Value| with(good.clone(), &format!("/{field}"), value);
    let cases: Vec<(Value, &[&str])> = vec![
        (json!({}), &["nama"]),
        (json!([]), &["isi"]),
        (json!(["Budi Santoso", "0812 0000 0001", null, null]), &["isi"]),
        (json!("Budi"), &["isi"]),
        (json!(null), &["isi"]),
        (set("lain", json!(1)), &["lain"]),
        (set("nama", json!(7)), &["nama"]),
        (set("nama", json!(null)), &["nama"]),
        (set("nama", json!(["x"])), &["nama"]),
        (set("nama", json!("x".repeat(101))), &["nama"]),
        (set("nama", json!("007")), &["nama"]),
        (set("nama", json!("🙂 …")), &["nama"]),
        (set("nama", json!("\u{3164}\u{200B}\u{301}")), &["nama"]),
        (set("telp", json!(8_120_000)), &["telp"]),
        (set("telp", json!("0812")), &["telp"]),
        (set("telp", json!("9".repeat(10_000))), &["telp"]),
        (set("email", json!({})), &["email"]),
        (set("instansi", json!("x".repeat(101))), &["instansi"]),
        (many, &["email", "instansi", "nama", "telp"]),
    ];
    refuses(&app, &desk, "/api/tamu", cases).await;
}

/// Dates, times and lengths that are not valid, each in a good body.
fn times(good: &Value) -> Vec<(Value, &'static [&'static str])> {
    let set = |field: &str, value: Value| with(good.clone(), &format!("/{field}"), value);
    let mut cases: Vec<(Value, &[&str])> = vec![
        (without(good.clone(), "/tanggal"), &["tanggal"]),
        (without(good.clone(), "/waktu"), &["waktu"]),
        (set("lain", json!(1)), &["lain"]),
        (set("tanggal", json!("2026-11-22")), &["tanggal"]),
        (set("tanggal", json!("2027-01-24")), &["tanggal"]),
        (set("waktu", json!("08:58")), &["tanggal"]),
        (set("izinkan_bentrok", json!("ya")), &["izinkan_bentrok"]),
    ];
    for date in [
        "2026-02-30",
        "2026-13-01",
        "26-11-23",
        "2026-11-23T00:00",
        "23-11-2026",
        "+026-11-23",
        "",
        "0000-00-00",
    ] {
        cases.push((set("tanggal", json!(date)), &["tanggal"]));
    }
    for time in ["25:61", "24:00", "9:30", "09:60", "0930", "09.30", "09:30:61", "-9:30", "", "09:3０"] {
        cases.push((set("waktu", json!(time)), &["waktu"]));
    }
    for minutes in [json!(4), json!(481), json!(-30), json!(i64::MAX), json!(30.5), json!("30")] {
        cases.push((set("durasi_menit", minutes), &["durasi_menit"]));
    }
    cases
}

async fn an_appointment(place: Place) {
    let app = App::start(place).await;
    let desk = app.desk().await;
    let good = with(invitation(1, "10:00"), "/id_guru", json!(3));
    let set = |field: &str, value: Value| with(good.clone(), &format!("/{field}"), value);
    let mut cases: Vec<(Value, &[&str])> = vec![
        (without(good.clone(), "/keperluan"), &["keperluan"]),
        (without(good.clone(), "/id_guru"), &["id_guru"]),
        (without(good.clone(), "/tamu"), &["tamu"]),
        (set("id_tamu", json!(1)), &["tamu"]),
        (set("tamu", json!(["Budi", "0812 0000 0001", null, null])), &["tamu"]),
        (set("tamu/lain", json!(1)), &["tamu.lain"]),
        (set("tamu/telp", json!("rusak")), &["tamu.telp"]),
        (set("tamu/telp", json!(1)), &["tamu.telp"]),
        (set("tamu/nama", json!("\u{1b}[31")), &["tamu.nama"]),
        (set("keperluan", json!("x".repeat(201))), &["keperluan"]),
        (set("keperluan", json!("\t")), &["keperluan"]),
        (with(without(good.clone(), "/tamu"), "/id_tamu", json!(999)), &["id_tamu"]),
        (with(without(good.clone(), "/tamu"), "/id_tamu", json!(-1)), &["id_tamu"]),
    ];
    cases.extend(times(&good));
    // An unknown user, an impossible identity, the receptionist, and more than 64 bits.
    for id in [json!(999), json!(0), json!(-1), json!(2), json!(1e30), json!("3")] {
        cases.push((set("id_guru", id), &["id_guru"]));
    }
    for kunci in [json!(""), json!("a b"), json!("x".repeat(65)), json!("é"), json!(1)] {
        cases.push((set("kunci", kunci), &["kunci"]));
    }
    refuses(&app, &desk, "/api/appointments", cases).await;
    desk.post("/api/appointments", good).await.expect(201);
}

async fn another_time(place: Place) {
    let app = App::start(place).await;
    let desk = app.desk().await;
    let made = tests::invite(&app.guru().await, 1, "10:00").await;
    let path = format!("/api/appointments/{}/schedule", made["id"]);
    let good = json!({ "tanggal": "2026-11-23", "waktu": "11:00" });
    let mut cases = times(&good);
    cases.push((json!({}), &["tanggal"]));
    cases.push((
        json!({ "tanggal": "x", "waktu": "x", "durasi_menit": 4 }),
        &["durasi_menit", "tanggal", "waktu"],
    ));
    // Its purpose stays as it is.
    cases.push((with(good.clone(), "/keperluan", json!("Lain")), &["keperluan"]));
    refuses(&app, &desk, &path, cases).await;
    desk.put(&path, good).await.expect(200);
}

async fn a_walk_in_a_scan_a_status_an_answer(place: Place) {
    let app = App::start(place).await;
    let (desk, guru) = (app.desk().await, app.guru().await);
    let good = walk_in(1, &tests::GURU);
    let here = desk.post("/api/appointments/walk-in", good.clone()).await.expect(201);
    let cases: Vec<(Value, &[&str])> = vec![
        (with(good.clone(), "/tanggal", json!("2026-11-23")), &["tanggal"]),
        (with(good.clone(), "/id_guru", json!(2)), &["id_guru"]),
        (without(good.clone(), "/id_guru"), &["id_guru"]),
        (with(good, "/tamu/instansi", json!("x".repeat(101))), &["tamu.instansi"]),
    ];
    refuses(&app, &desk, "/api/appointments/walk-in", cases).await;
    let cases: Vec<(Value, &[&str])> = vec![
        (json!({}), &["kode"]),
        (json!({ "kode": 1 }), &["kode"]),
        (json!({ "kode": "x", "kunci": " " }), &["kunci"]),
        (json!({ "kode": "x", "id_janji_temu": "1" }), &["id_janji_temu"]),
    ];
    refuses(&app, &desk, "/api/appointments/scan", cases).await;
    let cases: Vec<(Value, &[&str])> = vec![
        (json!({}), &["status"]),
        (json!({ "status": "Selesai" }), &["status"]),
        (json!({ "status": 1 }), &["status"]),
        (json!({ "status": "batal", "alasan": "x".repeat(201) }), &["alasan"]),
    ];
    refuses(&app, &desk, &format!("/api/appointments/{}/status", here["id"]), cases).await;
    let cases: Vec<(Value, &[&str])> = vec![
        (json!({ "tanggapan": "x".repeat(201) }), &["tanggapan"]),
        (json!({ "tanggapan": "a".repeat(201) }), &["tanggapan"]),
        (json!({ "jawaban": "x" }), &["jawaban"]),
    ];
    refuses(&app, &guru, &format!("/api/notifications/{}/respond", here["id"]), cases).await;
}

async fn a_user_and_a_review(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let good = json!({ "nama": "Dewi Lestari", "email": "dewi@sekolah.example", "role": "Guru" });
    let set = |field: &str, value: Value| with(good.clone(), &format!("/{field}"), value);
    let cases: Vec<(Value, &[&str])> = vec![
        (set("role", json!("admin")), &["role"]),
        (set("role", json!("Tamu")), &["role"]),
        (set("email", json!("dewi")), &["email"]),
        (set("telp", json!("rusak")), &["telp"]),
        (set("password", json!("rahasia sekali")), &["password"]),
        (set("aktif", json!(true)), &["aktif"]),
    ];
    refuses(&app, &admin, "/api/users", cases).await;
    let kode = tests::invite(&app.guru().await, 1, "10:00").await["kode_qr"].clone();
    let rated = |rating: Value| json!({ "kode": kode, "rating": rating });
    let cases: Vec<(Value, &[&str])> = vec![
        (rated(json!(0)), &["rating"]),
        (rated(json!(6)), &["rating"]),
        (rated(json!(-1)), &["rating"]),
        (rated(json!(4.5)), &["rating"]),
        (rated(json!("5")), &["rating"]),
        (with(rated(json!(5)), "/komentar", json!("x".repeat(1001))), &["komentar"]),
        (with(rated(json!(9)), "/komentar", json!("x".repeat(1001))), &["komentar", "rating"]),
    ];
    refuses(&app, &app.nobody(), "/api/ulasan", cases).await;
}

async fn bodies_that_are_no_json(place: Place) {
    let app = App::start(place).await;
    let desk = app.desk().await;
    let before = app.dump().await;
    let send = async |body: Vec<u8>| {
        let request = desk.request(Method::POST, "/api/tamu").header("content-type", "application/json");
        Answer::to(request.body(body)).await
    };
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    for body in ["", "{", "{\"nama\":", "halo", "{}{}", "{\"nama\":\"a\",}", "\u{feff}{}"] {
        send(body.into()).await.problem(400, "json_tidak_valid");
    }
    send(b"{\"nama\":\"\xff\xfe\",\"telp\":\"081200000001\"}".to_vec())
        .await
        .problem(400, "json_tidak_valid");
    let twice = br#"{"nama":"a","nama":"b","telp":"081200000001"}"#;
    send(twice.to_vec()).await.wrong_fields(&["nama"]);
    send(br#"{"nama":"\ud800","telp":"081200000001"}"#.to_vec()).await.wrong_fields(&["nama"]);
    send(format!("{{\"nama\":{deep}}}").into()).await.wrong_fields(&["nama"]);
    send(deep.into()).await.wrong_fields(&["isi"]);
    assert_eq!(app.dump().await, before);
}

async fn bodies_that_are_not_declared_as_json(place: Place) {
    let app = App::start(place).await;
    let login = json!({ "email": "a@b.example", "password": "x" }).to_string();
    let send = async |kind: &str| {
        let request = app.nobody().request(Method::POST, "/api/auth/login").header("content-type", kind);
        Answer::to(request.body(login.clone())).await
    };
    for kind in ["", "text/plain", "application/x-www-form-urlencoded", "application/jsonp", "json"] {
        send(kind).await.problem(415, "bukan_json");
    }
    for kind in ["application/json; charset=utf-8", "Application/JSON"] {
        send(kind).await.problem(401, "kredensial_salah");
    }
}

async fn identities_that_are_none(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let before = app.dump().await;
    for id in ["-1", "0", "x", "1.5", "+1", "%201", "1%00", "%FF", "9223372036854775808", &"9".repeat(400)] {
        for path in ["/api/users/", "/api/notifications/"] {
            admin.delete(&format!("{path}{id}")).await.wrong_fields(&["id"]);
        }
        for path in ["/api/appointments/", "/api/appointments/guru/"] {
            admin.get(&format!("{path}{id}")).await.wrong_fields(&["id"]);
        }
        admin.get(&format!("/api/appointments/{id}/qr.png")).await.wrong_fields(&["id"]);
    }
    for id in ["999999", "9223372036854775807"] {
        admin.delete(&format!("/api/users/{id}")).await.problem(404, "tidak_ditemukan");
        admin.get(&format!("/api/appointments/{id}")).await.problem(404, "tidak_ditemukan");
    }
    assert_eq!(app.dump().await, before);
}

async fn queries_that_make_no_sense(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let long = format!("q={}", "x".repeat(101));
    let everywhere = [
        ("halaman=0", "halaman"),
        ("halaman=-1", "halaman"),
        ("halaman=1000001", "halaman"),
        ("halaman=99999999999999999999", "halaman"),
        ("halaman=x", "halaman"),
        ("halaman=", "halaman"),
        ("ukuran=0", "ukuran"),
        ("ukuran=201", "ukuran"),
        ("ukuran=1e2", "ukuran"),
        (&*long, "q"),
        ("lain=1", "lain"),
        ("q=a&q=b", "q"),
        ("halaman=1&halaman=2", "halaman"),
    ];
    for path in ["/api/users", "/api/tamu", "/api/guru", "/api/appointments", "/api/appointments/today"] {
        for (query, field) in everywhere {
            admin.get(&format!("{path}?{query}")).await.wrong_fields(&[field]);
        }
        let far = admin.get(&format!("{path}?halaman=1000000&ukuran=200")).await.expect(200);
        assert_eq!(far["data"], json!([]), "{path}");
        admin.get(&format!("{path}?q=%ZZ%25%5F")).await.expect(200);
        admin.get(&format!("{path}?q=%FF")).await.expect(200);
    }
    for (address, field) in [
        ("/api/appointments?dari=2026-02-30", "dari"),
        ("/api/appointments?sampai=x", "sampai"),
        ("/api/appointments?dari=2026-11-24&sampai=2026-11-23", "sampai"),
        ("/api/appointments?dari=1999-12-31", "dari"),
        ("/api/appointments?sampai=10000-01-01", "sampai"),
        ("/api/appointments?status=Belum", "status"),
        ("/api/appointments?status=belum,,batal", "status"),
        ("/api/users?role=guru", "role"),
        ("/api/notifications?belum_dibaca=ya", "belum_dibaca"),
        ("/api/reports/daily?tanggal=2026-02-30", "tanggal"),
        ("/api/reports/daily?format=exe", "format"),
        ("/api/reports/weekly?bulan=2026-11", "bulan"),
        ("/api/reports/monthly?bulan=2026-13", "bulan"),
        ("/api/reports/monthly?bulan=2026-1", "bulan"),
        ("/api/reports/monthly?bulan=2026-11-01", "bulan"),
        ("/api/tamu/search", "q"),
        ("/api/tamu/search?q=%20", "q"),
    ] {
        admin.get(address).await.wrong_fields(&[field]);
    }
}

async fn addresses_and_methods_that_are_not_there(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    for path in [
        "/kiosk.html",
        "/api",
        "/api/",
        "/api/appointments/",
        "/API/users",
        "/api/init",
        "/api/%00",
        "/%FF",
        "/.git/config",
    ] {
        admin.get(path).await.problem(404, "tidak_ditemukan");
        admin.post(path, json!({})).await.problem(404, "tidak_ditemukan");
    }
    let preflight = app
        .nobody()
        .request(Method::OPTIONS, "/api/users")
        .header("origin", "https://jahat.example")
        .header("access-control-request-method", "POST");
    let answer = Answer::to(preflight).await;
    assert!(
        answer.headers.keys().all(|name| !name.as_str().starts_with("access-control")),
        "{:?}",
        answer.headers
    );
    answer.problem(405, "metode_tidak_didukung");
    let wrong = admin.delete("/api/dashboard").await;
    assert!(wrong.header("allow").contains("GET"), "RFC 9110, section 15.5.6: {:?}", wrong.headers);
    wrong.problem(405, "metode_tidak_didukung");
}
