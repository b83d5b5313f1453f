//! A second place for backups, such as another drive or a network share. A good backup is copied there as it is.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use crate::{BackupError, file::EXTENSION};

/// How the name of a copy ends until it has been read back. One that was cut off is written over by the next.
const UNNAMED: &str = "baru";

/// Copies of one name at most: servers that share a place and take backups in the same second.
const ALIKE: u32 = 9;

/// Copies a backup into `folder`, which must be there: a drive that is not plugged in has none. The copy gets its name
/// when it is on the disk, and was read back and found to be the same. One that is there already is left alone. Gives
/// the copy.
///
/// # Errors
/// [`BackupError::Io`], [`BackupError::NotKept`]; then there is no copy of that name.
pub fn copy(backup: &Path, folder: &Path) -> Result<PathBuf, BackupError> {
    let sum = sum_of(backup).map_err(BackupError::io(backup))?;
    if !fs::metadata(folder).map_err(BackupError::io(folder))?.is_dir() {
        return Err(BackupError::io(folder)(io::ErrorKind::NotADirectory.into()));
    }
    let name = backup.file_stem().unwrap_or_default().to_string_lossy();
    for n in 1..=ALIKE {
        let suffix = if n == 1 { String::new() } else { format!("-{n}") };
        let to = folder.join(format!("{name}{suffix}.{EXTENSION}"));
        match sum_of(&to) {
            Ok(there) if there == sum => return Ok(to),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                write(backup, &to, sum)?;
                return Ok(to);
            }
            Err(error) => return Err(BackupError::io(to)(error)),
        }
    }
    Err(BackupError::io(folder)(io::ErrorKind::AlreadyExists.into()))
}

fn write(backup: &Path, to: &Path, sum: [u8; 32]) -> Result<(), BackupError> {
    let unnamed = to.with_extension(format!("{EXTENSION}.{UNNAMED}"));
    let written = || -> io::Result<bool> {
        let mut file = File::create(&unnamed)?;
        io::copy(&mut File::open(backup)?, &mut file)?;
        file.flush()?;
        file.sync_all()?;
        drop(file);
        Ok(sum_of(&unnamed)? == sum)
    };
    let named = match written() {
        Ok(true) => owner_only::move_into_place(&unnamed, to).map_err(BackupError::io(to)),
        Ok(false) => Err(BackupError::NotKept(to.to_owned())),
        Err(error) => Err(BackupError::Io { path: to.to_owned(), error }),
    };
    if named.is_err() {
        // What cannot be removed now is written over by the next copy of that name.
        let _ = fs::remove_file(&unnamed);
    }
    named
}

fn sum_of(path: &Path) -> io::Result<[u8; 32]> {
    let mut file = File::open(path)?;
    let (mut hash, mut buffer) = (Sha256::new(), vec![0; 64 * 1024]);
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(hash.finalize().into()),
            Ok(length) => hash.update(&buffer[..length]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("the folder");
        let name = |entry: io::Result<fs::DirEntry>| entry.expect("an entry").file_name();
        let mut names: Vec<_> = entries.map(|entry| name(entry).to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_copy_is_made_once_and_gets_its_name_last() {
        let (from, to) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        let backup = from.path().join("bukutamu-20261130-190000.cadangan");
        fs::write(&backup, "isi").expect("a file");
        // As one that was cut off leaves it.
        let left = to.path().join("bukutamu-20261130-190000.cadangan.baru");
        fs::write(&left, "separuh yang lebih panjang").expect("a file");
        let copied = copy(&backup, to.path()).expect("a copy");
        assert_eq!(fs::read(&copied).expect("the copy"), b"isi");
        assert_eq!(copy(&backup, to.path()).expect("the same"), copied);
        assert_eq!(names(to.path()), ["bukutamu-20261130-190000.cadangan"]);
        // Another server's backup of the same second.
        fs::write(&backup, "lain").expect("a file");
        let other = copy(&backup, to.path()).expect("a copy");
        assert!(other.ends_with("bukutamu-20261130-190000-2.cadangan"), "{}", other.display());
        assert_eq!(fs::read(&copied).expect("the first"), b"isi");
    }

    #[test]
    fn a_place_that_is_gone_is_named() {
        let from = tempfile::tempdir().expect("a folder");
        let backup = from.path().join("bukutamu-20261130-190000.cadangan");
        fs::write(&backup, "isi").expect("a file");
        let gone = from.path().join("drive");
        let error = copy(&backup, &gone).expect_err("there is no folder");
        assert!(error.to_string().contains("drive") && !gone.exists(), "{error}");
        fs::write(&gone, "").expect("a file");
        let error = copy(&backup, &gone).expect_err("it is no folder");
        assert!(error.to_string().contains("drive"), "{error}");
    }
}
