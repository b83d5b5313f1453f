//! Reports as files, read again by other libraries, and files of visits that are made in the background.

use std::io::Cursor;

use calamine::{Data, DataType, Reader, Xlsx};
use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, App, Caller, GURU, Place, call, invitation, within};

journeys![
    a_workbook_has_real_numbers_and_dates,
    a_csv_is_harmless_and_says_the_same,
    a_paper_has_letterhead_figures_and_a_place_to_sign,
    a_range_is_checked_and_compared,
    visits_are_exported_row_by_row_and_once,
    an_export_is_its_owners_and_can_be_given_up,
    a_logo_is_a_picture_and_nothing_else,
];

const EVIL: &str = "=HYPERLINK(\"http://jahat.example\";\"klik\")";

/// Monday: a visit for something that looks like a formula, met after four minutes and left with five stars.
async fn monday(place: Place) -> App {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let mut body = invitation(1, "09:30");
    body["keperluan"] = json!(EVIL);
    let janji = guru.post("/api/appointments", body).await.expect(201);
    app.clock.set("2026-11-23T02:30:00Z");
    let desk = app.desk().await;
    desk.scan(&janji["kode_qr"]).await.expect(200);
    call(&app.guru().await, &janji).await;
    app.clock.set("2026-11-23T02:34:00Z");
    let status = format!("/api/appointments/{}/status", janji["id"]);
    app.desk().await.put(&status, json!({ "status": "sedang berlangsung" })).await.expect(200);
    app.clock.set("2026-11-23T02:50:00Z");
    app.desk().await.put(&status, json!({ "status": "selesai" })).await.expect(200);
    app
}

fn workbook(bytes: &[u8]) -> Xlsx<Cursor<Vec<u8>>> {
    calamine::open_workbook_from_rs(Cursor::new(bytes.to_vec())).expect("a workbook")
}

/// The rows of a sheet.
fn rows(bytes: &[u8], sheet: &str) -> Vec<Vec<Data>> {
    let range = workbook(bytes).worksheet_range(sheet).expect("a sheet");
    range.rows().map(<[Data]>::to_vec).collect()
}

fn file(answer: Answer, kind: &str, name: &str) -> Vec<u8> {
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("content-type"), kind);
    assert_eq!(answer.header("content-disposition"), format!("attachment; filename=\"{name}\""));
    answer.bytes
}

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

async fn a_workbook_has_real_numbers_and_dates(place: Place) {
    let app = monday(place).await;
    let path = "/api/reports/range?dari=2026-11-23&sampai=2026-11-24&format=xlsx&bandingkan=true";
    let bytes = file(app.admin().await.get(path).await, XLSX, "laporan-2026-11-23-2026-11-24.xlsx");
    let summary = rows(&bytes, "Ringkasan");
    let line =
        |title: &str| summary.iter().find(|row| row[0] == Data::String(title.to_owned())).unwrap().clone();
    assert_eq!(line("Kunjungan")[1..4], [Data::Float(1.0), Data::Float(0.0), Data::Float(1.0)]);
    assert_eq!(line("Tepat waktu")[1].as_f64(), Some(1.0), "per cent are parts of one");
    let wait = line("Waktu tunggu rata-rata")[1].as_duration().expect("a real length of time");
    assert_eq!(wait.num_seconds(), 240);
    let days = rows(&bytes, "Per hari");
    let date = days[1][0].as_date().expect("a real date");
    assert_eq!((date.to_string().as_str(), &days[1][1]), ("2026-11-23", &Data::String("Senin".to_owned())));
    let gurus = rows(&bytes, "Per guru");
    assert_eq!((&gurus[1][0], &gurus[1][2]), (&Data::String(GURU.nama.to_owned()), &Data::Float(1.0)));
    let purposes = rows(&bytes, "Per keperluan");
    assert_eq!(purposes[1][0], Data::String(EVIL.to_owned()), "it is text, not a formula");
    assert!(workbook(&bytes).worksheet_formula("Per keperluan").unwrap().is_empty());
}

