//! Reviews as a file for a spreadsheet.

use chrono::Duration;
use serde_json::json;
use tests::{App, GURU, Place};

use super::{review, visit};

journeys![they_are_exported_without_a_formula];

async fn they_are_exported_without_a_formula(place: Place) {
    let app = App::start(place).await;
    let (admin, desk) = (app.admin().await, app.desk().await);
    for (n, rating, komentar) in [(1, 5, "=HYPERLINK(\"http://jahat.example\")"), (2, 4, "Ramah,\n\"cepat\"")]
    {
        let kode = visit(&desk, n, &GURU).await;
        app.clock.advance(Duration::minutes(1));
        review(&app, &kode, rating, komentar).await.expect(201);
    }
    let rows = async |query: &str| {
        let answer = admin.get(&format!("/api/ulasan/export.csv{query}")).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, "text/csv; charset=utf-8"));
        assert_eq!(answer.header("content-disposition"), "attachment; filename=\"ulasan-2026-11-23.csv\"");
        let text = answer.bytes.strip_prefix("\u{FEFF}".as_bytes()).expect("a byte order mark");
        let mut reader = csv::Reader::from_reader(text);
        let record =
            |row: csv::Result<csv::StringRecord>| row.expect("a row").iter().map(str::to_owned).collect();
        reader.records().map(record).collect::<Vec<Vec<String>>>()
    };
    let all = rows("").await;
    let shown: Vec<_> = all.iter().map(|row| [&*row[0], &*row[1], &*row[2], &*row[3], &*row[4]]).collect();
    let expected = [
        ["2026-11-23 09:02:00", GURU.nama, "Tamu Nomor 2", "4", "Ramah,\n\"cepat\""],
        ["2026-11-23 09:01:00", GURU.nama, "Tamu Nomor 1", "5", "'=HYPERLINK(\"http://jahat.example\")"],
    ];
    assert_eq!(shown, expected);
    let hidden = admin.get("/api/ulasan?rating=5").await.expect(200)["data"][0]["id_janji_temu"].clone();
    let why = json!({ "tersembunyi": true, "alasan": "Menyebut nama siswa" });
    admin.put(&format!("/api/ulasan/{hidden}"), why).await.expect(200);
    for (query, count) in
        [("?rating=4", 1), ("?tersembunyi=true", 1), ("?q=cepat", 1), ("?dari=2026-11-24", 0)]
    {
        assert_eq!(rows(query).await.len(), count, "{query}");
    }
    assert_eq!(rows("?tersembunyi=true").await[0][5..7], ["ya", "Menyebut nama siswa"]);
    let told = admin.get("/api/audit?aksi=ekspor&objek=ulasan").await.expect(200);
    assert_eq!(told["total"], 6, "each time");
    admin.get("/api/ulasan/export.csv?rating=6").await.wrong_fields(&["rating"]);
    desk.get("/api/ulasan/export.csv").await.problem(403, "terlarang");
}
