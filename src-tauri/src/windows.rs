//! The windows: which there are, how each is opened, and what closing one means.

use clap::Parser;
use domain::IdJanjiTemu;
use tauri::{
    AppHandle, Manager, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, Window, WindowEvent, Wry,
    async_runtime, webview::PageLoadEvent,
};

use crate::{
    args::{Args, Role},
    channel::Outboxes,
    full_screen, notices, popup,
    program::Program,
    tray, web_process,
};

/// The wizard's label and page.
pub(crate) const WIZARD: &str = "mulai";

/// The teacher's window's label and page.
pub(crate) const GURU: &str = "guru";

/// Opens what this PC is for. A teacher's PC that has just been switched on shows nothing until a guest arrives.
///
/// # Errors
/// The system gives no window.
pub(crate) fn open(app: &AppHandle, role: Role) -> tauri::Result<()> {
    match role {
        Role::Kiosk => {
            let has_pin = app.state::<Program>().profile().is_some_and(|profile| profile.pin.is_some());
            web_process::open(builder(app, "kiosk", (1280.0, 800.0), (640.0, 480.0)).fullscreen(has_pin))?;
        }
        Role::Guru => {
            let has_tray = tray::create(app);
            if app.state::<Program>().hidden && has_tray {
                popup::window(app)?;
            } else {
                web_process::open_beside(app, GURU, popup::LABEL, guru)?;
            }
        }
        Role::Admin => {
            web_process::open(builder(app, "admin", (1280.0, 800.0), (640.0, 480.0)))?;
        }
    }
    Ok(())
}

/// Opens the wizard. Once its page is there, windows that lead nowhere close.
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

/// Opens what this PC is for, out of the wizard, whose window closes. First the new window, so that the program never is
/// without one.
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

/// Closes every window but the wizard's, whatever it has against it.
fn destroy_all_but_wizard(app: &AppHandle) {
    for (label, window) in app.webview_windows() {
        if label != WIZARD
            && let Err(error) = window.destroy()
        {
            tracing::warn!(label, %error, "a window stays");
        }
    }
}

/// Shows the teacher's window. It is made anew each time, so that it costs no memory while it is closed. Whoever asks goes on.
pub(crate) fn open_guru(app: &AppHandle) {
    let app = app.clone();
    async_runtime::spawn_blocking(move || {
        let opened = web_process::open_beside(&app, GURU, popup::LABEL, guru);
        if let Err(error) = opened.and_then(|window| to_front(&window)) {
            tracing::error!(%error, "the window cannot be opened");
        }
    });
}

/// What a person waits for comes first: the pop-up is made once this window's page is there.
fn guru(app: &AppHandle) -> WebviewWindowBuilder<'_, Wry, AppHandle> {
    builder(app, GURU, (1100.0, 720.0), (640.0, 480.0)).on_page_load(|window, page| {
        if page.event() == PageLoadEvent::Finished {
            popup::prepare(window.app_handle());
        }
    })
}

/// Somebody, or the log-in, has started the program once more.
pub(crate) fn on_second_start(app: &AppHandle, command_line: &[String]) {
    let is_hidden = Args::try_parse_from(command_line).is_ok_and(|args| args.hidden);
    if !is_hidden {
        show(app);
    }
}

/// Brings the program to the front.
fn show(app: &AppHandle) {
    match app.state::<Program>().role() {
        Some(Role::Guru) => open_guru(app),
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

fn to_front(window: &WebviewWindow) -> tauri::Result<()> {
    window.unminimize()?;
    window.show()?;
    window.set_focus()
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
        "kiosk" if !full_screen::may_close(app) => api.prevent_close(),
        popup::LABEL => {
            api.prevent_close();
            popup::hide(app);
        }
        _ => {}
    }
}

/// Whether the program goes on without a window: a teacher's does, in the tray.
pub(crate) fn lives_on(app: &AppHandle) -> bool {
    app.state::<Program>().role() == Some(Role::Guru) && tray::is_there(app)
}

/// Pages never leave the program: links open outside of it.
pub(crate) fn is_own_page(url: &Url) -> bool {
    url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost")
}

fn builder<'a>(
    app: &'a AppHandle,
    page: &str,
    size: (f64, f64),
    min: (f64, f64),
) -> WebviewWindowBuilder<'a, Wry, AppHandle> {
    WebviewWindowBuilder::new(app, page, WebviewUrl::App(format!("{page}.html").into()))
        .title("Buku Tamu")
        .inner_size(size.0, size.1)
        .min_inner_size(min.0, min.1)
        // A picture that is dropped belongs to the page.
        .disable_drag_drop_handler()
        .on_navigation(is_own_page)
}

/// Shows the teacher's window, and in it the appointment with this number.
#[tauri::command]
pub(crate) fn guru_open(app: AppHandle, id: Option<IdJanjiTemu>) {
    open_guru(&app);
    if let Some(id) = id {
        notices::press(&app, notices::tag_of(id));
    }
}
