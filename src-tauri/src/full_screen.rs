//! The kiosk's full screen, which guests cannot leave. Its window cannot be closed until the PIN is given, and its page
//! is told when somebody tries.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

use contract::{
    CloseUnwatch, CloseWatch, Failure, KioskClose, KioskHasPin, KioskLeave, KioskReturn, KioskVerify, Secret,
};
use tauri::{AppHandle, Manager, async_runtime};

use crate::{
    channel::Sender,
    commands::{Answer, Caller, Handler},
    pin::Gate,
    profile::CurrentProfile,
    watchers::Watchers,
};

#[derive(Default)]
pub(crate) struct FullScreen {
    gate: Mutex<Gate>,
    left: AtomicBool,
    refusals: Watchers<()>,
}

/// Whether the kiosk's window may be closed: only after the PIN was given, or if none was set. The page is told of a
/// refusal, so that it can say how to leave.
pub(crate) fn may_close(app: &AppHandle) -> bool {
    let full_screen = app.state::<FullScreen>();
    let may = full_screen.left.load(Ordering::Relaxed) || app.state::<CurrentProfile>().pin().is_none();
    if !may {
        let told = full_screen.refusals.tell(&());
        tracing::info!(told, "closing the kiosk was refused: it takes the PIN");
    }
    may
}

/// Lets the window be closed if the PIN is right. Gives whether it is.
async fn let_out(app: &AppHandle, pin: Secret) -> bool {
    let is_right = is_pin(app, pin).await;
    if is_right {
        app.state::<FullScreen>().left.store(true, Ordering::Relaxed);
    }
    is_right
}

/// Whether the PIN is right, or none is set. Wrong guesses slow down later ones, for every use of the PIN.
async fn is_pin(app: &AppHandle, pin: Secret) -> bool {
    let app = app.clone();
    let guess = move || {
        app.state::<CurrentProfile>().pin().is_none_or(|hash| {
            let full_screen = app.state::<FullScreen>();
            let mut gate = full_screen.gate.lock().unwrap_or_else(PoisonError::into_inner);
            gate.try_pin(&pin, &hash, Instant::now())
        })
    };
    async_runtime::spawn_blocking(guess).await.unwrap_or(false)
}

impl Handler for CloseWatch {
    fn answer(self, caller: Caller) -> Answer<Self> {
        let sender = Sender::to(&caller.window, &self.channel);
        caller.state::<FullScreen>().refusals.watch(caller.window.label(), sender);
        Answer::now(())
    }
}

impl Handler for CloseUnwatch {
    fn answer(self, caller: Caller) -> Answer<Self> {
        caller.state::<FullScreen>().refusals.unwatch(caller.window.label());
        Answer::now(())
    }
}

impl Handler for KioskLeave {
    fn answer(self, caller: Caller) -> Answer<Self> {
        Answer::later(async move {
            let is_right = let_out(caller.app(), self.pin).await;
            if is_right && let Err(error) = caller.window.set_fullscreen(false) {
                tracing::warn!(%error, "the full screen stays");
            }
            Ok(is_right)
        })
    }
}

impl Handler for KioskReturn {
    fn answer(self, caller: Caller) -> Answer<Self> {
        caller.state::<FullScreen>().left.store(false, Ordering::Relaxed);
        Answer::Now(caller.window.set_fullscreen(true).map_err(Failure::other))
    }
}

impl Handler for KioskClose {
    fn answer(self, caller: Caller) -> Answer<Self> {
        Answer::later(async move {
            let is_right = let_out(caller.app(), self.pin).await;
            if is_right && let Err(error) = caller.window.close() {
                tracing::warn!(%error, "the window stays");
            }
            Ok(is_right)
        })
    }
}

impl Handler for KioskHasPin {
    fn answer(self, caller: Caller) -> Answer<Self> {
        Answer::now(caller.state::<CurrentProfile>().pin().is_some())
    }
}

impl Handler for KioskVerify {
    fn answer(self, caller: Caller) -> Answer<Self> {
        Answer::later(async move { Ok(is_pin(caller.app(), self.pin).await) })
    }
}
