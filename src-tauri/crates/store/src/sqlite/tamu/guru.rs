//! Guests as a guru finds them: guests of their own appointments by words, any other guest by the whole number.

use domain::{IdPengguna, IdTamu, json::Daftar};
use rusqlite::{Connection, Row, named_params};

use super::{COLUMNS, from_row};
use crate::{
    PageRequest, Result, SchoolSecrets, SearchTerms,
    sqlite::{
        kata_tamu, milik,
        row::{Params, borrow, limit_offset},
    },
    tamu::FoundTamu,
};

/// Guests of the guru's appointments, whatever became of those. The guru's index leads to these appointments only.
fn tamu_guru(conn: &Connection, id_guru: IdPengguna) -> Result<String> {
    let is_own = milik::is_own(conn, "j.id_guru", id_guru)?;
    Ok(format!("id IN (SELECT j.id_tamu FROM janji_temu_semua AS j WHERE {is_own})"))
}

pub(super) fn list(
    conn: &Connection,
    kunci: &SchoolSecrets,
    id_guru: IdPengguna,
    cari: &SearchTerms,
    halaman: PageRequest,
) -> Result<Daftar<FoundTamu>> {
    let mut params: Params = vec![(":id_guru", Box::new(id_guru.0))];
    let tamu_guru = tamu_guru(conn, id_guru)?;
    let condition = match &cari.telp {
        Some(telp) => {
            params.push((":telp_indeks", Box::new(kunci.telp.indeks(telp))));
            "id = (SELECT COALESCE(digabung_ke, id) FROM tamu WHERE telp_indeks = :telp_indeks)".to_owned()
        }
        None => format!("{tamu_guru} AND {}", found(cari, &mut params)),
    };
    let select = format!("SELECT {COLUMNS}, {tamu_guru} AS tamu_guru FROM tamu WHERE {condition}");
    let count = format!("SELECT COUNT(*) FROM ({select})");
    let total: i64 = conn.prepare_cached(&count)?.query_row(&*borrow(&params), |row| row.get(0))?;
    let sql = format!("{select} ORDER BY nama COLLATE NOCASE, id LIMIT :limit OFFSET :offset");
    let (limit, offset) = limit_offset(halaman);
    params.push((":limit", Box::new(limit)));
    params.push((":offset", Box::new(offset)));
    let mut statement = conn.prepare_cached(&sql)?;
    let found =
        |row: &Row<'_>| Ok(FoundTamu { tamu: from_row(row, kunci)?, tamu_guru: row.get("tamu_guru")? });
    let rows = statement.query_map(&*borrow(&params), found)?;
    Ok(Daftar { data: rows.collect::<rusqlite::Result<_>>()?, total: total.unsigned_abs() })
}

/// The condition that a guest has the words, or a number that ends so. Adds its values to `params`.
fn found(cari: &SearchTerms, params: &mut Params) -> String {
    let mut found = Vec::new();
    if !cari.kata.is_empty() {
        found.push(kata_tamu::has_all("tamu.id", cari.kata.len()));
        params.extend(kata_tamu::params(&cari.kata));
    }
    if let Some(telp_akhir) = &cari.telp_akhir {
        found.push("telp_akhir = :telp_akhir".to_owned());
        params.push((":telp_akhir", Box::new(telp_akhir.clone())));
    }
    if found.is_empty() { "FALSE".to_owned() } else { format!("({})", found.join(" OR ")) }
}

pub(super) fn is_tamu_guru(conn: &Connection, id: IdTamu, id_guru: IdPengguna) -> Result<bool> {
    let sql = format!(
        "SELECT EXISTS (
            SELECT 1 FROM janji_temu_semua
            WHERE id_tamu = (SELECT COALESCE(digabung_ke, id) FROM tamu WHERE id = :id_tamu) AND {}
        )",
        milik::is_own(conn, "id_guru", id_guru)?
    );
    let params = named_params! { ":id_tamu": id.0, ":id_guru": id_guru.0 };
    Ok(conn.prepare_cached(&sql)?.query_row(params, |row| row.get(0))?)
}
