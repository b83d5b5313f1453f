//! The second place of backups: another drive or a network share, which may be away, full, or silent for ever.

use std::{
    collections::HashSet,
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use cadangan::{BackupError, Erasures, Trials, keep, second};
use chrono::{DateTime, NaiveDate, Utc};
use store::SchoolSecrets;
use tokio::{task::spawn_blocking, time::timeout};

use super::{FailedBackup, retry::Retry};

/// How long a copy may take. A share that is gone lets its callers wait for ever.
const WITHIN: Duration = Duration::from_secs(15 * 60);

/// What is known of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct KnownSecond {
    /// Where it was.
    folder: PathBuf,
    /// A copy is being made.
    pub(crate) is_running: bool,
    /// When the newest backup there was taken.
    pub(crate) newest: Option<DateTime<Utc>>,
    /// Why the last copy came to nothing, if it did.
    pub(crate) failed: Option<FailedBackup>,
    retry: Retry,
}

#[derive(Default)]
struct Inner {
    known: KnownSecond,
    /// Where copies are made now. One that hangs keeps nobody from another folder.
    running: HashSet<PathBuf>,
}

/// The second place. Copies are made one at a time in each folder.
#[derive(Clone, Default)]
pub(crate) struct Second(Arc<Mutex<Inner>>);

/// The right to copy to a folder, until it is dropped.
pub(crate) struct SecondTurn {
    second: Second,
    folder: PathBuf,
}

impl Drop for SecondTurn {
    fn drop(&mut self) {
        self.second.lock().running.remove(&self.folder);
    }
}

impl SecondTurn {
    /// Where to.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Second {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is known of the folder that is set; what was known of another counts no more.
    pub(crate) fn of(&self, folder: &Path) -> KnownSecond {
        let mut inner = self.lock();
        if inner.known.folder != folder {
            inner.known = KnownSecond { folder: folder.to_owned(), ..KnownSecond::default() };
        }
        KnownSecond { is_running: inner.running.contains(folder), ..inner.known.clone() }
    }

    /// The turn to copy the backup of that time there. None while a copy is made, if it is there already, or if it is
    /// too early for another try.
    pub(crate) fn turn(
        &self,
        folder: &Path,
        backup: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Option<SecondTurn> {
        let seen = self.of(folder);
        let is_there = seen.newest.is_some_and(|newest| newest >= backup);
        if is_there || seen.retry.is_waiting(now) || !self.lock().running.insert(folder.to_owned()) {
            return None;
        }
        Some(SecondTurn { second: self.clone(), folder: folder.to_owned() })
    }

    /// Keeps how a copy to a folder went.
    pub(crate) fn note(
        &self,
        folder: &Path,
        copied: Result<DateTime<Utc>, FailedBackup>,
        now: DateTime<Utc>,
    ) {
        let known = &mut self.lock().known;
        if known.folder != folder {
            return;
        }
        match copied {
            Ok(newest) => {
                known.newest = Some(newest);
                known.failed = None;
                known.retry = Retry::default();
            }
            Err(failed) => {
                known.failed = Some(failed);
                known.retry.failed(now);
            }
        }
    }
}

impl KnownSecond {
    /// Whether it has failed so often that somebody must look.
    pub(super) fn is_stuck(&self) -> bool {
        self.retry.is_stuck()
    }
}

/// Copies a backup to the second place with the notes of who was erased, and removes those there that were kept long
/// enough. Gives the turn back; if the place does not answer in time, the turn is kept until it does.
pub(crate) async fn copy(
    turn: SecondTurn,
    backup: PathBuf,
    kunci: Arc<SchoolSecrets>,
    trials: Trials,
    today: NaiveDate,
) -> (Result<(), BackupError>, Option<SecondTurn>) {
    let place = turn.folder.clone();
    let copying = spawn_blocking(move || {
        let copied =
            second::copy(&backup, &turn.folder).and_then(|_| note_erased(&backup, &turn.folder, &kunci));
        if copied.is_ok() {
            prune(&turn.folder, kunci.fingerprint(), &trials, today);
        }
        (copied, turn)
    });
    match timeout(WITHIN, copying).await {
        Ok(Ok((copied, turn))) => (copied, Some(turn)),
        Ok(Err(_)) => (Err(BackupError::CutOff), None),
        Err(_) => {
            let error = io::Error::new(io::ErrorKind::TimedOut, "it does not answer");
            (Err(BackupError::Io { path: place, error }), None)
        }
    }
}

/// Notes there who is noted beside the backup. A place may be shared by schools: each reads its own lines.
fn note_erased(backup: &Path, folder: &Path, kunci: &SchoolSecrets) -> Result<(), BackupError> {
    let beside = backup.parent().unwrap_or(Path::new("."));
    let erased: Vec<_> = Erasures::in_folder(beside, kunci).read()?.erased.into_iter().collect();
    Erasures::in_folder(folder, kunci).add(&erased).map(drop)
}

fn prune(folder: &Path, kunci: &str, trials: &Trials, today: NaiveDate) {
    match keep::prune(folder, kunci, trials, today) {
        Ok(removed) if removed.is_empty() => {}
        Ok(removed) => tracing::info!(removed = removed.len(), "old backups removed from the second place"),
        Err(error) => tracing::warn!(%error, "old backups could not be removed from the second place"),
    }
}
