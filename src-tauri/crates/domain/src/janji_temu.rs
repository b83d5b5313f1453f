//! Appointments, and visits without one: the centre of the book. Notifications, reviews and reports derive from it.

use chrono::{DateTime, Utc};

use crate::{
    Damage, IdJanjiTemu, IdPengguna, IdTamu, JenisTanggapan, Pengguna, Sapaan, Status, Telp, columns::Value,
    pengguna, words::words,
};

words! {
    /// How a visit came about.
    pub enum Jenis, else UnknownJenis "jenis tidak dikenal" {
        /// Agreed beforehand.
        Janji = "janji",
        /// Registered at the desk.
        Langsung = "langsung",
    }
}

impl Jenis {
    /// Whether its time was agreed on, and is not just the moment of the arrival.
    pub fn is_arranged(self) -> bool {
        self == Self::Janji
    }
}

/// An appointment as a table row, with the names of the two people joined in.
#[derive(Clone, Debug, PartialEq)]
pub struct JanjiTemu {
    /// Identity.
    pub id: IdJanjiTemu,
    /// Grows with every change: of two copies, the one with the larger number is newer.
    pub versi: i64,
    /// The guru whom the guest visits.
    pub id_guru: IdPengguna,
    /// That guru's name.
    pub nama_guru: String,
    /// The form of address before that name.
    pub sapaan_guru: Option<Sapaan>,
    /// What that guru teaches.
    pub jabatan_guru: Option<String>,
    /// Not a person is visited, but a unit.
    pub unit: bool,
    /// Who is behind the unit that is visited; nobody is behind a guru.
    pub anggota: Vec<IdPengguna>,
    /// Who visits.
    pub id_tamu: IdTamu,
    /// That guest's name.
    pub nama_tamu: String,
    /// That guest was erased: nothing of the visit moves any more.
    pub tamu_terhapus: bool,
    /// The name of the person who comes, if it is not the guest: another member of the family that shares the number.
    pub atas_nama: Option<String>,
    /// How many come, 1 to 999.
    pub jumlah_orang: u16,
    /// That guest's number; missing if the guest has no phone.
    pub telp: Option<Telp>,
    /// Where the visitor comes from: as given for this visit, otherwise as known of the guest.
    pub instansi: Option<String>,
    /// An e-mail address given for this visit, if it is not the guest's.
    pub email: Option<String>,
    /// Purpose of the visit.
    pub keperluan: String,
    /// Scheduled time.
    pub jadwal: DateTime<Utc>,
    /// Scheduled length in minutes.
    pub durasi_menit: u16,
    /// Agreed, or registered at the desk.
    pub jenis: Jenis,
    /// The appointment's status.
    pub status: Status,
    /// Why it was called off, if a reason was given.
    pub alasan: Option<String>,
    /// The bare token.
    pub kode_qr: String,
    /// Arrival.
    pub waktu_datang: Option<DateTime<Utc>>,
    /// Arrived later than the scheduled time and the tolerance.
    pub terlambat: bool,
    /// When guru and guest met.
    pub waktu_mulai: Option<DateTime<Utc>>,
    /// Departure.
    pub waktu_selesai: Option<DateTime<Utc>>,
    /// The guru's answer to the arrival.
    pub tanggapan: Option<String>,
    /// The kind of answer; set with every answer.
    pub tanggapan_jenis: Option<JenisTanggapan>,
    /// For `sebentar`: the minutes to wait, counted from `ditanggapi_pada`.
    pub tanggapan_menit: Option<u16>,
    /// For `antar`: where to take the guest.
    pub tanggapan_tempat: Option<String>,
    /// When the guru answered.
    pub ditanggapi_pada: Option<DateTime<Utc>>,
    /// Who answered; not known of answers from before this was kept.
    pub ditanggapi_oleh: Option<IdPengguna>,
    /// The name of the member who answered for a unit.
    pub nama_penanggap: Option<String>,
    /// When the desk notified the guru again.
    pub diberi_tahu_pada: Option<DateTime<Utc>>,
    /// When the guru read of the arrival.
    pub dibaca_pada: Option<DateTime<Utc>>,
    /// When the guru put the notification away.
    pub notifikasi_dihapus_pada: Option<DateTime<Utc>>,
    /// The desk recorded the arrival.
    pub datang_di_meja: bool,
    /// The desk recorded the departure.
    pub pulang_di_meja: bool,
    /// The review's stars, 1 to 5.
    pub rating: Option<u8>,
    /// The review's words.
    pub komentar: Option<String>,
    /// An admin has hidden the review's words: only admins and the guest read them.
    pub komentar_tersembunyi: bool,
    /// Called off by the guest.
    pub batal_oleh_tamu: bool,
    /// The survey was filled in, once.
    pub survei_diisi: bool,
    /// When the review was left.
    pub ulasan_pada: Option<DateTime<Utc>>,
    /// When it was made.
    pub dibuat_pada: DateTime<Utc>,
    /// How much of it cannot be read any more.
    pub rusak: Damage,
}

