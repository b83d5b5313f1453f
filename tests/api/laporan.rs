//! The three reports, and the dashboard, of one made-up day and its neighbours.

use serde_json::{Value, json};
use tests::{App, GURU, OTHER_GURU, Place, invitation, invite, walk_in};

journeys![
    the_report_of_a_day,
    the_reports_of_a_week_and_a_month,
    without_a_date_they_are_of_now_in_the_school,
    only_what_is_named_is_a_format,
];

/// Monday: one punctual visit with a meeting after 4 minutes and 5 stars, one late visit that ends without a meeting, a
/// walk-in, one called off, and one guest who does not come. Tuesday: one visit.
async fn two_days(place: Place) -> App {
    let app = App::start(place).await;
    let (guru, other) = (app.guru().await, app.other_guru().await);
    let (punctual, late) = (invite(&guru, 1, "09:30").await, invite(&guru, 2, "10:00").await);
    let (called_off, _missed) = (invite(&guru, 3, "11:00").await, invite(&other, 4, "11:00").await);
    let mut tuesday = invitation(5, "08:00");
    tuesday["tanggal"] = json!("2026-11-24");
    let tuesday = other.post("/api/appointments", tuesday).await.expect(201);
    let status = |row: &Value| format!("/api/appointments/{}/status", row["id"]);
    guru.put(&status(&called_off), json!({ "status": "batal" })).await.expect(200);

    app.clock.set("2026-11-23T02:30:00Z");
    let desk = app.desk().await;
    desk.scan(&punctual["kode_qr"]).await.expect(200);
    app.clock.set("2026-11-23T02:34:00Z");
    desk.put(&status(&punctual), json!({ "status": "sedang berlangsung" })).await.expect(200);
    desk.scan(&punctual["kode_qr"]).await.expect(200);
    let stars = json!({ "kode": punctual["kode_qr"], "rating": 5 });
    app.nobody().post("/api/ulasan", stars).await.expect(201);
    app.clock.set("2026-11-23T03:20:00Z");
    let desk = app.desk().await;
    desk.scan(&late["kode_qr"]).await.expect(200);
    desk.post("/api/appointments/walk-in", walk_in(6, &OTHER_GURU)).await.expect(201);
    app.clock.set("2026-11-24T01:00:00Z");
    app.desk().await.scan(&tuesday["kode_qr"]).await.expect(200);
    app
}

async fn the_report_of_a_day(place: Place) {
    let app = two_days(place).await;
    let report = app.admin().await.get("/api/reports/daily?tanggal=2026-11-23").await.expect(200);
    assert_eq!(
        report,
        json!({
            "dari": "2026-11-23",
            "sampai": "2026-11-23",
            "jumlah_kunjungan": 3,
            "per_status": {
                "batal": 1, "belum": 1, "menunggu": 2, "sedang berlangsung": 0, "selesai": 1, "tidak hadir": 0,
            },
            "persentase_tepat_waktu": 50.0,
            "jumlah_terlambat": 1,
            "walk_in": 1,
            "jumlah_orang": 3,
            "tidak_hadir": 0,
            "waktu_tunggu_median_detik": 240.0,
            "waktu_tunggu_p90_detik": 240.0,
            "dengan_waktu_tunggu": 1,
            "jumlah_ulasan": 1,
            "per_guru": [
                {
                    "id": GURU.id(), "nama": GURU.nama, "jabatan": "Matematika", "jumlah_kunjungan": 2,
                    "jumlah_janji": 2,
                    "terlambat": 1, "tidak_hadir": 0, "waktu_tunggu_rata_rata_detik": 240.0,
                    "rating_rata_rata": 5.0, "jumlah_ulasan": 1,
                },
                {
                    "id": OTHER_GURU.id(), "nama": OTHER_GURU.nama, "jabatan": "Matematika", "jumlah_kunjungan": 1,
                    "jumlah_janji": 1, "terlambat": 0, "tidak_hadir": 0, "waktu_tunggu_rata_rata_detik": null,
                    "rating_rata_rata": null, "jumlah_ulasan": 0,
                },
            ],
            "per_keperluan": [
                { "keperluan": "Konsultasi nilai", "jumlah": 2 }, { "keperluan": "Surat pindah", "jumlah": 1 },
            ],
            "per_hari_minggu": (1..=7).map(|hari| json!({ "hari": hari, "jumlah": 3 * i32::from(hari == 1) }))
                .collect::<Vec<_>>(),
            "per_hari_jam": [{ "hari": 1, "jam": 9, "jumlah": 1 }, { "hari": 1, "jam": 10, "jumlah": 2 }],
            "per_rating": (1..=5).map(|n| json!({ "rating": n, "jumlah": i32::from(n == 5) })).collect::<Vec<_>>(),
            "survei": null,
            "guru_teratas": [
                { "id": OTHER_GURU.id(), "nama": OTHER_GURU.nama, "jumlah": 2 },
                { "id": GURU.id(), "nama": GURU.nama, "jumlah": 2 },
            ],
            "waktu_tunggu_rata_rata_detik": 240.0,
            "tanpa_waktu_tunggu": 2,
            "rating_rata_rata": 5.0,
            "per_hari": [{ "tanggal": "2026-11-23", "jumlah": 3, "walk_in": 1 }],
            "per_jam": [{ "jam": 9, "jumlah": 1 }, { "jam": 10, "jumlah": 2 }],
        })
    );
}

async fn the_reports_of_a_week_and_a_month(place: Place) {
    let app = two_days(place).await;
    let admin = app.admin().await;
    let week = admin.get("/api/reports/weekly?tanggal=2026-11-29").await.expect(200);
    assert_eq!((&week["dari"], &week["sampai"]), (&json!("2026-11-23"), &json!("2026-11-29")));
    assert_eq!(week["jumlah_kunjungan"], 4, "{week}");
    assert_eq!(week["per_hari"].as_array().map(Vec::len), Some(7));
    let month = admin.get("/api/reports/monthly?bulan=2026-11").await.expect(200);
    assert_eq!((&month["dari"], &month["sampai"]), (&json!("2026-11-01"), &json!("2026-11-30")));
    assert_eq!((&month["jumlah_kunjungan"], &month["walk_in"]), (&json!(4), &json!(1)), "{month}");
    let leap = admin.get("/api/reports/monthly?bulan=2028-02").await.expect(200);
    assert_eq!((&leap["sampai"], &leap["jumlah_kunjungan"]), (&json!("2028-02-29"), &json!(0)));
}

async fn without_a_date_they_are_of_now_in_the_school(place: Place) {
    let app = App::start(place).await;
    // Tuesday at the school, and still Monday in UTC.
    app.clock.set("2026-11-30T17:30:00Z");
    let admin = app.admin().await;
    for (path, dari) in [("daily", "2026-12-01"), ("weekly", "2026-11-30"), ("monthly", "2026-12-01")] {
        assert_eq!(admin.get(&format!("/api/reports/{path}")).await.expect(200)["dari"], dari, "{path}");
    }
}

async fn only_what_is_named_is_a_format(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    admin.get("/api/reports/daily?format=json").await.expect(200);
    admin.get("/api/reports/daily?format=docx").await.wrong_fields(&["format"]);
}
