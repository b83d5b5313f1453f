//! How statements get to the file: opening it, its connections, and closing it. Knows no entity.

mod inspect;
mod migrate;
mod place;
mod readers;
mod snapshot;
mod writer;

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use rusqlite::{Connection, OpenFlags, config::DbConfig};

pub use self::inspect::SqliteInspection;
pub(super) use self::{
    inspect::{read_only, run as inspect},
    snapshot::run as snapshot,
};
use self::{
    place::Place,
    readers::{Reader, Readers},
    writer::Writer,
};
use crate::{OpenError, Result, SchoolSecrets, StoreError};

/// How long a statement waits for a lock that another program, such as a backup, holds.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Memory for pages that a reader keeps. The value is negative because SQLite reads a positive one as pages, not KiB.
const READER_CACHE_KIB: i64 = -256;

/// Statements that each connection keeps compiled; more than this folder has.
const STATEMENTS_KEPT: usize = 128;

/// Room that a database must have: enough for some hundred check-ins.
const PROBE_BYTES: usize = 256 << 10;

/// An open database file.
pub(super) struct Engine {
    place: Arc<Place>,
    pub(super) writer: Writer,
    pub(super) readers: Readers,
}

impl Engine {
    /// Opens the file, or makes it, and brings it up to date, its content by `complete`.
    pub(super) fn open(
        path: &Path,
        kunci: &SchoolSecrets,
        complete: impl FnOnce(&mut Connection) -> rusqlite::Result<()>,
    ) -> Result<Self, OpenError> {
        let unreachable =
            |reason: String| OpenError::Unreachable { path: path.display().to_string(), reason };
        touch(path).map_err(|error| unreachable(error.to_string()))?;
        let mut conn = connect(path).map_err(|error| unreachable(reason(&error)))?;
        migrate::run(&mut conn, path, kunci, complete)?;
        let place = Place::of(path, Some(kunci.fingerprint()));
        let place = Arc::new(place.map_err(|error| unreachable(error.to_string()))?);
        let readers = (0..readers::COUNT).map(|_| Reader::open(&place)).collect::<rusqlite::Result<Vec<_>>>();
        let readers = readers.map_err(|error| unreachable(reason(&error)))?;
        let writer =
            Writer::start(conn, Arc::clone(&place)).map_err(|error| unreachable(error.to_string()))?;
        Ok(Self { writer, readers: Readers::new(Arc::clone(&place), readers), place })
    }

    /// Makes a new file as it stood after a migration.
    pub(super) fn create_older(
        path: &Path,
        kunci: &SchoolSecrets,
        version: u32,
    ) -> Result<Connection, OpenError> {
        let unreachable =
            |reason: String| OpenError::Unreachable { path: path.display().to_string(), reason };
        touch(path).map_err(|error| unreachable(error.to_string()))?;
        let mut conn = connect(path).map_err(|error| unreachable(reason(&error)))?;
        migrate::run_until(&mut conn, path, kunci, version)?;
        Ok(conn)
    }

    /// Where the file is.
    pub(super) fn path(&self) -> &Path {
        self.place.path()
    }

    /// Whether the disk has room for more. The last write does not prove it: it may have found its room in an old log.
    pub(super) async fn has_room(&self) -> Result<()> {
        let probe = beside(self.place.path(), ".ruang");
        let write = move || {
            // Windows flushes only what is open for writing.
            let written = fs::File::create(&probe).and_then(|mut file| {
                file.write_all(&[0; PROBE_BYTES])?;
                file.sync_all()
            });
            written.and(fs::remove_file(&probe))
        };
        match tokio::task::spawn_blocking(write).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => {
                tracing::error!(%error, "there is no room beside the database");
                Err(StoreError::Unavailable("there is no room beside the database".to_owned()))
            }
            Err(_) => Err(closed()),
        }
    }

    /// Finishes what was accepted. The writer goes last, so that it can fold the log into the database file.
    pub(super) async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// Makes sure that the file is there and can be written: if it cannot be, the operating system says better than SQLite
/// why. Only its owner may read a new file. On Unix SQLite gives its log the same rights; on Windows the folder does.
fn touch(path: &Path) -> io::Result<()> {
    match owner_only::create_new(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            fs::OpenOptions::new().read(true).append(true).open(path).map(drop)
        }
        made => made.map(drop),
    }
}

/// The file that SQLite keeps beside a database: the same name with this ending.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    connect_within(path, BUSY_TIMEOUT)
}

/// Like [`connect`], with another patience for locks.
fn connect_within(path: &Path, patience: Duration) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(patience)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    conn.pragma_update(None, "journal_mode", "WAL")?;
    // A commit is answered once it is on the disk. With NORMAL, a power failure would lose the latest ones.
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.pragma_update(None, "trusted_schema", false)?;
    conn.pragma_update(None, "temp_store", "MEMORY")?;
    // What was erased is overwritten, and does not stay in the file until something else needs the room. FAST would
    // leave it in pages that became free as a whole.
    conn.pragma_update_and_check(None, "secure_delete", "ON", |_| Ok(()))?;
    // A statement has one plan, whatever values are bound. Otherwise new values often recompile it.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(conn)
}

/// A connection that cannot write. It leaves the log to the writer, even when it closes.
fn connect_reader(path: &Path) -> rusqlite::Result<Connection> {
    let conn = connect(path)?;
    conn.pragma_update(None, "query_only", true)?;
    // The system already keeps the file in memory. SQLite's usual cache of 2 MB for each reader would only repeat it.
    conn.pragma_update(None, "cache_size", READER_CACHE_KIB)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    Ok(conn)
}

/// The answer to every call after [`Engine::close`].
fn closed() -> StoreError {
    StoreError::Unavailable("the database is closed".to_owned())
}

/// SQLite's message in one line.
fn reason(error: &rusqlite::Error) -> String {
    error.to_string().replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_connection_is_set_up() {
        let folder = tempfile::tempdir().unwrap();
        // A sign that means something in a URL. Windows allows no `?` in a name.
        let path = folder.path().join(if cfg!(windows) { "a%3fb.db" } else { "a?b.db" });
        touch(&path).unwrap();
        let conn = connect(&path).unwrap();
        let pragma = |name: &str| conn.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap();
        assert_eq!(pragma("synchronous"), 2, "FULL");
        assert_eq!(pragma("foreign_keys"), 1);
        assert_eq!(pragma("secure_delete"), 1, "ON");
        assert_eq!(pragma("busy_timeout"), 5000);
        let mode: String = conn.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
        assert_eq!(mode, "wal");
        assert!(conn.db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG).unwrap());
    }
}
