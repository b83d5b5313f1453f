//! Rows as they stand, for moving a school. They are loaded in bulk into a table of the connection's own, and one
//! statement moves them from there. They keep their identities in no other way.

use std::borrow::Cow;

use async_trait::async_trait;
use chrono::DateTime;
use domain::kata;
use tiberius::{ColumnData, IntoSql, Row as MssqlRow, TokenRow};
use tokio::sync::Mutex;

use super::{
    MssqlStore,
    conflict::Failure,
    engine::{Answer, Engine, Load, Patience, Statement, Transaction},
    row,
};
use crate::{
    Result, StoreError,
    copy::{Column, Content, Kind, Row, RowReader, RowStore, TABLES, Table, Value, words_of},
};

/// Rows deleted at once: fewer than what makes the server lock the whole table.
const DELETED_AT_ONCE: i64 = 4_000;

#[async_trait]
impl RowReader for MssqlStore {
    async fn content(&self) -> Result<Content> {
        content_of(&self.engine.read(content()).await?)
    }

    async fn count_rows(&self, table: &'static Table) -> Result<u64> {
        row::count(self.engine.read(count(table)).await?.one()?, "jumlah")
    }

    async fn list_rows(&self, table: &'static Table, after: Option<Value>, limit: usize) -> Result<Vec<Row>> {
        Ok(rows_of(&self.engine.read(list(table, after, limit)?).await?, table))
    }

    async fn last_identity(&self, table: &'static Table) -> Result<i64> {
        row::int(self.engine.read(last_identity(table)).await?.one()?, "nomor")
    }
}

/// The rows as one transaction sees them.
pub(super) struct Frozen<'a>(Mutex<Transaction<'a>>);

impl<'a> Frozen<'a> {
    /// `None` if the database keeps no older states of rows.
    pub(super) async fn begin(engine: &'a Engine) -> Result<Option<Self>> {
        let begun = async {
            let mut transaction = engine.begin_snapshot().await?;
            // Its moment is that of the first row that it reads.
            transaction.query(Statement::new("SELECT COUNT(*) AS jumlah FROM sistem.info")).await?;
            Ok::<_, Failure>(transaction)
        };
        match begun.await {
            Ok(transaction) => Ok(Some(Self(Mutex::new(transaction)))),
            Err(Failure::Final(StoreError::Other(reason))) => {
                tracing::warn!(
                    reason,
                    "the database keeps no older states of rows (ALLOW_SNAPSHOT_ISOLATION is off): it is copied \
                     as it changes, and the copy is thrown away where that shows"
                );
                Ok(None)
            }
            Err(failure) => Err(failure.into()),
        }
    }

    async fn ask(&self, statement: Statement) -> Result<Answer> {
        self.0.lock().await.query(statement).await.map_err(Failure::into)
    }
}

#[async_trait]
impl RowReader for Frozen<'_> {
    async fn content(&self) -> Result<Content> {
        content_of(&self.ask(content()).await?)
    }

    async fn count_rows(&self, table: &'static Table) -> Result<u64> {
        row::count(self.ask(count(table)).await?.one()?, "jumlah")
    }

    async fn list_rows(&self, table: &'static Table, after: Option<Value>, limit: usize) -> Result<Vec<Row>> {
        Ok(rows_of(&self.ask(list(table, after, limit)?).await?, table))
    }

    async fn last_identity(&self, table: &'static Table) -> Result<i64> {
        row::int(self.ask(last_identity(table)).await?.one()?, "nomor")
    }
}

