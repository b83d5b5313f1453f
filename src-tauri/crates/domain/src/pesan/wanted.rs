//! Whether a message is still wanted when its turn has come.

use chrono::{DateTime, Utc};

use super::{AlasanPesan, JenisPesan};
use crate::{JanjiTemu, Setelan, Status, jadwal::Span, ulasan};

/// Whether a message about an appointment, as it stands now, is still to be sent. `was_told` says whether the guest was
/// told of the appointment, by any message that has left or may have.
///
/// # Errors
/// Why it is not needed any more.
pub fn is_wanted(
    jenis: JenisPesan,
    janji_temu: &JanjiTemu,
    was_told: bool,
    now: DateTime<Utc>,
    setelan: &Setelan,
) -> Result<(), AlasanPesan> {
    let span = Span::minutes(janji_temu.jadwal, janji_temu.durasi_menit);
    let (is_over, has_begun) = (span.end <= now, span.start <= now);
    let when = |condition: bool, otherwise| if condition { Ok(()) } else { Err(otherwise) };
    match (jenis, janji_temu.status) {
        (JenisPesan::Batal, Status::Batal) if janji_temu.batal_oleh_tamu || !was_told => {
            Err(AlasanPesan::TidakPerlu)
        }
        (JenisPesan::Batal | JenisPesan::BatalTamu, Status::Batal) => when(!is_over, AlasanPesan::SudahLewat),
        (JenisPesan::Batal | JenisPesan::BatalTamu, _)
        | (JenisPesan::Kredensial | JenisPesan::Laporan | JenisPesan::Cadangan, _) => {
            Err(AlasanPesan::TidakPerlu)
        }
        (JenisPesan::Undangan | JenisPesan::Pindah | JenisPesan::Pengingat, Status::Batal) => {
            Err(AlasanPesan::Dibatalkan)
        }
        (JenisPesan::Undangan | JenisPesan::Pindah, Status::Belum) => when(!is_over, AlasanPesan::SudahLewat),
        (JenisPesan::Pengingat, Status::Belum) if setelan.pengingat => {
            when(!has_begun, AlasanPesan::SudahLewat)
        }
        (JenisPesan::Pengingat, Status::Belum) => Err(AlasanPesan::TidakPerlu),
        (JenisPesan::Undangan | JenisPesan::Pindah | JenisPesan::Pengingat, _) => {
            Err(AlasanPesan::SudahLewat)
        }
        (JenisPesan::Kedatangan, Status::Menunggu) => {
            let is_known = janji_temu.dibaca_pada.is_some() || janji_temu.tanggapan.is_some();
            when(setelan.kabari_guru && !is_known, AlasanPesan::TidakPerlu)
        }
        (JenisPesan::Kedatangan, _) => Err(AlasanPesan::TidakPerlu),
        (JenisPesan::Ulasan, _) => {
            let is_open = ulasan::is_open(janji_temu) && janji_temu.rating.is_none();
            when(setelan.minta_ulasan && is_open, AlasanPesan::TidakPerlu)
        }
    }
}
