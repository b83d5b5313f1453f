//! What the program is to the operating system: one that runs in another folder is another program, which starts beside
//! the first and keeps what its pages remember apart.

use std::{
    env, fs,
    hash::{DefaultHasher, Hash, Hasher},
    io,
    path::{Path, PathBuf},
};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use tauri::{AppHandle, Manager};

/// The file that starts it: an AppImage's own, and not what it has unpacked.
pub(crate) fn own_file() -> io::Result<PathBuf> {
    match env::var_os("APPIMAGE") {
        Some(image) if cfg!(target_os = "linux") => Ok(image.into()),
        _ => env::current_exe(),
    }
}

/// Of the folder's hash, so many bytes.
const LENGTH: usize = 8;

/// The identity of before, and the one of now.
pub(crate) struct Moved {
    from: String,
    to: String,
}

/// Makes the identity that of a folder.
pub(crate) fn take(identifier: &mut String, folder: &Path) -> Moved {
    let from = format!("{identifier}.f{:x}", hash_of_before(folder));
    identifier.push_str(&format!(".f{}", hash(folder)));
    Moved { from, to: identifier.clone() }
}

impl Moved {
    /// What pages remember goes along, before the first of them opens.
    pub(crate) fn carry_over(&self, app: &AppHandle) {
        match app.path().local_data_dir() {
            Ok(base) => carry(&base.join(&self.from), &base.join(&self.to)),
            Err(error) => tracing::warn!(%error, "what pages remembered is looked for nowhere"),
        }
    }
}

fn carry(from: &Path, to: &Path) {
    if from.is_dir()
        && !to.exists()
        && let Err(error) = fs::rename(from, to)
    {
        tracing::warn!(%error, "what pages remembered stays behind");
    }
}

/// The same for ever, whatever the program is compiled by.
fn hash(folder: &Path) -> String {
    HEXLOWER.encode(&Sha256::digest(folder.to_string_lossy().as_bytes())[..LENGTH])
}

/// As the first versions named it: another compiler may hash otherwise.
fn hash_of_before(folder: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    folder.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_has_the_same_identity_for_ever() {
        let mut identifier = "id.sch.bukutamu".to_owned();
        take(&mut identifier, Path::new("/srv/buku tamu"));
        assert_eq!(identifier, "id.sch.bukutamu.ffc1b1fd3b236db7a");
    }

    #[test]
    fn what_was_kept_under_the_old_name_goes_along_once() {
        let base = tempfile::tempdir().unwrap();
        let (from, to) = (base.path().join("lama"), base.path().join("baru"));
        carry(&from, &to);
        assert!(!to.exists());
        fs::create_dir(&from).unwrap();
        fs::write(from.join("ingatan"), "en").unwrap();
        carry(&from, &to);
        assert_eq!(fs::read_to_string(to.join("ingatan")).unwrap(), "en");
        fs::create_dir(&from).unwrap();
        carry(&from, &to);
        assert_eq!(fs::read_to_string(to.join("ingatan")).unwrap(), "en", "what is there stays");
    }
}
