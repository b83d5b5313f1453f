//! What is wrong with a field: words for a person, and a code with its limits for a program that has words of its own.

use std::{collections::BTreeMap, fmt::Display};

use serde::Serialize;

use super::InvalidIsian;
#[cfg(feature = "password")]
use crate::password::InvalidPassword;
use crate::{
    impor::InvalidBerkas,
    jadwal::InvalidJadwal,
    janji_temu::UnknownJenis,
    pengguna::{UnknownRole, UnknownSapaan},
    pesan::UnknownKeadaanPesan,
    status::UnknownStatus,
    telp::InvalidTelp,
};

/// Why a field is refused. Of a password, `InvalidPassword` says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum KodeIsian {
    /// Nothing was entered.
    Wajib,
    /// More characters than the limit.
    MelebihiBatas,
    /// Fewer letters than the limit.
    KurangHuruf,
    /// A name in which no letter can be seen.
    TanpaHuruf,
    /// Not an e-mail address.
    Email,
    /// Not a telephone number.
    Telp,
    /// Outside the two limits.
    Rentang,
    /// No day of the calendar.
    Tanggal,
    /// No time of a day.
    Waktu,
    /// No month of the calendar.
    Bulan,
    /// A time before now.
    SudahLewat,
    /// A time more than so many months ahead.
    TerlaluJauh,
    /// A time that a clock change skips on that day.
    WaktuTidakAda,
    /// Another has it already.
    SudahDipakai,
    /// The guest is not known.
    TamuTidakAda,
    /// Nobody who can be behind a unit: not there, not active, or a unit.
    AnggotaTidakAda,
    /// Of a unit only: nobody is behind a person.
    BukanUnit,
    /// Not of a unit: it is no person.
    HanyaOrang,
    /// It must differ from what it was.
    Sama,
    /// Of the guru's answer: only `sebentar` has minutes, only `antar` a place.
    BukanUntukJawabanItu,
    /// Only calling off and staying away have a reason.
    TanpaAlasan,
    /// Of a series: it ends before it begins.
    SebelumMulai,
    /// Of a template: a brace that belongs to no placeholder, in the line of the limit.
    KurungKurawal,
    /// Of a template: a placeholder that is unknown there.
    IsianAsing,
    /// Of a template: a placeholder that the message needs is missing.
    IsianKurang,
    /// Not the 16 digits of a NUPTK.
    Nuptk,
    /// Not the 18 digits of a NIP.
    Nip,
    /// Of an import: a spreadsheet kept digits as a number and lost the last ones.
    AngkaTerpotong,
    /// Of an import: neither NUPTK nor NIP nor e-mail tells who it is.
    TidakDikenali,
    /// Of an import: the same as in the line of the limit.
    SamaBaris,
    /// Of an import: it belongs to another user.
    MilikLain,
    /// Of an import: the user who is known by another field has another one.
    BedaTersimpan,
    /// No role of this school.
    Peran,
    /// The file is no text, or neither a calendar nor a table.
    BukanBerkas,
    /// The file is damaged or cut off.
    BerkasRusak,
    /// Nothing that is wanted is in the file.
    BerkasKosong,
    /// A school's number has 8 digits.
    Npsn,
    /// A PIN has 4 to 8 digits.
    Pin,
    /// Not an address of the web that phones can open, or one with a path.
    AlamatWeb,
    /// Not the whole path of a folder, or one that is taken for something else.
    Folder,
    /// The server cannot write into that folder.
    FolderTakBisa,
    /// Not one of the languages that are offered.
    Bahasa,
    /// Closing comes before opening.
    SebelumBuka,
    /// Anything that only a program gets wrong.
    TidakSah,
}

impl KodeIsian {
    /// The word for programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Wajib => "wajib",
            Self::MelebihiBatas => "melebihi_batas",
            Self::KurangHuruf => "kurang_huruf",
            Self::TanpaHuruf => "tanpa_huruf",
            Self::Email => "email",
            Self::Telp => "telp",
            Self::Rentang => "rentang",
            Self::Tanggal => "tanggal",
            Self::Waktu => "waktu",
            Self::Bulan => "bulan",
            Self::SudahLewat => "sudah_lewat",
            Self::TerlaluJauh => "terlalu_jauh",
            Self::WaktuTidakAda => "waktu_tidak_ada",
            Self::SudahDipakai => "sudah_dipakai",
            Self::TamuTidakAda => "tamu_tidak_ada",
            Self::AnggotaTidakAda => "anggota_tidak_ada",
            Self::BukanUnit => "bukan_unit",
            Self::HanyaOrang => "hanya_orang",
            Self::Sama => "sama",
            Self::BukanUntukJawabanItu => "bukan_untuk_jawaban_itu",
            Self::TanpaAlasan => "tanpa_alasan",
            Self::SebelumMulai => "sebelum_mulai",
            Self::KurungKurawal => "kurung_kurawal",
            Self::IsianAsing => "isian_asing",
            Self::IsianKurang => "isian_kurang",
            Self::Nuptk => "nuptk",
            Self::Nip => "nip",
            Self::AngkaTerpotong => "angka_terpotong",
            Self::TidakDikenali => "tidak_dikenali",
            Self::SamaBaris => "sama_baris",
            Self::MilikLain => "milik_lain",
            Self::BedaTersimpan => "beda_tersimpan",
            Self::Peran => "peran",
            Self::BukanBerkas => "bukan_berkas",
            Self::BerkasRusak => "berkas_rusak",
            Self::BerkasKosong => "berkas_kosong",
            Self::Npsn => "npsn",
            Self::Pin => "pin",
            Self::AlamatWeb => "alamat_web",
            Self::Folder => "folder",
            Self::FolderTakBisa => "folder_tak_bisa",
            Self::Bahasa => "bahasa",
            Self::SebelumBuka => "sebelum_buka",
            Self::TidakSah => "tidak_sah",
        }
    }
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// For programs.
    pub kode: &'static str,
    /// The limits that the words name, in their order.
    pub batas: Vec<i64>,
    /// For people, in the customer's language.
    pub teks: String,
}

