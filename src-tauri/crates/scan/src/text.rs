//! Turns the bytes of one read into its text: UTF-8, no control characters, no AIM symbology identifier. Refuses bytes
//! that are not text, because a mended code would be another code.

use domain::token;

use crate::Rejection;

/// The longest text taken from any scanner. A QR code holds at most 4,296 characters (version 40-L, alphanumeric;
/// ISO/IEC 18004), and ours have fewer than 150. Anything longer is noise.
pub const MAX_TEXT_BYTES: usize = 4096;

/// The text of one read; `None` if nothing is left of it.
///
/// Strips control characters anywhere (STX/ETX frames, GS separators, a terminator's remains), surrounding
/// spaces, and one leading AIM symbology identifier: `]`, a letter for the symbology, a digit or letter as
/// modifier (ISO/IEC 15424), such as `]Q1`.
///
/// # Errors
/// [`Rejection::TooLong`] over [`MAX_TEXT_BYTES`], [`Rejection::NotText`] if the bytes are not UTF-8.
pub fn clean(bytes: &[u8]) -> Result<Option<String>, Rejection> {
    if bytes.len() > MAX_TEXT_BYTES {
        return Err(Rejection::TooLong);
    }
    let text = str::from_utf8(bytes).map_err(|_| Rejection::NotText)?;
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    let text = without_symbology(text.trim()).trim();
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

/// The text without a leading AIM symbology identifier.
fn without_symbology(text: &str) -> &str {
    match text.as_bytes() {
        [b']', code, modifier, ..] if code.is_ascii_alphabetic() && modifier.is_ascii_alphanumeric() => {
            &text[3..]
        }
        _ => text,
    }
}

/// The texts of one picture or frame, those that hold a token first; otherwise in their order.
pub fn ours_first(mut texts: Vec<String>) -> Vec<String> {
    texts.sort_by_key(|text| token::find(text).is_none());
    texts
}

/// The texts of one picture or frame that hold a token; all of them if none does. A guest does not mean to show a
/// payment code that is beside their own.
pub fn ours(texts: Vec<String>) -> Vec<String> {
    let mut texts = ours_first(texts);
    let tokens = texts.iter().take_while(|text| token::find(text).is_some()).count();
    if tokens > 0 {
        texts.truncate(tokens);
    }
    texts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn assert_cleans(bytes: &[u8], expected: Option<&str>) {
        assert_eq!(
            clean(bytes),
            Ok(expected.map(str::to_owned)),
            "cleaning {:?}",
            bytes.escape_ascii().to_string()
        );
    }

    #[test]
    fn strips_what_scanners_add() {
        assert_cleans(b"KODE", Some("KODE"));
        assert_cleans(b"]Q1KODE", Some("KODE"));
        assert_cleans(b"\x02]d2KODE\x03", Some("KODE"));
        assert_cleans(b"  KODE\t", Some("KODE"));
        assert_cleans("Jum\u{e9}".as_bytes(), Some("Jumé"));
    }

    #[test]
    fn keeps_a_bracket_that_is_no_symbology_identifier() {
        assert_cleans(b"]", Some("]"));
        assert_cleans(b"]1X", Some("]1X"));
        assert_cleans("]é".as_bytes(), Some("]é"));
    }

    #[test]
    fn nothing_left_is_no_read() {
        assert_cleans(b"", None);
        assert_cleans(b" \r\n\x00", None);
        assert_cleans(b"]Q1", None);
    }

    #[test]
    fn a_foreign_text_does_not_stand_beside_a_token() {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let token = "HTTPS://TAMU.CONTOH.SCH.ID/K/57XQBTJ5ZJXQUBRAHFHTRZLUVXZUETRNWP2CA75N54JEEDZ/";
        let foreign = ["00020101021126570011ID.DANA.WWW", "https://wa.me/6281210000001"];
        let beside = texts(&[foreign[0], token, foreign[1]]);
        assert_eq!(ours_first(beside.clone()), [token, foreign[0], foreign[1]]);
        assert_eq!(ours(beside), [token]);
        assert_eq!(ours(texts(&foreign)), foreign);
        assert!(ours(Vec::new()).is_empty());
    }

    #[test]
    fn refuses_instead_of_mending() {
        assert_eq!(clean(b"KO\xFFDE"), Err(Rejection::NotText));
        assert_eq!(clean(&vec![b'A'; MAX_TEXT_BYTES + 1]), Err(Rejection::TooLong));
    }

    proptest! {
        #[test]
        fn any_bytes_give_clean_text_or_a_reason(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(Some(text)) = clean(&bytes) {
                prop_assert!(!text.is_empty(), "an empty text is no read");
                prop_assert!(!text.contains(char::is_control), "control characters are left in {text:?}");
                prop_assert!(text.len() <= bytes.len(), "text grew");
            }
        }
    }
}
