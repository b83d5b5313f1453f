//! A visit as its guest sees it, by the code and without signing in.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::{
    JanjiTemu, Jenis, JenisTanggapan, Language, Sapaan, Setelan, Status,
    kunjungan::{self, Persetujuan},
    tamu::TamuRecord,
    ulasan,
};

/// A visit as its guest sees it: the least that the page needs, and never a number, an address or an identity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Kunjungan {
    /// The visit's code now, in capitals. An older one stands for the same visit.
    pub kode: String,
    /// The text for a QR picture of it.
    pub qr: String,
    /// The school has no public address: the page opens only in its own network.
    pub hanya_di_sekolah: bool,
    /// The school.
    pub nama_sekolah: String,
    /// The languages that it offers its guests.
    pub bahasa: Vec<Language>,
    /// The one where nobody has chosen.
    pub bahasa_bawaan: Language,
    /// Its address.
    pub alamat: Option<String>,
    /// How to find it.
    pub petunjuk_arah: Option<String>,
    /// Where guest and guru meet.
    pub tempat: String,
    /// Who really comes.
    pub nama_tamu: String,
    /// How many come.
    pub jumlah_orang: u16,
    /// Whom the guest visits.
    pub nama_guru: String,
    /// The form of address before that name.
    pub sapaan_guru: Option<Sapaan>,
    /// What that guru teaches.
    pub jabatan_guru: Option<String>,
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
    /// The school's time zone by its IANA name.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub zona_waktu: Tz,
    /// Agreed, or registered at the desk.
    pub jenis: Jenis,
    /// Where it stands.
    pub status: Status,
    /// Of two copies, the one with the larger number is newer.
    pub versi: i64,
    /// Why it was called off, if a reason was given.
    pub alasan: Option<String>,
    /// Called off by the guest.
    pub batal_oleh_tamu: bool,
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
    /// For `antar`: where the guest is taken.
    pub tanggapan_tempat: Option<String>,
    /// When the guru answered.
    pub ditanggapi_pada: Option<DateTime<Utc>>,
    /// The review's stars, 1 to 5.
    pub rating: Option<u8>,
    /// The review's words.
    pub komentar: Option<String>,
    /// The guest may call it off.
    pub bisa_batal: bool,
    /// A review can be left.
    pub bisa_ulas: bool,
    /// The survey can be filled in.
    pub survei: bool,
    /// What the guest is asked to agree to; null if nothing.
    pub persetujuan: Option<Persetujuan>,
    /// The guest was given a password, so that signing in makes sense.
    pub punya_akun: bool,
}

/// What a code looks like to phones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownCode {
    /// The text for a QR picture.
    pub qr: String,
    /// There is no public address.
    pub hanya_di_sekolah: bool,
}

impl Kunjungan {
    /// The JSON of a row at `now`.
    pub fn new(
        row: &JanjiTemu,
        tamu: &TamuRecord,
        code: ShownCode,
        setelan: &Setelan,
        now: DateTime<Utc>,
    ) -> Self {
        let local = row.jadwal.with_timezone(&setelan.zona_waktu);
        let told = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Self {
            kode: row.kode_qr.clone(),
            qr: code.qr,
            hanya_di_sekolah: code.hanya_di_sekolah,
            nama_sekolah: setelan.nama_sekolah.clone(),
            bahasa: setelan.bahasa.clone(),
            bahasa_bawaan: setelan.bahasa_bawaan,
            alamat: told(&setelan.alamat),
            petunjuk_arah: told(&setelan.petunjuk_arah),
            tempat: setelan.tempat.clone(),
            nama_tamu: row.nama_tampil().to_owned(),
            jumlah_orang: row.jumlah_orang,
            nama_guru: row.nama_guru.clone(),
            sapaan_guru: row.sapaan_guru,
            jabatan_guru: row.jabatan_guru.clone(),
            keperluan: row.keperluan.clone(),
            tanggal: local.date_naive(),
            waktu: local.format("%H:%M").to_string(),
            jadwal: row.jadwal,
            durasi_menit: row.durasi_menit,
            zona_waktu: setelan.zona_waktu,
            jenis: row.jenis,
            status: row.status,
            versi: row.versi,
            // Why somebody stayed away is the desk's own note.
            alasan: row.alasan.clone().filter(|_| row.status == Status::Batal),
            batal_oleh_tamu: row.batal_oleh_tamu,
            terlambat: row.terlambat,
            waktu_datang: row.waktu_datang,
            waktu_mulai: row.waktu_mulai,
            waktu_selesai: row.waktu_selesai,
            tanggapan: row.tanggapan.clone(),
            tanggapan_jenis: row.tanggapan_jenis,
            tanggapan_menit: row.tanggapan_menit,
            tanggapan_tempat: row.tanggapan_tempat.clone(),
            ditanggapi_pada: row.ditanggapi_pada,
            rating: row.rating,
            komentar: row.komentar.clone(),
            bisa_batal: kunjungan::may_call_off(row, now),
            bisa_ulas: ulasan::is_open(row) && row.rating.is_none(),
            survei: kunjungan::asks_survey(row, setelan),
            persetujuan: kunjungan::consent_asked(setelan, tamu.setuju_versi.as_deref()),
            punya_akun: tamu.punya_password,
        }
    }
}
