//! A kiosk stands before guests. Its window stays until somebody who knows the PIN leaves it.

use serde_json::json;
use tests::{invite, wait};

use crate::{
    school::{PIN, School},
    stage,
    window::{close, is_fullscreen, type_line, visible, window},
};

#[tokio::test(flavor = "multi_thread")]
async fn the_kiosk_cannot_be_closed_without_the_pin() {
    let Some(stage) = stage() else { return };
    let school = School::open().await;
    let (kiosk, _scanner) = school.open_kiosk(&stage).await;
    let window = window(&stage);
    assert!(is_fullscreen(&stage, &window), "the kiosk does not fill the screen");

    close(&stage, &window);
    // The page answers after the request to close, so the request was dealt with, and the window is still there.
    assert_eq!(kiosk.invoke("kiosk_leave", json!({ "pin": "000000" })).await, Ok(json!(false)));
    assert!(is_fullscreen(&stage, &window), "a wrong PIN leaves the full screen");
    close(&stage, &window);

    assert_eq!(kiosk.invoke("kiosk_leave", json!({ "pin": PIN })).await, Ok(json!(true)));
    wait("the full screen to be left", || !is_fullscreen(&stage, &window));
    kiosk.invoke("kiosk_return", json!({})).await.expect("back to the full screen");
    wait("the full screen", || is_fullscreen(&stage, &window));
    close(&stage, &window);
    assert_eq!(kiosk.invoke("kiosk_leave", json!({ "pin": PIN })).await, Ok(json!(true)), "it was closed");
    close(&stage, &window);
    wait("the window to close", || visible(&stage).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_wants_to_close_the_kiosk_is_asked_for_the_pin() {
    let Some(stage) = stage() else { return };
    let school = School::open().await;
    let (kiosk, mut scanner) = school.open_kiosk(&stage).await;
    let window = window(&stage);
    kiosk.click("[data-testid=petugas]").await;
    kiosk.find("[data-testid=layar-penuh]").await;
    kiosk.inspect(&stage, "kiosk-petugas").await;
    kiosk.press("Tutup").await;
    kiosk.sees_no_more("Selesai jaga").await;
    close(&stage, &window);
    kiosk.find("[data-testid=tutup-program]").await;
    kiosk.inspect(&stage, "kiosk-tutup").await;

    kiosk.fill("[data-testid=tutup-program] input", "000000").await;
    kiosk.press("Tutup program").await;
    kiosk.sees("PIN salah").await;
    kiosk.press("Batal").await;
    kiosk.sees_no_more("Tutup program").await;

    // The desk is as before: a code is read.
    let invited = invite(&school.app.guru().await, 1, "09:00").await;
    scanner.reads(invited["kode_qr"].as_str().expect("a code"));
    kiosk.sees(invited["nama_tamu"].as_str().expect("a name")).await;

    close(&stage, &window);
    kiosk.find("[data-testid=tutup-program]").await;
    assert!(!kiosk.text().await.contains("PIN salah"), "a fault of the last time is still told");
    kiosk.find("[data-testid=tutup-program] input:focus").await;
    type_line(&stage, PIN);
    wait("the program to end", || visible(&stage).is_empty());
}
