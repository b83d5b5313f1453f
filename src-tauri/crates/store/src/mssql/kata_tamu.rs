//! The index of words by which guests are found. Code that writes a guest's name or institution also writes its words,
//! in the same transaction.

use domain::kata;

use super::engine::Statement;
use crate::{SearchTerms, halaman::MAX_HITS};

/// Keeps the words of the guest `@id_tamu`, who has none so far, as they stand in `@frasa`. They hold letters, digits
/// and blanks only, because not every server undoes the escapes of a JSON text.
pub(super) const ENTER: &str = "
    INSERT INTO sistem.kata_tamu (frasa, id_tamu)
    SELECT k.frasa, @id_tamu FROM OPENJSON(@frasa) WITH (frasa nvarchar(420) '$') AS k;";

/// Deletes the words of the guest `@id_tamu`.
pub(super) const FORGET: &str = "DELETE FROM sistem.kata_tamu WHERE id_tamu = @id_tamu;";

/// Binds the values of [`ENTER`], except the guest.
pub(super) fn bind(statement: Statement, nama: &str, instansi: Option<&str>) -> Statement {
    statement.bind("frasa", serde_json::Value::from(kata::of_tamu(nama, instansi)).to_string())
}

/// The words of a search, under the names that the texts here refer to.
pub(super) fn bind_searched(mut statement: Statement, cari: &SearchTerms) -> Statement {
    for (n, awalan) in cari.frasa.iter().enumerate() {
        statement = statement
            .bind(format!("dari_frasa{n}"), &awalan.dari)
            .bind(format!("sampai_frasa{n}"), &awalan.sampai);
    }
    for (n, awalan) in cari.kata.iter().enumerate() {
        statement = statement
            .bind(format!("dari{n}"), &awalan.dari)
            .bind(format!("sampai{n}"), &awalan.sampai)
            .bind(format!("pola{n}"), format!("% {}%", awalan.dari))
            .bind(format!("isi{n}"), awalan.di_mana_pun());
    }
    statement
}

/// Entries of the index that begin with phrase `n` of a search.
pub(super) fn berurutan(n: usize) -> String {
    entries(&format!("_frasa{n}"))
}

/// Entries of guests who have the first `count` words. A guest is found only if one of the words leads there within
/// its first `MAX_HITS` entries.
pub(super) fn terpisah(count: usize) -> String {
    let each: Vec<_> =
        (0..count).map(|n| format!("SELECT * FROM ({}) AS k{n}", entries(&n.to_string()))).collect();
    let all: Vec<_> = (0..count).map(|n| format!("N' ' + k.frasa LIKE @pola{n}")).collect();
    format!("SELECT k.frasa, k.id_tamu FROM ({}) AS k WHERE {}", each.join(" UNION ALL "), all.join(" AND "))
}

/// The first entries from `@dari` up to and without `@sampai`; `n` ends both names.
fn entries(n: &str) -> String {
    format!(
        "SELECT TOP ({MAX_HITS}) frasa, id_tamu FROM sistem.kata_tamu
        WHERE frasa >= @dari{n} AND frasa < @sampai{n} ORDER BY frasa, id_tamu"
    )
}

/// The condition that a guest has the first `count` words. `id_tamu` is the SQL of the guest's identity.
pub(super) fn has_all(id_tamu: &str, count: usize) -> String {
    let conditions: Vec<_> = (0..count).map(|n| has(id_tamu, n)).collect();
    format!("({})", conditions.join(" AND "))
}

/// The condition that each of the first `count` words is one of that guest's, or stands in one of the columns of
/// folded words.
pub(super) fn has_each(id_tamu: &str, columns: &[&str], count: usize) -> String {
    let condition = |n| {
        let anywhere: String = columns.iter().map(|column| format!(" OR {column} LIKE @isi{n}")).collect();
        format!("({}{anywhere})", has(id_tamu, n))
    };
    let conditions: Vec<_> = (0..count).map(condition).collect();
    format!("({})", conditions.join(" AND "))
}

/// The condition that each of the first `count` words stands in a column of folded words. If there is no word, nothing
/// is found.
pub(super) fn stands_in(column: &str, count: usize) -> String {
    if count == 0 {
        return "1 = 0".to_owned();
    }
    let conditions: Vec<_> = (0..count).map(|n| format!("{column} LIKE @isi{n}")).collect();
    conditions.join(" AND ")
}

fn has(id_tamu: &str, n: usize) -> String {
    format!(
        "EXISTS (
            SELECT 1 FROM sistem.kata_tamu AS k
            WHERE k.id_tamu = {id_tamu} AND k.frasa >= @dari{n} AND k.frasa < @sampai{n}
        )"
    )
}
