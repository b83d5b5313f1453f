//! The first start: what this PC is for, where the guest book is, who runs it. Everything is checked before anything is kept.

use std::{
    io,
    net::{Ipv4Addr, TcpListener},
    path::PathBuf,
};

use chrono_tz::Tz;
use client::{
    Error, ServerAddress,
    discovery::{Discovery, Sighting},
    fetch_fingerprint,
};
use domain::{Setelan, isian};
use serde::{Deserialize, Serialize};
use server::{
    data_dir,
    first_admin::{self, FirstAdmin, FirstAdminError},
};
use tauri::{AppHandle, Manager, State, async_runtime, async_runtime::JoinHandle, ipc::Channel};
use tokio::sync::Mutex;
use zeroize::Zeroizing;

use crate::{
    args::Role,
    outlet, pin,
    profile::{Devices, Place, Profile},
    program::Program,
    windows,
};

/// A server that was seen in the network, or is not any more.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum Seen {
    /// It is there.
    Found {
        /// By which it is told apart from others.
        name: String,
        /// The school.
        nama: String,
        /// Where to reach it, the likeliest first.
        addresses: Vec<Paired>,
    },
    /// It is gone.
    Lost {
        /// Which.
        name: String,
    },
    /// This network does not let us look.
    Failed,
}

/// An address and what to compare.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Paired {
    url: String,
    fingerprint: Option<String>,
}

impl From<&ServerAddress> for Paired {
    fn from(address: &ServerAddress) -> Self {
        Self {
            url: address.url().as_str().trim_end_matches('/').to_owned(),
            fingerprint: address.fingerprint().map(|fingerprint| fingerprint.to_string()),
        }
    }
}

/// The search under way.
#[derive(Default)]
pub(crate) struct Search(Mutex<Option<JoinHandle<()>>>);

/// Looks for servers in the network until told to stop.
#[tauri::command]
pub(crate) async fn wizard_discover(app: AppHandle, channel: Channel<Seen>) {
    wizard_discover_stop(app.clone()).await;
    let task = async_runtime::spawn(async move {
        let Ok(mut discovery) = Discovery::start() else {
            let _ = channel.send(Seen::Failed);
            return;
        };
        while let Some(sighting) = discovery.next().await {
            let seen = match sighting {
                Sighting::Found(found) => Seen::Found {
                    name: found.name,
                    nama: found.nama,
                    addresses: found.addresses.iter().map(Paired::from).collect(),
                },
                Sighting::Lost(name) => Seen::Lost { name },
            };
            if channel.send(seen).is_err() {
                return;
            }
        }
    });
    *app.state::<Search>().0.lock().await = Some(task);
}

/// Looks no more.
#[tauri::command]
pub(crate) async fn wizard_discover_stop(app: AppHandle) {
    if let Some(task) = app.state::<Search>().0.lock().await.take() {
        task.abort();
    }
}

/// Who answers at an address.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum Look {
    /// A server, and the certificate to compare.
    There {
        /// `true`.
        ok: bool,
        /// Its address as it is kept.
        #[serde(flatten)]
        paired: Paired,
    },
    /// Nobody.
    NotThere {
        /// `false`.
        ok: bool,
        /// `address`, `unreachable` or `tls`.
        reason: &'static str,
    },
}

/// Asks who answers at a typed address. Nothing is sent there.
#[tauri::command]
pub(crate) async fn wizard_fingerprint(address: String) -> Look {
    match look(&address).await {
        Ok(address) => Look::There { ok: true, paired: Paired::from(&address) },
        Err(error) => Look::NotThere {
            ok: false,
            reason: match error {
                Error::Address(_) => "address",
                Error::Tls(_) => "tls",
                _ => "unreachable",
            },
        },
    }
}

async fn look(typed: &str) -> client::Result<ServerAddress> {
    let address: ServerAddress = complete(typed).parse()?;
    if address.url().scheme() == "http" {
        client::Client::connect(address.clone(), client::TokenStore::memory()).await?;
        return Ok(address);
    }
    address.with_fingerprint(fetch_fingerprint(&address).await?)
}

/// People type `192.168.1.10`, and mean the server there.
fn complete(typed: &str) -> String {
    let typed = typed.trim();
    let (scheme, rest) = typed.split_once("://").unwrap_or(("https", typed));
    let host = rest.split(['/', '#', '?']).next().unwrap_or_default();
    let has_port = host.rsplit_once(':').is_some_and(|(before, port)| {
        port.parse::<u16>().is_ok() && (!before.contains(':') || before.ends_with(']'))
    });
    if has_port || scheme == "http" || host.is_empty() {
        return format!("{scheme}://{rest}");
    }
    let port = crate::profile::DEFAULT_PORT;
    format!("{scheme}://{host}:{port}{}", &rest[host.len()..])
}

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

/// What the person chose.
#[derive(Deserialize)]
pub(crate) struct Setup {
    role: Role,
    server: SetupServer,
    pin: Option<Zeroizing<String>>,
    scanners: Option<SetupScanners>,
    autostart: bool,
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
    reason: Option<&'static str>,
    field: Option<String>,
    detail: String,
}

