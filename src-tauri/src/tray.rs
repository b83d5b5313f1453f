//! The teacher's tray icon: how many guests are waiting, and a short menu.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Mutex, MutexGuard, PoisonError},
};

use contract::{Failure, TrayChoice, TrayUnwatch, TrayWatch, TrayWords};
use tauri::{
    AppHandle, Manager, Wry,
    image::Image,
    menu::{Menu, MenuBuilder, MenuItem, MenuItemBuilder},
    tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent},
};

use crate::{
    channel::Sender,
    commands::{Answer, Caller, Handler},
    teacher,
    updates::Updates,
    watchers::Watchers,
};

/// The icon, if the desktop has a tray.
#[derive(Default)]
pub(crate) struct Tray {
    parts: Mutex<Option<Parts>>,
    watchers: Watchers<TrayChoice>,
}

struct Parts {
    icon: TrayIcon<Wry>,
    waiting: MenuItem<Wry>,
    open: MenuItem<Wry>,
    new: MenuItem<Wry>,
    quit: MenuItem<Wry>,
}

/// The menu's texts until the page has said which language to use.
const OPEN: &str = "Buka Buku Tamu";
const NEW: &str = "Undang tamu";
const QUIT: &str = "Keluar";

impl Tray {
    fn parts(&self) -> MutexGuard<'_, Option<Parts>> {
        self.parts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes the icon. `false` if there is no tray: then the window must stay open.
pub(crate) fn create(app: &AppHandle) -> bool {
    // The library that draws the icon is loaded with the first icon. If it is missing, that code panics.
    let parts = match catch_unwind(AssertUnwindSafe(|| build(app))) {
        Ok(Ok(parts)) => parts,
        Ok(Err(error)) => {
            tracing::warn!(%error, "no tray icon");
            return false;
        }
        Err(_) => {
            tracing::warn!("no tray icon: the package libayatana-appindicator3-1 is missing");
            return false;
        }
    };
    *app.state::<Tray>().parts() = Some(parts);
    count(app);
    true
}

/// Removes the icon.
pub(crate) fn remove(app: &AppHandle) {
    let parts = app.state::<Tray>().parts().take();
    if let Some(parts) = parts {
        app.remove_tray_by_id(parts.icon.id());
    }
}

/// Whether there is an icon.
pub(crate) fn is_there(app: &AppHandle) -> bool {
    app.state::<Tray>().parts().is_some()
}

/// Shows the current number of waiting guests.
pub(crate) fn count(app: &AppHandle) {
    let tray = app.state::<Tray>();
    let parts = tray.parts();
    let Some(parts) = &*parts else { return };
    let unread = app.state::<Updates>().unread();
    let title = if unread == 0 { String::new() } else { unread.to_string() };
    let shown = parts
        .icon
        .set_icon(Some(picture(unread > 0)))
        .and_then(|()| parts.icon.set_title(Some(&title)))
        .and_then(|()| parts.icon.set_tooltip(Some(tooltip(unread))))
        .and_then(|()| parts.waiting.set_text(tooltip(unread)));
    if let Err(error) = shown {
        tracing::warn!(%error, "the tray icon is not up to date");
    }
}

fn build(app: &AppHandle) -> tauri::Result<Parts> {
    let waiting = MenuItemBuilder::with_id("waiting", tooltip(0)).enabled(false).build(app)?;
    let open = MenuItemBuilder::with_id("open", OPEN).build(app)?;
    let new = MenuItemBuilder::with_id("new", NEW).build(app)?;
    let quit = MenuItemBuilder::with_id("quit", QUIT).build(app)?;
    let menu: Menu<Wry> =
        MenuBuilder::new(app).items(&[&waiting, &open, &new]).separator().item(&quit).build()?;
    let icon = TrayIconBuilder::with_id("bukutamu")
        .menu(&menu)
        .icon(picture(false))
        .tooltip(tooltip(0))
        .show_menu_on_left_click(false)
        .on_menu_event(|app, event| match event.id.as_ref() {
            "open" => choose(app, TrayChoice::Open),
            "new" => choose(app, TrayChoice::New),
            "quit" => app.exit(0),
            _ => {}
        })
        .on_tray_icon_event(|icon, event| {
            if let TrayIconEvent::Click {
                button: MouseButton::Left,
                button_state: MouseButtonState::Up,
                ..
            } = event
            {
                choose(icon.app_handle(), TrayChoice::Open);
            }
        })
        .build(app)?;
    Ok(Parts { icon, waiting, open, new, quit })
}

fn choose(app: &AppHandle, choice: TrayChoice) {
    teacher::open(app);
    app.state::<Tray>().watchers.hand_over(choice);
}

fn picture(is_waiting: bool) -> Image<'static> {
    match is_waiting {
        true => tauri::include_image!("../icons/tray-menunggu.png"),
        false => tauri::include_image!("../icons/tray.png"),
    }
}

fn tooltip(unread: usize) -> String {
    match unread {
        0 => "Buku Tamu".to_owned(),
        unread => format!("Buku Tamu ({unread})"),
    }
}

impl Parts {
    fn say(&self, words: &TrayWords) -> tauri::Result<()> {
        self.open.set_text(&words.open)?;
        self.new.set_text(&words.baru)?;
        self.quit.set_text(&words.quit)
    }
}

impl Handler for TrayWords {
    fn answer(self, caller: Caller) -> Answer<Self> {
        let tray = caller.state::<Tray>();
        let said = tray.parts().as_ref().map_or(Ok(()), |parts| parts.say(&self));
        Answer::Now(said.map_err(Failure::other))
    }
}

impl Handler for TrayWatch {
    fn answer(self, caller: Caller) -> Answer<Self> {
        let sender = Sender::to(&caller.window, &self.channel);
        caller.state::<Tray>().watchers.watch(caller.window.label(), sender);
        Answer::now(())
    }
}

impl Handler for TrayUnwatch {
    fn answer(self, caller: Caller) -> Answer<Self> {
        caller.state::<Tray>().watchers.unwatch(caller.window.label());
        Answer::now(())
    }
}
