//! What tells one from another: e-mail addresses, numbers of registers, PINs, idempotency keys and versions.

use email_address::{EmailAddress, Options};

use super::{
    EMAIL_MAX, InvalidIsian, KUNCI_MAX, NIP_LEN, NUPTK_LEN, VERSI_MAX,
    teks::{bounded, check_bytes, required},
};
use crate::{huruf, pengguna, setelan::PIN_DIGITS};

/// A school's number in the national register: 8 digits; blanks count as missing.
///
/// # Errors
/// [`InvalidIsian::Npsn`].
pub fn npsn(text: Option<&str>) -> Result<Option<String>, InvalidIsian> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    let is_number = |text: &str| text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.map(|text| if is_number(text) { Ok(text.to_owned()) } else { Err(InvalidIsian::Npsn) }).transpose()
}

/// A PIN of 4 to 8 digits that may be missing; blanks count as missing.
///
/// # Errors
/// [`InvalidIsian::Pin`].
pub fn pin(text: &str) -> Result<Option<&str>, InvalidIsian> {
    let (min, max) = PIN_DIGITS;
    match text.trim() {
        "" => Ok(None),
        pin if (min..=max).contains(&pin.len()) && pin.bytes().all(|byte| byte.is_ascii_digit()) => {
            Ok(Some(pin))
        }
        _ => Err(InvalidIsian::Pin),
    }
}

/// An e-mail address, lower-cased.
///
/// # Errors
/// Empty, over 254 characters or no address.
pub fn email(text: &str) -> Result<String, InvalidIsian> {
    let text = required(text, EMAIL_MAX)?.to_lowercase();
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

/// What a user signs in with: an e-mail address, or the NUPTK or NIP of one who has none.
///
/// # Errors
/// As [`email`].
pub fn login(text: &str) -> Result<String, InvalidIsian> {
    match nuptk(text).or_else(|_| nip(text)) {
        Ok(nomor) => Ok(pengguna::address_without_email(&nomor)),
        Err(_) => email(text),
    }
}

/// The register's number of a teacher: 16 digits, with blanks and dots between them as people write it.
///
/// # Errors
/// [`InvalidIsian::Nuptk`], or [`InvalidIsian::CutDigits`].
pub fn nuptk(text: &str) -> Result<String, InvalidIsian> {
    digits(text, NUPTK_LEN, InvalidIsian::Nuptk)
}

/// A civil servant's number: 18 digits, with blanks and dots between them. What they mean is not looked at.
///
/// # Errors
/// [`InvalidIsian::Nip`], or [`InvalidIsian::CutDigits`].
pub fn nip(text: &str) -> Result<String, InvalidIsian> {
    digits(text, NIP_LEN, InvalidIsian::Nip)
}

fn digits(text: &str, len: usize, error: InvalidIsian) -> Result<String, InvalidIsian> {
    check_bytes(text, len).map_err(|_| error.clone())?;
    // As a spreadsheet writes a number that is too long for it: 1.98503E+17.
    let looks_cut = text.contains(['e', 'E']) && text.parse::<f64>().is_ok();
    if looks_cut {
        return Err(InvalidIsian::CutDigits);
    }
    let digits: String =
        text.chars().filter(|c| !huruf::is_blank(*c) && !matches!(c, '.' | '-' | '\'')).collect();
    let is_number = digits.len() == len && digits.bytes().all(|b| b.is_ascii_digit());
    if is_number { Ok(digits) } else { Err(error) }
}

/// An idempotency key, as it came.
///
/// # Errors
/// [`InvalidIsian::Kunci`].
pub fn kunci(text: Option<&str>) -> Result<Option<String>, InvalidIsian> {
    let Some(text) = text else { return Ok(None) };
    if !(1..=KUNCI_MAX).contains(&text.len()) || !text.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(InvalidIsian::Kunci);
    }
    Ok(Some(text.to_owned()))
}

/// What a school calls a version of its consent text, as it came: visible ASCII characters.
///
/// # Errors
/// As [`kunci`], or over 40 characters, which is what is kept with a guest's consent.
pub fn versi(text: Option<&str>) -> Result<Option<String>, InvalidIsian> {
    kunci(text)?.map_or(Ok(None), |versi| bounded(versi, VERSI_MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_are_not_counted_with() {
        assert_eq!(npsn(Some(" 20104020 ")).unwrap().as_deref(), Some("20104020"));
        assert_eq!(npsn(Some(" ")), Ok(None));
        for text in ["2010402", "201040200", "2010402a"] {
            assert_eq!(npsn(Some(text)), Err(InvalidIsian::Npsn), "{text}");
        }
        assert_eq!((pin(" 0417 "), pin(" ")), (Ok(Some("0417")), Ok(None)));
        for text in ["041", "041704170", "04a7", "٠٤١٧"] {
            assert_eq!(pin(text), Err(InvalidIsian::Pin), "{text}");
        }
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
    fn numbers_of_the_register() {
        assert_eq!(nuptk(" 3352 7616 6220 0013 ").unwrap(), "3352761662200013");
        assert_eq!(nip("'198503152010012003").unwrap(), "198503152010012003");
        for text in ["335276166220001", "33527616622000130", "33527616622000a3", ""] {
            assert_eq!(nuptk(text), Err(InvalidIsian::Nuptk), "{text}");
        }
        for text in ["1.98503E+17", "3.35E15"] {
            assert_eq!(nip(text), Err(InvalidIsian::CutDigits), "{text}");
        }
    }

    #[test]
    fn who_has_no_address_signs_in_with_a_number() {
        assert_eq!(login("3352 7616 6220 0013").unwrap(), "3352761662200013@tanpa-email.invalid");
        assert_eq!(login(" Guru@Sekolah.Example ").unwrap(), "guru@sekolah.example");
        assert_eq!(login("33527616"), Err(InvalidIsian::Email));
    }

    #[test]
    fn idempotency_keys() {
        assert_eq!(kunci(Some("meja-1:0007")).unwrap().as_deref(), Some("meja-1:0007"));
        assert_eq!(kunci(Some("")), Err(InvalidIsian::Kunci));
        assert_eq!(kunci(Some("a b")), Err(InvalidIsian::Kunci));
        assert_eq!(kunci(Some(&"a".repeat(65))), Err(InvalidIsian::Kunci));
    }
}
