//! The index of words by which guests are found. Code that writes a guest's name or institution also writes its words,
//! in the same transaction.

use domain::{IdTamu, kata};
use rusqlite::Connection;

use super::row::Params;
use crate::{Prefix, Result, halaman::MAX_HITS};

/// Keeps the words of a new guest.
pub(super) fn enter(conn: &Connection, id: IdTamu, nama: &str, instansi: Option<&str>) -> Result<()> {
    Ok(insert(conn, id.0, nama, instansi)?)
}

/// Replaces the words of a guest whose words have changed.
pub(super) fn replace(conn: &Connection, id: IdTamu, nama: &str, instansi: Option<&str>) -> Result<()> {
    forget(conn, id)?;
    enter(conn, id, nama, instansi)
}

/// Deletes the words of a guest.
pub(super) fn forget(conn: &Connection, id: IdTamu) -> Result<()> {
    conn.prepare_cached("DELETE FROM sistem_kata_tamu WHERE id_tamu = ?1")?.execute([id.0])?;
    Ok(())
}

pub(super) fn insert(conn: &Connection, id: i64, nama: &str, instansi: Option<&str>) -> rusqlite::Result<()> {
    for frasa in kata::of_tamu(nama, instansi) {
        conn.prepare_cached(
            "INSERT INTO sistem_kata_tamu (frasa, id_tamu) VALUES (?1, ?2) ON CONFLICT (frasa, id_tamu) DO NOTHING",
        )?
        .execute((frasa, id))?;
    }
    Ok(())
}

/// Guests who have the words in a row, in order. A guest who has them twice may come twice.
pub(super) fn berurutan(conn: &Connection, frasa: &Prefix) -> rusqlite::Result<Vec<i64>> {
    entries(conn, frasa, |_, id| Some(id))
}

/// Guests who have all the words, in order. A guest is found only if one of the words leads there within the first
/// `MAX_HITS` entries of the index.
pub(super) fn terpisah(conn: &Connection, kata: &[Prefix]) -> rusqlite::Result<Vec<i64>> {
    let mut found = Vec::new();
    for awalan in kata {
        found.extend(entries(conn, awalan, |frasa, id| {
            kata.iter().all(|kata| kata::has(frasa, &kata.dari)).then(|| (frasa.to_owned(), id))
        })?);
    }
    found.sort_unstable();
    Ok(found.into_iter().map(|(_, id)| id).collect())
}

/// What `take` makes of the first entries of the index that begin so.
fn entries<T>(
    conn: &Connection,
    awalan: &Prefix,
    take: impl Fn(&str, i64) -> Option<T>,
) -> rusqlite::Result<Vec<T>> {
    let sql = format!(
        "SELECT frasa, id_tamu FROM sistem_kata_tamu WHERE frasa >= ?1 AND frasa < ?2
        ORDER BY frasa, id_tamu LIMIT {MAX_HITS}"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query([&awalan.dari, &awalan.sampai])?;
    let mut taken = Vec::new();
    while let Some(row) = rows.next()? {
        taken.extend(take(row.get_ref(0)?.as_str()?, row.get(1)?));
    }
    Ok(taken)
}

/// Names of the parameters that hold the words of a search; as many as `domain::kata` looks for.
const NAMES: [(&str, &str, &str); 5] = [
    (":dari0", ":sampai0", ":isi0"),
    (":dari1", ":sampai1", ":isi1"),
    (":dari2", ":sampai2", ":isi2"),
    (":dari3", ":sampai3", ":isi3"),
    (":dari4", ":sampai4", ":isi4"),
];

/// The words of a search, under the names that [`has_all`] refers to.
pub(super) fn params(kata: &[Prefix]) -> Params {
    let mut params: Params = Vec::new();
    for (awalan, (dari, sampai, _)) in kata.iter().zip(NAMES) {
        params.push((dari, Box::new(awalan.dari.clone())));
        params.push((sampai, Box::new(awalan.sampai.clone())));
    }
    params
}

/// The same for [`has_each`].
pub(super) fn params_anywhere(kata: &[Prefix]) -> Params {
    let mut all = params(kata);
    all.extend(params_in(kata));
    all
}

/// The same for [`stands_in`].
pub(super) fn params_in(kata: &[Prefix]) -> Params {
    let named = kata.iter().zip(NAMES);
    named.map(|(awalan, (.., isi))| (isi, Box::new(awalan.di_mana_pun()) as _)).collect()
}

/// The condition that each of the first `count` words stands in a column of folded words. If there is no word, nothing
/// is found.
pub(super) fn stands_in(column: &str, count: usize) -> String {
    if count == 0 {
        return "1 = 0".to_owned();
    }
    let conditions: Vec<_> =
        NAMES.iter().take(count).map(|(.., isi)| format!("{column} LIKE {isi}")).collect();
    conditions.join(" AND ")
}

/// The condition that a guest has the first `count` words. `id_tamu` is the SQL of the guest's identity.
pub(super) fn has_all(id_tamu: &str, count: usize) -> String {
    let conditions: Vec<_> =
        NAMES.iter().take(count).map(|(dari, sampai, _)| has(id_tamu, dari, sampai)).collect();
    format!("({})", conditions.join(" AND "))
}

/// The condition that each of the first `count` words is one of that guest's, or stands in one of the columns of
/// folded words.
pub(super) fn has_each(id_tamu: &str, columns: &[&str], count: usize) -> String {
    let condition = |(dari, sampai, isi): &(&str, &str, &str)| {
        let anywhere: String = columns.iter().map(|column| format!(" OR {column} LIKE {isi}")).collect();
        format!("({}{anywhere})", has(id_tamu, dari, sampai))
    };
    let conditions: Vec<_> = NAMES.iter().take(count).map(condition).collect();
    format!("({})", conditions.join(" AND "))
}

fn has(id_tamu: &str, dari: &str, sampai: &str) -> String {
    format!(
        "EXISTS (
            SELECT 1 FROM sistem_kata_tamu AS k
            WHERE k.id_tamu = {id_tamu} AND k.frasa >= {dari} AND k.frasa < {sampai}
        )"
    )
}
