//! Secrets of calendars.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{IdPengguna, Pengguna};

use super::{MssqlStore, engine::Statement, pengguna, row::waktu};
use crate::{KalenderStore, Result, kalender::SecretHash};

#[async_trait]
impl KalenderStore for MssqlStore {
    async fn set(&self, id: IdPengguna, rahasia: SecretHash, waktu: DateTime<Utc>) -> Result<()> {
        // Two who set it at once wait for each other.
        let statement = Statement::new(
            "DECLARE @izin int;
            EXEC @izin = sp_getapplock @Resource = N'bukutamu kalender', @LockMode = N'Exclusive',
                @LockOwner = N'Transaction', @LockTimeout = 5000;
            IF @izin < 0 THROW 50001, N'no lock', 1;
            UPDATE sistem.kalender SET rahasia = @rahasia, dibuat_pada = @waktu WHERE id_pengguna = @id;
            IF @@ROWCOUNT = 0
                INSERT INTO sistem.kalender (id_pengguna, rahasia, dibuat_pada)
                VALUES (@id, @rahasia, @waktu);",
        );
        let statement = statement.bind("id", id.0).bind("rahasia", rahasia).bind("waktu", waktu);
        self.engine.write(statement).await.map(drop)
    }

    async fn find(&self, id: IdPengguna) -> Result<Option<DateTime<Utc>>> {
        let sql = "SELECT dibuat_pada FROM sistem.kalender WHERE id_pengguna = @id";
        let answer = self.engine.read(Statement::new(sql).bind("id", id.0)).await?;
        answer.first().map(|row| waktu(row, "dibuat_pada")).transpose()
    }

    async fn find_pemilik(&self, rahasia: SecretHash) -> Result<Option<Pengguna>> {
        let answer = self.engine.read(pengguna::of_kalender(rahasia)).await?;
        answer.first().map(pengguna::from_row).transpose()
    }

    async fn revoke(&self, id: IdPengguna) -> Result<()> {
        let statement = Statement::new(
            "DECLARE @n int; DELETE FROM sistem.kalender WHERE id_pengguna = @id; SET @n = @@ROWCOUNT;",
        );
        let statement = statement.audited_if("@n > 0");
        self.engine.write(statement.bind("id", id.0)).await.map(drop)
    }
}
