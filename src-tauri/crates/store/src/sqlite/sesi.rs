//! Signed-in devices. A refresh token is exchanged by one conditional statement, so of two who show it one succeeds.

mod list;
mod refresh;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    IdPengguna, IdTamu,
    sesi::{DEVICE_LIFETIME, DEVICES_MAX, SessionBounds},
};
use rusqlite::{Connection, OptionalExtension, named_params};

use super::{SqliteStore, pengguna, row::ms, tamu};
use crate::{
    Result, SchoolSecrets, SesiStore,
    percobaan::FailureKey,
    sesi::{Exchange, NewSesi, Rotation, SesiRinci, SessionHolder, SessionIdentity, TokenHash},
};

#[async_trait]
impl SesiStore for SqliteStore {
    async fn create(&self, baru: NewSesi) -> Result<bool> {
        self.write(move |conn, _| create(conn, &baru)).await
    }

    async fn is_known(&self, akun: FailureKey) -> Result<bool> {
        self.read(move |conn, _| {
            let sql = "SELECT EXISTS (SELECT 1 FROM sistem_perangkat WHERE sidik = ?1)";
            Ok(conn.prepare_cached(sql)?.query_row([akun], |row| row.get(0))?)
        })
        .await
    }

    async fn find(&self, id: &str, waktu: DateTime<Utc>) -> Result<Option<SessionIdentity>> {
        let id = id.to_owned();
        self.read(move |conn, kunci| find(conn, kunci, &id, waktu)).await
    }

    async fn refresh(&self, pertukaran: Exchange) -> Result<Rotation> {
        self.write(move |conn, kunci| refresh::refresh(conn, kunci, &pertukaran)).await
    }

    async fn revoke(&self, id: &str, waktu: DateTime<Utc>) -> Result<()> {
        let id = id.to_owned();
        self.write(move |conn, _| revoke(conn, &id, waktu).map(drop)).await
    }

    async fn list(&self, id: IdPengguna, waktu: DateTime<Utc>) -> Result<Vec<SesiRinci>> {
        self.read(move |conn, _| list::list(conn, id, waktu)).await
    }

    async fn revoke_of(&self, pemilik: IdPengguna, id: &str, waktu: DateTime<Utc>) -> Result<bool> {
        let id = id.to_owned();
        self.write(move |conn, _| Ok(list::is_of(conn, pemilik, &id)? && revoke(conn, &id, waktu)?)).await
    }

    async fn revoke_all(&self, pemilik: IdPengguna, waktu: DateTime<Utc>) -> Result<()> {
        self.write(move |conn, _| pengguna::revoke_all(conn, pemilik, waktu)).await
    }

    async fn purge(&self, waktu: DateTime<Utc>) -> Result<u64> {
        self.write(move |conn, _| purge(conn, waktu)).await
    }
}

/// The columns of an owner, of which one is empty.
fn columns(pemilik: SessionHolder) -> (Option<i64>, Option<i64>) {
    match pemilik {
        SessionHolder::Pengguna(id) => (Some(id.0), None),
        SessionHolder::Tamu(id) => (None, Some(id.0)),
    }
}

fn create(conn: &Connection, baru: &NewSesi) -> Result<bool> {
    let (id_pengguna, id_tamu) = columns(baru.pemilik);
    let made = conn
        .prepare_cached(
            "INSERT INTO sistem_sesi (
                id, id_pengguna, id_tamu, perangkat, keterangan, dibuat_pada, kedaluwarsa_pada
            )
            SELECT :id, :id_pengguna, :id_tamu, :perangkat, :keterangan, :waktu, :kedaluwarsa_pada
            WHERE EXISTS (
                    SELECT 1 FROM pengguna
                    WHERE id = :id_pengguna AND aktif = 1 AND password_hash = :password_hash
                )
                OR EXISTS (SELECT 1 FROM tamu WHERE id = :id_tamu AND password_hash = :password_hash)",
        )?
        .execute(named_params! {
            ":id": baru.id,
            ":id_pengguna": id_pengguna,
            ":id_tamu": id_tamu,
            ":password_hash": baru.password_hash,
            ":perangkat": baru.perangkat.map(|perangkat| perangkat.sidik),
            ":keterangan": baru.keterangan,
            ":waktu": ms(baru.waktu),
            ":kedaluwarsa_pada": ms(baru.kedaluwarsa_pada),
        })?;
    if made == 0 {
        return Ok(false);
    }
    keep_token(conn, &baru.id, baru.token, baru.kedaluwarsa_pada, baru.waktu)?;
    if let Some(perangkat) = baru.perangkat {
        keep_device(conn, perangkat.akun, baru)?;
    }
    Ok(true)
}

