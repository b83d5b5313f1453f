//! A whole school moved from one database to another, row for row, and compared at the end.
//!
//! Both databases say the same in the same tables, so a copy knows tables and columns, and no rules. The target makes
//! what derives from rows, such as the index of words. A copy that was stopped leaves its mark in the target: no
//! server runs on it, and the next copy starts again.

mod checksum;
mod table;

use std::collections::BTreeMap;

use async_trait::async_trait;
use thiserror::Error;

pub use self::{
    checksum::Checksum,
    table::{Column, Kind, TABLES, Table, Value},
};
use crate::{Result, Store, StoreError};
pub(crate) use table::JANJI_TEMU;

/// Rows moved at once: few enough that memory stays flat, many enough that round trips do not matter.
const BATCH: usize = 2_000;

/// A row: a value for each column of its table.
pub type Row = Vec<Value>;

/// How far a database is from being a school's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Nothing was entered yet.
    Empty,
    /// A copy was begun and not finished.
    HalfCopied,
    /// A school.
    School,
}

/// Rows as they stand.
#[async_trait]
pub trait RowReader: Send + Sync {
    /// What the database holds.
    async fn content(&self) -> Result<Content>;
    /// How many rows a table has.
    async fn count_rows(&self, table: &'static Table) -> Result<u64>;
    /// Rows whose key comes after `after`, in the order of the key, at most `limit` of them.
    async fn list_rows(&self, table: &'static Table, after: Option<Value>, limit: usize) -> Result<Vec<Row>>;
    /// The greatest identity that the table ever gave, even if its row is gone: the next one is greater. Of a table
    /// with identities only.
    async fn last_identity(&self, table: &'static Table) -> Result<i64>;
}

/// Rows as they stand, for moving a school.
#[async_trait]
pub trait RowStore: RowReader {
    /// The rows as they stand at this moment, whatever is written meanwhile. `None` if the database cannot tell that.
    async fn freeze(&self) -> Result<Option<Box<dyn RowReader + '_>>>;
    /// Removes what an unfinished copy left, and marks the database as being copied into.
    async fn begin_copy(&self) -> Result<()>;
    /// Removes the mark.
    async fn finish_copy(&self) -> Result<()>;
    /// Makes the next identity of a table greater than this, because numbers that were given once stand in codes, links
    /// and mails that people hold.
    async fn count_on(&self, table: &'static Table, last: i64) -> Result<()>;
    /// Enters rows as they are, identities included, and what derives from them.
    async fn insert_rows(&self, table: &'static Table, rows: Vec<Row>) -> Result<()>;
}

/// Why a school was not moved.
#[derive(Debug, Error)]
pub enum CopyError {
    /// The source has no school, or only half of one.
    #[error("the source holds no school")]
    EmptySource,
    /// The source is itself a copy that was not finished.
    #[error("the source is a copy that was not finished")]
    HalfSource,
    /// The target has rows already.
    #[error("the target is not empty; a school is copied into an empty database only")]
    TargetNotEmpty,
    /// What was read back differs from what was sent, or the source has changed meanwhile.
    #[error(
        "table {table} differs after the copy; is a server still running on the source? Stop it and start again"
    )]
    Differs {
        /// The first such table.
        table: &'static str,
    },
    /// A row of the source is damaged.
    #[error("a row of table {table} cannot be read; check-database tells which ones")]
    Damaged {
        /// The table.
        table: &'static str,
    },
    /// A database failed.
    #[error("{side}: {error}")]
    Store {
        /// `source` or `target`.
        side: &'static str,
        /// How it failed.
        error: StoreError,
    },
}

/// How far a copy is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The table.
    pub table: &'static str,
    /// What is being done.
    pub step: Step,
    /// Rows of it that are done.
    pub done: u64,
    /// Rows that it has.
    pub total: u64,
}

/// What is being done to a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Its rows are moved.
    Copy,
    /// They are read back and compared.
    Compare,
}

/// What was moved: the number of rows and their checksum, by table.
pub type Moved = BTreeMap<&'static str, (u64, Checksum)>;

/// Moves a school. Calls `tell` after every batch.
///
/// The school as it stands at one moment is moved, where the source can tell that. Elsewhere nobody may write there
/// meanwhile.
///
/// # Errors
/// [`CopyError`]; the target is then unfinished, and stays so until a copy into it succeeds.
pub async fn copy(from: &dyn Store, to: &dyn Store, tell: impl FnMut(Progress)) -> Result<Moved, CopyError> {
    match from.rows().freeze().await.map_err(of_source)? {
        Some(frozen) => copy_rows(&*frozen, to, tell).await,
        None => copy_rows(from.rows(), to, tell).await,
    }
}

async fn copy_rows(
    source: &(impl RowReader + ?Sized),
    to: &dyn Store,
    mut tell: impl FnMut(Progress),
) -> Result<Moved, CopyError> {
    let target = to.rows();
    match source.content().await.map_err(of_source)? {
        Content::School => {}
        Content::Empty => return Err(CopyError::EmptySource),
        Content::HalfCopied => return Err(CopyError::HalfSource),
    }
    if target.content().await.map_err(of_target)? == Content::School {
        return Err(CopyError::TargetNotEmpty);
    }
    target.begin_copy().await.map_err(of_target)?;

    let mut moved = Moved::new();
    for table in TABLES {
        let total = source.count_rows(table).await.map_err(of_source)?;
        let (mut done, mut checksum, mut after) = (0, Checksum::default(), None);
        loop {
            let rows = source.list_rows(table, after.take(), BATCH).await.map_err(of_source)?;
            let Some(last) = rows.last() else { break };
            after = Some(last[table.key].clone());
            if rows.iter().any(|row| row.contains(&Value::Unreadable)) {
                return Err(CopyError::Damaged { table: table.name });
            }
            done += rows.len() as u64;
            rows.iter().for_each(|row| checksum.add(row));
            target.insert_rows(table, rows).await.map_err(of_target)?;
            tell(Progress { table: table.name, step: Step::Copy, done, total });
        }
        moved.insert(table.name, (done, checksum));
    }
    for table in TABLES {
        let (total, sent) = moved[table.name];
        let (mut done, mut checksum, mut after) = (0, Checksum::default(), None);
        loop {
            let rows = target.list_rows(table, after.take(), BATCH).await.map_err(of_target)?;
            let Some(last) = rows.last() else { break };
            after = Some(last[table.key].clone());
            done += rows.len() as u64;
            rows.iter().for_each(|row| checksum.add(row));
            tell(Progress { table: table.name, step: Step::Compare, done, total });
        }
        let is_unchanged = source.count_rows(table).await.map_err(of_source)? == total;
        if (done, checksum) != (total, sent) || !is_unchanged {
            return Err(CopyError::Differs { table: table.name });
        }
    }
    for table in TABLES.iter().filter(|table| table.is_identity) {
        let last = source.last_identity(table).await.map_err(of_source)?;
        target.count_on(table, last).await.map_err(of_target)?;
    }
    target.finish_copy().await.map_err(of_target)?;
    Ok(moved)
}

/// Identity, name and institution of a guest's row, from which the index of words is made. `None` of a guest who was
/// erased, because nobody finds that one.
pub(crate) fn words_of<'a>(table: &Table, row: &'a [Value]) -> Option<(i64, &'a str, Option<&'a str>)> {
    let value = |name| table.columns.iter().position(|column| column.name == name).and_then(|n| row.get(n));
    if value("dianonimkan_pada")? != &Value::Null {
        return None;
    }
    match (value("id")?, value("nama")?, value("instansi")?) {
        (Value::Int(id), Value::Text(nama), Value::Text(instansi)) => Some((*id, nama, Some(instansi))),
        (Value::Int(id), Value::Text(nama), Value::Null) => Some((*id, nama, None)),
        _ => None,
    }
}

fn of_source(error: StoreError) -> CopyError {
    CopyError::Store { side: "source", error }
}

fn of_target(error: StoreError) -> CopyError {
    CopyError::Store { side: "target", error }
}
