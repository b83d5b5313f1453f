//! The school's logo.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::{
    MssqlStore,
    engine::Statement,
    row::{bytes, int, waktu as time},
    setelan::{COUNT_ON, KEPT, LOCK},
};
use crate::{LogoStore, Result};

#[async_trait]
impl LogoStore for MssqlStore {
    async fn find(&self) -> Result<Option<Vec<u8>>> {
        let statement = Statement::new("SELECT isi FROM sistem.gambar WHERE nama = N'logo'");
        self.engine.read(statement).await?.first().map(|row| bytes(row, "isi")).transpose()
    }

    async fn find_time(&self) -> Result<Option<DateTime<Utc>>> {
        let statement = Statement::new("SELECT diubah_pada FROM sistem.gambar WHERE nama = N'logo'");
        self.engine.read(statement).await?.first().map(|row| time(row, "diubah_pada")).transpose()
    }

    async fn update(&self, png: Vec<u8>, waktu: DateTime<Utc>, seen: Option<i64>) -> Result<bool> {
        let set = "UPDATE sistem.gambar SET isi = @isi, diubah_pada = @waktu WHERE nama = N'logo';
                IF @@ROWCOUNT = 0
                    INSERT INTO sistem.gambar (nama, isi, diubah_pada) VALUES (N'logo', @isi, @waktu);
                SET @n = 1;";
        let statement = change(set, seen).bind("isi", png).bind("waktu", waktu);
        Ok(int(self.engine.write(statement).await?.one()?, "tetap")? > 0)
    }

    async fn delete(&self, seen: Option<i64>) -> Result<bool> {
        let set = "DELETE FROM sistem.gambar WHERE nama = N'logo';
                SET @n = @@ROWCOUNT;";
        Ok(int(self.engine.write(change(set, seen)).await?.one()?, "tetap")? > 0)
    }
}

/// Changes the logo if the settings are still of the version that somebody looked at; `set` counts the rows as `@n`.
fn change(set: &str, seen: Option<i64>) -> Statement {
    let statement = Statement::new(format!(
        "{LOCK}
        DECLARE @n int = 0, @tetap bigint = 0;
        IF @versi IS NULL OR {KEPT} = @versi
        BEGIN
            SET @tetap = 1;
            {set}
            IF @n > 0
            BEGIN
                {COUNT_ON}
            END;
        END;
        SELECT @tetap AS tetap;"
    ));
    statement.bind("versi", seen).audited_if("@n > 0")
}