fn keep_device(conn: &Connection, akun: FailureKey, baru: &NewSesi) -> Result<()> {
    let (id_pengguna, id_tamu) = columns(baru.pemilik);
    conn.prepare_cached(
        "INSERT INTO sistem_perangkat (sidik, id_pengguna, id_tamu, terakhir_pada)
        VALUES (:sidik, :id_pengguna, :id_tamu, :waktu)
        ON CONFLICT (sidik) DO UPDATE SET terakhir_pada = excluded.terakhir_pada",
    )?
    .execute(named_params! {
        ":sidik": akun, ":id_pengguna": id_pengguna, ":id_tamu": id_tamu, ":waktu": ms(baru.waktu),
    })?;
    conn.prepare_cached(
        "DELETE FROM sistem_perangkat
        WHERE (id_pengguna = :id_pengguna OR id_tamu = :id_tamu) AND sidik NOT IN (
            SELECT sidik FROM sistem_perangkat WHERE id_pengguna = :id_pengguna OR id_tamu = :id_tamu
            ORDER BY terakhir_pada DESC, sidik LIMIT :jumlah
        )",
    )?
    .execute(named_params! { ":id_pengguna": id_pengguna, ":id_tamu": id_tamu, ":jumlah": DEVICES_MAX })?;
    Ok(())
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

/// What holds for a session that lives, by [`SessionBounds`].
const LIVES: &str = "dicabut_pada IS NULL
    AND kedaluwarsa_pada > :ends_after AND kedaluwarsa_pada <= :ends_by
    AND dibuat_pada > :began_after AND dibuat_pada <= :began_by";

/// Whose living session it is, if that one may still sign in. What a guest opened with a temporary password ends with
/// it.
fn find(
    conn: &Connection,
    kunci: &SchoolSecrets,
    id: &str,
    waktu: DateTime<Utc>,
) -> Result<Option<SessionIdentity>> {
    let bounds = SessionBounds::at(waktu);
    let owner = conn
        .prepare_cached(&format!(
            "SELECT id_pengguna, id_tamu FROM sistem_sesi WHERE id = :id AND {LIVES}
                AND NOT EXISTS (SELECT 1 FROM tamu WHERE tamu.id = id_tamu AND password_sampai <= :ends_after)"
        ))?
        .query_row(
            named_params! {
                ":id": id,
                ":ends_after": ms(bounds.ends_after),
                ":ends_by": ms(bounds.ends_by),
                ":began_after": ms(bounds.began_after),
                ":began_by": ms(bounds.began_by),
            },
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    match owner {
        Some((Some(id), _)) => {
            let active = pengguna::find(conn, IdPengguna(id))?.filter(|pengguna| pengguna.aktif);
            Ok(active.map(SessionIdentity::Pengguna))
        }
        Some((None, Some(id))) => Ok(tamu::find(conn, kunci, IdTamu(id))?.map(SessionIdentity::Tamu)),
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
fn purge(conn: &Connection, waktu: DateTime<Utc>) -> Result<u64> {
    conn.prepare_cached("DELETE FROM sistem_perangkat WHERE terakhir_pada < ?1")?
        .execute([ms(waktu - DEVICE_LIFETIME)])?;
    conn.prepare_cached("DELETE FROM sistem_token_segar WHERE kedaluwarsa_pada < ?1")?
        .execute([ms(waktu)])?;
    let deleted = conn
        .prepare_cached(
            "DELETE FROM sistem_sesi
            WHERE kedaluwarsa_pada < :waktu OR dicabut_pada < :waktu OR dibuat_pada < :began_after",
        )?
        .execute(named_params! {
            ":waktu": ms(waktu), ":began_after": ms(SessionBounds::at(waktu).began_after),
        })?;
    Ok(deleted as u64)
}
