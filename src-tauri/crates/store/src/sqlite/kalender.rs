//! Secrets of calendars.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{IdPengguna, Pengguna};
use rusqlite::OptionalExtension;

use super::{
    SqliteStore, pengguna,
    row::{ms, waktu},
};
use crate::{KalenderStore, Result, kalender::SecretHash};

#[async_trait]
impl KalenderStore for SqliteStore {
    async fn set(&self, id: IdPengguna, rahasia: SecretHash, waktu: DateTime<Utc>) -> Result<()> {
        self.write(move |conn, _| {
            conn.prepare_cached(
                "INSERT INTO sistem_kalender (id_pengguna, rahasia, dibuat_pada) VALUES (?1, ?2, ?3)
                ON CONFLICT (id_pengguna) DO UPDATE SET
                    rahasia = excluded.rahasia, dibuat_pada = excluded.dibuat_pada",
            )?
            .execute((id.0, rahasia, ms(waktu)))?;
            Ok(())
        })
        .await
    }

    async fn find(&self, id: IdPengguna) -> Result<Option<DateTime<Utc>>> {
        self.read(move |conn, _| {
            let sql = "SELECT dibuat_pada FROM sistem_kalender WHERE id_pengguna = ?1";
            Ok(conn.prepare_cached(sql)?.query_row([id.0], |row| waktu(row, "dibuat_pada")).optional()?)
        })
        .await
    }

    async fn find_pemilik(&self, rahasia: SecretHash) -> Result<Option<Pengguna>> {
        self.read(move |conn, _| pengguna::of_kalender(conn, rahasia)).await
    }

    async fn revoke(&self, id: IdPengguna) -> Result<()> {
        self.write(move |conn, _| {
            conn.prepare_cached("DELETE FROM sistem_kalender WHERE id_pengguna = ?1")?.execute([id.0])?;
            Ok(())
        })
        .await
    }
}
