//! The kiosk's full screen, which guests cannot leave: closing its window is refused until the PIN is given, and its page is told
//! that somebody tried.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

use tauri::{AppHandle, Manager, State, WebviewWindow, async_runtime};
use zeroize::Zeroizing;

use crate::{channel::Channel, pin::Gate, program::Program, watchers::Watchers};

/// The full screen's state.
#[derive(Default)]
pub(crate) struct FullScreen {
    gate: Mutex<Gate>,
    left: AtomicBool,
    refusals: Watchers<()>,
}

/// Whether the kiosk's window may be closed: after the PIN, or where none was set. The page is told of a refusal, since whoever
/// tried should learn what the way out is.
pub(crate) fn may_close(app: &AppHandle) -> bool {
    let program = app.state::<Program>();
    let full_screen = &program.full_screen;
    let may = full_screen.left.load(Ordering::Relaxed) || program.profile().is_none_or(|p| p.pin.is_none());
    if !may {
        let told = full_screen.refusals.tell(&());
        tracing::info!(told, "closing the kiosk was refused: it takes the PIN");
    }
    may
}

/// Tells the window whenever somebody tried to close it and may not.
#[tauri::command]
pub(crate) fn close_watch(window: WebviewWindow, program: State<'_, Program>, channel: Channel<()>) {
    program.full_screen.refusals.watch(window.label(), channel);
}

/// Tells it no more.
#[tauri::command]
pub(crate) fn close_unwatch(window: WebviewWindow, program: State<'_, Program>) {
    program.full_screen.refusals.unwatch(window.label());
}

/// Leaves the full screen; the window can be closed then. `false` where the PIN is wrong.
#[tauri::command]
pub(crate) async fn kiosk_leave(app: AppHandle, window: WebviewWindow, pin: String) -> bool {
    let is_right = let_out(&app, pin).await;
    if is_right && let Err(error) = window.set_fullscreen(false) {
        tracing::warn!(%error, "the full screen stays");
    }
    is_right
}

/// Full screen again.
///
/// # Errors
/// Rejects where the window system refuses.
#[tauri::command]
pub(crate) fn kiosk_return(window: WebviewWindow, program: State<'_, Program>) -> tauri::Result<()> {
    program.full_screen.left.store(false, Ordering::Relaxed);
    window.set_fullscreen(true)
}

/// Ends the program. `false` where the PIN is wrong.
#[tauri::command]
pub(crate) async fn kiosk_close(app: AppHandle, window: WebviewWindow, pin: String) -> bool {
    let is_right = let_out(&app, pin).await;
    if is_right && let Err(error) = window.close() {
        tracing::warn!(%error, "the window stays");
    }
    is_right
}

/// Whether this PC has a PIN.
#[tauri::command]
pub(crate) fn kiosk_has_pin(program: State<'_, Program>) -> bool {
    program.profile().is_some_and(|profile| profile.pin.is_some())
}

/// Whether it is the PIN; the full screen stays.
#[tauri::command]
pub(crate) async fn kiosk_verify(app: AppHandle, pin: String) -> bool {
    is_pin(&app, pin).await
}

/// Lets whoever knows the PIN out; whether they do.
async fn let_out(app: &AppHandle, pin: String) -> bool {
    let is_right = is_pin(app, pin).await;
    if is_right {
        app.state::<Program>().full_screen.left.store(true, Ordering::Relaxed);
    }
    is_right
}

/// Whether it is the PIN, or none is wanted. Guesses are slowed down, whatever they are for.
async fn is_pin(app: &AppHandle, pin: String) -> bool {
    let pin = Zeroizing::new(pin);
    let app = app.clone();
    let guess = move || {
        let program = app.state::<Program>();
        program.profile().and_then(|profile| profile.pin).is_none_or(|hash| {
            let mut gate = program.full_screen.gate.lock().unwrap_or_else(PoisonError::into_inner);
            gate.try_pin(&pin, &hash, Instant::now())
        })
    };
    async_runtime::spawn_blocking(guess).await.unwrap_or(false)
}
