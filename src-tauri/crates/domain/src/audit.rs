//! The audit: who did what to what, when and from where, and the chain that shows whether an entry was changed or is
//! missing.
//!
//! An entry has a verb ([`Aksi`]) and an object ([`Objek`]). Its values before and after hold no secret: whoever makes
//! them says what stands in them. [`chain`] seals entries.

pub mod chain;
mod difference;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use self::{chain::AuditRow, difference::difference};
use crate::{Role, words::words};

words! {
    /// What was done.
    pub enum Aksi, else UnknownAksi "aksi tidak dikenal" {
        /// Signed in.
        Masuk = "masuk",
        /// Tried to, in vain.
        GagalMasuk = "gagal_masuk",
        /// Signed out.
        Keluar = "keluar",
        /// A session was ended by somebody else, or because its token was shown twice.
        AkhiriSesi = "akhiri_sesi",
        /// The own password was changed.
        GantiPassword = "ganti_password",
        /// Another's password was replaced by a temporary one.
        ResetPassword = "reset_password",
        /// A user who was locked can sign in again.
        BukaKunci = "buka_kunci",
        /// Made.
        Buat = "buat",
        /// Changed.
        Ubah = "ubah",
        /// Deleted; of a guest: erased.
        Hapus = "hapus",
        /// A user may sign in again.
        Aktifkan = "aktifkan",
        /// A user may not any more.
        Nonaktifkan = "nonaktifkan",
        /// Read by somebody who had to have a reason.
        Lihat = "lihat",
        /// Taken along as a file.
        Ekspor = "ekspor",
        /// Taken in from a file or another program.
        Impor = "impor",
        /// A guest arrived.
        Datang = "datang",
        /// A guest arrived without an appointment.
        DatangLangsung = "datang_langsung",
        /// A visit began.
        Mulai = "mulai",
        /// A guest left.
        Pulang = "pulang",
        /// Called off.
        Batalkan = "batalkan",
        /// A guest did not come.
        TidakHadir = "tidak_hadir",
        /// The desk took a step back.
        Urungkan = "urungkan",
        /// Given another time.
        JadwalUlang = "jadwal_ulang",
        /// The guru was told again.
        BeriTahu = "beri_tahu",
        /// The guru answered.
        Tanggapi = "tanggapi",
        /// Handed over to another guru.
        Alihkan = "alihkan",
        /// Marked as read.
        Baca = "baca",
        /// Sent again.
        KirimUlang = "kirim_ulang",
        /// Guests of the next day were reminded.
        Ingatkan = "ingatkan",
        /// Tried.
        Uji = "uji",
        /// Looked whether it works.
        Sambungkan = "sambungkan",
        /// A guest agreed.
        Setuju = "setuju",
        /// A guest does not agree any more.
        TarikPersetujuan = "tarik_persetujuan",
        /// A guest asked to be erased.
        MintaHapus = "minta_hapus",
        /// And took it back.
        BatalMintaHapus = "batal_minta_hapus",
        /// A guest who has not come for long was made nameless.
        Anonimkan = "anonimkan",
        /// Two guests became one.
        Gabung = "gabung",
        /// And two again.
        Pisah = "pisah",
        /// Hidden.
        Sembunyikan = "sembunyikan",
        /// Shown again.
        Tampilkan = "tampilkan",
        /// Ticked off.
        Tandai = "tandai",
        /// Ended.
        Akhiri = "akhiri",
        /// The school's records were tidied up.
        Pelihara = "pelihara",
        /// Old ones were removed, as the settings say.
        Bersihkan = "bersihkan",
        /// The school went back to a backup.
        Pulihkan = "pulihkan",
    }
}

impl Aksi {
    /// After it nothing tells any more who the guest was, so what other entries tell of the guest is emptied.
    pub fn erases(self, objek: Objek) -> bool {
        objek == Objek::Tamu && matches!(self, Self::Hapus | Self::Anonimkan)
    }
}

words! {
    /// To what.
    pub enum Objek, else UnknownObjek "objek tidak dikenal" {
        /// A user.
        Pengguna = "pengguna",
        /// A guest.
        Tamu = "tamu",
        /// An appointment or a visit.
        JanjiTemu = "janji_temu",
        /// A session.
        Sesi = "sesi",
        /// The settings.
        Setelan = "setelan",
        /// A way by which messages leave.
        Saluran = "saluran",
        /// The words of a message.
        Template = "template",
        /// A message.
        Pesan = "pesan",
        /// A user's calendar.
        Kalender = "kalender",
        /// A review.
        Ulasan = "ulasan",
        /// The survey.
        Survei = "survei",
        /// What tells a guru of an arrival.
        Notifikasi = "notifikasi",
        /// A report.
        Laporan = "laporan",
        /// A day on which the school is closed.
        HariLibur = "hari_libur",
        /// An evacuation.
        Evakuasi = "evakuasi",
        /// A backup.
        Cadangan = "cadangan",
        /// The school's records.
        Arsip = "arsip",
        /// The audit itself.
        Audit = "audit",
        /// The program's log, versions and figures.
        Log = "log",
    }
}

words! {
    /// As what somebody did it.
    pub enum Pelaku, else UnknownPelaku "pelaku tidak dikenal" {
        /// An admin.
        Admin = "Admin",
        /// A guru.
        Guru = "Guru",
        /// A receptionist.
        PenerimaTamu = "Penerima Tamu",
        /// A guest.
        Tamu = "Tamu",
        /// The program by itself.
        Sistem = "Sistem",
    }
}

impl From<Role> for Pelaku {
    fn from(role: Role) -> Self {
        match role {
            Role::Admin => Self::Admin,
            Role::Guru => Self::Guru,
            Role::PenerimaTamu => Self::PenerimaTamu,
        }
    }
}

/// An entry as an admin reads it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CatatanAudit {
    /// Identity.
    pub id: i64,
    /// When.
    pub waktu: DateTime<Utc>,
    /// Who: a user, or a guest where `role` is `Tamu`.
    pub id_pelaku: Option<i64>,
    /// A user's name as it was then; never a guest's.
    pub nama_pelaku: Option<String>,
    /// As what: a role, `Tamu` or `Sistem`; null where nobody was signed in.
    pub role: Option<String>,
    /// From where.
    pub alamat: Option<String>,
    /// What was done.
    pub aksi: String,
    /// To what.
    pub objek: String,
    /// To which.
    pub id_objek: Option<i64>,
    /// What it was, by fields; only what changed.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<std::collections::BTreeMap<String, Value>>))]
    pub sebelum: Option<Value>,
    /// What it is since.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<std::collections::BTreeMap<String, Value>>))]
    pub sesudah: Option<Value>,
    /// Its place in the chain; null for the moment until it is sealed.
    pub nomor: Option<i64>,
    /// The first letters of its seal.
    pub segel: Option<String>,
}

impl From<AuditRow> for CatatanAudit {
    fn from(row: AuditRow) -> Self {
        let json = |text: Option<String>| {
            text.map(|text| serde_json::from_str(&text).unwrap_or_else(|_| Value::String(text)))
        };
        let segel = row.seal.map(|seal| data_encoding::HEXLOWER.encode(&seal.segel[..6]));
        Self {
            id: row.id,
            waktu: row.waktu,
            id_pelaku: row.id_pelaku,
            nama_pelaku: row.nama_pelaku,
            role: row.role,
            alamat: row.alamat,
            aksi: row.aksi,
            objek: row.objek,
            id_objek: row.id_objek,
            sebelum: json(row.sebelum),
            sesudah: json(row.sesudah),
            nomor: row.seal.map(|seal| seal.nomor),
            segel,
        }
    }
}
