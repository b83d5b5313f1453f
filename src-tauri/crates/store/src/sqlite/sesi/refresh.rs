//! The exchange of a refresh token, once; shown a second time it ends the session that it belongs to. Only whoever wants
//! the very same successor again, and has not used that yet, repeats a question whose answer was lost.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, named_params};

use super::{find, keep_token, revoke};
use crate::{
    Kunci, Result,
    sesi::{Penyegaran, TokenHash},
    sqlite::row::ms,
};

pub(super) fn refresh(
    conn: &Connection,
    kunci: &Kunci,
    lama: TokenHash,
    baru: TokenHash,
    kedaluwarsa_pada: DateTime<Utc>,
    waktu: DateTime<Utc>,
) -> Result<Penyegaran> {
    let Some(id_sesi) = use_up(conn, lama, waktu)? else {
        return match find_repeated(conn, lama, baru)? {
            Some(id_sesi) => Ok(find(conn, kunci, &id_sesi, waktu)?
                .map_or(Penyegaran::Ditolak, |siapa| Penyegaran::Disegarkan { id_sesi, siapa })),
            None => end_family(conn, lama, waktu),
        };
    };
    let Some(siapa) = find(conn, kunci, &id_sesi, waktu)? else {
        return Ok(Penyegaran::Ditolak);
    };
    conn.prepare_cached("UPDATE sistem_sesi SET kedaluwarsa_pada = :kedaluwarsa_pada WHERE id = :id")?
        .execute(named_params! { ":id": id_sesi, ":kedaluwarsa_pada": ms(kedaluwarsa_pada) })?;
    keep_token(conn, &id_sesi, baru, kedaluwarsa_pada, waktu)?;
    Ok(Penyegaran::Disegarkan { id_sesi, siapa })
}

/// Marks an unused token as used; answers its session.
fn use_up(conn: &Connection, token: TokenHash, waktu: DateTime<Utc>) -> Result<Option<String>> {
    let id_sesi = conn
        .prepare_cached(
            "UPDATE sistem_token_segar SET dipakai_pada = :waktu
            WHERE hash = :hash AND dipakai_pada IS NULL AND kedaluwarsa_pada > :waktu
            RETURNING id_sesi",
        )?
        .query_row(named_params! { ":hash": token, ":waktu": ms(waktu) }, |row| row.get(0))
        .optional()?;
    Ok(id_sesi)
}

/// The session, where `lama` was exchanged for just this `baru` before, and `baru` was not used since.
fn find_repeated(conn: &Connection, lama: TokenHash, baru: TokenHash) -> Result<Option<String>> {
    let id_sesi = conn
        .prepare_cached(
            "SELECT lama.id_sesi FROM sistem_token_segar AS lama
            INNER JOIN sistem_token_segar AS baru ON baru.id_sesi = lama.id_sesi
            WHERE lama.hash = :lama AND lama.dipakai_pada IS NOT NULL
                AND baru.hash = :baru AND baru.dipakai_pada IS NULL",
        )?
        .query_row(named_params! { ":lama": lama, ":baru": baru }, |row| row.get(0))
        .optional()?;
    Ok(id_sesi)
}

/// A token that cannot be used: where it was used before, its session ends, if it had not already.
fn end_family(conn: &Connection, token: TokenHash, waktu: DateTime<Utc>) -> Result<Penyegaran> {
    let used: Option<String> = conn
        .prepare_cached(
            "SELECT id_sesi FROM sistem_token_segar WHERE hash = ?1 AND dipakai_pada IS NOT NULL",
        )?
        .query_row([token], |row| row.get(0))
        .optional()?;
    match used {
        Some(id_sesi) if revoke(conn, &id_sesi, waktu)? => Ok(Penyegaran::DipakaiUlang { id_sesi }),
        _ => Ok(Penyegaran::Ditolak),
    }
}
