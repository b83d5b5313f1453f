//! Text with a separator: semicolon, comma or tab, whichever makes the most of the headings.

use csv::{ReaderBuilder, StringRecord};

use crate::{
    InvalidBerkas,
    lines::{COLUMNS_MAX, Lines, Row},
};

const SEPARATORS: [u8; 3] = [b';', b',', b'\t'];

/// Lines from the top that a separator is tried on.
const TRIED_LINES: usize = 40;

pub(crate) fn read(text: &str, lines: &mut Lines) -> Result<(), InvalidBerkas> {
    let end = text.match_indices('\n').nth(TRIED_LINES).map_or(text.len(), |(at, _)| at);
    let mut best = (0, SEPARATORS[0]);
    for separator in SEPARATORS {
        let mut tried = Lines::default();
        take_all(&text[..end], separator, &mut tried)?;
        tried.end_of_sheet()?;
        if tried.score() > best.0 {
            best = (tried.score(), separator);
        }
    }
    take_all(text, best.1, lines)
}

fn take_all(text: &str, separator: u8, lines: &mut Lines) -> Result<(), InvalidBerkas> {
    let mut reader = ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let mut counted = Counted { text: text.as_bytes(), at: 0, line: 1 };
    while reader.read_record(&mut record).map_err(|_| InvalidBerkas::Damaged)? {
        let nomor = counted.line_of(record.position().map_or(0, csv::Position::byte));
        let mut row = Row { nomor, ..Row::default() };
        (0..COLUMNS_MAX).zip(record.iter()).for_each(|(column, text)| row.put(column, text));
        if !lines.take(row)? {
            break;
        }
    }
    Ok(())
}

/// The lines of a text up to a place. Empty ones count, because a spreadsheet shows them.
struct Counted<'a> {
    text: &'a [u8],
    at: usize,
    line: u32,
}

impl Counted<'_> {
    /// The line of the record that begins at that byte, or after ends of lines that stand there.
    fn line_of(&mut self, byte: u64) -> u32 {
        let byte = usize::try_from(byte).unwrap_or(usize::MAX);
        while let Some(next) = self.text.get(self.at) {
            let is_end = matches!(next, b'\r' | b'\n');
            if self.at >= byte && !is_end {
                break;
            }
            self.line += u32::from(*next == b'\n');
            self.at += 1;
        }
        self.line
    }
}
