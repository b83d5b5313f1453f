//! Content lines: how a value is written so that it stays one, and how a long line is folded (RFC 5545, section 3.1).

use std::fmt::Write as _;

use chrono::{DateTime, Utc};

use super::Party;
use crate::huruf;

/// Octets of a line, without its end.
const OCTETS: usize = 75;

/// The lines that were written so far.
#[derive(Default)]
pub(super) struct Lines(String);

impl Lines {
    /// A value that the program made up.
    pub(super) fn plain(&mut self, name: &'static str, value: &str) -> &mut Self {
        self.fold(&format!("{name}:{value}"))
    }

    /// Text of any origin. Its line breaks stay where the property may have several lines.
    pub(super) fn text(&mut self, name: &'static str, value: &str) -> &mut Self {
        let visible = match name {
            "DESCRIPTION" => huruf::baris(value),
            _ => huruf::satu_baris(value),
        };
        let mut line = format!("{name}:");
        for c in visible.chars() {
            match c {
                '\n' => line.push_str("\\n"),
                '\\' | ';' | ',' => line.extend(['\\', c]),
                _ => line.push(c),
            }
        }
        self.fold(&line)
    }

    /// An instant, in UTC.
    pub(super) fn time(&mut self, name: &'static str, instant: DateTime<Utc>) -> &mut Self {
        self.plain(name, &instant.format("%Y%m%dT%H%M%SZ").to_string())
    }

    /// An address of the web.
    pub(super) fn uri(&mut self, name: &'static str, uri: &str) -> &mut Self {
        self.fold(&format!("{name}:{}", encoded(uri, ":/?#[]@!$&'()*+,;=%")))
    }

    /// Somebody with a name and a mailbox. `name` may bring parameters.
    pub(super) fn party(&mut self, name: &'static str, party: Party<'_>) -> &mut Self {
        // Calendars disagree about escapes in a parameter, so no character that may begin one stays.
        let nama = huruf::satu_baris(party.nama).replace('"', "'").replace(['\\', '^'], "");
        self.fold(&format!("{name};CN=\"{nama}\":mailto:{}", encoded(party.email, "@!$&'*+=/")))
    }

    /// All lines.
    pub(super) fn finish(self) -> String {
        self.0
    }

    /// Writes a line, folded so that no part is longer than 75 octets. No character is cut, and no escape sequence.
    fn fold(&mut self, line: &str) -> &mut Self {
        let mut octets = 0;
        for unit in units(line) {
            if octets + unit.len() > OCTETS {
                self.0.push_str("\r\n ");
                octets = 1;
            }
            self.0.push_str(unit);
            octets += unit.len();
        }
        self.0.push_str("\r\n");
        self
    }
}

/// The characters of a line; a backslash belongs to the one after it.
fn units(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        let chars = if rest.starts_with('\\') { 2 } else { 1 };
        let len = rest.chars().take(chars).map(char::len_utf8).sum();
        let (unit, after) = rest.split_at(len);
        rest = after;
        Some(unit).filter(|unit| !unit.is_empty())
    })
}

/// Text of an address, with everything but letters, digits, `-`, `.`, `_`, `~` and what else may stand there as `%XX`.
fn encoded(text: &str, also: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        let c = char::from(byte);
        if c.is_ascii_alphanumeric() || "-._~".contains(c) || also.contains(c) {
            encoded.push(c);
        } else {
            write!(encoded, "%{byte:02X}").expect("a string takes everything");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(value: &str) -> String {
        let mut lines = Lines::default();
        lines.text("SUMMARY", value);
        lines.finish()
    }

    #[test]
    fn a_line_is_folded_at_75_octets() {
        assert_eq!(folded(&"a".repeat(67)), format!("SUMMARY:{}\r\n", "a".repeat(67)));
        let twice = format!("SUMMARY:{}\r\n {}\r\n {}\r\n", "a".repeat(67), "a".repeat(74), "a");
        assert_eq!(folded(&"a".repeat(67 + 74 + 1)), twice);
    }

    #[test]
    fn no_character_and_no_escape_is_cut() {
        for before in 60..72 {
            let (text, start) = ("🙂é日\\;,🙂", "a".repeat(before));
            let written = folded(&format!("{start}{text}{}", "b".repeat(80)));
            assert!(written.split("\r\n").all(|line| line.len() <= OCTETS), "{written}");
            assert!(!written.contains("\\\r\n"), "{written}");
            let unfolded = written.replace("\r\n ", "");
            assert_eq!(unfolded, format!("SUMMARY:{start}🙂é日\\\\\\;\\,🙂{}\r\n", "b".repeat(80)));
        }
    }

    #[test]
    fn a_name_ends_no_parameter_and_escapes_nothing() {
        let mut lines = Lines::default();
        lines.party("ORGANIZER", Party { nama: "Siti \"A\": b;c,^n\\n", email: "a@x.example" });
        assert_eq!(lines.finish(), "ORGANIZER;CN=\"Siti 'A': b;c,nn\":mailto:a@x.example\r\n");
    }

    #[test]
    fn addresses_hold_no_character_of_a_content_line() {
        let mut lines = Lines::default();
        lines.uri("URL", "https://x.example/k/A?b=c%20d&e=é \"\r\n");
        assert_eq!(lines.finish(), "URL:https://x.example/k/A?b=c%20d&e=%C3%A9%20%22%0D%0A\r\n");
    }
}
