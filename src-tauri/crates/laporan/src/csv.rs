//! CSV for spreadsheets: UTF-8 with a byte order mark, which tells Excel so, and no cell that a spreadsheet would take
//! for a formula.

use std::{borrow::Cow, io::Write};

use csv::{Writer, WriterBuilder};

use crate::{
    Report, Result,
    cell::{Cell, Table},
    tables,
};

const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

/// A report: its tables one after the other, each with its title and its columns. An empty line stands between two.
///
/// # Errors
/// [`Error::Csv`](crate::Error::Csv).
pub fn csv(report: &Report) -> Result<Vec<u8>> {
    of(&tables::all(report))
}

/// Tables one after the other.
pub(crate) fn of(tables: &[Table]) -> Result<Vec<u8>> {
    let mut file = begin(Vec::new())?;
    for (number, table) in tables.iter().enumerate() {
        if number > 0 {
            file.write_record([""])?;
        }
        write(&mut file, table)?;
    }
    finish(file)
}

/// Begins a file.
pub(crate) fn begin<W: Write>(mut to: W) -> Result<Writer<W>> {
    to.write_all(BYTE_ORDER_MARK)?;
    Ok(WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer(to))
}

/// Ends a file.
pub(crate) fn finish<W: Write>(file: Writer<W>) -> Result<W> {
    file.into_inner().map_err(|error| error.into_error().into())
}

fn write<W: Write>(file: &mut Writer<W>, table: &Table) -> Result<()> {
    file.write_record([table.title])?;
    file.write_record(table.columns.iter().map(|column| harmless(&column.title).into_owned()))?;
    table.rows.iter().try_for_each(|row| record(file, row))
}

/// Writes a row.
pub(crate) fn record<W: Write>(file: &mut Writer<W>, row: &[Cell]) -> Result<()> {
    Ok(file.write_record(row.iter().map(plain))?)
}

/// A value for programs: numbers with a point, lengths of time in seconds, days as `YYYY-MM-DD`.
fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => harmless(text).into_owned(),
        Cell::Count(n) => n.to_string(),
        Cell::Decimal(value) | Cell::Percent(value) => format!("{value:.2}"),
        Cell::Seconds(seconds) => {
            format!("{seconds:.3}").trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        Cell::Date(day) => day.to_string(),
        Cell::Instant(at) => at.format("%Y-%m-%d %H:%M:%S").to_string(),
    }
}

/// A text that no spreadsheet calculates: what begins like a formula gets an apostrophe before it.
///
/// A spreadsheet that separates by `;` or tabs, as in Indonesia, begins a cell in the midst of a text. So what stands
/// behind such a sign is a beginning, too.
pub fn harmless(text: &str) -> Cow<'_, str> {
    let mut safe = String::new();
    let (mut begins, mut kept) = (true, 0);
    for (at, c) in text.char_indices() {
        if begins && is_sign(c) {
            safe.push_str(&text[kept..at]);
            safe.push('\'');
            kept = at;
        }
        begins = separates(c) || begins && matches!(c, ' ' | '"');
    }
    match kept {
        0 if safe.is_empty() => Cow::Borrowed(text),
        _ => Cow::Owned(safe + &text[kept..]),
    }
}

/// What a formula begins with, in the width of either script, and what may stand before it.
fn is_sign(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}')
}

fn separates(c: char) -> bool {
    matches!(c, ';' | '|' | '\t' | '\r' | '\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_like_a_formula_is_text() {
        for evil in ["=1+1", "+628", "-2", "@SUM(A1)"] {
            assert_eq!(harmless(evil), format!("'{evil}"));
        }
        for (evil, safe) in [
            ("Budi;=1+1", "Budi;'=1+1"),
            ("Budi; @SUM(A1)", "Budi; '@SUM(A1)"),
            ("a\n=1", "a\n'=1"),
            ("a;\"=1", "a;\"'=1"),
            ("\t=1", "'\t'=1"),
            (" =1", " '=1"),
            ("\u{ff1d}1", "'\u{ff1d}1"),
            ("-1;-2", "'-1;'-2"),
        ] {
            assert_eq!(harmless(evil), safe);
        }
        for plain in ["Rapor", "a=b", "", "'=1", "1-2", "Kelas 7; 8", "a, -b"] {
            assert_eq!(harmless(plain), plain);
        }
    }

    #[test]
    fn numbers_are_for_programs() {
        assert_eq!(plain(&Cell::Seconds(240.0)), "240");
        assert_eq!(plain(&Cell::Seconds(0.25)), "0.25");
        assert_eq!(plain(&Cell::Percent(66.666)), "66.67");
        assert_eq!(plain(&Cell::Count(-3)), "-3");
    }
}
