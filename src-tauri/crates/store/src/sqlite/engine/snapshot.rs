//! The database as it stands at one moment, in a file of its own.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::{BUSY_TIMEOUT, reason};
use crate::OpenError;

/// Writes it to `to`, which must not be there yet. It is one read transaction, so a server goes on writing meanwhile.
pub(in crate::sqlite) fn run(path: &Path, to: &Path) -> Result<(), OpenError> {
    let unreachable = |error: rusqlite::Error| OpenError::Unreachable {
        path: path.display().to_string(),
        reason: reason(&error),
    };
    // Not read-only: a log that a power loss left behind is recovered first.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags).map_err(unreachable)?;
    conn.busy_timeout(BUSY_TIMEOUT).map_err(unreachable)?;
    conn.pragma_update(None, "trusted_schema", false).map_err(unreachable)?;
    let to = to.to_str().ok_or_else(|| OpenError::Unreachable {
        path: to.display().to_string(),
        reason: "the path is no text".to_owned(),
    })?;
    conn.execute("VACUUM INTO ?1", [to]).map_err(unreachable)?;
    conn.close().map_err(|(_, error)| unreachable(error))
}
