//! The school's own backups: one each night, and one whenever an admin asks. They are files of the crate `cadangan`,
//! and the folder is the only list of them.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use cadangan::{BackupError, keep};
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use domain::jadwal;
use serde::Serialize;
use utoipa::ToSchema;

/// When the night's backup is due, in the school's time.
const DAILY_AT: NaiveTime = NaiveTime::from_hms_opt(2, 0, 0).expect("a fixed time exists");

/// A night without a good backup, and some hours to spare.
const OVERDUE_AFTER: TimeDelta = TimeDelta::hours(30);

/// What is written into the folder to try it. No backup has such a name.
const TRIAL: &str = ".percobaan";

/// The folder for backups in a data folder.
pub(crate) fn folder(data: &Path) -> PathBuf {
    data.join("cadangan")
}

/// Takes backups, one at a time.
pub(crate) struct Backups {
    data: PathBuf,
    folder: PathBuf,
    known: Arc<Mutex<Known>>,
}

/// What is known without a look into the folder.
#[derive(Default)]
struct Known {
    is_running: bool,
    newest: Option<DateTime<Utc>>,
    failed: Option<FailedBackup>,
}

/// The right to take a backup, until it is dropped.
pub(crate) struct Turn(Arc<Mutex<Known>>);

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_running = false;
    }
}

/// Why the last backup came to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct FailedBackup {
    /// When.
    pub(crate) pada: DateTime<Utc>,
    /// What has to be seen to.
    pub(crate) alasan: BackupTrouble,
}

/// What has to be seen to before a backup succeeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum BackupTrouble {
    /// The folder cannot be written, or is full.
    Tempat,
    /// The database is damaged.
    Rusak,
    /// The database does not answer, or was changed meanwhile.
    BasisData,
    /// What was written could not be restored.
    TidakTerbukti,
}

impl From<&BackupError> for BackupTrouble {
    fn from(error: &BackupError) -> Self {
        match error {
            BackupError::Io { .. } | BackupError::Random => Self::Tempat,
            BackupError::DamagedSource { .. } => Self::Rusak,
            BackupError::Open(_) | BackupError::Store(_) | BackupError::Copy(_) | BackupError::CutOff => {
                Self::BasisData
            }
            BackupError::Foreign(_)
            | BackupError::Newer(_)
            | BackupError::OtherKey { .. }
            | BackupError::Damaged(_)
            | BackupError::Prepared(_)
            | BackupError::Differs { .. } => Self::TidakTerbukti,
        }
    }
}

/// What there is.
pub(crate) struct BackupList {
    /// Newest first.
    pub(crate) listed: Vec<keep::Listed>,
    /// Files in the folder that cannot be read as backups.
    pub(crate) unreadable: usize,
}

impl Backups {
    pub(crate) fn new(data: &Path) -> Self {
        Self { data: data.to_owned(), folder: folder(data), known: Arc::default() }
    }

    /// The school's own folder, where they are copied and compared.
    pub(crate) fn data(&self) -> &Path {
        &self.data
    }

    /// Where they are.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The turn to take one; none while one is being taken.
    pub(crate) fn turn(&self) -> Option<Turn> {
        let mut known = self.known();
        (!std::mem::replace(&mut known.is_running, true)).then(|| Turn(Arc::clone(&self.known)))
    }

    /// Whether one is being taken.
    pub(crate) fn is_running(&self) -> bool {
        self.known().is_running
    }

    /// When the newest good one was taken, as it was seen last: the jobs look into the folder.
    pub(crate) fn newest(&self) -> Option<DateTime<Utc>> {
        self.known().newest
    }

    /// Why the last one came to nothing, if it did.
    pub(crate) fn failed(&self) -> Option<FailedBackup> {
        self.known().failed
    }

    /// Keeps how the last one went.
    pub(crate) fn note(&self, taken: Result<DateTime<Utc>, FailedBackup>) {
        let mut known = self.known();
        known.newest = taken.ok().or(known.newest);
        known.failed = taken.err();
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the folder can be written and read: a small file is written there, read back and removed.
    ///
    /// # Errors
    /// The file system's.
    pub(crate) async fn try_folder(&self) -> std::io::Result<()> {
        let folder = self.folder.clone();
        let tried = tokio::task::spawn_blocking(move || {
            std::fs::create_dir_all(&folder)?;
            let path = folder.join(TRIAL);
            std::fs::write(&path, TRIAL)?;
            let read = std::fs::read(&path);
            std::fs::remove_file(&path)?;
            if read? == TRIAL.as_bytes() { Ok(()) } else { Err(std::io::ErrorKind::InvalidData.into()) }
        });
        tried.await.map_err(std::io::Error::other)?
    }

    /// This school's backups.
    pub(crate) async fn list(&self, kunci: &str) -> Result<BackupList, BackupError> {
        let (folder, kunci) = (self.folder.clone(), kunci.to_owned());
        let listed = tokio::task::spawn_blocking(move || keep::list(&folder)).await;
        let (mut listed, unreadable) = listed.map_err(|_| BackupError::CutOff)??;
        listed.retain(|backup| backup.header.kunci == kunci);
        self.known().newest = listed.first().map(|backup| backup.header.dibuat_pada);
        Ok(BackupList { listed, unreadable: unreadable.len() })
    }
}

/// Whether the newest good backup is too old.
pub(crate) fn is_overdue(newest: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    newest.is_none_or(|newest| newest + OVERDUE_AFTER < now)
}

/// Whether the night's hour has passed since then.
pub(crate) fn is_due(since: DateTime<Utc>, now: DateTime<Utc>, zone: Tz) -> bool {
    let today = jadwal::local_date(now, zone);
    // A day on which clocks are set forward may not have the hour; the day before has it.
    let hours = [today, today - TimeDelta::days(1)].map(|day| jadwal::instant(day, DAILY_AT, zone).ok());
    let passed = hours.into_iter().flatten().find(|hour| *hour <= now);
    passed.is_some_and(|passed| since < passed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().expect("a time")
    }

    #[test]
    fn one_is_due_each_night_at_the_schools_hour() {
        let zone = chrono_tz::Asia::Jakarta;
        let due = |newest: &str, now: &str| is_due(utc(newest), utc(now), zone);
        assert!(!due("2026-11-29T19:00:00Z", "2026-11-30T18:59:00Z"), "until the next night");
        assert!(due("2026-11-29T19:00:00Z", "2026-11-30T19:00:00Z"), "at 02.00");
        assert!(
            due("2026-11-28T19:00:00Z", "2026-11-30T01:00:00Z"),
            "in the morning, if the PC was off at night"
        );
        assert!(!due("2026-11-30T01:00:00Z", "2026-11-30T12:00:00Z"), "once only");
    }

    #[test]
    fn a_night_without_one_is_overdue() {
        let now = utc("2026-11-30T05:00:00Z");
        assert!(is_overdue(None, now));
        assert!(!is_overdue(Some(utc("2026-11-29T19:00:00Z")), now));
        assert!(is_overdue(Some(utc("2026-11-28T19:00:00Z")), now));
    }
}
