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

/// How a tag begins that names an arrival.
const ARRIVAL: &str = "tamu-";

/// How pages name an arrival's notice.
pub(crate) fn tag_of(id: IdJanjiTemu) -> String {
    format!("{ARRIVAL}{id}")
}

/// Notices that stand, by tag, and the pages that want to know of a press.
#[derive(Default)]
pub(crate) struct Notices {
    standing: Mutex<Standing>,
    watchers: Watchers<String>,
}

/// What shall stand: a notice is shown on a thread of its own, and may be unwanted before it is there.
#[derive(Default)]
struct Standing {
    count: u64,
    notices: HashMap<String, Notice>,
}

struct Notice {
    /// Which of those with the same tag.
    number: u64,
    /// Once it is there; of one that takes an earlier one's place, that one's until then.
    handle: Option<Handle>,
}

impl Standing {
    /// One shall stand there.
    fn want(&mut self, tag: &str) -> u64 {
        self.count += 1;
        let notice = self.notices.entry(tag.to_owned()).or_insert(Notice { number: 0, handle: None });
        notice.number = self.count;
        self.count
    }

    /// It is there. Gives it back where it is wanted no more, or another one has taken its place.
    fn shown(&mut self, tag: &str, number: u64, handle: Handle) -> Option<Handle> {
        match self.notices.get_mut(tag) {
            Some(notice) if notice.number == number => {
                notice.handle = Some(handle);
                None
            }
            _ => Some(handle),
        }
    }

    /// It stands no more: it was pressed, or put away.
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

    /// The one whose place is to be taken, where that has to be said.
    #[cfg(target_os = "linux")]
    fn take_before(&self, tag: &str) -> Option<Handle> {
        self.standing().notices.get_mut(tag)?.handle.take()
    }

    /// Keeps what is there, or takes it away at once where nobody wants it any more.
    fn keep(&self, tag: &str, number: u64, handle: Handle) {
        let unwanted = self.standing().shown(tag, number, handle);
        if let Some(handle) = unwanted {
            system::close(handle);
        }
    }
}

/// Says that a guest has arrived, in the language of whoever reads it.
pub(crate) fn arrival(app: &AppHandle, notifikasi: &Notifikasi) {
    let read = app.state::<CurrentLanguage>().get();
    let (title, body) = (language::arrival(read).to_owned(), language::of_arrival(read, notifikasi));
    show(app, tag_of(notifikasi.id), title, body);
}

/// Tells the teacher's page what was pressed, as soon as there is one.
pub(crate) fn press(app: &AppHandle, tag: String) {
    app.state::<Notices>().watchers.hand_over(tag);
}

/// Takes it away where it still stands, or is about to.
pub(crate) fn clear(app: &AppHandle, tag: &str) {
    let notice = app.state::<Notices>().standing().notices.remove(tag);
    close(notice);
}

/// Takes away those of arrivals that ask for nobody any more.
pub(crate) fn clear_answered(app: &AppHandle) {
    let updates = app.state::<Updates>();
    let is_answered = |tag: &str| {
        let id = tag.strip_prefix(ARRIVAL).and_then(|id| id.parse().ok());
        id.is_some_and(|id| !updates.is_unread(IdJanjiTemu(id)))
    };
    let tags: Vec<_> = app.state::<Notices>().standing().notices.keys().cloned().collect();
    tags.iter().filter(|tag| is_answered(tag)).for_each(|tag| clear(app, tag));
}

/// Takes all of them away.
pub(crate) fn clear_all(app: &AppHandle) {
    let all = std::mem::take(&mut app.state::<Notices>().standing().notices);
    close(all.into_values());
}

/// Talking to the notification service blocks.
fn close(notices: impl IntoIterator<Item = Notice>) {
    let handles: Vec<_> = notices.into_iter().filter_map(|notice| notice.handle).collect();
    if !handles.is_empty() {
        thread::spawn(move || handles.into_iter().for_each(system::close));
    }
}

/// The same tag again replaces the earlier one.
fn show(app: &AppHandle, tag: String, title: String, body: String) {
    let number = app.state::<Notices>().standing().want(&tag);
    let app = app.clone();
    // A thread of its own: it may wait for a press for as long as the notice stands.
    thread::spawn(move || system::show(&app, tag, number, &title, &body));
}

/// It was pressed: its page opens and learns of it.
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
