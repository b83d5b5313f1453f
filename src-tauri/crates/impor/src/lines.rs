//! Rows as they come out of a file, from the top down: first the headings are found among them, then each row becomes
//! a line. Cells of columns that are not used go no further.

use std::collections::BTreeMap;

use domain::impor::{BARIS_MAX, Kolom, Line};

use crate::{
    Berkas, HEADINGS_WITHIN, InvalidBerkas, JenisBerkas,
    headings::{self, Headings},
    text,
};

/// Characters of a cell that are looked at. No field takes as many, so what is longer is told to be too long.
pub(crate) const CELL_MAX: usize = 1000;

/// Columns from the left that are looked at. The register's widest list has some sixty.
pub(crate) const COLUMNS_MAX: u32 = 200;

/// Bytes of all cells together. A file that has one long text in many cells is far smaller than what it says.
const TEXT_MAX_BYTES: usize = 16 << 20;

/// A row: its number in the file, from 1 on, and its cells by their columns, from 0 on.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    pub(crate) nomor: u32,
    pub(crate) cells: BTreeMap<u32, String>,
}

impl Row {
    /// Puts a text into a cell: as much of it as is looked at, and none that stands too far out.
    pub(crate) fn put(&mut self, column: u32, text: &str) {
        if column < COLUMNS_MAX && !text.is_empty() {
            self.cells.insert(column, text::cut(text, CELL_MAX).to_owned());
        }
    }

    fn bytes(&self) -> usize {
        self.cells.values().map(String::len).sum()
    }
}

/// Takes rows, and keeps of them what is used.
#[derive(Default)]
pub(crate) struct Lines {
    /// The rows at the top, until the headings are found among them.
    top: Vec<Row>,
    found: Option<Found>,
    /// Bytes of all cells so far.
    bytes: usize,
}

struct Found {
    headings: Headings,
    baris: Vec<Line>,
}

impl Lines {
    /// Takes a row. `false`: there is no use in more of them.
    pub(crate) fn take(&mut self, row: Row) -> Result<bool, InvalidBerkas> {
        self.bytes += row.bytes();
        if self.bytes > TEXT_MAX_BYTES {
            return Err(InvalidBerkas::TooLarge);
        }
        if row.cells.values().all(|text| text.trim().is_empty()) {
            return Ok(true);
        }
        if let Some(found) = &mut self.found {
            found.keep(&row)?;
            return Ok(true);
        }
        let is_near = row.nomor as usize <= HEADINGS_WITHIN + 1;
        if is_near {
            self.top.push(row);
            return Ok(true);
        }
        self.find_headings()?;
        let Some(found) = &mut self.found else { return Ok(false) };
        found.keep(&row)?;
        Ok(true)
    }

    /// The end of a sheet. `true` if it had headings, so that no other sheet is wanted.
    pub(crate) fn end_of_sheet(&mut self) -> Result<bool, InvalidBerkas> {
        if self.found.is_none() {
            self.find_headings()?;
            self.top.clear();
        }
        Ok(self.found.is_some())
    }

    /// How well the headings were understood.
    pub(crate) fn score(&self) -> usize {
        self.found.as_ref().map_or(0, |found| found.headings.used.len())
    }

    fn find_headings(&mut self) -> Result<(), InvalidBerkas> {
        let top = std::mem::take(&mut self.top);
        let Some(headings) = headings::find(&top) else { return Ok(()) };
        let mut found = Found { headings, baris: Vec::new() };
        let last = found.headings.last_row;
        top.iter().filter(|row| row.nomor > last).try_for_each(|row| found.keep(row))?;
        self.found = Some(found);
        Ok(())
    }

    /// What was read.
    pub(crate) fn finish(mut self, jenis: JenisBerkas) -> Result<Berkas, InvalidBerkas> {
        self.end_of_sheet()?;
        let Found { headings, baris } = self.found.ok_or(InvalidBerkas::NoHeadings)?;
        if baris.is_empty() {
            return Err(InvalidBerkas::NoRows);
        }
        Ok(Berkas {
            jenis,
            baris_judul: headings.last_row,
            dipakai: headings.used.into_iter().map(|used| (used.kolom, used.name)).collect(),
            dibuang: headings.unused,
            baris,
        })
    }
}

impl Found {
    /// Keeps what is used of a row. A row without a name and without a number, such as a sum or a signature, is nobody.
    fn keep(&mut self, row: &Row) -> Result<(), InvalidBerkas> {
        let cell =
            |column: u32| row.cells.get(&column).map(|text| text::cell(text)).filter(|text| !text.is_empty());
        let used = self.headings.used.iter();
        let isi: BTreeMap<Kolom, String> =
            used.filter_map(|used| Some((used.kolom, cell(used.column)?))).collect();
        let tells =
            [Kolom::Nama, Kolom::Nuptk, Kolom::Nip, Kolom::Email].iter().any(|kolom| isi.contains_key(kolom));
        if !tells || is_numbering(&isi) {
            return Ok(());
        }
        if self.baris.len() >= BARIS_MAX {
            return Err(InvalidBerkas::TooManyRows);
        }
        self.baris.push(Line { nomor: row.nomor, isi });
        Ok(())
    }
}

/// Whether the row only numbers the columns, as forms do below the headings.
fn is_numbering(isi: &BTreeMap<Kolom, String>) -> bool {
    isi.values().all(|text| text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit()))
}
