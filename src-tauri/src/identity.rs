//! What the program is to the operating system. A program that runs in another folder is another program: it starts
//! beside the first, and its pages' memory is separate.

use std::{
    env, fs,
    hash::{DefaultHasher, Hash, Hasher},
    io,
    path::{Path, PathBuf},
};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use tauri::{AppHandle, Manager};

/// The file that starts the program. For an AppImage it is the image itself, not a file that it has unpacked.
pub(crate) fn own_file() -> io::Result<PathBuf> {
    match env::var_os("APPIMAGE") {
        Some(image) if cfg!(target_os = "linux") => Ok(image.into()),
        _ => env::current_exe(),
    }
}

/// Bytes of the folder's hash that are used.
const LENGTH: usize = 8;

/// The identity that earlier versions used, and today's.
pub(crate) struct Moved {
    from: String,
    to: String,
}

/// Makes the identity depend on the folder.
pub(crate) fn take(identifier: &mut String, folder: &Path) -> Moved {
    let from = format!("{identifier}.f{:x}", hash_of_before(folder));
    identifier.push_str(&format!(".f{}", hash(folder)));
    Moved { from, to: identifier.clone() }
}

impl Moved {
    /// Moves what pages remember to the new identity. Must run before the first page opens.
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

/// Does not depend on the compiler or its version.
fn hash(folder: &Path) -> String {
    HEXLOWER.encode(&Sha256::digest(folder.to_string_lossy().as_bytes())[..LENGTH])
}

/// The hash that the first versions used. It depends on the compiler.
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
