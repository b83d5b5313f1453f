//! Notices by the operating system, where no window may come up, and where a page asks for one.

#[cfg_attr(target_os = "linux", path = "notices/linux.rs")]
#[cfg_attr(target_os = "macos", path = "notices/macos.rs")]
#[cfg_attr(windows, path = "notices/toast.rs")]
mod system;

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    thread,
};

use domain::{IdJanjiTemu, notifikasi::Notifikasi};
use tauri::{AppHandle, Manager, State, WebviewWindow};

use self::system::Handle;
#[cfg(windows)]
pub(crate) use self::system::introduce;
use crate::{channel::Channel, watchers::Watchers};

/// How pages name an arrival's notice.
pub(crate) fn tag_of(id: IdJanjiTemu) -> String {
    format!("tamu-{id}")
}

/// Notices that stand, by tag, and the pages that want to know of a press.
#[derive(Default)]
pub(crate) struct Notices {
    standing: Mutex<HashMap<String, Handle>>,
    watchers: Watchers<String>,
}

impl Notices {
    fn standing(&self) -> MutexGuard<'_, HashMap<String, Handle>> {
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
fn close(handles: impl IntoIterator<Item = Handle>) {
    let handles: Vec<_> = handles.into_iter().collect();
    if !handles.is_empty() {
        thread::spawn(move || handles.into_iter().for_each(system::close));
    }
}

/// The same tag again replaces the earlier one.
fn show(app: &AppHandle, tag: String, title: String, body: String) {
    let app = app.clone();
    // A thread of its own: it may wait for a press for as long as the notice stands.
    thread::spawn(move || system::show(&app, tag, &title, &body));
}

/// It was pressed: its page opens and learns of it.
fn open(app: &AppHandle, tag: String) {
    crate::windows::open_guru(app);
    press(app, tag);
}

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
