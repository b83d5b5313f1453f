//! A folder for databases that live only as long as a backup is taken, proven or restored.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};
use tempfile::TempDir;

use crate::BackupError;

/// How the name of such a folder begins. One that a power loss left behind is recognised by it.
const PREFIX: &str = ".cadangan-sementara-";

/// Its owner's only. It is removed with all that is in it, also if the work fails.
pub(crate) struct Scratch(TempDir);

impl Scratch {
    /// In `folder`, which is made if it is not there.
    pub(crate) fn create(folder: &Path) -> Result<Self, BackupError> {
        let create = || -> io::Result<TempDir> {
            owner_only::create_folder(folder)?;
            let scratch = tempfile::Builder::new().prefix(PREFIX).tempdir_in(folder)?;
            owner_only::restrict(scratch.path())?;
            Ok(scratch)
        };
        create().map(Self).map_err(BackupError::io(folder))
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

/// Removes what a power loss left behind before that moment.
pub(crate) fn clear(folder: &Path, before: DateTime<Utc>) -> Result<(), BackupError> {
    let clear = || -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let is_scratch = entry.file_name().to_string_lossy().starts_with(PREFIX);
            if is_scratch && DateTime::<Utc>::from(entry.metadata()?.modified()?) < before {
                fs::remove_dir_all(entry.path())?;
            }
        }
        Ok(())
    };
    clear().map_err(BackupError::io(folder))
}
