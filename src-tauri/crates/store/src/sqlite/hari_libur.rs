//! Days on which the school is closed.

use async_trait::async_trait;
use chrono::NaiveDate;
use domain::hari_libur::{HariLibur, SumberLibur};
use rusqlite::{Connection, Row, named_params};

use super::{SqliteStore, row::word, setelan::count_on};
use crate::{HariLiburStore, Result};

#[async_trait]
impl HariLiburStore for SqliteStore {
    async fn list(&self, dari: NaiveDate, sampai: NaiveDate) -> Result<Vec<HariLibur>> {
        self.read(move |conn, _| list(conn, dari, sampai)).await
    }

    async fn set(&self, libur: Vec<HariLibur>) -> Result<()> {
        self.write(move |conn, _| {
            libur.iter().try_for_each(|one| set(conn, one))?;
            count_on(conn)
        })
        .await
    }

    async fn replace(&self, hapus: Vec<NaiveDate>, isi: Vec<HariLibur>) -> Result<()> {
        self.write(move |conn, _| {
            for day in &hapus {
                delete(conn, *day)?;
            }
            isi.iter().try_for_each(|one| set(conn, one))?;
            count_on(conn)
        })
        .await
    }

    async fn delete(&self, tanggal: NaiveDate) -> Result<bool> {
        self.write(move |conn, _| {
            let is_gone = delete(conn, tanggal)?;
            if is_gone {
                count_on(conn)?;
            }
            Ok(is_gone)
        })
        .await
    }
}

fn list(conn: &Connection, dari: NaiveDate, sampai: NaiveDate) -> Result<Vec<HariLibur>> {
    let mut statement = conn.prepare_cached(
        "SELECT tanggal, nama, jenis, perkiraan, sumber FROM sistem_hari_libur
        WHERE tanggal >= ?1 AND tanggal <= ?2 ORDER BY tanggal",
    )?;
    let rows = statement.query_map([dari.to_string(), sampai.to_string()], from_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<HariLibur> {
    Ok(HariLibur {
        tanggal: word(row, "tanggal")?,
        nama: row.get("nama")?,
        jenis: word(row, "jenis")?,
        perkiraan: row.get("perkiraan")?,
        sumber: word(row, "sumber")?,
    })
}

/// Whether it was there.
fn delete(conn: &Connection, tanggal: NaiveDate) -> Result<bool> {
    let sql = "DELETE FROM sistem_hari_libur WHERE tanggal = ?1";
    Ok(conn.prepare_cached(sql)?.execute([tanggal.to_string()])? > 0)
}

fn set(conn: &Connection, libur: &HariLibur) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO sistem_hari_libur (tanggal, nama, jenis, perkiraan, sumber)
        VALUES (:tanggal, :nama, :jenis, :perkiraan, :sumber)
        ON CONFLICT (tanggal) DO UPDATE SET
            nama = excluded.nama, jenis = excluded.jenis, perkiraan = excluded.perkiraan, sumber = excluded.sumber
        WHERE excluded.sumber = :manual OR sistem_hari_libur.sumber <> :manual",
    )?
    .execute(named_params! {
        ":tanggal": libur.tanggal.to_string(),
        ":nama": libur.nama,
        ":jenis": libur.jenis.as_str(),
        ":perkiraan": libur.perkiraan,
        ":sumber": libur.sumber.as_str(),
        ":manual": SumberLibur::Manual.as_str(),
    })?;
    Ok(())
}
