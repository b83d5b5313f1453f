//! The backup before a school of an older version is brought up to date.

use std::{path::Path, sync::Arc};

use anyhow::Result;
use cadangan::{BackupError, Source};
use store::{MssqlStore, SchoolSecrets, SqliteStore};
use thiserror::Error;

use super::Database;
use crate::{backups, clock::Clock};

/// What is done before an existing school is brought up to date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BeforeUpdate {
    /// A backup is taken and proven. If it comes to nothing, the school stays as it is.
    #[default]
    Backup,
    /// Nothing: whoever starts the program said so.
    Nothing,
}

/// The variable by which that is said.
pub(crate) const WITHOUT_BACKUP: &str = "BUKUTAMU_MIGRATE_WITHOUT_BACKUP";

impl BeforeUpdate {
    /// What the environment says: nothing, if the variable is `1` or `true`.
    pub fn named() -> Self {
        match std::env::var(WITHOUT_BACKUP).as_deref() {
            Ok("1" | "true") => Self::Nothing,
            _ => Self::Backup,
        }
    }
}

/// There is no backup, so nothing was brought up to date.
#[derive(Debug, Error)]
#[error(
    "{place} is of an older version (schema {found}, this program has {known}) and is brought up to date after a \
     backup only. That came to nothing ({cause}), so it was left as it is. Mend that, or start once with \
     --migrate-without-backup"
)]
pub struct NoBackup {
    place: String,
    found: u32,
    known: u32,
    /// It stands in the line already.
    cause: BackupError,
}

/// Which migration a school of an older version has seen last, and which one this program has.
pub(crate) async fn older(database: &Database, kunci: &SchoolSecrets) -> Result<Option<(u32, u32)>> {
    let (found, known, theirs, is_half_copied) = match database {
        Database::Sqlite(path) => {
            let path = path.clone();
            let seen = tokio::task::spawn_blocking(move || SqliteStore::inspect(&path)).await??;
            (seen.found, seen.known, seen.kunci, seen.is_half_copied)
        }
        Database::Mssql(config) => {
            let seen = MssqlStore::inspect(config).await?;
            (seen.found, seen.known, seen.kunci, seen.is_half_copied)
        }
    };
    // What is no school of this key file is refused when it is opened.
    let is_ours = theirs.is_some_and(|theirs| theirs == kunci.fingerprint()) && !is_half_copied;
    Ok((is_ours && found < known).then_some((found, known)))
}

/// Takes the backup, if there is a school that is to be brought up to date.
///
/// # Errors
/// [`NoBackup`], or the database cannot be looked at.
pub(crate) async fn run(database: &Database, kunci: &Arc<SchoolSecrets>, data: &Path) -> Result<()> {
    let Some((found, known)) = older(database, kunci).await? else { return Ok(()) };
    let source = match database {
        Database::Sqlite(path) => Source::Sqlite(path.clone()),
        Database::Mssql(config) => Source::Older { config: config.clone(), skema: found },
    };
    tracing::info!(found, known, "the school is of an older version: a backup is taken first");
    let folder = backups::folder(data);
    let taken = cadangan::take(source, Arc::clone(kunci), data, &folder, Clock::system().now()).await;
    let proof = taken.map_err(|cause| NoBackup { place: database.place(), found, known, cause })?;
    tracing::info!(file = %proof.path.display(), rows = proof.header.rows(), "backup taken, restored and compared");
    Ok(())
}
