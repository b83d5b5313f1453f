//! Users with what an admin is shown of each.

use domain::{
    IdPengguna,
    impor::Dikenal,
    json::Daftar,
    pengguna::{Kepegawaian, PenggunaRinci},
};
use rusqlite::{Connection, OptionalExtension, Row};

use super::{COLUMNS, condition, from_row, unit::list_anggota};
use crate::{
    PageRequest, Result,
    pengguna::{OrderBy, PenggunaFilter, PenggunaOrder},
    sqlite::row::{borrow, limit_offset, waktu_opt},
};

/// A device remembers for longer than a session when its user signed in; a reset password forgets the devices.
const LOGIN_TERAKHIR: &str = "NULLIF(MAX(
        COALESCE((SELECT MAX(s.dibuat_pada) FROM sistem_sesi AS s WHERE s.id_pengguna = pengguna.id), 0),
        COALESCE((SELECT MAX(d.terakhir_pada) FROM sistem_perangkat AS d WHERE d.id_pengguna = pengguna.id), 0)
    ), 0)";

pub(super) fn list(
    conn: &Connection,
    saring: &PenggunaFilter,
    urut: PenggunaOrder,
    halaman: PageRequest,
) -> Result<Daftar<PenggunaRinci>> {
    let (condition, mut params) = condition(saring);
    let count = format!("SELECT COUNT(*) FROM pengguna {condition}");
    let total: i64 = conn.prepare_cached(&count)?.query_row(&*borrow(&params), |row| row.get(0))?;
    let direction = if urut.turun { "DESC" } else { "ASC" };
    let order = match urut.menurut {
        OrderBy::Nama => format!("nama COLLATE NOCASE {direction}"),
        OrderBy::Login => format!("login_terakhir IS NULL, login_terakhir {direction}"),
        OrderBy::Dibuat => format!("dibuat_pada {direction}"),
    };
    let sql = format!(
        "SELECT {COLUMNS}, nuptk, nip, tugas_tambahan, terkunci_sampai, {LOGIN_TERAKHIR} AS login_terakhir
        FROM pengguna {condition}
        ORDER BY {order}, id LIMIT :limit OFFSET :offset"
    );
    let (limit, offset) = limit_offset(halaman);
    params.push((":limit", Box::new(limit)));
    params.push((":offset", Box::new(offset)));
    let mut statement = conn.prepare_cached(&sql)?;
    let rinci = |row: &Row<'_>| {
        Ok(PenggunaRinci {
            pengguna: from_row(row)?,
            kepegawaian: kepegawaian(row),
            login_terakhir: waktu_opt(row, "login_terakhir").unwrap_or_default(),
            terkunci_sampai: waktu_opt(row, "terkunci_sampai").unwrap_or_default(),
            anggota: Vec::new(),
        })
    };
    let mut data = statement.query_map(&*borrow(&params), rinci)?.collect::<rusqlite::Result<Vec<_>>>()?;
    let units: Vec<_> = data.iter().filter(|row| row.pengguna.unit).map(|row| row.pengguna.id).collect();
    let mut behind = list_anggota(conn, &units)?;
    for row in &mut data {
        row.anggota = behind.remove(&row.pengguna.id).unwrap_or_default();
    }
    Ok(Daftar { data, total: total.unsigned_abs() })
}

pub(super) fn list_dikenal(conn: &Connection) -> Result<Vec<Dikenal>> {
    let sql =
        format!("SELECT {COLUMNS}, nuptk, nip, tugas_tambahan FROM pengguna WHERE unit = 0 ORDER BY id");
    let mut statement = conn.prepare_cached(&sql)?;
    let dikenal = |row: &Row<'_>| Ok(Dikenal { pengguna: from_row(row)?, kepegawaian: kepegawaian(row) });
    Ok(statement.query_map((), dikenal)?.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn find_kepegawaian(conn: &Connection, id: IdPengguna) -> Result<Kepegawaian> {
    let sql = "SELECT nuptk, nip, tugas_tambahan FROM pengguna WHERE id = ?1";
    let found = conn.prepare_cached(sql)?.query_row([id.0], |row| Ok(kepegawaian(row))).optional()?;
    Ok(found.unwrap_or_default())
}

/// What cannot be read of it is missing.
fn kepegawaian(row: &Row<'_>) -> Kepegawaian {
    Kepegawaian {
        nuptk: row.get("nuptk").unwrap_or_default(),
        nip: row.get("nip").unwrap_or_default(),
        tugas_tambahan: row.get("tugas_tambahan").unwrap_or_default(),
    }
}