#[async_trait]
impl RowStore for MssqlStore {
    async fn freeze(&self) -> Result<Option<Box<dyn RowReader + '_>>> {
        let frozen = Frozen::begin(&self.engine).await?;
        Ok(frozen.map(|frozen| Box::new(frozen) as Box<dyn RowReader>))
    }

    async fn begin_copy(&self) -> Result<()> {
        let mark = "INSERT INTO sistem.info (nama, nilai) SELECT N'salinan', N'belum selesai'
            WHERE NOT EXISTS (SELECT 1 FROM sistem.info WHERE nama = N'salinan');";
        self.engine.write_again(Statement::new(mark)).await?;
        for name in TABLES.iter().map(name).chain(["sistem.kata_tamu".to_owned()]).rev() {
            let delete = format!("DELETE TOP ({DELETED_AT_ONCE}) FROM {name}; SELECT @@ROWCOUNT AS n;");
            loop {
                let statement = Statement::new(delete.clone()).patience(Patience::Nightly);
                if row::int(self.engine.write_again(statement).await?.one()?, "n")? == 0 {
                    break;
                }
            }
        }
        Ok(())
    }

    async fn finish_copy(&self) -> Result<()> {
        let unmark = Statement::new("DELETE FROM sistem.info WHERE nama = N'salinan';");
        self.engine.write_again(unmark.patience(Patience::Nightly)).await.map(drop)
    }

    async fn count_on(&self, table: &'static Table, last: i64) -> Result<()> {
        if last < self.last_identity(table).await? {
            return Ok(());
        }
        // SQL Server begins a table that never held a row with the very number that it is given.
        let first = i64::from(self.count_rows(table).await? == 0);
        let count_on = format!("DBCC CHECKIDENT('{}', RESEED, {});", name(table), last + first);
        self.engine.write_again(Statement::new(count_on)).await.map(drop)
    }

    async fn insert_rows(&self, table: &'static Table, rows: Vec<Row>) -> Result<()> {
        let mut loads =
            vec![Load { name: "#salinan", create: staging(table), rows: Vec::with_capacity(rows.len()) }];
        let mut finish = insert(table);
        if table.name == "tamu" {
            loads.push(words(table, &rows));
            finish +=
                "INSERT INTO sistem.kata_tamu (frasa, id_tamu) SELECT frasa, id_tamu FROM #salinan_kata;";
        }
        for row in rows {
            let mut tokens = TokenRow::new();
            for (value, column) in row.into_iter().zip(table.columns) {
                tokens.push(token(value, *column)?);
            }
            loads[0].rows.push(tokens);
        }
        self.engine.load(loads, &finish).await
    }
}

fn content() -> Statement {
    let any: Vec<_> = TABLES.iter().map(|table| format!("EXISTS (SELECT 1 FROM {})", name(table))).collect();
    let sql = format!(
        "SELECT
            (SELECT COUNT(*) FROM sistem.info WHERE nama = N'salinan') AS salinan,
            CASE WHEN {} THEN 1 ELSE 0 END AS ada",
        any.join(" OR ")
    );
    // The first statement of a start. Nobody waits for it at a desk.
    Statement::new(sql).patience(Patience::Nightly)
}

fn content_of(answer: &Answer) -> Result<Content> {
    let found = answer.one()?;
    Ok(match (row::int(found, "salinan")?, row::int(found, "ada")?) {
        (0, 0) => Content::Empty,
        (0, _) => Content::School,
        _ => Content::HalfCopied,
    })
}

fn count(table: &Table) -> Statement {
    let sql = format!("SELECT COUNT_BIG(*) AS jumlah FROM {}", name(table));
    Statement::new(sql).patience(Patience::Nightly)
}

fn list(table: &Table, after: Option<Value>, limit: usize) -> Result<Statement> {
    let (columns, name, key) = (columns(table), name(table), table.key_column());
    let from = match after {
        None => String::new(),
        Some(_) => format!("WHERE {} > @sesudah", key.name),
    };
    let sql = format!("SELECT TOP ({limit}) {columns} FROM {name} {from} ORDER BY {}", key.name);
    let statement = Statement::new(sql).patience(Patience::ManyRows);
    Ok(match after {
        None => statement,
        Some(Value::Int(number)) => statement.bind("sesudah", number),
        Some(Value::Text(text)) if key.kind == Kind::Utf8 => statement.bind("sesudah", text.into_bytes()),
        Some(Value::Text(text)) => statement.bind("sesudah", text),
        Some(Value::Bytes(bytes)) => statement.bind("sesudah", bytes),
        Some(Value::Null | Value::Unreadable) => return Err(unreadable(key)),
    })
}

fn rows_of(answer: &Answer, table: &Table) -> Vec<Row> {
    let rows = answer.rows().iter();
    rows.map(|row| table.columns.iter().map(|column| read(row, *column)).collect()).collect()
}

