//! What this PC was set up to be, in `program.toml` in the program's folder. The wizard writes it, every start reads
//! it, and people can change it by hand. It holds no password: the PIN is a hash, and sessions are in the keyring.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use anyhow::{Context, Result};
use client::ServerAddress;
use contract::Role;
use serde::{Deserialize, Serialize};
use server::data_dir::typed_toml;

use crate::args::Args;

const FILE_NAME: &str = "program.toml";

/// The port of a kiosk that keeps the guest book, unless another is set.
pub(crate) const DEFAULT_PORT: u16 = 8443;

/// What this PC was set up to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Profile {
    /// What this PC is for.
    pub(crate) role: Role,
    /// The bcrypt hash of the PIN that leaves the kiosk's full screen. Without one, everybody may leave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) pin: Option<String>,
    /// The hash of the PIN that the school has set for all desks, in place of this PC's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) school_pin: Option<String>,
    /// Where the guest book is.
    pub(crate) server: Place,
    /// The kiosk's scanners.
    #[serde(default)]
    pub(crate) scanners: Devices,
}

/// Where the guest book is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub(crate) enum Place {
    /// On this PC, which serves it to other PCs.
    Host {
        /// The port for other PCs; 0 takes a free one.
        port: u16,
        /// Answer only this PC.
        #[serde(default)]
        loopback: bool,
    },
    /// On another PC.
    Remote {
        /// Its address, with the certificate's fingerprint from pairing.
        url: ServerAddress,
    },
}

/// The kiosk's scanners. A keyboard wedge needs no setting, because it types.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Devices {
    /// Every USB scanner in HID POS mode.
    pub(crate) hid: bool,
    /// The first webcam.
    pub(crate) camera: bool,
    /// A serial port by its name, such as `COM3`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) serial: Option<String>,
    /// A folder in which people put guests' pictures.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) folder: Option<PathBuf>,
}

impl Default for Devices {
    fn default() -> Self {
        Self { hid: true, camera: true, serial: None, folder: None }
    }
}

impl Profile {
    /// What was set up; `None` at the first start.
    ///
    /// # Errors
    /// The file cannot be read, or is not a valid profile.
    pub(crate) fn load(folder: &Path) -> Result<Option<Self>> {
        let path = folder.join(FILE_NAME);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(|| format!("{} cannot be read", path.display())),
        };
        let profile = toml::from_str(&typed_toml::read(&text)).with_context(|| path.display().to_string())?;
        Ok(Some(profile))
    }

    /// Saves the profile; only the file's owner can read it.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub(crate) fn save(&self, folder: &Path) -> Result<()> {
        let text = toml::to_string(self)?;
        let path = folder.join(FILE_NAME);
        let write = || -> io::Result<()> {
            server::data_dir::create_folder(folder)?;
            owner_only::replace(&path, text.as_bytes())
        };
        write().with_context(|| format!("{} cannot be written", path.display()))
    }

    /// Changes a part of the saved profile. Values from this run's command line are not saved.
    ///
    /// # Errors
    /// The file cannot be read or written.
    pub(crate) fn change(folder: &Path, change: impl FnOnce(&mut Self)) -> Result<()> {
        let Some(mut profile) = Self::load(folder)? else { return Ok(()) };
        change(&mut profile);
        profile.save(folder)
    }

    /// The saved profile with this run's command line applied. `None` if the wizard has to ask.
    pub(crate) fn resolve(saved: Option<Self>, args: &Args) -> Option<Self> {
        let server = args.server.clone().map(|url| Place::Remote { url });
        match saved {
            Some(saved) => {
                let role = args.role.unwrap_or(saved.role);
                // The pairing of another role works for this one too.
                Some(Self { role, server: server.unwrap_or(saved.server), ..saved })
            }
            None => {
                let devices = Devices::default();
                Some(Self {
                    role: args.role?,
                    pin: None,
                    school_pin: None,
                    server: server?,
                    scanners: devices,
                })
            }
        }
    }
}

/// What this PC is now; `None` while the wizard is open.
#[derive(Default)]
pub(crate) struct CurrentProfile(Mutex<Option<Profile>>);

impl CurrentProfile {
    /// Sets what this PC is or is about to be. Its windows can open before the server has started.
    pub(crate) fn set(&self, profile: Option<Profile>) {
        *self.lock() = profile;
    }

    /// What this PC is for.
    pub(crate) fn role(&self) -> Option<Role> {
        self.lock().as_ref().map(|profile| profile.role)
    }

