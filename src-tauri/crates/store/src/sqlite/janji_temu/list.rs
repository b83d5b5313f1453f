//! Lists of appointments. Conditions that are not asked for are left out, so that each question finds its index.

use domain::{IdJanjiTemu, IdPengguna, JanjiTemu, Status, json::Daftar};
use rusqlite::{Connection, OptionalExtension};

use super::{SELECT_SEMUA, from_row, get};
use crate::{
    PageRequest, Result, SchoolSecrets,
    halaman::{MAX_COUNTED, MAX_LOOKED_AT},
    janji_temu::{JanjiTemuFilter, MadeBefore},
    sqlite::{
        kata_tamu,
        row::{Params, borrow, limit_offset, ms, word, words},
    },
};

pub(super) fn list(
    conn: &Connection,
    kunci: &SchoolSecrets,
    saring: &JanjiTemuFilter,
    halaman: PageRequest,
) -> Result<Daftar<JanjiTemu>> {
    let (condition, mut params) = condition(saring, kunci);
    let count = format!("SELECT COUNT(*) FROM (SELECT 1 {COUNTED} {condition} LIMIT {MAX_COUNTED})");
    let total: i64 = conn.prepare_cached(&count)?.query_row(&*borrow(&params), |row| row.get(0))?;

    let order = if saring.terbaru_dulu { "j.jadwal DESC, j.id DESC" } else { "j.jadwal, j.id" };
    let sql = format!("{SELECT_SEMUA} {condition} ORDER BY {order} LIMIT :limit OFFSET :offset");
    let (limit, offset) = limit_offset(halaman);
    params.push((":limit", Box::new(limit)));
    params.push((":offset", Box::new(offset)));
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(&*borrow(&params), |row| from_row(row, kunci))?;
    Ok(Daftar { data: rows.collect::<rusqlite::Result<_>>()?, total: total.unsigned_abs() })
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
    let (condition, params) = bounded(&saring, kunci);
    let sql = format!("SELECT j.status, COUNT(*) AS jumlah {COUNTED} {condition} GROUP BY j.status");
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(&*borrow(&params), |row| {
        Ok((word(row, "status").ok(), row.get::<_, i64>("jumlah")?.unsigned_abs()))
    })?;
    let counted: Vec<(Option<Status>, u64)> = rows.collect::<rusqlite::Result<_>>()?;
    // A status that cannot be read is none.
    Ok(counted.into_iter().filter_map(|(status, jumlah)| status.zip(Some(jumlah))).collect())
}

const COUNTED: &str = "
    FROM janji_temu_semua AS j
    LEFT JOIN pengguna AS g ON g.id = j.id_guru
    LEFT JOIN tamu AS t ON t.id = j.id_tamu";

/// The condition of a list, and its values.
fn condition(saring: &JanjiTemuFilter, kunci: &SchoolSecrets) -> (String, Params) {
    if saring.looks_at_rows() {
        return bounded(saring, kunci);
    }
    let (conditions, params) = by_index(saring);
    (filter(&conditions), params)
}

/// Looks at rows, and only at the newest that an index leads to.
fn bounded(saring: &JanjiTemuFilter, kunci: &SchoolSecrets) -> (String, Params) {
    let (by_index, mut params) = by_index(saring);
    let newest = format!(
        "j.id IN (
            SELECT j.id FROM janji_temu_semua AS j {} ORDER BY j.jadwal DESC, j.id DESC LIMIT {MAX_LOOKED_AT}
        )",
        filter(&by_index)
    );
    let mut conditions = vec![newest];
    conditions.extend(by_row(saring, kunci, &mut params));
    (filter(&conditions), params)
}

fn filter(conditions: &[String]) -> String {
    if conditions.is_empty() { String::new() } else { format!("WHERE {}", conditions.join(" AND ")) }
}

fn status_in(status: &[Status]) -> String {
    format!("j.status IN ({})", words(status.iter().copied().map(Status::as_str)))
}

/// What an index finds.
fn by_index(saring: &JanjiTemuFilter) -> (Vec<String>, Params) {
    let mut conditions: Vec<String> = Vec::new();
    let mut params: Params = Vec::new();
    if let Some(id_guru) = saring.id_guru {
        conditions.push("j.id_guru = :id_guru".to_owned());
        params.push((":id_guru", Box::new(id_guru.0)));
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
    (conditions, params)
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
