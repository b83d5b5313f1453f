//! The teacher's window. It is made each time it opens, so that it takes no memory while it is closed.

use tauri::{
    AppHandle, Manager, WebviewWindow, WebviewWindowBuilder, Wry, async_runtime, webview::PageLoadEvent,
};

use crate::{
    popup, web_process,
    window::{self, GURU, POPUP},
};

/// Shows the window. Does not wait for it.
pub(crate) fn open(app: &AppHandle) {
    let app = app.clone();
    async_runtime::spawn_blocking(move || {
        if let Err(error) = make(&app).and_then(|window| window::to_front(&window)) {
            tracing::error!(%error, "the window cannot be opened");
        }
    });
}

/// The window. It is made if it does not exist yet.
///
/// # Errors
/// The system gives no window.
pub(crate) fn make(app: &AppHandle) -> tauri::Result<WebviewWindow> {
    web_process::open_beside(app, GURU, POPUP, builder)
}

/// The pop-up is made only once this window's page is there, because a person is waiting for this one.
fn builder(app: &AppHandle) -> WebviewWindowBuilder<'_, Wry, AppHandle> {
    window::builder(app, GURU, (1100.0, 720.0), (640.0, 480.0)).on_page_load(|window, page| {
        if page.event() == PageLoadEvent::Finished {
            popup::prepare(window.app_handle());
        }
    })
}
