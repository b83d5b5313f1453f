//! Founding the school.

use domain::{Pengguna, Setelan};
use rusqlite::Connection;

use super::create;
use crate::{Result, pengguna::PenggunaBaru, sqlite::setelan};

/// Nobody but a first admin is there, who has never signed in.
const UNUSED: &str = "SELECT (SELECT COUNT(*) FROM pengguna) <= 1
    AND NOT EXISTS (SELECT 1 FROM pengguna WHERE role <> 'Admin')
    AND NOT EXISTS (SELECT 1 FROM sistem_sesi)
    AND NOT EXISTS (SELECT 1 FROM sistem_perangkat)
    AND NOT EXISTS (SELECT 1 FROM tamu)";

pub(super) fn found(conn: &Connection, admin: &PenggunaBaru, setelan: &Setelan) -> Result<Option<Pengguna>> {
    if !conn.prepare_cached(UNUSED)?.query_row((), |row| row.get::<_, bool>(0))? {
        return Ok(None);
    }
    conn.prepare_cached("DELETE FROM pengguna")?.execute(())?;
    let admin = create(conn, admin)?;
    setelan::set_all(conn, setelan)?;
    Ok(Some(admin))
}