/// Either kind of code.
#[cfg(feature = "openapi")]
#[derive(Serialize, utoipa::ToSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "only the document names it")]
pub(crate) enum KodeField {
    Isian(KodeIsian),
    Berkas(InvalidBerkas),
    #[cfg(feature = "password")]
    Password(InvalidPassword),
}

/// What is wrong, by field; empty where all is well.
pub type FieldErrors = BTreeMap<String, FieldError>;

impl FieldError {
    /// An error without limits.
    pub fn new(kode: KodeIsian, teks: impl Display) -> Self {
        Self { kode: kode.as_str(), batas: Vec::new(), teks: teks.to_string() }
    }
}

/// What only a program gets wrong.
impl From<&str> for FieldError {
    fn from(teks: &str) -> Self {
        Self::new(KodeIsian::TidakSah, teks)
    }
}

impl From<InvalidIsian> for FieldError {
    fn from(error: InvalidIsian) -> Self {
        let (kode, batas) = match error {
            InvalidIsian::Empty => (KodeIsian::Wajib, Vec::new()),
            InvalidIsian::TooLong(max) => (KodeIsian::MelebihiBatas, vec![max as i64]),
            InvalidIsian::TooShort(min) => (KodeIsian::KurangHuruf, vec![min as i64]),
            InvalidIsian::NoLetter => (KodeIsian::TanpaHuruf, Vec::new()),
            InvalidIsian::Email => (KodeIsian::Email, Vec::new()),
            InvalidIsian::OutOfRange(min, max) => (KodeIsian::Rentang, vec![min, max]),
            InvalidIsian::Tanggal => (KodeIsian::Tanggal, Vec::new()),
            InvalidIsian::Waktu => (KodeIsian::Waktu, Vec::new()),
            InvalidIsian::Bulan => (KodeIsian::Bulan, Vec::new()),
            InvalidIsian::Nuptk => (KodeIsian::Nuptk, Vec::new()),
            InvalidIsian::Nip => (KodeIsian::Nip, Vec::new()),
            InvalidIsian::CutDigits => (KodeIsian::AngkaTerpotong, Vec::new()),
            InvalidIsian::Npsn => (KodeIsian::Npsn, Vec::new()),
            InvalidIsian::Pin => (KodeIsian::Pin, Vec::new()),
            InvalidIsian::Id | InvalidIsian::ZonaWaktu | InvalidIsian::Kunci => {
                (KodeIsian::TidakSah, Vec::new())
            }
        };
        Self { batas, ..Self::new(kode, error) }
    }
}

impl From<InvalidJadwal> for FieldError {
    fn from(error: InvalidJadwal) -> Self {
        let (kode, batas) = match error {
            InvalidJadwal::Past => (KodeIsian::SudahLewat, Vec::new()),
            InvalidJadwal::TooFar(months) => (KodeIsian::TerlaluJauh, vec![i64::from(months)]),
            InvalidJadwal::Nonexistent => (KodeIsian::WaktuTidakAda, Vec::new()),
        };
        Self { batas, ..Self::new(kode, error) }
    }
}

impl From<UnknownKeadaanPesan> for FieldError {
    fn from(error: UnknownKeadaanPesan) -> Self {
        Self::new(KodeIsian::TidakSah, error)
    }
}

#[cfg(feature = "password")]
impl From<InvalidPassword> for FieldError {
    fn from(error: InvalidPassword) -> Self {
        Self { kode: error.code(), ..Self::new(KodeIsian::TidakSah, error) }
    }
}

impl From<InvalidBerkas> for FieldError {
    fn from(error: InvalidBerkas) -> Self {
        Self { kode: error.code(), ..Self::new(KodeIsian::TidakSah, error) }
    }
}

impl From<InvalidTelp> for FieldError {
    fn from(error: InvalidTelp) -> Self {
        Self::new(KodeIsian::Telp, error)
    }
}

impl From<UnknownSapaan> for FieldError {
    fn from(error: UnknownSapaan) -> Self {
        Self::new(KodeIsian::TidakSah, error)
    }
}

impl From<UnknownRole> for FieldError {
    fn from(error: UnknownRole) -> Self {
        Self::new(KodeIsian::TidakSah, error)
    }
}

impl From<UnknownJenis> for FieldError {
    fn from(error: UnknownJenis) -> Self {
        Self::new(KodeIsian::TidakSah, error)
    }
}

impl From<UnknownStatus> for FieldError {
    fn from(error: UnknownStatus) -> Self {
        Self::new(KodeIsian::TidakSah, error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_those_of_the_words() {
        let error = FieldError::from(InvalidIsian::OutOfRange(5, 480));
        assert_eq!(
            (error.kode, error.batas, &*error.teks),
            ("rentang", vec![5, 480], "harus antara 5 dan 480")
        );
        let error = FieldError::from(InvalidJadwal::TooFar(2));
        assert_eq!((error.kode, error.batas), ("terlalu_jauh", vec![2]));
        #[cfg(feature = "password")]
        assert_eq!(FieldError::from(InvalidPassword::TooShort).kode, "terlalu_pendek");
    }
}