impl JanjiTemu {
    /// The [`versi`](Self::versi) of one that nothing has changed since it was made.
    pub const FIRST_VERSI: i64 = 1;

    /// The name of the person who comes, as screens, alerts and lists show it.
    pub fn nama_tampil(&self) -> &str {
        self.atas_nama.as_deref().unwrap_or(&self.nama_tamu)
    }

    /// The guru's name with the form of address: `Bu Ratna Wulandari`.
    pub fn guru_disapa(&self) -> String {
        pengguna::disapa(self.sapaan_guru, &self.nama_guru)
    }

    /// Who is told of the visit, and acts in the name of who is visited: the guru, or everybody behind the unit.
    pub fn dikunjungi(&self) -> impl Iterator<Item = IdPengguna> + '_ {
        std::iter::once(self.id_guru).chain(self.anggota.iter().copied())
    }

    /// Whether it is a visit to the user, or to a unit that the user is behind.
    pub fn is_to(&self, id: IdPengguna) -> bool {
        self.dikunjungi().any(|one| one == id)
    }

    /// Whether somebody else's answer stands, so that this user's came too late. Of a unit the first answer stands.
    pub fn is_answered_by_another(&self, id: IdPengguna) -> bool {
        self.id_guru != id && self.ditanggapi_oleh.is_some_and(|oleh| oleh != id)
    }

    /// Whether the user may still correct who comes, from where, and how many. Once the visit is over, only the
    /// reception may.
    pub fn may_be_corrected_by(&self, oleh: &Pengguna) -> bool {
        !self.tamu_terhapus && (self.status.is_open() || oleh.role.is_reception())
    }

    /// Sets what a step of the visit sets ([`VisitStep::columns`](crate::VisitStep::columns)), apart from the status.
    pub(crate) fn set(&mut self, column: &str, value: Value) {
        let time = match &value {
            Value::Time(time) => *time,
            Value::FirstTime(time) => Some(*time),
            _ => None,
        };
        let is_set = value == Value::Bit(true);
        match column {
            "status" => {}
            "waktu_datang" => self.waktu_datang = time,
            "waktu_mulai" => self.waktu_mulai = time,
            "waktu_selesai" => self.waktu_selesai = time,
            "ditanggapi_pada" => self.ditanggapi_pada = time,
            "diberi_tahu_pada" => self.diberi_tahu_pada = time,
            "dibaca_pada" => self.dibaca_pada = time,
            "notifikasi_dihapus_pada" => self.notifikasi_dihapus_pada = time,
            "terlambat" => self.terlambat = is_set,
            "datang_di_meja" => self.datang_di_meja = is_set,
            "pulang_di_meja" => self.pulang_di_meja = is_set,
            "batal_oleh_tamu" => self.batal_oleh_tamu = is_set,
            "alasan" => self.alasan = text(value),
            // A step only takes an answer back.
            "tanggapan" => self.tanggapan = text(value),
            "tanggapan_jenis" => self.tanggapan_jenis = None,
            "tanggapan_menit" => self.tanggapan_menit = None,
            "tanggapan_tempat" => self.tanggapan_tempat = text(value),
            "ditanggapi_oleh" => (self.ditanggapi_oleh, self.nama_penanggap) = (None, None),
            other => debug_assert!(false, "no step sets {other}"),
        }
    }

    /// The time of a step of this visit that is taken at `now`: never before the arrival or before guru and guest met,
    /// whatever the clock did since.
    pub fn time_of_step(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        now.max(self.waktu_datang.unwrap_or(now)).max(self.waktu_mulai.unwrap_or(now))
    }
}

fn text(value: Value) -> Option<String> {
    match value {
        Value::Text(text) => text,
        _ => None,
    }
}
