//! Lists of appointments. Conditions that are not asked for are left out, so that each question finds its index.

use domain::{IdJanjiTemu, IdPengguna, JanjiTemu, Status, json::Daftar};
use rusqlite::{Connection, OptionalExtension};

use super::{SELECT_SEMUA, from_row, get};
use crate::{
    PageRequest, Result, SchoolSecrets,
    halaman::{MAX_COUNTED, MAX_LOOKED_AT},
    janji_temu::{JanjiTemuFilter, MadeBefore},
    sqlite::{
        kata_tamu, milik,
        row::{Params, borrow, limit_offset, ms, word, words},
    },
};

pub(super) fn list(
    conn: &Connection,
    kunci: &SchoolSecrets,
    saring: &JanjiTemuFilter,
    halaman: PageRequest,
) -> Result<Daftar<JanjiTemu>> {
    if saring.looks_at_rows() {
        return looked_at(conn, kunci, saring, halaman);
    }
    let (conditions, mut params) = by_index(conn, saring)?;
    let condition = filter(&conditions);
    let count =
        format!("SELECT COUNT(*) FROM (SELECT 1 FROM janji_temu_semua AS j {condition} LIMIT {MAX_COUNTED})");
    let total: i64 = conn.prepare_cached(&count)?.query_row(&*borrow(&params), |row| row.get(0))?;

    let sql = format!("{SELECT_SEMUA} {condition} ORDER BY {} LIMIT :limit OFFSET :offset", order(saring));
    let (limit, offset) = limit_offset(halaman);
    params.push((":limit", Box::new(limit)));
    params.push((":offset", Box::new(offset)));
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(&*borrow(&params), |row| from_row(row, kunci))?;
    Ok(Daftar { data: rows.collect::<rusqlite::Result<_>>()?, total: total.unsigned_abs() })
}

/// The same where rows must be looked at: once, for the page and for how many there are.
fn looked_at(
    conn: &Connection,
    kunci: &SchoolSecrets,
    saring: &JanjiTemuFilter,
    halaman: PageRequest,
) -> Result<Daftar<JanjiTemu>> {
    let (newest, params) = newest(conn, saring, kunci)?;
    let sql = format!("SELECT j.id {newest} ORDER BY {}", order(saring));
    let mut statement = conn.prepare_cached(&sql)?;
    let ids = statement.query_map(&*borrow(&params), |row| row.get(0))?;
    let ids = ids.collect::<rusqlite::Result<Vec<i64>>>()?;
    let page = ids.iter().skip(usize::try_from(halaman.offset()).unwrap_or(usize::MAX));
    let page = page.take(usize::try_from(halaman.ukuran).unwrap_or(usize::MAX));
    let mut find = conn.prepare_cached(&format!("{SELECT_SEMUA} WHERE j.id = ?1"))?;
    let data = page.map(|id| find.query_row([id], |row| from_row(row, kunci)));
    Ok(Daftar { data: data.collect::<rusqlite::Result<_>>()?, total: ids.len() as u64 })
}

fn order(saring: &JanjiTemuFilter) -> &'static str {
    if saring.terbaru_dulu { "j.jadwal DESC, j.id DESC" } else { "j.jadwal, j.id" }
}

pub(super) fn list_by_kunci(
    conn: &Connection,
    secrets: &SchoolSecrets,
    kunci: &[String],
    oleh: IdPengguna,
) -> Result<Vec<MadeBefore>> {
    let mut seri =
        conn.prepare_cached("SELECT id, seri FROM janji_temu_semua WHERE kunci = ?1 AND dibuat_oleh = ?2")?;
    let mut made = Vec::new();
    for kunci in kunci {
        let found = seri.query_row((kunci, oleh.0), |row| Ok((IdJanjiTemu(row.get(0)?), row.get(1)?)));
        let Some((id, seri)) = found.optional()? else { continue };
        let janji_temu = get(conn, secrets, id)?;
        made.push(MadeBefore { kunci: kunci.clone(), seri, janji_temu });
    }
    Ok(made)
}

pub(super) fn count_status(
    conn: &Connection,
    kunci: &SchoolSecrets,
    saring: JanjiTemuFilter,
) -> Result<Vec<(Status, u64)>> {
    let saring = JanjiTemuFilter { status: Vec::new(), ..saring };
    let (newest, params) = newest(conn, &saring, kunci)?;
    let sql = format!("SELECT j.status, COUNT(*) AS jumlah {newest} GROUP BY j.status");
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(&*borrow(&params), |row| {
        Ok((word(row, "status").ok(), row.get::<_, i64>("jumlah")?.unsigned_abs()))
    })?;
    let counted: Vec<(Option<Status>, u64)> = rows.collect::<rusqlite::Result<_>>()?;
    // A status that cannot be read is none.
    Ok(counted.into_iter().filter_map(|(status, jumlah)| status.zip(Some(jumlah))).collect())
}

