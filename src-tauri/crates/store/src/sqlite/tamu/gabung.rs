//! Makes two guests one, and takes them apart again: each in one transaction.

use chrono::{DateTime, Utc};
use domain::{
    IdTamu,
    gabung::{Gabungan, Link, TERGABUNG},
};
use rusqlite::{Connection, OptionalExtension, named_params};

use super::touch_open;
use crate::{
    Result,
    gabung::{Filling, Merged, NewGabung, Number, Sandi, Side},
    sqlite::{
        kata_tamu,
        row::{from_ms, ms},
    },
};

/// Where visits are: in the book and in the archive.
const VISITS: [&str; 2] = ["janji_temu", "sistem_arsip"];

pub(super) fn gabung(conn: &Connection, baru: &NewGabung) -> Result<()> {
    let (id, lain) = (baru.id, baru.id_lain);
    let merged = side(conn, lain)?;
    let Some(filling) = Side::merge(side(conn, id)?, merged, baru)? else { return Ok(()) };
    record(conn, baru, &filling)?;
    // Whoever went into that one before is now the kept one too.
    conn.prepare_cached("UPDATE tamu SET digabung_ke = ?1 WHERE id = ?2 OR digabung_ke = ?2")?
        .execute((id.0, lain.0))?;
    fill(conn, baru, filling)?;
    for table in VISITS {
        conn.prepare_cached(&format!(
            "UPDATE {table} SET versi = versi + 1, id_tamu_asal = COALESCE(id_tamu_asal, ?2), id_tamu = ?1
            WHERE id_tamu = ?2"
        ))?
        .execute((id.0, lain.0))?;
    }
    conn.prepare_cached(
        "UPDATE sistem_sesi SET dicabut_pada = ?1 WHERE id_tamu = ?2 AND dicabut_pada IS NULL",
    )?
    .execute((ms(baru.waktu), lain.0))?;
    conn.prepare_cached("DELETE FROM sistem_perangkat WHERE id_tamu = ?1")?.execute([lain.0])?;
    kata_tamu::forget(conn, lain)?;
    touch_open(conn, id)
}

fn side(conn: &Connection, id: IdTamu) -> Result<Option<Side<i64>>> {
    let sql = "SELECT nama, telp, telp_indeks, telp_akhir, email, instansi, hapus_diminta_pada, digabung_ke,
            password_hash, password_sampai, dianonimkan_pada IS NOT NULL AS terhapus
        FROM tamu WHERE id = ?1";
    let side = conn.prepare_cached(sql)?.query_row([id.0], |row| {
        let (telp, indeks, akhir): (Option<_>, Option<_>, Option<_>) =
            (row.get("telp")?, row.get("telp_indeks")?, row.get("telp_akhir")?);
        let (hash, sampai): (Option<_>, _) = (row.get("password_hash")?, row.get("password_sampai")?);
        Ok(Side {
            nama: row.get("nama")?,
            telp: telp.zip(indeks).zip(akhir).map(|((telp, indeks), akhir)| Number { telp, indeks, akhir }),
            email: row.get("email")?,
            instansi: row.get("instansi")?,
            hapus_diminta_pada: row.get("hapus_diminta_pada")?,
            sandi: hash.map(|hash| Sandi { hash, sampai }),
            digabung_ke: row.get::<_, Option<i64>>("digabung_ke")?.map(IdTamu),
            is_erased: row.get("terhapus")?,
        })
    });
    Ok(side.optional()?)
}

fn record(conn: &Connection, baru: &NewGabung, filling: &Filling<i64>) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO sistem_gabung (id_tamu, id_ke, oleh, pada, telp_indeks, email_diisi, instansi_diisi, hapus_diisi)
        VALUES (:id_lain, :id, :oleh, :waktu, :telp_indeks, :email, :instansi, :hapus)",
    )?
    .execute(named_params! {
        ":id": baru.id.0,
        ":id_lain": baru.id_lain.0,
        ":oleh": baru.oleh.0,
        ":waktu": ms(baru.waktu),
        ":telp_indeks": filling.telp.as_ref().map(|telp| &telp.indeks),
        ":email": filling.email.is_some(),
        ":instansi": filling.instansi.is_some(),
        ":hapus": filling.hapus_diminta_pada.is_some(),
    })?;
    Ok(())
}

