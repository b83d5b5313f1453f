//! Visits one by one, written row by row to a file, so that it takes no more memory for many of them.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};

use chrono::{DateTime, NaiveDateTime, SubsecRound, Utc};
use chrono_tz::Tz;
use csv::Writer;
use domain::{Jenis, Language, laporan::Visit};
use rust_xlsxwriter::Workbook;

use crate::{
    Report, Result,
    cell::{Cell, Column, columns},
    csv as plain, kata, tables,
    xlsx::{self, Formats},
};

/// Rows of a sheet, without its head. More visits go on in another sheet.
const SHEET_ROWS: u32 = 1_048_575;

/// A file of visits that is being written.
pub struct Visits {
    bahasa: Language,
    zona: Tz,
    file: Kind,
}

enum Kind {
    Csv(Box<Writer<BufWriter<File>>>),
    Xlsx(Box<Sheets>),
}

struct Sheets {
    book: Workbook,
    formats: Formats,
    to: File,
    /// Rows in the last sheet.
    rows: u32,
    sheets: u32,
}

impl Visits {
    /// Begins a CSV file.
    ///
    /// # Errors
    /// The file's.
    pub fn csv(report: &Report, to: File) -> Result<Self> {
        let mut file = plain::begin(BufWriter::new(to))?;
        file.write_record(head(report.bahasa).iter().map(|column| &column.title))?;
        Ok(Self { bahasa: report.bahasa, zona: report.zona, file: Kind::Csv(Box::new(file)) })
    }

    /// Begins a workbook with the report's own tables. What does not fit into memory goes to `folder` meanwhile.
    ///
    /// # Errors
    /// The workbook's.
    pub fn xlsx(report: &Report, to: File, folder: &Path) -> Result<Self> {
        let mut book = xlsx::begin(&report.imprint());
        book.set_tempdir(folder)?;
        let formats = Formats::new();
        for table in tables::all(report) {
            xlsx::write(book.add_worksheet(), &table, &formats)?;
        }
        let sheets = Sheets { book, formats, to, rows: SHEET_ROWS, sheets: 0 };
        Ok(Self { bahasa: report.bahasa, zona: report.zona, file: Kind::Xlsx(Box::new(sheets)) })
    }

    /// Writes a visit.
    ///
    /// # Errors
    /// The file's.
    pub fn add(&mut self, visit: &Visit) -> Result<()> {
        let cells = self.cells(visit);
        match &mut self.file {
            Kind::Csv(file) => plain::record(file, &cells),
            Kind::Xlsx(sheets) => sheets.add(&cells, self.bahasa),
        }
    }

    /// Ends the file.
    ///
    /// # Errors
    /// The file's.
    pub fn finish(self) -> Result<()> {
        match self.file {
            Kind::Csv(file) => Ok(plain::finish(*file)?.flush()?),
            Kind::Xlsx(mut sheets) => {
                if sheets.sheets == 0 {
                    sheets.begin(self.bahasa)?;
                }
                Ok(sheets.book.save_to_writer(sheets.to)?)
            }
        }
    }

    fn cells(&self, visit: &Visit) -> Vec<Cell> {
        let kata = kata::of(self.bahasa);
        let at = |instant| Cell::Instant(self.local(instant));
        let maybe = |instant: Option<DateTime<Utc>>| instant.map_or(Cell::Empty, at);
        let wait = visit.waktu_mulai.map(|mulai| (mulai - visit.waktu_datang).num_milliseconds().max(0));
        vec![
            at(visit.waktu_datang),
            Cell::text(&visit.nama_tamu),
            visit.instansi.as_ref().map_or(Cell::Empty, Cell::text),
            Cell::count(visit.jumlah_orang),
            Cell::text(&visit.nama_guru),
            Cell::text(&visit.keperluan),
            visit.jenis.map_or(Cell::Empty, |jenis| match jenis {
                Jenis::Janji => Cell::text(kata.dengan_janji),
                Jenis::Langsung => Cell::text(kata.tanpa_janji),
            }),
            at(visit.jadwal),
            maybe(visit.waktu_mulai),
            maybe(visit.waktu_selesai),
            wait.map_or(Cell::Empty, |ms| Cell::Seconds(ms as f64 / 1000.0)),
            visit.status.map_or(Cell::Empty, |status| Cell::text(kata::status(self.bahasa, status))),
            Cell::text(if visit.terlambat { kata.ya } else { kata.tidak }),
            visit.rating.map_or(Cell::Empty, |rating| Cell::Count(rating.into())),
        ]
    }

    fn local(&self, instant: DateTime<Utc>) -> NaiveDateTime {
        instant.with_timezone(&self.zona).naive_local().trunc_subsecs(0)
    }
}

impl Sheets {
    fn add(&mut self, cells: &[Cell], bahasa: Language) -> Result<()> {
        if self.rows == SHEET_ROWS {
            self.begin(bahasa)?;
        }
        self.rows += 1;
        let last = self.book.worksheets_mut().last_mut();
        let sheet = last.expect("a sheet was begun");
        xlsx::row(sheet, self.rows, cells, &self.formats)
    }

    fn begin(&mut self, bahasa: Language) -> Result<()> {
        self.sheets += 1;
        self.rows = 0;
        let title = kata::of(bahasa).kunjungan;
        let name = if self.sheets == 1 { title.to_owned() } else { format!("{title} {}", self.sheets) };
        let sheet = self.book.add_worksheet_with_constant_memory()?;
        xlsx::head(sheet, &name, &head(bahasa), &self.formats)
    }
}

fn head(bahasa: Language) -> Vec<Column> {
    let kata = kata::of(bahasa);
    columns([
        (kata.datang, 20.0),
        (kata.tamu, 30.0),
        (kata.instansi, 24.0),
        (kata.orang, 10.0),
        (kata.guru, 30.0),
        (kata.keperluan, 36.0),
        (kata.jenis, 14.0),
        (kata.jadwal, 20.0),
        (kata.bertemu, 20.0),
        (kata.pulang, 20.0),
        (kata.tunggu, 12.0),
        (kata.status, 14.0),
        (kata.terlambat, 11.0),
        (kata.rating, 11.0),
    ])
}
