//! Steps taken back: each one conditional update, as the steps themselves.

use domain::Status;
use rusqlite::{Connection, named_params};

use crate::{
    Result,
    janji_temu::{Langkah, Perubahan},
    sqlite::pesan_keluar::JenisPesan,
};

/// Which message is not to be sent any more.
pub(super) fn pesan_of(langkah: &Langkah) -> Option<JenisPesan> {
    match langkah {
        Langkah::UrungDatang | Langkah::UrungLangsung { .. } => Some(JenisPesan::Kedatangan),
        Langkah::UrungPulang { .. } => Some(JenisPesan::Ulasan),
        _ => None,
    }
}

/// The arrival, with what the guru was told and answered.
pub(super) fn datang(
    conn: &Connection,
    perubahan: &Perubahan,
    ke: Status,
    alasan: Option<&str>,
) -> Result<bool> {
    let changed = conn
        .prepare_cached(
            "UPDATE janji_temu SET
                status = :status, alasan = :alasan, versi = versi + 1,
                waktu_datang = NULL, terlambat = 0, datang_di_meja = 0,
                tanggapan = NULL, tanggapan_jenis = NULL, tanggapan_menit = NULL, tanggapan_tempat = NULL,
                ditanggapi_pada = NULL, diberi_tahu_pada = NULL,
                dibaca_pada = NULL, notifikasi_dihapus_pada = NULL
            WHERE id = :id AND status = :dari",
        )?
        .execute(named_params! {
            ":id": perubahan.id.0,
            ":dari": perubahan.dari.as_str(),
            ":status": ke.as_str(),
            ":alasan": alasan,
        })?;
    Ok(changed > 0)
}

/// The departure.
pub(super) fn pulang(conn: &Connection, perubahan: &Perubahan, ke: Status) -> Result<bool> {
    let changed = conn
        .prepare_cached(
            "UPDATE janji_temu SET
                status = :status, versi = versi + 1, waktu_selesai = NULL, pulang_di_meja = 0
            WHERE id = :id AND status = :dari",
        )?
        .execute(named_params! {
            ":id": perubahan.id.0,
            ":dari": perubahan.dari.as_str(),
            ":status": ke.as_str(),
        })?;
    Ok(changed > 0)
}
