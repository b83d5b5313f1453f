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

/// A window with a frame that shows this page.
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
        // The page itself handles dropped pictures.
        .disable_drag_drop_handler()
        .on_navigation(is_own_page)
}

/// Whether the page belongs to the program. Pages never leave it: links open in the browser.
pub(crate) fn is_own_page(url: &Url) -> bool {
    url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost")
}

/// Brings the window above all others and gives it the focus.
pub(crate) fn to_front(window: &WebviewWindow) -> tauri::Result<()> {
    window.unminimize()?;
    window.show()?;
    window.set_focus()
}
