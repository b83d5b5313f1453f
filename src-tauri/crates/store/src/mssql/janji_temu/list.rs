//! Lists of appointments. Conditions that are not asked for are left out, so that each question finds its index.

use domain::{JanjiTemu, Status, json::Daftar};

use super::{SELECT, from_row};
use crate::{
    PageRequest, Result, SchoolSecrets,
    janji_temu::JanjiTemuFilter,
    mssql::{
        engine::{Engine, Statement},
        kata_tamu,
        row::{count, page, words},
    },
};

pub(super) async fn list(
    engine: &Engine,
    kunci: &SchoolSecrets,
    saring: &JanjiTemuFilter,
    halaman: PageRequest,
) -> Result<Daftar<JanjiTemu>> {
    let answer = engine.read(statement(kunci, saring, halaman)).await?;
    let data = answer.rows_of(1).iter().map(|row| from_row(row, kunci)).collect::<Result<_>>()?;
    Ok(Daftar { data, total: count(answer.one()?, "total")? })
}

/// Asks for a page of a list, and how many there are in all.
pub(super) fn statement(kunci: &SchoolSecrets, saring: &JanjiTemuFilter, halaman: PageRequest) -> Statement {
    let condition = condition(saring);
    let statement = Statement::new(format!(
        "SELECT COUNT_BIG(*) AS total
        FROM dbo.janji_temu AS j
        LEFT JOIN dbo.pengguna AS g ON g.id = j.id_guru
        LEFT JOIN dbo.tamu AS t ON t.id = j.id_tamu
        {condition};
        {SELECT} {condition}
        ORDER BY j.jadwal, j.id OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY;"
    ));
    page(bind(statement, saring, kunci), halaman)
}

fn condition(saring: &JanjiTemuFilter) -> String {
    let mut conditions: Vec<String> = Vec::new();
    if saring.id_guru.is_some() {
        conditions.push("j.id_guru = @id_guru".to_owned());
    }
    if saring.id_tamu.is_some() {
        conditions.push("j.id_tamu = @id_tamu".to_owned());
    }
    if saring.jadwal.is_some() {
        conditions.push("j.jadwal >= @dari AND j.jadwal < @sampai".to_owned());
    }
    if !saring.status.is_empty() {
        let wanted = saring.status.iter().copied().map(Status::as_str);
        conditions.push(format!("j.status IN ({})", words(wanted)));
    }
    if let Some(cari) = &saring.cari {
        // A text without a word and without a number finds nothing.
        let mut found = vec!["1 = 0".to_owned()];
        if cari.telp.is_some() {
            found.push("t.telp_indeks = @telp_indeks".to_owned());
        }
        if cari.telp_akhir.is_some() {
            found.push("t.telp_akhir = @telp_akhir".to_owned());
        }
        if !cari.kata.is_empty() {
            found.push(kata_tamu::has_each("j.id_tamu", &["g.kata", "j.kata"], cari.kata.len()));
        }
        conditions.push(format!("({})", found.join(" OR ")));
    }
    if conditions.is_empty() { String::new() } else { format!("WHERE {}", conditions.join(" AND ")) }
}

fn bind(statement: Statement, saring: &JanjiTemuFilter, kunci: &SchoolSecrets) -> Statement {
    let mut statement = statement
        .bind("id_guru", saring.id_guru.map(|id| id.0))
        .bind("id_tamu", saring.id_tamu.map(|id| id.0))
        .bind("dari", saring.jadwal.map(|span| span.start))
        .bind("sampai", saring.jadwal.map(|span| span.end));
    if let Some(cari) = &saring.cari {
        statement = kata_tamu::bind_searched(statement, cari)
            .bind("telp_indeks", cari.telp.as_ref().map(|telp| kunci.telp.indeks(telp)))
            .bind("telp_akhir", cari.telp_akhir.as_ref());
    }
    statement
}
