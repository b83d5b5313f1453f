//! What the server does by itself, as the figures tell it.

use chrono::{DateTime, Utc};

/// A job. Its name is a label of the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Job {
    /// Closes days that are over, and deletes what has ended.
    Days,
    /// Archives old visits, and makes guests of long ago anonymous.
    Records,
    /// Takes the backup of the night.
    Backup,
    /// Lets SQL Server write a backup of its own.
    SqlServerBackup,
    /// Seals entries of the audit.
    Seal,
}

impl Job {
    /// Every job.
    pub(crate) const ALL: [Self; 5] =
        [Self::Days, Self::Records, Self::Backup, Self::SqlServerBackup, Self::Seal];

    fn name(self) -> &'static str {
        match self {
            Self::Days => "days",
            Self::Records => "records",
            Self::Backup => "backup",
            Self::SqlServerBackup => "sql_server_backup",
            Self::Seal => "seal",
        }
    }

    /// Counts a run that ended at `now`, and keeps when the latest good one did.
    pub(crate) fn ended(self, succeeded: bool, now: DateTime<Utc>) {
        let job = self.name();
        let outcome = if succeeded { "ok" } else { "failed" };
        metrics::counter!("bukutamu_job_runs_total", "job" => job, "outcome" => outcome).increment(1);
        if succeeded {
            metrics::gauge!("bukutamu_job_success_timestamp_seconds", "job" => job)
                .set(now.timestamp_millis() as f64 / 1000.0);
        }
    }

    /// Shows the counter before the first run, so that the first failure is an increase.
    pub(super) fn show(self) {
        for outcome in ["ok", "failed"] {
            metrics::counter!("bukutamu_job_runs_total", "job" => self.name(), "outcome" => outcome)
                .increment(0);
        }
    }
}