/// Of a table that never held a row it is the first that it will give.
fn last_identity(table: &Table) -> Statement {
    Statement::new(format!("SELECT CAST(IDENT_CURRENT('{}') AS BIGINT) AS nomor", name(table)))
}

fn name(table: &Table) -> String {
    format!("{}.{}", if table.is_sistem { "sistem" } else { "dbo" }, table.name)
}

fn columns(table: &Table) -> String {
    table.columns.iter().map(|column| column.name).collect::<Vec<_>>().join(", ")
}

/// Makes the table that is loaded: without identity, and with every number of the same size.
fn staging(table: &Table) -> String {
    let column = |column: &Column| match column.kind {
        Kind::Int => format!("CAST({0} AS BIGINT) AS {0}", column.name),
        _ => column.name.to_owned(),
    };
    let columns: Vec<_> = table.columns.iter().map(column).collect();
    format!("SELECT TOP (0) {} INTO #salinan FROM {};", columns.join(", "), name(table))
}

fn insert(table: &Table) -> String {
    let (name, columns) = (name(table), columns(table));
    let insert = format!("INSERT INTO {name} ({columns}) SELECT {columns} FROM #salinan;");
    match table.is_identity {
        true => format!("SET IDENTITY_INSERT {name} ON; {insert} SET IDENTITY_INSERT {name} OFF;"),
        false => insert,
    }
}

fn words(table: &Table, rows: &[Row]) -> Load {
    let mut words = Vec::new();
    for (id, nama, instansi) in rows.iter().filter_map(|row| words_of(table, row)) {
        for frasa in kata::of_tamu(nama, instansi) {
            let mut tokens = TokenRow::new();
            tokens.push(frasa.into_sql());
            tokens.push(id.into_sql());
            words.push(tokens);
        }
    }
    let create = "SELECT TOP (0) frasa, id_tamu INTO #salinan_kata FROM sistem.kata_tamu;".to_owned();
    Load { name: "#salinan_kata", create, rows: words }
}

fn read(row: &MssqlRow, column: Column) -> Value {
    try_read(row, column).unwrap_or(Value::Unreadable)
}

fn try_read(row: &MssqlRow, column: Column) -> Result<Value> {
    let name = column.name;
    let value = match column.kind {
        Kind::Int => row::int_opt(row, name)?.map(Value::Int),
        Kind::Bit => row::bit_opt(row, name)?.map(|bit| Value::Int(bit.into())),
        Kind::Waktu => row::waktu_opt(row, name)?.map(|waktu| Value::Int(waktu.timestamp_millis())),
        Kind::Text => row::text_opt(row, name)?.map(Value::Text),
        Kind::Bytes => row::bytes_opt(row, name)?.map(Value::Bytes),
        Kind::Utf8 => match row::bytes_opt(row, name)?.map(String::from_utf8) {
            Some(text) => Some(Value::Text(text.map_err(|_| unreadable(column))?)),
            None => None,
        },
    };
    Ok(value.unwrap_or(Value::Null))
}

fn token(value: Value, column: Column) -> Result<ColumnData<'static>> {
    Ok(match (column.kind, value) {
        (Kind::Int, Value::Int(number)) => number.into_sql(),
        (Kind::Int, Value::Null) => ColumnData::I64(None),
        (Kind::Bit, Value::Int(bit)) => (bit != 0).into_sql(),
        (Kind::Waktu, Value::Int(ms)) => {
            DateTime::from_timestamp_millis(ms).ok_or_else(|| unreadable(column))?.naive_utc().into_sql()
        }
        (Kind::Waktu, Value::Null) => ColumnData::DateTime2(None),
        (Kind::Text, Value::Text(text)) => ColumnData::String(Some(Cow::Owned(text))),
        (Kind::Text, Value::Null) => ColumnData::String(None),
        (Kind::Utf8, Value::Text(text)) => ColumnData::Binary(Some(Cow::Owned(text.into_bytes()))),
        (Kind::Bytes, Value::Bytes(bytes)) => ColumnData::Binary(Some(Cow::Owned(bytes))),
        (Kind::Utf8 | Kind::Bytes, Value::Null) => ColumnData::Binary(None),
        _ => return Err(unreadable(column)),
    })
}

fn unreadable(column: Column) -> StoreError {
    row::unreadable(column.name)
}
