//! Telephone numbers. Only this file normalises them to E.164: `08…`, `8…`, `62…` and `+62…` are the same number.

use std::fmt;

use icu_normalizer::ComposingNormalizerBorrowed;
use icu_properties::props::GeneralCategory;
use phonenumber::{Mode, PhoneNumber, country};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::huruf::{category, digit, is_blank, is_invisible};

/// Characters that a number may be written with, blanks and separators included.
pub const TEXT_MAX: usize = 64;

/// A valid telephone number in E.164 form, such as `+6281234567890`.
///
/// `Debug` shows the masked form, so that a number cannot slip into a log by way of `{:?}`.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "String", into = "String")]
pub struct Telp(String);

/// Text that is no telephone number.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("nomor telepon tidak valid; contoh: 0812-3456-7890")]
pub struct InvalidTelp;

impl Telp {
    /// Reads a number as people write or paste it: with or without country code, with blanks, dashes, dots, slashes or
    /// brackets, in digits of any script, as a link, with invisible characters.
    ///
    /// A number without a `+` or `00` is taken as Indonesian.
    ///
    /// # Errors
    /// [`InvalidTelp`] if the text holds anything else or the number cannot exist.
    pub fn parse(text: &str) -> Result<Self, InvalidTelp> {
        if text.chars().nth(TEXT_MAX).is_some() {
            return Err(InvalidTelp);
        }
        let (has_plus, digits) = written(text).ok_or(InvalidTelp)?;
        // E.164 allows 15 digits; the rest is room for `00` and a trunk `0`.
        if !(6..=18).contains(&digits.len()) {
            return Err(InvalidTelp);
        }
        let international = if has_plus {
            digits
        } else if let Some(rest) = digits.strip_prefix("00") {
            rest.to_owned()
        } else if digits.starts_with("62") {
            digits
        } else {
            format!("62{}", digits.trim_start_matches('0'))
        };
        // People write the trunk zero after the country code too: +62 0812….
        let international = match international.strip_prefix("620") {
            Some(rest) => format!("62{rest}"),
            None => international,
        };
        let number = phonenumber::parse(Some(country::Id::ID), format!("+{international}"))
            .map_err(|_| InvalidTelp)?;
        if !is_possible(&number) {
            return Err(InvalidTelp);
        }
        Ok(Self(number.format().mode(Mode::E164).to_string()))
    }

    /// Takes a text that [`Telp::as_str`] returned and that cannot have changed since, such as one that was decrypted
    /// with its authentication. Does not parse it again: that costs far more than reading the row.
    ///
    /// # Errors
    /// [`InvalidTelp`] if it cannot be such a text.
    pub fn from_normal_form(text: String) -> Result<Self, InvalidTelp> {
        let digits = text.strip_prefix('+').ok_or(InvalidTelp)?;
        let is_e164 = (6..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        if is_e164 { Ok(Self(text)) } else { Err(InvalidTelp) }
    }

    /// The E.164 form, `+` and up to 15 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last four digits, by which a receptionist finds a guest.
    pub fn akhir(&self) -> &str {
        &self.0[self.0.len() - 4..]
    }

    /// Shows only the last four digits, for screens that others can see.
    pub fn masked(&self) -> String {
        format!("••••{}", self.akhir())
    }
}

/// Whether a plus comes first, and the digits. `None` if the text holds anything but digits and what people put
/// between them.
fn written(text: &str) -> Option<(bool, String)> {
    // Turns wide and small forms into the usual ones, such as `／` and `（`.
    let plain = ComposingNormalizerBorrowed::new_nfkc().normalize(text);
    let visible: String = plain.chars().filter(|c| is_blank(*c) || !is_invisible(*c)).collect();
    let mut rest = visible.trim_matches(|c: char| is_blank(c) || matches!(c, '\'' | '"'));
    if let Some((scheme, number)) = rest.split_once(':') {
        let is_link = ["tel", "callto", "sms"].iter().any(|link| scheme.trim().eq_ignore_ascii_case(link));
        rest = number.trim_start_matches('/').trim_start();
        if !is_link {
            return None;
        }
    }
    let has_plus = rest.starts_with('+');
    let mut digits = String::new();
    for c in rest.strip_prefix('+').unwrap_or(rest).chars() {
        match digit(c) {
            Some(digit) => digits.push(char::from(b'0' + digit)),
            None if is_separator(c) => {}
            None => return None,
        }
    }
    Some((has_plus, digits))
}

/// What stands between the digits of a number: a blank, a dash, a dot, a slash or a bracket of any kind.
fn is_separator(c: char) -> bool {
    use GeneralCategory::{ClosePunctuation, DashPunctuation, OpenPunctuation};
    is_blank(c)
        || matches!(category(c), DashPunctuation | OpenPunctuation | ClosePunctuation)
        || matches!(c, '.' | '/' | '·' | '•' | '\u{2043}' | '\u{2212}' | '\u{2CD}' | '\u{2D7}' | '~')
}

/// The digits of a text, in any script; `None` if it holds anything else. For the end of a number.
pub fn angka(text: &str) -> Option<String> {
    let visible = text.trim().chars().filter(|c| !is_invisible(*c));
    visible.map(|c| digit(c).map(|digit| char::from(b'0' + digit))).collect()
}

/// Numbering plans grow faster than their published metadata. So an Indonesian mobile number with an unlisted prefix
/// is accepted if it has the length of a mobile number.
fn is_possible(number: &PhoneNumber) -> bool {
    let national = number.national().to_string();
    let indonesian_mobile =
        number.code().value() == 62 && national.starts_with('8') && (9..=13).contains(&national.len());
    indonesian_mobile || phonenumber::is_valid(number)
}

impl fmt::Debug for Telp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Telp({})", self.masked())
    }
}

