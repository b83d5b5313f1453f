//! The limits in the document are the server's. A value beyond is refused under the field's name; a value at the edge
//! is not.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, App, Caller, GURU, Place, invite, tamu};

journeys![
    every_field_has_a_limit,
    the_limits_of_fields_are_those_of_the_document,
    the_limits_of_parameters_too
];

/// The names of the object or list that holds the field `value`.
fn fields(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn is_of(schema: &Value, kind: &str) -> bool {
    schema["type"] == kind || schema["type"].as_array().is_some_and(|kinds| kinds.contains(&json!(kind)))
}

/// What a schema leaves open, if it does.
fn open_end(schema: &Value) -> Option<&'static str> {
    if is_of(schema, "string") && ["maxLength", "pattern", "enum"].iter().all(|limit| schema[limit].is_null())
    {
        return Some("a text of any length");
    }
    (is_of(schema, "integer") && schema["minimum"].is_null()).then_some("any number")
}

async fn every_field_has_a_limit(place: Place) {
    let app = App::start(place).await;
    let document = app.nobody().get("/api/openapi.json").await.expect(200);
    let mut open = Vec::new();
    let requests = fields(&document["components"]["schemas"]).filter(|(name, _)| name.ends_with("Request"));
    for (name, request) in requests {
        for (field, schema) in fields(&request["properties"]) {
            open.extend(open_end(schema).map(|what| format!("{name}.{field}: {what}")));
        }
    }
    for (path, item) in fields(&document["paths"]) {
        for (method, operation) in fields(item) {
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                let name = parameter["name"].as_str().expect("a name");
                // A code or secret in a path is looked at, whatever it is.
                let is_code = ["kode", "rahasia", "sesi"].contains(&name) && parameter["in"] == "path";
                let what = open_end(&parameter["schema"]).filter(|_| !is_code);
                open.extend(what.map(|what| format!("{method} {path} {name}: {what}")));
            }
        }
    }
    assert!(open.is_empty(), "routes/fields.rs names no limit of these: {open:#?}");
}

/// Values at the edge of a schema, and beyond it.
fn edges(schema: &Value) -> (Vec<Value>, Vec<Value>) {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    let number = |limit: &str| schema[limit].as_i64();
    if let Some(max) = number("maxLength") {
        bad.push(json!("a".repeat(max as usize + 1)));
        good.push(json!("a".repeat(max as usize)));
    }
    if let Some(min) = number("minLength") {
        bad.push(json!("a".repeat(min as usize - 1)));
        good.push(json!("a".repeat(min as usize)));
    }
    if schema["pattern"].is_string() {
        bad.push(json!("\u{e9} \u{e9}"));
    }
    if let Some(min) = number("minimum") {
        bad.extend([json!(min - 1), json!(-1)]);
        good.push(json!(min));
    }
    if let Some(max) = number("maximum") {
        bad.extend([json!(max + 1), json!(i64::MAX)]);
        good.push(json!(max));
    }
    (good, bad)
}

/// A valid body for each operation that checks its body.
fn good_bodies() -> Vec<(Method, &'static str, &'static str, Value)> {
    let jadwal =
        json!({ "tanggal": "2026-11-24", "waktu": "10:00", "durasi_menit": 30, "izinkan_bentrok": true });
    let with = |mut body: Value, more: Value| {
        body.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        body
    };
    let visit = json!({
        "tamu": tamu(1), "keperluan": "Nilai", "id_guru": GURU.id(), "atas_nama": "Dewi", "jumlah_orang": 2,
        "kunci": "k",
    });
    let user = json!({
        "nama": "Dewi", "email": "dewi@sekolah.example", "role": "Guru", "jabatan": "IPA", "telp": "081200007777",
        "sapaan": "Bu",
    });
    let guest = with(tamu(9), json!({ "email": "d@rumah.example", "instansi": "SMP 3" }));
    let answer = json!({ "tanggapan_jenis": "sebentar", "tanggapan": "Sebentar", "tanggapan_menit": 5 });
    let antar = json!({ "tanggapan_jenis": "antar", "tanggapan_tempat": "Ruang guru" });
    let review = json!({ "kode": "A".repeat(47), "rating": 5, "komentar": "Baik" });
    let settings = json!({
        "versi": 0, "nama_sekolah": "SMP Tunas Bangsa", "tempat": "Lobi", "zona_waktu": "Asia/Jakarta",
        "jam_buka": "07:00", "jam_tutup": "16:00", "toleransi_terlambat_menit": 10, "jeda_pulang_menit": 5,
        "batas_urung_menit": 5, "lewat_tengah_malam_jam": 3, "durasi_bawaan_menit": 45,
        "batas_pesan_bulan": 2, "kode_berlaku_hari": 14,
    });
    let change = json!({ "password_lama": "x", "password_baru": "meja hijau 8" });
    vec![
        (Method::POST, "/api/users", "PenggunaRequest", user.clone()),
        (Method::PUT, "/api/users/4", "UbahPenggunaRequest", user),
        (Method::POST, "/api/tamu", "TamuRequest", guest.clone()),
        (Method::PUT, "/api/tamu/1", "UbahTamuRequest", guest),
        (Method::POST, "/api/appointments", "JanjiTemuRequest", with(visit.clone(), jadwal.clone())),
        (Method::POST, "/api/appointments/walk-in", "WalkInRequest", visit),
        (Method::PUT, "/api/appointments/1/schedule", "JadwalRequest", jadwal),
        (
            Method::PUT,
            "/api/appointments/1/status",
            "StatusRequest",
            json!({ "status": "batal", "alasan": "x" }),
        ),
        (Method::POST, "/api/notifications/2/respond", "RespondRequest", answer),
        (Method::POST, "/api/notifications/2/respond", "RespondRequest", antar),
        (Method::POST, "/api/ulasan", "UlasanRequest", review),
        (Method::PUT, "/api/settings", "SetelanRequest", settings),
        (Method::PUT, "/api/auth/change-password", "ChangePasswordRequest", change),
    ]
}

