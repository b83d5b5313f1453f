//! Notices of macOS. It reports no press and removes them by itself.

use notify_rust::{Notification, NotificationHandle};
use tauri::{AppHandle, Manager};

use super::Notices;

/// A notice that was shown.
pub(super) struct Handle {
    _handle: NotificationHandle,
}

/// Shows the notice.
pub(super) fn show(app: &AppHandle, tag: String, number: u64, title: &str, body: &str) {
    match Notification::new().appname("Buku Tamu").summary(title).body(body).show() {
        Ok(handle) => app.state::<Notices>().keep(&tag, number, Handle { _handle: handle }),
        Err(error) => {
            tracing::warn!(%error, "the operating system takes no notice");
            app.state::<Notices>().standing().gone(&tag, number);
        }
    }
}

/// Does nothing: macOS removes notices by itself.
pub(super) fn close(_: Handle) {}
