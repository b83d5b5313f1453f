//! The pop-up: a small window above all others. It is made once and then hidden, so that it appears at once for the
//! next guest.

use contract::{Failure, PopupClose, PopupFocus, PopupRaise, PopupResize};
use tauri::{
    AppHandle, LogicalSize, Manager, Monitor, PhysicalPosition, PhysicalRect, PhysicalSize, WebviewUrl,
    WebviewWindow, WebviewWindowBuilder, Wry, async_runtime,
};

use crate::{
    commands::{Answer, Caller, Handler},
    screen, web_process,
    window::{self, GURU, POPUP},
};

/// In logical pixels. The design says 380 wide; the height follows the content.
const WIDTH: f64 = 380.0;

/// The height until the page has reported its content's, in logical pixels.
const FIRST_HEIGHT: f64 = 260.0;

/// The distance to the edge of the screen, in logical pixels.
const MARGIN: f64 = 16.0;

/// The smallest height, in logical pixels: less shows nothing of a card. On a smaller screen it hangs over the edge.
const LEAST_HEIGHT: f64 = 80.0;

/// Whether an alert can be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sight {
    /// The window stands above all others.
    Seen,
    /// It could not be shown, or something covers the whole screen.
    Hidden,
}

impl Sight {
    /// Whether the alert has to be given in another way.
    pub(crate) fn is_hidden_from_view(self) -> bool {
        self == Self::Hidden
    }
}

/// The window, hidden.
fn builder(app: &AppHandle) -> WebviewWindowBuilder<'_, Wry, AppHandle> {
    // `resizable(false)` is not used: on Linux it forces another height.
    let builder = WebviewWindowBuilder::new(app, POPUP, WebviewUrl::App("popup.html".into()));
    // On Windows, `focused(false)` only holds when the window is made. Each later showing would take the focus while
    // the teacher types.
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
        .on_navigation(window::is_own_page)
}

/// Makes the window in the background. Does not wait for it.
pub(crate) fn prepare(app: &AppHandle) {
    let app = app.clone();
    async_runtime::spawn_blocking(move || {
        if let Err(error) = window(&app) {
            tracing::error!(%error, "the pop-up cannot be made");
        }
    });
}

/// The window. It is made if it does not exist yet.
///
/// # Errors
/// The system gives no window.
pub(crate) fn window(app: &AppHandle) -> tauri::Result<WebviewWindow> {
    if let Some(window) = app.get_webview_window(POPUP) {
        return Ok(window);
    }
    let window = web_process::open_beside(app, POPUP, GURU, builder)?;
    keep_focus_elsewhere(&window)?;
    Ok(window)
}

/// Window managers give the focus to a new window unless it refuses it.
#[cfg(target_os = "linux")]
fn keep_focus_elsewhere(window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::glib::prelude::ObjectExt;

    let shown = window.clone();
    window.run_on_main_thread(move || match shown.gtk_window() {
        Ok(window) => window.set_property("focus-on-map", false),
        Err(error) => tracing::warn!(%error, "the pop-up takes the focus"),
    })
}