/// Gives the kept guest what was missing.
fn fill(conn: &Connection, baru: &NewGabung, filling: Filling<i64>) -> Result<()> {
    if let Some(number) = filling.telp {
        move_number(conn, baru.id_lain, baru.id, &number)?;
    }
    conn.prepare_cached(
        "UPDATE tamu SET
            email = COALESCE(email, :email), instansi = COALESCE(instansi, :instansi),
            hapus_diminta_pada = COALESCE(hapus_diminta_pada, :hapus),
            password_sampai = CASE WHEN password_hash IS NULL THEN :sandi_sampai ELSE password_sampai END,
            password_hash = COALESCE(password_hash, :sandi)
        WHERE id = :id",
    )?
    .execute(named_params! {
        ":id": baru.id.0,
        ":email": filling.email,
        ":instansi": filling.instansi,
        ":hapus": filling.hapus_diminta_pada,
        ":sandi": filling.sandi.as_ref().map(|sandi| &sandi.hash),
        ":sandi_sampai": filling.sandi.as_ref().and_then(|sandi| sandi.sampai),
    })?;
    if filling.instansi.is_some() { replace_words(conn, baru.id) } else { Ok(()) }
}

fn move_number(conn: &Connection, from: IdTamu, to: IdTamu, number: &Number) -> Result<()> {
    conn.prepare_cached("UPDATE tamu SET telp = NULL, telp_indeks = NULL, telp_akhir = NULL WHERE id = ?1")?
        .execute([from.0])?;
    conn.prepare_cached("UPDATE tamu SET telp = ?1, telp_indeks = ?2, telp_akhir = ?3 WHERE id = ?4")?
        .execute((&number.telp, &number.indeks, &number.akhir, to.0))?;
    Ok(())
}

fn replace_words(conn: &Connection, id: IdTamu) -> Result<()> {
    let sql = "SELECT nama, instansi FROM tamu WHERE id = ?1";
    let (nama, instansi): (String, Option<String>) =
        conn.prepare_cached(sql)?.query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    kata_tamu::replace(conn, id, &nama, instansi.as_deref())
}

pub(super) fn pisah(conn: &Connection, id: IdTamu, lain: IdTamu, waktu: DateTime<Utc>) -> Result<()> {
    let all = merged_into(conn, id)?;
    let undone = Merged::undone(&all, lain, waktu)?;
    let branch = Merged::branch(&all, lain);
    let ids = Merged::list(&branch);
    conn.prepare_cached("UPDATE tamu SET digabung_ke = NULL WHERE id = ?1")?.execute([lain.0])?;
    conn.execute(&format!("UPDATE tamu SET digabung_ke = ?1 WHERE id IN ({ids}) AND id <> ?1"), [lain.0])?;
    take_back(conn, id, undone)?;
    for table in VISITS {
        conn.execute(
            &format!(
                "UPDATE {table} SET
                    versi = versi + 1, id_tamu = ?1,
                    id_tamu_asal = CASE WHEN id_tamu_asal <> ?1 THEN id_tamu_asal END
                WHERE id_tamu = ?2 AND id_tamu_asal IN ({ids})"
            ),
            (lain.0, id.0),
        )?;
    }
    conn.prepare_cached("DELETE FROM sistem_gabung WHERE id_tamu = ?1")?.execute([lain.0])?;
    replace_words(conn, lain)?;
    replace_words(conn, id)?;
    touch_open(conn, id)
}

