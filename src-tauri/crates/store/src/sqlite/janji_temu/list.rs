//! Lists of appointments. Conditions that are not asked for are left out, so that each question finds its index.

use domain::{JanjiTemu, Status, json::Daftar};
use rusqlite::Connection;

use super::{SELECT, from_row};
use crate::{
    PageRequest, Result, SchoolSecrets,
    janji_temu::JanjiTemuFilter,
    sqlite::{
        kata_tamu,
        row::{Params, borrow, limit_offset, ms, words},
    },
};

pub(super) fn list(
    conn: &Connection,
    kunci: &SchoolSecrets,
    saring: &JanjiTemuFilter,
    halaman: PageRequest,
) -> Result<Daftar<JanjiTemu>> {
    let (condition, mut params) = condition(saring, kunci);
    let count = format!(
        "SELECT COUNT(*) FROM janji_temu AS j
        LEFT JOIN pengguna AS g ON g.id = j.id_guru
        LEFT JOIN tamu AS t ON t.id = j.id_tamu
        {condition}"
    );
    let total: i64 = conn.prepare_cached(&count)?.query_row(&*borrow(&params), |row| row.get(0))?;

    let sql = format!("{SELECT} {condition} ORDER BY j.jadwal, j.id LIMIT :limit OFFSET :offset");
    let (limit, offset) = limit_offset(halaman);
    params.push((":limit", Box::new(limit)));
    params.push((":offset", Box::new(offset)));
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(&*borrow(&params), |row| from_row(row, kunci))?;
    Ok(Daftar { data: rows.collect::<rusqlite::Result<_>>()?, total: total.unsigned_abs() })
}

fn condition(saring: &JanjiTemuFilter, kunci: &SchoolSecrets) -> (String, Params) {
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
    if !saring.status.is_empty() {
        let wanted = saring.status.iter().copied().map(Status::as_str);
        conditions.push(format!("j.status IN ({})", words(wanted)));
    }
    if let Some(cari) = &saring.cari {
        // A text without a word and without a number finds nothing.
        let mut found = vec!["1 = 0".to_owned()];
        if !cari.kata.is_empty() {
            found.push(kata_tamu::has_each("j.id_tamu", &["g.kata", "j.kata"], cari.kata.len()));
            params.extend(kata_tamu::params_anywhere(&cari.kata));
        }
        if let Some(telp) = &cari.telp {
            found.push("t.telp_indeks = :telp_indeks".to_owned());
            params.push((":telp_indeks", Box::new(kunci.telp.indeks(telp))));
        }
        if let Some(telp_akhir) = &cari.telp_akhir {
            found.push("t.telp_akhir = :telp_akhir".to_owned());
            params.push((":telp_akhir", Box::new(telp_akhir.clone())));
        }
        conditions.push(format!("({})", found.join(" OR ")));
    }
    if conditions.is_empty() {
        return (String::new(), params);
    }
    (format!("WHERE {}", conditions.join(" AND ")), params)
}
