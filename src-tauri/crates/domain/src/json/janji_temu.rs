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
    /// Of two copies, the one with the larger number is newer.
    pub versi: i64,
    /// Whom the guest visits.
    pub id_guru: IdPengguna,
    /// That guru's name.
    pub nama_guru: String,
    /// The form of address before that name.
    pub sapaan_guru: Option<Sapaan>,
    /// What that guru teaches.
    pub jabatan_guru: Option<String>,
    /// Not a person is visited, but a unit such as "Tata Usaha".
    #[serde(default)]
    pub unit: bool,
    /// Who visits.
    pub id_tamu: IdTamu,
    /// That guest's name.
    pub nama_tamu: String,
    /// The name of the person who comes, if it is not the guest; shown instead of `nama_tamu`.
    pub atas_nama: Option<String>,
    /// How many come, 1 to 999.
    pub jumlah_orang: u16,
    /// That guest's number, E.164; null if the guest has no phone.
    pub telp: Option<Telp>,
    /// Where the visitor comes from: as given for this visit, otherwise as known of the guest.
    pub instansi: Option<String>,
    /// An e-mail address given for this visit, if it is not the guest's.
    pub email: Option<String>,
    /// Purpose of the visit.
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
    /// Why it was called off, if a reason was given.
    pub alasan: Option<String>,
    /// Arrived later than the scheduled time and the tolerance.
    pub terlambat: bool,
    /// Arrival.
    pub waktu_datang: Option<DateTime<Utc>>,
    /// When guru and guest met.
    pub waktu_mulai: Option<DateTime<Utc>>,
    /// Departure.
    pub waktu_selesai: Option<DateTime<Utc>>,
    /// The guru's answer to the arrival.
    pub tanggapan: Option<String>,
    /// The kind of answer. Screens show it in the reader's language.
    pub tanggapan_jenis: Option<JenisTanggapan>,
    /// For `sebentar`: the minutes to wait, counted from `ditanggapi_pada`.
    pub tanggapan_menit: Option<u16>,
    /// For `antar`: where to take the guest.
    pub tanggapan_tempat: Option<String>,
    /// When the guru answered.
    pub ditanggapi_pada: Option<DateTime<Utc>>,
    /// The name of the member who answered for the unit that is visited.
    #[serde(default)]
    pub ditanggapi_oleh: Option<String>,
    /// When the desk notified the guru again.
    pub diberi_tahu_pada: Option<DateTime<Utc>>,
    /// Called off by the guest.
    #[serde(default)]
    pub batal_oleh_tamu: bool,
    /// The bare token.
    pub kode_qr: String,
    /// The review's stars, 1 to 5.
    pub rating: Option<u8>,
    /// The review's words; null also if an admin has hidden them.
    pub komentar: Option<String>,
    /// True if a field cannot be read any more; left out otherwise. Such a field is missing or holds `(data rusak)`.
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
            unit: row.unit,
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
            ditanggapi_oleh: row.nama_penanggap,
            diberi_tahu_pada: row.diberi_tahu_pada,
            batal_oleh_tamu: row.batal_oleh_tamu,
            kode_qr: row.kode_qr,
            rating: row.rating,
            komentar: row.komentar.filter(|_| !row.komentar_tersembunyi),
            rusak: row.rusak.ada(),
        }
    }

    /// The same for the guest whose visit it is: with the guest's own words, hidden or not.
    pub fn for_guest(row: crate::JanjiTemu, zone: Tz) -> Self {
        let komentar = row.komentar.clone();
        Self { komentar, ..Self::new(row, zone) }
    }
}

impl JanjiTemu {
    /// The name of the person who comes, as screens show it.
    pub fn nama_tampil(&self) -> &str {
        self.atas_nama.as_deref().unwrap_or(&self.nama_tamu)
    }

    /// The guru's name with the form of address: `Bu Ratna Wulandari`.
    pub fn guru_disapa(&self) -> String {
        pengguna::disapa(self.sapaan_guru, &self.nama_guru)
    }
}
