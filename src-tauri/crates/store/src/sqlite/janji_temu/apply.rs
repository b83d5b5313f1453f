//! Steps of the status machine made true: one conditional update, whose row count decides, and what belongs to it.

use chrono::{DateTime, Utc};
use domain::{IdJanjiTemu, JanjiTemu, VisitChange, langkah, pindai::Hasil, status};
use rusqlite::{Connection, OptionalExtension, named_params};

use super::{change::update, get};
use crate::{
    Result, SchoolSecrets,
    janji_temu::RecordedScan,
    sqlite::{
        pesan_keluar,
        row::{ms, ms_opt, word, words},
    },
};

pub(super) fn apply(
    conn: &Connection,
    kunci: &SchoolSecrets,
    perubahan: VisitChange,
) -> Result<Option<JanjiTemu>> {
    let (id, waktu) = (perubahan.id, perubahan.waktu);
    let still_there = match perubahan.columns() {
        Some(columns) => {
            let dari = perubahan.dari.as_str();
            let params =
                named_params! { ":id": id.0, ":dari": dari, ":dijadwalkan": ms_opt(perubahan.jadwal) };
            // Nothing moves any more once the guest was erased.
            let condition = "id = :id AND status = :dari AND jadwal = COALESCE(:dijadwalkan, jadwal)
                AND NOT EXISTS (
                    SELECT 1 FROM tamu AS t WHERE t.id = id_tamu AND t.dianonimkan_pada IS NOT NULL
                )";
            update(conn, columns, condition, params)? > 0
        }
        None => stands_at(conn, &perubahan)?,
    };
    if !still_there {
        return Ok(None);
    }
    if let Some((key, hasil)) = &perubahan.kunci {
        record(conn, key, *hasil, id, waktu)?;
    }
    if let Some(queueing) = perubahan.queueing() {
        pesan_keluar::carry_out(conn, queueing, id, waktu)?;
    }
    get(conn, kunci, id).map(Some)
}

fn stands_at(conn: &Connection, perubahan: &VisitChange) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM janji_temu WHERE id = ?1 AND status = ?2)";
    Ok(conn.prepare_cached(sql)?.query_row((perubahan.id.0, perubahan.dari.as_str()), |row| row.get(0))?)
}

fn record(conn: &Connection, key: &str, hasil: Hasil, id: IdJanjiTemu, waktu: DateTime<Utc>) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO sistem_kunci (kunci, hasil, id_janji_temu, dibuat_pada)
        VALUES (:kunci, :hasil, :id_janji_temu, :waktu)",
    )?
    .execute(named_params! {
        ":kunci": key, ":hasil": hasil.as_str(), ":id_janji_temu": id.0, ":waktu": ms(waktu),
    })?;
    Ok(())
}

/// Marks guests who did not come. Uses the partial index of appointments that are still expected.
pub(super) fn expire_belum(conn: &Connection, sebelum: DateTime<Utc>) -> Result<u64> {
    let condition = format!("status IN ({}) AND jadwal < :sebelum", words(status::awaited()));
    let changed =
        update(conn, langkah::missed(sebelum), &condition, named_params! { ":sebelum": ms(sebelum) })?;
    Ok(changed as u64)
}

pub(super) fn find_tercatat(
    conn: &Connection,
    kunci: &SchoolSecrets,
    key: &str,
) -> Result<Option<RecordedScan>> {
    let recorded = conn
        .prepare_cached("SELECT id_janji_temu, hasil FROM sistem_kunci WHERE kunci = ?1")?
        .query_row([key], |row| Ok((IdJanjiTemu(row.get("id_janji_temu")?), word(row, "hasil")?)))
        .optional()?;
    recorded.map(|(id, hasil)| Ok(RecordedScan { hasil, janji_temu: get(conn, kunci, id)? })).transpose()
}

pub(super) fn purge_tercatat(conn: &Connection, sebelum: DateTime<Utc>) -> Result<u64> {
    let deleted =
        conn.prepare_cached("DELETE FROM sistem_kunci WHERE dibuat_pada < ?1")?.execute([ms(sebelum)])?;
    Ok(deleted as u64)
}
