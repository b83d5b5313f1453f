//! The school's settings, as far as a rule hangs on them.

use chrono::{Duration, NaiveTime};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::{
    IdPengguna,
    bahasa::Language,
    hari_libur::ALL_DAYS,
    kop::{Kop, PenandaTangan},
    laporan::JenisPeriode,
    pesan::Saluran,
    template::TemplateSet,
};

/// Minutes that a guest may be late.
pub const TOLERANSI_MENIT: (i64, i64) = (0, 240);
/// Minutes in which a repeated scan means nothing.
pub const JEDA_PULANG_MENIT: (i64, i64) = (0, 240);
/// Minutes in which the desk can take a step back.
pub const BATAS_URUNG_MENIT: (i64, i64) = (0, 60);
/// Hours that today reaches across midnight.
pub const LEWAT_TENGAH_MALAM_JAM: (i64, i64) = (0, 12);
/// Months that can be booked ahead.
pub const BATAS_PESAN_BULAN: (i64, i64) = (1, 24);
/// Months after which a visit goes to the archive; 0: never.
pub const ARSIP_BULAN: (i64, i64) = (0, 240);
/// Months after which a guest who did not come again is made anonymous; 0: never.
pub const RETENSI_TAMU_BULAN: (i64, i64) = (0, 240);
/// Days that a code stays readable.
pub const KODE_BERLAKU_HARI: (i64, i64) = (0, 365);

/// Characters of the path of a folder.
pub const FOLDER_MAX: usize = 400;
/// Months that entries of the audit are kept.
pub const AUDIT_BULAN: (i64, i64) = (12, 240);
/// Seconds after which an unused desk locks itself.
pub const KIOSK_DIAM_DETIK: (i64, i64) = (60, 4 * 60 * 60);
/// Entries of a list that forms offer.
pub const PILIHAN_MAX: usize = 20;
/// Characters of an entry that forms offer.
pub const PILIHAN_TEKS_MAX: usize = 60;
/// Digits of the PIN that leaves the desks' full screen.
pub const PIN_DIGITS: (usize, usize) = (4, 8);

/// The hours of one day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct JamHari {
    /// The day of the week, Monday 1.
    pub hari: u8,
    /// From when on, `HH:MM`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[serde(with = "jam")]
    pub buka: NaiveTime,
    /// Until when.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[serde(with = "jam")]
    pub tutup: NaiveTime,
}

