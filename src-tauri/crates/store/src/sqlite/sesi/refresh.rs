//! The exchange of a refresh token. A token is exchanged once; if it is shown a second time, its session ends. There
//! are two exceptions. A client that wants the very same successor again, and has not used it yet, repeats a question
//! whose answer was lost. The session's own device may have asked twice at once.

use chrono::{DateTime, Utc};
use domain::sesi::{REUSE_GRACE, SessionBounds};
use rusqlite::{Connection, OptionalExtension, named_params};

use super::{LIVES, find, keep_token, revoke};
use crate::{
    Result, SchoolSecrets,
    sesi::{Exchange, Rotation, TokenHash},
    sqlite::row::ms,
};

pub(super) fn refresh(conn: &Connection, kunci: &SchoolSecrets, pertukaran: &Exchange) -> Result<Rotation> {
    let Exchange { lama, baru, kedaluwarsa_pada, waktu, .. } = *pertukaran;
    let (id_sesi, is_kept) = if let Some(id_sesi) = use_up(conn, lama, waktu)? {
        (id_sesi, false)
    } else if let Some(id_sesi) = find_repeated(conn, lama, baru)? {
        (id_sesi, true)
    } else if let Some(id_sesi) = find_at_once(conn, pertukaran)? {
        (id_sesi, false)
    } else {
        return end_family(conn, lama, waktu);
    };
    let Some(siapa) = find(conn, kunci, &id_sesi, waktu)? else {
        return Ok(Rotation::Ditolak);
    };
    if !is_kept {
        conn.prepare_cached("UPDATE sistem_sesi SET kedaluwarsa_pada = :kedaluwarsa_pada WHERE id = :id")?
            .execute(named_params! { ":id": id_sesi, ":kedaluwarsa_pada": ms(kedaluwarsa_pada) })?;
        keep_token(conn, &id_sesi, baru, kedaluwarsa_pada, waktu)?;
    }
    Ok(Rotation::Disegarkan { id_sesi, siapa })
}

/// Marks an unused token of a living session as used; returns the session.
fn use_up(conn: &Connection, token: TokenHash, waktu: DateTime<Utc>) -> Result<Option<String>> {
    let bounds = SessionBounds::at(waktu);
    let sql = format!(
        "UPDATE sistem_token_segar SET dipakai_pada = :ends_after
        WHERE hash = :hash AND dipakai_pada IS NULL
            AND kedaluwarsa_pada > :ends_after AND kedaluwarsa_pada <= :ends_by
            AND EXISTS (SELECT 1 FROM sistem_sesi WHERE id = id_sesi AND {LIVES})
        RETURNING id_sesi"
    );
    let id_sesi = conn
        .prepare_cached(&sql)?
        .query_row(
            named_params! {
                ":hash": token,
                ":ends_after": ms(bounds.ends_after),
                ":ends_by": ms(bounds.ends_by),
                ":began_after": ms(bounds.began_after),
                ":began_by": ms(bounds.began_by),
            },
            |row| row.get(0),
        )
        .optional()?;
    Ok(id_sesi)
}

/// The session, if `lama` was exchanged for just this `baru` before, and `baru` was not used since.
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

/// The session, if its own device shows a token that was exchanged only just now, and wants a successor of its own.
fn find_at_once(conn: &Connection, pertukaran: &Exchange) -> Result<Option<String>> {
    let id_sesi = conn
        .prepare_cached(
            "SELECT t.id_sesi FROM sistem_token_segar AS t
            INNER JOIN sistem_sesi AS s ON s.id = t.id_sesi
            WHERE t.hash = :lama AND t.dipakai_pada > :sejak AND t.dipakai_pada <= :waktu
                AND s.perangkat = :perangkat
                AND NOT EXISTS (SELECT 1 FROM sistem_token_segar WHERE hash = :baru)",
        )?
        .query_row(
            named_params! {
                ":lama": pertukaran.lama,
                ":baru": pertukaran.baru,
                ":perangkat": pertukaran.perangkat,
                ":sejak": ms(pertukaran.waktu - REUSE_GRACE),
                ":waktu": ms(pertukaran.waktu),
            },
            |row| row.get(0),
        )
        .optional()?;
    Ok(id_sesi)
}

/// Handles a token that cannot be used. If it was used before, its session ends, unless it has ended already.
fn end_family(conn: &Connection, token: TokenHash, waktu: DateTime<Utc>) -> Result<Rotation> {
    let used: Option<String> = conn
        .prepare_cached(
            "SELECT id_sesi FROM sistem_token_segar WHERE hash = ?1 AND dipakai_pada IS NOT NULL",
        )?
        .query_row([token], |row| row.get(0))
        .optional()?;
    match used {
        Some(id_sesi) if revoke(conn, &id_sesi, waktu)? => Ok(Rotation::DipakaiUlang { id_sesi }),
        _ => Ok(Rotation::Ditolak),
    }
}