fn merged_into(conn: &Connection, id: IdTamu) -> Result<Vec<Merged>> {
    let mut statement = conn.prepare_cached(
        "SELECT g.id_tamu, g.id_ke, g.pada, g.selesai_pada IS NOT NULL AS selesai, g.telp_indeks, g.email_diisi,
            g.instansi_diisi, g.hapus_diisi
        FROM sistem_gabung AS g INNER JOIN tamu AS t ON t.id = g.id_tamu
        WHERE t.digabung_ke = ?1",
    )?;
    let rows = statement.query_map([id.0], |row| {
        Ok(Merged {
            link: Link { id: IdTamu(row.get("id_tamu")?), ke: IdTamu(row.get("id_ke")?) },
            pada: from_ms(row.get("pada")?)?,
            is_over: row.get("selesai")?,
            telp_indeks: row.get("telp_indeks")?,
            email_diisi: row.get("email_diisi")?,
            instansi_diisi: row.get("instansi_diisi")?,
            hapus_diisi: row.get("hapus_diisi")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What came with the merge goes back, as far as it is still what came.
fn take_back(conn: &Connection, id: IdTamu, undone: &Merged) -> Result<()> {
    let (lain, ke) = (undone.link.id, undone.link.ke);
    if let Some(indeks) = &undone.telp_indeks {
        let sql = "SELECT id, telp, telp_akhir FROM tamu WHERE telp_indeks = ?1 AND id IN (?2, ?3)";
        let held = conn.prepare_cached(sql)?.query_row((indeks, id.0, ke.0), |row| {
            let number = Number { telp: row.get(1)?, indeks: indeks.clone(), akhir: row.get(2)? };
            Ok((IdTamu(row.get(0)?), number))
        });
        if let Some((holder, number)) = held.optional()? {
            move_number(conn, holder, lain, &number)?;
        }
    }
    conn.prepare_cached(
        "UPDATE tamu SET
            email = CASE WHEN :email AND tamu.email = lain.email THEN NULL ELSE tamu.email END,
            instansi = CASE WHEN :instansi AND tamu.instansi = lain.instansi THEN NULL ELSE tamu.instansi END,
            hapus_diminta_pada = CASE
                WHEN :hapus AND tamu.hapus_diminta_pada = lain.diminta THEN NULL ELSE tamu.hapus_diminta_pada
            END,
            password_hash = CASE WHEN tamu.password_hash = lain.sandi THEN NULL ELSE tamu.password_hash END,
            password_sampai = CASE WHEN tamu.password_hash = lain.sandi THEN NULL ELSE tamu.password_sampai END
        FROM (
            SELECT email, instansi, hapus_diminta_pada AS diminta, password_hash AS sandi
            FROM tamu WHERE id = :id_lain
        ) AS lain
        WHERE tamu.id IN (:id, :ke)",
    )?
    .execute(named_params! {
        ":id": id.0,
        ":ke": ke.0,
        ":id_lain": lain.0,
        ":email": undone.email_diisi,
        ":instansi": undone.instansi_diisi,
        ":hapus": undone.hapus_diisi,
    })?;
    Ok(())
}

pub(super) fn list(conn: &Connection, id: IdTamu) -> Result<Vec<Gabungan>> {
    let mut statement = conn.prepare_cached(
        "SELECT g.id_tamu, t.nama, g.pada
        FROM sistem_gabung AS g INNER JOIN tamu AS t ON t.id = g.id_tamu
        WHERE t.digabung_ke = ?1 AND g.selesai_pada IS NULL
        ORDER BY g.pada DESC, g.id_tamu DESC",
    )?;
    let rows = statement.query_map([id.0], |row| {
        Ok(Gabungan { id: IdTamu(row.get(0)?), nama: row.get(1)?, pada: from_ms(row.get(2)?)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One after the other, the oldest first, so that a visit that came through several knows the last whose merge can
/// still be undone.
pub(super) fn finish(conn: &Connection, sampai: DateTime<Utc>) -> Result<u64> {
    let sql = "SELECT id_tamu, id_ke FROM sistem_gabung WHERE selesai_pada IS NULL AND pada <= ?1
        ORDER BY pada, id_tamu";
    let mut statement = conn.prepare_cached(sql)?;
    let due = statement.query_map([ms(sampai)], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let due: Vec<(i64, i64)> = due.collect::<rusqlite::Result<_>>()?;
    for (id, ke) in &due {
        conn.prepare_cached("UPDATE sistem_gabung SET selesai_pada = ?1 WHERE id_tamu = ?2")?
            .execute((ms(sampai), id))?;
        conn.prepare_cached(
            "UPDATE tamu SET
                nama = ?1, telp = NULL, telp_akhir = NULL, email = NULL, instansi = NULL, kode_qr = NULL,
                password_hash = NULL, password_sampai = NULL, setuju_pada = NULL, setuju_versi = NULL,
                hapus_diminta_pada = NULL
            WHERE id = ?2",
        )?
        .execute((TERGABUNG, id))?;
        for table in VISITS {
            conn.prepare_cached(&format!(
                "UPDATE {table} SET id_tamu_asal = (
                    SELECT g.id_tamu FROM sistem_gabung AS g WHERE g.id_tamu = ?2 AND g.selesai_pada IS NULL
                )
                WHERE id_tamu = (SELECT digabung_ke FROM tamu WHERE id = ?1) AND id_tamu_asal = ?1"
            ))?
            .execute((id, ke))?;
        }
    }
    Ok(due.len() as u64)
}
