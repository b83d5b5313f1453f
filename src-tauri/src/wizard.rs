//! The first start: what this PC is for, where the guest book is, who runs it. Everything is checked before anything is kept.

pub(crate) mod address;
mod founding;
pub(crate) mod search;

use std::path::{Path, PathBuf};

use domain::password::{InvalidPassword, Known, Rating};
use serde::{Deserialize, Serialize};
use server::Clock;
use tauri::{AppHandle, Manager, async_runtime};
use zeroize::Zeroizing;

use crate::{
    args::Role,
    autostart,
    language::Language,
    pin,
    profile::{Devices, Place, Profile},
    program::Program,
    trouble::{Reason, Trouble},
    windows,
};

/// Devices to choose from.
#[derive(Debug, Serialize)]
pub(crate) struct Choice {
    serial: Vec<String>,
    cameras: Vec<String>,
}

/// What is plugged in.
#[tauri::command]
pub(crate) async fn wizard_devices() -> Choice {
    // Drivers may take their time.
    let look = || Choice { serial: scan::serial::port_names(), cameras: scan::camera::camera_names() };
    let nothing = || Choice { serial: Vec::new(), cameras: Vec::new() };
    async_runtime::spawn_blocking(look).await.unwrap_or_else(|_| nothing())
}

/// How hard a password is to guess.
#[derive(Debug, Serialize)]
pub(crate) struct Nilai {
    /// 0, guessed at once, to 4, guessed by nobody.
    skor: u8,
    /// Why it may not be used; `None` where it may.
    alasan: Option<InvalidPassword>,
}

/// Rates a password of the first admin's. Asked before anything is made, so that the answer comes where it is typed.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn wizard_password(
    password: String,
    nama: String,
    email: String,
    nama_sekolah: String,
) -> Nilai {
    let password = Zeroizing::new(password);
    let known = Known { nama, email, telp: String::new(), nama_sekolah };
    let rate = move || domain::password::rate(&password, &known);
    let refused = Rating { score: 0, refused: Some(InvalidPassword::Guessable) };
    let Rating { score, refused } = async_runtime::spawn_blocking(rate).await.unwrap_or(refused);
    Nilai { skor: score, alasan: refused }
}

/// What the person chose.
#[derive(Deserialize)]
pub(crate) struct Setup {
    role: Role,
    server: SetupServer,
    pin: Option<Zeroizing<String>>,
    scanners: Option<SetupScanners>,
    autostart: bool,
    #[serde(default)]
    language: Language,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum SetupServer {
    Host { port: u16, nama_sekolah: String, tempat: String, zona_waktu: String, admin: SetupAdmin },
    Remote { url: String, fingerprint: Option<String> },
}

#[derive(Deserialize)]
struct SetupAdmin {
    nama: String,
    email: String,
    password: Zeroizing<String>,
}

#[derive(Deserialize)]
struct SetupScanners {
    hid: bool,
    camera: bool,
    serial: Option<String>,
    folder: Option<PathBuf>,
}

/// Why the PC could not be set up; `ok` where it was.
#[derive(Debug, Serialize)]
pub(crate) struct Finished {
    ok: bool,
    reason: Option<Reason>,
    field: Option<String>,
    detail: String,
}

impl Finished {
    /// It was.
    pub(crate) fn yes() -> Self {
        Self { ok: true, reason: None, field: None, detail: String::new() }
    }

    /// It was not, for this reason.
    pub(crate) fn no(reason: impl Into<Reason>, field: Option<&str>, detail: impl ToString) -> Self {
        let (reason, detail) = (Some(reason.into()), detail.to_string());
        Self { ok: false, reason, field: field.map(str::to_owned), detail }
    }
}

/// Sets the PC up, opens what it is for and closes the wizard. It can be repeated, whatever it failed at before.
#[tauri::command]
pub(crate) async fn wizard_finish(app: AppHandle, setup: Setup) -> Finished {
    let autostart = setup.autostart;
    let program = app.state::<Program>();
    // What is left of an attempt before would be in its own way.
    program.undo().await;
    program.language.send_replace(setup.language);
    let profile = match set_up(&program.folder, setup).await {
        Ok(profile) => profile,
        Err(finished) => return finished,
    };
    if let Err(error) = profile.save(&program.folder) {
        return Finished::no("folder", None, format!("{error:#}"));
    }
    if let Err(error) = Program::start(&app, &profile).await {
        return Trouble::of_start(&program.folder, &profile, &error).into_finished();
    }
    program.set_trouble(None);
    if let Err(error) = autostart::set(&app, autostart) {
        tracing::warn!(%error, "autostart cannot be set");
    }
    search::wizard_discover_stop(app.clone()).await;
    if let Err(error) = windows::open_role(&app, profile.role) {
        program.undo().await;
        return Finished::no("lain", None, error);
    }
    Finished::yes()
}

async fn set_up(folder: &Path, setup: Setup) -> Result<Profile, Finished> {
    let pin = match (setup.role, setup.pin) {
        (Role::Kiosk, Some(pin)) if pin::is_sound(&pin) => {
            let hash = async_runtime::spawn_blocking(move || pin::hash(&pin)).await;
            let Ok(Ok(hash)) = hash else { return Err(Finished::no("lain", None, "no random numbers")) };
            Some(hash)
        }
        (Role::Kiosk, _) => return Err(Finished::no("isian", Some("pin"), "4 sampai 8 angka")),
        _ => None,
    };
    let server = match setup.server {
        SetupServer::Remote { url, fingerprint } => address::place(&url, fingerprint.as_deref())?,
        SetupServer::Host { port, nama_sekolah, tempat, zona_waktu, admin } => {
            if setup.role != Role::Kiosk {
                return Err(Finished::no(
                    "isian",
                    Some("server"),
                    "hanya PC meja depan yang menyimpan buku tamu",
                ));
            }
            // What is likeliest to be in the way, before the school is made.
            founding::check_port(port)?;
            founding::found(folder, &Clock::system(), &nama_sekolah, &tempat, &zona_waktu, admin).await?;
            Place::Host { port, loopback: false }
        }
    };
    let scanners = setup.scanners.map_or_else(Devices::default, |chosen| Devices {
        hid: chosen.hid,
        camera: chosen.camera,
        serial: chosen.serial.filter(|port| !port.trim().is_empty()),
        folder: chosen.folder.filter(|folder| !folder.as_os_str().is_empty()),
    });
    Ok(Profile { role: setup.role, pin, server, scanners })
}
