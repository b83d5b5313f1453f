//! The kiosk's own things: its scanners, the camera's picture, pictures that are dropped on it, and the PIN.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use scan::{
    Fault, Scanners, State as ScannerState, Statuses,
    camera::{CameraPlace, CameraScanner, Preview},
    decode::Decoder,
    folder::FolderScanner,
    hid::{HidPlace, HidScanner},
    picture,
    serial::{SerialPlace, SerialScanner},
};
use serde::Serialize;
use tauri::{
    AppHandle, Manager, State, WebviewWindow, async_runtime,
    async_runtime::JoinHandle,
    ipc::{Channel, InvokeResponseBody, Request},
};
use tokio::sync::{Notify, watch};

use crate::{pin::Gate, profile::Devices, program::Program, watchers::Watchers};

/// A code that waited longer for the page belongs to a guest who has gone on.
const STALE_AFTER: Duration = Duration::from_secs(10);

/// The kiosk's state on this side.
#[derive(Default)]
pub(crate) struct Desk {
    scanners: Scanners,
    texts: Watchers<String>,
    states: Watchers<Vec<Scanner>>,
    /// A page began to listen.
    listening: Notify,
    camera: Mutex<Option<watch::Receiver<Option<std::sync::Arc<Preview>>>>>,
    preview: Mutex<Option<JoinHandle<()>>>,
    gate: Mutex<Gate>,
    left: AtomicBool,
}

/// A scanner as pages know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Scanner {
    id: String,
    kind: &'static str,
    name: String,
    state: &'static str,
}

/// Starts the scanners and passes on what they read.
pub(crate) fn start(app: &AppHandle, devices: &Devices) {
    let desk = &app.state::<Program>().desk;
    let report = |error: &std::io::Error| tracing::error!(%error, "a scanner cannot be started");
    if devices.hid {
        let _ = desk.scanners.add(HidScanner::new(HidPlace::Any)).inspect_err(report);
    }
    if let Some(port) = &devices.serial {
        let scanner = SerialScanner::new(SerialPlace::Name(port.clone()));
        let _ = desk.scanners.add(scanner).inspect_err(report);
    }
    if let Some(folder) = &devices.folder {
        let _ = desk.scanners.add(FolderScanner::new(folder)).inspect_err(report);
    }
    if devices.camera {
        let camera = CameraScanner::new(CameraPlace::First);
        *desk.camera.lock().unwrap_or_else(PoisonError::into_inner) = Some(camera.previews());
        let _ = desk.scanners.add(camera).inspect_err(report);
    }
    async_runtime::spawn(pass_on_texts(app.clone()));
    async_runtime::spawn(pass_on_states(app.clone()));
}

/// A code is taken only when a page is there to act on it.
async fn pass_on_texts(app: AppHandle) {
    let program = app.state::<Program>();
    let desk = &program.desk;
    while let Some(scan) = desk.scanners.next().await {
        while scan.seen.elapsed() < STALE_AFTER && desk.texts.tell(&scan.text) == 0 {
            let _ = tokio::time::timeout(STALE_AFTER, desk.listening.notified()).await;
        }
    }
}

async fn pass_on_states(app: AppHandle) {
    let program = app.state::<Program>();
    let desk = &program.desk;
    let mut statuses = desk.scanners.statuses();
    while statuses.changed().await.is_ok() {
        let now = shown(&statuses.borrow_and_update());
        desk.states.tell(&now);
    }
}

fn shown(statuses: &Statuses) -> Vec<Scanner> {
    statuses
        .iter()
        .map(|(source, status)| Scanner {
            id: source.to_string(),
            kind: source.kind.as_str(),
            name: source.name().to_owned(),
            state: word(status.state),
        })
        .collect()
}

fn word(state: ScannerState) -> &'static str {
    match state {
        ScannerState::Opening => "opening",
        ScannerState::Ready => "ready",
        ScannerState::Disconnected(fault) => match fault {
            Fault::NotFound => "not_found",
            Fault::Busy => "busy",
            Fault::Denied => "denied",
            Fault::Lost => "lost",
            Fault::Hung => "hung",
            Fault::Failed => "failed",
        },
    }
}

impl Desk {
    /// Lets go of every device.
    pub(crate) async fn stop(&self) {
        self.scanners.close().await;
    }

    fn end_preview(&self) {
        if let Some(task) = self.preview.lock().unwrap_or_else(PoisonError::into_inner).take() {
            task.abort();
        }
    }
}

/// Whether the kiosk's window may be closed: after the PIN, or where none was set.
pub(crate) fn may_close(app: &AppHandle) -> bool {
    let program = app.state::<Program>();
    program.desk.left.load(Ordering::Relaxed) || program.profile().is_none_or(|p| p.pin.is_none())
}

/// Tells the window of every text that counts.
#[tauri::command]
pub(crate) fn scans_watch(window: WebviewWindow, program: State<'_, Program>, channel: Channel<String>) {
    program.desk.texts.watch(window.label(), channel);
    program.desk.listening.notify_one();
}

