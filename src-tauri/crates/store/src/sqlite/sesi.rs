//! Signed-in devices. A refresh token is exchanged by one conditional statement, so of two who show it one succeeds.

mod refresh;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{IdPengguna, IdTamu};
use rusqlite::{Connection, OptionalExtension, named_params};

use super::{SqliteStore, pengguna, row::ms, tamu};
use crate::{
    Kunci, Result, SesiStore,
    sesi::{Pemilik, Penyegaran, SesiBaru, Siapa, TokenHash},
};

#[async_trait]
impl SesiStore for SqliteStore {
    async fn create(&self, baru: SesiBaru) -> Result<()> {
        self.write(move |conn, _| create(conn, &baru)).await
    }

    async fn find(&self, id: &str, waktu: DateTime<Utc>) -> Result<Option<Siapa>> {
        let id = id.to_owned();
        self.read(move |conn, kunci| find(conn, kunci, &id, waktu)).await
    }

    async fn refresh(
        &self,
        lama: TokenHash,
        baru: TokenHash,
        kedaluwarsa_pada: DateTime<Utc>,
        waktu: DateTime<Utc>,
    ) -> Result<Penyegaran> {
        self.write(move |conn, kunci| refresh::refresh(conn, kunci, lama, baru, kedaluwarsa_pada, waktu))
            .await
    }

    async fn revoke(&self, id: &str, waktu: DateTime<Utc>) -> Result<()> {
        let id = id.to_owned();
        self.write(move |conn, _| revoke(conn, &id, waktu).map(drop)).await
    }

    async fn purge(&self, sebelum: DateTime<Utc>) -> Result<u64> {
        self.write(move |conn, _| purge(conn, sebelum)).await
    }
}

fn create(conn: &Connection, baru: &SesiBaru) -> Result<()> {
    let (id_pengguna, id_tamu) = match baru.pemilik {
        Pemilik::Pengguna(id) => (Some(id.0), None),
        Pemilik::Tamu(id) => (None, Some(id.0)),
    };
    conn.prepare_cached(
        "INSERT INTO sistem_sesi (id, id_pengguna, id_tamu, dibuat_pada, kedaluwarsa_pada)
        VALUES (:id, :id_pengguna, :id_tamu, :waktu, :kedaluwarsa_pada)",
    )?
    .execute(named_params! {
        ":id": baru.id,
        ":id_pengguna": id_pengguna,
        ":id_tamu": id_tamu,
        ":waktu": ms(baru.waktu),
        ":kedaluwarsa_pada": ms(baru.kedaluwarsa_pada),
    })?;
    keep_token(conn, &baru.id, baru.token, baru.kedaluwarsa_pada, baru.waktu)
}

fn keep_token(
    conn: &Connection,
    id_sesi: &str,
    token: TokenHash,
    kedaluwarsa_pada: DateTime<Utc>,
    waktu: DateTime<Utc>,
) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO sistem_token_segar (hash, id_sesi, dibuat_pada, kedaluwarsa_pada)
        VALUES (:hash, :id_sesi, :waktu, :kedaluwarsa_pada)",
    )?
    .execute(named_params! {
        ":hash": token, ":id_sesi": id_sesi, ":waktu": ms(waktu), ":kedaluwarsa_pada": ms(kedaluwarsa_pada),
    })?;
    Ok(())
}

/// Whose living session it is, if that one may still sign in.
fn find(conn: &Connection, kunci: &Kunci, id: &str, waktu: DateTime<Utc>) -> Result<Option<Siapa>> {
    let owner = conn
        .prepare_cached(
            "SELECT id_pengguna, id_tamu FROM sistem_sesi
            WHERE id = :id AND dicabut_pada IS NULL AND kedaluwarsa_pada > :waktu",
        )?
        .query_row(named_params! { ":id": id, ":waktu": ms(waktu) }, |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match owner {
        Some((Some(id), _)) => {
            let active = pengguna::find(conn, IdPengguna(id))?.filter(|pengguna| pengguna.aktif);
            Ok(active.map(Siapa::Pengguna))
        }
        Some((None, Some(id))) => Ok(tamu::find(conn, kunci, IdTamu(id))?.map(Siapa::Tamu)),
        _ => Ok(None),
    }
}

/// Whether the session was alive until now.
fn revoke(conn: &Connection, id: &str, waktu: DateTime<Utc>) -> Result<bool> {
    let revoked = conn
        .prepare_cached(
            "UPDATE sistem_sesi SET dicabut_pada = :waktu
            WHERE id = :id AND dicabut_pada IS NULL AND kedaluwarsa_pada > :waktu",
        )?
        .execute(named_params! { ":id": id, ":waktu": ms(waktu) })?;
    Ok(revoked > 0)
}

/// Tokens go with their session. Of one that lives on, those go that would have ended by themselves.
fn purge(conn: &Connection, sebelum: DateTime<Utc>) -> Result<u64> {
    conn.prepare_cached("DELETE FROM sistem_token_segar WHERE kedaluwarsa_pada < ?1")?
        .execute([ms(sebelum)])?;
    let deleted = conn
        .prepare_cached("DELETE FROM sistem_sesi WHERE kedaluwarsa_pada < ?1 OR dicabut_pada < ?1")?
        .execute([ms(sebelum)])?;
    Ok(deleted as u64)
}
