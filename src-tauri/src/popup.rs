//! The pop-up: a small window above all others, made once and kept hidden, so that the next guest finds it at once.

use tauri::{
    AppHandle, LogicalSize, Manager, Monitor, PhysicalPosition, WebviewUrl, WebviewWindow,
    WebviewWindowBuilder, Wry, async_runtime,
};

use crate::{web_process, windows};

/// Its window's label and its page's name.
pub(crate) const LABEL: &str = "popup";

/// Logical pixels (design: 380 wide, height by content).
const WIDTH: f64 = 380.0;

/// Before the page has said how high its content is.
const FIRST_HEIGHT: f64 = 260.0;

/// From the edge of the screen, in logical pixels.
const MARGIN: f64 = 16.0;

/// Whether an alert can be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sight {
    /// The window stands above all others.
    Seen,
    /// It could not be shown, or something covers the whole screen.
    Hidden,
}

impl Sight {
    /// Whether somebody has to say it in another way.
    pub(crate) fn is_hidden_from_view(self) -> bool {
        self == Self::Hidden
    }
}

/// The window, out of sight.
fn builder(app: &AppHandle) -> WebviewWindowBuilder<'_, Wry, AppHandle> {
    // Not `resizable(false)`: on Linux that forces a height of its own.
    let builder = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("popup.html".into()));
    // There `focused(false)` holds for the making only: every later showing would take the focus from what the teacher types.
    #[cfg(windows)]
    let builder = builder.focusable(false);
    builder
        .title("Buku Tamu")
        .inner_size(WIDTH, FIRST_HEIGHT)
        .decorations(false)
        .always_on_top(true)
        .visible_on_all_workspaces(true)
        .skip_taskbar(true)
        .focused(false)
        .visible(false)
        .on_navigation(windows::is_own_page)
}

/// Makes the window, once there is time: whoever asks goes on.
pub(crate) fn prepare(app: &AppHandle) {
    let app = app.clone();
    async_runtime::spawn_blocking(move || {
        if let Err(error) = window(&app) {
            tracing::error!(%error, "the pop-up cannot be made");
        }
    });
}

/// The window; made now where it is not there yet.
///
/// # Errors
/// The system gives no window.
pub(crate) fn window(app: &AppHandle) -> tauri::Result<WebviewWindow> {
    match app.get_webview_window(LABEL) {
        Some(window) => Ok(window),
        None => web_process::open_beside(app, LABEL, windows::GURU, builder),
    }
}

/// Shows it, or brings it above the others, without taking the focus from what the teacher is typing.
pub(crate) fn raise(app: &AppHandle) -> Sight {
    if let Err(error) = window(app).and_then(|window| to_front(&window)) {
        tracing::warn!(%error, "the pop-up cannot be shown");
        return Sight::Hidden;
    }
    if crate::screen::is_covered() { Sight::Hidden } else { Sight::Seen }
}

fn to_front(window: &WebviewWindow) -> tauri::Result<()> {
    place(window, None)?;
    window.show()?;
    window.set_always_on_top(true)
}

/// Out of sight, until the next alert.
pub(crate) fn hide(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(LABEL)
        && let Err(error) = window.hide()
    {
        tracing::warn!(%error, "the pop-up cannot be hidden");
    }
}

/// To the lower right of the screen's free area, for the height that it has or is about to have, in physical pixels.
fn place(window: &WebviewWindow, height: Option<u32>) -> tauri::Result<()> {
    let Some(monitor) = monitor(window)? else { return Ok(()) };
    let (area, scale) = (monitor.work_area(), monitor.scale_factor());
    let size = window.outer_size()?;
    let margin = (MARGIN * scale) as i32;
    let x = area.position.x + area.size.width as i32 - size.width as i32 - margin;
    let y = area.position.y + area.size.height as i32 - height.unwrap_or(size.height) as i32 - margin;
    window.set_position(PhysicalPosition::new(x.max(area.position.x), y.max(area.position.y)))
}

fn monitor(window: &WebviewWindow) -> tauri::Result<Option<Monitor>> {
    match window.current_monitor()? {
        Some(monitor) => Ok(Some(monitor)),
        None => window.primary_monitor(),
    }
}

/// Shows the pop-up.
#[tauri::command]
pub(crate) fn popup_raise(app: AppHandle) {
    raise(&app);
}

/// Hides the pop-up.
#[tauri::command]
pub(crate) fn popup_close(app: AppHandle) {
    hide(&app);
}

/// Its height follows its content, in logical pixels.
///
/// # Errors
/// Rejects where the window cannot be resized.
#[tauri::command]
pub(crate) fn popup_resize(app: AppHandle, height: f64) -> tauri::Result<()> {
    let Some(window) = app.get_webview_window(LABEL) else { return Ok(()) };
    let (tallest, scale) = match monitor(&window)? {
        Some(monitor) => {
            let scale = monitor.scale_factor();
            (f64::from(monitor.work_area().size.height) / scale - 2.0 * MARGIN, scale)
        }
        None => (f64::MAX, 1.0),
    };
    let height = height.clamp(80.0, tallest);
    let pixels = (height * scale) as u32;
    let size = LogicalSize::new(WIDTH, height);
    // In such an order that it never hangs over the edge.
    if pixels > window.outer_size()?.height {
        place(&window, Some(pixels))?;
        window.set_size(size)
    } else {
        window.set_size(size)?;
        place(&window, Some(pixels))
    }
}
