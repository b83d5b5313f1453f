//! What a person may enter into a field: one function a kind of field, which trims and checks.
//!
//! Messages are in the customer's language and stand under the field as they are.

mod field;
mod identity;
mod salah;
mod teks;

use chrono::{NaiveDate, NaiveTime, Timelike};
use chrono_tz::Tz;
use thiserror::Error;

use crate::{
    Telp, kata,
    pengguna::{Sapaan, UnknownSapaan},
    setelan::{PILIHAN_MAX, PILIHAN_TEKS_MAX},
    telp::InvalidTelp,
};

pub use field::{Bulan, Entered, Field};
pub use identity::{email, kunci, login, nip, npsn, nuptk, optional_email, pin, versi};
#[cfg(feature = "openapi")]
pub(crate) use salah::KodeField;
pub use salah::{FieldError, FieldErrors, KodeIsian};
use teks::optional;
pub(crate) use teks::{required, required_lines};

/// What is wrong with what was entered.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum InvalidIsian {
    /// Nothing but blanks.
    #[error("wajib diisi")]
    Empty,
    /// More than this number of characters.
    #[error("paling banyak {0} karakter")]
    TooLong(usize),
    /// Fewer letters than this.
    #[error("paling sedikit {0} huruf")]
    TooShort(usize),
    /// A name in which no letter can be seen.
    #[error("tulis dengan huruf")]
    NoLetter,
    /// Not an e-mail address.
    #[error("alamat email tidak valid")]
    Email,
    /// Outside the span of numbers.
    #[error("harus antara {0} dan {1}")]
    OutOfRange(i64, i64),
    /// No day of the calendar, or one of another millennium.
    #[error("bukan tanggal yang ada; pakai YYYY-MM-DD")]
    Tanggal,
    /// No time of a day.
    #[error("bukan waktu yang ada; pakai HH:MM")]
    Waktu,
    /// No month of the calendar.
    #[error("bukan bulan yang ada; pakai YYYY-MM")]
    Bulan,
    /// The register's number of a teacher has 16 digits.
    #[error("NUPTK terdiri dari 16 angka")]
    Nuptk,
    /// A civil servant's number has 18 digits.
    #[error("NIP terdiri dari 18 angka")]
    Nip,
    /// A spreadsheet kept the digits as a number, so the last ones are lost.
    #[error("tersimpan sebagai bilangan, angka terakhirnya hilang; ubah kolomnya menjadi teks")]
    CutDigits,
    /// Identities are whole numbers from 1 on.
    #[error("harus bilangan bulat mulai dari 1")]
    Id,
    /// No time zone that is known here.
    #[error("zona waktu tidak dikenal")]
    ZonaWaktu,
    /// A school's number has 8 digits.
    #[error("NPSN terdiri dari 8 angka")]
    Npsn,
    /// A PIN has 4 to 8 digits.
    #[error("PIN terdiri dari 4 sampai 8 angka")]
    Pin,
    /// An idempotency key is 1 to 64 visible ASCII characters.
    #[error("kunci harus 1 sampai 64 karakter ASCII tanpa spasi")]
    Kunci,
}

/// Characters of a name.
pub const NAMA_MAX: usize = 100;
/// Characters of the purpose of a visit.
pub const KEPERLUAN_MAX: usize = 200;
/// Characters of a line that may be missing.
pub const BARIS_MAX: usize = 100;
/// Characters of an answer, and of a reason.
pub const TANGGAPAN_MAX: usize = 200;
/// Characters of a review's comment.
pub const KOMENTAR_MAX: usize = 1000;
/// Characters of what a school calls a version of its consent text.
pub const VERSI_MAX: usize = 40;
/// Digits of a NUPTK.
pub const NUPTK_LEN: usize = 16;
/// Digits of a NIP.
pub const NIP_LEN: usize = 18;
/// Characters of an e-mail address (RFC 5321, section 4.5.3.1.3, without the brackets).
pub const EMAIL_MAX: usize = 254;
/// Characters of an idempotency key.
pub const KUNCI_MAX: usize = 64;
/// People of a group.
pub const JUMLAH_ORANG_MAX: i64 = 999;
/// Lines of a list of what a form offers, as they come: blank ones and those that stand twice too.
const PILIHAN_SENT_MAX: usize = 10 * PILIHAN_MAX;
/// Minutes of an appointment.
pub const DURASI_MENIT: (i64, i64) = (5, 480);

