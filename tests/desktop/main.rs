//! The desktop program itself, in real windows. Every test has a display, a window manager and a session bus of its
//! own, and drives the program's pages by WebDriver. Stand-ins replace the hardware: a pseudo terminal is the scanner's
//! line, and a tray and a notification service listen on the bus.

#![cfg(target_os = "linux")]

mod admin;
mod arrival;
mod away;
mod commands;
mod crash;
mod devices;
mod luring;
mod notice;
mod pin;
mod place;
mod program;
mod school;
mod start;
mod tray;
mod window;
mod wizard;

use std::path::{Path, PathBuf};

use tests::Stage;

/// `None`, and noted as skipped, if this machine lacks what windows need.
#[track_caller]
pub(crate) fn stage() -> Option<Stage> {
    if !tests::inspection::is_there() {
        tests::skip("axe-core is not there: npm ci in ui/");
        return None;
    }
    match Stage::set() {
        Ok(stage) => Some(stage),
        Err(missing) => {
            tests::skip(&format!("{missing} is not installed: cargo xtask setup"));
            None
        }
    }
}

/// Where pictures of the screens are put for a person to look at. git ignores it.
pub(crate) fn pictures() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/out/desktop");
    std::fs::create_dir_all(&folder).expect("the folder for pictures can be made");
    folder
}
