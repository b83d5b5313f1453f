//! The school's logo.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::{MssqlStore, engine::Statement, row::bytes};
use crate::{LogoStore, Result};

#[async_trait]
impl LogoStore for MssqlStore {
    async fn find(&self) -> Result<Option<Vec<u8>>> {
        let statement = Statement::new("SELECT isi FROM sistem.gambar WHERE nama = N'logo'");
        self.engine.read(statement).await?.first().map(|row| bytes(row, "isi")).transpose()
    }

    async fn update(&self, png: Vec<u8>, waktu: DateTime<Utc>) -> Result<()> {
        // If another node is faster with the first one, the statement is sent again and finds it.
        let statement = Statement::new(
            "UPDATE sistem.gambar SET isi = @isi, diubah_pada = @waktu WHERE nama = N'logo';
            IF @@ROWCOUNT = 0
                INSERT INTO sistem.gambar (nama, isi, diubah_pada) VALUES (N'logo', @isi, @waktu);",
        );
        self.engine.write(statement.bind("isi", png).bind("waktu", waktu)).await.map(drop)
    }

    async fn delete(&self) -> Result<()> {
        let statement = Statement::new(
            "DECLARE @n int;
            DELETE FROM sistem.gambar WHERE nama = N'logo';
            SET @n = @@ROWCOUNT;",
        );
        self.engine.write(statement.audited_if("@n > 0")).await.map(drop)
    }
}
