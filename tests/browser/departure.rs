//! A guest leaves: thanks, the review as a code for the guest's own phone and as stars to touch.

use chrono::Duration;
use scan::decode::Decoder;
use serde_json::json;
use tests::Place;

use crate::{
    browser,
    school::{School, show_code, text},
};

#[tokio::test(flavor = "multi_thread")]
async fn leaving_offers_the_review_and_takes_it() {
    let Some(browser) = browser() else { return };
    let school = School { app: tests::App::public(Place::Sqlite).await };
    let guru = school.app.guru().await;
    let invited = school.invite(&guru, 0, "09:05").await;
    school.arrives(&invited).await;
    // The guest was called, so a code that is shown again means leaving.
    let path = format!("/api/notifications/{}/respond", invited["id"]);
    guru.post(&path, json!({ "tanggapan": "Saya ke lobi" })).await.expect(200);
    school.app.clock.advance(Duration::minutes(12));
    let kiosk = school.kiosk(browser).await;
    show_code(&kiosk, &invited["kode_qr"]).await;
    kiosk.find("[data-testid=papan-pulang]").await;
    kiosk.sees("Terima kasih atas kunjungan Anda").await;
    kiosk.find("[data-testid=qr] svg").await;
    kiosk.inspect("kiosk-pulang").await;
    kiosk.inspect_desk("kiosk-pulang").await;

    let picture = kiosk.driver.screenshot_as_png().await.expect("a picture");
    let read = Decoder::new().decode_picture(&scan::picture::load_bytes(&picture).expect("a picture"));
    let [url] = read.as_slice() else { panic!("one code, not {}", read.len()) };
    assert!(url.starts_with("HTTPS://TAMU.SEKOLAH.EXAMPLE/K/"), "the code leads elsewhere");
    assert!(url.ends_with(text(&invited["kode_qr"])), "it is another visit's");

    // Without a star there is nothing to send.
    kiosk.click("[data-testid=kirim-ulasan]").await;
    kiosk.sees("Pilih bintang dahulu").await;
    kiosk.click("[data-testid=bintang-4]").await;
    kiosk.sees("4 dari 5").await;
    kiosk.inspect("kiosk-pulang-bintang").await;
    kiosk.click("[data-testid=kirim-ulasan]").await;
    kiosk.find("[data-testid=ulasan-terkirim]").await;
    kiosk.inspect("kiosk-pulang-terkirim").await;
    let row = school.app.guru().await.get(&format!("/api/appointments/{}", invited["id"])).await.expect(200);
    assert_eq!((&row["status"], &row["rating"]), (&"selesai".into(), &4.into()));
    kiosk.close().await;
}