impl TryFrom<String> for Telp {
    type Error = InvalidTelp;

    fn try_from(text: String) -> Result<Self, InvalidTelp> {
        Self::parse(&text)
    }
}

impl From<Telp> for String {
    fn from(telp: Telp) -> Self {
        telp.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_number_however_it_is_written() {
        for text in [
            "081234567890",
            "81234567890",
            "6281234567890",
            "+6281234567890",
            "+62 812-3456-7890",
            "0812 3456 7890",
            "(0812) 3456.7890",
            "+62 0812 3456 7890",
            "0062 812 3456 7890",
            "\u{2068}0812-3456-7890\u{2069}",
            "\u{202A}+62 812‑3456‑7890\u{202C}",
            "0812\t3456\t7890\r\n",
            "0812\u{A0}3456\u{202F}7890",
            "0812–3456—7890",
            "0812−3456−7890",
            "0812\u{200B}3456\u{FEFF}7890",
            "tel:+6281234567890",
            "TEL:0812-3456-7890",
            "tel://+62 812 3456 7890",
            "٠٨١٢٣٤٥٦٧٨٩٠",
            "+۶۲ ۸۱۲ ۳۴۵۶ ۷۸۹۰",
            "０８１２－３４５６－７８９０",
            "＋６２（８１２）３４５６７８９０",
            "꧐꧘꧑꧒꧓꧔꧕꧖꧗꧘꧙꧐",
            "[0812] 3456 · 7890",
            "'081234567890",
        ] {
            assert_eq!(Telp::parse(text).unwrap().as_str(), "+6281234567890", "{text}");
        }
    }

    #[test]
    fn a_landline_and_a_foreign_number() {
        assert_eq!(Telp::parse("021 5551 2345").unwrap().as_str(), "+622155512345");
        assert_eq!(Telp::parse("+65 8123 4567").unwrap().as_str(), "+6581234567");
    }

    #[test]
    fn mobile_numbers_have_up_to_13_national_digits() {
        for national in ["812345678", "81234567890", "8123456789012"] {
            assert_eq!(Telp::parse(&format!("0{national}")).unwrap().as_str(), format!("+62{national}"));
        }
        assert_eq!(Telp::parse("+62 8123 4567 8901 23"), Err(InvalidTelp));
    }

    #[test]
    fn the_end_of_a_number_is_digits_of_any_script() {
        assert_eq!(angka(" ٧٨٩٠\u{200E}").as_deref(), Some("7890"));
        assert_eq!(angka("78 90"), None);
    }

    #[test]
    fn what_is_no_number() {
        for text in [
            "",
            "0",
            "0812",
            "abc",
            "0812x4567890",
            "++62812",
            "08123456789012345678",
            "http:081234567890",
            "tel:tel:081234567890",
            "081234567890;ext=5",
            "½08123456789",
            "081234567890 Budi",
        ] {
            assert_eq!(Telp::parse(text), Err(InvalidTelp), "{text:?}");
        }
        assert_eq!(Telp::parse(&" 0812 3456 7890".repeat(10)), Err(InvalidTelp));
    }

    #[test]
    fn debug_hides_the_number() {
        let telp = Telp::parse("081234567890").unwrap();
        assert_eq!(format!("{telp:?}"), "Telp(••••7890)");
    }

    proptest! {
        #[test]
        fn every_spelling_of_a_mobile_number_is_one(rest in "8[1-9][0-9]{8,9}") {
            let spellings = [format!("0{rest}"), rest.clone(), format!("62{rest}"), format!("+62{rest}")];
            let parsed: Vec<_> = spellings.iter().map(|text| Telp::parse(text)).collect();
            prop_assert!(parsed.windows(2).all(|pair| pair[0] == pair[1]), "{parsed:?}");
        }

        #[test]
        fn any_text_is_answered_and_a_normal_form_stays(text in "\\PC{0,30}|[0-9+() -]{0,24}") {
            if let Ok(telp) = Telp::parse(&text) {
                prop_assert_eq!(Telp::parse(telp.as_str()), Ok(telp.clone()));
                prop_assert!(telp.as_str().len() <= 16);
            }
        }
    }
}
