//! A report as a file: CSV and XLSX to go on working with, PDF to hand in.
//!
//! All three are made of the same tables (`tables`), so that they say the same. Nothing here asks a database: whoever
//! has the figures hands them in.

mod cell;
mod csv;
mod kata;
pub mod logo;
mod number;
mod pdf;
mod survei;
mod tables;
mod visits;
mod xlsx;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::{
    Language, Setelan,
    kop::{Kop, PenandaTangan},
    laporan::{Laporan, LaporanBanding, Period},
};

pub use self::{
    csv::{csv, harmless},
    pdf::pdf,
    survei::SurveyReport,
    visits::Visits,
    xlsx::xlsx,
};

/// A file cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The CSV.
    #[error("the CSV cannot be written: {0}")]
    Csv(#[from] ::csv::Error),
    /// The workbook.
    #[error("the workbook cannot be written: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// The PDF.
    #[error("the PDF cannot be written: {0}")]
    Pdf(String),
    /// The file.
    #[error("the file cannot be written: {0}")]
    File(#[from] std::io::Error),
}

/// What comes of making a file.
pub type Result<T> = std::result::Result<T, Error>;

/// A report, and what stands around it.
#[derive(Clone, Debug)]
pub struct Report {
    /// Which days.
    pub periode: Period,
    /// The figures, and those of the period before if they are to be compared.
    pub banding: LaporanBanding,
    /// In which language it is written.
    pub bahasa: Language,
    /// The school's time zone.
    pub zona: Tz,
    /// When the figures were read.
    pub dibuat_pada: DateTime<Utc>,
    /// The school.
    pub sekolah: School,
}

/// The school as it stands on paper.
#[derive(Clone, Debug, Default)]
pub struct School {
    /// Its name.
    pub nama: String,
    /// Its address; empty if it is not told.
    pub alamat: String,
    /// Its letterhead.
    pub kop: Kop,
    /// Who signs.
    pub penanda_tangan: PenandaTangan,
    /// Its logo as PNG.
    pub logo: Option<Vec<u8>>,
}

impl School {
    /// The school as its settings say, with its logo.
    pub fn of(setelan: &Setelan, logo: Option<Vec<u8>>) -> Self {
        Self {
            nama: setelan.nama_sekolah.clone(),
            alamat: setelan.alamat.clone(),
            kop: setelan.kop.clone(),
            penanda_tangan: setelan.penanda_tangan.clone(),
            logo,
        }
    }
}

/// What every paper says of itself.
struct Imprint<'a> {
    /// What it is.
    judul: &'static str,
    /// Its days in words.
    masa: String,
    bahasa: Language,
    zona: Tz,
    dibuat_pada: DateTime<Utc>,
    sekolah: &'a School,
}

impl Report {
    fn imprint(&self) -> Imprint<'_> {
        Imprint {
            judul: kata::of(self.bahasa).judul,
            masa: self.period_name(),
            bahasa: self.bahasa,
            zona: self.zona,
            dibuat_pada: self.dibuat_pada,
            sekolah: &self.sekolah,
        }
    }

    fn figures(&self) -> &Laporan {
        &self.banding.laporan
    }

    /// Its days in words: `November 2026`.
    pub fn period_name(&self) -> String {
        number::period(self.periode, self.bahasa)
    }

    /// The beginning of a file's name: `laporan-2026-11-01-2026-11-30`.
    pub fn file_stem(&self) -> String {
        file_stem(self.periode)
    }
}

/// The beginning of the name of a file about a period.
pub fn file_stem(periode: Period) -> String {
    format!("laporan-{}-{}", periode.dari, periode.sampai)
}
