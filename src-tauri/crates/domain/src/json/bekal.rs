//! What a desk keeps of the school, so that it goes on while no server can be reached.
//!
//! It holds no key and no code. Who could make codes could open every guest's page, and a desk's PC stands where
//! strangers come by; so a desk recognises the codes of those whom it knows by their digests, and leaves every other
//! one to the server. Of a number it has the last four digits, as its screen shows them.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::JanjiTemu;
use crate::{Damage, IdTamu, Setelan, Tamu, token};

/// What a desk keeps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BekalMeja {
    /// When this was so, by the server's clock.
    pub pada: DateTime<Utc>,
    /// The settings by which a desk decides.
    pub aturan: AturanMeja,
    /// The days of which these are all appointments: today and the next on which the school works.
    pub hari: Vec<NaiveDate>,
    /// The appointments of today and of the next day on which the school works, and those whose guest is still inside.
    pub janji_temu: Vec<JanjiTemuBekal>,
    /// The guests of these, and of the visits of the last 90 days; at most 20 000.
    pub tamu: Vec<TamuBekal>,
}

/// The settings by which a desk decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AturanMeja {
    /// The school's time zone, by its IANA name.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub zona_waktu: Tz,
    /// A guest is late after so many minutes.
    pub toleransi_terlambat_menit: u16,
    /// A second scan within so many minutes changes nothing.
    pub jeda_pulang_menit: u16,
    /// For so many minutes a step can be taken back.
    pub batas_urung_menit: u16,
    /// Today reaches across midnight for so many hours.
    pub lewat_tengah_malam_jam: u16,
    /// How long a visit takes for which nothing is said.
    pub durasi_bawaan_menit: u16,
}

impl From<&Setelan> for AturanMeja {
    fn from(setelan: &Setelan) -> Self {
        Self {
            zona_waktu: setelan.zona_waktu,
            toleransi_terlambat_menit: setelan.toleransi_terlambat_menit,
            jeda_pulang_menit: setelan.jeda_pulang_menit,
            batas_urung_menit: setelan.batas_urung_menit,
            lewat_tengah_malam_jam: setelan.lewat_tengah_malam_jam,
            durasi_bawaan_menit: setelan.durasi_bawaan_menit,
        }
    }
}

impl From<&AturanMeja> for Setelan {
    fn from(aturan: &AturanMeja) -> Self {
        Self {
            zona_waktu: aturan.zona_waktu,
            toleransi_terlambat_menit: aturan.toleransi_terlambat_menit,
            jeda_pulang_menit: aturan.jeda_pulang_menit,
            batas_urung_menit: aturan.batas_urung_menit,
            lewat_tengah_malam_jam: aturan.lewat_tengah_malam_jam,
            durasi_bawaan_menit: aturan.durasi_bawaan_menit,
            ..Self::default()
        }
    }
}

/// An appointment as a desk keeps it: without number, address and code.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JanjiTemuBekal {
    /// The appointment. `telp` and `email` are null, and `kode_qr` is empty.
    #[serde(flatten)]
    pub data: JanjiTemu,
    /// The SHA-256 of its code.
    pub kode_sha256: String,
    /// The desk recorded the arrival.
    pub datang_di_meja: bool,
    /// The desk recorded the departure.
    pub pulang_di_meja: bool,
}

impl JanjiTemuBekal {
    /// What a desk keeps of an appointment.
    pub fn new(row: crate::JanjiTemu, zone: Tz) -> Self {
        let kode_sha256 = token::digest(&row.kode_qr);
        Self::with_digest(row, kode_sha256, zone)
    }

    /// The same after a step of the visit.
    #[must_use]
    pub fn moved(&self, row: crate::JanjiTemu, zone: Tz) -> Self {
        Self::with_digest(row, self.kode_sha256.clone(), zone)
    }

    fn with_digest(row: crate::JanjiTemu, kode_sha256: String, zone: Tz) -> Self {
        let (datang_di_meja, pulang_di_meja) = (row.datang_di_meja, row.pulang_di_meja);
        let data = JanjiTemu::new(row, zone);
        let data = JanjiTemu { telp: None, email: None, kode_qr: String::new(), ..data };
        Self { data, kode_sha256, datang_di_meja, pulang_di_meja }
    }

    /// The appointment as rules see it.
    pub fn row(&self) -> crate::JanjiTemu {
        let data = self.data.clone();
        crate::JanjiTemu {
            id: data.id,
            versi: data.versi,
            id_guru: data.id_guru,
            nama_guru: data.nama_guru,
            sapaan_guru: data.sapaan_guru,
            jabatan_guru: data.jabatan_guru,
            unit: data.unit,
            // Who is told of a visit, the server knows.
            anggota: Vec::new(),
            id_tamu: data.id_tamu,
            nama_tamu: data.nama_tamu,
            // Who was erased is no guest whom a desk is told of.
            tamu_terhapus: false,
            atas_nama: data.atas_nama,
            jumlah_orang: data.jumlah_orang,
            telp: None,
            instansi: data.instansi,
            email: None,
            keperluan: data.keperluan,
            jadwal: data.jadwal,
            durasi_menit: data.durasi_menit,
            jenis: data.jenis,
            status: data.status,
            alasan: data.alasan,
            kode_qr: String::new(),
            waktu_datang: data.waktu_datang,
            terlambat: data.terlambat,
            waktu_mulai: data.waktu_mulai,
            waktu_selesai: data.waktu_selesai,
            tanggapan: data.tanggapan,
            tanggapan_jenis: data.tanggapan_jenis,
            tanggapan_menit: data.tanggapan_menit,
            tanggapan_tempat: data.tanggapan_tempat,
            ditanggapi_pada: data.ditanggapi_pada,
            ditanggapi_oleh: None,
            nama_penanggap: data.ditanggapi_oleh,
            diberi_tahu_pada: data.diberi_tahu_pada,
            dibaca_pada: None,
            notifikasi_dihapus_pada: None,
            datang_di_meja: self.datang_di_meja,
            pulang_di_meja: self.pulang_di_meja,
            rating: data.rating,
            komentar: None,
            komentar_tersembunyi: false,
            batal_oleh_tamu: data.batal_oleh_tamu,
            survei_diisi: false,
            // A review is left after the arrival; when does not matter to any rule of a desk.
            ulasan_pada: data.rating.and(data.waktu_datang),
            dibuat_pada: data.jadwal,
            rusak: if data.rusak { Damage::Pokok } else { Damage::default() },
        }
    }
}

/// A guest as a desk keeps one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TamuBekal {
    /// Identity.
    pub id: IdTamu,
    /// Full name.
    pub nama: String,
    /// Where the guest comes from.
    pub instansi: Option<String>,
    /// The last four digits of the number; null if there is none.
    pub telp_akhir: Option<String>,
    /// The SHA-256 of the permanent code.
    pub kode_sha256: String,
}

impl From<Tamu> for TamuBekal {
    fn from(tamu: Tamu) -> Self {
        Self {
            id: tamu.id,
            nama: tamu.nama,
            instansi: tamu.instansi,
            telp_akhir: tamu.telp.map(|telp| telp.akhir().to_owned()),
            kode_sha256: token::digest(&tamu.kode_qr),
        }
    }
}
