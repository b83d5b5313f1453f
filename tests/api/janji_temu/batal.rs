//! Calling off, and what can be sent to the guest.

use serde_json::{Value, json};
use tests::{App, Place, invitation, invite, walk_in};

journeys![calling_off_offers_a_message_to_who_has_a_number, a_message_by_hand_has_the_schools_own_words];

async fn calling_off_offers_a_message_to_who_has_a_number(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    for (n, alasan) in [(1, None), (2, Some("Rapat mendadak"))] {
        let made = invite(&guru, n, "09:30").await;
        let path = format!("/api/appointments/{}/status", made["id"]);
        let off = json!({ "status": "batal", "alasan": alasan });
        let answer = guru.put(&path, off.clone()).await.expect(200);
        let why = alasan.map(|alasan| format!("Alasan: {alasan}\n")).unwrap_or_default();
        let teks = format!(
            "Yth. Bapak/Ibu Tamu Nomor {n},\n\n\
             Mohon maaf, janji temu Bapak/Ibu dengan Ratna Wulandari di Sekolah pada Senin, 23 November 2026, \
             pukul 09.30 dibatalkan.\n\n\
             Keperluan: Konsultasi nilai\n{why}\n\
             Untuk jadwal pengganti, silakan hubungi Ratna Wulandari atau pihak sekolah.\n\n\
             Terima kasih atas pengertiannya.\nSekolah"
        );
        assert_eq!(answer["pesan"]["teks"], teks);
        let link =
            answer["pesan"]["tautan_wa"].as_str().and_then(|url| reqwest::Url::parse(url).ok()).unwrap();
        assert_eq!((link.host_str(), link.path()), (Some("wa.me"), &*format!("/628120000000{n}")));
        assert_eq!(link.query_pairs().collect::<Vec<_>>(), [("text".into(), teks.as_str().into())]);
        assert_eq!(guru.put(&path, off).await.expect(200), answer, "sent again it answers the same");
    }
    let mut without = invitation(3, "10:30");
    without["tamu"] = json!({ "nama": "Tamu Tanpa Telepon" });
    let without = guru.post("/api/appointments", without).await.expect(201);
    assert_eq!(tests::put_status(&guru, &without, "batal").await.expect(200)["pesan"], Value::Null);
    let stays = invite(&guru, 4, "09:00").await;
    for status in ["menunggu", "sedang berlangsung", "selesai"] {
        assert_eq!(tests::put_status(&desk, &stays, status).await.expect(200)["pesan"], Value::Null);
    }
    // A wrong entry at the desk does not concern the guest's phone.
    let here = desk.post("/api/appointments/walk-in", walk_in(5, &tests::GURU)).await.expect(201);
    assert_eq!(tests::put_status(&desk, &here, "batal").await.expect(200)["pesan"], Value::Null);
}

async fn a_message_by_hand_has_the_schools_own_words(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let own = json!({ "subjek": "Undangan", "isi": "Halo {{nama_tamu}}, {{waktu}}\nKode {{kode}}" });
    admin.put("/api/template/undangan/id", own).await.expect(200);
    let made = invite(&app.guru().await, 1, "09:30").await;
    let kode = made["kode_qr"].as_str().expect("a code");
    let teks = format!("Halo Bapak/Ibu Tamu Nomor 1, Senin, 23 November 2026, pukul 09.30\nKode {kode}");
    assert_eq!(made["pesan"]["teks"], teks);
}
