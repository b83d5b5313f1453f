//! How single values stand in the tables: times as whole milliseconds, words as text, numbers of guests encrypted.

use std::{error::Error, str::FromStr};

use chrono::{DateTime, Utc};
use domain::Telp;
use rusqlite::{Row, ToSql, types::Type};

use crate::{PageRequest, SchoolSecrets};

/// A time as milliseconds since 1970-01-01 UTC; anything finer is cut off.
pub(super) fn ms(waktu: DateTime<Utc>) -> i64 {
    waktu.timestamp_millis()
}

/// The same for an instant that may be missing.
pub(super) fn ms_opt(waktu: Option<DateTime<Utc>>) -> Option<i64> {
    waktu.map(ms)
}

/// Reads a time.
pub(super) fn waktu(row: &Row<'_>, column: &str) -> rusqlite::Result<DateTime<Utc>> {
    from_ms(row.get(column)?)
}

/// Reads a time that may be missing.
pub(super) fn waktu_opt(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<DateTime<Utc>>> {
    row.get::<_, Option<i64>>(column)?.map(from_ms).transpose()
}

/// The instant that lies `ms` milliseconds after 1970-01-01 UTC.
pub(super) fn from_ms(ms: i64) -> rusqlite::Result<DateTime<Utc>> {
    DateTime::from_timestamp_millis(ms).ok_or(rusqlite::Error::IntegralValueOutOfRange(0, ms))
}

/// Reads a status, role or the like.
pub(super) fn word<T>(row: &Row<'_>, column: &str) -> rusqlite::Result<T>
where
    T: FromStr<Err: Error + Send + Sync + 'static>,
{
    row.get_ref(column)?.as_str()?.parse().map_err(|error| unreadable(Type::Text, error))
}

/// Reads one that may be missing.
pub(super) fn word_opt<T>(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<T>>
where
    T: FromStr<Err: Error + Send + Sync + 'static>,
{
    let text = row.get_ref(column)?.as_str_or_null()?;
    text.map(|text| text.parse().map_err(|error| unreadable(Type::Text, error))).transpose()
}

/// Words of this program, not of a person, as they are listed in a statement.
pub(super) fn words(words: impl Iterator<Item = &'static str>) -> String {
    words.map(|word| format!("'{word}'")).collect::<Vec<_>>().join(", ")
}

/// Reads a guest's number from `telp` and `telp_indeks`; `None` if the guest has no phone.
pub(super) fn telp(row: &Row<'_>, kunci: &SchoolSecrets) -> rusqlite::Result<Option<Telp>> {
    let (sealed, indeks) =
        (row.get_ref("telp")?.as_blob_or_null()?, row.get_ref("telp_indeks")?.as_blob_or_null()?);
    let (Some(sealed), Some(indeks)) = (sealed, indeks) else { return Ok(None) };
    kunci.telp.decrypt(sealed, indeks).map(Some).map_err(|error| unreadable(Type::Blob, error))
}

/// A value that this program did not write.
pub(super) fn unreadable(kind: Type, error: impl Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, kind, Box::new(error))
}

/// Parameters of a statement that is put together, by name.
pub(super) type Params = Vec<(&'static str, Box<dyn ToSql>)>;

/// What rusqlite takes them as.
pub(super) fn borrow(params: &Params) -> Vec<(&str, &dyn ToSql)> {
    params.iter().map(|(name, value)| (*name, &**value)).collect()
}

/// LIMIT and OFFSET of a page.
pub(super) fn limit_offset(halaman: PageRequest) -> (i64, i64) {
    (i64::from(halaman.ukuran), i64::try_from(halaman.offset()).unwrap_or(i64::MAX))
}
