//! Whether the database at its path is still the one that is open. Nothing may be answered that is not kept there.
//!
//! A folder can be moved, a file replaced, its log deleted. A program that has them open does not notice this: its
//! changes go to files that nobody will look for. So the files are compared before and after each commit and before
//! each read. If they are put back, they are the same again, and everything goes on.
//!
//! A file can be written over too. Only the writer changes the database file here, and only when it folds the log in.
//! So any other change is somebody else's, and everything waits until the file has been looked through.

use std::{
    fs::Metadata,
    io,
    path::{Path, PathBuf},
    sync::{
        Mutex, MutexGuard, PoisonError, TryLockError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, SystemTime},
};

use rusqlite::Connection;

use super::{beside, inspect, migrate, reason};
use crate::{Result, StoreError};

/// A database's files as they were when it was opened.
pub(super) struct Place {
    path: PathBuf,
    log: PathBuf,
    /// The database, its log and the log's index.
    files: [(PathBuf, Identity); 3],
    /// The fingerprint of its key file.
    kunci: Option<String>,
    content: Mutex<Content>,
    generation: AtomicU64,
    is_whole: AtomicBool,
}

struct Content {
    /// The database file as this program left it.
    known: Stamp,
    /// The file as somebody else left it, if it was found damaged.
    refused: Option<Stamp>,
}

/// What changes whenever a file's content changes. The time is used on Unix only: elsewhere it may come late.
type Stamp = (u64, Option<SystemTime>);

fn stamp(file: &Metadata) -> Stamp {
    (file.len(), if cfg!(unix) { file.modified().ok() } else { None })
}

/// Which file it is, whatever its name. A file that is open keeps its identity.
#[cfg(unix)]
type Identity = (u64, u64);

#[cfg(unix)]
fn identity(path: &Path) -> io::Result<Identity> {
    use std::os::unix::fs::MetadataExt;
    // Does not open the file: closing a file that SQLite has open gives up SQLite's locks on it.
    std::fs::metadata(path).map(|file| (file.dev(), file.ino()))
}

#[cfg(windows)]
type Identity = same_file::Handle;

#[cfg(windows)]
fn identity(path: &Path) -> io::Result<Identity> {
    same_file::Handle::from_path(path)
}

/// What was found of a database's content.
pub(super) enum Found {
    /// It is as this program left it.
    Known,
    /// Somebody else has changed it.
    Changed(Stamp),
}

impl Place {
    /// The files of a database that is open and was read before.
    pub(super) fn of(path: &Path, kunci: Option<&str>) -> io::Result<Self> {
        // SQLite keeps its own files beside the real one.
        let path = std::fs::canonicalize(path)?;
        let file = |path: PathBuf| Ok::<_, io::Error>((path.clone(), identity(&path)?));
        let log = beside(&path, "-wal");
        let files = [file(path.clone())?, file(log.clone())?, file(beside(&path, "-shm"))?];
        let content = Content { known: stamp(&std::fs::metadata(&path)?), refused: None };
        Ok(Self {
            path,
            log,
            files,
            kunci: kunci.map(str::to_owned),
            content: Mutex::new(content),
            generation: AtomicU64::new(0),
            is_whole: AtomicBool::new(true),
        })
    }

    /// Compares the files and their content, for the writer.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] if a file is gone or is another one.
    pub(super) fn look(&self) -> Result<Found> {
        self.compare()?;
        let now = self.stamp()?;
        Ok(if self.content().known == now { Found::Known } else { Found::Changed(now) })
    }

    /// Checks that the database may be read.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] if a file is gone, is another one, or was changed and not looked through yet.
    pub(super) fn check(&self) -> Result<()> {
        // If files cannot be moved while they are open, it is enough that the writer compares them.
        if cfg!(unix) {
            self.compare()?;
        }
        let content = match self.content.try_lock() {
            Ok(content) => content,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            // The writer is folding the log in.
            Err(TryLockError::WouldBlock) => return Ok(()),
        };
        if content.known == self.stamp()? { Ok(()) } else { Err(changed()) }
    }

