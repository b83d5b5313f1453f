//! A kiosk stands before guests: its window stays until somebody who knows the PIN leaves it.

use serde_json::json;

use tests::{Stage, wait};

use crate::{
    school::{PIN, School},
    stage,
};

#[tokio::test(flavor = "multi_thread")]
async fn the_kiosk_cannot_be_closed_without_the_pin() {
    let Some(stage) = stage() else { return };
    let school = School::open().await;
    let (kiosk, _scanner) = school.open_kiosk(&stage).await;
    let window = window_of(&stage);
    assert!(is_fullscreen(&stage, &window), "the kiosk does not fill the screen");

    close(&stage, &window);
    // An answer from the page after the request to close: it was dealt with, and the window is there.
    assert_eq!(kiosk.invoke("kiosk_leave", json!({ "pin": "000000" })).await, Ok(json!(false)));
    assert!(is_fullscreen(&stage, &window), "a wrong PIN leaves the full screen");
    close(&stage, &window);
    kiosk.sees("").await;

    assert_eq!(kiosk.invoke("kiosk_leave", json!({ "pin": PIN })).await, Ok(json!(true)));
    wait("the full screen to be left", || !is_fullscreen(&stage, &window));
    kiosk.invoke("kiosk_return", json!({})).await.expect("back to the full screen");
    wait("the full screen", || is_fullscreen(&stage, &window));
    close(&stage, &window);
    assert_eq!(kiosk.invoke("kiosk_leave", json!({ "pin": PIN })).await, Ok(json!(true)), "it was closed");
    close(&stage, &window);
    wait("the window to close", || windows(&stage).is_empty());
}

fn windows(stage: &Stage) -> Vec<String> {
    let found = stage.command("xdotool").args(["search", "--onlyvisible", "--name", "Buku Tamu"]).output();
    let found = String::from_utf8_lossy(&found.expect("xdotool runs").stdout).into_owned();
    found.lines().map(str::to_owned).collect()
}

fn window_of(stage: &Stage) -> String {
    let mut found = Vec::new();
    wait("a window", || {
        found = windows(stage);
        !found.is_empty()
    });
    found.remove(0)
}

/// What Alt+F4 and a window's cross ask for.
fn close(stage: &Stage, window: &str) {
    // The window manager's own key for it; `xdotool windowclose` would destroy the window without asking.
    let keys = ["windowactivate", "--sync", window, "key", "--clearmodifiers", "alt+F4"];
    let asked = stage.command("xdotool").args(keys).status();
    assert!(asked.is_ok_and(|status| status.success()), "the keys were not pressed");
}

fn is_fullscreen(stage: &Stage, window: &str) -> bool {
    let state = stage.command("xprop").args(["-id", window, "_NET_WM_STATE"]).output();
    String::from_utf8_lossy(&state.expect("xprop runs").stdout).contains("FULLSCREEN")
}
