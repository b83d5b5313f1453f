//! The database as text, read by another connection than the server's.

use std::path::Path;

use rusqlite::{Connection, OpenFlags, types::ValueRef};

/// Sessions and attempts come and go with every login, right or wrong.
const SIGNING_IN: [&str; 3] = ["sistem_percobaan", "sistem_sesi", "sistem_token_segar"];

/// Every row of every table, one line each.
pub(crate) fn read(path: &Path) -> Vec<String> {
    try_read(path).unwrap_or_else(|error| panic!("the database cannot be read: {error}"))
}

fn try_read(path: &Path) -> rusqlite::Result<Vec<String>> {
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut names = conn.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")?;
    let names: Vec<String> = names.query_map((), |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let mut lines = Vec::new();
    for name in names.iter().filter(|name| !SIGNING_IN.contains(&name.as_str())) {
        let mut statement = conn.prepare(&format!("SELECT * FROM \"{name}\""))?;
        let columns = statement.column_count();
        let mut rows = statement.query(())?;
        while let Some(row) = rows.next()? {
            let values: Vec<_> =
                (0..columns).map(|at| row.get_ref(at).map(text)).collect::<rusqlite::Result<_>>()?;
            lines.push(format!("{name} {}", values.join(" | ")));
        }
    }
    Ok(lines)
}

fn text(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        other => format!("{other:?}"),
    }
}
