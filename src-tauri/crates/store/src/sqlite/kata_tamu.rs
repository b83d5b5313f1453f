//! The index of words by which guests are found. Whoever writes a guest's name or institution writes its words too, in
//! the same transaction.

use domain::{IdTamu, kata};
use rusqlite::{Connection, OptionalExtension, named_params};

use super::row::Params;
use crate::{Awalan, Result};

/// Guests whose words are filled in at once, when an older database is opened.
const BATCH: i64 = 5000;

/// Keeps the words of a new guest.
pub(super) fn enter(conn: &Connection, id: IdTamu, nama: &str, instansi: Option<&str>) -> Result<()> {
    Ok(insert(conn, id.0, nama, instansi)?)
}

/// Keeps the words of a guest who has others now.
pub(super) fn replace(conn: &Connection, id: IdTamu, nama: &str, instansi: Option<&str>) -> Result<()> {
    conn.prepare_cached("DELETE FROM sistem_kata_tamu WHERE id_tamu = ?1")?.execute([id.0])?;
    enter(conn, id, nama, instansi)
}

fn insert(conn: &Connection, id: i64, nama: &str, instansi: Option<&str>) -> rusqlite::Result<()> {
    let urut = kata::sort_key(nama);
    for kata in kata::of_tamu(nama, instansi) {
        conn.prepare_cached(
            "INSERT INTO sistem_kata_tamu (kata, urut, id_tamu) VALUES (:kata, :urut, :id)
            ON CONFLICT (kata, urut, id_tamu) DO NOTHING",
        )?
        .execute(named_params! { ":kata": kata, ":urut": urut, ":id": id })?;
    }
    Ok(())
}

/// Names of the parameters that hold the words of a search; as many as `domain::kata` looks for.
const NAMES: [(&str, &str); 5] = [
    (":dari0", ":sampai0"),
    (":dari1", ":sampai1"),
    (":dari2", ":sampai2"),
    (":dari3", ":sampai3"),
    (":dari4", ":sampai4"),
];

/// The words of a search, under the names that the conditions here refer to.
pub(super) fn params(kata: &[Awalan]) -> Params {
    let mut params: Params = Vec::new();
    for (awalan, (dari, sampai)) in kata.iter().zip(NAMES) {
        params.push((dari, Box::new(awalan.dari.clone())));
        params.push((sampai, Box::new(awalan.sampai.clone())));
    }
    params
}

/// The condition that the guest whose identity `id_tamu` names has the first `count` words.
pub(super) fn has_all(id_tamu: &str, count: usize) -> String {
    let conditions: Vec<_> = NAMES.iter().take(count).map(|names| has(id_tamu, names)).collect();
    format!("({})", conditions.join(" AND "))
}

/// Rows of the index, `k`, that hold the first word, of guests who have the other words too. A guest with several words that
/// begin alike has several.
pub(super) fn matches(count: usize) -> String {
    let (dari, sampai) = NAMES[0];
    let others = NAMES.iter().take(count).skip(1).map(|names| format!("AND {}", has("k.id_tamu", names)));
    format!(
        "FROM sistem_kata_tamu AS k WHERE k.kata >= {dari} AND k.kata < {sampai} {}",
        others.collect::<Vec<_>>().join(" ")
    )
}

/// The same, each guest once.
pub(super) fn hits(count: usize) -> String {
    let dari = NAMES[0].0;
    format!(
        "{} AND NOT EXISTS (
            SELECT 1 FROM sistem_kata_tamu AS awal
            WHERE awal.id_tamu = k.id_tamu AND awal.kata >= {dari} AND awal.kata < k.kata
        )",
        matches(count)
    )
}

fn has(id_tamu: &str, (dari, sampai): &(&str, &str)) -> String {
    format!(
        "EXISTS (
            SELECT 1 FROM sistem_kata_tamu AS lain
            WHERE lain.id_tamu = {id_tamu} AND lain.kata >= {dari} AND lain.kata < {sampai}
        )"
    )
}

/// Fills in the words of guests who were entered before there was this index. Stopped half-way it starts again.
pub(super) fn complete(conn: &mut Connection) -> rusqlite::Result<()> {
    let done = "SELECT 1 FROM sistem_info WHERE nama = 'kata_tamu'";
    if conn.query_row(done, (), |_| Ok(())).optional()?.is_some() {
        return Ok(());
    }
    let mut after = 0;
    loop {
        let transaction = conn.transaction()?;
        let batch = guests_after(&transaction, after)?;
        for (id, nama, instansi) in &batch {
            insert(&transaction, *id, nama, instansi.as_deref())?;
        }
        let Some((last, ..)) = batch.last() else {
            transaction.execute(
                "INSERT INTO sistem_info (nama, nilai) VALUES ('kata_tamu', 'lengkap')
                ON CONFLICT (nama) DO NOTHING",
                (),
            )?;
            return transaction.commit();
        };
        after = *last;
        transaction.commit()?;
        tracing::info!(id_tamu = after, "words of guests filled in");
    }
}

fn guests_after(conn: &Connection, id: i64) -> rusqlite::Result<Vec<(i64, String, Option<String>)>> {
    conn.prepare_cached("SELECT id, nama, instansi FROM tamu WHERE id > ?1 ORDER BY id LIMIT ?2")?
        .query_map([id, BATCH], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect()
}
