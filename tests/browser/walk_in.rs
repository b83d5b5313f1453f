//! A guest without an appointment: number first, a returning guest recognised, the guru by a few letters, and a code
//! for leaving.

use scan::decode::Decoder;
use serde_json::json;
use tests::GURU;

use crate::{
    browser,
    school::{ENTER, School, tamu},
};

const TAB: char = '\u{e004}';
const DOWN: char = '\u{e015}';
const SPACE: char = ' ';
const F2: char = '\u{e032}';

#[tokio::test(flavor = "multi_thread")]
async fn a_new_guest_is_entered_by_keyboard_alone() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let guru = school.app.guru().await;
    let mut alerts = guru.subscribe().await;
    let kiosk = school.kiosk(browser).await;
    kiosk.keys(F2.to_string()).await;
    kiosk.find("[data-testid=form-langsung]").await;
    kiosk.inspect("kiosk-langsung").await;
    kiosk.inspect_desk("kiosk-langsung").await;

    // Sent empty, every field says what it needs, and the first one has the focus.
    kiosk.keys(ENTER.to_string()).await;
    kiosk.sees("Nomor belum lengkap").await;
    kiosk.sees("Minta persetujuan tamu dahulu").await;
    kiosk.inspect("kiosk-langsung-kurang").await;

    kiosk.types("081210000020").await;
    // The first Tab reaches the button for a guest without a phone, the second one passes it.
    kiosk.keys(format!("{TAB}{TAB}")).await;
    kiosk.types("Laila Sari").await;
    // The institution stays empty, and one guest comes. The purposes are one group, and an arrow key chooses.
    kiosk.keys(format!("{TAB}{TAB}{TAB}")).await;
    kiosk.keys(DOWN.to_string()).await;
    kiosk.keys(TAB.to_string()).await;
    kiosk.types("ratn").await;
    kiosk.find(&format!("[data-testid=guru-{}]", GURU.id())).await;
    kiosk.inspect("kiosk-langsung-guru").await;
    kiosk.keys(ENTER.to_string()).await;
    kiosk.find("[data-testid=guru-terpilih]").await;
    kiosk.keys(TAB.to_string()).await;
    kiosk.keys(SPACE.to_string()).await;
    kiosk.inspect("kiosk-langsung-lengkap").await;
    kiosk.keys(TAB.to_string()).await;
    kiosk.keys(TAB.to_string()).await;
    kiosk.keys(ENTER.to_string()).await;

    kiosk.find("[data-testid=papan-datang]").await;
    kiosk.sees("Laila Sari").await;
    kiosk.sees("Foto kode ini untuk pulang").await;
    kiosk.find("[data-testid=qr] svg").await;
    kiosk.inspect("kiosk-langsung-tercatat").await;
    let alert = alerts.next_of("notification").await;
    assert_eq!(alert["nama_tamu"], "Laila Sari");

    // The guest photographs the visit's own code.
    let picture = kiosk.driver.screenshot_as_png().await.expect("a picture");
    let read = Decoder::new().decode_picture(&scan::picture::load_bytes(&picture).expect("a picture"));
    let row = guru.get(&format!("/api/appointments/{}", alert["id_janji_temu"])).await.expect(200);
    assert_eq!(json!(read), json!([row["kode_qr"]]));
    kiosk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_returning_guest_is_recognised_under_a_masked_name() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let desk = school.app.desk().await;
    desk.post("/api/tamu", tamu(0)).await.expect(201);
    let kiosk = school.kiosk(browser).await;
    kiosk.click("[data-testid=tanpa-janji]").await;
    kiosk.types_into("[data-testid=telp]", "0812 1000 0001").await;
    kiosk.sees("Pernah berkunjung").await;
    kiosk.inspect("kiosk-langsung-dikenal").await;
    assert!(!kiosk.text().await.contains("Santoso"), "another guest's name is shown");
    kiosk.click("[data-testid=ya-itu-saya]").await;
    kiosk.sees("Budi Santoso").await;
    kiosk.press("Ambil rapor").await;
    kiosk.types_into("[data-testid=guru]", "agus").await;
    kiosk.click("[role=option]").await;
    kiosk.click("[data-testid=catat]").await;
    kiosk.find("[data-testid=papan-datang]").await;
    let guests = desk.get("/api/tamu/search?q=Budi").await.expect(200);
    assert_eq!(guests["total"], 1, "the guest is there twice");
    kiosk.close().await;
}
