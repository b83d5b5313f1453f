//! Files and folders that nobody but their owner reads: key file, certificate's key, database, sessions, settings
//! with a PIN.
//!
//! Every place that writes a secret writes it by this crate. On Unix the owner is kept to by the mode. On Windows an
//! access list names the owner, the system and the administrators, as Windows itself does in a user's profile; it
//! takes over nothing from the folder above, which every local user may read on most drives.

use std::{
    fs::File,
    io::{self, Write},
    path::Path,
};

#[cfg(not(any(unix, windows)))]
compile_error!("say here how a file is kept to its owner");
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
use unix as system;
#[cfg(windows)]
use windows as system;

/// Makes a folder with all that are missing above it. What will be made in the folder is its owner's only, too.
///
/// One that is there already stays as it is; [`restrict`] changes it.
///
/// # Errors
/// What the operating system says.
pub fn create_folder(path: &Path) -> io::Result<()> {
    system::create_folder(path)
}

/// Opens a file for reading and writing that did not exist.
///
/// # Errors
/// What the operating system says; `AlreadyExists` where there is one.
pub fn create_new(path: &Path) -> io::Result<File> {
    system::create_new(path)
}

/// Writes a file that did not exist, and waits until it is on the disk.
///
/// # Errors
/// What the operating system says; `AlreadyExists` where there is one.
pub fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Writes a file, or replaces it as a whole: after a crash the old one or the new one is there. Waits until it is on
/// the disk.
///
/// # Errors
/// What the operating system says; the old file stands then.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // Of the name alone the folder is the current one.
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".baru").make_in(folder, create_new)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    // The rename itself is on the disk once the folder is. Windows has no such thing.
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    Ok(())
}

/// Whether nobody else may read it, the system and its administrators apart.
///
/// # Errors
/// What the operating system says.
pub fn is_restricted(path: &Path) -> io::Result<bool> {
    system::is_restricted(path)
}

/// Takes away what others may do to a file or folder. True where there was something to take away.
///
/// # Errors
/// What the operating system says: it belongs to somebody else.
pub fn restrict(path: &Path) -> io::Result<bool> {
    if is_restricted(path)? {
        return Ok(false);
    }
    system::restrict(path).map(|()| true)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_is_made_is_its_owners_only_from_the_beginning() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("atas/Data Sekolah é");
        create_folder(&folder).unwrap();
        assert!(is_restricted(&folder).unwrap(), "the folder");
        let path = folder.join("kunci");
        let file = create_new(&path).unwrap();
        assert!(is_restricted(&path).unwrap(), "an empty file, before anything is in it");
        drop(file);
        assert_eq!(write_new(&path, b"b").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        write_new(&folder.join("lain"), b"rahasia").unwrap();
        assert!(is_restricted(&folder.join("lain")).unwrap());
        create_folder(&folder).expect("it is there already");
    }

    #[test]
    fn a_file_is_replaced_as_a_whole_whoever_could_read_the_old_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sesi");
        open_to_everybody(&path);
        for text in [b"satu", b"dua!"] {
            replace(&path, text).unwrap();
            assert_eq!(fs::read(&path).unwrap(), text);
            assert!(is_restricted(&path).unwrap());
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left over");
    }

    #[test]
    fn rights_of_others_are_taken_away_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bukutamu.toml");
        open_to_everybody(&path);
        assert!(!is_restricted(&path).unwrap());
        assert!(restrict(&path).unwrap(), "there was something to take away");
        assert!(!restrict(&path).unwrap(), "and then no more");
        assert_eq!(fs::read(&path).unwrap(), b"password", "its owner reads it");
        fs::write(&path, b"other").expect("and writes it");
    }

    /// A file as another program leaves it behind, readable by every user of the computer.
    fn open_to_everybody(path: &Path) {
        fs::write(path, b"password").unwrap();
        #[cfg(unix)]
        fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
        #[cfg(windows)]
        windows::give(path, "D:P(A;;FA;;;BA)(A;;FR;;;WD)").unwrap();
    }
}
