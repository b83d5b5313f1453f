//! The school's key file: read, or made if no school was ever founded.
//!
//! A key file belongs to one database for good. So neither is ever made if the other is already there. The key file
//! gets its name last, once the database is there: a start that was cut off leaves nothing to repair.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use store::{
    SchoolSecrets,
    kunci::{self, SecretsError},
};

use super::Database;

/// What a new key file is called until its database is there.
const PENDING: &str = "bukutamu.kunci.baru";

/// A key file, which may still have to be given its name.
pub(crate) struct Founding {
    pub(crate) kunci: SchoolSecrets,
    /// The present path and the final one, if the key file has no name yet.
    pending: Option<(PathBuf, PathBuf)>,
}

impl Founding {
    /// Reads the folder's key file, or makes one for a school that is new.
    ///
    /// # Errors
    /// One line: a school without its key file, or a key file without its school.
    pub(crate) async fn begin(folder: &Path, database: &Database) -> Result<Self> {
        let (kept, pending) = (folder.join(kunci::FILE_NAME), folder.join(PENDING));
        let found = match SchoolSecrets::load(&kept) {
            Err(error) if !matches!(error, SecretsError::Missing(_)) => return Err(error.into()),
            found => found,
        };
        let school = database.school().await?;
        match (found, school) {
            (Ok(kunci), Some(_)) => Ok(Self { kunci, pending: None }),
            (Ok(_), None) => bail!(
                "{} holds no school, but the key file {} of one is there: restore that school's database from your \
                 backup; or move the key file to a safe place, and a new school begins",
                database.place(),
                kept.display()
            ),
            (Err(missing), Some(fingerprint)) => match SchoolSecrets::load(&pending) {
                Ok(kunci) if kunci.fingerprint() == fingerprint => {
                    Ok(Self { kunci: kunci.named(kept.clone()), pending: Some((pending, kept)) })
                }
                _ => Err(missing.into()),
            },
            (Err(_), None) => {
                // One that is left over from a start that was cut off has never been used, and may be half written.
                let kunci = match SchoolSecrets::load(&pending) {
                    Ok(kunci) => kunci,
                    Err(_) => {
                        remove_if_there(&pending).with_context(|| pending.display().to_string())?;
                        SchoolSecrets::create(&pending)?
                    }
                };
                Ok(Self { kunci: kunci.named(kept.clone()), pending: Some((pending, kept)) })
            }
        }
    }

    /// Writes the key file that a backup brought with it. It gets its name once the restored database is there.
    ///
    /// # Errors
    /// One line: it cannot be written, or is damaged.
    pub(crate) fn brought(folder: &Path, bytes: &[u8]) -> Result<Self> {
        let (kept, pending) = (folder.join(kunci::FILE_NAME), folder.join(PENDING));
        owner_only::replace(&pending, bytes).with_context(|| pending.display().to_string())?;
        let kunci = SchoolSecrets::load(&pending)?.named(pending.clone());
        Ok(Self { kunci, pending: Some((pending, kept)) })
    }

    /// The key file of a school that is there.
    ///
    /// # Errors
    /// [`SecretsError`].
    pub(crate) fn kept(folder: &Path) -> Result<Self, SecretsError> {
        Ok(Self { kunci: SchoolSecrets::load(&folder.join(kunci::FILE_NAME))?, pending: None })
    }

    /// Removes a key file that was brought in vain.
    pub(crate) fn give_up(&self) {
        if let Some((pending, _)) = &self.pending
            && let Err(error) = remove_if_there(pending)
        {
            tracing::warn!(%error, path = %pending.display(), "a key file is left that nothing needs");
        }
    }

    /// Gives the key file its name, now that the database belongs to it.
    ///
    /// # Errors
    /// It cannot be written.
    pub(crate) fn complete(&self) -> Result<()> {
        let Some((from, to)) = &self.pending else { return Ok(()) };
        owner_only::move_into_place(from, to)
            .with_context(|| format!("key file {} cannot be written", to.display()))
    }
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data_dir::{DATABASE, open};

    async fn opened(folder: &Path) -> Result<String> {
        let data = open(folder, None).await?;
        data.store.close().await;
        Ok(data.kunci.fingerprint().to_owned())
    }

    fn names(folder: &Path) -> (bool, bool, bool) {
        (
            folder.join(kunci::FILE_NAME).exists(),
            folder.join(PENDING).exists(),
            folder.join(DATABASE).exists(),
        )
    }

    #[tokio::test]
    async fn a_school_is_founded_once() {
        let folder = tempfile::tempdir().unwrap();
        let first = opened(folder.path()).await.unwrap();
        assert_eq!(names(folder.path()), (true, false, true));
        assert_eq!(opened(folder.path()).await.unwrap(), first);
    }

    #[tokio::test]
    async fn a_start_that_was_cut_off_is_taken_up_again() {
        let folder = tempfile::tempdir().unwrap();
        // Cut off while the key file was written, and after it.
        for left in ["", "{\"versi\":1,"] {
            fs::write(folder.path().join(PENDING), left).unwrap();
        }
        fs::write(folder.path().join(DATABASE), "").unwrap();
        let first = opened(folder.path()).await.unwrap();
        // Cut off when the database was there and the key file had no name yet.
        fs::rename(folder.path().join(kunci::FILE_NAME), folder.path().join(PENDING)).unwrap();
        assert_eq!(opened(folder.path()).await.unwrap(), first);
        assert_eq!(names(folder.path()), (true, false, true));
    }

    #[tokio::test]
    async fn a_key_file_without_its_database_begins_no_other_school() {
        let folder = tempfile::tempdir().unwrap();
        opened(folder.path()).await.unwrap();
        let database = folder.path().join(DATABASE);
        fs::remove_file(&database).unwrap();
        let refused = async || format!("{:#}", opened(folder.path()).await.unwrap_err());
        let line = refused().await;
        assert!(
            line.contains("holds no school") && line.contains("backup") && !line.contains('\n'),
            "{line}"
        );
        assert!(!database.exists(), "it makes none");
        fs::write(&database, "").unwrap();
        assert_eq!(refused().await, line, "an empty file is no school either");
        assert_eq!(fs::metadata(&database).unwrap().len(), 0, "it was left as it was");
        // As the line advises.
        fs::rename(folder.path().join(kunci::FILE_NAME), folder.path().join("lama.kunci")).unwrap();
        opened(folder.path()).await.unwrap();
    }

    #[tokio::test]
    async fn a_school_without_its_key_file_is_given_no_other() {
        let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        opened(folder.path()).await.unwrap();
        opened(other.path()).await.unwrap();
        fs::remove_file(folder.path().join(kunci::FILE_NAME)).unwrap();
        let refused = async || format!("{:#}", opened(folder.path()).await.unwrap_err());
        assert!(refused().await.contains("is missing"), "{}", refused().await);
        fs::copy(other.path().join(kunci::FILE_NAME), folder.path().join(PENDING)).unwrap();
        assert!(refused().await.contains("is missing"), "another school's does not do");
    }
}
