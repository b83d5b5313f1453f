//! The desktop program `bukutamu`: the reception's kiosk, the teacher's alert and the admin's window in one.
//!
//! Thin on purpose. `server` keeps the guest book, `client` reaches it, `scan` reads codes, and `ui` is what people
//! see. Here are windows, the tray, notices, and the handlers of pages' commands. Tokens, sockets and scanners never
//! enter a page.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod admin;
mod alert;
mod api;
mod args;
mod autostart;
mod channel;
mod commands;
mod connection;
mod desk;
mod dialog;
mod failure;
mod folder;
mod full_screen;
mod identity;
mod language;
mod luring;
mod network;
mod notices;
mod outlet;
mod pin;
mod popup;
mod profile;
mod program;
mod school_pin;
mod screen;
mod sesi;
mod start;
mod subscription;
mod teacher;
mod tray;
mod trouble;
mod updates;
mod watchers;
mod web_process;
mod window;
mod windows;
mod wizard;

use std::{io::IsTerminal, path, process::ExitCode};

use anyhow::{Context, Result};
use clap::Parser;
use server::logging::{self, Log};
use tauri::{AppHandle, Manager, RunEvent, async_runtime};
use tauri_plugin_window_state::StateFlags;

use crate::{
    args::Args,
    folder::Folder,
    window::{KIOSK, POPUP, WIZARD},
};

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
    // Programs that start in another working directory are given this path.
    let folder = path::absolute(&folder).with_context(|| folder.display().to_string())?;
    log.keep_in(&folder);
    #[cfg(windows)]
    notices::introduce(&folder);
    let mut context = tauri::generate_context!();
    let own_folder = args.data_dir.is_some().then(|| folder.clone());
    let moved =
        own_folder.as_deref().map(|folder| identity::take(&mut context.config_mut().identifier, folder));

    let app = tauri::Builder::default()
        // Must be first, so that a second start ends before it does anything.
        .plugin(tauri_plugin_single_instance::init(|app, line, _| windows::on_second_start(app, &line)))
        .plugin(tauri_plugin_clipboard_manager::init())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::Builder::new().open_js_links_on_click(false).build())
        .plugin(
            tauri_plugin_window_state::Builder::new()
                .with_state_flags(StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED)
                .with_filename(folder.join("windows.json").display().to_string())
                .with_denylist(&[KIOSK, POPUP, WIZARD])
                .build(),
        )
        .manage(log.clone())
        .manage(Folder(folder))
        .manage(autostart::Autostart::of(own_folder.as_deref())?)
        .manage(args)
        .manage(profile::CurrentProfile::default())
        .manage(connection::Connection::default())
        .manage(sesi::SesiWatchers::default())
        .manage(updates::Updates::default())
        .manage(language::CurrentLanguage::default())
        .manage(desk::Desk::default())
        .manage(luring::Current::default())
        .manage(full_screen::FullScreen::default())
        .manage(notices::Notices::default())
        .manage(tray::Tray::default())
        .manage(trouble::CurrentTrouble::default())
        .manage(channel::Outboxes::default())
        .manage(wizard::search::Search::default())
        .manage(wizard::restoring::Restoring::default())
        .manage(program::Running::default())
        .invoke_handler(commands::answer)
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
            program::stop(app);
            // The process ends without returning from here.
            app.state::<Log>().flush();
        }
        _ => {}
    });
    Ok(())
}

/// Stops in an orderly way when the operating system asks for it: requests in flight are finished.
async fn end_on_signal(app: AppHandle) {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminate) = signal(SignalKind::terminate()) else { return };
        terminate.recv().await;
        app.exit(0);
    }
    // Log-off and shutdown reach the program's windows and end it in the usual way. These signals reach a console, if
    // it has one.
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

/// Shows why the program cannot run, in a window and in the log.
fn complain(log: &Log, text: &str) {
    log.fail(text);
    if !std::io::stderr().is_terminal() {
        dialog::show(rfd::MessageLevel::Error, text);
    }
}
