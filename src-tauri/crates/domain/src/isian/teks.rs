//! Text of a bounded length. What nobody can mean is refused by its length as it came, before anything reads it: to
//! clean a text costs far more than to count its bytes.

use super::InvalidIsian;
use crate::huruf;

/// Bytes as they came for each character that may be kept: four are the longest character, the rest is room for marks,
/// blanks and invisible characters that do not stay.
const BYTES_PER_CHAR: usize = 16;

/// Whether so many bytes can still become that many characters.
///
/// # Errors
/// [`InvalidIsian::TooLong`].
pub(crate) fn check_bytes(text: &str, max: usize) -> Result<(), InvalidIsian> {
    if text.len() > max.saturating_mul(BYTES_PER_CHAR) { Err(InvalidIsian::TooLong(max)) } else { Ok(()) }
}

/// The visible part of a text, on one line. Invisible characters, such as from pasting, are no reason to refuse it.
pub(super) fn optional(text: Option<&str>, max: usize) -> Result<Option<String>, InvalidIsian> {
    cleaned(text.unwrap_or_default(), max, huruf::satu_baris)
}

/// The same of a text with several lines.
pub(super) fn optional_lines(text: Option<&str>, max: usize) -> Result<Option<String>, InvalidIsian> {
    cleaned(text.unwrap_or_default(), max, huruf::baris)
}

/// One line that must hold something.
pub(crate) fn required(text: &str, max: usize) -> Result<String, InvalidIsian> {
    optional(Some(text), max)?.ok_or(InvalidIsian::Empty)
}

/// Lines that must hold something.
pub(crate) fn required_lines(text: &str, max: usize) -> Result<String, InvalidIsian> {
    optional_lines(Some(text), max)?.ok_or(InvalidIsian::Empty)
}

/// A text that is kept as it came.
pub(super) fn bounded(text: String, max: usize) -> Result<Option<String>, InvalidIsian> {
    match text.chars().count() {
        0 => Ok(None),
        length if length > max => Err(InvalidIsian::TooLong(max)),
        _ => Ok(Some(text)),
    }
}

fn cleaned(
    text: &str,
    max: usize,
    clean: impl FnOnce(&str) -> String,
) -> Result<Option<String>, InvalidIsian> {
    let text = text.trim();
    check_bytes(text, max)?;
    bounded(clean(text), max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_can_mean_is_refused_before_it_is_read() {
        let unread = |_: &str| -> String { panic!("it is read") };
        for text in ["a".repeat(900_000), "\u{200B}".repeat(300_000), "é ".repeat(1000)] {
            assert_eq!(cleaned(&text, 100, unread), Err(InvalidIsian::TooLong(100)));
        }
        let mut read = 0;
        let reads = |text: &str| {
            read = text.len();
            text.to_owned()
        };
        assert_eq!(cleaned(&"a".repeat(1601), 100, reads), Err(InvalidIsian::TooLong(100)));
        assert_eq!(read, 0);
    }

    #[test]
    fn what_came_along_has_room() {
        let marked = "\u{200B}\u{2068}a\u{2069}\u{200E}".repeat(100);
        assert_eq!(optional(Some(&marked), 100).unwrap().as_deref(), Some(&*"a".repeat(100)));
        let blanks = format!("{}a{}", " ".repeat(9000), "\r\n".repeat(9000));
        assert_eq!(optional(Some(&blanks), 100).unwrap().as_deref(), Some("a"));
        assert_eq!(optional_lines(Some(&" ".repeat(900_000)), 1000), Ok(None));
        let emoji = "🙂".repeat(100);
        assert_eq!(required(&emoji, 100).unwrap(), emoji);
        assert_eq!(required_lines("a\nb", 3).unwrap(), "a\nb");
        assert_eq!(required_lines(" ", 3), Err(InvalidIsian::Empty));
    }
}
