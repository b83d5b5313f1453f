//! Lists of guests. A search first finds identities, up to a limit, and then reads only the guests that it shows.

use std::collections::HashSet;

use domain::{Tamu, jadwal::Span, json::Daftar};
use rusqlite::{Connection, Params, named_params};

use super::{COLUMNS, from_row};
use crate::{
    PageRequest, Result, SchoolSecrets, SearchTerms,
    halaman::{MAX_COUNTED, MAX_HITS},
    sqlite::{
        kata_tamu,
        row::{limit_offset, ms},
    },
    tamu::{PENGUNJUNG_MAX, TamuFilter},
};

pub(super) fn list(
    conn: &Connection,
    kunci: &SchoolSecrets,
    saring: &TamuFilter,
    halaman: PageRequest,
) -> Result<Daftar<Tamu>> {
    let Some(cari) = &saring.cari else { return all(conn, kunci, saring, halaman) };
    let mut hits = search(conn, kunci, cari)?;
    if saring.hapus_diminta || saring.tanpa_persetujuan {
        hits = kept(conn, saring, hits)?;
    }
    let page = hits.iter().skip(usize::try_from(halaman.offset()).unwrap_or(usize::MAX));
    let page = page.take(usize::try_from(halaman.ukuran).unwrap_or(usize::MAX));
    let mut find = conn.prepare_cached(&format!("SELECT {COLUMNS} FROM tamu WHERE id = ?1"))?;
    let data = page.map(|id| find.query_row([id], |row| from_row(row, kunci)));
    Ok(Daftar { data: data.collect::<rusqlite::Result<_>>()?, total: hits.len() as u64 })
}

/// The condition of a list, apart from its search.
fn condition(saring: &TamuFilter) -> String {
    let mut condition = "dianonimkan_pada IS NULL AND digabung_ke IS NULL".to_owned();
    if saring.hapus_diminta {
        condition += " AND hapus_diminta_pada IS NOT NULL";
    }
    if saring.tanpa_persetujuan {
        condition += " AND setuju_pada IS NULL";
    }
    condition
}

/// Those of the hits that meet the condition.
fn kept(conn: &Connection, saring: &TamuFilter, hits: Vec<i64>) -> Result<Vec<i64>> {
    let sql = format!("SELECT EXISTS (SELECT 1 FROM tamu WHERE id = ?1 AND {})", condition(saring));
    let mut meets = conn.prepare_cached(&sql)?;
    let mut kept = Vec::new();
    for id in hits {
        if meets.query_row([id], |row| row.get(0))? {
            kept.push(id);
        }
    }
    Ok(kept)
}

fn all(
    conn: &Connection,
    kunci: &SchoolSecrets,
    saring: &TamuFilter,
    halaman: PageRequest,
) -> Result<Daftar<Tamu>> {
    let condition = condition(saring);
    let count = format!("SELECT COUNT(*) FROM (SELECT 1 FROM tamu WHERE {condition} LIMIT {MAX_COUNTED})");
    let total: i64 = conn.prepare_cached(&count)?.query_row((), |row| row.get(0))?;
    let sql = format!(
        "SELECT {COLUMNS} FROM tamu WHERE {condition}
        ORDER BY nama COLLATE NOCASE, id LIMIT :limit OFFSET :offset"
    );
    let (limit, offset) = limit_offset(halaman);
    let mut statement = conn.prepare_cached(&sql)?;
    let params = named_params! { ":limit": limit, ":offset": offset };
    let data = statement.query_map(params, |row| from_row(row, kunci))?.collect::<rusqlite::Result<_>>()?;
    Ok(Daftar { data, total: total.unsigned_abs() })
}

/// The guests of the visits in the span.
pub(super) fn pengunjung(conn: &Connection, kunci: &SchoolSecrets, jadwal: Span) -> Result<Vec<Tamu>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM tamu
        WHERE dianonimkan_pada IS NULL AND digabung_ke IS NULL
            AND id IN (SELECT id_tamu FROM janji_temu_semua WHERE jadwal >= :dari AND jadwal < :sampai)
        ORDER BY id DESC LIMIT {PENGUNJUNG_MAX}"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let params = named_params! { ":dari": ms(jadwal.start), ":sampai": ms(jadwal.end) };
    Ok(statement.query_map(params, |row| from_row(row, kunci))?.collect::<rusqlite::Result<_>>()?)
}

/// Identities of the guests that a search finds, in order.
fn search(conn: &Connection, kunci: &SchoolSecrets, cari: &SearchTerms) -> Result<Vec<i64>> {
    let mut hits = Hits::default();
    if let Some(telp) = &cari.telp {
        let sql = "SELECT COALESCE(digabung_ke, id) FROM tamu WHERE telp_indeks = ?1";
        hits.add(ids(conn, sql, [kunci.telp.indeks(telp)])?);
    }
    if let Some(telp_akhir) = &cari.telp_akhir {
        let sql = format!(
            "SELECT COALESCE(digabung_ke, id) FROM tamu WHERE telp_akhir = ?1
            ORDER BY nama COLLATE NOCASE, id LIMIT {MAX_HITS}"
        );
        hits.add(ids(conn, &sql, [telp_akhir])?);
    }
    for frasa in &cari.frasa {
        if !hits.is_full() {
            hits.add(kata_tamu::berurutan(conn, frasa)?);
        }
    }
    if !hits.is_full() {
        hits.add(kata_tamu::terpisah(conn, cari.terpisah())?);
    }
    Ok(hits.ids)
}

fn ids(conn: &Connection, sql: &str, params: impl Params) -> rusqlite::Result<Vec<i64>> {
    conn.prepare_cached(sql)?.query_map(params, |row| row.get(0))?.collect()
}

/// Identities, each once, up to the limit of a search.
#[derive(Default)]
struct Hits {
    ids: Vec<i64>,
    known: HashSet<i64>,
}

impl Hits {
    fn add(&mut self, ids: Vec<i64>) {
        for id in ids {
            if !self.is_full() && self.known.insert(id) {
                self.ids.push(id);
            }
        }
    }

    fn is_full(&self) -> bool {
        self.ids.len() >= MAX_HITS
    }
}
