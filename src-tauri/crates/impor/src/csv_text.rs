//! Text with a separator: semicolon, comma or tab, whichever makes the most of the headings.

use csv::{ReaderBuilder, StringRecord};

use crate::{
    InvalidBerkas,
    lines::{Lines, Row},
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
    while reader.read_record(&mut record).map_err(|_| InvalidBerkas::Damaged)? {
        let line = record.position().map_or(0, csv::Position::line);
        let nomor = u32::try_from(line).map_err(|_| InvalidBerkas::TooLarge)?;
        let cells = (0..).zip(record.iter()).filter(|(_, text)| !text.is_empty());
        let row = Row { nomor, cells: cells.map(|(column, text)| (column, text.to_owned())).collect() };
        if !lines.take(row)? {
            break;
        }
    }
    Ok(())
}
