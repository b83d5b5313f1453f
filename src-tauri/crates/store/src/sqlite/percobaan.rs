//! Failed logins, by HMAC.

use std::iter;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::IdPengguna;
use rusqlite::{Connection, OptionalExtension, named_params};

use super::{
    SqliteStore,
    row::{ms, ms_opt, waktu, waktu_opt},
};
use crate::{
    PercobaanStore, Result,
    percobaan::{FailureKey, Percobaan},
};

#[async_trait]
impl PercobaanStore for SqliteStore {
    async fn list(&self, sidik: Vec<FailureKey>) -> Result<Vec<Percobaan>> {
        self.read(move |conn, _| sidik.iter().map(|sidik| find(conn, sidik)).collect()).await
    }

    async fn update(
        &self,
        baru: Vec<(FailureKey, Percobaan)>,
        akun: FailureKey,
        pengguna: Option<IdPengguna>,
    ) -> Result<()> {
        self.write(move |conn, _| {
            let accounts = iter::once(Some(akun)).chain(iter::repeat(None));
            for ((sidik, percobaan), akun) in baru.iter().zip(accounts) {
                keep(conn, sidik, percobaan, akun)?;
            }
            match (pengguna, baru.first()) {
                (Some(id), Some((_, percobaan))) => update_pengguna(conn, id, percobaan),
                _ => Ok(()),
            }
        })
        .await
    }

    async fn forget(&self, akun: FailureKey, pengguna: IdPengguna) -> Result<()> {
        self.write(move |conn, _| {
            conn.prepare_cached("DELETE FROM sistem_percobaan WHERE akun = :akun OR sidik = :akun")?
                .execute(named_params! { ":akun": akun })?;
            update_pengguna(conn, pengguna, &Percobaan::default())
        })
        .await
    }

    async fn purge(&self, sebelum: DateTime<Utc>) -> Result<u64> {
        self.write(move |conn, _| {
            let deleted = conn
                .prepare_cached("DELETE FROM sistem_percobaan WHERE terakhir_pada < ?1")?
                .execute([ms(sebelum)])?;
            Ok(deleted as u64)
        })
        .await
    }
}

fn find(conn: &Connection, sidik: &FailureKey) -> Result<Percobaan> {
    let found = conn
        .prepare_cached(
            "SELECT gagal, terkunci_sampai, terakhir_pada FROM sistem_percobaan WHERE sidik = ?1",
        )?
        .query_row([sidik], |row| {
            Ok(Percobaan {
                // A damaged count keeps nobody from signing in.
                gagal: row.get("gagal").unwrap_or_default(),
                terkunci_sampai: waktu_opt(row, "terkunci_sampai").unwrap_or_default(),
                terakhir_pada: waktu(row, "terakhir_pada").ok(),
            })
        })
        .optional()?;
    Ok(found.unwrap_or_default())
}

/// Keeps a count. An empty one leaves no row.
fn keep(
    conn: &Connection,
    sidik: &FailureKey,
    percobaan: &Percobaan,
    akun: Option<FailureKey>,
) -> Result<()> {
    let Some(terakhir_pada) = percobaan.terakhir_pada else {
        conn.prepare_cached("DELETE FROM sistem_percobaan WHERE sidik = ?1")?.execute([sidik])?;
        return Ok(());
    };
    conn.prepare_cached(
        "INSERT INTO sistem_percobaan (sidik, gagal, terkunci_sampai, terakhir_pada, akun)
        VALUES (:sidik, :gagal, :terkunci_sampai, :terakhir_pada, :akun)
        ON CONFLICT (sidik) DO UPDATE SET
            gagal = excluded.gagal,
            terkunci_sampai = excluded.terkunci_sampai,
            terakhir_pada = excluded.terakhir_pada,
            akun = excluded.akun",
    )?
    .execute(named_params! {
        ":sidik": sidik,
        ":gagal": percobaan.gagal,
        ":terkunci_sampai": ms_opt(percobaan.terkunci_sampai),
        ":terakhir_pada": ms(terakhir_pada),
        ":akun": akun,
    })?;
    Ok(())
}

fn update_pengguna(conn: &Connection, id: IdPengguna, percobaan: &Percobaan) -> Result<()> {
    conn.prepare_cached(
        "UPDATE pengguna SET gagal_login = :gagal, terkunci_sampai = :terkunci_sampai
        WHERE id = :id AND (gagal_login <> :gagal OR terkunci_sampai IS NOT :terkunci_sampai)",
    )?
    .execute(named_params! {
        ":id": id.0,
        ":gagal": percobaan.gagal,
        ":terkunci_sampai": ms_opt(percobaan.terkunci_sampai),
    })?;
    Ok(())
}
