//! When something in a calendar starts or ends.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;
use domain::isian::{FieldError, KodeIsian};
use icalendar::parser::Property;

/// When something starts or ends.
pub(super) enum Moment {
    Day(NaiveDate),
    /// By the school's clock; by that of UTC too, if it is written so.
    Time(NaiveDateTime, Option<NaiveDateTime>),
}

impl Moment {
    /// The day by the school's clock.
    pub(super) fn day(&self) -> NaiveDate {
        match self {
            Self::Day(day) => *day,
            Self::Time(time, _) => time.date(),
        }
    }
}

/// The one moment of a property.
///
/// # Errors
/// It is none.
pub(super) fn moment(property: &Property<'_>, zone: Tz) -> Result<Moment, FieldError> {
    parse(property.val.as_str(), property, zone)
}

/// The days of a list of moments, or of spans that begin with them.
///
/// # Errors
/// One of them is none.
pub(super) fn days(property: &Property<'_>, zone: Tz) -> Result<Vec<NaiveDate>, FieldError> {
    let starts =
        property.val.as_str().split(',').map(|one| one.split_once('/').map_or(one, |(start, _)| start));
    starts.map(|start| Ok(parse(start, property, zone)?.day())).collect()
}

fn parse(text: &str, property: &Property<'_>, zone: Tz) -> Result<Moment, FieldError> {
    let text = text.trim().to_ascii_uppercase();
    let wrong = || FieldError::new(KodeIsian::Tanggal, "bukan tanggal kalender");
    if let Ok(day) = NaiveDate::parse_from_str(&text, "%Y%m%d") {
        return Ok(Moment::Day(day));
    }
    let in_utc = text.strip_suffix('Z');
    let time =
        NaiveDateTime::parse_from_str(in_utc.unwrap_or(&text), "%Y%m%dT%H%M%S").map_err(|_| wrong())?;
    if in_utc.is_some() {
        return Ok(Moment::Time(local(&time.and_utc(), zone), Some(time)));
    }
    // A zone by a name that is not known here is the school's: whoever made the file lives in it.
    let named = property.params.iter().find(|parameter| parameter.key.as_str().eq_ignore_ascii_case("TZID"));
    let named =
        named.and_then(|parameter| parameter.val.as_ref()?.as_str().trim_matches('"').parse::<Tz>().ok());
    let Some(named) = named else { return Ok(Moment::Time(time, None)) };
    let instant = named.from_local_datetime(&time).earliest().ok_or_else(wrong)?;
    Ok(Moment::Time(local(&instant.to_utc(), zone), None))
}

fn local(instant: &DateTime<Utc>, zone: Tz) -> NaiveDateTime {
    instant.with_timezone(&zone).naive_local()
}
