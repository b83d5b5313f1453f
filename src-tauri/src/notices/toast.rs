//! Toasts of Windows, under the program's own name.
//!
//! Windows shows a toast only for a program with a known identity (AppUserModelID), under the name in the registry. An
//! installer may have entered it for every user; this module enters it for the current user.

use std::{fs, io, path::Path};

use tauri::{AppHandle, Manager};
use windows::{
    Data::Xml::Dom::XmlDocument,
    Foundation::TypedEventHandler,
    UI::Notifications::{ToastNotification, ToastNotificationManager, ToastNotifier, ToastTemplateType},
    core::{HSTRING, Result, h},
};
use windows_registry::CURRENT_USER;

use super::{Notices, open};

/// The program's identity. The same as in `tauri.conf.json`.
const IDENTITY: &str = "id.sch.bukutamu";

/// The registry key that holds the name and the picture of the program's toasts.
const REGISTRY: &str = r"Software\Classes\AppUserModelId\id.sch.bukutamu";

/// In the program's folder. The registry cannot take the picture from within a program file.
const ICON_FILE: &str = "ikon.png";
const ICON: &[u8] = include_bytes!("../../../icons/128x128.png");

/// A toast with the same tag and group replaces the earlier one.
const GROUP: &str = "tamu";

/// A toast that was shown. Windows reports a press only as long as this is held.
pub(super) struct Handle {
    tag: String,
    _toast: ToastNotification,
}

/// Enters the program's name and picture in the registry, so that toasts have them. `folder` is the program's.
pub(crate) fn introduce(folder: &Path) {
    if let Err(error) = enter(folder) {
        tracing::warn!(%error, "notices may come under another name");
    }
}

fn enter(folder: &Path) -> io::Result<()> {
    let icon = folder.join(ICON_FILE);
    if !icon.exists() {
        // This may be the first code to make the folder, and secrets will lie in it.
        owner_only::create_folder(folder)?;
        fs::write(&icon, ICON)?;
    }
    let key = CURRENT_USER.create(REGISTRY).map_err(io::Error::from)?;
    key.set_string("DisplayName", "Buku Tamu").map_err(io::Error::from)?;
    key.set_hstring("IconUri", &icon.as_os_str().into()).map_err(io::Error::from)
}

/// Shows the toast. A press opens the teacher's window, as long as the program runs.
pub(super) fn show(app: &AppHandle, tag: String, number: u64, title: &str, body: &str) {
    match make(app, &tag, title, body).and_then(|toast| notifier()?.Show(&toast).map(|()| toast)) {
        Ok(toast) => {
            let handle = Handle { tag: tag.clone(), _toast: toast };
            app.state::<Notices>().keep(&tag, number, handle);
        }
        Err(error) => {
            tracing::warn!(%error, "the operating system takes no notice");
            app.state::<Notices>().standing().gone(&tag, number);
        }
    }
}

fn make(app: &AppHandle, tag: &str, title: &str, body: &str) -> Result<ToastNotification> {
    let toast = ToastNotification::CreateToastNotification(&content(title, body)?)?;
    toast.SetTag(&HSTRING::from(tag))?;
    toast.SetGroup(&HSTRING::from(GROUP))?;
    let (app, tag) = (app.clone(), tag.to_owned());
    toast.Activated(&TypedEventHandler::new(move |_, _| {
        open(&app, tag.clone());
        Ok(())
    }))?;
    Ok(toast)
}

/// A title and the text below it. Special characters need no escaping.
fn content(title: &str, body: &str) -> Result<XmlDocument> {
    let content = ToastNotificationManager::GetTemplateContent(ToastTemplateType::ToastText02)?;
    let places = content.GetElementsByTagName(h!("text"))?;
    for (place, text) in (0..).zip([title, body]) {
        places.Item(place)?.AppendChild(&content.CreateTextNode(&HSTRING::from(text))?)?;
    }
    Ok(content)
}

fn notifier() -> Result<ToastNotifier> {
    ToastNotificationManager::CreateToastNotifierWithId(&HSTRING::from(IDENTITY))
}

/// Removes the toast from the screen and from the list of missed ones.
pub(super) fn close(handle: Handle) {
    let remove = |tag: &str| {
        let history = ToastNotificationManager::History()?;
        history.RemoveGroupedTagWithId(&HSTRING::from(tag), &HSTRING::from(GROUP), &HSTRING::from(IDENTITY))
    };
    if let Err(error) = remove(&handle.tag) {
        tracing::debug!(%error, "a notice stands no more");
    }
}