/// The first day that can be asked for.
pub const HARI_PERTAMA: NaiveDate = NaiveDate::from_ymd_opt(2000, 1, 1).expect("a day of the calendar");
/// The last one.
pub const HARI_TERAKHIR: NaiveDate = NaiveDate::from_ymd_opt(2999, 12, 31).expect("a day of the calendar");

/// Takes a result apart: the value, or what is wrong under the field's name.
pub fn collect<T, E: Into<FieldError>>(
    errors: &mut FieldErrors,
    field: &str,
    result: Result<T, E>,
) -> Option<T> {
    result.map_err(|error| errors.insert(field.to_owned(), error.into())).ok()
}

/// A person's name: 1 to 100 characters, a letter among them.
///
/// # Errors
/// Empty, too long or without a letter.
pub fn nama(text: &str) -> Result<String, InvalidIsian> {
    let nama = required(text, NAMA_MAX)?;
    if kata::has_letter(&nama) { Ok(nama) } else { Err(InvalidIsian::NoLetter) }
}

/// A person's name that may be missing; blanks count as missing.
///
/// # Errors
/// Too long or without a letter.
pub fn optional_nama(text: Option<&str>) -> Result<Option<String>, InvalidIsian> {
    let line = optional_line(text)?;
    line.as_deref().map(nama).transpose()
}

/// The purpose of a visit: 1 to 200 characters.
///
/// # Errors
/// Empty or too long.
pub fn keperluan(text: &str) -> Result<String, InvalidIsian> {
    required(text, KEPERLUAN_MAX)
}

/// A line that may be missing, such as an institution or a position; blanks count as missing.
///
/// # Errors
/// Over 100 characters.
pub fn optional_line(text: Option<&str>) -> Result<Option<String>, InvalidIsian> {
    optional(text, BARIS_MAX)
}

/// The teacher's answer to an arrival: up to 200 characters.
///
/// # Errors
/// Too long.
pub fn tanggapan(text: Option<&str>) -> Result<Option<String>, InvalidIsian> {
    optional(text, TANGGAPAN_MAX)
}

/// What a form offers, line by line: each once, at most 20 of at most 60 characters. Blank lines are none.
///
/// # Errors
/// Too many, or one too long.
pub fn pilihan(lines: &[String]) -> Result<Vec<String>, InvalidIsian> {
    let too_many = InvalidIsian::OutOfRange(0, PILIHAN_MAX as i64);
    if lines.len() > PILIHAN_SENT_MAX {
        return Err(too_many);
    }
    let mut kept: Vec<String> = Vec::new();
    for line in lines {
        let Some(line) = optional(Some(line), PILIHAN_TEKS_MAX)? else { continue };
        if !kept.iter().any(|other| other.to_lowercase() == line.to_lowercase()) {
            kept.push(line);
        }
    }
    match kept.len() {
        length if length > PILIHAN_MAX => Err(too_many),
        _ => Ok(kept),
    }
}

/// A review's comment: up to 1000 characters, line breaks allowed.
///
/// # Errors
/// Too long.
pub fn komentar(text: Option<&str>) -> Result<Option<String>, InvalidIsian> {
    teks::optional_lines(text, KOMENTAR_MAX)
}

/// A whole number between two others, both allowed.
///
/// # Errors
/// [`InvalidIsian::OutOfRange`].
pub fn number<T>(value: i64, min: i64, max: i64) -> Result<T, InvalidIsian>
where
    T: TryFrom<i64>,
{
    let error = InvalidIsian::OutOfRange(min, max);
    if !(min..=max).contains(&value) {
        return Err(error);
    }
    T::try_from(value).map_err(|_| error)
}

