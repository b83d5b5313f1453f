//! Channels.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::pesan::{AlasanPesan, Saluran};
use tiberius::Row;

use super::{
    MssqlStore,
    engine::Statement,
    row::{bytes_opt, int, waktu_opt, word, word_opt},
};
use crate::{Result, SaluranStore, saluran::KeptSaluran};

/// The channel's row, if there is none. Two who enter it at once wait for each other.
const ENTER: &str = "
    DECLARE @izin int;
    EXEC @izin = sp_getapplock @Resource = N'bukutamu saluran', @LockMode = N'Exclusive',
        @LockOwner = N'Transaction', @LockTimeout = 5000;
    IF @izin < 0 THROW 50001, N'no lock', 1;
    IF NOT EXISTS (SELECT 1 FROM sistem.saluran WHERE nama = @nama)
        INSERT INTO sistem.saluran (nama, keadaan) VALUES (@nama, N'belum_diatur');";

#[async_trait]
impl SaluranStore for MssqlStore {
    async fn list(&self) -> Result<Vec<KeptSaluran>> {
        let sql = "SELECT nama, konfigurasi, alasan, diperiksa_pada, versi FROM sistem.saluran ORDER BY nama";
        self.engine.read(Statement::new(sql)).await?.rows().iter().map(from_row).collect()
    }

    async fn configure(&self, nama: Saluran, konfigurasi: Option<Vec<u8>>) -> Result<()> {
        let statement = Statement::new(format!(
            "{ENTER}
            UPDATE sistem.saluran SET
                konfigurasi = @konfigurasi, alasan = NULL, diperiksa_pada = NULL, versi = versi + 1,
                keadaan = CASE WHEN @konfigurasi IS NULL THEN N'belum_diatur' ELSE N'siap' END
            WHERE nama = @nama;"
        ));
        let statement = statement.bind("nama", nama.as_str()).bind("konfigurasi", konfigurasi);
        self.engine.write(statement).await.map(drop)
    }

    async fn note(&self, nama: Saluran, alasan: Option<AlasanPesan>, now: DateTime<Utc>) -> Result<bool> {
        let statement = Statement::new(format!(
            "{ENTER}
            UPDATE sistem.saluran SET
                keadaan = CASE WHEN @alasan IS NULL THEN N'siap' ELSE N'terganggu' END,
                alasan = @alasan, diperiksa_pada = @sekarang
            WHERE nama = @nama
                AND (ISNULL(alasan, N'') <> ISNULL(@alasan, N'') OR diperiksa_pada IS NULL);
            SELECT CAST(@@ROWCOUNT AS bigint) AS diubah;"
        ));
        let statement = statement
            .bind("nama", nama.as_str())
            .bind("alasan", alasan.map(AlasanPesan::as_str))
            .bind("sekarang", now);
        Ok(int(self.engine.write(statement).await?.one()?, "diubah")? > 0)
    }

    async fn take_turn(
        &self,
        nama: Saluran,
        now: DateTime<Utc>,
        berikut: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>> {
        // A turn further ahead than one space was written by a clock that was wrong.
        let statement = Statement::new(format!(
            "{ENTER}
            DECLARE @diambil int;
            UPDATE sistem.saluran SET boleh_pada = @berikut
            WHERE nama = @nama AND (boleh_pada <= @sekarang OR boleh_pada > @berikut);
            SET @diambil = @@ROWCOUNT;
            SELECT boleh_pada FROM sistem.saluran WHERE nama = @nama AND @diambil = 0;"
        ));
        let statement = statement.bind("nama", nama.as_str()).bind("sekarang", now).bind("berikut", berikut);
        let answer = self.engine.write(statement).await?;
        Ok(answer.first().map(|row| waktu_opt(row, "boleh_pada")).transpose()?.flatten())
    }
}

fn from_row(row: &Row) -> Result<KeptSaluran> {
    Ok(KeptSaluran {
        nama: word(row, "nama")?,
        konfigurasi: bytes_opt(row, "konfigurasi")?,
        alasan: word_opt(row, "alasan")?,
        diperiksa_pada: waktu_opt(row, "diperiksa_pada")?,
        versi: int(row, "versi")?,
    })
}
