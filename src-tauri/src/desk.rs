//! The kiosk's own things: its scanners, the camera's picture, and pictures that are dropped on it.

mod rejection;

use std::{
    io,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
    time::Duration,
};

use scan::{
    Fault, Outcome, Scanners, SourceId, State as ScannerState, Statuses,
    camera::{CameraPlace, CameraScanner, Preview},
    decode::Decoder,
    folder::FolderScanner,
    hid::{HidPlace, HidScanner},
    picture::{self, Unread},
    serial::{SerialPlace, SerialScanner},
};
use serde::Serialize;
use tauri::{
    AppHandle, Manager, State, WebviewWindow, async_runtime,
    ipc::{Request, Response},
};
use tokio::sync::{Notify, watch};

use self::rejection::ScanRejection;
use crate::{
    channel::Channel,
    profile::{Devices, Profile},
    program::Program,
    watchers::Watchers,
};

/// A code that waited longer for the page belongs to a guest who has gone on.
const STALE_AFTER: Duration = Duration::from_secs(10);

/// The kiosk's state on this side.
#[derive(Default)]
pub(crate) struct Desk {
    scanners: Scanners,
    texts: Watchers<String>,
    rejections: Watchers<ScanRejection>,
    states: Watchers<Vec<Scanner>>,
    /// A page began to listen.
    listening: Notify,
    camera: Mutex<Option<Camera>>,
    /// Held while a dropped picture is read: each takes memory.
    reading: tokio::sync::Mutex<()>,
    /// What they read is passed on, from the first start on.
    is_passed_on: OnceLock<()>,
}

/// The camera while it is in use.
#[derive(Clone)]
struct Camera {
    source: SourceId,
    previews: Arc<tokio::sync::Mutex<watch::Receiver<Option<Arc<Preview>>>>>,
}

impl Camera {
    /// The next picture as bytes, once there is one; empty where the camera gives none, `None` where it is let go.
    async fn next_picture(&self) -> Option<Vec<u8>> {
        let mut previews = self.previews.lock().await;
        previews.changed().await.ok()?;
        Some(previews.borrow_and_update().as_deref().map_or_else(Vec::new, bytes_of))
    }
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
    let report = |error: &io::Error| tracing::error!(%error, "a scanner cannot be started");
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
        let _ = desk.open_camera().inspect_err(report);
    }
    // Where the program is started once more, scanners take their own place, and these go on.
    desk.is_passed_on.get_or_init(|| {
        async_runtime::spawn(pass_on_outcomes(app.clone()));
        async_runtime::spawn(pass_on_states(app.clone()));
    });
}

