//! Rows as they stand, for moving a school.

use async_trait::async_trait;
use domain::IdTamu;
use rusqlite::{
    Connection, OptionalExtension, Row as SqliteRow, ToSql, params, params_from_iter, types::ToSqlOutput,
    types::ValueRef,
};

use super::{SqliteStore, kata_tamu};
use crate::{
    Result,
    copy::{Content, Row, RowReader, RowStore, TABLES, Table, Value},
};

#[async_trait]
impl RowReader for SqliteStore {
    async fn content(&self) -> Result<Content> {
        self.read(|conn, _| content(conn)).await
    }

    async fn count_rows(&self, table: &'static Table) -> Result<u64> {
        self.read(move |conn, _| {
            let sql = format!("SELECT COUNT(*) FROM {}", name(table));
            let count: i64 = conn.query_row(&sql, (), |row| row.get(0))?;
            Ok(count.unsigned_abs())
        })
        .await
    }

    async fn list_rows(&self, table: &'static Table, after: Option<Value>, limit: usize) -> Result<Vec<Row>> {
        self.read(move |conn, _| list(conn, table, after.as_ref(), limit)).await
    }

    async fn last_identity(&self, table: &'static Table) -> Result<i64> {
        self.read(move |conn, _| last_identity(conn, &name(table))).await
    }
}

#[async_trait]
impl RowStore for SqliteStore {
    /// A file has [`SqliteStore::snapshot`].
    async fn freeze(&self) -> Result<Option<Box<dyn RowReader + '_>>> {
        Ok(None)
    }

    async fn begin_copy(&self) -> Result<()> {
        self.write(|conn, _| begin(conn)).await
    }

    async fn finish_copy(&self) -> Result<()> {
        self.write(|conn, _| {
            conn.execute("DELETE FROM sistem_info WHERE nama = 'salinan'", ())?;
            Ok(())
        })
        .await
    }

    async fn count_on(&self, table: &'static Table, last: i64) -> Result<()> {
        self.write(move |conn, _| count_on(conn, &name(table), last)).await
    }

    async fn insert_rows(&self, table: &'static Table, rows: Vec<Row>) -> Result<()> {
        self.write(move |conn, _| insert(conn, table, &rows)).await
    }
}

pub(super) fn name(table: &Table) -> String {
    format!("{}{}", if table.is_sistem { "sistem_" } else { "" }, table.name)
}

fn columns(table: &Table) -> String {
    table.columns.iter().map(|column| column.name).collect::<Vec<_>>().join(", ")
}

fn content(conn: &Connection) -> Result<Content> {
    let mark =
        conn.query_row("SELECT 1 FROM sistem_info WHERE nama = 'salinan'", (), |_| Ok(())).optional()?;
    if mark.is_some() {
        return Ok(Content::HalfCopied);
    }
    for table in TABLES {
        let sql = format!("SELECT EXISTS (SELECT 1 FROM {})", name(table));
        if conn.query_row(&sql, (), |row| row.get(0))? {
            return Ok(Content::School);
        }
    }
    Ok(Content::Empty)
}

fn begin(conn: &Connection) -> Result<()> {
    conn.execute(
        "INSERT INTO sistem_info (nama, nilai) VALUES ('salinan', 'belum selesai') ON CONFLICT (nama) DO NOTHING",
        (),
    )?;
    conn.execute("DELETE FROM sistem_kata_tamu", ())?;
    for table in TABLES.iter().rev() {
        conn.execute(&format!("DELETE FROM {}", name(table)), ())?;
    }
    Ok(())
}

/// A table that never held a row gave none.
pub(super) fn last_identity(conn: &Connection, name: &str) -> Result<i64> {
    let seq = "SELECT seq FROM sqlite_sequence WHERE name = ?1";
    Ok(conn.query_row(seq, [name], |row| row.get(0)).optional()?.unwrap_or(0))
}

/// Makes the next identity of a table greater than this.
pub(super) fn count_on(conn: &Connection, name: &str, last: i64) -> Result<()> {
    if last <= last_identity(conn, name)? {
        return Ok(());
    }
    if conn.execute("UPDATE sqlite_sequence SET seq = ?1 WHERE name = ?2", params![last, name])? == 0 {
        conn.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?1, ?2)", params![name, last])?;
    }
    Ok(())
}

fn list(conn: &Connection, table: &Table, after: Option<&Value>, limit: usize) -> Result<Vec<Row>> {
    let (columns, name, key) = (columns(table), name(table), table.key_column().name);
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let read = |row: &SqliteRow<'_>| (0..table.columns.len()).map(|n| read(row, n)).collect();
    let rows = match after {
        None => conn
            .prepare_cached(&format!("SELECT {columns} FROM {name} ORDER BY {key} LIMIT ?1"))?
            .query_map(params![limit], read)?
            .collect::<rusqlite::Result<_>>()?,
        Some(after) => conn
            .prepare_cached(&format!(
                "SELECT {columns} FROM {name} WHERE {key} > ?1 ORDER BY {key} LIMIT ?2"
            ))?
            .query_map(params![after, limit], read)?
            .collect::<rusqlite::Result<_>>()?,
    };
    Ok(rows)
}

/// A value as it stands in the row. Strict tables hold no fractions.
pub(super) fn read(row: &SqliteRow<'_>, n: usize) -> rusqlite::Result<Value> {
    Ok(match row.get_ref(n)? {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Int(number),
        ValueRef::Real(_) => Value::Unreadable,
        ValueRef::Text(text) => {
            std::str::from_utf8(text).map_or(Value::Unreadable, |text| Value::Text(text.to_owned()))
        }
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    })
}

fn insert(conn: &Connection, table: &Table, rows: &[Row]) -> Result<()> {
    insert_plain(conn, table, rows)?;
    if table.name == "tamu" {
        for (id, nama, instansi) in rows.iter().filter_map(|row| crate::copy::words_of(table, row)) {
            kata_tamu::enter(conn, IdTamu(id), nama, instansi)?;
        }
    }
    Ok(())
}

/// The rows, without what derives from them.
pub(super) fn insert_plain(conn: &Connection, table: &Table, rows: &[Row]) -> Result<()> {
    let places = vec!["?"; table.columns.len()].join(", ");
    let sql = format!("INSERT INTO {} ({}) VALUES ({places})", name(table), columns(table));
    let mut statement = conn.prepare_cached(&sql)?;
    for row in rows {
        statement.execute(params_from_iter(row))?;
    }
    Ok(())
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
            Self::Unreadable => return Err(rusqlite::Error::InvalidQuery),
        }))
    }
}
