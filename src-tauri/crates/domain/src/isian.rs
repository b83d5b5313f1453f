//! What a person may enter into a field: one function a kind of field, which trims and checks.
//!
//! Messages are in the customer's language and stand under the field as they are.

use std::collections::BTreeMap;

use email_address::{EmailAddress, Options};
use thiserror::Error;

use crate::{
    Telp,
    pengguna::{Sapaan, UnknownSapaan},
    telp::InvalidTelp,
};

/// What is wrong with one field.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum InvalidIsian {
    /// Nothing but blanks.
    #[error("wajib diisi")]
    Empty,
    /// More than so many characters.
    #[error("paling banyak {0} karakter")]
    TooLong(usize),
    /// Control characters, or invisible ones that change how text is shown.
    #[error("berisi karakter yang tidak boleh dipakai")]
    ForbiddenCharacter,
    /// Not an e-mail address.
    #[error("alamat email tidak valid")]
    Email,
    /// Outside the span of numbers.
    #[error("harus antara {0} dan {1}")]
    OutOfRange(i64, i64),
    /// An idempotency key is 1 to 64 visible ASCII characters.
    #[error("kunci harus 1 sampai 64 karakter ASCII tanpa spasi")]
    Kunci,
}

/// Messages by field; empty where all is well.
pub type FieldErrors = BTreeMap<String, String>;

/// Takes a result apart: the value, or a message under the field's name.
pub fn collect<T, E: ToString>(errors: &mut FieldErrors, field: &str, result: Result<T, E>) -> Option<T> {
    result.map_err(|error| errors.insert(field.to_owned(), error.to_string())).ok()
}

/// A person's name: 1 to 100 characters.
///
/// # Errors
/// Empty, too long or with a forbidden character.
pub fn nama(text: &str) -> Result<String, InvalidIsian> {
    required(text, 100)
}

/// The purpose of a visit: 1 to 200 characters.
///
/// # Errors
/// Empty, too long or with a forbidden character.
pub fn keperluan(text: &str) -> Result<String, InvalidIsian> {
    required(text, 200)
}

/// A line that may be missing, such as an institution or a position; blanks count as missing.
///
/// # Errors
/// Too long (100 characters) or with a forbidden character.
pub fn optional_line(text: Option<&str>) -> Result<Option<String>, InvalidIsian> {
    optional(text, 100)
}

/// The teacher's answer to an arrival: up to 200 characters.
///
/// # Errors
/// Too long or with a forbidden character.
pub fn tanggapan(text: Option<&str>) -> Result<Option<String>, InvalidIsian> {
    optional(text, 200)
}

/// A review's comment: up to 1000 characters, line breaks allowed.
///
/// # Errors
/// Too long or with a forbidden character.
pub fn komentar(text: Option<&str>) -> Result<Option<String>, InvalidIsian> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    let text = text.replace("\r\n", "\n");
    check(text.split('\n').flat_map(str::chars), 1000)?;
    Ok(Some(text))
}

/// An e-mail address, lower-cased.
///
/// # Errors
/// Empty, over 254 characters or no address.
pub fn email(text: &str) -> Result<String, InvalidIsian> {
    let text = required(text, 254)?.to_lowercase();
    let options = Options::default().without_display_text().without_domain_literal().with_required_tld();
    EmailAddress::parse_with_options(&text, options).map_err(|_| InvalidIsian::Email)?;
    Ok(text)
}

/// An e-mail address that may be missing; blanks count as missing.
///
/// # Errors
/// As [`email`].
pub fn optional_email(text: Option<&str>) -> Result<Option<String>, InvalidIsian> {
    text.filter(|text| !text.trim().is_empty()).map(email).transpose()
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

/// How many come: 1 to 999, one where it is not said.
///
/// # Errors
/// [`InvalidIsian::OutOfRange`].
pub fn jumlah_orang(value: Option<i64>) -> Result<u16, InvalidIsian> {
    number(value.unwrap_or(1), 1, 999)
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

/// An idempotency key, as it came.
///
/// # Errors
/// [`InvalidIsian::Kunci`].
pub fn kunci(text: Option<&str>) -> Result<Option<String>, InvalidIsian> {
    let Some(text) = text else { return Ok(None) };
    if !(1..=64).contains(&text.len()) || !text.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(InvalidIsian::Kunci);
    }
    Ok(Some(text.to_owned()))
}

fn required(text: &str, max: usize) -> Result<String, InvalidIsian> {
    optional(Some(text), max)?.ok_or(InvalidIsian::Empty)
}

fn optional(text: Option<&str>, max: usize) -> Result<Option<String>, InvalidIsian> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    check(text.chars(), max)?;
    Ok(Some(text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")))
}

fn check(chars: impl Iterator<Item = char>, max: usize) -> Result<(), InvalidIsian> {
    let mut length = 0;
    for c in chars {
        if is_forbidden(c) {
            return Err(InvalidIsian::ForbiddenCharacter);
        }
        length += 1;
        if length > max {
            return Err(InvalidIsian::TooLong(max));
        }
    }
    Ok(())
}

/// Control characters, and the invisible ones that re-order or hide text (Unicode TR 36, section 2.5).
fn is_forbidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
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
    fn control_and_reordering_characters_are_refused() {
        for text in ["Siti\0", "Siti\nAminah", "\u{202E}itiS", "Si\u{200B}ti", "\u{1b}[31mSiti"] {
            assert_eq!(nama(text), Err(InvalidIsian::ForbiddenCharacter), "{text:?}");
        }
    }

    #[test]
    fn a_comment_keeps_its_lines() {
        assert_eq!(komentar(Some("Baik.\r\nRamah.")).unwrap().as_deref(), Some("Baik.\nRamah."));
        assert_eq!(komentar(Some(" \n ")), Ok(None));
        assert_eq!(komentar(Some("a\u{7}b")), Err(InvalidIsian::ForbiddenCharacter));
    }

    #[test]
    fn email_addresses() {
        assert_eq!(email(" Guru.Satu@Sekolah.Example ").unwrap(), "guru.satu@sekolah.example");
        for text in ["guru", "guru@", "@sekolah.example", "guru@sekolah", "Guru <guru@sekolah.example>"] {
            assert_eq!(email(text), Err(InvalidIsian::Email), "{text}");
        }
        assert_eq!(optional_email(Some(" ")), Ok(None));
    }

    #[test]
    fn idempotency_keys() {
        assert_eq!(kunci(Some("meja-1:0007")).unwrap().as_deref(), Some("meja-1:0007"));
        assert_eq!(kunci(Some("")), Err(InvalidIsian::Kunci));
        assert_eq!(kunci(Some("a b")), Err(InvalidIsian::Kunci));
        assert_eq!(kunci(Some(&"a".repeat(65))), Err(InvalidIsian::Kunci));
    }
}
