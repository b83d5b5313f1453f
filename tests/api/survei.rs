//! The survey: once for each visit, without the guest, and read as a whole.

use chrono::Duration;
use domain::Setelan;
use serde_json::{Value, json};
use tests::{Answer, App, GURU, Place, invite, put_status};

use crate::kunjungan::{ended, path};

journeys![
    it_is_filled_in_once_after_the_visit_and_nobody_is_told_whose_it_is,
    where_the_school_does_not_ask_there_is_none,
    what_the_desk_did_not_see_is_not_surveyed,
    wrong_answers_are_named,
    admins_read_what_all_of_them_come_to,
    it_is_handed_in_as_a_workbook_and_on_paper,
];

/// A school that asks the survey.
async fn asking(place: Place) -> App {
    let app = App::start(place).await;
    app.set_elsewhere(Setelan { survei: true, ..Setelan::default() }).await;
    let kode = ended(&app.desk().await, 900).await;
    while app.nobody().get(&path(&kode)).await.expect(200)["survei"] != true {
        tests::pause().await;
    }
    app
}

async fn fill_in(app: &App, kode: &Value, body: Value) -> Answer {
    app.nobody().post(&format!("{}/survei", path(kode)), body).await
}

fn answers(nilai: u8) -> Value {
    json!({ "unsur": { "persyaratan": nilai, "waktu": nilai, "sarana": null } })
}

async fn it_is_filled_in_once_after_the_visit_and_nobody_is_told_whose_it_is(place: Place) {
    let app = asking(place).await;
    let desk = app.desk().await;
    let kode = ended(&desk, 1).await;
    let mut page = app.nobody().follow(&kode).await;
    assert_eq!(page.next_of("kunjungan").await["survei"], true);
    let before = app.dump().await;
    let body = json!({
        "unsur": { "persyaratan": 4, "prosedur": 3, "pengaduan": 2 },
        "usia": "30_39", "pendidikan": "s1", "pekerjaan": "swasta", "jenis_kelamin": "perempuan",
        "saran": " Tambah kursi.\r\n<b>Cepat</b> ",
    });
    let kept = fill_in(&app, &kode, body.clone()).await.expect(201);
    assert_eq!(
        kept.as_object().map(|kept| kept.keys().collect::<Vec<_>>()),
        Some(vec![&"message".to_owned()])
    );
    assert_eq!(page.next_of("kunjungan").await["survei"], false);
    // The row has nothing of the visit, and the visit nothing but its mark.
    let after = app.dump().await;
    let new: Vec<_> = after.iter().filter(|row| !before.contains(row)).collect();
    assert_eq!(new.len(), 2, "the visit and the survey: {new:#?}");
    let row = new.iter().find(|row| row.contains("Tambah kursi")).expect("the survey");
    for hidden in ["2026-11-23T", "1795", kode.as_str().expect("a code"), "Tamu Nomor"] {
        assert!(!row.contains(hidden), "{hidden} leads to the visit: {row}");
    }
    let before = app.dump().await;
    fill_in(&app, &kode, body).await.problem(409, "survei_sudah_diisi");
    assert_eq!(app.dump().await, before);
}

async fn where_the_school_does_not_ask_there_is_none(place: Place) {
    let app = App::start(place).await;
    let kode = ended(&app.desk().await, 1).await;
    assert_eq!(app.nobody().get(&path(&kode)).await.expect(200)["survei"], false);
    let before = app.dump().await;
    fill_in(&app, &kode, answers(4)).await.problem(403, "survei_tidak_ada");
    assert_eq!(app.dump().await, before);
}

