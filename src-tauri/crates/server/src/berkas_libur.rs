//! Files of holidays: what a calendar (`.ics`) or a table (`.csv`) brings, day by day. It decides nothing about the
//! book.

mod csv;
mod ics;
mod kata;
mod tanggal;

use std::{
    borrow::Cow,
    collections::{BTreeMap, btree_map::Entry},
};

use chrono::NaiveDate;
use chrono_tz::Tz;
use domain::{
    hari_libur::{CatatanLibur, HariLibur, JenisLibur, SumberLibur, each_day},
    isian::{FieldError, FieldErrors, HARI_PERTAMA, HARI_TERAKHIR, KodeIsian},
};

/// Days of one file, at most.
const HARI_MAX: usize = 2000;

/// What a file brings.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Berkas {
    /// Each day once, in the order of the file.
    pub(crate) baris: Vec<HolidayLine>,
    /// Entries that are no holidays: observances, what was called off, and what lasts only some hours.
    pub(crate) dilewati: usize,
}

/// A day, or what is wrong with a line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct HolidayLine {
    /// The line of a table, or the place of an entry among a calendar's.
    pub(crate) nomor: usize,
    pub(crate) isi: Result<HariLibur, Salah>,
    /// What else is to be known of it.
    pub(crate) catatan: Vec<CatatanLibur>,
}

/// A line that cannot be read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Salah {
    /// The day as it stands there.
    pub(crate) tanggal: String,
    /// The name as it stands there.
    pub(crate) nama: String,
    pub(crate) errors: FieldErrors,
}

/// Some days under one name.
struct Libur {
    dari: NaiveDate,
    sampai: NaiveDate,
    nama: String,
    jenis: JenisLibur,
    /// The file says whose it is; else its name does.
    is_told: bool,
    perkiraan: bool,
}

/// Reads a file of either kind. `now` bounds what repeats for ever.
///
/// # Errors
/// It is no calendar and no table, or it holds too much.
pub(crate) fn read(bytes: &[u8], zone: Tz, now: NaiveDate) -> Result<Berkas, FieldError> {
    const CALENDAR: &[u8] = b"BEGIN:VCALENDAR";
    let start = bytes.trim_ascii_start();
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start();
    let is_plain = start.get(..CALENDAR.len()).is_some_and(|start| start.eq_ignore_ascii_case(CALENDAR));
    // A line may be folded within a character, so that is undone before the bytes become text.
    let bytes = if is_plain { Cow::Owned(ics::unfolded(start)) } else { Cow::Borrowed(bytes) };
    let text = impor::decode(&bytes);
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        let teks = "berkas ini bukan teks; pilih berkas .ics atau .csv";
        return Err(FieldError::new(KodeIsian::BukanBerkas, teks));
    }
    let is_calendar = text.trim_start().get(..15).is_some_and(|s| s.eq_ignore_ascii_case("BEGIN:VCALENDAR"));
    let berkas = if is_calendar { ics::read(&text, zone, now)? } else { csv::read(&text)? };
    match berkas.baris.len() {
        0 => Err(FieldError::new(KodeIsian::BerkasKosong, "tidak ada hari libur dalam berkas ini")),
        _ => Ok(berkas),
    }
}

fn too_many() -> FieldError {
    let teks = format!("paling banyak {HARI_MAX} hari dalam satu berkas");
    FieldError { batas: vec![1, HARI_MAX as i64], ..FieldError::new(KodeIsian::Rentang, teks) }
}

/// Collects the lines of a file. Two names of one day become one holiday.
#[derive(Default)]
struct Collector {
    berkas: Berkas,
    /// Where each day stands, and whether the file says whose it is.
    places: BTreeMap<NaiveDate, (usize, bool)>,
    /// Days and wrong lines so far, also those days that another line named before.
    taken: usize,
}

impl Collector {
    /// Takes a line.
    ///
    /// # Errors
    /// The file holds too much. So nothing that follows is looked at.
    fn add(&mut self, nomor: usize, isi: Result<Libur, Salah>) -> Result<(), FieldError> {
        let libur = match isi.and_then(within_reason) {
            Ok(libur) => libur,
            Err(salah) => {
                self.count()?;
                self.berkas.baris.push(HolidayLine { nomor, isi: Err(salah), catatan: Vec::new() });
                return Ok(());
            }
        };
        for tanggal in each_day(libur.dari, libur.sampai) {
            self.count()?;
            let day = HariLibur {
                tanggal,
                nama: libur.nama.clone(),
                jenis: libur.jenis,
                perkiraan: libur.perkiraan,
                sumber: SumberLibur::Impor,
            };
            let place = (self.berkas.baris.len(), libur.is_told);
            match self.places.entry(tanggal) {
                Entry::Occupied(mut known) => {
                    let (place, is_told) = known.get_mut();
                    join(&mut self.berkas.baris[*place], is_told, day, libur.is_told);
                }
                Entry::Vacant(free) => {
                    free.insert(place);
                    self.berkas.baris.push(HolidayLine { nomor, isi: Ok(day), catatan: Vec::new() });
                }
            }
        }
        Ok(())
    }

    fn count(&mut self) -> Result<(), FieldError> {
        self.taken += 1;
        if self.taken > HARI_MAX { Err(too_many()) } else { Ok(()) }
    }

    fn skip(&mut self) {
        self.berkas.dilewati += 1;
    }
}

/// A holiday lasts at most a year and lies in this millennium.
fn within_reason(libur: Libur) -> Result<Libur, Salah> {
    let wrong = |field: &str, error: FieldError| Salah {
        tanggal: libur.dari.to_string(),
        nama: libur.nama.clone(),
        errors: FieldErrors::from([(field.to_owned(), error)]),
    };
    if libur.dari < HARI_PERTAMA || libur.sampai > HARI_TERAKHIR {
        return Err(wrong("tanggal", FieldError::new(KodeIsian::Tanggal, "bukan tanggal milenium ini")));
    }
    if libur.sampai < libur.dari {
        let teks = "harus pada atau setelah tanggal pertama";
        return Err(wrong("sampai", FieldError::new(KodeIsian::SebelumMulai, teks)));
    }
    if (libur.sampai - libur.dari).num_days() >= 366 {
        let error = FieldError::new(KodeIsian::Rentang, "paling lama 366 hari");
        return Err(wrong("sampai", FieldError { batas: vec![1, 366], ..error }));
    }
    Ok(libur)
}

/// Puts another name of a day to the one before. What is announced is certain. Whose day it is the file says, else its
/// names; the nation's holiday counts more than leave, and that more than the school's own.
fn join(line: &mut HolidayLine, is_told: &mut bool, other: HariLibur, is_other_told: bool) {
    let HolidayLine { isi: Ok(known), catatan, .. } = line else { return };
    let mut note = |of: CatatanLibur| {
        if !catatan.contains(&of) {
            catatan.push(of);
        }
    };
    if !known.nama.to_lowercase().contains(&other.nama.to_lowercase()) {
        known.nama = kata::shortened(&format!("{} / {}", known.nama, other.nama));
        note(CatatanLibur::DuaNama);
    }
    if known.jenis != other.jenis {
        note(CatatanLibur::DuaJenis);
    }
    known.jenis = match (*is_told, is_other_told) {
        (true, false) => known.jenis,
        (false, true) => other.jenis,
        _ => known.jenis.min(other.jenis),
    };
    *is_told |= is_other_told;
    known.perkiraan &= other.perkiraan;
}

#[cfg(test)]
mod tests;
