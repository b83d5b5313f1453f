//! The school's logo.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, named_params};

use super::{SqliteStore, row::ms};
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

    async fn update(&self, png: Vec<u8>, waktu: DateTime<Utc>) -> Result<()> {
        self.write(move |conn, _| {
            conn.prepare_cached(
                "INSERT INTO sistem_gambar (nama, isi, diubah_pada) VALUES ('logo', :isi, :waktu)
                ON CONFLICT (nama) DO UPDATE SET isi = excluded.isi, diubah_pada = excluded.diubah_pada",
            )?
            .execute(named_params! { ":isi": png, ":waktu": ms(waktu) })?;
            Ok(())
        })
        .await
    }

    async fn delete(&self) -> Result<()> {
        self.write(|conn, _| {
            conn.prepare_cached("DELETE FROM sistem_gambar WHERE nama = 'logo'")?.execute(())?;
            Ok(())
        })
        .await
    }
}