/// What a school can set. Every field has a value that works from the first start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Setelan {
    /// Shown to guests and in messages.
    pub nama_sekolah: String,
    /// Where guest and guru meet.
    pub tempat: String,
    /// "Today" and every printed time follow this zone, by its IANA name.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub zona_waktu: Tz,
    /// A guest is late after this many minutes past the scheduled time.
    pub toleransi_terlambat_menit: u16,
    /// A second scan changes nothing within so many minutes of the arrival, or of the guru's call; a later one of who
    /// was called means leaving.
    pub jeda_pulang_menit: u16,
    /// An arrival or a departure can be taken back at the desk for so many minutes.
    pub batas_urung_menit: u16,
    /// An appointment no further from now than so many hours is one of today, although midnight lies between.
    pub lewat_tengah_malam_jam: u16,
    /// From when on, in the school's time, free times are offered, `HH:MM`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[serde(with = "jam")]
    pub jam_buka: NaiveTime,
    /// Until when.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[serde(with = "jam")]
    pub jam_tutup: NaiveTime,
    /// The days of the week with hours of their own, each once, in their order.
    pub jam_per_hari: Vec<JamHari>,
    /// The days of the week on which the school works, Monday 1; on the others an appointment is made only if it is
    /// asked for so.
    pub hari_kerja: Vec<u8>,
    /// Length of an appointment for which none is given.
    pub durasi_bawaan_menit: u16,
    /// How many months ahead can be booked.
    pub batas_pesan_bulan: u8,
    /// An appointment's code stays readable, for the review, until so many days after the day itself.
    pub kode_berlaku_hari: u16,
    /// What visits are for, as forms offer it; if there is none, forms offer their own.
    pub keperluan: Vec<String>,
    /// Where else guests can be brought, as gurus are offered it.
    pub tempat_lain: Vec<String>,
    /// The school's number in the national register, 8 digits; empty if it is not known.
    pub npsn: String,
    /// What links and codes begin with, if the command line gives nothing; empty if phones reach nothing from outside.
    pub alamat_publik: String,
    /// The bcrypt hash of the PIN that leaves the desks' full screen. None: each PC's own PIN counts.
    pub kiosk_pin: Option<String>,
    /// The desk locks itself if nobody uses it for so many seconds.
    pub kiosk_diam_detik: u32,
    /// The languages that guests are offered; at least one.
    pub bahasa: Vec<Language>,
    /// The one of messages, and of screens on which nobody has chosen; one of those.
    pub bahasa_bawaan: Language,
    /// What is said before a guest's name in messages in Indonesian, such as `Bapak/Ibu`; empty if nothing is.
    pub sapaan_tamu: String,
    /// The school's address; empty if it is not told.
    pub alamat: String,
    /// How to find the school; empty if it is not told.
    pub petunjuk_arah: String,
    /// Whom guests ask about what is kept of them; empty if it is not told.
    pub kontak: String,
    /// From when on, in the school's time, guests are sent nothing, `HH:MM`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[serde(with = "jam")]
    pub jam_tenang_mulai: NaiveTime,
    /// Until when. The same as the start: there are no quiet hours.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[serde(with = "jam")]
    pub jam_tenang_selesai: NaiveTime,
    /// Guests are reminded the day before.
    pub pengingat: bool,
    /// Guests are asked for a review by a message after they left.
    pub minta_ulasan: bool,
    /// Gurus are told of an arrival by a message too.
    pub kabari_guru: bool,
    /// Guests are asked the satisfaction survey after a visit.
    pub survei: bool,
    /// What guests agree to; empty if they are not asked.
    pub persetujuan_teks: String,
    /// Which text that is. Guests who agreed to another one are asked again.
    pub persetujuan_versi: String,
    /// Where everybody gathers in an emergency; empty if it is not told.
    pub titik_kumpul: String,
    /// Which channel carries a message: the first one that is set up and for which there is an address.
    pub urutan_saluran: Vec<Saluran>,
    /// From when on, in the school's time, the night's backup is taken, `HH:MM`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[serde(with = "jam")]
    pub jam_cadangan: NaiveTime,
    /// A folder on the server's PC to which each good backup is copied, such as one on another drive; empty if none.
    pub folder_cadangan: String,
    /// Months that entries of the audit are kept.
    pub audit_bulan: u16,
    /// Visits older than so many months go to the archive, where lists, searches and reports still find them; 0: never.
    pub arsip_bulan: u16,
    /// Guests who have not come for so many months are made anonymous; 0: never.
    pub retensi_tamu_bulan: u16,
    /// The words of messages, as far as the school has changed them.
    pub template: TemplateSet,
    /// The letterhead of reports.
    pub kop: Kop,
    /// Who signs reports.
    pub penanda_tangan: PenandaTangan,
    /// The admins who get the week's report by e-mail.
    pub laporan_mingguan: Vec<IdPengguna>,
    /// The admins who get the month's report by e-mail.
    pub laporan_bulanan: Vec<IdPengguna>,
}