/// Fields that may be refused although they follow the document, because the text itself is no address, number or day.
const OF_A_FORM: [&str; 6] = ["email", "telp", "kode", "tanggal", "waktu", "sapaan"];

async fn the_limits_of_fields_are_those_of_the_document(place: Place) {
    let app = App::start(place).await;
    let document = app.nobody().get("/api/openapi.json").await.expect(200);
    let (desk, guru) = (app.desk().await, app.guru().await);
    invite(&guru, 1, "10:00").await;
    desk.post("/api/appointments/walk-in", tests::walk_in(2, &GURU)).await.expect(201);
    let mut tried = 0;
    for (method, path, name, body) in good_bodies() {
        let schema = &document["components"]["schemas"][name]["properties"];
        assert!(schema.is_object(), "the document has no {name}");
        for (field, _) in fields(&body) {
            let send = async |caller: &Caller, value: Value| {
                let mut body = body.clone();
                body[field] = value;
                Answer::to(caller.request(method.clone(), path).json(&body)).await
            };
            // Signs in anew each time, because a changed password ends the session before.
            let caller = if path.contains("/notifications/") { app.guru().await } else { app.admin().await };
            let (good, bad) = edges(&schema[field]);
            for value in bad {
                tried += 1;
                let answer = send(&caller, value.clone()).await;
                // No password was ever so long, so it counts as a wrong one.
                if field == "password_lama" {
                    answer.problem(401, "kredensial_salah");
                    continue;
                }
                assert_eq!(answer.status, 422, "{method} {path} {field}={value}: {}", answer.text());
                let errors = answer.any_problem().errors;
                let is_named = errors.contains_key(field) || field == "kode";
                assert!(is_named, "{method} {path} {field}={value}: {errors:?}");
            }
            for value in good.into_iter().filter(|_| !OF_A_FORM.contains(&field.as_str())) {
                let answer = send(&caller, value.clone()).await;
                if answer.status == 422 {
                    let errors = answer.any_problem().errors;
                    // An unknown identity or password is not about limits.
                    let is_limit =
                        errors.contains_key(field) && !field.starts_with("id_") && field != "password_baru";
                    assert!(!is_limit, "{method} {path} {field}={value}: {errors:?}");
                }
            }
        }
    }
    assert!(tried > 60, "only {tried} values were beyond a limit");
}

async fn the_limits_of_parameters_too(place: Place) {
    let app = App::start(place).await;
    let document = app.nobody().get("/api/openapi.json").await.expect(200);
    let (admin, desk) = (app.admin().await, app.desk().await);
    let guest = app.tamu(&desk.post("/api/tamu", tamu(1)).await.expect(201)).await;
    let mut tried = 0;
    for (path, item) in fields(&document["paths"]) {
        for parameter in item["get"]["parameters"].as_array().into_iter().flatten() {
            let (name, place) = (parameter["name"].as_str().expect("a name"), &parameter["in"]);
            let caller = if path.starts_with("/api/tamu/saya") { &guest } else { &admin };
            let (good, bad) = edges(&parameter["schema"]);
            let address = |value: &Value| {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                let encoded = reqwest::Url::parse_with_params("http://x/", [(name, &text)]).expect("a URL");
                match place == "path" {
                    true => path.replace(&format!("{{{name}}}"), &text),
                    false => format!("{}?{}", path.replace("{id}", "1"), encoded.query().unwrap_or_default()),
                }
            };
            for value in bad {
                tried += 1;
                let answer = caller.get(&address(&value)).await;
                assert!(answer.status == 422, "{}: {}", address(&value), answer.text());
            }
            for value in good {
                let answer = caller.get(&address(&value)).await;
                let is_refused = answer.status == 422 && answer.any_problem().errors.contains_key(name);
                assert!(!is_refused, "{}: {}", address(&value), answer.text());
            }
        }
    }
    assert!(tried > 60, "only {tried} values were beyond a limit");
}
