//! The lines of a file of holidays, as they are collected from a calendar or a table.

use std::collections::{BTreeMap, btree_map::Entry};

use chrono::NaiveDate;
use domain::{
    hari_libur::{CatatanLibur, HariLibur, JenisLibur, SumberLibur, each_day},
    isian::{FieldError, FieldErrors, HARI_PERTAMA, HARI_TERAKHIR, KodeIsian},
};

use super::kata;

/// Days of one file, at most.
pub(super) const HARI_MAX: usize = 2000;

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
pub(super) struct Libur {
    pub(super) dari: NaiveDate,
    pub(super) sampai: NaiveDate,
    pub(super) nama: String,
    pub(super) jenis: JenisLibur,
    /// The file says whose it is; else its name does.
    pub(super) is_told: bool,
    pub(super) perkiraan: bool,
}

pub(super) fn too_many() -> FieldError {
    let teks = format!("paling banyak {HARI_MAX} hari dalam satu berkas");
    FieldError { batas: vec![1, HARI_MAX as i64], ..FieldError::new(KodeIsian::Rentang, teks) }
}

/// Collects the lines of a file. Two names of one day become one holiday.
#[derive(Default)]
pub(super) struct Collector {
    pub(super) berkas: Berkas,
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
    pub(super) fn add(&mut self, nomor: usize, isi: Result<Libur, Salah>) -> Result<(), FieldError> {
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

    pub(super) fn skip(&mut self) {
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
