//! Lists of guests. A search reads the index of words, or finds a number, and no more guests than it shows.

use domain::{Tamu, json::Daftar};
use rusqlite::{Connection, named_params};

use super::{COLUMNS, from_row};
use crate::{
    Cari, Halaman, Kunci, Result,
    halaman::MAX_TERHITUNG,
    sqlite::{
        kata_tamu,
        row::{Params, borrow, limit_offset},
    },
};

pub(super) fn list(
    conn: &Connection,
    kunci: &Kunci,
    cari: Option<&Cari>,
    halaman: Halaman,
) -> Result<Daftar<Tamu>> {
    match cari {
        None => all(conn, kunci, halaman),
        Some(cari) if cari.telp.is_some() || cari.telp_akhir.is_some() => {
            by_number_or_words(conn, kunci, cari, halaman)
        }
        Some(cari) => by_words(conn, kunci, cari, halaman),
    }
}

fn all(conn: &Connection, kunci: &Kunci, halaman: Halaman) -> Result<Daftar<Tamu>> {
    let total: i64 = conn.prepare_cached("SELECT COUNT(*) FROM tamu")?.query_row((), |row| row.get(0))?;
    let sql =
        format!("SELECT {COLUMNS} FROM tamu ORDER BY nama COLLATE NOCASE, id LIMIT :limit OFFSET :offset");
    let (limit, offset) = limit_offset(halaman);
    let mut statement = conn.prepare_cached(&sql)?;
    let params = named_params! { ":limit": limit, ":offset": offset };
    let data = statement.query_map(params, |row| from_row(row, kunci))?.collect::<rusqlite::Result<_>>()?;
    Ok(Daftar { data, total: total.unsigned_abs() })
}

/// Few have one number, so all hits are looked at.
fn by_number_or_words(
    conn: &Connection,
    kunci: &Kunci,
    cari: &Cari,
    halaman: Halaman,
) -> Result<Daftar<Tamu>> {
    let mut found = vec![
        "SELECT id FROM tamu WHERE telp_indeks = :telp_indeks".to_owned(),
        "SELECT id FROM tamu WHERE telp_akhir = :telp_akhir".to_owned(),
    ];
    let indeks = cari.telp.as_ref().map(|telp| kunci.telp.indeks(telp));
    let mut params = kata_tamu::params(&cari.kata);
    params.push((":telp_indeks", Box::new(indeks)));
    params.push((":telp_akhir", Box::new(cari.telp_akhir.clone())));
    if !cari.kata.is_empty() {
        found.push(format!("SELECT k.id_tamu {}", kata_tamu::hits(cari.kata.len())));
    }
    let found = found.join(" UNION ");
    let total = count(conn, &format!("SELECT COUNT(*) FROM ({found})"), &params)?;
    let sql = format!(
        "SELECT {COLUMNS} FROM tamu WHERE id IN ({found})
        ORDER BY nama COLLATE NOCASE, id LIMIT :limit OFFSET :offset"
    );
    Ok(Daftar { data: page(conn, kunci, &sql, params, halaman)?, total })
}

/// Hits come off the index in its own order.
fn by_words(conn: &Connection, kunci: &Kunci, cari: &Cari, halaman: Halaman) -> Result<Daftar<Tamu>> {
    if cari.kata.is_empty() {
        return Ok(Daftar { data: Vec::new(), total: 0 });
    }
    let hits = kata_tamu::hits(cari.kata.len());
    let params = kata_tamu::params(&cari.kata);
    let matches = kata_tamu::matches(cari.kata.len());
    // Counts along the index alone.
    let total = format!(
        "SELECT COUNT(DISTINCT id_tamu) FROM (SELECT k.id_tamu {matches} ORDER BY k.kata LIMIT {MAX_TERHITUNG})"
    );
    let total = count(conn, &total, &params)?;
    let sql = format!(
        "SELECT t.id, t.nama, t.telp, t.telp_indeks, t.email, t.instansi, t.kode_qr, t.dibuat_pada
        FROM (
            SELECT k.kata, k.urut, k.id_tamu {hits}
            ORDER BY k.kata, k.urut, k.id_tamu LIMIT :limit OFFSET :offset
        ) AS hit
        INNER JOIN tamu AS t ON t.id = hit.id_tamu
        ORDER BY hit.kata, hit.urut, hit.id_tamu"
    );
    Ok(Daftar { data: page(conn, kunci, &sql, params, halaman)?, total })
}

fn count(conn: &Connection, sql: &str, params: &Params) -> Result<u64> {
    let total: i64 = conn.prepare_cached(sql)?.query_row(&*borrow(params), |row| row.get(0))?;
    Ok(total.unsigned_abs())
}

fn page(
    conn: &Connection,
    kunci: &Kunci,
    sql: &str,
    mut params: Params,
    halaman: Halaman,
) -> Result<Vec<Tamu>> {
    let (limit, offset) = limit_offset(halaman);
    params.push((":limit", Box::new(limit)));
    params.push((":offset", Box::new(offset)));
    let mut statement = conn.prepare_cached(sql)?;
    Ok(statement
        .query_map(&*borrow(&params), |row| from_row(row, kunci))?
        .collect::<rusqlite::Result<_>>()?)
}
