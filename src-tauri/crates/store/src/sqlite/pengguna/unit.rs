//! Units, and who is behind each.

use std::collections::HashMap;

use domain::{IdPengguna, Pengguna, pengguna::Anggota};
use rusqlite::{Connection, named_params};

use super::{create, find};
use crate::{Conflict, Result, StoreError, milik, pengguna::UnitBaru};

pub(super) fn create_unit(conn: &Connection, baru: &UnitBaru) -> Result<Pengguna> {
    let id = create(conn, &baru.pengguna())?.id;
    conn.prepare_cached("UPDATE pengguna SET unit = 1 WHERE id = ?1")?.execute([id.0])?;
    set_anggota(conn, id, &baru.anggota)?;
    find(conn, id)?.ok_or(StoreError::NotFound)
}

/// Sets who is behind the unit. Whoever is new to it must be active and no unit.
pub(super) fn set_anggota(conn: &Connection, unit: IdPengguna, anggota: &[IdPengguna]) -> Result<()> {
    let list = milik::to_json(anggota);
    conn.prepare_cached(
        "DELETE FROM sistem_anggota
        WHERE id_unit = :unit AND id_pengguna NOT IN (SELECT value FROM json_each(:anggota))",
    )?
    .execute(named_params! { ":unit": unit.0, ":anggota": list })?;
    conn.prepare_cached(
        "INSERT INTO sistem_anggota (id_unit, id_pengguna)
        SELECT u.id, p.id FROM pengguna AS u
        INNER JOIN pengguna AS p ON p.aktif = 1 AND p.unit = 0
            AND p.id IN (SELECT value FROM json_each(:anggota))
        WHERE u.id = :unit AND u.unit = 1
            AND NOT EXISTS (SELECT 1 FROM sistem_anggota AS m WHERE m.id_unit = u.id AND m.id_pengguna = p.id)",
    )?
    .execute(named_params! { ":unit": unit.0, ":anggota": list })?;
    let sql = "SELECT
            (SELECT COUNT(*) FROM sistem_anggota WHERE id_unit = :unit)
            = (SELECT COUNT(DISTINCT value) FROM json_each(:anggota))
            AND EXISTS (SELECT 1 FROM pengguna WHERE id = :unit AND unit = 1)";
    let params = named_params! { ":unit": unit.0, ":anggota": list };
    let is_whole: bool = conn.prepare_cached(sql)?.query_row(params, |row| row.get(0))?;
    if is_whole { Ok(()) } else { Err(StoreError::Conflict(Conflict::Anggota)) }
}

pub(super) fn list_anggota(
    conn: &Connection,
    unit: &[IdPengguna],
) -> Result<HashMap<IdPengguna, Vec<Anggota>>> {
    let mut statement = conn.prepare_cached(
        "SELECT m.id_unit, p.id, p.nama, p.aktif FROM sistem_anggota AS m
        INNER JOIN pengguna AS p ON p.id = m.id_pengguna
        WHERE m.id_unit IN (SELECT value FROM json_each(?1))
        ORDER BY p.nama COLLATE NOCASE, p.id",
    )?;
    let mut behind = HashMap::<_, Vec<_>>::new();
    let mut rows = statement.query([milik::to_json(unit)])?;
    while let Some(row) = rows.next()? {
        let one = Anggota { id: IdPengguna(row.get(1)?), nama: row.get(2)?, aktif: row.get(3)? };
        behind.entry(IdPengguna(row.get(0)?)).or_default().push(one);
    }
    Ok(behind)
}

pub(super) fn is_anggota(conn: &Connection, unit: IdPengguna, id: IdPengguna) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM sistem_anggota WHERE id_unit = ?1 AND id_pengguna = ?2)";
    Ok(conn.prepare_cached(sql)?.query_row((unit.0, id.0), |row| row.get(0))?)
}
