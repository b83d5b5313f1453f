//! Lists of guests. A search reads the index of words, or finds a number, and no more guests than it shows.

use domain::{Tamu, json::Daftar};

use super::{COLUMNS, from_row};
use crate::{
    Cari, Halaman, Kunci, Result,
    halaman::MAX_TERHITUNG,
    mssql::{
        engine::{Engine, Statement},
        kata_tamu,
        row::{count, page},
    },
};

pub(super) async fn list(
    engine: &Engine,
    kunci: &Kunci,
    cari: Option<&Cari>,
    halaman: Halaman,
) -> Result<Daftar<Tamu>> {
    let statement = match cari {
        None => all(),
        Some(cari) if cari.telp.is_some() || cari.telp_akhir.is_some() => by_number_or_words(kunci, cari),
        Some(cari) if cari.kata.is_empty() => return Ok(Daftar { data: Vec::new(), total: 0 }),
        Some(cari) => by_words(cari),
    };
    let answer = engine.read(page(statement, halaman)).await?;
    let data = answer.rows_of(1).iter().map(|row| from_row(row, kunci)).collect::<Result<_>>()?;
    Ok(Daftar { data, total: count(answer.one()?, "total")? })
}

fn all() -> Statement {
    Statement::new(format!(
        "SELECT COUNT_BIG(*) AS total FROM dbo.tamu;
        SELECT {COLUMNS} FROM dbo.tamu ORDER BY nama, id OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY;"
    ))
}

/// Few have one number, so all hits are looked at.
fn by_number_or_words(kunci: &Kunci, cari: &Cari) -> Statement {
    let mut found = Vec::new();
    if cari.telp.is_some() {
        found.push("SELECT id FROM dbo.tamu WHERE telp_indeks = @telp_indeks".to_owned());
    }
    if cari.telp_akhir.is_some() {
        found.push("SELECT id FROM dbo.tamu WHERE telp_akhir = @telp_akhir".to_owned());
    }
    if !cari.kata.is_empty() {
        found.push(format!("SELECT k.id_tamu AS id {}", kata_tamu::hits(cari.kata.len())));
    }
    let found = found.join(" UNION ");
    let statement = Statement::new(format!(
        "SELECT COUNT_BIG(*) AS total FROM ({found}) AS hit;
        SELECT t.id, t.nama, t.telp, t.telp_indeks, t.email, t.instansi, t.kode_qr, t.dibuat_pada
        FROM ({found}) AS hit
        INNER JOIN dbo.tamu AS t ON t.id = hit.id
        ORDER BY t.nama, t.id OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY;"
    ));
    let indeks = cari.telp.as_ref().map(|telp| kunci.telp.indeks(telp));
    kata_tamu::bind_searched(statement, &cari.kata)
        .bind("telp_indeks", indeks)
        .bind("telp_akhir", cari.telp_akhir.as_ref())
}

/// Hits come off the index in its own order.
fn by_words(cari: &Cari) -> Statement {
    let (hits, matches) = (kata_tamu::hits(cari.kata.len()), kata_tamu::matches(cari.kata.len()));
    // The first counts along the index alone.
    let statement = Statement::new(format!(
        "SELECT COUNT_BIG(DISTINCT hit.id_tamu) AS total
        FROM (SELECT TOP ({MAX_TERHITUNG}) k.id_tamu {matches} ORDER BY k.kata, k.urut, k.id_tamu) AS hit;
        SELECT t.id, t.nama, t.telp, t.telp_indeks, t.email, t.instansi, t.kode_qr, t.dibuat_pada
        FROM (
            SELECT k.kata, k.urut, k.id_tamu {hits}
            ORDER BY k.kata, k.urut, k.id_tamu OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY
        ) AS hit
        INNER JOIN dbo.tamu AS t ON t.id = hit.id_tamu
        ORDER BY hit.kata, hit.urut, hit.id_tamu;"
    ));
    kata_tamu::bind_searched(statement, &cari.kata)
}