    /// Runs `work`, which changes the database file. The new content is this program's own.
    pub(super) fn change<T>(&self, work: impl FnOnce() -> T) -> T {
        let mut content = self.content();
        let done = work();
        if let Ok(now) = self.stamp() {
            content.known = now;
        }
        done
    }

    /// Looks through a file that somebody else has changed, over a connection that has not seen it before. A sound
    /// file is this program's from now on. Returns that connection; earlier connections are of no use any more.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] if it is damaged, or not this school's.
    pub(super) fn look_through(&self, found: Stamp) -> Result<Connection> {
        if self.content().refused == Some(found) {
            return Err(changed());
        }
        tracing::warn!("another program has changed the database file; it is being looked through");
        match self.try_look_through() {
            Ok(conn) => {
                let mut content = self.content();
                (content.known, content.refused) = (found, None);
                drop(content);
                self.generation.fetch_add(1, Ordering::Release);
                tracing::warn!("the database file is sound and this school's; everything goes on with it");
                Ok(conn)
            }
            Err(why) => {
                self.content().refused = Some(found);
                tracing::error!(
                    why,
                    "the database file was overwritten while it was in use, and nothing is written to it any more: \
                     stop this program, remove the -wal and -shm files beside the database, and put a whole copy \
                     into its place"
                );
                Err(changed())
            }
        }
    }

    /// The file must be sound by itself, and with its log.
    fn try_look_through(&self) -> Result<Connection, String> {
        let told = |error: rusqlite::Error| reason(&error);
        self.is_sound(&inspect::immutable(&self.path).map_err(told)?)?;
        let conn = super::connect_within(&self.path, Duration::ZERO).map_err(told)?;
        self.is_sound(&conn)?;
        conn.busy_timeout(super::BUSY_TIMEOUT).map_err(told)?;
        Ok(conn)
    }

    fn is_sound(&self, conn: &Connection) -> Result<(), String> {
        let told = |error: rusqlite::Error| reason(&error);
        if let Some(kunci) = &self.kunci {
            if migrate::fingerprint(conn).map_err(told)?.as_ref() != Some(kunci) {
                return Err("it is not this school's".to_owned());
            }
            if migrate::newest(conn).map_err(told)? != Some(migrate::known().into()) {
                return Err("it is of another version".to_owned());
            }
        }
        let found: String =
            conn.query_row("PRAGMA integrity_check(1)", (), |row| row.get(0)).map_err(told)?;
        if found == "ok" { Ok(()) } else { Err("it is damaged".to_owned()) }
    }

    /// Grows when the file's content becomes another. Connections of an older generation remember the old content.
    pub(super) fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn log_bytes(&self) -> u64 {
        std::fs::metadata(&self.log).map_or(0, |log| log.len())
    }

    fn compare(&self) -> Result<()> {
        let wrong = self.files.iter().find_map(|(path, id)| match identity(path) {
            Ok(there) if there == *id => None,
            Ok(_) => Some((path, "is another file now".to_owned())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Some((path, "is gone".to_owned())),
            Err(error) => Some((path, error.to_string())),
        });
        let was_whole = self.is_whole.swap(wrong.is_none(), Ordering::Relaxed);
        match (wrong, was_whole) {
            (None, true) => Ok(()),
            (None, false) => {
                tracing::warn!("the database is at its place again");
                Ok(())
            }
            (Some((path, why)), _) => {
                if was_whole {
                    tracing::error!(
                        path = %path.display(),
                        why,
                        "a database file is not at its place any more; put it back"
                    );
                }
                Err(StoreError::Unavailable("the database is not at its place".to_owned()))
            }
        }
    }

    fn stamp(&self) -> Result<Stamp> {
        let file = std::fs::metadata(&self.path);
        file.map(|file| stamp(&file)).map_err(|error| StoreError::Unavailable(error.to_string()))
    }

    fn content(&self) -> MutexGuard<'_, Content> {
        self.content.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn changed() -> StoreError {
    StoreError::Unavailable("another program has changed the database file".to_owned())
}
