//! The PIN that the school has set for all desks. This PC keeps its hash, so that it counts while no server can be
//! reached too.

use client::Client;
use contract::{Role, Update};
use tauri::{AppHandle, Manager, async_runtime};

use crate::{
    folder::Folder,
    profile::{CurrentProfile, Profile},
};

/// Asks for it whenever it may be another than before: after a connection, and after a change of the settings.
pub(crate) fn follow(app: &AppHandle, client: &Client, update: &Update) {
    let may_differ = matches!(update, Update::Connected { .. } | Update::Settings);
    if !may_differ || app.state::<CurrentProfile>().role() != Some(Role::Kiosk) {
        return;
    }
    let (app, client) = (app.clone(), client.clone());
    async_runtime::spawn(async move {
        // Who may not ask, or reaches nobody, keeps what was known.
        match client.get_kiosk_pin().await {
            Ok(pin) => keep(&app, pin.hash),
            Err(error) => tracing::debug!(%error, "the school's PIN is not known now"),
        }
    });
}

fn keep(app: &AppHandle, hash: Option<String>) {
    if !app.state::<CurrentProfile>().set_school_pin(hash.clone()) {
        return;
    }
    let kept = Profile::change(&app.state::<Folder>().0, |profile| profile.school_pin = hash);
    if let Err(error) = kept {
        tracing::warn!("the school's PIN counts until this program ends: {error:#}");
    }
}
