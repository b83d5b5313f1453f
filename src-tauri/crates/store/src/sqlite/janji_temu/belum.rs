//! Appointments that nobody has come to yet, whosever they are.

use domain::{jadwal::Span, status};
use rusqlite::Connection;

use crate::{
    Result,
    sqlite::row::{from_ms, ms, words},
};

pub(super) fn list_belum(conn: &Connection, dalam: Span) -> Result<Vec<Span>> {
    let sql = format!(
        "SELECT jadwal, durasi_menit FROM janji_temu
        WHERE jadwal >= ?1 AND jadwal < ?2 AND status IN ({}) ORDER BY jadwal",
        words(status::awaited())
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let span = |row: &rusqlite::Row<'_>| Ok(Span::minutes(from_ms(row.get(0)?)?, row.get(1)?));
    let rows = statement.query_map([ms(dalam.start), ms(dalam.end)], span)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