/// A code is taken only when a page is there to act on it; what was not read is told to whoever listens.
async fn pass_on_outcomes(app: AppHandle) {
    let program = app.state::<Program>();
    let desk = &program.desk;
    while let Some(outcome) = desk.scanners.next().await {
        let scan = match outcome {
            Outcome::Read(scan) => scan,
            Outcome::Rejected(rejected) => {
                tracing::info!(source = %rejected.source, why = rejected.rejection.as_str(), "not read");
                desk.rejections.tell(&ScanRejection::from(&rejected));
                continue;
            }
        };
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
            // Whichever there is has no name of its own.
            name: if matches!(source.name(), "any" | "first") {
                String::new()
            } else {
                source.name().to_owned()
            },
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

    fn open_camera(&self) -> io::Result<()> {
        let scanner = CameraScanner::new(CameraPlace::First);
        let previews = Arc::new(tokio::sync::Mutex::new(scanner.previews()));
        let source = self.scanners.add(scanner)?;
        *self.camera() = Some(Camera { source, previews });
        Ok(())
    }

    /// Waits until the device is let go, so that its light is off.
    async fn close_camera(&self) {
        let camera = self.camera().take();
        if let Some(camera) = camera {
            self.scanners.remove(&camera.source).await;
        }
    }

    fn camera(&self) -> MutexGuard<'_, Option<Camera>> {
        self.camera.lock().unwrap_or_else(PoisonError::into_inner)
    }
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

/// Tells the window of everything that was shown to a scanner and not read.
#[tauri::command]
pub(crate) fn rejections_watch(
    window: WebviewWindow,
    program: State<'_, Program>,
    channel: Channel<ScanRejection>,
) {
    program.desk.rejections.watch(window.label(), channel);
}

/// Tells it no more.
#[tauri::command]
pub(crate) fn rejections_unwatch(window: WebviewWindow, program: State<'_, Program>) {
    program.desk.rejections.unwatch(window.label());
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

/// What the camera sees next, once it does: width and height as two bytes each, little-endian, then a byte of
/// brightness for each pixel; nothing at all while the camera sees nothing.
///
/// # Errors
/// Rejects where no camera is in use.
#[tauri::command]
pub(crate) async fn preview_next(program: State<'_, Program>) -> Result<Response, &'static str> {
    let camera = program.desk.camera().clone().ok_or("no camera")?;
    camera.next_picture().await.map(Response::new).ok_or("no camera")
}

fn bytes_of(preview: &Preview) -> Vec<u8> {
    let side = |pixels: usize| u16::try_from(pixels).unwrap_or(u16::MAX).to_le_bytes();
    [&side(preview.width)[..], &side(preview.height)[..], &preview.luma[..]].concat()
}

/// Whether this kiosk uses its camera.
#[tauri::command]
pub(crate) fn camera_get(program: State<'_, Program>) -> bool {
    program.desk.camera().is_some()
}

/// Uses the camera or lets it go, now and at every start from now on.
///
/// # Errors
/// Rejects where that cannot be kept, or the system has no thread to give; nothing changes then.
#[tauri::command]
pub(crate) async fn camera_set(program: State<'_, Program>, on: bool) -> Result<(), &'static str> {
    let desk = &program.desk;
    let folder = program.folder.clone();
    let keep = move || -> anyhow::Result<()> {
        // As the file has it: what this run's command line says is not kept.
        let Some(mut profile) = Profile::load(&folder)? else { return Ok(()) };
        profile.scanners.camera = on;
        profile.save(&folder)
    };
    let kept = async_runtime::spawn_blocking(keep).await;
    if let Err(error) = kept.map_err(anyhow::Error::from).flatten() {
        tracing::error!(error = format!("{error:#}"), "the choice of camera cannot be kept");
        return Err("not kept");
    }
    let is_on = desk.camera().is_some();
    match (on, is_on) {
        (true, false) => desk.open_camera().map_err(|error| {
            tracing::error!(%error, "the camera cannot be started");
            "not started"
        }),
        (false, true) => {
            desk.close_camera().await;
            Ok(())
        }
        _ => Ok(()),
    }
}

/// The texts of the codes in a picture file, given as the bytes themselves: those that look like a guest's first. One
/// picture is read at a time.
///
/// # Errors
/// The word for why nothing could be looked for in it; a good picture without a code has no texts.
#[tauri::command]
pub(crate) async fn decode_picture(
    program: State<'_, Program>,
    request: Request<'_>,
) -> Result<Vec<String>, &'static str> {
    let tauri::ipc::InvokeBody::Raw(bytes) = request.body() else { return Err("bytes are wanted") };
    let bytes = bytes.clone();
    let _turn = program.desk.reading.lock().await;
    let read = move || picture::read_soon(&bytes, &mut Decoder::new(), || false);
    match async_runtime::spawn_blocking(read).await {
        Ok(Ok(texts)) => Ok(texts),
        Ok(Err(Unread::NoCode)) => Ok(Vec::new()),
        Ok(Err(why)) => {
            tracing::info!(why = why.as_str(), "a dropped file is not read");
            Err(why.as_str())
        }
        Err(_) => Err("broken"),
    }
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

    #[tokio::test]
    async fn each_picture_is_given_once_until_the_camera_is_let_go() {
        let (sender, receiver) = watch::channel(None);
        let source = SourceId::new(scan::SourceKind::Camera, "first");
        let camera = Camera { source, previews: Arc::new(tokio::sync::Mutex::new(receiver)) };
        let one = |luma: u8| Some(Arc::new(Preview { width: 1, height: 1, luma: vec![luma] }));
        // Of two that come while nobody looks, the later one counts.
        sender.send_replace(one(1));
        sender.send_replace(one(2));
        assert_eq!(camera.next_picture().await, Some(vec![1, 0, 1, 0, 2]));
        let waiting = tokio::spawn({
            let camera = camera.clone();
            async move { camera.next_picture().await }
        });
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished(), "the same picture is given twice");
        sender.send_replace(None);
        assert_eq!(waiting.await.unwrap(), Some(Vec::new()), "the picture ended");
        drop(sender);
        assert_eq!(camera.next_picture().await, None);
    }

    #[test]
    fn a_fault_has_the_word_that_pages_know() {
        assert_eq!(word(ScannerState::Disconnected(Fault::Denied)), "denied");
    }
}
