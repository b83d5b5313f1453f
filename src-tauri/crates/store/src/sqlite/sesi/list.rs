//! The living sessions of one user.

use chrono::{DateTime, Utc};
use domain::{IdPengguna, sesi::SessionBounds};
use rusqlite::{Connection, named_params};

use super::LIVES;
use crate::{
    Result,
    sesi::SesiRinci,
    sqlite::row::{ms, waktu},
};

pub(super) fn list(conn: &Connection, id: IdPengguna, now: DateTime<Utc>) -> Result<Vec<SesiRinci>> {
    let bounds = SessionBounds::at(now);
    let sql = format!(
        "SELECT id, dibuat_pada, keterangan, MAX(dibuat_pada, COALESCE((
                SELECT MAX(t.dibuat_pada) FROM sistem_token_segar AS t WHERE t.id_sesi = sistem_sesi.id
            ), 0)) AS terakhir_pada
        FROM sistem_sesi WHERE id_pengguna = :id AND {LIVES}
        ORDER BY terakhir_pada DESC, id"
    );
    let params = named_params! {
        ":id": id.0,
        ":ends_after": ms(bounds.ends_after),
        ":ends_by": ms(bounds.ends_by),
        ":began_after": ms(bounds.began_after),
        ":began_by": ms(bounds.began_by),
    };
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(params, |row| {
        Ok(SesiRinci {
            id: row.get("id")?,
            dibuat_pada: waktu(row, "dibuat_pada")?,
            terakhir_pada: waktu(row, "terakhir_pada")?,
            keterangan: row.get("keterangan")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn is_of(conn: &Connection, pemilik: IdPengguna, id: &str) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM sistem_sesi WHERE id = :id AND id_pengguna = :pemilik)";
    let params = named_params! { ":id": id, ":pemilik": pemilik.0 };
    Ok(conn.prepare_cached(sql)?.query_row(params, |row| row.get(0))?)
}
