//! The start: what this PC is for opens, or the window in which it is set up, or in which what is in the way is mended.

use tauri::{AppHandle, Manager, async_runtime};

use crate::{args::Args, profile::Profile, program::Program, tray, trouble::Trouble, windows};

/// Windows first: a person sees them while the server starts behind them.
///
/// # Errors
/// The system gives no window.
pub(crate) fn begin(app: &AppHandle) -> tauri::Result<()> {
    let profile = match resolve(app) {
        Ok(Some(profile)) => profile,
        Ok(None) => return windows::open_wizard(app),
        Err(trouble) => {
            keep(app, trouble);
            return windows::open_wizard(app);
        }
    };
    app.state::<Program>().expect(&profile);
    windows::open(app, profile.role)?;
    let app = app.clone();
    async_runtime::spawn(async move {
        if let Err(trouble) = attempt(&app, &profile).await {
            keep(&app, trouble);
            fall_back(&app);
        }
    });
    Ok(())
}

/// Starts once more, out of the wizard's window, and opens what this PC is for. `false` where it is not set up at all.
///
/// # Errors
/// What is in the way now.
pub(crate) async fn again(app: &AppHandle) -> Result<bool, Trouble> {
    app.state::<Program>().set_trouble(None);
    reopen(app).await.inspect_err(|trouble| keep(app, trouble.clone()))
}

async fn reopen(app: &AppHandle) -> Result<bool, Trouble> {
    let Some(profile) = resolve(app)? else { return Ok(false) };
    attempt(app, &profile).await?;
    if let Err(error) = windows::open_role(app, profile.role) {
        let program = app.state::<Program>();
        program.undo().await;
        return Err(Trouble::of_start(&program.folder, &profile, &error.into()));
    }
    Ok(true)
}

fn resolve(app: &AppHandle) -> Result<Option<Profile>, Trouble> {
    let folder = &app.state::<Program>().folder;
    let saved = Profile::load(folder).map_err(|error| Trouble::of_settings(folder, &error))?;
    Ok(Profile::resolve(saved, &app.state::<Args>()))
}

/// Starts, or leaves everything as it was before.
async fn attempt(app: &AppHandle, profile: &Profile) -> Result<(), Trouble> {
    let started = Program::start(app, profile).await;
    started.map_err(|error| Trouble::of_start(&app.state::<Program>().folder, profile, &error))
}

fn keep(app: &AppHandle, trouble: Trouble) {
    tracing::error!(?trouble, "the program cannot start");
    app.state::<Program>().set_trouble(Some(trouble));
}

/// From windows that lead nowhere to the one where it can be mended.
fn fall_back(app: &AppHandle) {
    tray::remove(app);
    if let Err(error) = windows::open_wizard(app) {
        tracing::error!(%error, "nor can it say so in a window");
        app.exit(1);
    }
}