async fn a_csv_is_harmless_and_says_the_same(place: Place) {
    let app = monday(place).await;
    let path = "/api/reports/daily?tanggal=2026-11-23&format=csv&bahasa=en";
    let bytes = file(
        app.admin().await.get(path).await,
        "text/csv; charset=utf-8",
        "laporan-2026-11-23-2026-11-23.csv",
    );
    let text = bytes.strip_prefix("\u{FEFF}".as_bytes()).expect("a byte order mark");
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(text);
    let lines: Vec<Vec<String>> =
        reader.records().map(|line| line.unwrap().iter().map(str::to_owned).collect()).collect();
    let has = |line: &[&str]| lines.iter().any(|other| other == line);
    assert!(has(&["Visits", "1"]) && has(&["Median waiting time", "240"]), "{lines:?}");
    assert!(has(&["2026-11-23", "Monday", "1"]), "{lines:?}");
    assert!(has(&[&format!("'{EVIL}"), "1", "100.00"]), "{lines:?}");
}

/// The text of a paper.
fn text(pdf: &[u8]) -> String {
    let document = lopdf::Document::load_mem(pdf).expect("a document");
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    let text = document.extract_text(&pages).expect("text");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

async fn a_paper_has_letterhead_figures_and_a_place_to_sign(place: Place) {
    let app = monday(place).await;
    let admin = app.admin().await;
    let versi = admin.get("/api/settings").await.expect(200)["versi"].clone();
    let changes = json!({
        "versi": versi,
        "nama_sekolah": "SMP Tunas Bangsa",
        "kop": { "baris1": "PEMERINTAH KOTA CONTOH", "baris3": "SMP TUNAS BANGSA" },
        "penanda_tangan": { "nama": "Dra. Ratna Wulandari", "nip": "19700101 199512 2 001" },
    });
    let settings = admin.put("/api/settings", changes).await.expect(200);
    assert_eq!(
        (&settings["kop"]["baris3"], &settings["kop"]["telp"]),
        (&json!("SMP TUNAS BANGSA"), &json!(""))
    );
    let path = "/api/reports/monthly?bulan=2026-11&format=pdf&bandingkan=true";
    let bytes = file(admin.get(path).await, "application/pdf", "laporan-2026-11-01-2026-11-30.pdf");
    let text = text(&bytes);
    for part in [
        "PEMERINTAH KOTA CONTOH",
        "SMP TUNAS BANGSA",
        "Laporan Kunjungan Tamu",
        "November 2026",
        "dibandingkan dengan Oktober 2026",
        "100,0%",
        "4 mnt 0 dtk",
        GURU.nama,
        "Dra. Ratna Wulandari",
        "NIP. 19700101 199512 2 001",
        "Halaman 1 dari",
    ] {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
}

async fn a_range_is_checked_and_compared(place: Place) {
    let app = monday(place).await;
    let admin = app.admin().await;
    for (query, fields) in [
        ("dari=2026-11-24&sampai=2026-11-23", &["sampai"][..]),
        ("dari=2020-01-01&sampai=2026-11-23", &["sampai"]),
        ("dari=2026-11-31&sampai=x", &["dari", "sampai"]),
        ("dari=2026-11-23", &["sampai"]),
        ("dari=2026-11-23&sampai=2026-11-23&format=docx", &["format"]),
    ] {
        let answer = admin.get(&format!("/api/reports/range?{query}")).await;
        let problem = answer.problem(422, "isian_tidak_valid");
        assert!(
            fields.iter().all(|field| problem.errors.contains_key(*field)),
            "{query}: {:?}",
            problem.errors
        );
    }
    let plain = admin.get("/api/reports/range?dari=2026-11-23&sampai=2026-11-25").await.expect(200);
    assert_eq!(plain.get("sebelumnya"), None);
    let path = "/api/reports/range?dari=2026-11-24&sampai=2026-11-25&bandingkan=true";
    let compared = admin.get(path).await.expect(200);
    assert_eq!(compared["jumlah_kunjungan"], 0);
    let before = &compared["sebelumnya"];
    assert_eq!((&before["dari"], &before["sampai"]), (&json!("2026-11-22"), &json!("2026-11-23")));
    assert_eq!(
        (&before["jumlah_kunjungan"], &before["per_keperluan"][0]["keperluan"]),
        (&json!(1), &json!(EVIL))
    );
}

/// The state of an export once it has ended.
async fn ended(admin: &Caller, id: &Value) -> Value {
    let path = format!("/api/reports/ekspor/{}", id);
    within("the end of an export", async {
        loop {
            let state = admin.get(&path).await.expect(200);
            if state["keadaan"] != "berjalan" {
                return state;
            }
            tokio::task::yield_now().await;
        }
    })
    .await
}

async fn visits_are_exported_row_by_row_and_once(place: Place) {
    let app = monday(place).await;
    let admin = app.admin().await;
    let days = |format: &str| json!({ "dari": "2026-11-23", "sampai": "2026-11-23", "format": format });
    let begun = admin.post("/api/reports/ekspor", days("xlsx")).await.expect(202);
    let state = ended(&admin, &begun["id"]).await;
    let state: Vec<_> = ["keadaan", "baris", "total", "persen"].iter().map(|name| &state[*name]).collect();
    assert_eq!(state, [&json!("selesai"), &json!(1), &json!(1), &json!(100)]);
    let path = format!("/api/reports/ekspor/{}/berkas", begun["id"]);
    let bytes = file(admin.get(&path).await, XLSX, "laporan-2026-11-23-2026-11-23.xlsx");
    assert_eq!(rows(&bytes, "Ringkasan")[1][1], Data::Float(1.0));
    let visits = rows(&bytes, "Kunjungan");
    assert_eq!((visits.len(), &visits[1][5]), (2, &Data::String(EVIL.to_owned())));
    assert_eq!(visits[1][0].as_datetime().unwrap().to_string(), "2026-11-23 09:30:00", "the school's time");
    admin.get(&path).await.problem(404, "tidak_ditemukan");

    let begun = admin.post("/api/reports/ekspor", days("csv")).await.expect(202);
    ended(&admin, &begun["id"]).await;
    let path = format!("/api/reports/ekspor/{}/berkas", begun["id"]);
    let answer = admin.get(&path).await;
    let text = String::from_utf8(answer.bytes).unwrap();
    assert!(text.contains("\"'=HYPERLINK") && text.lines().count() == 2, "{text}");
}

async fn an_export_is_its_owners_and_can_be_given_up(place: Place) {
    let app = monday(place).await;
    let admin = app.admin().await;
    let days = json!({ "dari": "2026-11-23", "sampai": "2026-11-23", "format": "pdf" });
    let begun = admin.post("/api/reports/ekspor", days.clone()).await.expect(202);
    let path = format!("/api/reports/ekspor/{}", begun["id"]);
    ended(&admin, &begun["id"]).await;
    admin.delete(&path).await.expect(204);
    assert_eq!(admin.get(&path).await.expect(200)["keadaan"], "dibatalkan");
    admin.get(&format!("{path}/berkas")).await.problem(404, "tidak_ditemukan");
    admin.get("/api/reports/ekspor/7").await.problem(404, "tidak_ditemukan");
    admin.delete("/api/reports/ekspor/7").await.problem(404, "tidak_ditemukan");
    let wrong = json!({ "dari": "2026-11-23", "sampai": "2026-11-22", "format": "csv" });
    admin.post("/api/reports/ekspor", wrong).await.wrong_fields(&["sampai"]);

    // What nobody fetches is deleted.
    let begun = admin.post("/api/reports/ekspor", days).await.expect(202);
    ended(&admin, &begun["id"]).await;
    app.clock.advance(chrono::Duration::minutes(61));
    let path = format!("/api/reports/ekspor/{}", begun["id"]);
    app.admin().await.get(&path).await.problem(404, "tidak_ditemukan");
}

async fn a_logo_is_a_picture_and_nothing_else(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let put = async |bytes: Vec<u8>| {
        let request = admin.request(Method::PUT, "/api/settings/logo").header("content-type", "image/png");
        Answer::to(request.body(bytes)).await
    };
    app.nobody().get("/api/sekolah/logo").await.problem(404, "tidak_ditemukan");
    let mut png = Cursor::new(Vec::new());
    let picture = image::RgbImage::from_pixel(800, 400, image::Rgb([27, 90, 72]));
    picture.write_to(&mut png, image::ImageFormat::Png).unwrap();
    put(png.into_inner()).await.expect(204);
    let logo = app.nobody().get("/api/sekolah/logo").await;
    assert_eq!((logo.status, logo.header("content-type")), (200, "image/png"));
    let kept = image::load_from_memory(&logo.bytes).unwrap();
    assert_eq!((kept.width(), kept.height()), (512, 256));
    put(b"<svg/>".to_vec()).await.wrong_fields(&["logo"]);
    put(vec![0; (512 << 10) + 1]).await.problem(413, "terlalu_besar");
    admin.get("/api/reports/daily?format=pdf").await;
    admin.delete("/api/settings/logo").await.expect(204);
    app.nobody().get("/api/sekolah/logo").await.problem(404, "tidak_ditemukan");
}
