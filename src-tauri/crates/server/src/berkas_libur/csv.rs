//! Tables: `tanggal;nama;jenis;perkiraan`, with or without a heading, separated by semicolons, commas or tabs. A column
//! `sampai` makes it several days.

use csv::StringRecord;
use domain::{
    hari_libur::JenisLibur,
    isian::{self, FieldError, FieldErrors, InvalidIsian, KodeIsian, collect},
};
use impor::csv_rows::{CsvRows, told_separator};

use super::{
    collector::{Berkas, Collector, Libur, Salah},
    kata, tanggal,
};

/// Columns among which the headings are looked for.
const COLUMNS_MAX: usize = 200;

/// Where each field stands.
struct Columns {
    tanggal: usize,
    sampai: Option<usize>,
    nama: usize,
    jenis: Option<usize>,
    perkiraan: Option<usize>,
}

/// Without a heading.
const USUAL: Columns = Columns { tanggal: 0, sampai: None, nama: 1, jenis: Some(2), perkiraan: Some(3) };

pub(super) fn read(text: &str) -> Result<Berkas, FieldError> {
    let (told, text) = told_separator(text);
    let mut rows = CsvRows::new(text, told.unwrap_or_else(|| delimiter(text)));
    let mut collector = Collector::default();
    let mut columns = None;
    let damaged = |_| FieldError::new(KodeIsian::BerkasRusak, "tabel ini tidak bisa dibaca");
    while let Some((nomor, record)) = rows.read().map_err(damaged)? {
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let known = match &columns {
            Some(known) => known,
            None => match heading(record)? {
                Some(named) => {
                    columns = Some(named);
                    continue;
                }
                None => columns.insert(USUAL),
            },
        };
        collector.add(nomor as usize, line(record, known))?;
    }
    Ok(collector.berkas)
}

/// What separates the cells: what the first line has most of.
fn delimiter(text: &str) -> u8 {
    let first = text.split(['\r', '\n']).find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |byte: &u8| first.bytes().filter(|other| other == byte).count();
    // The last of the greatest counts wins, so a semicolon does where there is none.
    [b'\t', b',', b';'].into_iter().max_by_key(count).unwrap_or(b';')
}

/// The columns by their names, if the first line has no date in it.
fn heading(record: &StringRecord) -> Result<Option<Columns>, FieldError> {
    let cells = || record.iter().take(COLUMNS_MAX).map(kata::cut);
    if cells().any(|cell| tanggal::parse(cell).is_some()) {
        return Ok(None);
    }
    let find = |names: &[&str]| {
        cells().position(|cell| names.contains(&cell.trim().to_lowercase().replace('_', " ").as_str()))
    };
    let tanggal = find(&["tanggal", "tgl", "dari", "mulai", "date", "start date", "start"]);
    let nama =
        find(&["nama", "hari libur", "nama libur", "keterangan", "uraian", "name", "subject", "summary"]);
    let (Some(tanggal), Some(nama)) = (tanggal, nama) else {
        // One line that is neither: it is told as a wrong line.
        return if tanggal.is_none() && nama.is_none() {
            Ok(None)
        } else {
            Err(FieldError::new(KodeIsian::BukanBerkas, "baris judul perlu kolom tanggal dan nama"))
        };
    };
    Ok(Some(Columns {
        tanggal,
        nama,
        sampai: find(&["sampai", "hingga", "selesai", "end date", "end"]),
        jenis: find(&["jenis", "kategori", "kind", "type"]),
        perkiraan: find(&["perkiraan", "kepastian", "predicted"]),
    }))
}

fn line(record: &StringRecord, columns: &Columns) -> Result<Libur, Salah> {
    let cell = |place: usize| kata::cut(record.get(place).unwrap_or_default().trim());
    let optional = |place: Option<usize>| place.map(cell).unwrap_or_default();
    let mut errors = FieldErrors::new();
    let (named, is_marked) = kata::name(cell(columns.nama));
    let nama = collect(&mut errors, "nama", isian::nama(&named));
    let dari = collect(&mut errors, "tanggal", date(cell(columns.tanggal)));
    let sampai = match optional(columns.sampai) {
        "" => dari,
        text => collect(&mut errors, "sampai", date(text)),
    };
    let is_told = !optional(columns.jenis).is_empty();
    let jenis = collect(&mut errors, "jenis", kind(optional(columns.jenis), &named));
    let perkiraan = collect(&mut errors, "perkiraan", predicted(optional(columns.perkiraan)));
    match (dari, sampai, nama, jenis, perkiraan) {
        (Some(dari), Some(sampai), Some(nama), Some(jenis), Some(perkiraan)) => {
            Ok(Libur { dari, sampai, nama, jenis, is_told, perkiraan: perkiraan || is_marked })
        }
        _ => Err(Salah { tanggal: shown(cell(columns.tanggal)), nama: shown(&named), errors }),
    }
}

/// As much of a cell as a preview shows.
fn shown(text: &str) -> String {
    kata::shortened(text)
}

fn date(text: &str) -> Result<chrono::NaiveDate, FieldError> {
    match text {
        "" => Err(InvalidIsian::Empty.into()),
        text => tanggal::parse(text).ok_or_else(|| {
            FieldError::new(
                KodeIsian::Tanggal,
                "bukan tanggal yang ada; tulis seperti 2026-12-25 atau 25-12-2026",
            )
        }),
    }
}

fn kind(text: &str, name: &str) -> Result<JenisLibur, FieldError> {
    match &*text.to_lowercase().replace('_', " ") {
        "" => Ok(kata::kind(name)),
        "libur nasional" | "nasional" | "national" => Ok(JenisLibur::LiburNasional),
        "cuti bersama" | "cuti" => Ok(JenisLibur::CutiBersama),
        "sekolah" | "libur sekolah" | "school" => Ok(JenisLibur::Sekolah),
        _ => Err("tulis libur_nasional, cuti_bersama, atau sekolah".into()),
    }
}

fn predicted(text: &str) -> Result<bool, FieldError> {
    match &*text.to_lowercase() {
        "" | "tidak" | "t" | "n" | "no" | "0" | "false" | "pasti" | "diumumkan" | "tetap" => Ok(false),
        "ya" | "y" | "yes" | "1" | "true" | "x" | "perkiraan" | "belum pasti" => Ok(true),
        _ => Err("tulis ya atau tidak".into()),
    }
}
