//! Windows as the display and its window manager see them.

use tests::{Stage, wait};

/// The program's windows that can be seen.
pub(crate) fn visible(stage: &Stage) -> Vec<String> {
    let found = stage.command("xdotool").args(["search", "--onlyvisible", "--name", "Buku Tamu"]).output();
    let found = String::from_utf8_lossy(&found.expect("xdotool runs").stdout).into_owned();
    found.lines().map(str::to_owned).collect()
}

/// The first of them, waiting for it.
pub(crate) fn window(stage: &Stage) -> String {
    let mut found = Vec::new();
    wait("a window", || {
        found = visible(stage);
        !found.is_empty()
    });
    found.remove(0)
}

/// What Alt+F4 and a window's cross ask for.
pub(crate) fn close(stage: &Stage, window: &str) {
    // The window manager's own key for it; `xdotool windowclose` would destroy the window without asking.
    let keys = ["windowactivate", "--sync", window, "key", "--clearmodifiers", "alt+F4"];
    let asked = stage.command("xdotool").args(keys).status();
    assert!(asked.is_ok_and(|status| status.success()), "the keys were not pressed");
}

/// A person types, wherever the keyboard leads, and ends with Enter.
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

/// Its place and size in pixels; nothing where it is gone.
pub(crate) fn shape(stage: &Stage, window: &str) -> Option<[i32; 4]> {
    let shape = stage.command("xdotool").args(["getwindowgeometry", "--shell", window]).output();
    let shape = String::from_utf8_lossy(&shape.expect("xdotool runs").stdout).into_owned();
    let value = |name: &str| shape.lines().find_map(|line| line.strip_prefix(name)?.parse().ok());
    Some([value("X=")?, value("Y=")?, value("WIDTH=")?, value("HEIGHT=")?])
}

/// Its width in pixels; 0 where it is gone.
pub(crate) fn width(stage: &Stage, window: &str) -> i32 {
    shape(stage, window).map_or(0, |[_, _, width, _]| width)
}