async fn what_the_desk_did_not_see_is_not_surveyed(place: Place) {
    let app = asking(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let made = invite(&guru, 1, "09:00").await;
    for status in ["menunggu", "sedang berlangsung", "selesai"] {
        fill_in(&app, &made["kode_qr"], answers(4)).await.problem(409, "belum_selesai");
        put_status(&guru, &made, status).await.expect(200);
    }
    fill_in(&app, &made["kode_qr"], answers(4)).await.problem(409, "belum_selesai");
    // Who visits themselves says nothing of the school.
    let telp = json!({ "telp": "0812 0000 0002" });
    app.admin().await.put(&format!("/api/users/{}", GURU.id()), telp).await.expect(200);
    fill_in(&app, &ended(&desk, 2).await, answers(4)).await.problem(403, "ulasan_sendiri");
}

async fn wrong_answers_are_named(place: Place) {
    let app = asking(place).await;
    let kode = ended(&app.desk().await, 1).await;
    for (body, fields) in [
        (json!({ "unsur": {} }), &["unsur"][..]),
        (json!({ "unsur": { "waktu": null } }), &["unsur"]),
        (json!({ "unsur": { "waktu": 5, "biaya": 0 } }), &["unsur.biaya", "unsur.waktu"]),
        (json!({ "unsur": { "waktu": 3.5 } }), &["unsur.waktu"]),
        (json!({ "unsur": { "mutu": 3 } }), &["unsur.mutu"]),
        (json!({ "unsur": { "waktu": 3 }, "usia": "17" }), &["usia"]),
        (json!({ "unsur": { "waktu": 3 }, "saran": "a".repeat(1001) }), &["saran"]),
        (json!({ "unsur": { "waktu": 3 }, "nama": "Dewi" }), &["nama"]),
        (json!({}), &["unsur"]),
    ] {
        let answer = fill_in(&app, &kode, body.clone()).await;
        assert_eq!(answer.status, 422, "{body}: {}", answer.text());
        answer.wrong_fields(fields);
    }
    let all = domain::survei::Unsur::ALL.map(|unsur| (unsur.as_str().to_owned(), json!(1)));
    let body = json!({ "unsur": Value::Object(all.into_iter().collect()), "saran": "a".repeat(1000) });
    fill_in(&app, &kode, body).await.expect(201);
}

async fn admins_read_what_all_of_them_come_to(place: Place) {
    let app = asking(place).await;
    let none = app.admin().await.get("/api/survei").await.expect(200);
    assert_eq!((&none["responden"], &none["indeks"], &none["saran"]), (&json!(0), &Value::Null, &json!([])));
    for (n, nilai, usia) in [(1, 4, Some("20_29")), (2, 3, Some("20_29")), (3, 3, None)] {
        let mut body = answers(nilai);
        if let Some(usia) = usia {
            body["usia"] = json!(usia);
        }
        body["saran"] = json!(if n == 1 { "Ramah" } else { "" });
        fill_in(&app, &ended(&app.desk().await, n).await, body).await.expect(201);
        app.clock.advance(Duration::days(1));
    }
    let admin = app.admin().await;
    let all = admin.get("/api/survei").await.expect(200);
    assert_eq!(all["responden"], 3);
    assert_eq!(
        all["unsur"][0],
        json!({ "unsur": "persyaratan", "n": 3, "jumlah": 10, "per_nilai": [0, 0, 2, 1], "nrr": 10.0 / 3.0 })
    );
    assert_eq!(all["unsur"].as_array().map(Vec::len), Some(9));
    assert_eq!((&all["indeks"]["nilai"], &all["indeks"]["mutu"]), (&json!(83.33), &json!("B")));
    assert_eq!(all["indeks_011"]["nilai"], 82.5);
    assert_eq!(all["kelompok"]["usia"], json!({ "20_29": 2 }));
    assert_eq!((&all["saran"], &all["jumlah_saran"]), (&json!(["Ramah"]), &json!(1)));
    let some = admin.get("/api/survei?dari=2026-11-24&sampai=2026-11-24").await.expect(200);
    assert_eq!((&some["responden"], &some["dari"]), (&json!(1), &json!("2026-11-24")));
    assert_eq!(some["indeks"]["nilai"], 75.0);
    admin.get("/api/survei?dari=2026-11-25&sampai=2026-11-24").await.wrong_fields(&["sampai"]);
}

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

async fn it_is_handed_in_as_a_workbook_and_on_paper(place: Place) {
    let app = asking(place).await;
    let (admin, desk) = (app.admin().await, app.desk().await);
    for (n, nilai) in [(1, 4), (2, 3)] {
        let mut body = answers(nilai);
        body["usia"] = json!("30_39");
        body["saran"] = json!("=1+1");
        fill_in(&app, &ended(&desk, n).await, body).await.expect(201);
    }
    let versi = admin.get("/api/settings").await.expect(200)["versi"].clone();
    let signer = json!({ "nama": "Dra. Ratna Wulandari", "nip": "19700101 199512 2 001" });
    let change = json!({ "versi": versi, "penanda_tangan": signer });
    admin.put("/api/settings", change).await.expect(200);
    let get = async |format: &str, kind: &str| {
        let days = "dari=2026-11-01&sampai=2026-11-30";
        let answer = admin.get(&format!("/api/survei?{days}&format={format}")).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, kind), "{}", answer.text());
        let name = format!("attachment; filename=\"survei-2026-11-01-2026-11-30.{format}\"");
        assert_eq!(answer.header("content-disposition"), name);
        answer.bytes
    };
    let file = get("xlsx", XLSX).await;
    let mut book: calamine::Xlsx<_> =
        calamine::open_workbook_from_rs(std::io::Cursor::new(file)).expect("a workbook");
    let mut rows = |sheet: &str| {
        let range = calamine::Reader::worksheet_range(&mut book, sheet).expect("a sheet");
        range.rows().map(<[calamine::Data]>::to_vec).collect::<Vec<_>>()
    };
    let figures = rows("Ringkasan");
    assert_eq!((&figures[1][1], &figures[4][1]), (&calamine::Data::Float(87.5), &calamine::Data::Float(2.0)));
    assert_eq!(rows("Per unsur").len(), 10);
    assert_eq!(rows("Saran")[1][0], calamine::Data::String("=1+1".to_owned()));
    let paper = lopdf::Document::load_mem(&get("pdf", "application/pdf").await).expect("a document");
    let pages: Vec<u32> = paper.get_pages().keys().copied().collect();
    let text = paper.extract_text(&pages).expect("text").split_whitespace().collect::<Vec<_>>().join(" ");
    for part in ["Laporan Survei Kepuasan", "87,50", "B (Baik)", "86,63", "NIP. 19700101", "Halaman 1 dari"] {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
    let csv = String::from_utf8(get("csv", "text/csv; charset=utf-8").await).expect("text");
    assert!(csv.contains("Usia,30 – 39 tahun,2,100.00") && csv.contains("'=1+1"), "{csv}");
    let wrong = admin.get("/api/survei?format=docx").await;
    assert!(wrong.problem(422, "isian_tidak_valid").errors.contains_key("format"));
    desk.get("/api/survei?format=pdf").await.problem(403, "terlarang");
}