impl Default for Setelan {
    fn default() -> Self {
        Self {
            nama_sekolah: "Sekolah".to_owned(),
            tempat: "Lobi utama".to_owned(),
            zona_waktu: chrono_tz::Asia::Jakarta,
            toleransi_terlambat_menit: 15,
            jeda_pulang_menit: 5,
            batas_urung_menit: 5,
            lewat_tengah_malam_jam: 3,
            jam_buka: NaiveTime::from_hms_opt(7, 0, 0).expect("a fixed time exists"),
            jam_tutup: NaiveTime::from_hms_opt(17, 0, 0).expect("a fixed time exists"),
            jam_per_hari: Vec::new(),
            // A school that has not said otherwise refuses nobody.
            hari_kerja: ALL_DAYS.to_vec(),
            durasi_bawaan_menit: 30,
            batas_pesan_bulan: 2,
            kode_berlaku_hari: 14,
            keperluan: Vec::new(),
            tempat_lain: Vec::new(),
            npsn: String::new(),
            alamat_publik: String::new(),
            kiosk_pin: None,
            kiosk_diam_detik: 15 * 60,
            bahasa: Language::ALL.to_vec(),
            bahasa_bawaan: Language::Id,
            sapaan_tamu: "Bapak/Ibu".to_owned(),
            alamat: String::new(),
            petunjuk_arah: String::new(),
            kontak: String::new(),
            jam_tenang_mulai: NaiveTime::from_hms_opt(19, 0, 0).expect("a fixed time exists"),
            jam_tenang_selesai: NaiveTime::from_hms_opt(6, 0, 0).expect("a fixed time exists"),
            pengingat: true,
            minta_ulasan: true,
            kabari_guru: false,
            survei: false,
            persetujuan_teks: String::new(),
            persetujuan_versi: "1".to_owned(),
            titik_kumpul: String::new(),
            urutan_saluran: Saluran::ALL.to_vec(),
            jam_cadangan: NaiveTime::from_hms_opt(2, 0, 0).expect("a fixed time exists"),
            folder_cadangan: String::new(),
            audit_bulan: 60,
            arsip_bulan: 24,
            retensi_tamu_bulan: 24,
            template: TemplateSet::default(),
            kop: Kop::default(),
            penanda_tangan: PenandaTangan::default(),
            laporan_mingguan: Vec::new(),
            laporan_bulanan: Vec::new(),
        }
    }
}

impl Setelan {
    /// Whether there are hours at all in which free times are offered.
    pub fn opens_before_it_closes(&self) -> bool {
        self.jam_buka < self.jam_tutup
    }

    /// From when until when free times are offered on a day of the week, Monday 1.
    pub fn jam(&self, hari: u8) -> (NaiveTime, NaiveTime) {
        let own = self.jam_per_hari.iter().find(|one| one.hari == hari);
        own.map_or((self.jam_buka, self.jam_tutup), |one| (one.buka, one.tutup))
    }

    /// A guest's name as messages speak it.
    pub fn tamu_disapa(&self, nama: &str) -> String {
        match &*self.sapaan_tamu {
            "" => nama.to_owned(),
            sapaan => format!("{sapaan} {nama}"),
        }
    }

    /// How late counts as punctual.
    pub fn toleransi_terlambat(&self) -> Duration {
        Duration::minutes(i64::from(self.toleransi_terlambat_menit))
    }

    /// How long after an arrival, or a call, a repeated scan means nothing.
    pub fn jeda_pulang(&self) -> Duration {
        Duration::minutes(i64::from(self.jeda_pulang_menit))
    }

    /// How long the desk can take a step back.
    pub fn batas_urung(&self) -> Duration {
        Duration::minutes(i64::from(self.batas_urung_menit))
    }

    /// Who gets the reports of periods of a kind.
    pub fn report_recipients(&self, jenis: JenisPeriode) -> &[IdPengguna] {
        match jenis {
            JenisPeriode::Mingguan => &self.laporan_mingguan,
            JenisPeriode::Bulanan => &self.laporan_bulanan,
            JenisPeriode::Harian | JenisPeriode::Rentang => &[],
        }
    }

    /// How far across midnight today reaches.
    pub fn lewat_tengah_malam(&self) -> Duration {
        Duration::hours(i64::from(self.lewat_tengah_malam_jam))
    }
}

/// A time of a day as `HH:MM`.
mod jam {
    use chrono::NaiveTime;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use crate::isian;

    pub(super) fn serialize<S: Serializer>(time: &NaiveTime, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&time.format("%H:%M"))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveTime, D::Error> {
        let text = String::deserialize(deserializer)?;
        isian::waktu(&text).map_err(D::Error::custom)
    }
}
