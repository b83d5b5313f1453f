//! A folder for databases that live only as long as a backup is taken, proven or restored. They are not encrypted, so
//! it stands beside the school's own database and nowhere else.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use tempfile::TempDir;

use crate::BackupError;

/// How the name of such a folder begins. One that was left behind is recognised by it.
const PREFIX: &str = ".cadangan-sementara-";

/// What is locked as long as somebody works in the folder. The lock is the operating system's, so it ends with the
/// program, however that ends.
const LOCK: &str = ".dipakai";

/// Its owner's only. It is removed with all that is in it, also if the work fails.
pub(crate) struct Scratch {
    /// First, because an open file keeps its folder on Windows. Nothing if the file system knows no locks.
    _lock: Option<File>,
    folder: TempDir,
}

impl Scratch {
    /// In `folder`, which is made if it is not there. What was left behind there goes.
    pub(crate) fn create(folder: &Path) -> Result<Self, BackupError> {
        let create = || -> io::Result<Self> {
            owner_only::create_folder(folder)?;
            clear(folder);
            match Self::begin(folder) {
                // Another program took it for one that was left behind.
                Err(error) if error.kind() == io::ErrorKind::NotFound => Self::begin(folder),
                begun => begun,
            }
        };
        create().map_err(BackupError::io(folder))
    }

    fn begin(folder: &Path) -> io::Result<Self> {
        let scratch = tempfile::Builder::new().prefix(PREFIX).tempdir_in(folder)?;
        owner_only::restrict(scratch.path())?;
        let lock = owner_only::create_new(&scratch.path().join(LOCK))?;
        let lock = lock.try_lock().is_ok().then_some(lock);
        Ok(Self { _lock: lock, folder: scratch })
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// Removes what a run that was cut off left behind: no program holds its lock. What cannot be removed now is tried
/// again by the next run.
fn clear(folder: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX)) {
        // Cut off before it could lock anything, or as it ended. One that is about to lock it begins another.
        let is_empty = fs::remove_dir(entry.path()).is_ok();
        if !is_empty && is_left(&entry.path()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn is_left(scratch: &Path) -> bool {
    match File::options().read(true).write(true).open(scratch.join(LOCK)) {
        // A version before locks left it.
        Err(error) => error.kind() == io::ErrorKind::NotFound,
        Ok(lock) => lock.try_lock().is_ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_left_behind_goes_and_what_is_used_stays() {
        let place = tempfile::tempdir().expect("a folder");
        let used = Scratch::create(place.path()).expect("a scratch folder");
        fs::write(used.file("salinan.db"), "x").expect("a file");
        let left = Scratch::create(place.path()).expect("a scratch folder");
        let path = left.file("salinan.db");
        fs::write(&path, "x").expect("a file");
        // As if its program had been killed.
        let Scratch { _lock: lock, folder } = left;
        drop(lock);
        let folder = folder.keep();
        // As a version before locks left it.
        let old = place.path().join(format!("{PREFIX}lama"));
        fs::create_dir(&old).expect("a folder");
        fs::write(old.join("salinan.db"), "x").expect("a file");
        // As if it had been killed as it ended.
        let empty = place.path().join(format!("{PREFIX}kosong"));
        fs::create_dir(&empty).expect("a folder");
        let next = Scratch::create(place.path()).expect("a scratch folder");
        assert!(used.file("salinan.db").exists() && next.file("x").parent().is_some_and(Path::exists));
        assert!(!folder.exists() && !old.exists() && !empty.exists());
    }
}
