//! What the kiosk reads codes with, as its staff see and choose it.

use std::fs;

use tests::pause;

use crate::{program::Program, school::School, stage};

#[tokio::test(flavor = "multi_thread")]
async fn the_camera_is_switched_on_and_off_at_the_kiosk_and_stays_so() {
    let Some(stage) = stage() else { return };
    let school = School::open().await;
    let (kiosk, _scanner) = school.open_kiosk(&stage).await;
    kiosk.click("[data-testid=buka-alat]").await;
    kiosk.find("[data-testid=pakai-kamera][aria-checked=false]").await;
    assert!(!kiosk.has("[data-testid=daftar-alat] li[data-keadaan=not_found]").await, "a camera is in use");
    kiosk.inspect(&stage, "kiosk-alat").await;

    kiosk.click("[data-testid=pakai-kamera]").await;
    kiosk.find("[data-testid=pakai-kamera][aria-checked=true]").await;
    // This machine has none, and the page says so.
    kiosk.find("[data-testid=daftar-alat] li[data-keadaan=not_found]").await;
    kiosk.sees("Kamera tidak ditemukan").await;
    kiosk.inspect(&stage, "kiosk-alat-kamera").await;
    assert!(uses_camera(&kiosk), "the choice is not kept");

    kiosk.click("[data-testid=pakai-kamera]").await;
    kiosk.find("[data-testid=pakai-kamera][aria-checked=false]").await;
    while kiosk.has("[data-testid=daftar-alat] li[data-keadaan=not_found]").await {
        pause().await;
    }
    assert!(!uses_camera(&kiosk), "the choice is not kept");
}

fn uses_camera(kiosk: &Program) -> bool {
    let profile = fs::read_to_string(kiosk.folder.path().join("program.toml")).expect("a profile");
    assert!(profile.contains("serial"), "another choice was lost");
    profile.contains("camera = true")
}
