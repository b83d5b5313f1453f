//! Days on which the school is closed: holidays, and days of the week on which nobody works.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use serde::Serialize;

use crate::{Setelan, words::words};

words! {
    /// Whose holiday it is.
    pub enum JenisLibur, else UnknownJenisLibur "jenis libur tidak dikenal" {
        /// The nation's.
        LiburNasional = "libur_nasional",
        /// Leave that the government gives beside it.
        CutiBersama = "cuti_bersama",
        /// The school's own, such as those between two terms.
        Sekolah = "sekolah",
    }
}

words! {
    /// How a holiday came into the book.
    pub enum SumberLibur, else UnknownSumberLibur "sumber libur tidak dikenal" {
        /// From a file.
        Impor = "impor",
        /// Entered by hand. No file changes it.
        Manual = "manual",
    }
}

/// A holiday.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HariLibur {
    /// The day.
    pub tanggal: NaiveDate,
    /// What it is called.
    pub nama: String,
    /// Whose it is.
    pub jenis: JenisLibur,
    /// Predicted, not announced yet.
    pub perkiraan: bool,
    /// How it came into the book.
    pub sumber: SumberLibur,
}

words! {
    /// What a line of a file does to the book.
    pub enum TindakanLibur, else UnknownTindakanLibur "tindakan tidak dikenal" {
        /// A new holiday.
        Buat = "buat",
        /// Another name or kind, or announced now.
        Ubah = "ubah",
        /// It is there already, or a day that was entered by hand is.
        Tetap = "tetap",
        /// It cannot be read, so nothing of the file is taken.
        Salah = "salah",
    }
}

impl HariLibur {
    /// What a file that brings this day does, where `known` is in the book.
    pub fn brought(&self, known: Option<&Self>) -> TindakanLibur {
        match known {
            None => TindakanLibur::Buat,
            Some(known) if known.sumber == SumberLibur::Manual || known == self => TindakanLibur::Tetap,
            Some(_) => TindakanLibur::Ubah,
        }
    }
}

/// Why the school is closed on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tutup<'a> {
    /// A holiday.
    Libur(&'a HariLibur),
    /// Nobody works on that day of the week.
    HariTutup,
}

impl Tutup<'_> {
    /// The holiday's name; none of a day of the week.
    pub fn nama(&self) -> Option<&str> {
        match self {
            Self::Libur(libur) => Some(&libur.nama),
            Self::HariTutup => None,
        }
    }
}

/// When the school is closed.
#[derive(Clone, Debug)]
pub struct Closed {
    libur: BTreeMap<NaiveDate, HariLibur>,
    hari_kerja: Vec<u8>,
}

impl Closed {
    /// Never: what is asked for although the school is closed.
    pub fn never() -> Self {
        Self { libur: BTreeMap::new(), hari_kerja: ALL_DAYS.to_vec() }
    }

    /// On these holidays, and on the days of the week that the settings leave out.
    pub fn new(libur: Vec<HariLibur>, setelan: &Setelan) -> Self {
        let libur = libur.into_iter().map(|libur| (libur.tanggal, libur)).collect();
        Self { libur, hari_kerja: setelan.hari_kerja.clone() }
    }

    /// Why the school is closed on a day; none if it is open.
    pub fn why(&self, tanggal: NaiveDate) -> Option<Tutup<'_>> {
        let is_work = self.hari_kerja.contains(&day_of_week(tanggal));
        let closed = (!is_work).then_some(Tutup::HariTutup);
        self.libur.get(&tanggal).map(Tutup::Libur).or(closed)
    }

    /// Whether that day is a holiday that nobody has announced yet.
    pub fn is_predicted(&self, tanggal: NaiveDate) -> bool {
        self.libur.get(&tanggal).is_some_and(|libur| libur.perkiraan)
    }
}

/// Monday is 1, Sunday 7.
pub const ALL_DAYS: [u8; 7] = [1, 2, 3, 4, 5, 6, 7];

/// The day of the week, Monday 1.
pub fn day_of_week(tanggal: NaiveDate) -> u8 {
    ALL_DAYS[tanggal.weekday().num_days_from_monday() as usize]
}

/// Every day from the first to the last, both included.
pub fn each_day(first: NaiveDate, last: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    std::iter::successors(Some(first), |day| day.checked_add_days(Days::new(1)))
        .take_while(move |day| *day <= last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn libur(tanggal: &str, sumber: SumberLibur) -> HariLibur {
        let jenis = JenisLibur::LiburNasional;
        HariLibur {
            tanggal: date(tanggal),
            nama: "Hari Raya Natal".to_owned(),
            jenis,
            perkiraan: false,
            sumber,
        }
    }

    #[test]
    fn a_holiday_closes_the_school_whatever_the_day_of_the_week() {
        let setelan = Setelan { hari_kerja: vec![1, 2, 3, 4, 5], ..Setelan::default() };
        let friday = libur("2026-12-25", SumberLibur::Impor);
        let closed = Closed::new(vec![friday.clone()], &setelan);
        assert_eq!(closed.why(date("2026-12-25")), Some(Tutup::Libur(&friday)));
        assert_eq!(closed.why(date("2026-12-24")), None);
        assert_eq!(closed.why(date("2026-12-26")), Some(Tutup::HariTutup), "a Saturday");
        assert_eq!(closed.why(date("2026-12-26")).unwrap().nama(), None);
        let sunday = Closed::new(vec![libur("2026-12-27", SumberLibur::Impor)], &setelan);
        assert_eq!(sunday.why(date("2026-12-27")).unwrap().nama(), Some("Hari Raya Natal"));
        assert_eq!(Closed::never().why(date("2026-12-27")), None);
    }

    #[test]
    fn a_file_adds_and_corrects_and_leaves_what_was_entered_by_hand() {
        let brought = libur("2026-12-25", SumberLibur::Impor);
        let predicted = HariLibur { perkiraan: true, ..brought.clone() };
        let by_hand = HariLibur { nama: "Natal".to_owned(), sumber: SumberLibur::Manual, ..brought.clone() };
        assert_eq!(brought.brought(None), TindakanLibur::Buat);
        assert_eq!(brought.brought(Some(&brought)), TindakanLibur::Tetap);
        assert_eq!(brought.brought(Some(&predicted)), TindakanLibur::Ubah);
        assert_eq!(brought.brought(Some(&by_hand)), TindakanLibur::Tetap);
    }

    #[test]
    fn days_of_a_span_include_both_ends() {
        let days: Vec<_> = each_day(date("2026-12-31"), date("2027-01-02")).collect();
        assert_eq!(days, ["2026-12-31", "2027-01-01", "2027-01-02"].map(date));
        assert_eq!(each_day(date("2027-01-02"), date("2027-01-01")).count(), 0);
        assert_eq!(day_of_week(date("2026-11-22")), 7);
    }
}
