//! Text as it was meant: decoded from the bytes of a file, and put right where a program before had decoded it wrongly.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// The text of a file: by its byte order mark, else UTF-8, else what Excel writes on Windows.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    match str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        // The end of a piece may cut a character in two.
        Err(error) if error.error_len().is_none() && error.valid_up_to() > 0 => {
            UTF_8.decode_without_bom_handling(bytes).0
        }
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// So many characters from the beginning.
pub(crate) fn cut(text: &str, max: usize) -> &str {
    text.char_indices().nth(max).map_or(text, |(end, _)| &text[..end])
}

/// A cell as it was meant: on one line, and empty where it only says that nothing stands there.
pub(crate) fn cell(text: &str) -> String {
    let text = repair(text);
    // A program that exports text puts an apostrophe before what a spreadsheet would calculate.
    let text = match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r']) => rest,
        _ => &*text,
    };
    let text = domain::huruf::satu_baris(text);
    let is_nothing = matches!(&*text, "-" | "--" | "---" | "–" | "—");
    if is_nothing { String::new() } else { text }
}

/// Undoes the reading of UTF-8 as Windows-1252, as in `SitÃ\u{ad}` for `Sití`. Text that was never read so is hardly
/// ever UTF-8 when it is written as Windows-1252.
fn repair(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let (bytes, _, has_others) = WINDOWS_1252.encode(text);
    match str::from_utf8(&bytes) {
        Ok(meant) if !has_others && meant != text => Cow::Owned(meant.to_owned()),
        _ => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn bytes_are_read_as_they_were_written() {
        assert_eq!(decode("Sití".as_bytes()), "Sití");
        assert_eq!(decode(b"\xEF\xBB\xBFSit\xC3\xAD"), "Sití");
        assert_eq!(decode(b"Sit\xED;1"), "Sití;1");
        assert_eq!(decode(b"\xFF\xFES\0i\0"), "Si");
    }

    #[test]
    fn text_that_was_read_wrongly_is_put_right() {
        assert_eq!(cell("SitÃ\u{ad} NurÃ¡ini"), "Sití Nuráini");
        assert_eq!(cell("Maâ€™ruf"), "Ma’ruf");
        for right in ["É", "Sití", "王", "Ñ–½", "Ma’ruf"] {
            assert_eq!(cell(right), right);
        }
    }

    #[test]
    fn dashes_say_that_nothing_stands_there() {
        for text in ["-", " -- ", "", "\u{a0}", "–"] {
            assert_eq!(cell(text), "", "{text:?}");
        }
        assert_eq!(cell("Abdul - Rahman"), "Abdul - Rahman");
        assert_eq!(cell("'+6281234567890"), "+6281234567890");
        assert_eq!(cell("'Aisyiyah"), "'Aisyiyah");
        assert_eq!(cell("a\u{1}b\nc"), "ab c");
    }

    proptest! {
        #[test]
        fn whatever_was_misread_once_comes_back(text in "[a-zA-Z éíñü’]{1,20}") {
            let misread = WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0;
            prop_assert_eq!(&*repair(&misread), &*text);
        }
    }
}
