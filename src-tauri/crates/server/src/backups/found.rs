//! What stands in the folder of the backups, and which of it is tried next.

use std::path::PathBuf;

use cadangan::{Trial, keep};
use chrono::{DateTime, TimeDelta, Utc};

/// A good one is tried again after so long.
const TRIED_EVERY: TimeDelta = TimeDelta::days(30);

/// What there is.
#[derive(Default)]
pub(crate) struct BackupList {
    /// Newest first.
    pub(crate) listed: Vec<Found>,
    /// Files in the folder that cannot be read as backups.
    pub(crate) unreadable: usize,
}

/// A file in the folder.
pub(crate) struct Found {
    pub(crate) backup: keep::Listed,
    /// How it was when it was tried here; none if it was not.
    pub(crate) trial: Option<Trial>,
}

impl Found {
    /// It failed its trial.
    pub(crate) fn is_bad(&self) -> bool {
        self.trial.is_some_and(|trial| !trial.baik)
    }

    /// It stood its trial.
    pub(crate) fn is_good(&self) -> bool {
        self.trial.is_some_and(|trial| trial.baik)
    }
}

impl BackupList {
    /// The newest that stood its trial.
    pub(crate) fn newest_good(self) -> Option<keep::Listed> {
        self.listed.into_iter().find(Found::is_good).map(|found| found.backup)
    }

    /// The one to be tried next: the newest that was not yet, or else one whose trial is long ago, because disks rot.
    pub(super) fn next_to_try(&self, now: DateTime<Utc>) -> Option<PathBuf> {
        let untried = self.listed.iter().find(|found| found.trial.is_none());
        let rested = || {
            let good = self.listed.iter().filter(|found| found.is_good());
            let oldest = good.min_by_key(|found| found.trial.map(|trial| trial.pada));
            oldest.filter(|found| found.trial.is_some_and(|trial| trial.pada + TRIED_EVERY < now))
        };
        untried.or_else(rested).map(|found| found.backup.path.clone())
    }
}
