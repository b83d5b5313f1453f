//! The days, hours and zones under which the suites are run.

use std::fmt;

use chrono::{DateTime, Datelike, Days, FixedOffset, Months, NaiveDate, TimeZone, Utc, Weekday};

use crate::sh::Variable;

/// The school of the tests is in Jakarta.
const SCHOOL: &str = "Asia/Jakarta";
const SCHOOL_IS_AHEAD_SECONDS: i32 = 7 * 60 * 60;

/// The west of the world, where it is still yesterday.
const WEST: &str = "America/Los_Angeles";

/// One pass of the suites: when it starts, and in which zone.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Lane {
    what: &'static str,
    starts: DateTime<Utc>,
    zone: &'static str,
}

/// Every lane, as seen from `now`.
pub(super) fn all(now: DateTime<Utc>) -> Vec<Lane> {
    let today = now.with_timezone(&school()).date_naive();
    let at = |what, day, time| Lane { what, starts: at_school(day, time), zone: SCHOOL };
    vec![
        at("31 December, 23:58 at the school", new_years_eve(today), (23, 58)),
        at("29 February", leap_day_after(today), (12, 0)),
        at("a Sunday", sunday_after(today), (10, 0)),
        Lane { what: "two years ahead", starts: now + Months::new(24), zone: SCHOOL },
        at("00:01 at the school", today + Days::new(1), (0, 1)),
        Lane { what: "UTC", starts: now, zone: "UTC" },
        Lane { what: "the east of the country", starts: now, zone: "Asia/Jayapura" },
        Lane { what: "the west of the world", starts: now, zone: WEST },
    ]
}

/// The lane of every run: a day that most years lack, with midnight ahead, in a zone with another date.
pub(super) fn odd(now: DateTime<Utc>) -> Lane {
    let today = now.with_timezone(&school()).date_naive();
    let starts = at_school(leap_day_after(today), (23, 58));
    Lane { what: "29 February, 23:58 at the school", starts, zone: WEST }
}

impl Lane {
    /// The variables of libfaketime and of the zone, for a lane that starts when it is `now` here. They name a distance
    /// and not a time of day, so that all programs of the lane, and those that they start, have one clock.
    pub(super) fn variables(&self, now: DateTime<Utc>) -> Vec<Variable> {
        let ahead = (self.starts - now).num_seconds();
        vec![
            ("FAKETIME", format!("{ahead:+}").into()),
            ("DONT_FAKE_MONOTONIC", "1".into()),
            ("NO_FAKE_STAT", "1".into()),
            ("TZ", self.zone.into()),
        ]
    }
}

impl fmt::Display for Lane {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let there = self.starts.with_timezone(&school());
        write!(f, "{} ({}, TZ={})", self.what, there.format("%Y-%m-%d %H:%M"), self.zone)
    }
}

fn school() -> FixedOffset {
    FixedOffset::east_opt(SCHOOL_IS_AHEAD_SECONDS).expect("less than a day")
}

fn at_school(day: NaiveDate, (hour, minute): (u32, u32)) -> DateTime<Utc> {
    let time = day.and_hms_opt(hour, minute, 0).expect("a time of day");
    school().from_local_datetime(&time).single().expect("no hour is skipped there").to_utc()
}

fn new_years_eve(today: NaiveDate) -> NaiveDate {
    today.with_month(12).and_then(|day| day.with_day(31)).expect("December has 31 days")
}

/// There is one within eight years, even over the turns of most centuries.
fn leap_day_after(today: NaiveDate) -> NaiveDate {
    let days = (today.year()..).filter_map(|year| NaiveDate::from_ymd_opt(year, 2, 29));
    days.into_iter().find(|day| *day > today).expect("there always is a next one")
}

fn sunday_after(today: NaiveDate) -> NaiveDate {
    today.iter_days().skip(1).find(|day| day.weekday() == Weekday::Sun).expect("within a week")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn every_lane_starts_when_it_says() {
        let starts = |now| all(moment(now)).into_iter().map(|lane| lane.starts).collect::<Vec<_>>();
        // At the school it is already the 29th.
        let expected = [
            "2026-12-31T16:58:00Z",
            "2028-02-29T05:00:00Z",
            "2026-12-06T03:00:00Z",
            "2028-11-28T20:15:00Z",
            "2026-11-29T17:01:00Z",
            "2026-11-28T20:15:00Z",
            "2026-11-28T20:15:00Z",
            "2026-11-28T20:15:00Z",
        ];
        assert_eq!(starts("2026-11-28T20:15:00Z"), expected.map(moment));
        assert_eq!(starts("2028-02-29T12:00:00Z")[1], moment("2032-02-29T05:00:00Z"), "not the same again");
        assert_eq!(starts("2096-03-01T00:00:00Z")[1], moment("2104-02-29T05:00:00Z"), "2100 has none");
        assert_eq!(starts("2026-12-31T23:00:00Z")[0], moment("2027-12-31T16:58:00Z"), "a new year there");
    }

    #[test]
    fn a_lanes_clock_is_told_as_a_distance() {
        let lane = odd(moment("2026-11-28T00:00:00Z"));
        let told = |now| lane.variables(moment(now))[0].clone();
        assert_eq!(told("2028-02-29T16:57:00Z"), ("FAKETIME", "+60".into()));
        assert_eq!(told("2028-02-29T17:00:00Z"), ("FAKETIME", "-120".into()));
        assert_eq!(
            lane.to_string(),
            "29 February, 23:58 at the school (2028-02-29 23:58, TZ=America/Los_Angeles)"
        );
    }
}
