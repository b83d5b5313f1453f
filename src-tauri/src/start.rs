//! The start: opens the windows of this PC's role. If it is not set up or cannot start, opens the wizard.

use contract::{Failure, Trouble, TroubleReason, TroubleRetry};
use tauri::{AppHandle, Manager, async_runtime};

use crate::{
    args::Args,
    commands::{Answer, Caller, Handler},
    folder::Folder,
    profile::{CurrentProfile, Place, Profile},
    program, tray,
    trouble::{self, CurrentTrouble},
    windows,
};

/// Opens windows first: people see them while the server starts.
///
/// # Errors
/// The system gives no window.
pub(crate) fn begin(app: &AppHandle) -> tauri::Result<()> {
    let profile = match resolve(app) {
        Ok(Some(profile)) => profile,
        Ok(None) => return windows::open_wizard(app),
        Err(trouble) => {
            app.state::<CurrentTrouble>().keep(trouble);
            return windows::open_wizard(app);
        }
    };
    app.state::<CurrentProfile>().set(Some(profile.clone()));
    windows::open(app, profile.role)?;
    let app = app.clone();
    async_runtime::spawn(async move {
        if let Err(trouble) = attempt(&app, &profile).await {
            app.state::<CurrentTrouble>().keep(trouble);
            fall_back(&app);
        }
    });
    Ok(())
}

/// Starts again from the wizard's window and opens the windows of this PC's role. `false` if this PC is not set up.
async fn again(app: &AppHandle) -> Result<bool, Trouble> {
    let trouble = app.state::<CurrentTrouble>();
    trouble.clear();
    reopen(app).await.inspect_err(|found| trouble.keep(found.clone()))
}

async fn reopen(app: &AppHandle) -> Result<bool, Trouble> {
    let Some(profile) = resolve(app)? else { return Ok(false) };
    attempt(app, &profile).await?;
    if let Err(error) = windows::open_role(app, profile.role) {
        program::undo(app).await;
        return Err(trouble::of_start(&app.state::<Folder>().0, &profile, &error.into()));
    }
    Ok(true)
}

fn resolve(app: &AppHandle) -> Result<Option<Profile>, Trouble> {
    let folder = &app.state::<Folder>().0;
    let saved = Profile::load(folder).map_err(|error| trouble::of_settings(folder, &error))?;
    Ok(Profile::resolve(saved, &app.state::<Args>()))
}

/// Starts. If this fails, everything is undone.
async fn attempt(app: &AppHandle, profile: &Profile) -> Result<(), Trouble> {
    let started = program::start(app, profile).await;
    started.map_err(|error| trouble::of_start(&app.state::<Folder>().0, profile, &error))
}

/// Shows what keeps a school that was restored from being served.
pub(crate) fn give_up(app: &AppHandle, error: &anyhow::Error) {
    let Ok(Some(profile)) = resolve(app) else { return };
    let found = trouble::of_start(&app.state::<Folder>().0, &profile, error);
    app.state::<CurrentTrouble>().keep(found);
    fall_back(app);
}

/// Replaces windows that cannot work by the wizard, where the trouble can be mended.
fn fall_back(app: &AppHandle) {
    tray::remove(app);
    if let Err(error) = windows::open_wizard(app) {
        tracing::error!(%error, "nor can it say so in a window");
        app.exit(1);
    }
}

impl Handler for TroubleRetry {
    fn answer(self, caller: Caller) -> Answer<Self> {
        Answer::later(async move {
            if let Some(port) = self.port {
                let changed =
                    Profile::change(&caller.state::<Folder>().0, |profile| change_port(profile, port));
                changed.map_err(|error| {
                    Failure::setup(TroubleReason::Folder, Some("port"), format!("{error:#}"))
                })?;
            }
            match again(caller.app()).await {
                Ok(true) => Ok(()),
                // Somebody has removed the settings, so this is a first start.
                Ok(false) => {
                    caller.window.reload().map_err(|error| Failure::setup(TroubleReason::Lain, None, error))
                }
                Err(found) => Err(trouble::failure(found)),
            }
        })
    }
}

/// Does nothing unless the guest book is kept on this PC.
fn change_port(profile: &mut Profile, port: u16) {
    if let Place::Host { port: kept, .. } = &mut profile.server {
        *kept = port;
    }
}
