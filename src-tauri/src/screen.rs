//! Whether something covers the whole screen, such as a presentation. A window should not or cannot appear over it.

/// Whether the window in front fills the screen. `false` if the system does not say.
#[cfg(target_os = "linux")]
pub(crate) fn is_covered() -> bool {
    linux::is_covered().unwrap_or(false)
}

/// Whether the window in front fills the screen. `false` if the system does not say.
#[cfg(not(target_os = "linux"))]
pub(crate) fn is_covered() -> bool {
    // Windows itself holds notices back while somebody presents, and shows topmost windows otherwise.
    false
}

#[cfg(target_os = "linux")]
mod linux {
    use x11rb::{
        connection::Connection,
        protocol::xproto::{AtomEnum, ConnectionExt},
        rust_connection::RustConnection,
    };

    /// `None` without an X server (as under Wayland), or if the window manager does not say.
    pub(super) fn is_covered() -> Option<bool> {
        let (conn, screen) = RustConnection::connect(None).ok()?;
        let root = conn.setup().roots.get(screen)?.root;
        let atom = |name: &str| Some(conn.intern_atom(true, name.as_bytes()).ok()?.reply().ok()?.atom);
        let read = |window, property, kind: AtomEnum| {
            let reply = conn.get_property(false, window, property, kind, 0, 64).ok()?.reply().ok()?;
            Some(reply.value32()?.collect::<Vec<u32>>())
        };
        let active = *read(root, atom("_NET_ACTIVE_WINDOW")?, AtomEnum::WINDOW)?.first()?;
        let states = read(active, atom("_NET_WM_STATE")?, AtomEnum::ATOM)?;
        Some(states.contains(&atom("_NET_WM_STATE_FULLSCREEN")?))
    }
}
