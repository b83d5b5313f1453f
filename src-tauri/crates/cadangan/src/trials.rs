//! Which backups were restored and compared on this PC, and which of them could not be.
//!
//! A file that was copied here, or has changed since, was not tried, whatever its header says of it. The note lies in
//! the data folder; without it, nothing is called good until it is tried again.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{BackupError, Proof};

const FILE_NAME: &str = "cadangan-teruji.json";

/// How a backup stood the trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trial {
    /// When it was tried.
    pub pada: DateTime<Utc>,
    /// Whether all of it came back as it was.
    pub baik: bool,
    /// The file's size in bytes then.
    ukuran: u64,
    /// When the file was written.
    diubah: DateTime<Utc>,
}

/// The trials that are noted in a data folder.
#[derive(Clone, Debug, Default)]
pub struct Trials {
    path: PathBuf,
    noted: BTreeMap<PathBuf, Trial>,
}

impl Trials {
    /// Reads what is noted. A note that cannot be read is none.
    pub fn in_folder(data: &Path) -> Self {
        let path = data.join(FILE_NAME);
        let text = fs::read(&path).unwrap_or_default();
        Self { path, noted: serde_json::from_slice(&text).unwrap_or_default() }
    }

    /// How this file stood its trial; none if it was not tried as it is now.
    pub fn of(&self, backup: &Path) -> Option<Trial> {
        let trial = self.noted.get(&backup.canonicalize().ok()?)?;
        let (ukuran, diubah) = seen(backup).ok()?;
        (trial.ukuran == ukuran && trial.diubah == diubah).then_some(*trial)
    }

    /// Whether this file failed its trial.
    pub fn is_bad(&self, backup: &Path) -> bool {
        self.of(backup).is_some_and(|trial| !trial.baik)
    }

    /// Whether a trial says anything of the file. A full disk does not.
    pub fn is_verdict(tried: Result<&Proof, &BackupError>) -> bool {
        matches!(tried, Ok(_) | Err(BackupError::Damaged(_) | BackupError::Differs { .. }))
    }

    /// Notes how a trial ended. What says nothing of the file, such as a full disk, is not noted.
    ///
    /// # Errors
    /// The file system's. The file counts as not tried then.
    pub fn note(
        &mut self,
        backup: &Path,
        tried: Result<&Proof, &BackupError>,
        pada: DateTime<Utc>,
    ) -> io::Result<()> {
        if !Self::is_verdict(tried) {
            return Ok(());
        }
        let baik = tried.is_ok();
        let (ukuran, diubah) = seen(backup)?;
        self.noted.retain(|path, _| path.exists());
        self.noted.insert(backup.canonicalize()?, Trial { pada, baik, ukuran, diubah });
        owner_only::replace(&self.path, &serde_json::to_vec(&self.noted).expect("plain data becomes JSON"))
    }
}

/// What tells a file from the one that was tried.
fn seen(backup: &Path) -> io::Result<(u64, DateTime<Utc>)> {
    let file = fs::metadata(backup)?;
    Ok((file.len(), file.modified()?.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trial_counts_for_the_file_as_it_was() {
        let place = tempfile::tempdir().expect("a folder");
        let backup = place.path().join("a.cadangan");
        fs::write(&backup, "isi").expect("a file");
        let now = "2026-11-30T19:00:00Z".parse().expect("a time");
        let damaged = BackupError::Damaged(backup.clone());
        let mut trials = Trials::in_folder(place.path());
        trials.note(&backup, Err(&BackupError::CutOff), now).expect("nothing to note");
        assert_eq!(Trials::in_folder(place.path()).of(&backup), None);
        trials.note(&backup, Err(&damaged), now).expect("it is noted");
        assert_eq!(Trials::in_folder(place.path()).of(&backup).map(|trial| trial.baik), Some(false));
        fs::copy(&backup, place.path().join("b.cadangan")).expect("a copy");
        assert_eq!(Trials::in_folder(place.path()).of(&place.path().join("b.cadangan")), None);
        fs::write(&backup, "isi lain").expect("a file");
        assert_eq!(Trials::in_folder(place.path()).of(&backup), None);
        fs::write(place.path().join(FILE_NAME), "{").expect("a torn note");
        assert_eq!(Trials::in_folder(place.path()).of(&backup), None);
    }
}
