//! A file of an older version, into which a school of that version is copied before it is brought up to date.

use std::{
    path::Path,
    sync::{Mutex, PoisonError},
};

use rusqlite::Connection;

use super::{
    copy::{count_on, insert_plain, name},
    engine::Engine,
};
use crate::{
    OpenError, Result, SchoolSecrets,
    copy::{Row, TABLES, Table},
};

/// The file. The index of words is left out; whoever opens the file makes it.
pub struct OlderFile {
    conn: Mutex<Connection>,
    tables: Vec<&'static Table>,
}

impl OlderFile {
    /// Makes a new one as it stood after a migration. Blocks on the disk.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn create(path: &Path, kunci: &SchoolSecrets, version: u32) -> Result<Self, OpenError> {
        let conn = Engine::create_older(path, kunci, version)?;
        let tables = TABLES.iter().map(|table| Ok(table.of_columns(&columns(&conn, table)?)));
        let tables = tables.collect::<rusqlite::Result<Vec<_>>>().map_err(|error| {
            OpenError::Unreachable { path: path.display().to_string(), reason: error.to_string() }
        })?;
        Ok(Self { conn: Mutex::new(conn), tables: tables.into_iter().flatten().collect() })
    }

    /// The tables that there are, with the columns that they have.
    pub fn tables(&self) -> &[&'static Table] {
        &self.tables
    }

    /// Enters rows as they are.
    ///
    /// # Errors
    /// The store's.
    pub fn insert(&self, table: &'static Table, rows: &[Row]) -> Result<()> {
        let mut conn = self.conn.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = conn.transaction()?;
        insert_plain(&transaction, table, rows)?;
        Ok(transaction.commit()?)
    }

    /// Makes the file whole: the next visit's identity is greater than those of the archive.
    ///
    /// # Errors
    /// The store's.
    pub fn finish(self) -> Result<()> {
        let conn = self.conn.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(arsip) = self.tables.iter().find(|table| table.name == "arsip") {
            let newest = format!("SELECT COALESCE(MAX(id), 0) FROM {}", name(arsip));
            count_on(&conn, "janji_temu", conn.query_row(&newest, (), |row| row.get(0))?)?;
        }
        // The log is folded in.
        conn.close().map_err(|(_, error)| error.into())
    }
}

fn columns(conn: &Connection, table: &Table) -> rusqlite::Result<Vec<String>> {
    let mut statement = conn.prepare("SELECT name FROM pragma_table_info(?1)")?;
    statement.query_map([name(table)], |row| row.get(0))?.collect()
}
