//! The program's windows, how each is opened, and what closing one means.

use clap::Parser;
use contract::{GuruOpen, Role};
use tauri::{AppHandle, Manager, Window, WindowEvent, webview::PageLoadEvent};

use crate::{
    args::Args,
    channel::Outboxes,
    commands::{Answer, Caller, Handler},
    full_screen, notices, popup,
    profile::CurrentProfile,
    teacher, tray, web_process,
    window::{ADMIN, KIOSK, POPUP, WIZARD, builder, to_front},
};

/// Opens the windows of the role. A teacher's PC that has just been switched on shows nothing until a guest arrives.
///
/// # Errors
/// The system gives no window.
pub(crate) fn open(app: &AppHandle, role: Role) -> tauri::Result<()> {
    match role {
        Role::Kiosk => {
            let has_pin = app.state::<CurrentProfile>().pin().is_some();
            web_process::open(builder(app, KIOSK, (1280.0, 800.0), (640.0, 480.0)).fullscreen(has_pin))?;
        }
        Role::Guru => {
            let has_tray = tray::create(app);
            if app.state::<Args>().hidden && has_tray {
                popup::window(app)?;
            } else {
                teacher::make(app)?;
            }
        }
        Role::Admin => {
            web_process::open(builder(app, ADMIN, (1280.0, 800.0), (640.0, 480.0)))?;
        }
    }
    Ok(())
}

/// Opens the wizard. Once its page is there, the other windows close.
///
/// # Errors
/// The system gives no window.
pub(crate) fn open_wizard(app: &AppHandle) -> tauri::Result<()> {
    let wizard = builder(app, WIZARD, (880.0, 680.0), (640.0, 520.0)).on_page_load(|window, page| {
        if page.event() == PageLoadEvent::Finished {
            destroy_all_but_wizard(window.app_handle());
        }
    });
    web_process::open(wizard)?;
    Ok(())
}

/// Opens the windows of the role and closes the wizard. The new window opens first, so that the program always has one.
///
/// # Errors
/// The system gives no window.
pub(crate) fn open_role(app: &AppHandle, role: Role) -> tauri::Result<()> {
    open(app, role)?;
    if let Some(wizard) = app.get_webview_window(WIZARD) {
        wizard.destroy()?;
    }
    Ok(())
}

/// Closes every window but the wizard's, even one that refuses to be closed.
fn destroy_all_but_wizard(app: &AppHandle) {
    for (label, window) in app.webview_windows() {
        if label != WIZARD
            && let Err(error) = window.destroy()
        {
            tracing::warn!(label, %error, "a window stays");
        }
    }
}

/// Somebody, or the log-in, has started the program again.
pub(crate) fn on_second_start(app: &AppHandle, command_line: &[String]) {
    let is_hidden = Args::try_parse_from(command_line).is_ok_and(|args| args.hidden);
    if !is_hidden {
        show(app);
    }
}

/// Brings the program to the front.
fn show(app: &AppHandle) {
    match app.state::<CurrentProfile>().role() {
        Some(Role::Guru) => teacher::open(app),
        role => {
            let label = role.map_or(WIZARD, Role::as_str);
            if let Some(window) = app.get_webview_window(label)
                && let Err(error) = to_front(&window)
            {
                tracing::warn!(%error, "the window cannot be brought to the front");
            }
        }
    }
}

/// What closing a window means: the kiosk stays unless the PIN was given, the pop-up only goes out of sight.
pub(crate) fn on_event(window: &Window, event: &WindowEvent) {
    let app = window.app_handle();
    let api = match event {
        WindowEvent::CloseRequested { api, .. } => api,
        WindowEvent::Destroyed => return app.state::<Outboxes>().forget(window.label()),
        _ => return,
    };
    match window.label() {
        KIOSK if !full_screen::may_close(app) => api.prevent_close(),
        POPUP => {
            api.prevent_close();
            popup::hide(app);
        }
        _ => {}
    }
}

/// Whether the program goes on without a window: a teacher's does, in the tray.
pub(crate) fn lives_on(app: &AppHandle) -> bool {
    app.state::<CurrentProfile>().role() == Some(Role::Guru) && tray::is_there(app)
}

impl Handler for GuruOpen {
    fn answer(self, caller: Caller) -> Answer<Self> {
        teacher::open(caller.app());
        if let Some(id) = self.id {
            notices::press(caller.app(), notices::tag_of(id));
        }
        Answer::now(())
    }
}
