//! Notices by the desktop's notification service, over D-Bus.

use notify_rust::{ActionResponse, Notification, NotificationHandle};
use tauri::{AppHandle, Manager};

use super::{Notices, open};

/// A notice that stands.
pub(super) struct Handle(NotificationHandle);

/// Shows the notice and waits until it is pressed or stands no longer.
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

/// Opens the teacher's window if the notice is pressed. Returns when it stands no longer.
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

/// Removes the notice.
pub(super) fn close(Handle(handle): Handle) {
    handle.close();
}
