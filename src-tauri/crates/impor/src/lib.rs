//! Reads a list of people from a file, whatever kind it is of: CSV, .xlsx, .xls, XML Spreadsheet 2003.
//!
//! The kind is told by the content, never by the name. The row of headings is found by its names. Only columns that
//! are used are kept; a cell of any other column is dropped with the row that it stands in, and nothing of a file is
//! ever logged. What becomes of the lines is decided in `domain::impor`.

mod biner;
pub mod csv_rows;
mod csv_text;
pub mod dapodik;
mod headings;
mod lines;
mod merged;
mod text;
mod xlsx;
mod xml;

pub use domain::impor::InvalidBerkas;
use domain::impor::{Golongan, Kolom, Line};

use lines::Lines;
pub use text::decode;

/// Bytes of a file that are read: 8 MiB.
pub const FILE_MAX_BYTES: usize = 8 << 20;

/// Rows from the top among which the headings are looked for.
const HEADINGS_WITHIN: usize = 30;

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Berkas {
    /// Its kind.
    pub jenis: JenisBerkas,
    /// The row of the headings, from 1 on.
    pub baris_judul: u32,
    /// The headings of the columns that are used, with what they mean.
    pub dipakai: Vec<(Kolom, String)>,
    /// The headings of the columns that are thrown away.
    pub dibuang: Vec<(Golongan, String)>,
    /// The people.
    pub baris: Vec<Line>,
}

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JenisBerkas {
    /// Text with a separator.
    Csv,
    /// Excel since 2007.
    Xlsx,
    /// Excel before that.
    Xls,
    /// Excel's XML of 2003, mostly named .xls.
    Xml,
    /// The answer of the register's server.
    Dapodik,
}

impl JenisBerkas {
    /// The word for programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Xml => "xml",
            Self::Dapodik => "dapodik",
        }
    }
}

/// Reads a file.
///
/// # Errors
/// [`InvalidBerkas`].
pub fn read(bytes: &[u8]) -> Result<Berkas, InvalidBerkas> {
    if bytes.len() > FILE_MAX_BYTES {
        return Err(InvalidBerkas::TooLarge);
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(InvalidBerkas::Empty);
    }
    let jenis = kind(bytes)?;
    let mut lines = Lines::default();
    match jenis {
        JenisBerkas::Xlsx => xlsx::read(bytes, &mut lines)?,
        JenisBerkas::Xls => biner::read(bytes, &mut lines)?,
        JenisBerkas::Xml => xml::read(&text::decode(bytes), &mut lines)?,
        JenisBerkas::Csv | JenisBerkas::Dapodik => csv_text::read(&text::decode(bytes), &mut lines)?,
    }
    lines.finish(jenis)
}

/// The kind of a file by its first bytes.
fn kind(bytes: &[u8]) -> Result<JenisBerkas, InvalidBerkas> {
    const ZIP: &[u8] = b"PK\x03\x04";
    const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    if bytes.starts_with(ZIP) {
        return Ok(JenisBerkas::Xlsx);
    }
    if bytes.starts_with(COMPOUND) {
        return Ok(JenisBerkas::Xls);
    }
    let is_wide = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    let start = text::decode(&bytes[..bytes.len().min(4096)]);
    let start = start.trim_start().to_ascii_lowercase();
    if start.contains("<workbook") || start.contains(":workbook") || start.contains("office:spreadsheet") {
        return Ok(JenisBerkas::Xml);
    }
    let is_page =
        ["<html", "<!doctype", "<table", "<?xml", "%pdf", "{", "["].iter().any(|tag| start.starts_with(tag));
    let is_binary = !is_wide && bytes.iter().take(4096).any(|byte| *byte == 0);
    if is_page || is_binary { Err(InvalidBerkas::UnknownKind) } else { Ok(JenisBerkas::Csv) }
}
