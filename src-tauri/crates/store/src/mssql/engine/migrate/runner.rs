//! The migration runner's view of the database. It splits a file at lines that are `GO`, and reads all answers of each
//! batch. It refuses a file whose batch ends the transaction, so that a broken file is taken back whole.

use std::time::Duration;

use refinery::Migration;
use refinery_core::{
    AsyncMigrate,
    traits::r#async::{AsyncQuery, AsyncTransaction},
};
use thiserror::Error;
use tiberius::{ColumnData, Row, error::Error};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use tokio::time::timeout;

use crate::{
    OpenError,
    mssql::engine::{
        MssqlConfig, Statement,
        connection::{Connection, Results},
        diagnosis,
    },
};

/// How long connecting may take. This is the first connection of all.
const CONNECT: Duration = Duration::from_secs(10);

/// The runner's own table.
pub(super) const HISTORY: &str = "sistem.riwayat_skema";

/// The one connection over which a database is brought up to date.
pub(in crate::mssql) struct Database {
    connection: Connection,
    silence: Duration,
}

/// Why a migration was not applied. The server's messages are about the schema here, except those that quote a row.
#[derive(Debug, Error)]
pub(in crate::mssql) enum MigrationError {
    #[error("SQL Server error {code} in line {line} of its batch: {message}")]
    Server { code: u32, line: u32, message: String },
    #[error("SQL Server error {0}")]
    Row(u32),
    #[error("the connection failed: {0}")]
    Connection(Error),
    #[error("a batch ended the transaction that its file is applied in")]
    Transaction,
    #[error("the history of migrations cannot be read")]
    History,
}

impl From<Error> for MigrationError {
    fn from(error: Error) -> Self {
        match error {
            // Duplicate keys, broken rules, texts that are too long.
            Error::Server(error) if [547, 1505, 2601, 2627, 2628, 8152].contains(&error.code()) => {
                Self::Row(error.code())
            }
            Error::Server(error) => {
                Self::Server { code: error.code(), line: error.line(), message: error.message().to_owned() }
            }
            error => Self::Connection(error),
        }
    }
}

impl Database {
    /// Connects. From then on the server may be silent for `silence` at a time.
    pub(in crate::mssql::engine) async fn connect(
        config: &MssqlConfig,
        silence: Duration,
    ) -> Result<Self, OpenError> {
        let opened = timeout(CONNECT, Connection::open(&config.driver(), CONNECT)).await;
        let error = match opened {
            Ok(Ok(connection)) => return Ok(Self { connection, silence }),
            Ok(Err(error)) => Some(error),
            Err(_) => None,
        };
        let reason = diagnosis::of_connecting(config, error.as_ref()).await;
        Err(OpenError::Unreachable { path: config.place(), reason })
    }

    /// Sends text without values.
    pub(in crate::mssql) async fn batch(&mut self, sql: &str) -> Result<Results, Error> {
        self.connection.batch(sql, self.silence).await
    }

    /// Sends a statement with its values.
    pub(in crate::mssql) async fn query(&mut self, statement: &Statement) -> Result<Results, Error> {
        let (sql, params) = statement.render();
        self.connection.query(sql, params, self.silence).await
    }

    /// The first column of the first row, a whole number.
    pub(in crate::mssql) async fn number(&mut self, sql: &str) -> Result<Option<i64>, Error> {
        let results = self.batch(sql).await?;
        let first = results.iter().flatten().next().and_then(|row| row.cells().next());
        Ok(first.and_then(|(_, value)| match value {
            ColumnData::I64(value) => *value,
            ColumnData::I32(value) => value.map(i64::from),
            _ => None,
        }))
    }

    async fn apply<'a>(&mut self, files: impl Iterator<Item = &'a str>) -> Result<usize, MigrationError> {
        self.batch("BEGIN TRANSACTION;").await?;
        let mut count = 0;
        for file in files {
            for batch in batches(file) {
                self.batch(&batch).await?;
                if self.number("SELECT @@TRANCOUNT AS n").await? != Some(1) {
                    return Err(MigrationError::Transaction);
                }
            }
            count += 1;
        }
        self.batch("COMMIT TRANSACTION;").await?;
        Ok(count)
    }
}

impl AsyncTransaction for Database {
    type Error = MigrationError;

    async fn execute<'a, T: Iterator<Item = &'a str> + Send + 'a>(
        &'a mut self,
        queries: T,
    ) -> Result<usize, MigrationError> {
        let result = self.apply(queries).await;
        if result.is_err() {
            // If this fails too, the connection is gone, and the server takes everything back by itself.
            let _ = self.connection.roll_back(self.silence).await;
        }
        result
    }
}

impl AsyncQuery<Vec<Migration>> for Database {
    async fn query<'a>(&'a mut self, query: &'a str) -> Result<Vec<Migration>, MigrationError> {
        let results = self.batch(query).await?;
        results.iter().flatten().map(|row| applied(row).ok_or(MigrationError::History)).collect()
    }
}

impl AsyncMigrate for Database {
    fn assert_migrations_table_query(table: &str) -> String {
        format!(
            "IF SCHEMA_ID(N'sistem') IS NULL EXEC(N'CREATE SCHEMA sistem');
            GO
            IF OBJECT_ID(N'{table}') IS NULL
            CREATE TABLE {table} (
                version INT NOT NULL,
                name NVARCHAR(255) NOT NULL,
                applied_on NVARCHAR(255) NOT NULL,
                checksum NVARCHAR(255) NOT NULL,
                CONSTRAINT pk_sistem_riwayat_skema PRIMARY KEY CLUSTERED (version)
            );"
        )
    }
}

fn applied(row: &Row) -> Option<Migration> {
    let text = |column: &str| row.try_get::<&str, _>(column).ok().flatten();
    let applied_on = OffsetDateTime::parse(text("applied_on")?, &Rfc3339).ok()?;
    let version = row.try_get::<i32, _>("version").ok()??;
    Some(Migration::applied(version, text("name")?.to_owned(), applied_on, text("checksum")?.parse().ok()?))
}

/// A file's batches: what stands between lines that are `GO`.
fn batches(file: &str) -> Vec<String> {
    let mut batches = vec![String::new()];
    for line in file.lines() {
        if line.trim().eq_ignore_ascii_case("GO") {
            batches.push(String::new());
        } else if let Some(batch) = batches.last_mut() {
            batch.push_str(line);
            batch.push('\n');
        }
    }
    batches.retain(|batch| !batch.trim().is_empty());
    batches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_split_at_lines_that_are_go() {
        assert_eq!(
            batches("SELECT 1\nGO\n\ngo \nSELECT 'GO'\nFROM GOt\n"),
            ["SELECT 1\n", "SELECT 'GO'\nFROM GOt\n"]
        );
    }

    #[test]
    fn every_migration_is_split_into_batches_that_servers_accept() {
        for migration in super::super::embedded::migrations::runner().get_migrations() {
            for batch in batches(migration.sql().unwrap_or_default()) {
                let starts = batch.matches("CREATE VIEW").count() + batch.matches("CREATE SCHEMA").count();
                let others = batch.contains("CREATE TABLE") || batch.contains("CREATE INDEX");
                assert!(
                    starts == 0 || (starts == 1 && !others),
                    "a view is made in a batch of its own: {batch}"
                );
            }
        }
    }
}
