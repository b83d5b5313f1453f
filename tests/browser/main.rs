//! The pages in Chromium, as a school without the program opens them: with the real server, real keys and real presses.
//! Every screen of a journey is inspected: axe-core must find nothing, nothing may stick out of the window, and its
//! picture, light and dark, lands in `tests/out/browser` for a person to look at.

#![cfg(target_os = "linux")]

mod admin;
mod admin_arsip;
mod admin_audit;
mod admin_cadangan;
mod admin_dasbor;
mod admin_impor;
mod admin_laporan;
mod admin_saluran;
mod admin_setelan;
mod admin_tamu;
mod admin_ulasan;
mod admin_unit;
mod appointments;
mod arrival;
mod away;
mod browser;
mod camera;
mod departure;
mod desk;
mod guest;
mod idle;
mod keyboard;
mod languages;
mod luring;
mod phone;
mod picture;
mod refusal;
mod school;
mod teacher;
mod unread;
mod walk_in;
mod wedge;

pub(crate) use browser::Browser;

/// `None`, and noted as skipped, if this machine lacks what a browser under test needs.
#[track_caller]
pub(crate) fn browser() -> Option<Browser> {
    match Browser::start() {
        Ok(browser) => Some(browser),
        Err(missing) => {
            tests::skip(&format!("{missing} is not installed: cargo xtask setup"));
            None
        }
    }
}