impl Finished {
    fn no(reason: &'static str, field: Option<&str>, detail: impl ToString) -> Self {
        Self { ok: false, reason: Some(reason), field: field.map(str::to_owned), detail: detail.to_string() }
    }
}

/// Sets the PC up, opens what it is for and closes the wizard.
#[tauri::command]
pub(crate) async fn wizard_finish(app: AppHandle, setup: Setup) -> Finished {
    let role = setup.role;
    let autostart = setup.autostart;
    let profile = match set_up(&app.state(), setup).await {
        Ok(profile) => profile,
        Err(finished) => return finished,
    };
    if let Err(error) = profile.save(&app.state::<Program>().folder) {
        return Finished::no("folder", None, format!("{error:#}"));
    }
    if let Err(error) = Program::start(&app, profile).await {
        return Finished::no("lain", None, format!("{error:#}"));
    }
    if let Err(error) = outlet::set_autostart(&app, autostart) {
        tracing::warn!(%error, "autostart cannot be set");
    }
    wizard_discover_stop(app.clone()).await;
    if let Err(error) = open_role(&app, role).await {
        return Finished::no("lain", None, error);
    }
    Finished { ok: true, reason: None, field: None, detail: String::new() }
}

/// On the main thread, as window systems want it; first the new window, so that the program never is without one.
async fn open_role(app: &AppHandle, role: Role) -> tauri::Result<()> {
    windows::open(app, role)?;
    if let Some(wizard) = app.get_webview_window(windows::WIZARD) {
        wizard.destroy()?;
    }
    Ok(())
}

async fn set_up(program: &State<'_, Program>, setup: Setup) -> Result<Profile, Finished> {
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
        SetupServer::Remote { url, fingerprint } => remote(&url, fingerprint.as_deref())?,
        SetupServer::Host { port, nama_sekolah, tempat, zona_waktu, admin } => {
            if setup.role != Role::Kiosk {
                return Err(Finished::no(
                    "isian",
                    Some("server"),
                    "hanya PC meja depan yang menyimpan buku tamu",
                ));
            }
            // Before the school is made, since it is made once.
            check_port(port)?;
            found(program, &nama_sekolah, &tempat, &zona_waktu, admin).await?;
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

fn check_port(port: u16) -> Result<(), Finished> {
    match TcpListener::bind((Ipv4Addr::UNSPECIFIED, port)) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            Err(Finished::no("port_dipakai", Some("port"), error))
        }
        Err(error) => Err(Finished::no("isian", Some("port"), error)),
    }
}

fn remote(url: &str, fingerprint: Option<&str>) -> Result<Place, Finished> {
    let read = || -> Result<ServerAddress, Error> {
        let address: ServerAddress = url.parse()?;
        match fingerprint {
            Some(text) => {
                let fingerprint = text.parse().map_err(|_| Error::Address("no fingerprint"))?;
                address.with_fingerprint(fingerprint)
            }
            None => Ok(address),
        }
    };
    read().map(|url| Place::Remote { url }).map_err(|error| Finished::no("isian", Some("url"), error))
}

/// Makes the school and its first admin in this PC's folder.
async fn found(
    program: &State<'_, Program>,
    nama_sekolah: &str,
    tempat: &str,
    zona_waktu: &str,
    admin: SetupAdmin,
) -> Result<(), Finished> {
    let invalid = |field: &'static str| move |error| Finished::no("isian", Some(field), error);
    let nama_sekolah = isian::nama(nama_sekolah).map_err(invalid("nama_sekolah"))?;
    let tempat = isian::nama(tempat).map_err(invalid("tempat"))?;
    let zona_waktu: Tz = zona_waktu
        .parse()
        .map_err(|_| Finished::no("isian", Some("zona_waktu"), "zona waktu tidak dikenal"))?;
    let data = data_dir::open(&program.folder, None)
        .await
        .map_err(|error| Finished::no("database", None, format!("{error:#}")))?;
    let SetupAdmin { nama, email, password } = admin;
    let made = first_admin::create(&*data.store, FirstAdmin { nama, email, password }).await;
    let settled = match made {
        Ok(_) => {
            let setelan = Setelan { nama_sekolah, tempat, zona_waktu, ..Setelan::default() };
            data.store.setelan().update(setelan).await.map_err(|error| Finished::no("database", None, error))
        }
        Err(FirstAdminError::Exists) => Err(Finished::no("sudah_ada_admin", None, "")),
        Err(FirstAdminError::Isian(errors)) => {
            let (field, why) = errors.into_iter().next().unwrap_or_default();
            Err(Finished::no("isian", Some(&format!("admin.{field}")), why))
        }
        Err(error) => Err(Finished::no("database", None, error)),
    };
    data.store.close().await;
    settled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_address_is_completed() {
        assert_eq!(complete(" 192.168.1.10 "), "https://192.168.1.10:8443");
        assert_eq!(complete("meja.sekolah.example:9000"), "https://meja.sekolah.example:9000");
        assert_eq!(complete("https://[fe80::1]"), "https://[fe80::1]:8443");
        assert_eq!(complete("https://[fe80::1]:1#AB"), "https://[fe80::1]:1#AB");
        assert_eq!(complete("http://127.0.0.1:8700"), "http://127.0.0.1:8700");
        assert_eq!(complete("h/x?y#z"), "https://h:8443/x?y#z");
    }
}
