//! Steps of the status machine made true: one conditional update, whose row count decides, and what belongs to it.

use chrono::{DateTime, Utc};
use domain::{
    IdJanjiTemu, JanjiTemu, Status,
    pindai::{Hasil, UnknownHasil},
};
use rusqlite::{Connection, OptionalExtension, Row, named_params, types::Type};

use super::{get, urung};
use crate::{
    Kunci, Result,
    janji_temu::{Langkah, Perubahan, Tercatat},
    sqlite::{
        pesan_keluar::{self, JenisPesan},
        row::{ms, ms_opt, unreadable},
    },
};

pub(super) fn apply(conn: &Connection, kunci: &Kunci, perubahan: &Perubahan) -> Result<Option<JanjiTemu>> {
    let still_there = match &perubahan.langkah {
        Some(langkah) => update(conn, perubahan, langkah)?,
        None => stands_at(conn, perubahan)?,
    };
    if !still_there {
        return Ok(None);
    }
    if let Some((key, hasil)) = &perubahan.kunci {
        record(conn, key, *hasil, perubahan.id, perubahan.waktu)?;
    }
    if let Some(pesan) = perubahan.langkah.as_ref().and_then(pesan_of) {
        pesan_keluar::queue(conn, pesan, perubahan.id, perubahan.waktu)?;
    }
    if let Some(pesan) = perubahan.langkah.as_ref().and_then(urung::pesan_of) {
        pesan_keluar::unqueue(conn, pesan, perubahan.id)?;
    }
    get(conn, kunci, perubahan.id).map(Some)
}

/// Which message a step causes.
fn pesan_of(langkah: &Langkah) -> Option<JenisPesan> {
    match langkah {
        Langkah::Datang { .. } => Some(JenisPesan::Kedatangan),
        // Who was not seen to leave is not asked yet.
        Langkah::Pulang { di_meja: true, .. } | Langkah::Pamit => Some(JenisPesan::Ulasan),
        Langkah::Batal { .. } => Some(JenisPesan::Batal),
        Langkah::Mulai | Langkah::Pulang { .. } | Langkah::TidakHadir { .. } => None,
        Langkah::UrungDatang | Langkah::UrungLangsung { .. } | Langkah::UrungPulang { .. } => None,
    }
}

/// Columns that a step sets; the others stay.
#[derive(Default)]
struct Columns<'a> {
    waktu_datang: Option<DateTime<Utc>>,
    terlambat: Option<bool>,
    waktu_mulai: Option<DateTime<Utc>>,
    waktu_selesai: Option<DateTime<Utc>>,
    datang_di_meja: Option<bool>,
    pulang_di_meja: Option<bool>,
    alasan: Option<&'a str>,
}

fn update(conn: &Connection, perubahan: &Perubahan, langkah: &Langkah) -> Result<bool> {
    let waktu = perubahan.waktu;
    let set = match langkah {
        Langkah::Datang { terlambat, di_meja } => Columns {
            waktu_datang: Some(waktu),
            terlambat: Some(*terlambat),
            datang_di_meja: Some(*di_meja),
            ..Columns::default()
        },
        Langkah::Mulai => Columns { waktu_mulai: Some(waktu), ..Columns::default() },
        Langkah::Pulang { waktu_selesai, di_meja } => Columns {
            waktu_selesai: Some(*waktu_selesai),
            pulang_di_meja: Some(*di_meja),
            ..Columns::default()
        },
        Langkah::Pamit => Columns { pulang_di_meja: Some(true), ..Columns::default() },
        Langkah::Batal { alasan } | Langkah::TidakHadir { alasan } => {
            Columns { alasan: alasan.as_deref(), ..Columns::default() }
        }
        Langkah::UrungDatang => return urung::datang(conn, perubahan, Status::Belum, None),
        Langkah::UrungLangsung { alasan } => {
            return urung::datang(conn, perubahan, Status::Batal, alasan.as_deref());
        }
        Langkah::UrungPulang { ke } => return urung::pulang(conn, perubahan, *ke),
    };
    let changed = conn
        .prepare_cached(
            "UPDATE janji_temu SET
                status = :status,
                versi = versi + 1,
                waktu_datang = COALESCE(:waktu_datang, waktu_datang),
                terlambat = COALESCE(:terlambat, terlambat),
                waktu_mulai = COALESCE(:waktu_mulai, waktu_mulai),
                waktu_selesai = COALESCE(:waktu_selesai, waktu_selesai),
                datang_di_meja = COALESCE(:datang_di_meja, datang_di_meja),
                pulang_di_meja = COALESCE(:pulang_di_meja, pulang_di_meja),
                -- Only what was closed without a visit has one.
                alasan = :alasan
            WHERE id = :id AND status = :dari AND jadwal = COALESCE(:jadwal, jadwal)",
        )?
        .execute(named_params! {
            ":id": perubahan.id.0,
            ":dari": perubahan.dari.as_str(),
            ":jadwal": ms_opt(perubahan.jadwal),
            ":status": langkah.tujuan().as_str(),
            ":waktu_datang": ms_opt(set.waktu_datang),
            ":terlambat": set.terlambat,
            ":waktu_mulai": ms_opt(set.waktu_mulai),
            ":waktu_selesai": ms_opt(set.waktu_selesai),
            ":datang_di_meja": set.datang_di_meja,
            ":pulang_di_meja": set.pulang_di_meja,
            ":alasan": set.alasan,
        })?;
    Ok(changed > 0)
}

fn stands_at(conn: &Connection, perubahan: &Perubahan) -> Result<bool> {
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

/// Marks whoever did not come. Runs over the partial index of those still expected.
pub(super) fn expire_belum(conn: &Connection, sebelum: DateTime<Utc>) -> Result<u64> {
    let changed = conn
        .prepare_cached(
            "UPDATE janji_temu SET status = 'tidak hadir', versi = versi + 1
            WHERE status = 'belum' AND jadwal < ?1",
        )?
        .execute([ms(sebelum)])?;
    Ok(changed as u64)
}

pub(super) fn find_tercatat(conn: &Connection, kunci: &Kunci, key: &str) -> Result<Option<Tercatat>> {
    let recorded = conn
        .prepare_cached("SELECT id_janji_temu, hasil FROM sistem_kunci WHERE kunci = ?1")?
        .query_row([key], |row| Ok((IdJanjiTemu(row.get("id_janji_temu")?), hasil(row)?)))
        .optional()?;
    recorded.map(|(id, hasil)| Ok(Tercatat { hasil, janji_temu: get(conn, kunci, id)? })).transpose()
}

pub(super) fn purge_tercatat(conn: &Connection, sebelum: DateTime<Utc>) -> Result<u64> {
    let deleted =
        conn.prepare_cached("DELETE FROM sistem_kunci WHERE dibuat_pada < ?1")?.execute([ms(sebelum)])?;
    Ok(deleted as u64)
}

fn hasil(row: &Row<'_>) -> rusqlite::Result<Hasil> {
    row.get_ref("hasil")?.as_str()?.parse().map_err(|error: UnknownHasil| unreadable(Type::Text, error))
}
