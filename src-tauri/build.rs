//! Tells Tauri the program's commands, so that a window may call only those that its capability file allows, and makes sure that
//! there are pages to build in.

use std::{env, fs, path::Path};

const PAGES: [&str; 5] = ["kiosk", "guru", "popup", "admin", "mulai"];

/// Every command, by the window that it is for; `ui/src/host/tauri/commands.ts` has the same.
const COMMANDS: &[&str] = &[
    // Every window
    "program",
    "language_set",
    "messages_next",
    "sesi_restore",
    "sesi_login",
    "sesi_change_password",
    "sesi_logout",
    "sesi_watch",
    "sesi_unwatch",
    "api_fetch",
    "updates_watch",
    "updates_unwatch",
    "updates_retry",
    "save_file",
    "copy_text",
    "copy_picture",
    "open_link",
    // kiosk and guru
    "autostart_get",
    "autostart_set",
    // kiosk
    "scans_watch",
    "scans_unwatch",
    "rejections_watch",
    "rejections_unwatch",
    "scanners_watch",
    "scanners_unwatch",
    "preview_next",
    "decode_picture",
    "camera_get",
    "camera_set",
    "pairing",
    "kiosk_leave",
    "kiosk_return",
    "kiosk_close",
    "kiosk_has_pin",
    "kiosk_verify",
    "close_watch",
    "close_unwatch",
    "admin_open",
    // guru
    "tray_words",
    "tray_watch",
    "tray_unwatch",
    "notice_show",
    "notice_clear",
    "notice_watch",
    // popup
    "popup_raise",
    "popup_close",
    "popup_resize",
    "popup_focus",
    "guru_open",
    // mulai
    "wizard_discover",
    "wizard_discover_stop",
    "wizard_fingerprint",
    "wizard_devices",
    "wizard_password",
    "wizard_finish",
    "trouble",
    "trouble_retry",
];

fn main() {
    pages();
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))
        .expect("tauri.conf.json and the capability files can be built in");
}

/// A stand-in for each page that was not built, so that the program compiles without Node.js. A release refuses it.
fn pages() {
    let dist = Path::new("../ui/dist");
    println!("cargo::rerun-if-changed=../ui/dist");
    for page in PAGES {
        let file = dist.join(format!("{page}.html"));
        if file.exists() {
            continue;
        }
        assert!(
            env::var_os("CARGO_FEATURE_CUSTOM_PROTOCOL").is_none(),
            "{} is missing: build the pages first (cd ui && npm ci && npm run build)",
            file.display()
        );
        println!("cargo::warning={} is missing; a stand-in takes its place", file.display());
        let stand_in = "<!doctype html><title>Buku Tamu</title><p>The pages were not built: cd ui && npm ci && npm run build";
        fs::create_dir_all(dist).and_then(|()| fs::write(&file, stand_in)).expect("ui/dist can be written");
    }
}
