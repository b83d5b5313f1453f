//! The kiosk's own parts: its scanners, the camera's picture, and pictures that are dropped on its window.

mod camera;
mod shown;

use std::{io, sync::OnceLock, time::Duration};

use contract::{
    Bytes, CameraGet, CameraSet, DecodePicture, Failure, PreviewNext, RejectionsUnwatch, RejectionsWatch,
    ScanRejection, Scanner, ScannersUnwatch, ScannersWatch, ScansUnwatch, ScansWatch,
};
use scan::{
    Outcome, Scanners,
    decode::Decoder,
    folder::FolderScanner,
    hid::{HidPlace, HidScanner},
    picture::{self, Unread},
    serial::{SerialPlace, SerialScanner},
};
use tauri::{AppHandle, Manager, async_runtime};
use tokio::sync::{Mutex, Notify};

use self::camera::Camera;
use crate::{
    channel::Sender,
    commands::{Answer, Caller, Handler},
    folder::Folder,
    profile::{Devices, Profile},
    watchers::Watchers,
};

/// A code that waited longer for the page belongs to a guest who has moved on.
const STALE_AFTER: Duration = Duration::from_secs(10);

#[derive(Default)]
pub(crate) struct Desk {
    scanners: Scanners,
    texts: Watchers<String>,
    rejections: Watchers<ScanRejection>,
    states: Watchers<Vec<Scanner>>,
    /// Notified when a page starts to listen.
    listening: Notify,
    camera: Camera,
    /// Held while a dropped picture is read, because each takes memory.
    reading: Mutex<()>,
    /// Set once the scanners' results are passed on; this is started only once.
    is_passed_on: OnceLock<()>,
}

/// Starts the scanners and passes on what they read.
pub(crate) fn start(app: &AppHandle, devices: &Devices) {
    let desk = app.state::<Desk>();
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
        let _ = desk.camera.open(&desk.scanners).inspect_err(report);
    }
    // If the program starts again, new scanners replace the old ones, but these two tasks keep running.
    desk.is_passed_on.get_or_init(|| {
        async_runtime::spawn(pass_on_outcomes(app.clone()));
        async_runtime::spawn(pass_on_states(app.clone()));
    });
}

/// Passes on each code once a page is there to act on it. Rejections go to every page that listens.
async fn pass_on_outcomes(app: AppHandle) {
    let desk = app.state::<Desk>();
    while let Some(outcome) = desk.scanners.next().await {
        let scan = match outcome {
            Outcome::Read(scan) => scan,
            Outcome::Rejected(rejected) => {
                tracing::info!(source = %rejected.source, why = rejected.rejection.as_str(), "not read");
                if let Some(rejection) = shown::rejection(&rejected) {
                    desk.rejections.tell(&rejection);
                }
                continue;
            }
        };
        while scan.seen.elapsed() < STALE_AFTER && desk.texts.tell(&scan.text) == 0 {
            let _ = tokio::time::timeout(STALE_AFTER, desk.listening.notified()).await;
        }
    }
}

async fn pass_on_states(app: AppHandle) {
    let desk = app.state::<Desk>();
    let mut statuses = desk.scanners.statuses();
    while statuses.changed().await.is_ok() {
        let now = shown::scanners(&statuses.borrow_and_update());
        desk.states.tell(&now);
    }
}

impl Desk {
    /// Releases every device.
    pub(crate) async fn stop(&self) {
        self.scanners.close().await;
    }
}

impl Handler for ScansWatch {
    fn answer(self, caller: Caller) -> Answer<Self> {
        let sender = Sender::to(&caller.window, &self.channel);
        let desk = caller.state::<Desk>();
        desk.texts.watch(caller.window.label(), sender);
        desk.listening.notify_one();
        Answer::now(())
    }
}

impl Handler for ScansUnwatch {
    fn answer(self, caller: Caller) -> Answer<Self> {
        caller.state::<Desk>().texts.unwatch(caller.window.label());
        Answer::now(())
    }
}

impl Handler for RejectionsWatch {
    fn answer(self, caller: Caller) -> Answer<Self> {
        let sender = Sender::to(&caller.window, &self.channel);
        caller.state::<Desk>().rejections.watch(caller.window.label(), sender);
        Answer::now(())
    }
}

impl Handler for RejectionsUnwatch {
    fn answer(self, caller: Caller) -> Answer<Self> {
        caller.state::<Desk>().rejections.unwatch(caller.window.label());
        Answer::now(())
    }
}

impl Handler for ScannersWatch {
    fn answer(self, caller: Caller) -> Answer<Self> {
        let sender = Sender::to(&caller.window, &self.channel);
        let desk = caller.state::<Desk>();
        if sender.send(shown::scanners(&desk.scanners.statuses().borrow())).is_ok() {
            desk.states.watch(caller.window.label(), sender);
        }
        Answer::now(())
    }
}

impl Handler for ScannersUnwatch {
    fn answer(self, caller: Caller) -> Answer<Self> {
        caller.state::<Desk>().states.unwatch(caller.window.label());
        Answer::now(())
    }
}

impl Handler for PreviewNext {
    fn answer(self, caller: Caller) -> Answer<Self> {
        Answer::later(async move {
            let no_camera = || Failure::other("no camera is in use");
            let camera = caller.state::<Desk>().camera.in_use().ok_or_else(no_camera)?;
            camera.next_picture().await.map(Bytes).ok_or_else(no_camera)
        })
    }
}

impl Handler for CameraGet {
    fn answer(self, caller: Caller) -> Answer<Self> {
        Answer::now(caller.state::<Desk>().camera.in_use().is_some())
    }
}

impl Handler for CameraSet {
    fn answer(self, caller: Caller) -> Answer<Self> {
        Answer::later(async move { set_camera(&caller, self.on).await.map_err(Failure::other) })
    }
}

async fn set_camera(caller: &Caller, on: bool) -> anyhow::Result<()> {
    let folder = caller.state::<Folder>().0.clone();
    let keep = move || Profile::change(&folder, |profile| profile.scanners.camera = on);
    let kept = async_runtime::spawn_blocking(keep).await.map_err(anyhow::Error::from).flatten();
    kept.inspect_err(|error| {
        tracing::error!(error = format!("{error:#}"), "the choice of camera cannot be kept")
    })?;
    let desk = caller.state::<Desk>();
    match (on, desk.camera.in_use().is_some()) {
        (true, false) => {
            let opened = desk.camera.open(&desk.scanners);
            opened.inspect_err(|error| tracing::error!(%error, "the camera cannot be started"))?;
        }
        (false, true) => desk.camera.close(&desk.scanners).await,
        _ => {}
    }
    Ok(())
}

impl Handler for DecodePicture {
    fn answer(self, caller: Caller) -> Answer<Self> {
        Answer::later(async move {
            let Caller { window, bytes } = caller;
            let desk = window.state::<Desk>();
            let _turn = desk.reading.lock().await;
            let read = move || picture::read_soon(&bytes, &mut Decoder::new(), || false);
            match async_runtime::spawn_blocking(read).await {
                Ok(Ok(texts)) => Ok(texts),
                // A good picture without a code gives an empty list.
                Ok(Err(Unread::NoCode)) => Ok(Vec::new()),
                Ok(Err(why)) => {
                    tracing::info!(why = why.as_str(), "a dropped file is not read");
                    Err(Failure::other(why.as_str()))
                }
                Err(error) => Err(Failure::other(error)),
            }
        })
    }
}
