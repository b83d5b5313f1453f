//! The server or its database is away. The screens say so, and say what still works.

use crate::{
    browser,
    school::{School, show_code},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_gone_is_told_and_a_code_waits() {
    let Some(browser) = browser() else { return };
    let school = School::in_full_swing().await;
    let waiting = school.invite(&school.app.guru().await, 11, "10:45").await;
    let kiosk = school.kiosk(browser).await;
    kiosk.find("[data-testid=berikutnya]").await;
    school.app.close_database().await;
    show_code(&kiosk, &waiting["kode_qr"]).await;
    kiosk.find("[data-testid=papan-tunda]").await;
    kiosk.sees("Belum tercatat").await;
    kiosk.inspect("kiosk-tertunda").await;
    kiosk.keys("\u{e00c}").await;
    kiosk.find("[data-testid=gangguan]").await;
    kiosk.sees("Basis data sedang tidak bisa dihubungi").await;
    kiosk.inspect("kiosk-gangguan-basis-data").await;
    kiosk.inspect_desk("kiosk-gangguan").await;
    kiosk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_gone_is_told_to_desk_and_guru() {
    let Some(browser) = browser() else { return };
    let school = School::in_full_swing().await;
    let tab = school.kiosk(browser).await;
    tab.find("[data-testid=berikutnya]").await;
    let _folder = school.app.stop().await;
    tab.sees("Server sedang tidak bisa dihubungi").await;
    tab.inspect("kiosk-gangguan-server").await;
    tab.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_guru_sees_that_nothing_can_arrive() {
    let Some(browser) = browser() else { return };
    let school = School::in_full_swing().await;
    let guru = school.guru(browser).await;
    guru.sees("Terhubung").await;
    let _folder = school.app.stop().await;
    guru.sees("Sambungan terputus").await;
    guru.inspect("guru-terputus").await;
    guru.close().await;
}
