//! Files and folders that only their owner reads: key file, certificate's key, database, sessions, settings with a PIN.
//!
//! Every place that writes a secret writes it by this crate. On Unix the mode keeps others out. On Windows an access
//! list names the owner, the system and the administrators, as Windows itself does in a user's profile. The list
//! inherits nothing from the folder above, which every local user may read on most drives.

use std::{
    fs::{self, File},
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

/// Makes a folder and all that are missing above it. Whatever is made in it later is its owner's only, too.
///
/// A folder that exists stays as it is; [`restrict`] changes it.
///
/// # Errors
/// What the operating system says.
pub fn create_folder(path: &Path) -> io::Result<()> {
    system::create_folder(path)
}

/// Makes a file and opens it for reading and writing.
///
/// # Errors
/// What the operating system says; `AlreadyExists` if there is one.
pub fn create_new(path: &Path) -> io::Result<File> {
    system::create_new(path)
}

/// Makes a file, writes it and waits until it is on the disk.
///
/// # Errors
/// What the operating system says; `AlreadyExists` if there is one.
pub fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Writes a file or replaces it as a whole, and waits until it is on the disk. After a crash either the old file or the
/// new one is there.
///
/// # Errors
/// What the operating system says. The old file is still there then.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = folder_of(path);
    let mut file = tempfile::Builder::new().prefix(".baru").make_in(folder, create_new)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    flush(folder)
}

/// Gives a file its final name, which no file may have. After a crash the file has the one name or the other.
///
/// # Errors
/// What the operating system says; `AlreadyExists` if there is one of that name.
pub fn move_into_place(from: &Path, to: &Path) -> io::Result<()> {
    if to.exists() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    fs::rename(from, to)?;
    flush(folder_of(to))
}

/// The folder that a file stands in; of a bare name, the current one.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Waits until a folder's names are on the disk. Windows has no such call.
///
/// # Errors
/// What the operating system says.
pub fn flush(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Whether nobody but its owner, the system and the administrators may read a file or folder.
///
/// # Errors
/// What the operating system says.
pub fn is_restricted(path: &Path) -> io::Result<bool> {
    system::is_restricted(path)
}

/// Takes away others' rights to a file or folder. True if they had any.
///
/// # Errors
/// What the operating system says, such as that it belongs to somebody else.
pub fn restrict(path: &Path) -> io::Result<bool> {
    if is_restricted(path)? {
        return Ok(false);
    }
    system::restrict(path).map(|()| true)
}

#[cfg(test)]
mod tests {
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
    fn a_name_is_given_once() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("baru"), folder.path().join("kunci"));
        write_new(&from, b"satu").unwrap();
        move_into_place(&from, &to).unwrap();
        write_new(&from, b"dua").unwrap();
        let error = move_into_place(&from, &to).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&to).unwrap(), b"satu", "the file that was there is untouched");
    }

    #[test]
    fn rights_of_others_are_taken_away_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bukutamu.toml");
        open_to_everybody(&path);
        assert!(!is_restricted(&path).unwrap());
        assert!(restrict(&path).unwrap(), "there was something to take away");
        assert!(!restrict(&path).unwrap(), "and then nothing more");
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
