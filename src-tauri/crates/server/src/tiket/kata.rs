//! The words of the picture, in the language asked for.

use chrono::{DateTime, Datelike, Timelike, Utc, Weekday};
use chrono_tz::Tz;
use serde::Deserialize;
use utoipa::ToSchema;

/// A language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Bahasa {
    /// Bahasa Indonesia.
    #[default]
    Id,
    /// English.
    En,
}

/// What stands over each text.
pub(super) struct Kata {
    pub(super) tunjukkan: &'static str,
    pub(super) tamu: &'static str,
    pub(super) waktu: &'static str,
    pub(super) guru: &'static str,
    pub(super) tempat: &'static str,
    /// From Monday on.
    days: [&'static str; 7],
    months: [&'static str; 12],
}

const ID: Kata = Kata {
    tunjukkan: "Tunjukkan kode ini kepada penerima tamu",
    tamu: "Tamu",
    waktu: "Waktu",
    guru: "Bertemu",
    tempat: "Tempat",
    days: ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"],
    months: [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ],
};

const EN: Kata = Kata {
    tunjukkan: "Show this code at the reception desk",
    tamu: "Guest",
    waktu: "When",
    guru: "Meeting",
    tempat: "Where",
    days: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
};

impl Bahasa {
    pub(super) fn kata(self) -> &'static Kata {
        match self {
            Self::Id => &ID,
            Self::En => &EN,
        }
    }

    /// A day and a time, written out: `Senin, 23 November 2026, pukul 09.30`.
    pub(crate) fn waktu(self, instant: DateTime<Utc>, zone: Tz) -> String {
        let (local, kata) = (instant.with_timezone(&zone), self.kata());
        let day = kata.days[Weekday::num_days_from_monday(&local.weekday()) as usize];
        let month = kata.months[local.month0() as usize];
        let (date, year, hour, minute) = (local.day(), local.year(), local.hour(), local.minute());
        match self {
            Self::Id => format!("{day}, {date} {month} {year}, pukul {hour:02}.{minute:02}"),
            Self::En => format!("{day}, {date} {month} {year}, {hour:02}:{minute:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_out_in_the_schools_zone() {
        let instant = "2026-12-31T17:05:00Z".parse().unwrap();
        let at = |bahasa: Bahasa, zone| bahasa.waktu(instant, zone);
        assert_eq!(at(Bahasa::Id, chrono_tz::Asia::Jakarta), "Jumat, 1 Januari 2027, pukul 00.05");
        assert_eq!(at(Bahasa::Id, chrono_tz::Asia::Jayapura), "Jumat, 1 Januari 2027, pukul 02.05");
        assert_eq!(at(Bahasa::En, chrono_tz::UTC), "Thursday, 31 December 2026, 17:05");
    }
}
