//! Makes words again if an older program folded them differently, or not at all. This happens when a database is
//! opened.

use domain::kata::{self, VERSI};
use rusqlite::{Connection, OptionalExtension, Row, types::FromSql};

use super::kata_tamu;

/// Rows whose words are made in one transaction.
const BATCH: i64 = 5000;

/// Makes the words of guests, users and appointments. If it is stopped half-way, it starts again.
pub(super) fn complete(conn: &mut Connection) -> rusqlite::Result<()> {
    let found: Option<String> = conn
        .query_row("SELECT nilai FROM sistem_info WHERE nama = 'kata_tamu'", (), |row| row.get(0))
        .optional()?;
    if found.as_deref() == Some(&VERSI.to_string()) {
        return Ok(());
    }
    conn.execute("DELETE FROM sistem_kata_tamu", ())?;
    let guests =
        "SELECT id, nama, instansi, dianonimkan_pada IS NOT NULL OR digabung_ke IS NOT NULL FROM tamu";
    each(conn, guests, |conn, row| {
        // Nobody finds a guest who was erased, or one who was merged.
        if row.get(3)? {
            return Ok(());
        }
        let (id, nama, instansi): (_, String, Option<String>) =
            (row.get(0)?, readable(row, 1), readable(row, 2));
        kata_tamu::insert(conn, id, &nama, instansi.as_deref())
    })?;
    each(conn, "SELECT id, nama, jabatan, email FROM pengguna", |conn, row| {
        let (nama, jabatan, email): (String, Option<String>, String) =
            (readable(row, 1), readable(row, 2), readable(row, 3));
        let kata = kata::of_pengguna(&nama, jabatan.as_deref(), &email);
        conn.prepare_cached("UPDATE pengguna SET kata = ?1 WHERE id = ?2")?
            .execute((kata, row.get::<_, i64>(0)?))
            .map(drop)
    })?;
    for table in ["janji_temu", "sistem_arsip"] {
        each(conn, &format!("SELECT id, keperluan, atas_nama, instansi FROM {table}"), |conn, row| {
            let (keperluan, atas_nama, instansi): (String, Option<String>, Option<String>) =
                (readable(row, 1), readable(row, 2), readable(row, 3));
            let kata = kata::of_janji_temu(&keperluan, atas_nama.as_deref(), instansi.as_deref());
            conn.prepare_cached(&format!("UPDATE {table} SET kata = ?1 WHERE id = ?2"))?
                .execute((kata, row.get::<_, i64>(0)?))
                .map(drop)
        })?;
    }
    conn.execute(
        "INSERT INTO sistem_info (nama, nilai) VALUES ('kata_tamu', ?1)
        ON CONFLICT (nama) DO UPDATE SET nilai = excluded.nilai",
        [VERSI.to_string()],
    )?;
    Ok(())
}

/// A value, or the default if it cannot be read. A damaged name has no words, and keeps no database from being opened.
fn readable<T: FromSql + Default>(row: &Row<'_>, n: usize) -> T {
    row.get(n).unwrap_or_default()
}

/// Calls `make` for each row, [`BATCH`] rows in a transaction. The first column of `select` is the identity.
fn each(
    conn: &mut Connection,
    select: &str,
    make: impl Fn(&Connection, &Row<'_>) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let sql = format!("{select} WHERE id > ?1 ORDER BY id LIMIT ?2");
    let mut after = 0;
    loop {
        let transaction = conn.transaction()?;
        let mut last = None;
        {
            let mut statement = transaction.prepare_cached(&sql)?;
            let mut rows = statement.query([after, BATCH])?;
            while let Some(row) = rows.next()? {
                make(&transaction, row)?;
                last = Some(row.get(0)?);
            }
        }
        transaction.commit()?;
        let Some(last) = last else { return Ok(()) };
        after = last;
        tracing::info!(after, "words made anew");
    }
}
