//! The first start: what this PC is for, where the guest book is, who runs it. Everything is checked before anything is
//! saved.

mod address;
mod founding;
pub(crate) mod restoring;
pub(crate) mod search;

use std::path::{Path, PathBuf};

use contract::{
    Devices, Failure, FinishReason, Nilai, Role, Setup, SetupServer, TroubleReason, WizardDevices,
    WizardFinish, WizardPassword,
};
use domain::password::{InvalidPassword, Known, Rating};
use server::Clock;
use tauri::{Manager, async_runtime};

use self::search::Search;
use crate::{
    autostart,
    commands::{Answer, Caller, Handler},
    folder::Folder,
    language::CurrentLanguage,
    pin,
    profile::{self, Place, Profile},
    program,
    trouble::{self, CurrentTrouble},
    windows,
};

impl Handler for WizardDevices {
    fn answer(self, _: Caller) -> Answer<Self> {
        // Blocking, because drivers may be slow.
        let look = || Devices { serial: scan::serial::port_names(), cameras: scan::camera::camera_names() };
        Answer::later(async move { Ok(async_runtime::spawn_blocking(look).await.unwrap_or_default()) })
    }
}

/// Checks the password before anything is made, so that the answer comes where it is typed.
impl Handler for WizardPassword {
    fn answer(self, _: Caller) -> Answer<Self> {
        let Self { password, nama, email, nama_sekolah } = self;
        let known = Known { nama, email, telp: String::new(), nama_sekolah };
        let rate = move || domain::password::rate(&password, &known);
        Answer::later(async move {
            let refused = Rating { score: 0, refused: Some(InvalidPassword::Guessable) };
            let Rating { score, refused } = async_runtime::spawn_blocking(rate).await.unwrap_or(refused);
            Ok(Nilai { skor: score, alasan: refused })
        })
    }
}

impl Handler for WizardFinish {
    fn answer(self, caller: Caller) -> Answer<Self> {
        Answer::later(async move { finish(&caller, self.setup).await })
    }
}

async fn finish(caller: &Caller, setup: Setup) -> Result<(), Failure> {
    let (app, autostart) = (caller.app(), setup.autostart);
    // The remains of an earlier attempt would block this one, such as a port in use.
    program::undo(app).await;
    app.state::<CurrentLanguage>().set(setup.language);
    let folder = &app.state::<Folder>().0;
    let profile = set_up(folder, setup).await?;
    let saved = profile.save(folder);
    saved.map_err(|error| Failure::setup(TroubleReason::Folder, None, format!("{error:#}")))?;
    let started = program::start(app, &profile).await;
    started.map_err(|error| trouble::failure(trouble::of_start(folder, &profile, &error)))?;
    app.state::<CurrentTrouble>().clear();
    if let Err(error) = autostart::set(app, autostart) {
        tracing::warn!(%error, "autostart cannot be set");
    }
    app.state::<Search>().end().await;
    if let Err(error) = windows::open_role(app, profile.role) {
        program::undo(app).await;
        return Err(Failure::setup(TroubleReason::Lain, None, error));
    }
    Ok(())
}

async fn set_up(folder: &Path, setup: Setup) -> Result<Profile, Failure> {
    let pin = match (setup.role, setup.pin) {
        (Role::Kiosk, Some(pin)) if pin::is_sound(&pin) => {
            let hash = async_runtime::spawn_blocking(move || pin::hash(&pin)).await;
            let Ok(Ok(hash)) = hash else {
                return Err(Failure::setup(TroubleReason::Lain, None, "no random numbers"));
            };
            Some(hash)
        }
        (Role::Kiosk, _) => return Err(Failure::setup(FinishReason::Isian, Some("pin"), "4 sampai 8 angka")),
        _ => None,
    };
    let server = match setup.server {
        SetupServer::Restored { port } => {
            founding::check_port(port)?;
            restoring::check(folder)?;
            Place::Host { port, loopback: false }
        }
        SetupServer::Remote { url, fingerprint } => address::place(&url, fingerprint.as_deref())?,
        SetupServer::Host { port, nama_sekolah, tempat, zona_waktu, admin } => {
            if setup.role != Role::Kiosk {
                return Err(Failure::setup(
                    FinishReason::Isian,
                    Some("server"),
                    "hanya PC meja depan yang menyimpan buku tamu",
                ));
            }
            // The likeliest obstacle is checked before the school is made.
            founding::check_port(port)?;
            founding::found(folder, &Clock::system(), &nama_sekolah, &tempat, &zona_waktu, admin).await?;
            Place::Host { port, loopback: false }
        }
    };
    let scanners = profile::Devices {
        hid: setup.scanners.hid,
        camera: setup.scanners.camera,
        serial: setup.scanners.serial.filter(|port| !port.trim().is_empty()),
        folder: setup.scanners.folder.filter(|folder| !folder.is_empty()).map(PathBuf::from),
    };
    Ok(Profile { role: setup.role, pin, school_pin: None, server, scanners })
}
