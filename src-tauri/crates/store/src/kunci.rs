//! The key file: every secret of a school in one file. It stands beside the database, never in it, and only its owner
//! may read it.
//!
//! A backup of the database without this file reveals no number and signs no code.

use std::{
    collections::BTreeMap,
    fmt, fs, io,
    path::{Path, PathBuf},
};

use data_encoding::{BASE64, HEXLOWER};
use domain::{hmac_sha256, token::TokenKeys};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use zeroize::{Zeroize, Zeroizing};

use crate::cipher::{SecretCipher, TelpCipher};

/// The key file's name in the data folder.
pub const FILE_NAME: &str = "bukutamu.kunci";

/// A school's secrets, ready for use.
#[derive(Clone)]
pub struct SchoolSecrets {
    /// Encrypts guests' numbers.
    pub telp: TelpCipher,
    /// Encrypts passwords on their way and tokens of channels.
    pub rahasia: SecretCipher,
    /// Signs QR tokens.
    pub qr: TokenKeys,
    /// Signs access tokens.
    pub sesi: [u8; 32],
    /// Seals the audit. It follows from the key of the index of numbers, which a school never changes.
    pub audit: [u8; 32],
    /// Locks backups.
    pub cadangan: [u8; 32],
    /// What the code on the recovery sheet is made of.
    pub pemulihan: [u8; 32],
    fingerprint: String,
    path: PathBuf,
}

impl fmt::Debug for SchoolSecrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kunci").field("path", &self.path).finish_non_exhaustive()
    }
}

/// Why the key file cannot be used. One line for the person who starts the program.
#[derive(Debug, Error)]
pub enum SecretsError {
    /// There is none.
    #[error(
        "key file {0} is missing, and without it neither the school's database nor a backup opens: put it back, or \
         restore a backup into an empty folder with the code on the recovery sheet"
    )]
    Missing(PathBuf),
    /// It cannot be read or written.
    #[error("key file {path} cannot be used: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// The operating system's message.
        source: io::Error,
    },
    /// It is not what this program wrote.
    #[error(
        "key file {0} is damaged: put a copy of it back, or restore a backup into an empty folder with the code on the \
         recovery sheet"
    )]
    Damaged(PathBuf),
    /// The operating system gives no random numbers.
    #[error("the operating system gives no random numbers")]
    Random,
}

/// The file's content. Keys are Base64 of 32 bytes.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    versi: u32,
    telp: String,
    telp_indeks: String,
    sesi: String,
    qr: BTreeMap<u8, String>,
    qr_aktif: u8,
    /// A check value for each key, by its name: a damaged key is noticed before anything is written with it. A key
    /// without one, such as one added by hand, is accepted as it is.
    #[serde(default)]
    periksa: BTreeMap<String, String>,
}

impl Content {
    /// The keys by their names.
    fn keys(&self) -> Option<BTreeMap<String, [u8; 32]>> {
        let fixed = [("telp", &self.telp), ("telp_indeks", &self.telp_indeks), ("sesi", &self.sesi)];
        let fixed = fixed.into_iter().map(|(name, text)| (name.to_owned(), text));
        let qr = self.qr.iter().map(|(id, text)| (format!("qr.{id}"), text));
        fixed.chain(qr).map(|(name, text)| Some((name, key(text)?))).collect()
    }

    /// The check values of the keys.
    fn checks(&self) -> Option<BTreeMap<String, String>> {
        let check = |key: &[u8; 32]| HEXLOWER.encode(&hmac_sha256(key, &[b"bukutamu periksa kunci"])[..8]);
        Some(self.keys()?.iter().map(|(name, key)| (name.clone(), check(key))).collect())
    }

    /// Whether every key that has a check value still matches it.
    fn is_sound(&self) -> bool {
        let checks = self.checks().unwrap_or_default();
        self.periksa.iter().all(|(name, check)| checks.get(name) == Some(check))
    }
}

impl Drop for Content {
    fn drop(&mut self) {
        self.telp.zeroize();
        self.telp_indeks.zeroize();
        self.sesi.zeroize();
        self.qr.values_mut().for_each(Zeroize::zeroize);
    }
}

