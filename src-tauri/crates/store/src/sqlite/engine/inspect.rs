//! What can be said of a file before anything there is touched: whether it is a school's, and which key file it wants.

use std::{fmt::Write, io, path::Path};

use rusqlite::{Connection, OpenFlags};

use super::{BUSY_TIMEOUT, migrate, reason};
use crate::OpenError;

/// What stands in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SqliteInspection {
    /// The newest migration that the database has seen; 0 if there is none, or no file.
    pub found: u32,
    /// The newest migration that this program has.
    pub known: u32,
    /// The fingerprint of the key file that the database was made with; `None` if no school was ever made there.
    pub kunci: Option<String>,
    /// A copy into it was begun and not finished.
    pub is_half_copied: bool,
}

/// Looks, and changes nothing. An empty file stays as it is, too.
pub(in crate::sqlite) fn run(path: &Path) -> Result<SqliteInspection, OpenError> {
    let place = || path.display().to_string();
    let unreachable = |reason: String| OpenError::Unreachable { path: place(), reason };
    let mut inspection =
        SqliteInspection { found: 0, known: migrate::known(), kunci: None, is_half_copied: false };
    match std::fs::metadata(path) {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(inspection);
        }
        Err(error) => return Err(unreachable(error.to_string())),
        Ok(file) if file.is_file() && file.len() == 0 => return Ok(inspection),
        Ok(_) => {}
    }
    let conn = read_only(path).map_err(|error| unreachable(reason(&error)))?;
    let look = || -> rusqlite::Result<_> {
        // A founding that was cut off at its very beginning leaves the history of migrations alone.
        let others = "SELECT COUNT(*) FROM sqlite_schema WHERE tbl_name <> 'sistem_riwayat_skema'";
        let tables = conn.query_row(others, (), |row| row.get::<_, i64>(0))?;
        let (kunci, is_half_copied) = (migrate::fingerprint(&conn)?, migrate::is_half_copied(&conn)?);
        Ok((tables, migrate::newest(&conn)?, kunci, is_half_copied))
    };
    let (tables, found, kunci, is_half_copied) = look().map_err(|error| unreachable(reason(&error)))?;
    if tables > 0 && found.is_none() {
        return Err(OpenError::Foreign { path: place() });
    }
    inspection.found = migrate::whole(found.unwrap_or(0));
    inspection.kunci = kunci;
    inspection.is_half_copied = is_half_copied;
    Ok(inspection)
}

/// Opens a database for looking only.
pub(in crate::sqlite) fn read_only(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = match std::fs::metadata(super::beside(path, "-wal")) {
        Ok(log) if log.len() > 0 => Connection::open_with_flags(path, flags)?,
        // Nobody has it open and nothing is to be recovered. The usual way of opening would give it a log.
        _ => immutable(path)?,
    };
    conn.busy_timeout(BUSY_TIMEOUT)?;
    conn.pragma_update(None, "trusted_schema", false)?;
    Ok(conn)
}

/// Opens the database file alone, as it stands: without its log, and without anybody's locks.
pub(super) fn immutable(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(uri(path), flags | OpenFlags::SQLITE_OPEN_URI)
}

/// The file's address for SQLite, with the promise that it does not change meanwhile.
fn uri(path: &Path) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut uri = String::from("file:");
    #[cfg(windows)]
    let path = format!("/{}", path.display()).replace('\\', "/");
    #[cfg(windows)]
    let bytes = path.as_bytes();
    #[cfg(not(windows))]
    let bytes = path.as_os_str().as_encoded_bytes();
    for byte in bytes {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'.' | b'_' | b'-' | b':' => {
                uri.push(*byte as char)
            }
            _ => write!(uri, "%{byte:02X}").expect("a string takes what is written"),
        }
    }
    uri + "?immutable=1"
}