/// Looks at rows, and only at the newest that an index leads to: FROM and WHERE, and the values. The order stands among
/// what is selected, or else SQLite sorts all rows in place of following the index.
fn newest(conn: &Connection, saring: &JanjiTemuFilter, kunci: &SchoolSecrets) -> Result<(String, Params)> {
    let (conditions, mut params) = by_index(conn, saring)?;
    let newest = format!(
        "SELECT j.id, j.id_guru, j.id_tamu, j.jenis, j.status, j.kata, j.jadwal FROM janji_temu_semua AS j {}
        ORDER BY j.jadwal DESC, j.id DESC LIMIT {MAX_LOOKED_AT}",
        filter(&conditions)
    );
    let conditions = by_row(saring, kunci, &mut params);
    let from = format!(
        "FROM ({newest}) AS j
        LEFT JOIN pengguna AS g ON g.id = j.id_guru
        LEFT JOIN tamu AS t ON t.id = j.id_tamu
        {}",
        filter(&conditions)
    );
    Ok((from, params))
}

fn filter(conditions: &[String]) -> String {
    if conditions.is_empty() { String::new() } else { format!("WHERE {}", conditions.join(" AND ")) }
}

fn status_in(status: &[Status]) -> String {
    format!("j.status IN ({})", words(status.iter().copied().map(Status::as_str)))
}

/// What an index finds.
fn by_index(conn: &Connection, saring: &JanjiTemuFilter) -> Result<(Vec<String>, Params)> {
    let mut conditions: Vec<String> = Vec::new();
    let mut params: Params = Vec::new();
    if let Some(id_guru) = saring.id_guru {
        conditions.push("j.id_guru = :satu_guru".to_owned());
        params.push((":satu_guru", Box::new(id_guru.0)));
    }
    if let Some(id) = saring.milik {
        conditions.push(milik::is_own(conn, "j.id_guru", id)?);
        params.push((":id_guru", Box::new(id.0)));
    }
    if let Some(id_tamu) = saring.id_tamu {
        conditions.push("j.id_tamu = :id_tamu".to_owned());
        params.push((":id_tamu", Box::new(id_tamu.0)));
    }
    if let Some(span) = saring.jadwal {
        conditions.push("j.jadwal >= :dari AND j.jadwal < :sampai".to_owned());
        params.push((":dari", Box::new(ms(span.start))));
        params.push((":sampai", Box::new(ms(span.end))));
    }
    if !saring.status_by_index().is_empty() {
        conditions.push(status_in(saring.status_by_index()));
    }
    Ok((conditions, params))
}

/// What only a row tells. Adds its values to `params`.
fn by_row(saring: &JanjiTemuFilter, kunci: &SchoolSecrets, params: &mut Params) -> Vec<String> {
    let mut conditions: Vec<String> = Vec::new();
    if !saring.status_by_row().is_empty() {
        conditions.push(status_in(saring.status_by_row()));
    }
    if let Some(jenis) = saring.jenis {
        conditions.push("j.jenis = :jenis".to_owned());
        params.push((":jenis", Box::new(jenis.as_str())));
    }
    if let Some(cari) = &saring.cari {
        // A text without a word and without a number finds nothing.
        let mut found = vec!["1 = 0".to_owned()];
        if !cari.kata.is_empty() {
            found.push(kata_tamu::has_each("j.id_tamu", &["g.kata", "j.kata"], cari.kata.len()));
            params.extend(kata_tamu::params_anywhere(&cari.kata));
        }
        if let Some(telp) = &cari.telp {
            found.push(
                "j.id_tamu = (SELECT COALESCE(digabung_ke, id) FROM tamu WHERE telp_indeks = :telp_indeks)"
                    .to_owned(),
            );
            params.push((":telp_indeks", Box::new(kunci.telp.indeks(telp))));
        }
        if let Some(telp_akhir) = &cari.telp_akhir {
            found.push("t.telp_akhir = :telp_akhir".to_owned());
            params.push((":telp_akhir", Box::new(telp_akhir.clone())));
        }
        conditions.push(format!("({})", found.join(" OR ")));
    }
    conditions
}
