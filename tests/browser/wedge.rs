//! A scanner that is a keyboard. Whatever has the focus, and whatever its speed and line end, it never types into a
//! field.

use serde_json::Value;
use tests::{pause, within};

use crate::{
    browser,
    browser::{
        ScannerKey::{self, Enter, Tab as TabKey},
        Tab,
    },
    school::{ENTER, School, show_code, text},
};

/// How scanners are set: milliseconds between keys, and what they send after a code.
const SETTINGS: [(u32, &[ScannerKey]); 4] = [(4, &[]), (4, &[TabKey, Enter]), (60, &[TabKey]), (100, &[])];

/// The guest is let in, and what the scanner sent did nothing else.
async fn is_let_in(kiosk: &Tab, invited: &Value) {
    kiosk.find("[data-testid=papan-datang]").await;
    kiosk.sees(text(&invited["nama_tamu"])).await;
    assert!(!kiosk.has("dialog[open]").await, "a dialog lies over the welcome");
    assert!(!kiosk.has("[data-testid=buku-hari-ini]").await, "the scanner pressed a button");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scanner_may_be_slow_and_end_in_tab_or_in_nothing() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let guru = school.app.guru().await;
    let kiosk = school.kiosk(browser).await;
    let mut guests = 0..14;
    let mut next = async || school.invite(&guru, guests.next().expect("guests enough"), "09:05").await;
    for (gap_ms, suffix) in SETTINGS {
        // A button has the focus. Tab would leave it, and Enter would press it.
        let invited = next().await;
        kiosk.ask::<()>("document.querySelector('[data-testid=cari]').focus()", Vec::new()).await;
        kiosk.scanner(text(&invited["kode_qr"]), gap_ms, suffix).await;
        is_let_in(&kiosk, &invited).await;
        kiosk.keys(ESCAPE).await;

        // A form is being filled in. It comes back as it was.
        let invited = next().await;
        kiosk.click("[data-testid=tanpa-janji]").await;
        kiosk.types_into("[data-testid=nama-tamu]", "Laila").await;
        kiosk.scanner(text(&invited["kode_qr"]), gap_ms, suffix).await;
        is_let_in(&kiosk, &invited).await;
        kiosk.keys(ESCAPE).await;
        kiosk.find("[data-testid=form-langsung]").await;
        assert_eq!(kiosk.value("[data-testid=nama-tamu]").await, "Laila", "the scanner typed into the field");
        kiosk.keys(ESCAPE).await;

        // A dialog lies over the page.
        let invited = next().await;
        kiosk.click("[data-testid=petugas]").await;
        kiosk.find("dialog[open]").await;
        kiosk.scanner(text(&invited["kode_qr"]), gap_ms, suffix).await;
        is_let_in(&kiosk, &invited).await;
        kiosk.keys(ESCAPE).await;
        kiosk.find("[data-testid=hari-ini]").await;
    }
    kiosk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn half_a_code_says_so_and_takes_the_guest_before_off_the_screen() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let invited = school.invite(&school.app.guru().await, 0, "09:05").await;
    let code = text(&invited["kode_qr"]);
    let kiosk = school.kiosk(browser).await;
    show_code(&kiosk, &invited["kode_qr"]).await;
    is_let_in(&kiosk, &invited).await;
    kiosk.scanner(&code[..30], 4, &[TabKey, Enter]).await;
    kiosk.find("[data-testid=papan-tak-terbaca][data-sebab=terpotong]").await;
    kiosk.sees("Belum ada yang tercatat").await;
    assert!(!kiosk.text().await.contains(text(&invited["nama_tamu"])), "the guest before is still welcomed");
    kiosk.inspect("kiosk-tak-terbaca").await;
    kiosk.click("[data-testid=tampilkan-lagi]").await;
    is_let_in(&kiosk, &invited).await;
    // Without a field in focus nobody types, however slowly the keys come. What is typed into a field is typed.
    kiosk.scanner(&code[..30], 100, &[]).await;
    kiosk.find("[data-testid=papan-tak-terbaca]").await;
    kiosk.click("[data-testid=ketik-kode]").await;
    kiosk.types_into("[data-testid=kode-ketik]", &code[..20]).await;
    assert_eq!(kiosk.value("[data-testid=kode-ketik]").await, &code[..20]);
    kiosk.inspect("kiosk-ketik-kode").await;
    kiosk.close().await;
}

const ESCAPE: &str = "\u{e00c}";

#[tokio::test(flavor = "multi_thread")]
async fn a_code_typed_at_machine_speed_never_lands_in_a_field() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let invited = school.invite(&school.app.guru().await, 0, "09:05").await;
    let kiosk = school.kiosk(browser).await;
    kiosk.click("[data-testid=tanpa-janji]").await;
    kiosk.types_into("[data-testid=nama-tamu]", "Laila").await;
    // Handed on with its field, so that its text can be read after the screen has changed.
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
    // The last letter may still be held back, because it could begin a scanner's line.
    let field = async {
        while kiosk.value("[data-testid=cari-q]").await != "siti" {
            pause().await;
        }
    };
    within("all of what was typed", field).await;
    kiosk.close().await;
}
