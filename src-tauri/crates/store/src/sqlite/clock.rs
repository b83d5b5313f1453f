//! What is remembered of the clock: one fact about the database.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use rusqlite::OptionalExtension;

use super::{SqliteStore, row::from_ms};
use crate::{
    ClockStore, Result, StoreError,
    clock::{ClockNote, NOTE},
};

#[async_trait]
impl ClockStore for SqliteStore {
    async fn find(&self) -> Result<Option<ClockNote>> {
        self.read(|conn, _| {
            let note: Option<String> = conn
                .prepare_cached("SELECT nilai FROM sistem_info WHERE nama = ?1")?
                .query_row([NOTE], |row| row.get(0))
                .optional()?;
            // A note that cannot be read is as good as none.
            Ok(note.and_then(|note| serde_json::from_str(&note).ok()))
        })
        .await
    }

    async fn update(&self, note: ClockNote) -> Result<()> {
        let note = serde_json::to_string(&note).map_err(|error| StoreError::Other(error.to_string()))?;
        self.write(move |conn, _| {
            conn.prepare_cached(
                "INSERT INTO sistem_info (nama, nilai) VALUES (?1, ?2)
                ON CONFLICT (nama) DO UPDATE SET nilai = excluded.nilai",
            )?
            .execute((NOTE, &note))?;
            Ok(())
        })
        .await
    }

    async fn find_latest_row(&self) -> Result<Option<DateTime<Utc>>> {
        self.read(|conn, _| {
            let latest: Option<i64> = conn
                .prepare_cached(
                    "SELECT MAX(waktu) FROM (
                        SELECT MAX(diubah_pada) AS waktu FROM pengguna
                        UNION ALL SELECT MAX(dibuat_pada) FROM sistem_sesi
                        UNION ALL SELECT dibuat_pada FROM tamu WHERE id = (SELECT MAX(id) FROM tamu)
                        UNION ALL SELECT dibuat_pada FROM janji_temu WHERE id = (SELECT MAX(id) FROM janji_temu)
                    )",
                )?
                .query_row((), |row| row.get(0))?;
            // A damaged row says nothing of the time.
            Ok(latest.and_then(|ms| from_ms(ms).ok()))
        })
        .await
    }
}