#[cfg(not(target_os = "linux"))]
fn keep_focus_elsewhere(_: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

/// Shows the window above the others. The focus stays where the teacher is typing.
pub(crate) fn raise(app: &AppHandle) -> Sight {
    if let Err(error) = window(app).and_then(|window| to_front(&window)) {
        tracing::warn!(%error, "the pop-up cannot be shown");
        return Sight::Hidden;
    }
    if screen::is_covered() { Sight::Hidden } else { Sight::Seen }
}

fn to_front(window: &WebviewWindow) -> tauri::Result<()> {
    place(window, None)?;
    window.show()?;
    window.set_always_on_top(true)
}

/// Hides the window until the next alert.
pub(crate) fn hide(app: &AppHandle) {
    let Some(window) = app.get_webview_window(POPUP) else { return };
    if let Err(error) = window.hide().and_then(|()| let_go(&window)) {
        tracing::warn!(%error, "the pop-up cannot be hidden");
    }
}

/// Somebody who clicks in the window wants to type in it. Other systems than Windows give it the focus by themselves.
#[cfg(windows)]
fn take_hold(window: &WebviewWindow) -> tauri::Result<()> {
    window.set_focusable(true)?;
    window.set_focus()
}

#[cfg(not(windows))]
fn take_hold(_: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

/// The window does not take the focus when it is shown again.
#[cfg(windows)]
fn let_go(window: &WebviewWindow) -> tauri::Result<()> {
    window.set_focusable(false)
}

#[cfg(not(windows))]
fn let_go(_: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

/// Puts the window into the lower right of the screen's free area. `height` is the height that it is about to have, in
/// physical pixels.
fn place(window: &WebviewWindow, height: Option<u32>) -> tauri::Result<()> {
    let Some(monitor) = monitor(window)? else { return Ok(()) };
    let mut size = window.outer_size()?;
    size.height = height.unwrap_or(size.height);
    window.set_position(corner(*monitor.work_area(), size, monitor.scale_factor()))
}

/// The window's upper left corner. What does not fit hangs over the right or lower edge.
fn corner(area: PhysicalRect<i32, u32>, size: PhysicalSize<u32>, scale: f64) -> PhysicalPosition<i32> {
    let margin = (MARGIN * scale) as i64;
    let start = |from: i32, room: u32, length: u32| {
        let start = i64::from(from) + i64::from(room) - i64::from(length) - margin;
        i32::try_from(start).map_or(from, |start| start.max(from))
    };
    PhysicalPosition::new(
        start(area.position.x, area.size.width, size.width),
        start(area.position.y, area.size.height, size.height),
    )
}

/// The content's height, limited to what the screen has room for, in logical pixels. A page may report any number.
fn fitting(height: f64, room: f64) -> f64 {
    let tallest = (room - 2.0 * MARGIN).max(LEAST_HEIGHT);
    if height.is_finite() { height.clamp(LEAST_HEIGHT, tallest) } else { FIRST_HEIGHT.min(tallest) }
}

fn monitor(window: &WebviewWindow) -> tauri::Result<Option<Monitor>> {
    match window.current_monitor()? {
        Some(monitor) => Ok(Some(monitor)),
        None => window.primary_monitor(),
    }
}

/// Makes the window as high as its content, in logical pixels.
fn resize(window: &WebviewWindow, height: f64) -> tauri::Result<()> {
    let (room, scale) = match monitor(window)? {
        Some(monitor) => {
            let scale = monitor.scale_factor();
            (f64::from(monitor.work_area().size.height) / scale, scale)
        }
        None => (f64::MAX, 1.0),
    };
    let height = fitting(height, room);
    let pixels = (height * scale) as u32;
    let size = LogicalSize::new(WIDTH, height);
    // The order keeps the window from hanging over the edge in between.
    if pixels > window.outer_size()?.height {
        place(window, Some(pixels))?;
        window.set_size(size)
    } else {
        window.set_size(size)?;
        place(window, Some(pixels))
    }
}

impl Handler for PopupRaise {
    fn answer(self, caller: Caller) -> Answer<Self> {
        raise(caller.app());
        Answer::now(())
    }
}

impl Handler for PopupClose {
    fn answer(self, caller: Caller) -> Answer<Self> {
        hide(caller.app());
        Answer::now(())
    }
}

impl Handler for PopupFocus {
    fn answer(self, caller: Caller) -> Answer<Self> {
        Answer::Now(take_hold(&caller.window).map_err(Failure::other))
    }
}

impl Handler for PopupResize {
    fn answer(self, caller: Caller) -> Answer<Self> {
        Answer::Now(resize(&caller.window, self.height).map_err(Failure::other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(x: i32, y: i32, width: u32, height: u32) -> PhysicalRect<i32, u32> {
        PhysicalRect { position: PhysicalPosition::new(x, y), size: PhysicalSize::new(width, height) }
    }

    #[test]
    fn it_is_no_higher_than_the_screen_and_never_less_than_a_card_shows() {
        assert_eq!(fitting(300.0, 1080.0), 300.0);
        assert_eq!(fitting(3000.0, 1080.0), 1048.0);
        assert_eq!(fitting(10.0, 1080.0), LEAST_HEIGHT);
        for room in [0.0, 32.0, 100.0, -5.0] {
            assert_eq!(fitting(300.0, room), LEAST_HEIGHT, "{room}");
        }
        for height in [f64::NAN, f64::INFINITY] {
            assert_eq!(fitting(height, 1080.0), FIRST_HEIGHT);
        }
    }

    #[test]
    fn it_stands_in_the_corner_of_any_screen_and_begins_on_it() {
        let size = PhysicalSize::new(380, 260);
        assert_eq!(corner(area(0, 0, 1366, 728), size, 1.0), PhysicalPosition::new(970, 452));
        assert_eq!(corner(area(-1920, -200, 1920, 1080), size, 1.0), PhysicalPosition::new(-396, 604));
        assert_eq!(corner(area(0, 0, 3840, 2120), size, 2.0), PhysicalPosition::new(3428, 1828));
        assert_eq!(corner(area(50, 60, 100, 80), size, 1.0), PhysicalPosition::new(50, 60));
        assert_eq!(corner(area(i32::MAX, 0, u32::MAX, 80), size, 1.0).x, i32::MAX);
    }
}
