//! Dates and times as guests read them, written out in their language.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use chrono_tz::Tz;

use crate::words::words;

words! {
    /// A language.
    #[derive(Default)]
    pub enum Language, else UnknownLanguage "bahasa tidak dikenal" {
        /// Bahasa Indonesia.
        #[default]
        Id = "id",
        /// English.
        En = "en",
    }
}

/// From Monday on.
type Days = [&'static str; 7];
type Months = [&'static str; 12];

#[rustfmt::skip]
const ID: (Days, Months) = (
    ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"],
    [
        "Januari", "Februari", "Maret", "April", "Mei", "Juni",
        "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    ],
);

#[rustfmt::skip]
const EN: (Days, Months) = (
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    [
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ],
);

impl Language {
    fn words(self) -> &'static (Days, Months) {
        match self {
            Self::Id => &ID,
            Self::En => &EN,
        }
    }

    /// `23 November 2026`.
    pub fn tanggal(self, date: NaiveDate) -> String {
        let (_, months) = self.words();
        format!("{} {} {}", date.day(), months[date.month0() as usize], date.year())
    }

    /// A day and a time: `Senin, 23 November 2026, pukul 09.30`.
    pub fn waktu(self, instant: DateTime<Utc>, zone: Tz) -> String {
        let local = instant.with_timezone(&zone);
        let (days, _) = self.words();
        let day = days[local.weekday().num_days_from_monday() as usize];
        let (date, hour, minute) = (self.tanggal(local.date_naive()), local.hour(), local.minute());
        match self {
            Self::Id => format!("{day}, {date}, pukul {hour:02}.{minute:02}"),
            Self::En => format!("{day}, {date}, {hour:02}:{minute:02}"),
        }
    }

    /// A length of time: `1 jam 30 menit`.
    pub fn durasi(self, menit: u16) -> String {
        let hours = self.counted(menit / 60, ["jam", "hour", "hours"]);
        let minutes = self.counted(menit % 60, ["menit", "minute", "minutes"]);
        match (menit / 60, menit % 60) {
            (0, _) => minutes,
            (_, 0) => hours,
            _ => format!("{hours} {minutes}"),
        }
    }

    fn counted(self, number: u16, [id, one, many]: [&str; 3]) -> String {
        let word = match self {
            Self::Id => id,
            Self::En if number == 1 => one,
            Self::En => many,
        };
        format!("{number} {word}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_out_in_the_schools_zone() {
        let instant = "2026-12-31T17:05:00Z".parse().unwrap();
        let at = |bahasa: Language, zone| bahasa.waktu(instant, zone);
        assert_eq!(at(Language::Id, chrono_tz::Asia::Jakarta), "Jumat, 1 Januari 2027, pukul 00.05");
        assert_eq!(at(Language::Id, chrono_tz::Asia::Jayapura), "Jumat, 1 Januari 2027, pukul 02.05");
        assert_eq!(at(Language::En, chrono_tz::UTC), "Thursday, 31 December 2026, 17:05");
    }

    #[test]
    fn word_and_json_agree() {
        for bahasa in Language::ALL {
            assert_eq!(bahasa.as_str().parse(), Ok(bahasa));
            assert_eq!(serde_json::to_value(bahasa).unwrap(), bahasa.as_str());
        }
        assert_eq!(Language::default(), Language::Id);
    }
}
