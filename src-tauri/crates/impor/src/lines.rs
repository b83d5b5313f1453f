//! Rows as they come out of a file, from the top down: first the headings are found among them, then each row becomes
//! a line. Cells of columns that are not used go no further.

use std::collections::BTreeMap;

use domain::{
    Telp,
    impor::{BARIS_MAX, Catatan, Kolom, Line},
};

use crate::{
    Berkas, HEADINGS_WITHIN, InvalidBerkas, JenisBerkas,
    headings::{self, Headings, Used},
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
    /// What spans this row from above, with the row in which it stands.
    pub(crate) merged: BTreeMap<u32, (u32, String)>,
}

impl Row {
    /// Puts a text into a cell: as much of it as is looked at, and none that stands too far out.
    pub(crate) fn put(&mut self, column: u32, text: &str) {
        if column < COLUMNS_MAX && !text.is_empty() {
            self.cells.insert(column, text::cut(text, CELL_MAX).to_owned());
        }
    }

    fn bytes(&self) -> usize {
        let merged = self.merged.values().map(|(_, text)| text);
        self.cells.values().chain(merged).map(String::len).sum()
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
        let used = headings.used.into_iter();
        let used = used
            .flat_map(|Used { kolom, columns }| columns.into_iter().map(move |column| (kolom, column.name)));
        Ok(Berkas {
            jenis,
            baris_judul: headings.last_row,
            dipakai: used.collect(),
            dibuang: headings.unused,
            baris,
        })
    }
}

impl Found {
    /// Keeps what is used of a row. A row without a name and without a number, such as a sum or a signature, is nobody.
    fn keep(&mut self, row: &Row) -> Result<(), InvalidBerkas> {
        let mut isi = BTreeMap::new();
        let mut catatan = Vec::new();
        for used in &self.headings.used {
            let cells: Vec<_> =
                used.columns.iter().filter_map(|column| self.cell(row, used.kolom, column.column)).collect();
            let Some((first, others)) = cells.split_first() else { continue };
            if others.iter().any(|other| !is_same(used.kolom, first, other)) {
                catatan.push(Catatan::DuaIsi);
            }
            isi.insert(used.kolom, first.clone());
        }
        catatan.dedup();
        let tells =
            [Kolom::Nama, Kolom::Nuptk, Kolom::Nip, Kolom::Email].iter().any(|kolom| isi.contains_key(kolom));
        if !tells || is_numbering(&isi) {
            return Ok(());
        }
        if self.baris.len() >= BARIS_MAX {
            return Err(InvalidBerkas::TooManyRows);
        }
        self.baris.push(Line { nomor: row.nomor, isi, catatan });
        Ok(())
    }

    /// What stands in a cell, or spans it from above: nobody is somebody else's name or number.
    fn cell(&self, row: &Row, kolom: Kolom, column: u32) -> Option<String> {
        let spans = |first: u32| !kolom.tells_who() && first > self.headings.last_row;
        let merged = || row.merged.get(&column).filter(|(first, _)| spans(*first)).map(|(_, text)| text);
        let text = row.cells.get(&column).or_else(merged)?;
        Some(text::cell(text)).filter(|text| !text.is_empty())
    }
}

/// Whether two cells say the same: a telephone number may be written in several ways.
fn is_same(kolom: Kolom, one: &str, other: &str) -> bool {
    let number = |text: &str| Telp::parse(text).ok().filter(|_| kolom == Kolom::Telp);
    one == other || number(one).is_some_and(|one| Some(one) == number(other))
}

/// Whether the row only numbers the columns, as forms do below the headings.
fn is_numbering(isi: &BTreeMap<Kolom, String>) -> bool {
    isi.values().all(|text| text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit()))
}
