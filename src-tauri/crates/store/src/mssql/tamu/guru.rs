//! Guests as a guru finds them: guests of their own appointments by words, any other guest by the whole number.

use domain::{IdPengguna, IdTamu, json::Daftar};
use tiberius::Row;

use super::from_row;
use crate::{
    PageRequest, Result, SchoolSecrets, SearchTerms,
    mssql::{
        engine::{Engine, Statement},
        kata_tamu, milik,
        row::{count, int, page},
    },
    tamu::FoundTamu,
};

/// Guests of the guru's appointments, whatever became of those. The guru's index leads to these appointments only.
fn tamu_guru() -> String {
    format!("SELECT j.id_tamu FROM dbo.janji_temu_semua AS j WHERE {}", milik::is_own("j.id_guru"))
}

/// The guest who has the number, or into whom that guest was merged.
const BY_NUMBER: &str =
    "t.id = (SELECT COALESCE(digabung_ke, id) FROM dbo.tamu WHERE telp_indeks = @telp_indeks)";

pub(super) async fn list(
    engine: &Engine,
    kunci: &SchoolSecrets,
    id_guru: IdPengguna,
    cari: &SearchTerms,
    halaman: PageRequest,
) -> Result<Daftar<FoundTamu>> {
    let condition = match &cari.telp {
        Some(_) => BY_NUMBER.to_owned(),
        None => format!("t.id IN ({}) AND {}", tamu_guru(), found(cari)),
    };
    let statement = Statement::new(format!(
        "SELECT COUNT_BIG(*) AS total FROM dbo.tamu AS t WHERE {condition};
        SELECT
            t.id, t.nama, t.telp, t.telp_indeks, t.email, t.instansi, t.kode_qr, t.dibuat_pada,
            (
                SELECT COUNT_BIG(*) FROM dbo.janji_temu_semua AS j
                WHERE {} AND j.id_tamu = t.id
            ) AS jumlah
        FROM dbo.tamu AS t WHERE {condition}
        ORDER BY t.nama, t.id OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY;",
        milik::is_own("j.id_guru")
    ));
    let statement = kata_tamu::bind_searched(statement, cari)
        .bind("id_guru", id_guru.0)
        .bind("telp_indeks", cari.telp.as_ref().map(|telp| kunci.telp.indeks(telp)))
        .bind("telp_akhir", cari.telp_akhir.as_ref());
    let answer = engine.read(page(statement, halaman)).await?;
    let found = |row: &Row| Ok(FoundTamu { tamu: from_row(row, kunci)?, tamu_guru: int(row, "jumlah")? > 0 });
    let data = answer.rows_of(1).iter().map(found).collect::<Result<_>>()?;
    Ok(Daftar { data, total: count(answer.one()?, "total")? })
}

/// The condition that a guest has the words, or a number that ends so.
fn found(cari: &SearchTerms) -> String {
    let mut found = Vec::new();
    if !cari.kata.is_empty() {
        found.push(kata_tamu::has_all("t.id", cari.kata.len()));
    }
    if cari.telp_akhir.is_some() {
        found.push("t.telp_akhir = @telp_akhir".to_owned());
    }
    if found.is_empty() { "1 = 0".to_owned() } else { format!("({})", found.join(" OR ")) }
}

pub(super) async fn is_tamu_guru(engine: &Engine, id: IdTamu, id_guru: IdPengguna) -> Result<bool> {
    let statement = Statement::new(format!(
        "SELECT COUNT_BIG(*) AS jumlah FROM dbo.janji_temu_semua
        WHERE id_tamu = (SELECT COALESCE(digabung_ke, id) FROM dbo.tamu WHERE id = @id_tamu) AND {}",
        milik::is_own("id_guru")
    ));
    let answer = engine.read(statement.bind("id_tamu", id.0).bind("id_guru", id_guru.0)).await?;
    Ok(count(answer.one()?, "jumlah")? > 0)
}
