//! What all windows have in common.

use tauri::{AppHandle, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, Wry};

/// The reception's label and page.
pub(crate) const KIOSK: &str = "kiosk";

/// The teacher's.
pub(crate) const GURU: &str = "guru";

/// The admin's.
pub(crate) const ADMIN: &str = "admin";

/// The pop-up's.
pub(crate) const POPUP: &str = "popup";

/// The wizard's.
pub(crate) const WIZARD: &str = "mulai";

/// A window with a frame, for this page.
pub(crate) fn builder<'a>(
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

/// Pages never leave the program: links open outside of it.
pub(crate) fn is_own_page(url: &Url) -> bool {
    url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost")
}

/// Above all others, with the focus.
pub(crate) fn to_front(window: &WebviewWindow) -> tauri::Result<()> {
    window.unminimize()?;
    window.show()?;
    window.set_focus()
}
