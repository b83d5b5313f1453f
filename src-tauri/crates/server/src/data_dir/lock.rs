//! Who uses a folder or a database file: one program at a time. The lock is the operating system's, so it ends with the
//! program, however that ends.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Read, Seek, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

/// The lock's file in a data folder.
const FOLDER_LOCK: &str = "bukutamu.lock";

/// Another program uses it.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct InUse(String);

/// A lock that is held until it is dropped.
#[derive(Debug)]
pub struct Lock {
    /// Closing it gives the lock up.
    _file: File,
}

impl Lock {
    /// Locks a data folder, which must be there.
    ///
    /// # Errors
    /// One line: another program uses it, or it cannot be written.
    pub(super) fn of_folder(folder: &Path) -> Result<Self> {
        take(&folder.join(FOLDER_LOCK), &format!("data folder {}", folder.display()))
    }

    /// Locks a database file, whether or not it is there yet. All names of one file, links too, give the same lock.
    ///
    /// # Errors
    /// As [`Lock::of_folder`].
    pub(super) fn of_file(path: &Path) -> Result<Self> {
        let mut name = real(path).into_os_string();
        name.push(".lock");
        take(Path::new(&name), &format!("database {}", path.display()))
    }
}

/// Where a file really is, or would be.
fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path)
        .or_else(|_| {
            let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
            let folder = fs::canonicalize(parent.unwrap_or(Path::new(".")))?;
            Ok::<_, io::Error>(folder.join(path.file_name().unwrap_or_default()))
        })
        .unwrap_or_else(|_| path.to_owned())
}

fn take(path: &Path, what: &str) -> Result<Lock> {
    let opened = match owner_only::create_new(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            OpenOptions::new().read(true).write(true).open(path)
        }
        made => made,
    };
    let mut file = opened.with_context(|| format!("{what} cannot be written"))?;
    match file.try_lock() {
        Ok(()) => tell_who(&mut file),
        Err(TryLockError::WouldBlock) => {
            let what = format!("{what} is in use by another program{}; stop that one first", who(&mut file));
            return Err(InUse(what).into());
        }
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
            tracing::warn!("{what} is on a file system without locks; let no second program use it");
        }
        Err(TryLockError::Error(error)) => {
            return Err(error).with_context(|| format!("{what} cannot be locked"));
        }
    }
    Ok(Lock { _file: file })
}

/// Leaves the process's number for the message of a second program. The lock holds without it.
fn tell_who(file: &mut File) {
    let id = std::process::id();
    let _ = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| writeln!(file, "{id}"));
}

/// The process that has the lock, if the system lets that be read.
fn who(file: &mut File) -> String {
    let mut text = String::new();
    let read = file.rewind().and_then(|()| file.take(20).read_to_string(&mut text));
    match (read, text.trim().parse::<u32>()) {
        (Ok(_), Ok(id)) => format!(" (process {id})"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_told_who_was_first() {
        let folder = tempfile::tempdir().unwrap();
        let first = Lock::of_folder(folder.path()).unwrap();
        let refused = Lock::of_folder(folder.path()).unwrap_err().to_string();
        let place = folder.path().display().to_string();
        assert!(
            refused.starts_with(&format!("data folder {place} is in use by another program")),
            "{refused}"
        );
        #[cfg(unix)]
        assert!(refused.contains(&format!("(process {})", std::process::id())), "{refused}");
        drop(first);
        Lock::of_folder(folder.path()).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_file_by_another_name_is_the_same_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("buku.db");
        let link = folder.path().join("tautan");
        std::os::unix::fs::symlink(folder.path(), &link).unwrap();
        let before_it_is_there = Lock::of_file(&path).unwrap();
        assert!(Lock::of_file(&link.join("buku.db")).is_err());
        drop(before_it_is_there);
        fs::write(&path, "").unwrap();
        std::os::unix::fs::symlink(&path, folder.path().join("lain.db")).unwrap();
        let _first = Lock::of_file(&folder.path().join("lain.db")).unwrap();
        assert!(Lock::of_file(&path).is_err());
    }
}
