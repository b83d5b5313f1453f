//! Channels.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::pesan::{AlasanPesan, Saluran};
use rusqlite::{Connection, Row, named_params};

use super::{
    SqliteStore,
    row::{from_ms, ms, waktu_opt, word, word_opt},
};
use crate::{Result, SaluranStore, saluran::KeptSaluran};

#[async_trait]
impl SaluranStore for SqliteStore {
    async fn list(&self) -> Result<Vec<KeptSaluran>> {
        self.read(|conn, _| {
            let sql =
                "SELECT nama, konfigurasi, alasan, diperiksa_pada, versi FROM sistem_saluran ORDER BY nama";
            let mut statement = conn.prepare_cached(sql)?;
            let rows = statement.query_map((), from_row)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
        .await
    }

    async fn configure(&self, nama: Saluran, konfigurasi: Option<Vec<u8>>) -> Result<()> {
        self.write(move |conn, _| {
            enter(conn, nama)?;
            conn.prepare_cached(
                "UPDATE sistem_saluran SET
                    konfigurasi = :konfigurasi, alasan = NULL, diperiksa_pada = NULL, versi = versi + 1,
                    keadaan = CASE WHEN :konfigurasi IS NULL THEN 'belum_diatur' ELSE 'siap' END
                WHERE nama = :nama",
            )?
            .execute(named_params! { ":nama": nama.as_str(), ":konfigurasi": konfigurasi })?;
            Ok(())
        })
        .await
    }

    async fn note(&self, nama: Saluran, alasan: Option<AlasanPesan>, now: DateTime<Utc>) -> Result<bool> {
        self.write(move |conn, _| {
            enter(conn, nama)?;
            let params = named_params! {
                ":nama": nama.as_str(), ":alasan": alasan.map(AlasanPesan::as_str), ":now": ms(now),
            };
            let changed = conn
                .prepare_cached(
                    "UPDATE sistem_saluran SET
                        keadaan = CASE WHEN :alasan IS NULL THEN 'siap' ELSE 'terganggu' END,
                        alasan = :alasan, diperiksa_pada = :now
                    WHERE nama = :nama AND (alasan IS NOT :alasan OR diperiksa_pada IS NULL)",
                )?
                .execute(params)?;
            Ok(changed > 0)
        })
        .await
    }

    async fn take_turn(
        &self,
        nama: Saluran,
        now: DateTime<Utc>,
        berikut: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>> {
        self.write(move |conn, _| {
            enter(conn, nama)?;
            // A turn further ahead than one space was written by a clock that was wrong.
            let taken = conn
                .prepare_cached(
                    "UPDATE sistem_saluran SET boleh_pada = :berikut
                    WHERE nama = :nama AND (boleh_pada <= :now OR boleh_pada > :berikut)",
                )?
                .execute(
                    named_params! { ":nama": nama.as_str(), ":now": ms(now), ":berikut": ms(berikut) },
                )?;
            if taken > 0 {
                return Ok(None);
            }
            let sql = "SELECT boleh_pada FROM sistem_saluran WHERE nama = ?1";
            let next: i64 = conn.prepare_cached(sql)?.query_row([nama.as_str()], |row| row.get(0))?;
            Ok(Some(from_ms(next)?))
        })
        .await
    }
}

/// Its row, if there is none.
fn enter(conn: &Connection, nama: Saluran) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO sistem_saluran (nama, keadaan) VALUES (?1, 'belum_diatur') ON CONFLICT (nama) DO NOTHING",
    )?
    .execute([nama.as_str()])?;
    Ok(())
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<KeptSaluran> {
    Ok(KeptSaluran {
        nama: word(row, "nama")?,
        konfigurasi: row.get("konfigurasi")?,
        alasan: word_opt(row, "alasan")?,
        diperiksa_pada: waktu_opt(row, "diperiksa_pada")?,
        versi: row.get("versi")?,
    })
}
