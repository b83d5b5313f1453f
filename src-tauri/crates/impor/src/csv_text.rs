//! Text with a separator: semicolon, comma or tab, whichever makes the most of the headings.

use crate::{
    InvalidBerkas,
    csv_rows::{CsvRows, told_separator},
    lines::{COLUMNS_MAX, Lines, Row},
};

const SEPARATORS: [u8; 3] = [b';', b',', b'\t'];

/// Ends of lines from the top that a separator is tried on: forty lines that end in two characters.
const TRIED_ENDS: usize = 80;

pub(crate) fn read(text: &str, lines: &mut Lines) -> Result<(), InvalidBerkas> {
    let (told, text) = told_separator(text);
    let end = text.match_indices(['\r', '\n']).nth(TRIED_ENDS).map_or(text.len(), |(at, _)| at);
    let mut best = (0, told.unwrap_or(SEPARATORS[0]));
    for separator in told.into_iter().chain(SEPARATORS) {
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
    let mut rows = CsvRows::new(text, separator);
    while let Some((nomor, record)) = rows.read().map_err(|_| InvalidBerkas::Damaged)? {
        let mut row = Row { nomor, ..Row::default() };
        (0..COLUMNS_MAX).zip(record.iter()).for_each(|(column, text)| row.put(column, text));
        if !lines.take(row)? {
            break;
        }
    }
    Ok(())
}
