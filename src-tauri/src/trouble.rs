//! What kept the program from starting: told in the wizard's window, where a person mends it and tries again.

use std::path::Path;

use serde::Serialize;
use server::Fault;
use tauri::{AppHandle, Manager, State, WebviewWindow};

use crate::{
    profile::{Place, Profile},
    program::Program,
    start,
    wizard::Finished,
};

/// What is in the way: a word that the page has a text for.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum Reason {
    /// Of the server, where it is kept on this PC, and of the way to it.
    Server(Fault),
    /// This program's own.
    Word(&'static str),
}

impl From<Fault> for Reason {
    fn from(fault: Fault) -> Self {
        Self::Server(fault)
    }
}

impl From<&'static str> for Reason {
    fn from(word: &'static str) -> Self {
        Self::Word(word)
    }
}

/// What a person needs to know.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Trouble {
    reason: Reason,
    /// In the program's own words, for whoever helps.
    detail: String,
    /// Where everything is kept.
    folder: String,
    /// The port, where the guest book is kept on this PC.
    port: Option<u16>,
}

impl Trouble {
    /// Of a start as what the profile says.
    pub(crate) fn of_start(folder: &Path, profile: &Profile, error: &anyhow::Error) -> Self {
        let port = match profile.server {
            Place::Host { port, .. } => Some(port),
            Place::Remote { .. } => None,
        };
        Self::new(folder, Fault::of(error), port, error)
    }

    /// Of a profile that cannot be read.
    pub(crate) fn of_settings(folder: &Path, error: &anyhow::Error) -> Self {
        Self::new(folder, "setelan", None, error)
    }

    fn new(folder: &Path, reason: impl Into<Reason>, port: Option<u16>, error: &anyhow::Error) -> Self {
        Self {
            reason: reason.into(),
            detail: format!("{error:#}"),
            folder: folder.display().to_string(),
            port,
        }
    }

    /// The same as the answer to an attempt.
    pub(crate) fn into_finished(self) -> Finished {
        let field = matches!(self.reason, Reason::Server(Fault::PortDipakai | Fault::PortDitolak));
        Finished::no(self.reason, field.then_some("port"), self.detail)
    }
}

/// What is in the way; nothing at a first start.
#[tauri::command]
pub(crate) fn trouble(program: State<'_, Program>) -> Option<Trouble> {
    program.trouble()
}

/// Tries to start once more, at another port where one is given.
#[tauri::command]
pub(crate) async fn trouble_retry(app: AppHandle, window: WebviewWindow, port: Option<u16>) -> Finished {
    if let Some(port) = port
        && let Err(error) = change_port(&app.state::<Program>().folder, port)
    {
        return Finished::no("folder", Some("port"), format!("{error:#}"));
    }
    match start::again(&app).await {
        Ok(true) => Finished::yes(),
        // Somebody has taken the settings away: it is a first start.
        Ok(false) => match window.reload() {
            Ok(()) => Finished::yes(),
            Err(error) => Finished::no("lain", None, error),
        },
        Err(trouble) => trouble.into_finished(),
    }
}

/// Keeps another port, where the guest book is kept on this PC.
fn change_port(folder: &Path, port: u16) -> anyhow::Result<()> {
    let Some(mut profile) = Profile::load(folder)? else { return Ok(()) };
    if let Place::Host { port: kept, .. } = &mut profile.server {
        *kept = port;
        profile.save(folder)?;
    }
    Ok(())
}
