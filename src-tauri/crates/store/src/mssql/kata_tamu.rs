//! The index of words by which guests are found. Whoever writes a guest's name or institution writes its words too, in
//! the same transaction.

use domain::kata;
use tiberius::error::Error;

use super::engine::{Database, Statement};
use crate::{Cari, halaman::MAX_HITS};

/// Guests whose words are filled in at once, when an older database is opened.
const BATCH: usize = 2000;

/// Keeps the words of the guest `@id_tamu`, who has none so far, as they stand in `@frasa`: letters, digits and blanks only,
/// for not every server undoes the escapes of a JSON text.
pub(super) const ENTER: &str = "
    INSERT INTO sistem.kata_tamu (frasa, id_tamu)
    SELECT k.frasa, @id_tamu FROM OPENJSON(@frasa) WITH (frasa nvarchar(420) '$') AS k;";

/// Forgets the words of the guest `@id_tamu`.
pub(super) const FORGET: &str = "DELETE FROM sistem.kata_tamu WHERE id_tamu = @id_tamu;";

/// Gives [`ENTER`] its values, but for the guest.
pub(super) fn bind(statement: Statement, nama: &str, instansi: Option<&str>) -> Statement {
    statement.bind("frasa", serde_json::Value::from(kata::of_tamu(nama, instansi)).to_string())
}

/// The words of a search, under the names that the texts here refer to.
pub(super) fn bind_searched(mut statement: Statement, cari: &Cari) -> Statement {
    for (n, awalan) in cari.frasa.iter().enumerate() {
        statement = statement
            .bind(format!("dari_frasa{n}"), &awalan.dari)
            .bind(format!("sampai_frasa{n}"), &awalan.sampai);
    }
    for (n, awalan) in cari.kata.iter().enumerate() {
        statement = statement
            .bind(format!("dari{n}"), &awalan.dari)
            .bind(format!("sampai{n}"), &awalan.sampai)
            .bind(format!("pola{n}"), format!("% {}%", awalan.dari));
    }
    statement
}

/// Entries of the index that begin with the words of a search in a row, in the order of that number.
pub(super) fn berurutan(n: usize) -> String {
    entries(&format!("_frasa{n}"))
}

/// Entries of guests who have the first `count` words, as far as one of the words leads there.
pub(super) fn terpisah(count: usize) -> String {
    let each: Vec<_> =
        (0..count).map(|n| format!("SELECT * FROM ({}) AS k{n}", entries(&n.to_string()))).collect();
    let all: Vec<_> = (0..count).map(|n| format!("N' ' + k.frasa LIKE @pola{n}")).collect();
    format!("SELECT k.frasa, k.id_tamu FROM ({}) AS k WHERE {}", each.join(" UNION ALL "), all.join(" AND "))
}

/// The first entries from `@dari` on and before `@sampai`, both with that ending.
fn entries(n: &str) -> String {
    format!(
        "SELECT TOP ({MAX_HITS}) frasa, id_tamu FROM sistem.kata_tamu
        WHERE frasa >= @dari{n} AND frasa < @sampai{n} ORDER BY frasa, id_tamu"
    )
}

/// The condition that the guest whose identity `id_tamu` names has the first `count` words.
pub(super) fn has_all(id_tamu: &str, count: usize) -> String {
    let has = |n| {
        format!(
            "EXISTS (
                SELECT 1 FROM sistem.kata_tamu AS k
                WHERE k.id_tamu = {id_tamu} AND k.frasa >= @dari{n} AND k.frasa < @sampai{n}
            )"
        )
    };
    let conditions: Vec<_> = (0..count).map(has).collect();
    format!("({})", conditions.join(" AND "))
}

/// Fills in the words of guests who were entered before there was this index. Stopped half-way it starts again.
pub(super) async fn complete(database: &mut Database) -> Result<(), Error> {
    let done = "SELECT COUNT(*) AS n FROM sistem.info WHERE nama = N'kata_tamu'";
    if database.number(done).await? != Some(0) {
        return Ok(());
    }
    let mut after = 0;
    while let Some(last) = complete_batch(database, after).await? {
        after = last;
        tracing::info!(id_tamu = after, "words of guests filled in");
    }
    let statement = "INSERT INTO sistem.info (nama, nilai) VALUES (N'kata_tamu', N'lengkap')";
    database.batch(statement).await.map(drop)
}

/// Fills in the words of some guests with identities above `after`; answers the last of them.
async fn complete_batch(database: &mut Database, after: i64) -> Result<Option<i64>, Error> {
    let guests = format!("SELECT TOP ({BATCH}) id, nama, instansi FROM dbo.tamu WHERE id > @id ORDER BY id");
    let results = database.query(&Statement::new(guests).bind("id", after)).await?;
    let mut rows = Vec::new();
    let mut last = None;
    for row in results.iter().flatten() {
        let id: i64 = row.try_get("id")?.unwrap_or_default();
        let nama: &str = row.try_get("nama")?.unwrap_or_default();
        for frasa in kata::of_tamu(nama, row.try_get("instansi")?) {
            rows.push(serde_json::json!({ "frasa": frasa, "id": id }));
        }
        last = Some(id);
    }
    let fill = "
        INSERT INTO sistem.kata_tamu (frasa, id_tamu)
        SELECT b.frasa, b.id FROM OPENJSON(@baris) WITH (frasa nvarchar(420), id bigint) AS b
        WHERE NOT EXISTS (SELECT 1 FROM sistem.kata_tamu AS k WHERE k.frasa = b.frasa AND k.id_tamu = b.id);";
    if last.is_some() {
        database
            .query(&Statement::new(fill).bind("baris", serde_json::Value::from(rows).to_string()))
            .await?;
    }
    Ok(last)
}
