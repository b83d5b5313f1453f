//! Excel's files since 2007, cell by cell: a sheet is never held as a whole, however far apart its cells stand.

use std::{
    borrow::Cow,
    io::{self, Cursor, Read},
};

use calamine::{DataRef, Reader, Xlsx, XlsxError};
use zip::ZipArchive;

use crate::{
    InvalidBerkas,
    biner::number,
    lines::{Lines, Row},
    merged::Merged,
};

/// Bytes of an unpacked file. A list of five thousand people takes a tenth of it.
const UNPACKED_MAX_BYTES: u64 = 64 << 20;

pub(crate) fn read(bytes: &[u8], lines: &mut Lines) -> Result<(), InvalidBerkas> {
    measure(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => InvalidBerkas::Protected,
        _ => InvalidBerkas::Damaged,
    })?;
    for name in book.sheet_names() {
        if read_sheet(&mut book, &name, lines)? {
            break;
        }
    }
    Ok(())
}

/// Unpacks everything once without keeping it. What a file says of its sizes is not believed.
fn measure(bytes: &[u8]) -> Result<(), InvalidBerkas> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| InvalidBerkas::Damaged)?;
    let mut left = UNPACKED_MAX_BYTES;
    for n in 0..archive.len() {
        let entry = archive.by_index(n).map_err(|_| InvalidBerkas::Damaged)?;
        let size =
            io::copy(&mut entry.take(left + 1), &mut io::sink()).map_err(|_| InvalidBerkas::Damaged)?;
        left = left.checked_sub(size).ok_or(InvalidBerkas::TooLarge)?;
    }
    Ok(())
}

/// Whether the sheet had headings.
fn read_sheet(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, lines: &mut Lines) -> Result<bool, InvalidBerkas> {
    let mut merged = Merged::default();
    // A sheet that cannot tell what spans its rows is read without.
    for span in book.merge_cells_by_sheet_name(name).unwrap_or_default() {
        merged.add(span.start.1, span.start.0.saturating_add(1), span.end.0.saturating_add(1));
    }
    let Ok(mut cells) = book.worksheet_cells_reader(name) else { return Ok(false) };
    let mut row = Row::default();
    while let Some(cell) = cells.next_cell().map_err(|_| InvalidBerkas::Damaged)? {
        let (at, column) = cell.get_position();
        let nomor = at.saturating_add(1);
        if nomor != row.nomor {
            let mut whole = std::mem::replace(&mut row, Row { nomor, ..Row::default() });
            merged.complete(&mut whole);
            if !lines.take(whole)? {
                break;
            }
        }
        if let Some(text) = shown(cell.get_value()) {
            row.put(column, &text);
        }
    }
    merged.complete(&mut row);
    lines.take(row)?;
    lines.end_of_sheet()
}

/// A text that many cells share is never copied as a whole.
fn shown<'a>(value: &'a DataRef<'_>) -> Option<Cow<'a, str>> {
    match value {
        DataRef::String(text) => Some(Cow::Borrowed(text)),
        DataRef::SharedString(text) => Some(Cow::Borrowed(text)),
        DataRef::Int(whole) => Some(Cow::Owned(whole.to_string())),
        DataRef::Float(value) => Some(Cow::Owned(number(*value))),
        // No column that is used holds a date or a truth.
        _ => None,
    }
}
