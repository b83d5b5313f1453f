//! A code that is refused names its reason, and what the guest can do.

use chrono::Duration;
use domain::{
    IdJanjiTemu,
    token::{Subject, Token},
};
use serde_json::{Value, json};

use crate::{
    browser,
    browser::Tab,
    school::{School, show_code},
};

async fn is_refused(kiosk: &Tab, code: &Value, alasan: &str, words: &str) {
    show_code(kiosk, code).await;
    kiosk.find(&format!("[data-testid=papan-tolak][data-alasan={alasan}]")).await;
    kiosk.sees(words).await;
    kiosk.sees("Yang perlu dilakukan").await;
    kiosk.inspect(&format!("kiosk-ditolak-{alasan}")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_reason_has_its_words() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let guru = school.app.guru().await;
    let tomorrow = school.invite_on(&guru, 0, "2026-11-24", "10:00").await;
    let cancelled = school.invite(&guru, 1, "09:30").await;
    let path = format!("/api/appointments/{}/status", cancelled["id"]);
    guru.put(&path, json!({ "status": "batal", "alasan": "Rapat mendadak" })).await.expect(200);
    let unknown = Token { subject: Subject::JanjiTemu(IdJanjiTemu(987_654)), expiry_hours: 0xFF_FFFF };
    let expired = Token { subject: Subject::JanjiTemu(IdJanjiTemu(1)), expiry_hours: 1 };
    let signed = school.app.sign(&unknown);
    // Another school signed it.
    let foreign =
        format!("{}{}", &signed[..40], if signed.ends_with("AAAAAAA") { "BBBBBBB" } else { "AAAAAAA" });

    let kiosk = school.kiosk(browser).await;
    is_refused(
        &kiosk,
        &json!("HTTPS://LAIN.EXAMPLE/MENU1"),
        "format_tidak_valid",
        "Ini bukan kode buku tamu",
    )
    .await;
    is_refused(&kiosk, &json!(foreign), "tanda_tangan_tidak_valid", "Kode ini tidak dikenal sekolah").await;
    is_refused(&kiosk, &json!(school.app.sign(&expired)), "kedaluwarsa", "Masa berlaku kode habis").await;
    is_refused(&kiosk, &json!(signed), "tidak_ditemukan", "Janji tidak ditemukan").await;
    is_refused(&kiosk, &tomorrow["kode_qr"], "bukan_hari_ini", "Janji ini bukan untuk hari ini").await;
    kiosk.sees("24 November 2026, pukul 10.00").await;
    is_refused(&kiosk, &cancelled["kode_qr"], "dibatalkan", "Janji ini sudah dibatalkan").await;
    kiosk.sees("Rapat mendadak").await;
    kiosk.inspect_desk("kiosk-ditolak").await;

    // A guest who came on the wrong day can still be received, and the form is filled in.
    is_refused(&kiosk, &tomorrow["kode_qr"], "bukan_hari_ini", "Daftarkan tanpa janji").await;
    kiosk.click("[data-testid=daftarkan]").await;
    kiosk.sees("Budi Santoso").await;
    kiosk.sees("Ratna Wulandari").await;
    kiosk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_that_has_ended_is_not_begun_again() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let guru = school.app.guru().await;
    let invited = school.invite(&guru, 0, "09:05").await;
    school.arrives(&invited).await;
    let status = format!("/api/appointments/{}/status", invited["id"]);
    guru.put(&status, json!({ "status": "sedang berlangsung" })).await.expect(200);
    school.app.clock.advance(Duration::minutes(20));
    school.arrives(&invited).await;
    let review = json!({ "kode": invited["kode_qr"], "rating": 4 });
    school.app.nobody().post("/api/ulasan", review).await.expect(201);
    let kiosk = school.kiosk(browser).await;
    show_code(&kiosk, &invited["kode_qr"]).await;
    kiosk.sees("Kunjungan sudah selesai").await;
    kiosk.sees("Terima kasih atas ulasan Anda").await;
    kiosk.inspect("kiosk-sudah-selesai").await;
    kiosk.close().await;
}
