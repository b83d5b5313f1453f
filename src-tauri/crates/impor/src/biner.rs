//! Excel's binary files from before 2007. calamine reads them and is given only what it can hold: it makes room for
//! every cell between the first and the last, and stops where a file is damaged in ways it does not expect.

use std::{
    borrow::Cow,
    io::{Cursor, Read},
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{Data, Reader, Xls, XlsError};

use crate::{
    InvalidBerkas,
    lines::{Lines, Row},
    merged::Merged,
};

/// Columns and rows of a sheet for which room is made.
const COLUMNS_MAX: u16 = 256;
const ROWS_MAX: u16 = 20_000;

pub(crate) fn read(bytes: &[u8], lines: &mut Lines) -> Result<(), InvalidBerkas> {
    measure(bytes)?;
    let open = || Xls::new(Cursor::new(bytes));
    let book = catch_unwind(AssertUnwindSafe(open)).map_err(|_| InvalidBerkas::Damaged)?;
    let mut book: Xls<_> = book.map_err(|error| match error {
        XlsError::Password => InvalidBerkas::Protected,
        _ => InvalidBerkas::Damaged,
    })?;
    for name in book.sheet_names() {
        let Ok(range) = book.worksheet_range(&name) else { continue };
        let mut merged = Merged::default();
        for span in book.merge_cells_by_sheet_name(&name).unwrap_or_default() {
            merged.add(span.start.1, span.start.0.saturating_add(1), span.end.0.saturating_add(1));
        }
        let (first_row, first_column) = range.start().unwrap_or_default();
        for (nomor, cells) in (first_row + 1..).zip(range.rows()) {
            let mut row = Row { nomor, ..Row::default() };
            for (column, value) in (first_column..).zip(cells) {
                if let Some(text) = shown(value) {
                    row.put(column, &text);
                }
            }
            merged.complete(&mut row);
            if !lines.take(row)? {
                break;
            }
        }
        if lines.end_of_sheet()? {
            break;
        }
    }
    Ok(())
}

/// Looks through the records of the book for cells that stand too far out. [MS-XLS] 2.1.4: a record is its kind, its
/// length, and its content, which for a cell begins with row and column.
fn measure(bytes: &[u8]) -> Result<(), InvalidBerkas> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| InvalidBerkas::Damaged)?;
    let mut book = Vec::new();
    let name = ["/Workbook", "/Book"].into_iter().find(|name| file.is_stream(name));
    let Some(name) = name else {
        // A workbook of today that is encrypted stands in such a file, too.
        let is_encrypted = file.is_stream("/EncryptedPackage");
        return Err(if is_encrypted { InvalidBerkas::Protected } else { InvalidBerkas::UnknownKind });
    };
    let stream = file.open_stream(name).map_err(|_| InvalidBerkas::Damaged)?;
    stream.take(bytes.len() as u64 + 1).read_to_end(&mut book).map_err(|_| InvalidBerkas::Damaged)?;
    let mut rest = &book[..];
    while let [kind_low, kind_high, length_low, length_high, after @ ..] = rest {
        let kind = u16::from_le_bytes([*kind_low, *kind_high]);
        let length = usize::from(u16::from_le_bytes([*length_low, *length_high]));
        let Some((content, next)) = after.split_at_checked(length) else { break };
        if let ([row_low, row_high, column_low, column_high, ..], true) = (content, is_cell(kind)) {
            let row = u16::from_le_bytes([*row_low, *row_high]);
            let column = u16::from_le_bytes([*column_low, *column_high]);
            if row >= ROWS_MAX || column >= COLUMNS_MAX {
                return Err(InvalidBerkas::TooLarge);
            }
        }
        rest = next;
    }
    Ok(())
}

/// FORMULA, MULRK, MULBLANK, RSTRING, LABELSST, BLANK, NUMBER, LABEL, BOOLERR, RK, and those of older versions.
fn is_cell(kind: u16) -> bool {
    matches!(
        kind,
        0x0006
            | 0x00BD
            | 0x00BE
            | 0x00D6
            | 0x00FD
            | 0x0201
            | 0x0203
            | 0x0204
            | 0x0205
            | 0x027E
            | 0x0406
            | 0x0001..=0x0005
    )
}

fn shown(value: &Data) -> Option<Cow<'_, str>> {
    match value {
        Data::String(text) => Some(Cow::Borrowed(text)),
        Data::Int(whole) => Some(Cow::Owned(whole.to_string())),
        Data::Float(value) => Some(Cow::Owned(number(*value))),
        _ => None,
    }
}

/// A number as it is written. Excel keeps 15 digits; of a longer number it has lost the last ones, and shows it as a
/// power of ten.
pub(crate) fn number(value: f64) -> String {
    const KEPT: f64 = 1e15;
    if value.fract() == 0.0 && value.abs() >= KEPT { format!("{value:E}") } else { value.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_lost_digits_can_be_told() {
        assert_eq!(number(81_234_567_890.0), "81234567890");
        assert_eq!(number(7.5), "7.5");
        assert_eq!(number(198_503_152_010_012_000.0), "1.98503152010012E17");
    }
}
