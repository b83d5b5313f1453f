//! Both languages are complete, change at once, and are kept.

use crate::{
    browser,
    school::{School, show_code},
};

#[tokio::test(flavor = "multi_thread")]
async fn the_kiosk_speaks_english_when_asked_and_remembers() {
    let Some(browser) = browser() else { return };
    let school = School::in_full_swing().await;
    let kiosk = school.page(browser, "kiosk").await;
    kiosk.sees("E-mail, NUPTK, atau NIP").await;
    kiosk.inspect("kiosk-masuk").await;
    kiosk.click("[data-testid=bahasa-en]").await;
    kiosk.sees("Password").await;
    kiosk.fill("input[type=email]", "nobody@sekolah.example").await;
    kiosk.fill("input[type=password]", "something else").await;
    kiosk.press("Sign in").await;
    kiosk.find(".pesan").await;
    kiosk.inspect("kiosk-masuk-salah-en").await;
    kiosk.fill("input[type=email]", tests::DESK.email).await;
    kiosk.fill("input[type=password]", tests::PASSWORD).await;
    kiosk.press("Sign in").await;
    kiosk.find("[data-testid=hari-ini]").await;
    let language: String = kiosk.ask("return document.documentElement.lang", Vec::new()).await;
    assert_eq!(language, "en");
    kiosk.inspect("kiosk-siap-en").await;
    show_code(&kiosk, &"BUKAN-KODE-SEKOLAH-INI".into()).await;
    kiosk.sees("This is not a guest book code").await;
    kiosk.inspect("kiosk-ditolak-en").await;
    for word in ["Silakan", "Penerima tamu", "Kembali", "Hari ini"] {
        assert!(!kiosk.text().await.contains(word), "{word} is still there");
    }
    kiosk.driver.refresh().await.expect("the page opens again");
    kiosk.sees("Today").await;
    kiosk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_gurus_page_speaks_english_when_asked() {
    let Some(browser) = browser() else { return };
    let school = School::in_full_swing().await;
    let guru = school.guru(browser).await;
    guru.click("[data-testid=saya]").await;
    guru.sees("Bunyi saat tamu tiba").await;
    guru.inspect("guru-pilihan").await;
    guru.click("[data-testid=bahasa-en]").await;
    guru.sees_no_more("Bunyi saat tamu tiba").await;
    guru.keys("\u{e00c}").await;
    guru.sees("Today").await;
    guru.inspect("guru-hari-ini-en").await;
    guru.close().await;
}
