//! Notices by the operating system, where no window may come up, and where a page asks for one.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    thread,
};

use domain::{IdJanjiTemu, notifikasi::Notifikasi};
use notify_rust::{Notification, NotificationHandle};
use tauri::{AppHandle, Manager, State, WebviewWindow};

use crate::{channel::Channel, watchers::Watchers};

/// How pages name an arrival's notice.
pub(crate) fn tag_of(id: IdJanjiTemu) -> String {
    format!("tamu-{id}")
}

/// Notices that stand, by tag, and the pages that want to know of a press.
#[derive(Default)]
pub(crate) struct Notices {
    standing: Mutex<HashMap<String, NotificationHandle>>,
    watchers: Watchers<String>,
}

impl Notices {
    fn standing(&self) -> MutexGuard<'_, HashMap<String, NotificationHandle>> {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Says that a guest has arrived.
pub(crate) fn arrival(app: &AppHandle, notifikasi: &Notifikasi) {
    show(app, tag_of(notifikasi.id), "Tamu datang".to_owned(), notifikasi.pesan.clone());
}

/// Tells the teacher's page what was pressed, as soon as there is one.
pub(crate) fn press(app: &AppHandle, tag: String) {
    app.state::<Notices>().watchers.hand_over(tag);
}

/// Takes it away where it still stands.
pub(crate) fn clear(app: &AppHandle, tag: &str) {
    let handle = app.state::<Notices>().standing().remove(tag);
    close(handle);
}

/// Takes all of them away.
pub(crate) fn clear_all(app: &AppHandle) {
    let all = std::mem::take(&mut *app.state::<Notices>().standing());
    close(all.into_values());
}

/// Talking to the notification service blocks.
fn close(handles: impl IntoIterator<Item = NotificationHandle>) {
    let handles: Vec<_> = handles.into_iter().collect();
    if !handles.is_empty() {
        thread::spawn(move || handles.into_iter().for_each(close_now));
    }
}

/// The same tag again replaces the earlier one.
fn show(app: &AppHandle, tag: String, title: String, body: String) {
    let app = app.clone();
    // A thread of its own: it waits for a press for as long as the notice stands.
    thread::spawn(move || {
        let mut notification = Notification::new();
        notification.appname("Buku Tamu").summary(&title).body(&body).icon("bukutamu");
        let before = app.state::<Notices>().standing().remove(&tag);
        prepare(&mut notification, before);
        match notification.show() {
            Ok(handle) => attend(&app, tag, handle),
            Err(error) => tracing::warn!(%error, "the operating system takes no notice"),
        }
    });
}

#[cfg(all(unix, not(target_os = "macos")))]
fn prepare(notification: &mut Notification, before: Option<NotificationHandle>) {
    notification.action("default", "Buka");
    if let Some(before) = before {
        notification.id(before.id());
    }
}

/// Opens the teacher's window when it is pressed; returns when it stands no more.
#[cfg(all(unix, not(target_os = "macos")))]
fn attend(app: &AppHandle, tag: String, handle: NotificationHandle) {
    let id = handle.id();
    app.state::<Notices>().standing().insert(tag.clone(), handle);
    notify_rust::handle_action(id, |action| {
        if matches!(action, notify_rust::ActionResponse::Custom("default")) {
            crate::windows::open_guru(app);
            press(app, tag.clone());
        }
    });
    let notices = app.state::<Notices>();
    let mut standing = notices.standing();
    if standing.get(&tag).is_some_and(|handle| handle.id() == id) {
        standing.remove(&tag);
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
fn close_now(handle: NotificationHandle) {
    handle.close();
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn prepare(_: &mut Notification, _: Option<NotificationHandle>) {}

/// Windows and macOS tell nobody of a press, and take notices away by themselves.
#[cfg(not(all(unix, not(target_os = "macos"))))]
fn attend(app: &AppHandle, tag: String, handle: NotificationHandle) {
    app.state::<Notices>().standing().insert(tag, handle);
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn close_now(_: NotificationHandle) {}

/// Shows a notice; pressing it opens the teacher's window and tells the page.
#[tauri::command]
pub(crate) fn notice_show(app: AppHandle, tag: String, title: String, body: String) {
    show(&app, tag, title, body);
}

/// Takes it away where it still stands.
#[tauri::command]
pub(crate) fn notice_clear(app: AppHandle, tag: String) {
    clear(&app, &tag);
}

/// Tells the window of every press from now on, and of one that it was opened by.
#[tauri::command]
pub(crate) fn notice_watch(window: WebviewWindow, notices: State<'_, Notices>, channel: Channel<String>) {
    notices.watchers.watch(window.label(), channel);
}
