//! The desktop program `bukutamu`: the reception's kiosk, the teacher's alert and the admin's window in one.
//!
//! Thin on purpose. The guest book is `server`'s, the way to it `client`'s, codes are `scan`'s, what people see is `ui`'s; here
//! are windows, the tray, notices, and the commands by which pages reach this side. Tokens, sockets and scanners never enter a
//! page.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod admin;
mod alert;
mod api;
mod args;
mod autostart;
mod channel;
mod desk;
mod dialog;
mod failure;
mod full_screen;
mod identity;
mod language;
mod network;
mod notices;
mod outlet;
mod pin;
mod popup;
mod profile;
mod program;
mod screen;
mod sesi;
mod start;
mod tray;
mod trouble;
mod updates;
mod watchers;
mod web_process;
mod windows;
mod wizard;

use std::{io::IsTerminal, path, process::ExitCode};

use anyhow::{Context, Result};
use clap::Parser;
use server::logging::{self, Log};
use tauri::{AppHandle, Manager, RunEvent, async_runtime};
use tauri_plugin_window_state::StateFlags;

use crate::{args::Args, program::Program};

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(help) => return args::tell(&help),
    };
    let log = logging::start("bukutamu");
    web_process::interpret_scripts();
    match run(args, &log) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&log, &format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(args: Args, log: &Log) -> Result<()> {
    web_process::is_there()?;
    let folder = args.data_dir.clone().map_or_else(server::data_dir::default_path, Ok)?;
    // It is named to programs that start elsewhere.
    let folder = path::absolute(&folder).with_context(|| folder.display().to_string())?;
    log.keep_in(&folder);
    #[cfg(windows)]
    notices::introduce(&folder);
    let mut context = tauri::generate_context!();
    let own_folder = args.data_dir.is_some().then(|| folder.clone());
    let moved =
        own_folder.as_deref().map(|folder| identity::take(&mut context.config_mut().identifier, folder));

    let app = tauri::Builder::default()
        // First, so that a second start ends before it does anything.
        .plugin(tauri_plugin_single_instance::init(|app, line, _| windows::on_second_start(app, &line)))
        .plugin(tauri_plugin_clipboard_manager::init())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::Builder::new().open_js_links_on_click(false).build())
        .plugin(
            tauri_plugin_window_state::Builder::new()
                .with_state_flags(StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED)
                .with_filename(folder.join("windows.json").display().to_string())
                .with_denylist(&["kiosk", popup::LABEL, windows::WIZARD])
                .build(),
        )
        .manage(log.clone())
        .manage(Program::new(folder, &args))
        .manage(autostart::Autostart::of(own_folder.as_deref())?)
        .manage(args)
        .manage(sesi::SesiWatchers::default())
        .manage(notices::Notices::default())
        .manage(tray::Tray::default())
        .manage(channel::Outboxes::default())
        .manage(wizard::search::Search::default())
        .invoke_handler(tauri::generate_handler![
            program::program,
            language::language_set,
            channel::messages_next,
            api::api_fetch,
            sesi::sesi_restore,
            sesi::sesi_login,
            sesi::sesi_change_password,
            sesi::sesi_logout,
            sesi::sesi_watch,
            sesi::sesi_unwatch,
            updates::updates_watch,
            updates::updates_unwatch,
            updates::updates_retry,
            outlet::save_file,
            outlet::copy_text,
            outlet::copy_picture,
            outlet::open_link,
            autostart::autostart_get,
            autostart::autostart_set,
            desk::scans_watch,
            desk::scans_unwatch,
            desk::rejections_watch,
            desk::rejections_unwatch,
            desk::scanners_watch,
            desk::scanners_unwatch,
            desk::preview_next,
            desk::decode_picture,
            desk::camera_get,
            desk::camera_set,
            desk::pairing,
            full_screen::kiosk_leave,
            full_screen::kiosk_return,
            full_screen::kiosk_close,
            full_screen::kiosk_has_pin,
            full_screen::kiosk_verify,
            full_screen::close_watch,
            full_screen::close_unwatch,
            admin::admin_open,
            tray::tray_words,
            tray::tray_watch,
            tray::tray_unwatch,
            notices::notice_show,
            notices::notice_clear,
            notices::notice_watch,
            popup::popup_raise,
            popup::popup_close,
            popup::popup_resize,
            popup::popup_focus,
            windows::guru_open,
            wizard::search::wizard_discover,
            wizard::search::wizard_discover_stop,
            wizard::address::wizard_fingerprint,
            wizard::wizard_devices,
            wizard::wizard_password,
            wizard::wizard_finish,
            trouble::trouble,
            trouble::trouble_retry,
        ])
        .on_window_event(windows::on_event)
        .setup(move |app| {
            if let Some(moved) = moved {
                moved.carry_over(app.handle());
            }
            async_runtime::spawn(end_on_signal(app.handle().clone()));
            start::begin(app.handle())?;
            Ok(())
        })
        .build(context)?;
    app.run(|app, event| match event {
        RunEvent::ExitRequested { code: None, api, .. } if windows::lives_on(app) => api.prevent_exit(),
        RunEvent::Exit => {
            app.state::<Program>().stop();
            // The process ends without coming back from here.
            app.state::<Log>().flush();
        }
        _ => {}
    });
    Ok(())
}

/// Asked to stop by the operating system, it finishes what is in flight.
async fn end_on_signal(app: AppHandle) {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminate) = signal(SignalKind::terminate()) else { return };
        terminate.recv().await;
        app.exit(0);
    }
    // Log-off and shutdown come to the windows, which end the program by its usual way; these to a console, where it has one.
    #[cfg(windows)]
    {
        use tokio::signal::windows::{ctrl_break, ctrl_c, ctrl_close};
        let (Ok(mut interrupt), Ok(mut pause), Ok(mut close)) = (ctrl_c(), ctrl_break(), ctrl_close()) else {
            return;
        };
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = pause.recv() => {}
            _ = close.recv() => {}
        }
        app.exit(0);
    }
}

/// Says what keeps the program from running, where its person looks: in a window, and in the log.
fn complain(log: &Log, text: &str) {
    log.fail(text);
    if !std::io::stderr().is_terminal() {
        dialog::show(rfd::MessageLevel::Error, text);
    }
}
