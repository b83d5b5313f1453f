//! Whose a visit is (`crate::milik`).

use domain::IdPengguna;
use rusqlite::Connection;

use crate::Result;

/// The condition that the guru in `column` is the user `:id_guru`, or a unit that the user is behind. The units are
/// looked up first and named in it: so it is one identity for nearly everybody, and the guru's index gives rows in
/// their order.
pub(super) fn is_own(conn: &Connection, column: &str, id: IdPengguna) -> Result<String> {
    let sql = "SELECT id_unit FROM sistem_anggota WHERE id_pengguna = ?1 ORDER BY id_unit";
    let mut statement = conn.prepare_cached(sql)?;
    let units = statement.query_map([id.0], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?;
    if units.is_empty() {
        return Ok(format!("{column} = :id_guru"));
    }
    let units: String = units.iter().map(|id| format!(", {id}")).collect();
    Ok(format!("{column} IN (:id_guru{units})"))
}
