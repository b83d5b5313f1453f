//! Notices by the operating system, for arrivals whose pop-up cannot be seen and for pages that ask for one.

#[cfg_attr(target_os = "linux", path = "notices/linux.rs")]
#[cfg_attr(target_os = "macos", path = "notices/macos.rs")]
#[cfg_attr(windows, path = "notices/toast.rs")]
mod system;

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    thread,
};

use contract::{NoticeClear, NoticeShow, NoticeWatch};
use domain::{IdJanjiTemu, notifikasi::Notifikasi};
use tauri::{AppHandle, Manager};

use self::system::Handle;
#[cfg(windows)]
pub(crate) use self::system::introduce;
use crate::{
    channel::Sender,
    commands::{Answer, Caller, Handler},
    language::{self, CurrentLanguage},
    teacher,
    updates::Updates,
    watchers::Watchers,
};

/// The beginning of tags that name an arrival.
const ARRIVAL: &str = "tamu-";

/// The tag of an arrival's notice. Pages build the same one.
pub(crate) fn tag_of(id: IdJanjiTemu) -> String {
    format!("{ARRIVAL}{id}")
}

/// The notices that stand, by tag, and the pages that want to know when one is pressed.
#[derive(Default)]
pub(crate) struct Notices {
    standing: Mutex<Standing>,
    watchers: Watchers<String>,
}

/// What should stand. A notice is shown on its own thread, so it may be unwanted before it is there.
#[derive(Default)]
struct Standing {
    count: u64,
    notices: HashMap<String, Notice>,
}

struct Notice {
    /// Tells apart notices that had the same tag one after the other.
    number: u64,
    /// `None` until a notice is there. If this notice replaces an earlier one, the earlier one's handle until then.
    handle: Option<Handle>,
}

impl Standing {
    /// Says that a notice should stand under the tag. Gives its number.
    fn want(&mut self, tag: &str) -> u64 {
        self.count += 1;
        let notice = self.notices.entry(tag.to_owned()).or_insert(Notice { number: 0, handle: None });
        notice.number = self.count;
        self.count
    }

    /// The notice is there. Gives the handle back if the notice is unwanted by now or was replaced.
    fn shown(&mut self, tag: &str, number: u64, handle: Handle) -> Option<Handle> {
        match self.notices.get_mut(tag) {
            Some(notice) if notice.number == number => {
                notice.handle = Some(handle);
                None
            }
            _ => Some(handle),
        }
    }

    /// The notice was pressed or dismissed and stands no longer.
    fn gone(&mut self, tag: &str, number: u64) {
        if self.notices.get(tag).is_some_and(|notice| notice.number == number) {
            self.notices.remove(tag);
        }
    }
}

impl Notices {
    fn standing(&self) -> MutexGuard<'_, Standing> {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The handle of the notice to replace. Only Linux has to name it.
    #[cfg(target_os = "linux")]
    fn take_before(&self, tag: &str) -> Option<Handle> {
        self.standing().notices.get_mut(tag)?.handle.take()
    }

    /// Keeps the notice's handle. Removes the notice at once if it is unwanted by now.
    fn keep(&self, tag: &str, number: u64, handle: Handle) {
        let unwanted = self.standing().shown(tag, number, handle);
        if let Some(handle) = unwanted {
            system::close(handle);
        }
    }
}

/// Shows that a guest has arrived, in the language of this PC's user.
pub(crate) fn arrival(app: &AppHandle, notifikasi: &Notifikasi) {
    let read = app.state::<CurrentLanguage>().get();
    let (title, body) = (language::arrival(read).to_owned(), language::of_arrival(read, notifikasi));
    show(app, tag_of(notifikasi.id), title, body);
}

/// Tells the teacher's page which notice was pressed. If no page listens yet, the next one that does is told.
pub(crate) fn press(app: &AppHandle, tag: String) {
    app.state::<Notices>().watchers.hand_over(tag);
}

/// Removes the notice, even if it is only about to appear.
pub(crate) fn clear(app: &AppHandle, tag: &str) {
    let notice = app.state::<Notices>().standing().notices.remove(tag);
    close(notice);
}

/// Removes the notices of arrivals that are no longer unread.
pub(crate) fn clear_answered(app: &AppHandle) {
    let updates = app.state::<Updates>();
    let is_answered = |tag: &str| {
        let id = tag.strip_prefix(ARRIVAL).and_then(|id| id.parse().ok());
        id.is_some_and(|id| !updates.is_unread(IdJanjiTemu(id)))
    };
    let tags: Vec<_> = app.state::<Notices>().standing().notices.keys().cloned().collect();
    tags.iter().filter(|tag| is_answered(tag)).for_each(|tag| clear(app, tag));
}

/// Removes every notice.
pub(crate) fn clear_all(app: &AppHandle) {
    let all = std::mem::take(&mut app.state::<Notices>().standing().notices);
    close(all.into_values());
}

/// On its own thread, because calls to the notification service block.
fn close(notices: impl IntoIterator<Item = Notice>) {
    let handles: Vec<_> = notices.into_iter().filter_map(|notice| notice.handle).collect();
    if !handles.is_empty() {
        thread::spawn(move || handles.into_iter().for_each(system::close));
    }
}

/// A notice with the same tag replaces the earlier one.
fn show(app: &AppHandle, tag: String, title: String, body: String) {
    let number = app.state::<Notices>().standing().want(&tag);
    let app = app.clone();
    // On its own thread: it may wait for a press for as long as the notice stands.
    thread::spawn(move || system::show(&app, tag, number, &title, &body));
}

/// The notice was pressed: opens the teacher's page and tells it.
fn open(app: &AppHandle, tag: String) {
    teacher::open(app);
    press(app, tag);
}

impl Handler for NoticeShow {
    fn answer(self, caller: Caller) -> Answer<Self> {
        show(caller.app(), self.tag, self.title, self.body);
        Answer::now(())
    }
}

impl Handler for NoticeClear {
    fn answer(self, caller: Caller) -> Answer<Self> {
        clear(caller.app(), &self.tag);
        Answer::now(())
    }
}

impl Handler for NoticeWatch {
    fn answer(self, caller: Caller) -> Answer<Self> {
        let sender = Sender::to(&caller.window, &self.channel);
        caller.state::<Notices>().watchers.watch(caller.window.label(), sender);
        Answer::now(())
    }
}
