//! Rows that are entered as they stand, on either database, as `copy` enters them.

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use store::{
    Store,
    copy::{Row, TABLES, Table, Value},
};

/// Rows entered in one transaction.
const BATCH: usize = 5_000;

/// The content of a row's columns. All other columns are empty.
pub(crate) type Named = Vec<(&'static str, Value)>;

/// Enters rows of a table.
pub(crate) async fn insert(
    store: &dyn Store,
    name: &str,
    rows: impl Iterator<Item = Result<Named>>,
) -> Result<()> {
    let table: &'static Table =
        TABLES.iter().find(|table| table.name == name).context("there is no such table")?;
    let mut rows = rows.map(|named| row(table, named?)).peekable();
    while rows.peek().is_some() {
        let batch = rows.by_ref().take(BATCH).collect::<Result<Vec<_>>>()?;
        store.rows().insert_rows(table, batch).await?;
    }
    Ok(())
}

fn row(table: &Table, named: Named) -> Result<Row> {
    let mut row = vec![Value::Null; table.columns.len()];
    for (name, value) in named {
        let place = table.columns.iter().position(|column| column.name == name);
        row[place.with_context(|| format!("{} has no column {name}", table.name))?] = value;
    }
    Ok(row)
}

pub(crate) fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

pub(crate) fn ms(time: DateTime<Utc>) -> Value {
    Value::Int(time.timestamp_millis())
}
