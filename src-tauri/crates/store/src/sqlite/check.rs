//! Looks through a file without changing it: SQLite's own check, references, and every field.

use std::path::Path;

use rusqlite::Connection;

use super::{
    copy::{name, read},
    engine,
};
use crate::{
    OpenError, SchoolSecrets,
    check::Check,
    copy::{TABLES, Table, Value},
};

/// Rows after which it is told how far it is.
const TOLD_EVERY: u64 = 2_000;

pub(super) fn run(path: &Path, kunci: &SchoolSecrets, tell: &mut dyn FnMut(u64)) -> Result<Check, OpenError> {
    let unreachable = |error: rusqlite::Error| OpenError::Unreachable {
        path: path.display().to_string(),
        reason: error.to_string().replace('\n', " "),
    };
    let mut conn = engine::read_only(path).map_err(unreachable)?;
    // Everything is read in one state, whatever a server does meanwhile.
    let conn = conn.transaction().map_err(unreachable)?;
    let mut check = Check::default();
    for (what, looked) in
        [("structure", structure(&conn, &mut check)), ("references", references(&conn, &mut check))]
    {
        if let Err(error) = looked {
            check.tell(format_args!("{what}: {error}"));
        }
    }
    for table in TABLES {
        if let Err(error) = rows(&conn, table, kunci, &mut check, tell) {
            check.tell(format_args!("{}: it cannot be read to its end: {error}", table.name));
        }
    }
    Ok(check)
}

fn structure(conn: &Connection, check: &mut Check) -> rusqlite::Result<()> {
    let mut statement = conn.prepare("PRAGMA integrity_check(1000)")?;
    let mut found = statement.query(())?;
    while let Some(row) = found.next()? {
        let line: String = row.get(0)?;
        if line != "ok" {
            check.tell(format_args!("structure: {}", line.replace('\n', " ")));
        }
    }
    Ok(())
}

fn references(conn: &Connection, check: &mut Check) -> rusqlite::Result<()> {
    let mut statement = conn.prepare("PRAGMA foreign_key_check")?;
    let mut found = statement.query(())?;
    while let Some(row) = found.next()? {
        let (table, id, parent) =
            (row.get::<_, String>(0)?, row.get::<_, Option<i64>>(1)?, row.get::<_, String>(2)?);
        let id = id.map(|id| format!(" {id}")).unwrap_or_default();
        check.tell(format_args!("{table}{id}: refers to a row of {parent} that is not there"));
    }
    Ok(())
}

fn rows(
    conn: &Connection,
    table: &'static Table,
    kunci: &SchoolSecrets,
    check: &mut Check,
    tell: &mut dyn FnMut(u64),
) -> rusqlite::Result<()> {
    // An older database lacks the newest columns and tables.
    let mut known = conn.prepare("SELECT name FROM pragma_table_info(?1)")?;
    let known: Vec<String> =
        known.query_map([name(table)], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    if known.is_empty() {
        return Ok(());
    }
    let names = table.columns.iter().map(|column| column.name);
    let lacks: Vec<_> = names.clone().filter(|name| known.iter().all(|known| known != name)).collect();
    let columns: Vec<_> = names.map(|name| if lacks.contains(&name) { "NULL" } else { name }).collect();
    let sql = format!("SELECT {} FROM {}", columns.join(", "), name(table));
    let mut statement = conn.prepare(&sql)?;
    let mut found = statement.query(())?;
    while let Some(row) = found.next()? {
        let values: Vec<Value> = (0..columns.len()).map(|n| read(row, n)).collect::<rusqlite::Result<_>>()?;
        check.row(table, &values, &lacks, kunci);
        if check.rows.is_multiple_of(TOLD_EVERY) {
            tell(check.rows);
        }
    }
    Ok(())
}
