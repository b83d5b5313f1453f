//! What is remembered of the clock: one fact about the database.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::{
    MssqlStore,
    engine::Statement,
    row::{text, waktu_opt},
};
use crate::{
    ClockStore, Result, StoreError,
    clock::{ClockNote, NOTE},
};

#[async_trait]
impl ClockStore for MssqlStore {
    async fn find(&self) -> Result<Option<ClockNote>> {
        let statement = Statement::new("SELECT nilai FROM sistem.info WHERE nama = @nama").bind("nama", NOTE);
        let answer = self.engine.read(statement).await?;
        let note = answer.first().map(|row| text(row, "nilai")).transpose()?;
        // A note that cannot be read is as good as none.
        Ok(note.and_then(|note| serde_json::from_str(&note).ok()))
    }

    async fn update(&self, note: ClockNote) -> Result<()> {
        let note = serde_json::to_string(&note).map_err(|error| StoreError::Other(error.to_string()))?;
        let statement = Statement::new(
            "DECLARE @izin int;
            EXEC @izin = sp_getapplock @Resource = N'bukutamu jam', @LockMode = N'Exclusive',
                @LockOwner = N'Transaction', @LockTimeout = 5000;
            IF @izin < 0 THROW 50001, N'no lock', 1;
            UPDATE sistem.info SET nilai = @nilai WHERE nama = @nama;
            IF @@ROWCOUNT = 0 INSERT INTO sistem.info (nama, nilai) VALUES (@nama, @nilai);",
        );
        self.engine.write_again(statement.bind("nama", NOTE).bind("nilai", note)).await.map(drop)
    }

    async fn find_latest_row(&self) -> Result<Option<DateTime<Utc>>> {
        let statement = Statement::new(
            "SELECT MAX(waktu) AS waktu FROM (
                SELECT MAX(diubah_pada) AS waktu FROM dbo.pengguna
                UNION ALL SELECT MAX(dibuat_pada) FROM sistem.sesi
                UNION ALL SELECT dibuat_pada FROM dbo.tamu WHERE id = (SELECT MAX(id) FROM dbo.tamu)
                UNION ALL
                SELECT dibuat_pada FROM dbo.janji_temu WHERE id = (SELECT MAX(id) FROM dbo.janji_temu)
            ) AS semua",
        );
        waktu_opt(self.engine.read(statement).await?.one()?, "waktu")
    }
}