impl SchoolSecrets {
    /// Reads the key file. If others may read it, takes that right away.
    ///
    /// # Errors
    /// [`SecretsError`].
    pub fn load(path: &Path) -> Result<Self, SecretsError> {
        let io_error = |source| SecretsError::Io { path: path.to_owned(), source };
        let text = match fs::read_to_string(path) {
            Ok(text) => Zeroizing::new(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(SecretsError::Missing(path.to_owned()));
            }
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                return Err(SecretsError::Damaged(path.to_owned()));
            }
            Err(error) => return Err(io_error(error)),
        };
        restrict_to_owner(path).map_err(io_error)?;
        Self::parse(path, &text).ok_or_else(|| SecretsError::Damaged(path.to_owned()))
    }

    /// Makes a new key file with random keys. Never overwrites one.
    ///
    /// # Errors
    /// [`SecretsError`].
    pub fn create(path: &Path) -> Result<Self, SecretsError> {
        let io_error = |source| SecretsError::Io { path: path.to_owned(), source };
        let mut content = Content {
            versi: 1,
            telp: random_key()?,
            telp_indeks: random_key()?,
            sesi: random_key()?,
            qr: BTreeMap::from([(1, random_key()?)]),
            qr_aktif: 1,
            periksa: BTreeMap::new(),
        };
        content.periksa = content.checks().unwrap_or_default();
        let text = Zeroizing::new(serde_json::to_string_pretty(&content).expect("plain data becomes JSON"));
        owner_only::write_new(path, text.as_bytes()).map_err(io_error)?;
        Self::parse(path, &text).ok_or_else(|| SecretsError::Damaged(path.to_owned()))
    }

    /// Identifies this set of keys without revealing any, so that a database can tell whether it is the right one.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// The same, with the name that its file is about to get.
    #[must_use]
    pub fn named(self, path: PathBuf) -> Self {
        Self { path, ..self }
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn parse(path: &Path, text: &str) -> Option<Self> {
        let content: Content = serde_json::from_str(text).ok()?;
        if content.versi != 1 || !content.is_sound() {
            return None;
        }
        let telp = key(&content.telp)?;
        let qr = content.qr.iter().map(|(id, text)| Some((*id, key(text)?))).collect::<Option<_>>()?;
        let telp_indeks = key(&content.telp_indeks)?;
        Some(Self {
            audit: hmac_sha256(&telp_indeks, &[b"bukutamu audit"]),
            rahasia: SecretCipher::new(&telp),
            telp: TelpCipher::new(telp, telp_indeks),
            qr: TokenKeys::new(content.qr_aktif, qr)?,
            sesi: key(&content.sesi)?,
            cadangan: hmac_sha256(&telp, &[b"bukutamu cadangan"]),
            pemulihan: hmac_sha256(&telp, &[b"bukutamu lembar pemulihan"]),
            fingerprint: HEXLOWER.encode(&hmac_sha256(&telp, &[b"bukutamu sidik kunci"])[..16]),
            path: path.to_owned(),
        })
    }
}

fn key(text: &str) -> Option<[u8; 32]> {
    BASE64.decode(text.as_bytes()).ok()?.try_into().ok()
}

fn random_key() -> Result<String, SecretsError> {
    let mut key = Zeroizing::new([0; 32]);
    getrandom::fill(key.as_mut_slice()).map_err(|_| SecretsError::Random)?;
    Ok(BASE64.encode(key.as_slice()))
}

fn restrict_to_owner(path: &Path) -> io::Result<()> {
    if owner_only::restrict(path)? {
        tracing::warn!(path = %path.display(), "key file was readable by others; it is its owner's only now");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_created_is_loaded() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE_NAME);
        let created = SchoolSecrets::create(&path).unwrap();
        let loaded = SchoolSecrets::load(&path).unwrap();
        assert_eq!(created.fingerprint(), loaded.fingerprint());
        assert_eq!(created.sesi, loaded.sesi);
        assert!(
            matches!(SchoolSecrets::create(&path), Err(SecretsError::Io { .. })),
            "an existing file is never written over"
        );
    }

    #[test]
    fn a_damaged_key_is_told_and_one_that_was_added_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE_NAME);
        SchoolSecrets::create(&path).unwrap();
        let whole: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        let other = random_key().unwrap();
        for place in ["/telp", "/telp_indeks", "/sesi", "/qr/1"] {
            let mut damaged = whole.clone();
            *damaged.pointer_mut(place).unwrap() = other.clone().into();
            fs::write(&path, damaged.to_string()).unwrap();
            assert!(matches!(SchoolSecrets::load(&path), Err(SecretsError::Damaged(_))), "{place}");
        }
        let mut added = whole.clone();
        added["qr"]["2"] = other.into();
        added["qr_aktif"] = 2.into();
        fs::write(&path, added.to_string()).unwrap();
        assert!(SchoolSecrets::load(&path).is_ok(), "a key that was added");
        let mut old = whole;
        old.as_object_mut().unwrap().remove("periksa");
        fs::write(&path, old.to_string()).unwrap();
        assert!(SchoolSecrets::load(&path).is_ok(), "a file from before there were checks");
    }

    #[test]
    fn a_missing_or_damaged_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE_NAME);
        assert!(matches!(SchoolSecrets::load(&path), Err(SecretsError::Missing(_))));
        for text in ["", "{}", "\u{fffd}", r#"{"versi":2}"#] {
            fs::write(&path, text).unwrap();
            assert!(matches!(SchoolSecrets::load(&path), Err(SecretsError::Damaged(_))), "{text}");
        }
        fs::write(&path, [0xff, 0xfe]).unwrap();
        assert!(matches!(SchoolSecrets::load(&path), Err(SecretsError::Damaged(_))));
    }

    #[test]
    fn only_its_owner_can_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE_NAME);
        SchoolSecrets::create(&path).unwrap();
        assert!(owner_only::is_restricted(&path).unwrap());
        // As a copy by another program leaves it behind.
        let text = fs::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        fs::write(&path, text).unwrap();
        SchoolSecrets::load(&path).unwrap();
        assert!(owner_only::is_restricted(&path).unwrap());
    }
}
