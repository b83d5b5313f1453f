//! Notices of the desktop's own notification service, over D-Bus.

use notify_rust::{ActionResponse, Notification, NotificationHandle};
use tauri::{AppHandle, Manager};

use super::{Notices, open};

/// A notice that stands.
pub(super) struct Handle(NotificationHandle);

/// Shows it, and waits until it stands no more or is pressed.
pub(super) fn show(app: &AppHandle, tag: String, title: &str, body: &str) {
    let mut notification = Notification::new();
    notification.appname("Buku Tamu").summary(title).body(body).icon("bukutamu").action("default", "Buka");
    if let Some(Handle(before)) = app.state::<Notices>().standing().remove(&tag) {
        notification.id(before.id());
    }
    match notification.show() {
        Ok(handle) => attend(app, tag, handle),
        Err(error) => tracing::warn!(%error, "the operating system takes no notice"),
    }
}

/// Opens the teacher's window when it is pressed; returns when it stands no more.
fn attend(app: &AppHandle, tag: String, handle: NotificationHandle) {
    let id = handle.id();
    app.state::<Notices>().standing().insert(tag.clone(), Handle(handle));
    notify_rust::handle_action(id, |action| {
        if matches!(action, ActionResponse::Custom("default")) {
            open(app, tag.clone());
        }
    });
    let notices = app.state::<Notices>();
    let mut standing = notices.standing();
    if standing.get(&tag).is_some_and(|Handle(handle)| handle.id() == id) {
        standing.remove(&tag);
    }
}

/// Takes it away.
pub(super) fn close(Handle(handle): Handle) {
    handle.close();
}
