//! Everything in the database, as text.

use store::{
    Store,
    copy::{TABLES, Value},
};

/// Sessions and attempts change with every login, right or wrong, and the audit tells of it.
const SIGNING_IN: [&str; 5] = ["percobaan", "sesi", "token_segar", "audit", "audit_ujung"];

/// More rows than any test enters.
const ALL_ROWS: usize = 10_000;

/// Every row of every table, one line each.
pub(crate) async fn read(store: &dyn Store) -> Vec<String> {
    let mut lines = Vec::new();
    for table in TABLES.iter().filter(|table| !SIGNING_IN.contains(&table.name)) {
        let rows = store.rows().list_rows(table, None, ALL_ROWS).await;
        let rows = rows.unwrap_or_else(|error| panic!("{} cannot be read: {error}", table.name));
        assert!(rows.len() < ALL_ROWS, "{}: there may be more", table.name);
        for row in rows {
            let values: Vec<_> = row.into_iter().map(text).collect();
            lines.push(format!("{} {}", table.name, values.join(" | ")));
        }
    }
    lines
}

fn text(value: Value) -> String {
    match value {
        Value::Text(text) => text,
        other => format!("{other:?}"),
    }
}