    /// The hash of the PIN that leaves the kiosk's full screen, if it has one.
    pub(crate) fn pin(&self) -> Option<String> {
        self.lock().as_ref().and_then(|profile| profile.school_pin.clone().or_else(|| profile.pin.clone()))
    }

    /// Sets the PIN that the school has for all desks. Gives whether it is another than before.
    pub(crate) fn set_school_pin(&self, hash: Option<String>) -> bool {
        let mut profile = self.lock();
        let Some(profile) = profile.as_mut().filter(|profile| profile.school_pin != hash) else {
            return false;
        };
        profile.school_pin = hash;
        true
    }

    fn lock(&self) -> MutexGuard<'_, Option<Profile>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kiosk() -> Profile {
        Profile {
            role: Role::Kiosk,
            pin: Some("$2b$10$hash".to_owned()),
            school_pin: None,
            server: Place::Host { port: DEFAULT_PORT, loopback: false },
            scanners: Devices { serial: Some("COM3".to_owned()), ..Devices::default() },
        }
    }

    #[test]
    fn what_is_kept_reads_back() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Profile::load(folder.path()).unwrap(), None);
        kiosk().save(folder.path()).unwrap();
        assert_eq!(Profile::load(folder.path()).unwrap(), Some(kiosk()));
        let url = format!("https://10.0.0.1:8443#{}", ["AB"; 32].join(":"));
        let guru =
            Profile { role: Role::Guru, server: Place::Remote { url: url.parse().unwrap() }, ..kiosk() };
        guru.save(folder.path()).unwrap();
        assert_eq!(Profile::load(folder.path()).unwrap(), Some(guru));
    }

    #[test]
    fn a_folder_and_a_port_are_read_as_they_were_typed() {
        let folder = tempfile::tempdir().unwrap();
        kiosk().save(folder.path()).unwrap();
        let path = folder.path().join(FILE_NAME);
        let text = fs::read_to_string(&path).unwrap();
        let port = text.lines().find(|line| line.starts_with("serial")).unwrap();
        let typed = "folder = \"C:\\Users\\tamu\\foto baru\"\nserial = \"\\\\.\\COM12\"";
        fs::write(&path, text.replace(port, typed)).unwrap();
        let devices = Profile::load(folder.path()).unwrap().unwrap().scanners;
        assert_eq!(devices.folder.as_deref(), Some(Path::new("C:\\Users\\tamu\\foto baru")));
        assert_eq!(devices.serial.as_deref(), Some("\\\\.\\COM12"));
        // What the program writes, it can read.
        let again = Profile { scanners: devices.clone(), ..kiosk() };
        again.save(folder.path()).unwrap();
        assert_eq!(Profile::load(folder.path()).unwrap().unwrap().scanners, devices);
    }

    #[test]
    fn a_damaged_file_is_told_and_not_taken_for_a_first_start() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE_NAME), "role = \"guru\"\nnonsense").unwrap();
        let error = Profile::load(folder.path()).unwrap_err().to_string();
        assert!(error.contains(FILE_NAME), "{error}");
    }

    #[test]
    fn the_command_line_wins_and_completes() {
        let url: ServerAddress = "http://127.0.0.1:8700".parse().unwrap();
        let args = Args { server: Some(url.clone()), ..Args::default() };
        let resolved = Profile::resolve(Some(kiosk()), &args).unwrap();
        assert_eq!(resolved.server, Place::Remote { url: url.clone() });
        assert_eq!(resolved.scanners, kiosk().scanners);
        assert_eq!(Profile::resolve(None, &args), None, "nobody has said what the PC is for");
        let args = Args { role: Some(Role::Guru), ..args };
        assert_eq!(Profile::resolve(None, &args).unwrap().role, Role::Guru);
    }

    #[test]
    fn the_schools_pin_counts_more_than_this_pcs_own() {
        let current = CurrentProfile::default();
        assert!(!current.set_school_pin(Some("$2b$12$school".to_owned())), "the wizard is open");
        current.set(Some(kiosk()));
        assert_eq!(current.pin().as_deref(), Some("$2b$10$hash"));
        assert!(current.set_school_pin(Some("$2b$12$school".to_owned())));
        assert!(!current.set_school_pin(Some("$2b$12$school".to_owned())));
        assert_eq!(current.pin().as_deref(), Some("$2b$12$school"));
        assert!(current.set_school_pin(None));
        assert_eq!(current.pin().as_deref(), Some("$2b$10$hash"));
    }
}
