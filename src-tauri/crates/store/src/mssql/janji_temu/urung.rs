//! Steps taken back: each one conditional update, as the steps themselves.

use crate::{janji_temu::Langkah, mssql::pesan_keluar::JenisPesan};

/// How a step is taken back, and which message is not to be sent any more; `None` for a step forwards.
pub(super) fn of(langkah: &Langkah) -> Option<(&'static str, JenisPesan)> {
    match langkah {
        Langkah::UrungDatang | Langkah::UrungLangsung { .. } => Some((DATANG, JenisPesan::Kedatangan)),
        Langkah::UrungPulang { .. } => Some((PULANG, JenisPesan::Ulasan)),
        _ => None,
    }
}

/// The arrival, with what the guru was told and answered.
const DATANG: &str = "
    UPDATE dbo.janji_temu SET
        status = @status, alasan = @alasan, versi = versi + 1,
        waktu_datang = NULL, terlambat = 0, datang_di_meja = 0,
        tanggapan = NULL, tanggapan_jenis = NULL, tanggapan_menit = NULL, tanggapan_tempat = NULL,
        ditanggapi_pada = NULL, diberi_tahu_pada = NULL,
        dibaca_pada = NULL, notifikasi_dihapus_pada = NULL
    WHERE id = @id AND status = @dari;";

/// The departure.
const PULANG: &str = "
    UPDATE dbo.janji_temu SET
        status = @status, versi = versi + 1, waktu_selesai = NULL, pulang_di_meja = 0
    WHERE id = @id AND status = @dari;";