/// A date of this millennium, `YYYY-MM-DD`.
///
/// # Errors
/// [`InvalidIsian::Tanggal`].
pub fn tanggal(text: &str) -> Result<NaiveDate, InvalidIsian> {
    let text = Some(text).filter(|text| text.len() == 10).ok_or(InvalidIsian::Tanggal)?;
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .ok()
        .filter(|date| (HARI_PERTAMA..=HARI_TERAKHIR).contains(date))
        .ok_or(InvalidIsian::Tanggal)
}

/// The first day of a month of this millennium, `YYYY-MM`.
///
/// # Errors
/// [`InvalidIsian::Bulan`].
pub fn bulan(text: &str) -> Result<NaiveDate, InvalidIsian> {
    let month = Some(text).filter(|text| text.len() == 7).ok_or(InvalidIsian::Bulan)?;
    tanggal(&format!("{month}-01")).map_err(|_| InvalidIsian::Bulan)
}

/// A time of a day, `HH:MM`, or with seconds, which are dropped.
///
/// # Errors
/// [`InvalidIsian::Waktu`].
pub fn waktu(text: &str) -> Result<NaiveTime, InvalidIsian> {
    let time = match text.len() {
        5 => NaiveTime::parse_from_str(text, "%H:%M"),
        8 => NaiveTime::parse_from_str(text, "%H:%M:%S"),
        _ => return Err(InvalidIsian::Waktu),
    };
    let minute = time.ok().and_then(|time| NaiveTime::from_hms_opt(time.hour(), time.minute(), 0));
    minute.ok_or(InvalidIsian::Waktu)
}

/// A time zone by its IANA name, such as `Asia/Jakarta`.
///
/// # Errors
/// [`InvalidIsian::ZonaWaktu`].
pub fn zona_waktu(text: &str) -> Result<Tz, InvalidIsian> {
    text.parse().map_err(|_| InvalidIsian::ZonaWaktu)
}

/// How long an appointment takes, in minutes: 5 to 480.
///
/// # Errors
/// [`InvalidIsian::OutOfRange`].
pub fn durasi_menit(value: i64) -> Result<u16, InvalidIsian> {
    number(value, DURASI_MENIT.0, DURASI_MENIT.1)
}

/// How many come: 1 to 999. One if no number is given.
///
/// # Errors
/// [`InvalidIsian::OutOfRange`].
pub fn jumlah_orang(value: Option<i64>) -> Result<u16, InvalidIsian> {
    number(value.unwrap_or(1), 1, JUMLAH_ORANG_MAX)
}

/// A telephone number that may be missing; blanks count as missing.
///
/// # Errors
/// As [`Telp::parse`].
pub fn optional_telp(text: Option<&str>) -> Result<Option<Telp>, InvalidTelp> {
    text.filter(|text| !text.trim().is_empty()).map(Telp::parse).transpose()
}

