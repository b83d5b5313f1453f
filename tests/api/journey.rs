//! The whole chain once: invited, scanned, alerted, answered, left, reviewed.

use chrono::Duration;
use serde_json::json;
use tests::{App, Place, invite};

journeys![a_visit_from_the_invitation_to_the_review,];

async fn a_visit_from_the_invitation_to_the_review(place: Place) {
    let app = App::public(place).await;
    let (guru, desk, admin) = (app.guru().await, app.desk().await, app.admin().await);
    let invited = invite(&guru, 1, "09:30").await;
    let kode = &invited["kode_qr"];

    let looked = desk.get(&format!("/api/appointments/qr/{}", kode.as_str().unwrap())).await.expect(200);
    assert_eq!(looked["valid"], true, "{looked}");

    let (mut guru_sees, mut desk_sees) = (guru.subscribe().await, desk.subscribe().await);
    let arrived = desk.scan(kode).await.expect(200);
    assert_eq!(arrived["hasil"], "datang", "{arrived}");
    let alert = guru_sees.next_of("notification").await;
    assert_eq!(alert["pesan"], "Tamu Tamu Nomor 1 telah datang untuk Konsultasi nilai");
    assert_eq!(desk_sees.next_of("appointment").await["status"], "menunggu");

    let path = format!("/api/notifications/{}/respond", alert["id"]);
    guru.post(&path, json!({ "tanggapan": "Saya ke lobi" })).await.expect(200);
    assert_eq!(desk_sees.next_of("appointment").await["tanggapan"], "Saya ke lobi");

    app.clock.advance(Duration::minutes(4));
    assert_eq!(desk.scan(kode).await.expect(200)["hasil"], "sudah_datang");
    let status = format!("/api/appointments/{}/status", invited["id"]);
    guru.put(&status, json!({ "status": "sedang berlangsung" })).await.expect(200);
    app.clock.advance(Duration::minutes(6));
    let left = desk.scan(kode).await.expect(200);
    assert_eq!(left["hasil"], "pulang", "{left}");
    assert!(left["ulasan_url"].as_str().unwrap().ends_with(kode.as_str().unwrap()), "{left}");

    let review = json!({ "kode": kode, "rating": 5, "komentar": "Ramah." });
    app.nobody().post("/api/ulasan", review).await.expect(201);
    let reviews = admin.get("/api/ulasan").await.expect(200);
    assert_eq!((&reviews["total"], &reviews["data"][0]["komentar"]), (&json!(1), &json!("Ramah.")));
    let report = admin.get("/api/reports/daily").await.expect(200);
    assert_eq!(report["jumlah_kunjungan"], 1, "{report}");
    assert_eq!(report["waktu_tunggu_rata_rata_detik"], 240.0, "{report}");
}
