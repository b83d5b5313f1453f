//! How single values stand in the tables: times in UTC to the millisecond, words as text, numbers of guests encrypted.

use std::str::FromStr;

use chrono::{DateTime, NaiveDateTime, Utc};
use domain::Telp;
use tiberius::{ColumnData, FromSql, Row};

use super::engine::Statement;
use crate::{PageRequest, Result, SchoolSecrets, StoreError};

/// Reads a whole number of any size.
pub(super) fn int(row: &Row, column: &str) -> Result<i64> {
    int_opt(row, column)?.ok_or_else(|| unreadable(column))
}

/// Reads a whole number that may be missing.
pub(super) fn int_opt(row: &Row, column: &str) -> Result<Option<i64>> {
    match row.get_column_data(column) {
        Ok(ColumnData::I64(value)) => Ok(*value),
        Ok(ColumnData::I32(value)) => Ok(value.map(i64::from)),
        Ok(ColumnData::I16(value)) => Ok(value.map(i64::from)),
        Ok(ColumnData::U8(value)) => Ok(value.map(i64::from)),
        _ => Err(unreadable(column)),
    }
}

/// Reads one that fits a smaller type and may be missing.
pub(super) fn small_opt<T: TryFrom<i64>>(row: &Row, column: &str) -> Result<Option<T>> {
    int_opt(row, column)?.map(|value| T::try_from(value).map_err(|_| unreadable(column))).transpose()
}

/// Reads a whole number that fits a smaller type.
pub(super) fn small<T: TryFrom<i64>>(row: &Row, column: &str) -> Result<T> {
    T::try_from(int(row, column)?).map_err(|_| unreadable(column))
}

/// Reads a count of rows.
pub(super) fn count(row: &Row, column: &str) -> Result<u64> {
    small(row, column)
}

pub(super) fn bit(row: &Row, column: &str) -> Result<bool> {
    get(row, column)
}

pub(super) fn bit_opt(row: &Row, column: &str) -> Result<Option<bool>> {
    get_opt(row, column)
}

pub(super) fn text(row: &Row, column: &str) -> Result<String> {
    get::<&str>(row, column).map(str::to_owned)
}

pub(super) fn text_opt(row: &Row, column: &str) -> Result<Option<String>> {
    Ok(get_opt::<&str>(row, column)?.map(str::to_owned))
}

pub(super) fn bytes(row: &Row, column: &str) -> Result<Vec<u8>> {
    get::<&[u8]>(row, column).map(<[u8]>::to_vec)
}

pub(super) fn bytes_opt(row: &Row, column: &str) -> Result<Option<Vec<u8>>> {
    Ok(get_opt::<&[u8]>(row, column)?.map(<[u8]>::to_vec))
}

/// Reads a time.
pub(super) fn waktu(row: &Row, column: &str) -> Result<DateTime<Utc>> {
    waktu_opt(row, column)?.ok_or_else(|| unreadable(column))
}

/// Reads a time that may be missing.
pub(super) fn waktu_opt(row: &Row, column: &str) -> Result<Option<DateTime<Utc>>> {
    Ok(get_opt::<NaiveDateTime>(row, column)?.map(|waktu| waktu.and_utc()))
}

/// Reads a status, role or the like.
pub(super) fn word<T: FromStr>(row: &Row, column: &str) -> Result<T> {
    get::<&str>(row, column)?.parse().map_err(|_| unreadable(column))
}

/// Reads one that may be missing.
pub(super) fn word_opt<T: FromStr>(row: &Row, column: &str) -> Result<Option<T>> {
    let text = get_opt::<&str>(row, column)?;
    text.map(|text| text.parse().map_err(|_| unreadable(column))).transpose()
}

/// Words of this program, not of a person, as they are listed in a statement.
pub(super) fn words(words: impl Iterator<Item = &'static str>) -> String {
    words.map(|word| format!("N'{word}'")).collect::<Vec<_>>().join(", ")
}

/// Reads a guest's number from `telp` and `telp_indeks`; `None` if the guest has no phone.
pub(super) fn telp(row: &Row, kunci: &SchoolSecrets) -> Result<Option<Telp>> {
    let (sealed, indeks) = (get_opt::<&[u8]>(row, "telp")?, get_opt::<&[u8]>(row, "telp_indeks")?);
    let (Some(sealed), Some(indeks)) = (sealed, indeks) else { return Ok(None) };
    kunci.telp.decrypt(sealed, indeks).map(Some).map_err(|_| unreadable("telp"))
}

fn get<'a, T: FromSql<'a>>(row: &'a Row, column: &str) -> Result<T> {
    get_opt(row, column)?.ok_or_else(|| unreadable(column))
}

fn get_opt<'a, T: FromSql<'a>>(row: &'a Row, column: &str) -> Result<Option<T>> {
    row.try_get(column).map_err(|_| unreadable(column))
}

/// A value that this program did not write.
pub(super) fn unreadable(column: &str) -> StoreError {
    tracing::debug!(column, "a row is not as it should be");
    StoreError::Other("a row or a statement is not as it should be".to_owned())
}

/// Gives OFFSET and FETCH of a page their values, `@offset` and `@limit`.
pub(super) fn page(statement: Statement, halaman: PageRequest) -> Statement {
    let offset = i64::try_from(halaman.offset()).unwrap_or(i64::MAX);
    statement.bind("offset", offset).bind("limit", i64::from(halaman.ukuran))
}
