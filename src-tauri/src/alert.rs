//! What an arrival does on a teacher's PC: the pop-up comes up and the tray counts. If the pop-up cannot be seen, the
//! operating system shows a notice.

use contract::{Role, Update};
use domain::{Status, notifikasi::Notifikasi};
use tauri::{AppHandle, Manager};

use crate::{notices, popup, profile::CurrentProfile, tray};

/// Follows one update. Does nothing on PCs of other roles.
pub(crate) fn follow(app: &AppHandle, update: &Update) {
    if app.state::<CurrentProfile>().role() != Some(Role::Guru) {
        return;
    }
    match update {
        Update::Alert { data } => announce(app, data),
        Update::Changed { data } if !asks(data) => notices::clear(app, &notices::tag_of(data.id)),
        Update::Removed { id } => notices::clear(app, &notices::tag_of(*id)),
        _ => {}
    }
    tray::count(app);
}

/// Whether the notice still asks for the teacher: it is neither read nor answered, and the guest is waiting.
fn asks(notifikasi: &Notifikasi) -> bool {
    notifikasi.is_pending() && notifikasi.tanggapan_jenis.is_none() && notifikasi.status == Status::Menunggu
}

/// The set of unread arrivals has changed without single announcements: drops stale notices and counts again.
pub(crate) fn recount(app: &AppHandle) {
    if app.state::<CurrentProfile>().role() == Some(Role::Guru) {
        notices::clear_answered(app);
        tray::count(app);
    }
}

fn announce(app: &AppHandle, notifikasi: &Notifikasi) {
    if popup::raise(app).is_hidden_from_view() {
        notices::arrival(app, notifikasi);
    }
}

/// Nobody is signed in any more: removes everything that the teacher saw.
pub(crate) fn settle(app: &AppHandle) {
    if app.state::<CurrentProfile>().role() == Some(Role::Guru) {
        popup::hide(app);
        notices::clear_all(app);
        tray::count(app);
    }
}
