//! A school's backups: taken, proven, kept and restored.
//!
//! A backup is one file: a line that says what it holds, then the whole school as an SQLite database, compressed and
//! encrypted ([`mod@file`]). It is the same whether the school lives in SQLite or in SQL Server, so it moves between
//! them.
//! A backup gets its name only when it has been read back from the disk, restored into a scratch database and compared
//! row for row, the audit's chain included ([`take()`]). That it stood this trial is noted on this PC ([`trials`]): a
//! file that came from elsewhere is good when it was tried here. A good one is copied to a second place ([`second`]),
//! such as another drive.
//!
//! A restore goes into a scratch database, which is compared ([`Restoration`]), and takes the school's place in one
//! step that can be taken up again wherever it was cut off ([`switch`]). Who was erased since the backup is noted
//! beside the backups ([`erasures`]) and erased again.
//!
//! The key is derived from the school's key file, and is not in the backup. The key file itself is, locked with the
//! code on the recovery sheet ([`Recovery`]). So the sheet and a backup are enough on an empty PC.
//!
//! This crate starts nothing by itself and has no clock: the caller says when.

pub mod erasures;
pub mod file;
pub mod keep;
pub mod progress;
mod recovery;
mod restore;
mod scratch;
mod seal;
pub mod second;
pub mod switch;
mod take;
pub mod trials;

use std::{io, path::PathBuf};

use store::{OlderError, OpenError, StoreError, copy::CopyError};
use thiserror::Error;

pub use self::{
    erasures::Erasures,
    file::Header,
    recovery::{Recovery, RecoveryError},
    restore::Restoration,
    take::{Proof, Source, prove, take},
    trials::{Trial, Trials},
};

/// Why a backup could not be taken, read or restored. One line for whoever asked.
#[derive(Debug, Error)]
pub enum BackupError {
    /// The disk or the folder.
    #[error("{path}: {error}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The operating system's message.
        error: io::Error,
    },
    /// It is no backup of this program.
    #[error("{0} is no backup of a guest book")]
    Foreign(PathBuf),
    /// A newer program made it.
    #[error("{0} was made by a newer version; update this program first")]
    Newer(PathBuf),
    /// Another school's, or made before the key file was replaced.
    #[error(
        "{path} belongs to another key file (it wants {wanted}, this one is {found}): restore it into an empty folder \
         with the code on its recovery sheet"
    )]
    OtherKey {
        /// The backup.
        path: PathBuf,
        /// The fingerprint that it names.
        wanted: String,
        /// The fingerprint of the key file that is here.
        found: String,
    },
    /// A byte differs, or the end is missing.
    #[error("{0} is damaged or incomplete; take another backup")]
    Damaged(PathBuf),
    /// What was restored is not what was backed up.
    #[error("{path}: table {table} differs after restoring it")]
    Differs {
        /// The backup.
        path: PathBuf,
        /// The first such table.
        table: String,
    },
    /// A restore was prepared, and what says how to end it is damaged.
    #[error(
        "{0} holds a restore that was not finished, and cannot be read: remove this folder, and the school goes on as \
         it was; then restore again"
    )]
    Prepared(PathBuf),
    /// The database itself is damaged.
    #[error("{places} places of the database are damaged; a backup of it would keep the damage")]
    DamagedSource {
        /// How many.
        places: u64,
    },
    /// The database cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The rows could not be moved.
    #[error(transparent)]
    Copy(#[from] CopyError),
    /// What stands in the second place is not what was written there.
    #[error("{0} was not kept as it was written; is the drive or the network damaged?")]
    NotKept(PathBuf),
    /// The operating system gives no random numbers.
    #[error("the operating system gives no random numbers")]
    Random,
    /// The work was cut off.
    #[error("the backup was cut off")]
    CutOff,
}

impl From<OlderError> for BackupError {
    fn from(error: OlderError) -> Self {
        match error {
            OlderError::Open(error) => error.into(),
            OlderError::Copy(error) => error.into(),
        }
    }
}

impl BackupError {
    fn io(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |error| Self::Io { path, error }
    }
}
