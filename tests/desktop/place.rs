//! A window opens again where it was left.

use std::fs;

use tests::{Stage, wait};

use crate::{program::Program, school::School, stage, window};

/// Smaller than it opens, away from the middle, and wholly on the screen.
const PLACE: [i32; 2] = [130, 90];
const SIZE: [i32; 2] = [900, 610];

#[tokio::test(flavor = "multi_thread")]
async fn a_window_comes_back_where_it_was_left() {
    let Some(stage) = stage() else { return };
    let school = School::open().await;
    let start = async |folder| {
        let program =
            Program::start_in(&stage, folder, &["--role", "admin", "--server", &school.address()]).await;
        program.look_at("admin").await;
        program
    };

    let program = start(tempfile::tempdir().expect("a temporary folder")).await;
    let shown = window::window(&stage);
    let opened = settled_shape(&stage, &shown);
    xdotool(&stage, "windowsize", &shown, SIZE);
    xdotool(&stage, "windowmove", &shown, PLACE);
    let mut left = opened;
    wait("the window to be moved", || {
        left = settled_shape(&stage, &shown);
        left[0] != opened[0] && left[2..] == SIZE
    });
    window::close(&stage, &shown);
    let kept = program.folder.path().join("windows.json");
    wait("its place to be kept", || fs::exists(&kept).is_ok_and(|is| is));

    let _again = start(program.end().await).await;
    let shown = window::window(&stage);
    wait("the window at its place", || window::shape(&stage, &shown) == Some(left));
}

/// Its place once it has stopped moving.
fn settled_shape(stage: &Stage, shown: &str) -> [i32; 4] {
    let mut last = None;
    wait("the window to stand still", || {
        let now = window::shape(stage, shown);
        std::mem::replace(&mut last, now) == now && now.is_some()
    });
    last.expect("a window that stands still")
}

fn xdotool(stage: &Stage, command: &str, window: &str, to: [i32; 2]) {
    let done = stage.command("xdotool").args([command, window]).args(to.map(|n| n.to_string())).status();
    assert!(done.is_ok_and(|status| status.success()), "xdotool {command}");
}
