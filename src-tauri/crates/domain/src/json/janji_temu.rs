//! An appointment in JSON.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::{IdJanjiTemu, IdPengguna, IdTamu, Jenis, JenisTanggapan, Sapaan, Status, Telp, pengguna};

/// An appointment as every endpoint and event shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = JanjiTemu))]
pub struct JanjiTemu {
    /// Identity.
    pub id: IdJanjiTemu,
    /// Of two copies the one with the larger number is the newer.
    pub versi: i64,
    /// Whom the guest visits.
    pub id_guru: IdPengguna,
    /// That guru's name.
    pub nama_guru: String,
    /// What is spoken before it.
    pub sapaan_guru: Option<Sapaan>,
    /// What that guru teaches.
    pub jabatan_guru: Option<String>,
    /// Who visits.
    pub id_tamu: IdTamu,
    /// That guest's name.
    pub nama_tamu: String,
    /// Who really comes, where that is somebody else; to be shown instead of `nama_tamu`.
    pub atas_nama: Option<String>,
    /// How many come, 1 to 999.
    pub jumlah_orang: u16,
    /// That guest's number, E.164; null where the guest has no phone.
    pub telp: Option<Telp>,
    /// Where whoever comes is from: as was said for this visit, or else as is known of the guest.
    pub instansi: Option<String>,
    /// An address given for this visit, where it is not the guest's.
    pub email: Option<String>,
    /// What for.
    pub keperluan: String,
    /// `jadwal`'s date in the school's time zone.
    pub tanggal: NaiveDate,
    /// `jadwal`'s time in the school's time zone, `HH:MM`.
    pub waktu: String,
    /// Scheduled time.
    pub jadwal: DateTime<Utc>,
    /// Scheduled length in minutes.
    pub durasi_menit: u16,
    /// Agreed, or registered at the desk.
    pub jenis: Jenis,
    /// Where it stands.
    pub status: Status,
    /// Why it was called off, where that was said.
    pub alasan: Option<String>,
    /// Arrived later than the scheduled time and the tolerance.
    pub terlambat: bool,
    /// Arrival.
    pub waktu_datang: Option<DateTime<Utc>>,
    /// Guru and guest met.
    pub waktu_mulai: Option<DateTime<Utc>>,
    /// Departure.
    pub waktu_selesai: Option<DateTime<Utc>>,
    /// The guru's answer to the arrival.
    pub tanggapan: Option<String>,
    /// What the answer means; screens show it in their reader's language.
    pub tanggapan_jenis: Option<JenisTanggapan>,
    /// Of `sebentar`: in how many minutes from `ditanggapi_pada` on.
    pub tanggapan_menit: Option<u16>,
    /// Of `antar`: where to.
    pub tanggapan_tempat: Option<String>,
    /// When it was answered.
    pub ditanggapi_pada: Option<DateTime<Utc>>,
    /// When the desk had the guru told again.
    pub diberi_tahu_pada: Option<DateTime<Utc>>,
    /// The bare token.
    pub kode_qr: String,
    /// The review's stars, 1 to 5.
    pub rating: Option<u8>,
    /// The review's words.
    pub komentar: Option<String>,
    /// Something of it cannot be read any more, and stands here as missing or as `(data rusak)`. There only where it is so.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rusak: bool,
}

impl JanjiTemu {
    /// The JSON of a row, with its date and time in the school's zone.
    pub fn new(row: crate::JanjiTemu, zone: Tz) -> Self {
        let local = row.jadwal.with_timezone(&zone);
        Self {
            id: row.id,
            versi: row.versi,
            id_guru: row.id_guru,
            nama_guru: row.nama_guru,
            sapaan_guru: row.sapaan_guru,
            jabatan_guru: row.jabatan_guru,
            id_tamu: row.id_tamu,
            nama_tamu: row.nama_tamu,
            atas_nama: row.atas_nama,
            jumlah_orang: row.jumlah_orang,
            telp: row.telp,
            instansi: row.instansi,
            email: row.email,
            keperluan: row.keperluan,
            tanggal: local.date_naive(),
            waktu: local.format("%H:%M").to_string(),
            jadwal: row.jadwal,
            durasi_menit: row.durasi_menit,
            jenis: row.jenis,
            status: row.status,
            alasan: row.alasan,
            terlambat: row.terlambat,
            waktu_datang: row.waktu_datang,
            waktu_mulai: row.waktu_mulai,
            waktu_selesai: row.waktu_selesai,
            tanggapan: row.tanggapan,
            tanggapan_jenis: row.tanggapan_jenis,
            tanggapan_menit: row.tanggapan_menit,
            tanggapan_tempat: row.tanggapan_tempat,
            ditanggapi_pada: row.ditanggapi_pada,
            diberi_tahu_pada: row.diberi_tahu_pada,
            kode_qr: row.kode_qr,
            rating: row.rating,
            komentar: row.komentar,
            rusak: row.rusak.ada(),
        }
    }
}

impl JanjiTemu {
    /// The name of who comes, as screens show it.
    pub fn nama_tampil(&self) -> &str {
        self.atas_nama.as_deref().unwrap_or(&self.nama_tamu)
    }

    /// The guru as a guest or colleague speaks of one: `Bu Ratna Wulandari`.
    pub fn guru_disapa(&self) -> String {
        pengguna::disapa(self.sapaan_guru, &self.nama_guru)
    }
}
