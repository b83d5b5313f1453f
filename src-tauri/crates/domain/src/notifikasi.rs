//! What a guru is told of an arrival. Not a table: it derives from the appointment.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{IdJanjiTemu, IdPengguna, JanjiTemu, JenisTanggapan, Status};

/// An arrival as its guru is told of it. Its identity is the appointment's: one arrival, one notification.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Notifikasi {
    /// The same as `id_janji_temu`.
    pub id: IdJanjiTemu,
    /// The guru.
    pub id_pengguna: IdPengguna,
    /// The appointment.
    pub id_janji_temu: IdJanjiTemu,
    /// `Tamu {nama} telah datang untuk {keperluan}`.
    pub pesan: String,
    /// Who came: the one in whose name, where that is not the guest whose number it is.
    pub nama_tamu: String,
    /// How many came.
    pub jumlah_orang: u16,
    /// Where the guest comes from.
    pub instansi: Option<String>,
    /// What for.
    pub keperluan: String,
    /// When the guest arrived.
    pub waktu: DateTime<Utc>,
    /// Later than agreed and tolerated.
    pub terlambat: bool,
    /// The guru has read it.
    pub is_read: bool,
    /// The guru has put it away; such a one is only sent so that other screens drop it.
    pub dihapus: bool,
    /// The guru's answer.
    pub tanggapan: Option<String>,
    /// What the answer means.
    pub tanggapan_jenis: Option<JenisTanggapan>,
    /// Of `sebentar`: in how many minutes from `ditanggapi_pada` on.
    pub tanggapan_menit: Option<u16>,
    /// Of `antar`: where to.
    pub tanggapan_tempat: Option<String>,
    /// When it was answered.
    pub ditanggapi_pada: Option<DateTime<Utc>>,
    /// When the desk had the guru told again: a newer one than before alerts anew.
    pub diberi_tahu_pada: Option<DateTime<Utc>>,
    /// Where the appointment stands now.
    pub status: Status,
    /// As the appointment's: of two copies the larger is the newer.
    pub versi: i64,
    /// Something of it cannot be read any more. There only where it is so.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rusak: bool,
}

impl Notifikasi {
    /// The notification of an arrival; `None` before the guest is here.
    pub fn of(janji_temu: &JanjiTemu) -> Option<Self> {
        let waktu = janji_temu.waktu_datang?;
        Some(Self {
            id: janji_temu.id,
            id_pengguna: janji_temu.id_guru,
            id_janji_temu: janji_temu.id,
            pesan: format!("Tamu {} telah datang untuk {}", janji_temu.nama_tampil(), janji_temu.keperluan),
            nama_tamu: janji_temu.nama_tampil().to_owned(),
            jumlah_orang: janji_temu.jumlah_orang,
            instansi: janji_temu.instansi.clone(),
            keperluan: janji_temu.keperluan.clone(),
            waktu,
            terlambat: janji_temu.terlambat,
            is_read: janji_temu.dibaca_pada.is_some(),
            dihapus: janji_temu.notifikasi_dihapus_pada.is_some(),
            tanggapan: janji_temu.tanggapan.clone(),
            tanggapan_jenis: janji_temu.tanggapan_jenis,
            tanggapan_menit: janji_temu.tanggapan_menit,
            tanggapan_tempat: janji_temu.tanggapan_tempat.clone(),
            ditanggapi_pada: janji_temu.ditanggapi_pada,
            diberi_tahu_pada: janji_temu.diberi_tahu_pada,
            status: janji_temu.status,
            versi: janji_temu.versi,
            rusak: janji_temu.rusak.ada(),
        })
    }

    /// Whether it still asks for the guru's attention.
    pub fn is_pending(&self) -> bool {
        !self.is_read && !self.dihapus
    }
}