/// A form of address that may be missing; blanks count as missing.
///
/// # Errors
/// [`UnknownSapaan`] for any other word.
pub fn sapaan(text: Option<&str>) -> Result<Option<Sapaan>, UnknownSapaan> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(str::parse).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_trimmed_and_blanks_folded() {
        assert_eq!(nama("  Siti   Aminah ").unwrap(), "Siti Aminah");
        assert_eq!(nama("   "), Err(InvalidIsian::Empty));
        assert_eq!(nama(&"a".repeat(101)), Err(InvalidIsian::TooLong(100)));
        assert_eq!(nama(&"é".repeat(100)).unwrap().chars().count(), 100);
    }

    #[test]
    fn what_came_along_when_it_was_pasted_goes() {
        for text in [
            "Siti Aminah\0",
            "Siti\nAminah",
            "\u{202E}Siti Aminah\u{202C}",
            "Si\u{200B}ti \u{2068}Aminah\u{2069}",
        ] {
            assert_eq!(nama(text).unwrap(), "Siti Aminah", "{text:?}");
        }
        assert_eq!(keperluan("Rapor\u{7}\tkelas\u{A0}8").unwrap(), "Rapor kelas 8");
    }

    #[test]
    fn a_name_has_a_letter_that_can_be_seen() {
        for text in ["123", "-", "🙂", "...", "\u{301}\u{301}"] {
            assert!(nama(text).is_err(), "{text:?}");
        }
        assert_eq!(nama("\u{3164}\u{200B}"), Err(InvalidIsian::Empty));
        assert_eq!(nama("007"), Err(InvalidIsian::NoLetter));
        assert_eq!(optional_nama(Some("007")), Err(InvalidIsian::NoLetter));
        assert_eq!(optional_nama(Some(" \u{200E}")), Ok(None));
        assert_eq!(nama("王").unwrap(), "王");
    }

    #[test]
    fn a_comment_keeps_its_lines() {
        assert_eq!(komentar(Some("Baik.\r\nRamah.")).unwrap().as_deref(), Some("Baik.\nRamah."));
        assert_eq!(komentar(Some(" \n ")), Ok(None));
        assert_eq!(komentar(Some("a\u{7}b\n\n\u{202E}c")).unwrap().as_deref(), Some("ab\n\nc"));
        assert_eq!(komentar(Some(&"é\n".repeat(501))), Err(InvalidIsian::TooLong(1000)));
    }

    #[test]
    fn what_forms_offer_is_listed_once() {
        let lines =
            |lines: &[&str]| pilihan(&lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>());
        assert_eq!(lines(&[" Rapor ", "", "rapor", "Beasiswa\u{200B}"]).unwrap(), ["Rapor", "Beasiswa"]);
        assert_eq!(lines(&[]).unwrap(), [""; 0]);
        assert_eq!(lines(&[&"a".repeat(61)]), Err(InvalidIsian::TooLong(60)));
        let many: Vec<_> = (0..21).map(|n| n.to_string()).collect();
        assert_eq!(pilihan(&many), Err(InvalidIsian::OutOfRange(0, 20)));
        // A list is as long as it came, whatever its lines are.
        let blanks = vec![String::new(); 20_000];
        assert_eq!(pilihan(&blanks), Err(InvalidIsian::OutOfRange(0, 20)));
        assert_eq!(pilihan(&blanks[..200]).unwrap(), [""; 0]);
    }

    /// Far beyond what a field takes. Of such a text nothing is read but its length.
    #[test]
    fn a_field_refuses_what_nobody_can_mean() {
        let long = "a1".repeat(450_000);
        let some = Some(&*long);
        let too_long = |max| Err::<String, _>(InvalidIsian::TooLong(max));
        assert_eq!(nama(&long), too_long(NAMA_MAX));
        assert_eq!(optional_nama(some).unwrap_err(), InvalidIsian::TooLong(BARIS_MAX));
        assert_eq!(keperluan(&long), too_long(KEPERLUAN_MAX));
        assert_eq!(email(&long), too_long(EMAIL_MAX));
        assert_eq!(login(&long), too_long(EMAIL_MAX));
        assert_eq!(optional_line(some).unwrap_err(), InvalidIsian::TooLong(BARIS_MAX));
        assert_eq!(tanggapan(some).unwrap_err(), InvalidIsian::TooLong(TANGGAPAN_MAX));
        assert_eq!(komentar(some).unwrap_err(), InvalidIsian::TooLong(KOMENTAR_MAX));
        assert_eq!(optional_email(some).unwrap_err(), InvalidIsian::TooLong(EMAIL_MAX));
        assert_eq!((nuptk(&long), nip(&long)), (Err(InvalidIsian::Nuptk), Err(InvalidIsian::Nip)));
        assert_eq!((tanggal(&long), bulan(&long)), (Err(InvalidIsian::Tanggal), Err(InvalidIsian::Bulan)));
        assert_eq!(waktu(&long), Err(InvalidIsian::Waktu));
        assert!(optional_telp(some).is_err() && zona_waktu(&long).is_err() && sapaan(some).is_err());
    }
}
