//! Days on which the school is closed: holidays, and days of the week on which nobody works.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate};
use serde::Serialize;

use crate::{Setelan, kata, words::words};

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

words! {
    /// What an admin should know of a day that a file brings.
    pub enum CatatanLibur, else UnknownCatatanLibur "catatan tidak dikenal" {
        /// The file gives it several names, which are put together.
        DuaNama = "dua_nama",
        /// The file says in several ways whose it is.
        DuaJenis = "dua_jenis",
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

/// Days by which an announced holiday lies beside the predicted one at most.
const PINDAH_MAX: i64 = 3;

/// The predicted days of the book that a file moves, by the announced days of the same name that it brings instead. A
/// day that the file names too, and one that was entered by hand, stay.
pub fn moved(
    brought: &[&HariLibur],
    known: &BTreeMap<NaiveDate, HariLibur>,
) -> BTreeMap<NaiveDate, NaiveDate> {
    let named: BTreeSet<_> = brought.iter().map(|libur| libur.tanggal).collect();
    let is_open = |libur: &&HariLibur| {
        libur.perkiraan && libur.sumber == SumberLibur::Impor && !named.contains(&libur.tanggal)
    };
    let mut open: Vec<_> = known.values().filter(is_open).collect();
    let mut moved = BTreeMap::new();
    for libur in brought.iter().filter(|libur| !libur.perkiraan) {
        let before = known.get(&libur.tanggal);
        let is_there = before.is_some_and(|before| kata::is_same(&before.nama, &libur.nama));
        if is_there || libur.brought(before) == TindakanLibur::Tetap {
            continue;
        }
        let away = |other: &HariLibur| (other.tanggal - libur.tanggal).num_days().abs();
        let near = (0..open.len())
            .filter(|at| away(open[*at]) <= PINDAH_MAX && kata::is_same(&open[*at].nama, &libur.nama))
            .min_by_key(|at| away(open[*at]));
        if let Some(at) = near {
            moved.insert(libur.tanggal, open.swap_remove(at).tanggal);
        }
    }
    moved
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
    fn an_announced_day_moves_the_predicted_one_nearby() {
        let named = |tanggal: &str, nama: &str, perkiraan: bool| {
            let libur = libur(tanggal, SumberLibur::Impor);
            HariLibur { nama: nama.to_owned(), perkiraan, ..libur }
        };
        let book = |days: &[HariLibur]| -> BTreeMap<_, _> {
            days.iter().map(|libur| (libur.tanggal, libur.clone())).collect()
        };
        let first = named("2027-03-10", "Idulfitri 1448 H", true);
        let second = named("2027-03-11", "Idulfitri 1448 H", true);
        let known = book(&[first.clone(), second]);
        let brought =
            [named("2027-03-11", "Idulfitri 1448 H", false), named("2027-03-12", "IDULFITRI 1448 H", false)];
        let found = moved(&brought.iter().collect::<Vec<_>>(), &known);
        assert_eq!(found, BTreeMap::from([(date("2027-03-12"), date("2027-03-10"))]));
        let one = |libur: HariLibur, known: HariLibur| moved(&[&libur], &book(&[known])).len();
        assert_eq!(one(named("2027-03-13", "Idulfitri 1448 H", false), first.clone()), 1);
        assert_eq!(one(named("2027-03-14", "Idulfitri 1448 H", false), first.clone()), 0, "too far");
        assert_eq!(one(named("2027-03-11", "Nyepi", false), first.clone()), 0, "another name");
        assert_eq!(one(named("2027-03-11", "Idulfitri 1448 H", true), first.clone()), 0, "not announced");
        let by_hand = HariLibur { sumber: SumberLibur::Manual, ..first };
        assert_eq!(one(named("2027-03-11", "Idulfitri 1448 H", false), by_hand), 0);
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
