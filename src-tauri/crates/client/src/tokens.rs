//! Keeps the refresh token after the program has ended: in the OS keyring, or in a file of the owner's. The access
//! token stays in memory.

mod file;
mod keyring;

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use data_encoding::HEXLOWER;
use directories::ProjectDirs;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::{Error, Result, ServerAddress};
use file::TokenFile;
use keyring::{Keyring, OsKeyring};

/// A token. It cannot slip into a log, and is wiped from memory with its last copy.
#[derive(Clone)]
pub struct Secret(Arc<Zeroizing<String>>);

impl Secret {
    /// The token itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(Arc::new(Zeroizing::new(text.to_owned())))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// A place for one refresh token, and for this PC's identity at the server. Two running programs must not share one,
/// because each would end the other's session.
#[derive(Clone, Debug)]
pub struct TokenStore(Arc<Place>);

#[derive(Debug)]
enum Place {
    Memory { token: Mutex<Option<Secret>>, device: Mutex<Option<Secret>> },
    File { file: TokenFile, device: TokenFile },
    Keyring { keyring: Keyring, file: TokenFile, device: TokenFile },
}

impl TokenStore {
    /// In memory only: the session ends with the program.
    pub fn memory() -> Self {
        Self(Arc::new(Place::Memory { token: Mutex::default(), device: Mutex::default() }))
    }

    /// In the OS keyring; if there is none, in a file in `dir` or, without one, in the program's data directory.
    /// `profile` tells apart what one person runs, such as `guru` and `kiosk`.
    ///
    /// # Errors
    /// [`Error::Storage`] if `dir` is `None` and the user has no home directory.
    pub fn open(profile: &str, address: &ServerAddress, dir: Option<&Path>) -> Result<Self> {
        let name = entry_name(profile, address);
        let (file, device) = files(dir, &name)?;
        let keyring = Keyring::new(Arc::new(OsKeyring::new(name)));
        Ok(Self(Arc::new(Place::Keyring { keyring, file, device })))
    }

    /// In a file in `dir` and never in the keyring, as for a service that nobody is signed in to.
    ///
    /// # Errors
    /// As [`TokenStore::open`].
    pub fn file(profile: &str, address: &ServerAddress, dir: Option<&Path>) -> Result<Self> {
        let (file, device) = files(dir, &entry_name(profile, address))?;
        Ok(Self(Arc::new(Place::File { file, device })))
    }

    pub(crate) async fn load(&self) -> Result<Option<Secret>> {
        match &*self.0 {
            Place::Memory { token, .. } => Ok(token.lock().unwrap_or_else(PoisonError::into_inner).clone()),
            Place::File { file, .. } => file.load().await,
            Place::Keyring { keyring, file, .. } => match file.load().await? {
                // There is only a file if the keyring had failed. What the keyring may still hold is older.
                Some(token) => {
                    keyring.give_up();
                    Ok(Some(token))
                }
                None => Ok(keyring.load().await),
            },
        }
    }

    pub(crate) async fn save(&self, token: &Secret) -> Result<()> {
        match &*self.0 {
            Place::Memory { token: slot, .. } => {
                *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(token.clone());
                Ok(())
            }
            Place::File { file, .. } => file.save(token).await,
            Place::Keyring { keyring, .. } if keyring.save(token).await => Ok(()),
            Place::Keyring { file, .. } => file.save(token).await,
        }
    }

    pub(crate) async fn clear(&self) -> Result<()> {
        match &*self.0 {
            Place::Memory { token, .. } => {
                *token.lock().unwrap_or_else(PoisonError::into_inner) = None;
                Ok(())
            }
            Place::File { file, .. } => file.clear().await,
            Place::Keyring { keyring, file, .. } => {
                keyring.clear().await;
                file.clear().await
            }
        }
    }

    pub(crate) async fn load_device(&self) -> Result<Option<Secret>> {
        match &*self.0 {
            Place::Memory { device, .. } => Ok(device.lock().unwrap_or_else(PoisonError::into_inner).clone()),
            Place::File { device, .. } | Place::Keyring { device, .. } => device.load().await,
        }
    }

    pub(crate) async fn save_device(&self, identity: &Secret) -> Result<()> {
        match &*self.0 {
            Place::Memory { device, .. } => {
                *device.lock().unwrap_or_else(PoisonError::into_inner) = Some(identity.clone());
                Ok(())
            }
            Place::File { device, .. } | Place::Keyring { device, .. } => device.save(identity).await,
        }
    }
}

/// Names the entry for one server, so that a token goes only to the server that gave it. A paired server is known by
/// its certificate, because its address changes with the network.
pub(crate) fn entry_name(profile: &str, address: &ServerAddress) -> String {
    let server =
        address.fingerprint().map_or_else(|| address.to_string(), |fingerprint| fingerprint.to_string());
    let profile: String = profile.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    format!("{profile}-{}", &HEXLOWER.encode(&Sha256::digest(server))[..16])
}

/// The file of the token, if the keyring does not take it, and the file of this PC's identity, which outlives the
/// token.
fn files(dir: Option<&Path>, name: &str) -> Result<(TokenFile, TokenFile)> {
    let dir = directory(dir)?;
    let token = TokenFile::new(dir.join(format!("{name}.sesi")));
    Ok((token, TokenFile::new(dir.join(format!("{name}.perangkat")))))
}

fn directory(given: Option<&Path>) -> Result<PathBuf> {
    match given {
        Some(dir) => Ok(dir.to_owned()),
        None => ProjectDirs::from("", "", "bukutamu")
            .map(|dirs| dirs.data_local_dir().to_owned())
            .ok_or_else(|| Error::Storage("there is no home directory".to_owned())),
    }
}

#[cfg(test)]
mod tests;
