//! The school's settings: one row a field, its value as JSON. One row counts the
//! changes. A name that this program does not know is left alone.

use async_trait::async_trait;
use domain::Setelan;
use rusqlite::{Connection, OptionalExtension, named_params};

use super::SqliteStore;
use crate::{
    Result, SetelanStore,
    setelan::{DAYS_TOLD, SHEET_TRIED, Tersimpan, VERSI, fields_of, of_rows},
};

#[async_trait]
impl SetelanStore for SqliteStore {
    async fn get(&self) -> Result<Tersimpan> {
        self.read(|conn, _| get(conn)).await
    }

    async fn versi(&self) -> Result<i64> {
        self.read(|conn, _| versi(conn)).await
    }

    async fn update(&self, setelan: Setelan, before: i64) -> Result<Option<i64>> {
        self.write(move |conn, _| match versi(conn)? == before {
            true => set_all(conn, &setelan).and_then(|()| versi(conn)).map(Some),
            false => Ok(None),
        })
        .await
    }

    async fn find_tried_sheet(&self) -> Result<Option<String>> {
        self.read(|conn, _| find_note(conn, SHEET_TRIED)).await
    }

    async fn note_tried_sheet(&self, kunci: String) -> Result<()> {
        self.write(move |conn, _| note(conn, SHEET_TRIED, &kunci)).await
    }

    async fn were_days_told(&self) -> Result<bool> {
        self.read(|conn, _| Ok(find_note(conn, DAYS_TOLD)?.is_some())).await
    }

    async fn note_told_days(&self) -> Result<()> {
        self.write(|conn, _| note(conn, DAYS_TOLD, "1")).await
    }
}

fn find_note(conn: &Connection, nama: &str) -> Result<Option<String>> {
    let sql = "SELECT nilai FROM sistem_setelan WHERE nama = ?1";
    Ok(conn.prepare_cached(sql)?.query_row([nama], |row| row.get(0)).optional()?)
}

fn note(conn: &Connection, nama: &str, nilai: &str) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO sistem_setelan (nama, nilai) VALUES (?1, ?2)
        ON CONFLICT (nama) DO UPDATE SET nilai = excluded.nilai",
    )?
    .execute([nama, nilai])?;
    Ok(())
}

/// The version that is kept; 0 if nothing was ever set.
pub(super) fn versi(conn: &Connection) -> Result<i64> {
    // A version that cannot be read is one of settings that were never set.
    let sql = "SELECT CAST(nilai AS INTEGER) FROM sistem_setelan WHERE nama = ?1";
    let versi = conn.prepare_cached(sql)?.query_row([VERSI], |row| row.get(0)).optional()?;
    Ok(versi.unwrap_or(0))
}

fn get(conn: &Connection) -> Result<Tersimpan> {
    let mut statement = conn.prepare_cached("SELECT nama, nilai FROM sistem_setelan")?;
    // A name that cannot be read counts as unknown. A value that cannot be read is reported with its name.
    let rows = statement.query_map((), |row| {
        Ok((row.get::<_, String>(0).unwrap_or_default(), row.get::<_, String>(1).ok()))
    })?;
    of_rows(rows.collect::<rusqlite::Result<Vec<_>>>()?)
}

/// Sets everything, whatever was set before.
pub(super) fn set_all(conn: &Connection, setelan: &Setelan) -> Result<()> {
    for (nama, nilai) in fields_of(setelan)? {
        conn.prepare_cached(
            "INSERT INTO sistem_setelan (nama, nilai) VALUES (:nama, :nilai)
            ON CONFLICT (nama) DO UPDATE SET nilai = excluded.nilai",
        )?
        .execute(named_params! { ":nama": nama, ":nilai": nilai.to_string() })?;
    }
    count_on(conn)
}

/// Counts a change, so that every node and every page looks again.
pub(super) fn count_on(conn: &Connection) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO sistem_setelan (nama, nilai) VALUES (?1, '1')
        ON CONFLICT (nama) DO UPDATE SET nilai = CAST(CAST(nilai AS INTEGER) + 1 AS TEXT)",
    )?
    .execute([VERSI])?;
    Ok(())
}
