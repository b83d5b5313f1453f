//! Makes words again if an older program folded them differently, or not at all. This happens when a database is
//! opened.

use chrono::NaiveDateTime;
use domain::kata::{self, VERSI};
use serde_json::{Value, json};
use tiberius::{Row, error::Error};

use super::engine::{Database, Statement};

/// Rows whose words are made at once.
const BATCH: usize = 2000;

/// A table whose rows have words.
struct Source {
    /// Selects rows with identities above `@id`: the identity, and what the words are made of.
    select: &'static str,
    /// Makes the words of a row, as rows of JSON.
    words: fn(&Row, i64) -> Result<Vec<Value>, Error>,
    /// Writes those rows of JSON, given as `@baris`.
    fill: &'static str,
}

const SOURCES: [Source; 4] = [
    Source {
        select: "id, nama, instansi, dianonimkan_pada, digabung_ke FROM dbo.tamu",
        words: |row, id| {
            // Nobody finds a guest who was erased, or one who was merged.
            let is_erased = row.try_get::<NaiveDateTime, _>("dianonimkan_pada")?.is_some();
            if is_erased || row.try_get::<i64, _>("digabung_ke")?.is_some() {
                return Ok(Vec::new());
            }
            let frasa = kata::of_tamu(text(row, "nama")?, row.try_get("instansi")?);
            Ok(frasa.into_iter().map(|frasa| json!({ "id": id, "kata": frasa })).collect())
        },
        fill: "
            INSERT INTO sistem.kata_tamu (frasa, id_tamu)
            SELECT b.kata, b.id FROM OPENJSON(@baris) WITH (kata nvarchar(420), id bigint) AS b
            WHERE NOT EXISTS (
                SELECT 1 FROM sistem.kata_tamu AS k WHERE k.frasa = b.kata AND k.id_tamu = b.id
            );",
    },
    Source {
        select: "id, nama, jabatan, email FROM dbo.pengguna",
        words: |row, id| {
            let kata = kata::of_pengguna(text(row, "nama")?, row.try_get("jabatan")?, text(row, "email")?);
            Ok(vec![json!({ "id": id, "kata": kata })])
        },
        fill: "
            UPDATE r SET kata = b.kata
            FROM dbo.pengguna AS r
            INNER JOIN OPENJSON(@baris) WITH (kata nvarchar(1000), id bigint) AS b ON b.id = r.id;",
    },
    Source {
        select: "id, keperluan, atas_nama, instansi FROM dbo.janji_temu",
        words: of_visit,
        fill: "
            UPDATE r SET kata = b.kata
            FROM dbo.janji_temu AS r
            INNER JOIN OPENJSON(@baris) WITH (kata nvarchar(800), id bigint) AS b ON b.id = r.id;",
    },
    Source {
        select: "id, keperluan, atas_nama, instansi FROM sistem.arsip",
        words: of_visit,
        fill: "
            UPDATE r SET kata = b.kata
            FROM sistem.arsip AS r
            INNER JOIN OPENJSON(@baris) WITH (kata nvarchar(800), id bigint) AS b ON b.id = r.id;",
    },
];

fn of_visit(row: &Row, id: i64) -> Result<Vec<Value>, Error> {
    let (atas_nama, instansi) = (row.try_get("atas_nama")?, row.try_get("instansi")?);
    let kata = kata::of_janji_temu(text(row, "keperluan")?, atas_nama, instansi);
    Ok(vec![json!({ "id": id, "kata": kata })])
}

fn text<'a>(row: &'a Row, column: &str) -> Result<&'a str, Error> {
    Ok(row.try_get(column)?.unwrap_or_default())
}

/// Makes the words of guests, users and appointments. If it is stopped half-way, it starts again.
pub(super) async fn complete(database: &mut Database) -> Result<(), Error> {
    let done =
        format!("SELECT COUNT(*) AS n FROM sistem.info WHERE nama = N'kata_tamu' AND nilai = N'{VERSI}'");
    if database.number(&done).await? != Some(0) {
        return Ok(());
    }
    database.batch("DELETE FROM sistem.kata_tamu;").await?;
    for source in &SOURCES {
        let mut after = 0;
        while let Some(last) = complete_batch(database, source, after).await? {
            after = last;
            tracing::info!(after, "words made anew");
        }
    }
    let statement = format!(
        "UPDATE sistem.info SET nilai = N'{VERSI}' WHERE nama = N'kata_tamu';
        IF @@ROWCOUNT = 0 INSERT INTO sistem.info (nama, nilai) VALUES (N'kata_tamu', N'{VERSI}');"
    );
    database.batch(&statement).await.map(drop)
}

/// Makes the words of some rows with identities above `after`; returns the last identity.
async fn complete_batch(database: &mut Database, source: &Source, after: i64) -> Result<Option<i64>, Error> {
    let select = format!("SELECT TOP ({BATCH}) {} WHERE id > @id ORDER BY id", source.select);
    let results = database.query(&Statement::new(select).bind("id", after)).await?;
    let (mut rows, mut last) = (Vec::new(), None);
    for row in results.iter().flatten() {
        let id: i64 = row.try_get("id")?.unwrap_or_default();
        rows.extend((source.words)(row, id)?);
        last = Some(id);
    }
    if last.is_some() {
        let fill = Statement::new(source.fill).bind("baris", Value::from(rows).to_string());
        database.query(&fill).await?;
    }
    Ok(last)
}
