//! Files of holidays: what a calendar (`.ics`) or a table (`.csv`) brings, day by day. It decides nothing about the
//! book.

mod csv;
mod encoding;
mod ics;
mod kata;
mod tanggal;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use chrono_tz::Tz;
use domain::{
    hari_libur::{HariLibur, JenisLibur, SumberLibur, each_day},
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
    perkiraan: bool,
}

/// Reads a file of either kind. `now` bounds what repeats for ever.
///
/// # Errors
/// It is no calendar and no table, or it holds too much.
pub(crate) fn read(bytes: &[u8], zone: Tz, now: NaiveDate) -> Result<Berkas, FieldError> {
    let text = encoding::text(bytes).ok_or_else(|| {
        FieldError::new(KodeIsian::BukanBerkas, "berkas ini bukan teks; pilih berkas .ics atau .csv")
    })?;
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
    places: BTreeMap<NaiveDate, usize>,
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
                self.berkas.baris.push(HolidayLine { nomor, isi: Err(salah) });
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
            match self.places.get(&tanggal) {
                Some(place) => {
                    if let Ok(known) = &mut self.berkas.baris[*place].isi {
                        join(known, day);
                    }
                }
                None => {
                    self.places.insert(tanggal, self.berkas.baris.len());
                    self.berkas.baris.push(HolidayLine { nomor, isi: Ok(day) });
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

/// The nation's holiday counts more than leave, and that more than the school's own. What is announced is certain.
fn join(known: &mut HariLibur, other: HariLibur) {
    if !known.nama.to_lowercase().contains(&other.nama.to_lowercase()) {
        known.nama = kata::shortened(&format!("{} / {}", known.nama, other.nama));
    }
    known.jenis = known.jenis.min(other.jenis);
    known.perkiraan &= other.perkiraan;
}

#[cfg(test)]
mod tests;
