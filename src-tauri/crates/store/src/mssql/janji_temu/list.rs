//! Lists of appointments. Conditions that are not asked for are left out, so that each question finds its index.

use std::collections::HashMap;

use domain::{IdJanjiTemu, IdPengguna, JanjiTemu, Jenis, Status, json::Daftar};

use super::{SELECT_SEMUA, from_row};
use crate::{
    PageRequest, Result, SchoolSecrets,
    halaman::{MAX_COUNTED, MAX_LOOKED_AT},
    janji_temu::{JanjiTemuFilter, MadeBefore},
    mssql::{
        engine::{Engine, Statement},
        kata_tamu, milik,
        row::{count, int, page, text, text_opt, word, words},
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

pub(super) async fn list_by_kunci(
    engine: &Engine,
    secrets: &SchoolSecrets,
    kunci: Vec<String>,
    oleh: IdPengguna,
) -> Result<Vec<MadeBefore>> {
    const THESE: &str = "j.dibuat_oleh = @oleh AND j.kunci IN (
            SELECT k.kunci FROM OPENJSON(@kunci) WITH (kunci nvarchar(200) '$') AS k
        )";
    let sql = format!(
        "SELECT j.id, j.kunci, j.seri FROM dbo.janji_temu_semua AS j WHERE {THESE};
        {SELECT_SEMUA} WHERE {THESE};"
    );
    let kunci = serde_json::Value::from(kunci).to_string();
    let answer = engine.read(Statement::new(sql).bind("oleh", oleh.0).bind("kunci", kunci)).await?;
    let rows = answer.rows_of(1).iter().map(|row| from_row(row, secrets));
    let mut rows = rows.map(|row| row.map(|row| (row.id, row))).collect::<Result<HashMap<_, _>>>()?;
    let mut made = Vec::new();
    for row in answer.rows() {
        let janji_temu = rows.remove(&IdJanjiTemu(int(row, "id")?));
        let (kunci, seri) = (text(row, "kunci")?, text_opt(row, "seri")?);
        made.extend(janji_temu.map(|janji_temu| MadeBefore { kunci, seri, janji_temu }));
    }
    Ok(made)
}

pub(super) async fn count_status(
    engine: &Engine,
    kunci: &SchoolSecrets,
    saring: JanjiTemuFilter,
) -> Result<Vec<(Status, u64)>> {
    let saring = JanjiTemuFilter { status: Vec::new(), ..saring };
    let answer = engine.read(count_statement(kunci, &saring)).await?;
    // A status that cannot be read is none.
    let readable = |row| word(row, "status").ok().map(|status| Ok((status, count(row, "jumlah")?)));
    answer.rows().iter().filter_map(readable).collect()
}

/// Asks how many there are of each status.
pub(super) fn count_statement(kunci: &SchoolSecrets, saring: &JanjiTemuFilter) -> Statement {
    let sql = format!("SELECT j.status, COUNT_BIG(*) AS jumlah {} GROUP BY j.status;", newest(saring));
    bind(Statement::new(sql), saring, kunci)
}

/// Asks for a page of a list, and how many there are in all.
pub(super) fn statement(kunci: &SchoolSecrets, saring: &JanjiTemuFilter, halaman: PageRequest) -> Statement {
    let sql = if saring.looks_at_rows() { looked_at(saring) } else { found_by_index(saring) };
    page(bind(Statement::new(sql), saring, kunci), halaman)
}

fn found_by_index(saring: &JanjiTemuFilter) -> String {
    let condition = filter(&by_index(saring));
    format!(
        "SELECT COUNT_BIG(*) AS total
        FROM (SELECT TOP ({MAX_COUNTED}) j.id FROM dbo.janji_temu_semua AS j {condition}) AS terhitung;
        {SELECT_SEMUA} {condition}
        ORDER BY {} OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY;",
        order(saring)
    )
}

/// The rows of the page are read by their identities, which are found first.
fn looked_at(saring: &JanjiTemuFilter) -> String {
    let (newest, order) = (newest(saring), order(saring));
    format!(
        "SELECT COUNT_BIG(*) AS total {newest};
        {SELECT_SEMUA}
        WHERE j.id IN (
            SELECT j.id {newest} ORDER BY {order} OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY
        )
        ORDER BY {order};"
    )
}

fn order(saring: &JanjiTemuFilter) -> &'static str {
    if saring.terbaru_dulu { "j.jadwal DESC, j.id DESC" } else { "j.jadwal, j.id" }
}

