//! The school's logo.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, named_params};

use super::{
    SqliteStore,
    row::{ms, waktu as time},
    setelan::{count_on, versi},
};
use crate::{LogoStore, Result};

#[async_trait]
impl LogoStore for SqliteStore {
    async fn find(&self) -> Result<Option<Vec<u8>>> {
        self.read(|conn, _| {
            let sql = "SELECT isi FROM sistem_gambar WHERE nama = 'logo'";
            Ok(conn.prepare_cached(sql)?.query_row((), |row| row.get(0)).optional()?)
        })
        .await
    }

    async fn find_time(&self) -> Result<Option<DateTime<Utc>>> {
        self.read(|conn, _| {
            let sql = "SELECT diubah_pada FROM sistem_gambar WHERE nama = 'logo'";
            Ok(conn.prepare_cached(sql)?.query_row((), |row| time(row, "diubah_pada")).optional()?)
        })
        .await
    }

    async fn update(&self, png: Vec<u8>, waktu: DateTime<Utc>, seen: Option<i64>) -> Result<bool> {
        self.write(move |conn, _| {
            if !is_still(conn, seen)? {
                return Ok(false);
            }
            conn.prepare_cached(
                "INSERT INTO sistem_gambar (nama, isi, diubah_pada) VALUES ('logo', :isi, :waktu)
                ON CONFLICT (nama) DO UPDATE SET isi = excluded.isi, diubah_pada = excluded.diubah_pada",
            )?
            .execute(named_params! { ":isi": png, ":waktu": ms(waktu) })?;
            count_on(conn)?;
            Ok(true)
        })
        .await
    }

    async fn delete(&self, seen: Option<i64>) -> Result<bool> {
        self.write(move |conn, _| {
            if !is_still(conn, seen)? {
                return Ok(false);
            }
            let gone = conn.prepare_cached("DELETE FROM sistem_gambar WHERE nama = 'logo'")?.execute(())?;
            if gone > 0 {
                count_on(conn)?;
            }
            Ok(true)
        })
        .await
    }
}

/// Whether the settings are still of the version that somebody looked at.
fn is_still(conn: &Connection, seen: Option<i64>) -> Result<bool> {
    Ok(match seen {
        Some(seen) => versi(conn)? == seen,
        None => true,
    })
}
