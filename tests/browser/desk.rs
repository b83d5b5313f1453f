//! The receptionist's own: today at a glance, the book with its search, a guest without a phone, the lock, the menus.

use crate::{browser, school::School};

const ESCAPE: &str = "\u{e00c}";

#[tokio::test(flavor = "multi_thread")]
async fn today_stands_beside_the_idle_screen() {
    let Some(browser) = browser() else { return };
    let school = School::in_full_swing().await;
    let kiosk = school.kiosk(browser).await;
    kiosk.sees("Berikutnya").await;
    kiosk.find("[data-testid=berikutnya]").await;
    kiosk.inspect("kiosk-siap").await;
    kiosk.inspect_desk("kiosk-siap").await;
    kiosk.click("[data-testid=petugas]").await;
    kiosk.sees("Kunci layar").await;
    kiosk.inspect("kiosk-menu").await;
    kiosk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_day_says_what_can_be_done() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let kiosk = school.kiosk(browser).await;
    kiosk.sees("Tidak ada janji lagi hari ini").await;
    kiosk.inspect("kiosk-siap-kosong").await;
    kiosk.click("[data-testid=cari]").await;
    kiosk.sees("Belum ada tamu hari ini").await;
    kiosk.inspect("kiosk-buku-kosong").await;
    kiosk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_without_a_phone_is_found_by_name() {
    let Some(browser) = browser() else { return };
    let school = School::in_full_swing().await;
    let kiosk = school.kiosk(browser).await;
    kiosk.keys("\u{e033}").await;
    kiosk.find("[data-testid=buku-hari-ini]").await;
    kiosk.sees("Pilih satu baris").await;
    kiosk.inspect("kiosk-buku").await;
    kiosk.types_into("[data-testid=cari-q]", "yohanes").await;
    kiosk.sees("1 baris").await;
    kiosk.click("[data-testid^=baris-]").await;
    kiosk.sees("PT Buku Cerdas").await;
    assert!(!kiosk.text().await.contains("1000 0005"), "the whole number is shown");
    kiosk.inspect("kiosk-buku-rincian").await;
    kiosk.inspect_desk("kiosk-buku-rincian").await;
    kiosk.click("[data-testid=catat-datang]").await;
    kiosk.find("[data-testid=papan-datang]").await;
    kiosk.keys(ESCAPE).await;
    kiosk.keys("\u{e033}").await;
    kiosk.types_into("[data-testid=cari-q]", "zzz").await;
    kiosk.sees("Tidak ada yang cocok").await;
    kiosk.inspect("kiosk-buku-tidak-ada").await;
    kiosk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_desk_still_scans_and_opens_by_password() {
    let Some(browser) = browser() else { return };
    let school = School::in_full_swing().await;
    let waiting = school.invite(&school.app.guru().await, 11, "10:30").await;
    let kiosk = school.kiosk(browser).await;
    kiosk.click("[data-testid=petugas]").await;
    kiosk.click("[data-testid=kunci]").await;
    kiosk.find("[data-testid=terkunci]").await;
    kiosk.inspect("kiosk-terkunci").await;
    assert!(!kiosk.has("[data-testid=hari-ini]").await, "today's guests are shown to whoever passes");
    crate::school::show_code(&kiosk, &waiting["kode_qr"]).await;
    kiosk.find("[data-testid=papan-datang]").await;
    kiosk.sees("menit lebih awal").await;
    kiosk.keys(ESCAPE).await;
    // Reloading does not unlock it.
    kiosk.driver.refresh().await.expect("the page opens again");
    kiosk.find("[data-testid=terkunci]").await;
    kiosk.fill("input[type=password]", tests::PASSWORD).await;
    kiosk.press("Buka kunci").await;
    kiosk.find("[data-testid=hari-ini]").await;
    kiosk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_at_the_desk_locks_it() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let kiosk = school.page(browser, "kiosk").await;
    // Three seconds instead of a quarter of an hour.
    kiosk.ask::<()>("localStorage.setItem('bukutamu.kunci_menit', '0.05')", Vec::new()).await;
    kiosk.driver.refresh().await.expect("the page opens again");
    kiosk.login(tests::DESK.email).await;
    kiosk.find("[data-testid=terkunci]").await;
    kiosk.close().await;
}
