//! A scanner that is a keyboard: whatever has the focus, at a machine's speed, it never types into a field.

use crate::{
    browser,
    school::{ENTER, School, show_code, text},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_code_typed_at_machine_speed_never_lands_in_a_field() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let invited = school.invite(&school.app.guru().await, 0, "09:05").await;
    let kiosk = school.kiosk(browser).await;
    kiosk.click("[data-testid=tanpa-janji]").await;
    kiosk.types_into("[data-testid=nama-tamu]", "Laila").await;
    // Handed on with its field: what stands in it after the screen has changed is read from it.
    kiosk.ask::<()>("window.field = document.activeElement", Vec::new()).await;
    show_code(&kiosk, &invited["kode_qr"]).await;
    kiosk.find("[data-testid=papan-datang]").await;
    kiosk.sees(text(&invited["nama_tamu"])).await;
    let typed: String = kiosk.ask("return window.field.value", Vec::new()).await;
    assert_eq!(typed, "Laila", "the scanner typed into the field");
    kiosk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn caps_lock_does_not_matter() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let invited = school.invite(&school.app.guru().await, 0, "09:05").await;
    let kiosk = school.kiosk(browser).await;
    kiosk.keys(format!("{}{ENTER}", text(&invited["kode_qr"]).to_lowercase())).await;
    kiosk.find("[data-testid=papan-datang]").await;
    kiosk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_persons_typing_stays_theirs() {
    let Some(browser) = browser() else { return };
    let school = School::in_full_swing().await;
    let kiosk = school.kiosk(browser).await;
    kiosk.click("[data-testid=cari]").await;
    kiosk.types_into("[data-testid=cari-q]", "siti").await;
    kiosk.sees("1 baris").await;
    assert_eq!(kiosk.value("[data-testid=cari-q]").await, "siti");
    kiosk.close().await;
}
