//! Windows as the display and its window manager see them.

use std::error::Error;

use tests::{Stage, wait};
use x11rb::{
    connection::Connection,
    protocol::xproto::{ClientMessageEvent, ConnectionExt, EventMask},
    rust_connection::RustConnection,
};

/// The program's visible windows.
pub(crate) fn visible(stage: &Stage) -> Vec<String> {
    let found = stage.command("xdotool").args(["search", "--onlyvisible", "--name", "Buku Tamu"]).output();
    let found = String::from_utf8_lossy(&found.expect("xdotool runs").stdout).into_owned();
    found.lines().map(str::to_owned).collect()
}

/// The first of them. Waits for it.
pub(crate) fn window(stage: &Stage) -> String {
    let mut found = Vec::new();
    wait("a window", || {
        found = visible(stage);
        !found.is_empty()
    });
    found.remove(0)
}

/// Asks the window manager, as a window's cross and a taskbar do. Keys would not work while something else holds the
/// keyboard.
pub(crate) fn close(stage: &Stage, window: &str) {
    let window = window.parse().expect("a window's number");
    request_close(&stage.display, window).expect("the display takes the request");
}

fn request_close(display: &str, window: u32) -> Result<(), Box<dyn Error>> {
    let (display, number) = RustConnection::connect(Some(display))?;
    let root = display.setup().roots[number].root;
    let request = display.intern_atom(false, b"_NET_CLOSE_WINDOW")?.reply()?.atom;
    // Asked at time 0, which is any, by source 2, which acts for a person.
    let message = ClientMessageEvent::new(32, window, request, [0, 2, 0, 0, 0]);
    let to_the_manager = EventMask::SUBSTRUCTURE_REDIRECT | EventMask::SUBSTRUCTURE_NOTIFY;
    Ok(display.send_event(false, root, to_the_manager, message)?.check()?)
}

/// Types as a person does, into whatever has the keyboard, and ends with Enter.
pub(crate) fn type_line(stage: &Stage, text: &str) {
    for keys in [&["type", "--delay", "90", text][..], &["key", "Return"]] {
        let pressed = stage.command("xdotool").args(keys).status();
        assert!(pressed.is_ok_and(|status| status.success()), "the keys were not pressed");
    }
}

/// Whether it fills the screen.
pub(crate) fn is_fullscreen(stage: &Stage, window: &str) -> bool {
    let state = stage.command("xprop").args(["-id", window, "_NET_WM_STATE"]).output();
    String::from_utf8_lossy(&state.expect("xprop runs").stdout).contains("FULLSCREEN")
}

/// Its place and size in pixels; `None` if it is gone.
pub(crate) fn shape(stage: &Stage, window: &str) -> Option<[i32; 4]> {
    let shape = stage.command("xdotool").args(["getwindowgeometry", "--shell", window]).output();
    let shape = String::from_utf8_lossy(&shape.expect("xdotool runs").stdout).into_owned();
    let value = |name: &str| shape.lines().find_map(|line| line.strip_prefix(name)?.parse().ok());
    Some([value("X=")?, value("Y=")?, value("WIDTH=")?, value("HEIGHT=")?])
}

/// Its width in pixels; 0 if it is gone.
pub(crate) fn width(stage: &Stage, window: &str) -> i32 {
    shape(stage, window).map_or(0, |[_, _, width, _]| width)
}

/// The window with the focus.
pub(crate) fn active(stage: &Stage) -> Option<String> {
    let asked = stage.command("xdotool").arg("getactivewindow").output().ok()?;
    let id = String::from_utf8(asked.stdout).ok()?.trim().to_owned();
    (!id.is_empty()).then_some(id)
}
