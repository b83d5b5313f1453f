//! Notices of the desktop's own notification service, over D-Bus.

use notify_rust::{ActionResponse, Notification, NotificationHandle};
use tauri::{AppHandle, Manager};

use super::{Notices, open};

/// A notice that stands.
pub(super) struct Handle(NotificationHandle);

/// Shows it, and waits until it stands no more or is pressed.
pub(super) fn show(app: &AppHandle, tag: String, number: u64, title: &str, body: &str) {
    let notices = app.state::<Notices>();
    let mut notification = Notification::new();
    notification.appname("Buku Tamu").summary(title).body(body).icon("bukutamu").action("default", "Buka");
    if let Some(Handle(before)) = notices.take_before(&tag) {
        notification.id(before.id());
    }
    match notification.show() {
        Ok(handle) => attend(app, tag, number, handle),
        Err(error) => {
            tracing::warn!(%error, "the operating system takes no notice");
            notices.standing().gone(&tag, number);
        }
    }
}

/// Opens the teacher's window when it is pressed; returns when it stands no more.
fn attend(app: &AppHandle, tag: String, number: u64, handle: NotificationHandle) {
    let notices = app.state::<Notices>();
    let id = handle.id();
    notices.keep(&tag, number, Handle(handle));
    notify_rust::handle_action(id, |action| {
        if matches!(action, ActionResponse::Custom("default")) {
            open(app, tag.clone());
        }
    });
    notices.standing().gone(&tag, number);
}

/// Takes it away.
pub(super) fn close(Handle(handle): Handle) {
    handle.close();
}
