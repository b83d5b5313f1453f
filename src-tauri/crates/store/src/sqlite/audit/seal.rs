//! Sealing entries, and removing the oldest. The writer does one job at a time, so nobody else is at it.

use chrono::{DateTime, Utc};
use domain::audit::chain::{End, Link};
use rusqlite::{Connection, OptionalExtension, named_params};

use super::{COLUMNS, from_row};
use crate::{
    Result,
    audit::{Ends, SEALED_AT_ONCE},
    sqlite::row::ms,
};

pub(super) fn ends(conn: &Connection) -> Result<Ends> {
    let unsealed: i64 = conn
        .prepare_cached("SELECT COUNT(*) FROM sistem_audit WHERE nomor IS NULL")?
        .query_row((), |row| row.get(0))?;
    Ok(Ends {
        newest: end(conn, End::Newest)?,
        removed: end(conn, End::Removed)?,
        unsealed: unsealed.unsigned_abs(),
    })
}

fn end(conn: &Connection, end: End) -> Result<Option<(Link, [u8; 32])>> {
    let mut statement =
        conn.prepare_cached("SELECT nomor, segel, bukti FROM sistem_audit_ujung WHERE nama = ?1")?;
    let found = statement.query_row([end.as_str()], |row| {
        Ok((Link { nomor: row.get("nomor")?, segel: row.get("segel")? }, row.get("bukti")?))
    });
    Ok(found.optional()?)
}

fn set_end(conn: &Connection, key: &[u8; 32], end: End, link: Link) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO sistem_audit_ujung (nama, nomor, segel, bukti) VALUES (:nama, :nomor, :segel, :bukti)
        ON CONFLICT (nama) DO UPDATE SET nomor = excluded.nomor, segel = excluded.segel, bukti = excluded.bukti",
    )?
    .execute(named_params! {
        ":nama": end.as_str(),
        ":nomor": link.nomor,
        ":segel": link.segel,
        ":bukti": end.proof(key, link),
    })?;
    Ok(())
}

/// Seals the next entries; how many.
pub(super) fn seal(conn: &Connection, key: &[u8; 32]) -> Result<usize> {
    let sql = format!("SELECT {COLUMNS} FROM sistem_audit AS a WHERE nomor IS NULL ORDER BY id LIMIT ?1");
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map([SEALED_AT_ONCE as i64], from_row)?;
    let rows = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    let mut at = end(conn, End::Newest)?.map_or(Link::START, |(link, _)| link);
    for row in &rows {
        let seal = row.seal(key, at);
        conn.prepare_cached(
            "UPDATE sistem_audit SET nomor = :nomor, pribadi = :pribadi, segel = :segel WHERE id = :id",
        )?
        .execute(named_params! {
            ":nomor": seal.nomor, ":pribadi": seal.pribadi, ":segel": seal.segel, ":id": row.id,
        })?;
        at = Link { nomor: seal.nomor, segel: seal.segel };
    }
    if !rows.is_empty() {
        set_end(conn, key, End::Newest, at)?;
    }
    Ok(rows.len())
}

/// Removes the oldest entries, up to the first that is young enough.
pub(super) fn trim(conn: &Connection, key: &[u8; 32], sebelum: DateTime<Utc>, limit: u32) -> Result<u64> {
    let first = end(conn, End::Removed)?.map_or(0, |(link, _)| link.nomor);
    let mut statement = conn.prepare_cached(
        "SELECT nomor, segel, waktu FROM sistem_audit WHERE nomor > ?1 ORDER BY nomor LIMIT ?2",
    )?;
    let mut rows = statement.query((first, limit))?;
    let mut last = None;
    while let Some(row) = rows.next()? {
        if row.get::<_, i64>("waktu")? >= ms(sebelum) {
            break;
        }
        last = Some(Link { nomor: row.get("nomor")?, segel: row.get("segel")? });
    }
    let Some(last) = last else { return Ok(0) };
    set_end(conn, key, End::Removed, last)?;
    let removed = conn.prepare_cached("DELETE FROM sistem_audit WHERE nomor <= ?1")?.execute([last.nomor])?;
    Ok(removed as u64)
}
