//! The index of words by which guests are found. Whoever writes a guest's name or institution writes its words too, in
//! the same transaction.

use domain::kata;
use tiberius::error::Error;

use super::engine::{Database, Statement};
use crate::Awalan;

/// Guests whose words are filled in at once, when an older database is opened.
const BATCH: usize = 2000;

/// Keeps the words `@kata` of the guest `@id_tamu`, who has none so far. Words and sort keys are of letters and digits only:
/// not every server undoes the escapes of a JSON text.
pub(super) const ENTER: &str = "
    INSERT INTO sistem.kata_tamu (kata, urut, id_tamu)
    SELECT k.kata, @urut, @id_tamu FROM OPENJSON(@kata) WITH (kata nvarchar(80) '$') AS k;";

/// Forgets the words of the guest `@id_tamu`.
pub(super) const FORGET: &str = "DELETE FROM sistem.kata_tamu WHERE id_tamu = @id_tamu;";

/// Gives [`ENTER`] its values, but for the guest.
pub(super) fn bind(statement: Statement, nama: &str, instansi: Option<&str>) -> Statement {
    let kata = serde_json::Value::from(kata::of_tamu(nama, instansi));
    statement.bind("urut", kata::sort_key(nama)).bind("kata", kata.to_string())
}

/// The words of a search, under the names that the conditions here refer to.
pub(super) fn bind_searched(mut statement: Statement, kata: &[Awalan]) -> Statement {
    for (n, awalan) in kata.iter().enumerate() {
        statement =
            statement.bind(format!("dari{n}"), &awalan.dari).bind(format!("sampai{n}"), &awalan.sampai);
    }
    statement
}

/// The condition that the guest whose identity `id_tamu` names has the first `count` words.
pub(super) fn has_all(id_tamu: &str, count: usize) -> String {
    let conditions: Vec<_> = (0..count).map(|n| has(id_tamu, n)).collect();
    format!("({})", conditions.join(" AND "))
}

/// Rows of the index, `k`, that hold the first word, of guests who have the other words too. A guest with several words that
/// begin alike has several.
pub(super) fn matches(count: usize) -> String {
    let others: Vec<_> = (1..count).map(|n| format!("AND {}", has("k.id_tamu", n))).collect();
    format!("FROM sistem.kata_tamu AS k WHERE k.kata >= @dari0 AND k.kata < @sampai0 {}", others.join(" "))
}

/// The same, each guest once.
pub(super) fn hits(count: usize) -> String {
    format!(
        "{} AND NOT EXISTS (
            SELECT 1 FROM sistem.kata_tamu AS awal
            WHERE awal.id_tamu = k.id_tamu AND awal.kata >= @dari0 AND awal.kata < k.kata
        )",
        matches(count)
    )
}

fn has(id_tamu: &str, n: usize) -> String {
    format!(
        "EXISTS (
            SELECT 1 FROM sistem.kata_tamu AS lain
            WHERE lain.id_tamu = {id_tamu} AND lain.kata >= @dari{n} AND lain.kata < @sampai{n}
        )"
    )
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
        let urut = kata::sort_key(nama);
        for kata in kata::of_tamu(nama, row.try_get("instansi")?) {
            rows.push(serde_json::json!({ "kata": kata, "urut": urut, "id": id }));
        }
        last = Some(id);
    }
    let fill = "
        INSERT INTO sistem.kata_tamu (kata, urut, id_tamu)
        SELECT b.kata, b.urut, b.id
        FROM OPENJSON(@baris) WITH (kata nvarchar(80), urut nvarchar(120), id bigint) AS b
        WHERE NOT EXISTS (
            SELECT 1 FROM sistem.kata_tamu AS k WHERE k.kata = b.kata AND k.urut = b.urut AND k.id_tamu = b.id
        );";
    if last.is_some() {
        database
            .query(&Statement::new(fill).bind("baris", serde_json::Value::from(rows).to_string()))
            .await?;
    }
    Ok(last)
}
