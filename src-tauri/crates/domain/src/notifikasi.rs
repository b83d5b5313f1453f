//! What a guru is told of an arrival. Not a table: it derives from the appointment.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    IdJanjiTemu, IdPengguna, JanjiTemu, JenisTanggapan, Status,
    columns::{Columns, Value},
};

/// The desk has a guru told again of one guest no sooner than this.
pub const JEDA_BERI_TAHU: Duration = Duration::seconds(30);

/// How long the desk still has to wait before it can have the guru told again. A time in the future is a clock that
/// jumped back.
pub fn tunggu_beri_tahu(janji_temu: &JanjiTemu, now: DateTime<Utc>) -> Duration {
    let told = janji_temu.diberi_tahu_pada.filter(|told| *told <= now);
    told.map_or(Duration::zero(), |told| (told + JEDA_BERI_TAHU - now).max(Duration::zero()))
}

/// The guru has read of it.
pub fn read(waktu: DateTime<Utc>) -> Columns {
    vec![("dibaca_pada", Value::Time(Some(waktu)))]
}

/// The guru has put it away.
pub fn put_away(waktu: DateTime<Utc>) -> Columns {
    vec![("notifikasi_dihapus_pada", Value::Time(Some(waktu)))]
}

/// The desk has the guru told again: a notification that was read or put away asks for attention again.
pub fn told_again(waktu: DateTime<Utc>) -> Columns {
    told(Some(waktu))
}

/// The guru was told of nothing.
pub fn untold() -> Columns {
    told(None)
}

fn told(diberi_tahu_pada: Option<DateTime<Utc>>) -> Columns {
    vec![
        ("diberi_tahu_pada", Value::Time(diberi_tahu_pada)),
        ("dibaca_pada", Value::Time(None)),
        ("notifikasi_dihapus_pada", Value::Time(None)),
    ]
}

/// An arrival as its guru is told of it. Its identity is the appointment's: one arrival, one notification.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Notifikasi {
    /// The same as `id_janji_temu`.
    pub id: IdJanjiTemu,
    /// The guru, or the unit.
    pub id_pengguna: IdPengguna,
    /// The unit's name, where a unit is visited: everybody behind it is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
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
    /// The guru has put it away, or there was no arrival after all; such a one is only sent so that screens drop it.
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
    /// The name of the member who answered for a unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ditanggapi_oleh: Option<String>,
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
            unit: janji_temu.unit.then(|| janji_temu.nama_guru.clone()),
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
            ditanggapi_oleh: janji_temu.nama_penanggap.clone(),
            diberi_tahu_pada: janji_temu.diberi_tahu_pada,
            status: janji_temu.status,
            versi: janji_temu.versi,
            rusak: janji_temu.rusak.ada(),
        })
    }

    /// The notification of an arrival that was taken back: gone, as the appointment stands in `after`.
    pub fn withdrawn(before: &JanjiTemu, after: &JanjiTemu) -> Option<Self> {
        let told = Self::of(before)?;
        Some(Self { dihapus: true, status: after.status, versi: after.versi, ..told })
    }

    /// When the guru was last to be alerted of it: at the arrival, or when the desk asked for it again.
    pub fn alerted_at(&self) -> DateTime<Utc> {
        self.diberi_tahu_pada.unwrap_or(self.waktu)
    }

    /// Whether it still asks for the guru's attention.
    pub fn is_pending(&self) -> bool {
        !self.is_read && !self.dihapus
    }
}