/// Tells it no more.
#[tauri::command]
pub(crate) fn scans_unwatch(window: WebviewWindow, program: State<'_, Program>) {
    program.desk.texts.unwatch(window.label());
}

/// Tells the window how the scanners are, now and at each change.
#[tauri::command]
pub(crate) fn scanners_watch(
    window: WebviewWindow,
    program: State<'_, Program>,
    channel: Channel<Vec<Scanner>>,
) {
    let desk = &program.desk;
    if channel.send(shown(&desk.scanners.statuses().borrow())).is_ok() {
        desk.states.watch(window.label(), channel);
    }
}

/// Tells it no more.
#[tauri::command]
pub(crate) fn scanners_unwatch(window: WebviewWindow, program: State<'_, Program>) {
    program.desk.states.unwatch(window.label());
}

/// Shows the window what the camera sees: width and height as two bytes each, little-endian, then a byte of brightness for each
/// pixel; nothing at all while the camera sees nothing.
#[tauri::command]
pub(crate) fn preview_watch(program: State<'_, Program>, channel: Channel<InvokeResponseBody>) {
    let desk = &program.desk;
    desk.end_preview();
    let latest = desk.camera.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let Some(mut latest) = latest else { return };
    let task = async_runtime::spawn(async move {
        latest.mark_changed();
        while latest.changed().await.is_ok() {
            let bytes = latest.borrow_and_update().as_deref().map_or_else(Vec::new, bytes_of);
            if channel.send(InvokeResponseBody::Raw(bytes)).is_err() {
                return;
            }
        }
    });
    *desk.preview.lock().unwrap_or_else(PoisonError::into_inner) = Some(task);
}

/// Shows it no more.
#[tauri::command]
pub(crate) fn preview_unwatch(program: State<'_, Program>) {
    program.desk.end_preview();
}

fn bytes_of(preview: &Preview) -> Vec<u8> {
    let side = |pixels: usize| u16::try_from(pixels).unwrap_or(u16::MAX).to_le_bytes();
    [&side(preview.width)[..], &side(preview.height)[..], &preview.luma[..]].concat()
}

/// The texts of the codes in a picture file, given as the bytes themselves.
///
/// # Errors
/// Rejects where the bytes are no picture.
#[tauri::command]
pub(crate) async fn decode_picture(request: Request<'_>) -> Result<Vec<String>, &'static str> {
    let tauri::ipc::InvokeBody::Raw(bytes) = request.body() else { return Err("bytes are wanted") };
    let bytes = bytes.clone();
    let read = move || picture::load_bytes(&bytes).map(|luma| Decoder::new().decode_picture(&luma));
    match async_runtime::spawn_blocking(read).await {
        Ok(Ok(texts)) => Ok(texts),
        Ok(Err(error)) => {
            tracing::info!(%error, "a dropped file is no picture");
            Err("no picture")
        }
        Err(_) => Err("the decoder failed"),
    }
}

/// Leaves the full screen; the window can be closed then. `false` where the PIN is wrong.
#[tauri::command]
pub(crate) async fn kiosk_leave(app: AppHandle, window: WebviewWindow, pin: String) -> bool {
    let pin = zeroize::Zeroizing::new(pin);
    let guess = {
        let app = app.clone();
        move || {
            let program = app.state::<Program>();
            let Some(hash) = program.profile().and_then(|profile| profile.pin) else { return true };
            let mut gate = program.desk.gate.lock().unwrap_or_else(PoisonError::into_inner);
            gate.try_pin(&pin, &hash, Instant::now())
        }
    };
    let is_right = async_runtime::spawn_blocking(guess).await.unwrap_or(false);
    if is_right {
        app.state::<Program>().desk.left.store(true, Ordering::Relaxed);
        if let Err(error) = window.set_fullscreen(false) {
            tracing::warn!(%error, "the full screen stays");
        }
    }
    is_right
}

/// Full screen again.
///
/// # Errors
/// Rejects where the window system refuses.
#[tauri::command]
pub(crate) fn kiosk_return(window: WebviewWindow, program: State<'_, Program>) -> tauri::Result<()> {
    program.desk.left.store(false, Ordering::Relaxed);
    window.set_fullscreen(true)
}

/// What a teacher's PC is paired by, where the guest book is kept here.
#[tauri::command]
pub(crate) fn pairing(program: State<'_, Program>) -> Option<crate::program::Pairing> {
    program.pairing()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preview_is_its_size_and_its_pixels() {
        let preview = Preview { width: 2, height: 1, luma: vec![9, 250] };
        assert_eq!(bytes_of(&preview), [2, 0, 1, 0, 9, 250]);
    }

    #[test]
    fn a_fault_has_the_word_that_pages_know() {
        assert_eq!(word(ScannerState::Disconnected(Fault::Denied)), "denied");
    }
}
