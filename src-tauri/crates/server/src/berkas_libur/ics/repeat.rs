//! The days on which an entry of a calendar starts.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, NaiveTime, TimeZone};
use chrono_tz::Tz;
use domain::isian::{FieldError, KodeIsian};
use icalendar::parser::Component;
use rrule::RRuleSet;

use super::moment;

/// A repetition is followed to the end of the year so many years from now.
const YEARS_AHEAD: i32 = 2;
/// How often what takes whole days cannot come back.
const WITHIN_A_DAY: [&str; 3] = ["HOURLY", "MINUTELY", "SECONDLY"];
/// Bytes of a rule of repetition.
const RULE_MAX_BYTES: usize = 500;
/// Repetitions of one entry, at most.
const REPEATED_MAX: u16 = 400;

/// The days on which it starts: one, or those of its repetition from this year on, with the days that are added to them
/// and without those that are left out.
///
/// # Errors
/// The repetition is not understood.
pub(super) fn starts(
    event: &Component<'_>,
    start: NaiveDate,
    zone: Tz,
    now: NaiveDate,
) -> Result<BTreeSet<NaiveDate>, FieldError> {
    let mut starts = match event.find_prop("RRULE") {
        Some(rule) => follow(rule.val.as_str(), start, now)?,
        None => BTreeSet::from([start]),
    };
    starts.extend(listed(event, "RDATE", zone)?);
    for day in listed(event, "EXDATE", zone)? {
        starts.remove(&day);
    }
    Ok(starts)
}

/// The days of a rule.
fn follow(rule: &str, start: NaiveDate, now: NaiveDate) -> Result<BTreeSet<NaiveDate>, FieldError> {
    let rule = rule.trim().to_ascii_uppercase();
    // What takes whole days does not come back within one.
    if rule.len() > RULE_MAX_BYTES || WITHIN_A_DAY.iter().any(|often| rule.contains(often)) {
        return Err(unknown());
    }
    check_counts(&rule)?;
    let rule = format!("DTSTART:{}T000000Z\nRRULE:{}", start.format("%Y%m%d"), whole_days(&rule));
    let set: RRuleSet = rule.parse().map_err(|_| unknown())?;
    let at = |year: i32, month, day| {
        let date = NaiveDate::from_ymd_opt(year, month, day).ok_or_else(unknown)?;
        Ok::<_, FieldError>(rrule::Tz::UTC.from_utc_datetime(&date.and_time(NaiveTime::MIN)))
    };
    let (first, last) = (at(now.year(), 1, 1)?, at(now.year() + YEARS_AHEAD, 12, 31)?);
    let found = set.after(first).before(last).all(REPEATED_MAX);
    if found.limited {
        return Err(unknown());
    }
    Ok(found.dates.iter().map(|found| found.date_naive()).collect())
}

fn unknown() -> FieldError {
    FieldError::new(KodeIsian::TidakSah, "pengulangan tidak dikenal")
}

/// What comes back every zero years, or no time at all, is a mistake.
fn check_counts(rule: &str) -> Result<(), FieldError> {
    let counts = rule.split(';').filter_map(|part| part.split_once('='));
    let mut counts = counts.filter(|(name, _)| matches!(name.trim(), "INTERVAL" | "COUNT"));
    match counts.all(|(_, count)| count.trim().parse::<u32>().is_ok_and(|count| count > 0)) {
        true => Ok(()),
        false => {
            let teks = "pengulangan tidak sah: INTERVAL dan COUNT paling sedikit 1";
            Err(FieldError::new(KodeIsian::TidakSah, teks))
        }
    }
}

/// The rule with its end as a time of UTC, which is how the start is told too.
fn whole_days(rule: &str) -> String {
    let part = |part: &str| match part.split_once('=') {
        Some(("UNTIL", until)) => match until.get(..8) {
            Some(day) => format!("UNTIL={day}T235959Z"),
            None => part.to_owned(),
        },
        _ => part.to_owned(),
    };
    rule.split(';').map(part).collect::<Vec<_>>().join(";")
}

/// The days of every list of that name.
fn listed(event: &Component<'_>, name: &str, zone: Tz) -> Result<Vec<NaiveDate>, FieldError> {
    let mut days = Vec::new();
    for list in event.properties.iter().filter(|property| property.name == name) {
        days.extend(moment::days(list, zone)?);
    }
    Ok(days)
}
