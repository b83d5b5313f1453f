//! Puts a backup where a school is to live. What was there is kept aside.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use store::{SchoolSecrets, SqliteStore, Store, copy};

use crate::{
    BackupError, Proof,
    scratch::Scratch,
    take::{blocking, restore_and_compare},
};

/// Where a school is to live.
pub enum Target {
    /// In a file.
    Sqlite(PathBuf),
    /// In an empty database elsewhere. `scratch` is a folder for the rows on their way.
    Store {
        /// The database.
        store: Arc<dyn Store>,
        /// The folder.
        scratch: PathBuf,
    },
}

/// What was restored.
#[derive(Debug)]
pub struct Restored {
    /// The backup.
    pub proof: Proof,
    /// Where what was there before is now; none if nothing was.
    pub kept: Option<PathBuf>,
}

/// Restores a backup. It is restored into a scratch database first and compared, so a bad one changes nothing. Calls
/// `tell` after every batch of rows that go to another database.
///
/// # Errors
/// [`BackupError`]; then what was there is there still, or kept aside.
pub async fn restore(
    path: &Path,
    kunci: Arc<SchoolSecrets>,
    target: Target,
    now: DateTime<Utc>,
    tell: impl FnMut(copy::Progress),
) -> Result<Restored, BackupError> {
    let path = path.to_owned();
    match target {
        Target::Sqlite(to) => blocking(move || into_file(&path, &kunci, &to, now)).await,
        Target::Store { store, scratch } => into_store(path, kunci, &*store, &scratch, tell).await,
    }
}

fn into_file(
    path: &Path,
    kunci: &Arc<SchoolSecrets>,
    to: &Path,
    now: DateTime<Utc>,
) -> Result<Restored, BackupError> {
    // In the same folder, so that the last step is a change of name.
    let scratch = Scratch::create(folder_of(to))?;
    let restored = scratch.file("pulih.db");
    let proof = restore_and_compare(path, kunci, &restored)?;
    let kept = keep_aside(to, now)?;
    owner_only::move_into_place(&restored, to).map_err(BackupError::io(to))?;
    Ok(Restored { proof, kept })
}

/// Moves a database, with its log, into a folder of its own. None if there is no database.
fn keep_aside(database: &Path, now: DateTime<Utc>) -> Result<Option<PathBuf>, BackupError> {
    if !database.exists() {
        return Ok(None);
    }
    let aside = folder_of(database).join(format!("sebelum-pulih-{}", now.format("%Y%m%d-%H%M%S")));
    owner_only::create_folder(&aside).map_err(BackupError::io(&aside))?;
    // The database first: without it, its log is nothing that a program would open.
    for ending in ["", "-wal", "-shm"] {
        let mut name = database.file_name().unwrap_or_default().to_owned();
        name.push(ending);
        match fs::rename(database.with_file_name(&name), aside.join(&name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(BackupError::Io { path: aside, source: error });
            }
            _ => {}
        }
    }
    Ok(Some(aside))
}

async fn into_store(
    path: PathBuf,
    kunci: Arc<SchoolSecrets>,
    store: &dyn Store,
    scratch: &Path,
    tell: impl FnMut(copy::Progress),
) -> Result<Restored, BackupError> {
    let scratch = Scratch::create(scratch)?;
    let file = scratch.file("pulih.db");
    let (to, secrets) = (file.clone(), Arc::clone(&kunci));
    let proof = blocking(move || restore_and_compare(&path, &secrets, &to)).await?;
    let source = blocking(move || Ok(SqliteStore::open(&file, kunci)?)).await?;
    let moved = copy::copy(&source, store, tell).await;
    source.close().await;
    moved?;
    Ok(Restored { proof, kept: None })
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