/// Looks at rows, and only at the newest that an index leads to: FROM and WHERE.
fn newest(saring: &JanjiTemuFilter) -> String {
    format!(
        "FROM (
            SELECT TOP ({MAX_LOOKED_AT}) j.id, j.id_guru, j.id_tamu, j.jenis, j.status, j.kata, j.jadwal
            FROM dbo.janji_temu_semua AS j {} ORDER BY j.jadwal DESC, j.id DESC
        ) AS j
        LEFT JOIN dbo.pengguna AS g ON g.id = j.id_guru
        LEFT JOIN dbo.tamu AS t ON t.id = j.id_tamu
        {}",
        filter(&by_index(saring)),
        filter(&by_row(saring))
    )
}

fn filter(conditions: &[String]) -> String {
    if conditions.is_empty() { String::new() } else { format!("WHERE {}", conditions.join(" AND ")) }
}

fn status_in(status: &[Status]) -> String {
    format!("j.status IN ({})", words(status.iter().copied().map(Status::as_str)))
}

/// What an index finds.
fn by_index(saring: &JanjiTemuFilter) -> Vec<String> {
    let mut conditions: Vec<String> = Vec::new();
    if saring.id_guru.is_some() {
        conditions.push("j.id_guru = @satu_guru".to_owned());
    }
    if saring.milik.is_some() {
        conditions.push(milik::is_own("j.id_guru"));
    }
    if saring.id_tamu.is_some() {
        conditions.push("j.id_tamu = @id_tamu".to_owned());
    }
    if saring.jadwal.is_some() {
        conditions.push("j.jadwal >= @dari AND j.jadwal < @sampai".to_owned());
    }
    if !saring.status_by_index().is_empty() {
        conditions.push(status_in(saring.status_by_index()));
    }
    conditions
}

/// What only a row tells.
fn by_row(saring: &JanjiTemuFilter) -> Vec<String> {
    let mut conditions: Vec<String> = Vec::new();
    if !saring.status_by_row().is_empty() {
        conditions.push(status_in(saring.status_by_row()));
    }
    if saring.jenis.is_some() {
        conditions.push("j.jenis = @jenis".to_owned());
    }
    if let Some(cari) = &saring.cari {
        // A text without a word and without a number finds nothing.
        let mut found = vec!["1 = 0".to_owned()];
        if cari.telp.is_some() {
            found.push(
                "j.id_tamu = (SELECT COALESCE(digabung_ke, id) FROM dbo.tamu WHERE telp_indeks = @telp_indeks)"
                    .to_owned(),
            );
        }
        if cari.telp_akhir.is_some() {
            found.push("t.telp_akhir = @telp_akhir".to_owned());
        }
        if !cari.kata.is_empty() {
            found.push(kata_tamu::has_each("j.id_tamu", &["g.kata", "j.kata"], cari.kata.len()));
        }
        conditions.push(format!("({})", found.join(" OR ")));
    }
    conditions
}

fn bind(statement: Statement, saring: &JanjiTemuFilter, kunci: &SchoolSecrets) -> Statement {
    let mut statement = statement
        .bind("satu_guru", saring.id_guru.map(|id| id.0))
        .bind("id_guru", saring.milik.map(|id| id.0))
        .bind("id_tamu", saring.id_tamu.map(|id| id.0))
        .bind("jenis", saring.jenis.map(Jenis::as_str))
        .bind("dari", saring.jadwal.map(|span| span.start))
        .bind("sampai", saring.jadwal.map(|span| span.end));
    if let Some(cari) = &saring.cari {
        statement = kata_tamu::bind_searched(statement, cari)
            .bind("telp_indeks", cari.telp.as_ref().map(|telp| kunci.telp.indeks(telp)))
            .bind("telp_akhir", cari.telp_akhir.as_ref());
    }
    statement
}
