//! Calendars (RFC 5545). An entry is a holiday if it takes whole days. A repetition is followed for the years in which
//! anybody makes appointments.

use chrono::{DateTime, Datelike, Days, Duration, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use domain::isian::{self, FieldError, FieldErrors, InvalidIsian, KodeIsian};
use icalendar::parser::{Component, Property, read_components, unfold};
use rrule::RRuleSet;

use super::{Berkas, Collector, Libur, Salah, kata};

/// A repetition is followed to the end of the year so many years from now.
const YEARS_AHEAD: i32 = 2;
/// How often what takes whole days cannot come back.
const WITHIN_A_DAY: [&str; 3] = ["HOURLY", "MINUTELY", "SECONDLY"];
/// Bytes of a rule of repetition.
const RULE_MAX_BYTES: usize = 500;
/// Repetitions of one entry, at most.
const REPEATED_MAX: u16 = 400;

pub(super) fn read(text: &str, zone: Tz, now: NaiveDate) -> Result<Berkas, FieldError> {
    // Every line ends in the same way, and blank ones are none.
    let text: String = text.lines().filter(|line| !line.is_empty()).flat_map(|line| [line, "\r\n"]).collect();
    let unfolded = unfold(&text);
    let calendars = read_components(&unfolded)
        .map_err(|_| FieldError::new(KodeIsian::BerkasRusak, "kalender ini rusak atau tidak lengkap"))?;
    let events = calendars.iter().flat_map(|calendar| &calendar.components);
    let mut collector = Collector::default();
    for (place, event) in events.filter(|event| event.name == "VEVENT").enumerate() {
        let nomor = place + 1;
        if is_no_holiday(event) {
            collector.skip();
            continue;
        }
        match days(event, zone) {
            Ok(Some((dari, sampai))) => add(&mut collector, nomor, event, (dari, sampai), now)?,
            Ok(None) => collector.skip(),
            Err(error) => collector.add(nomor, Err(wrong(event, "tanggal", error)))?,
        }
    }
    Ok(collector.berkas)
}

/// What was called off, and what calendars list beside holidays.
fn is_no_holiday(event: &Component<'_>) -> bool {
    let description = text_of(event, "DESCRIPTION").to_lowercase();
    let is_observance = ["observance", "perayaan"].iter().any(|word| description.starts_with(word));
    is_observance || text_of(event, "STATUS").eq_ignore_ascii_case("CANCELLED")
}

fn add(
    collector: &mut Collector,
    nomor: usize,
    event: &Component<'_>,
    (dari, sampai): (NaiveDate, NaiveDate),
    now: NaiveDate,
) -> Result<(), FieldError> {
    let (named, is_marked) = kata::name(&text_of(event, "SUMMARY"));
    let nama = match isian::nama(&named) {
        Ok(nama) => nama,
        Err(error) => return collector.add(nomor, Err(wrong(event, "nama", error.into()))),
    };
    let starts = match repeated(event, dari, now) {
        Ok(starts) => starts,
        Err(error) => return collector.add(nomor, Err(wrong(event, "pengulangan", error))),
    };
    let jenis = kata::kind(&nama);
    let perkiraan = is_marked || text_of(event, "STATUS").eq_ignore_ascii_case("TENTATIVE");
    let length = sampai - dari;
    for dari in starts {
        let libur = Libur { dari, sampai: dari + length, nama: nama.clone(), jenis, perkiraan };
        collector.add(nomor, Ok(libur))?;
    }
    Ok(())
}

fn wrong(event: &Component<'_>, field: &str, error: FieldError) -> Salah {
    let tanggal = event.find_prop("DTSTART").map(|start| kata::shortened(start.val.as_str()));
    Salah {
        tanggal: tanggal.unwrap_or_default(),
        nama: kata::name(&text_of(event, "SUMMARY")).0,
        errors: FieldErrors::from([(field.to_owned(), error)]),
    }
}

fn text_of(event: &Component<'_>, name: &str) -> String {
    let property = event.find_prop(name);
    let text = property.map(|found| found.val.clone().unescape_text().as_str().to_owned());
    text.map(|text| kata::cut(&text).to_owned()).unwrap_or_default()
}

/// The first and the last whole day in the school; none if it takes no whole day.
fn days(event: &Component<'_>, zone: Tz) -> Result<Option<(NaiveDate, NaiveDate)>, FieldError> {
    let start = event.find_prop("DTSTART").ok_or(InvalidIsian::Empty)?;
    let end = event.find_prop("DTEND");
    let length = event.find_prop("DURATION").map(|length| duration(length.val.as_str())).transpose()?;
    let (start, end) = match (moment(start, zone)?, end.map(|end| moment(end, zone)).transpose()?) {
        (Moment::Day(start), end) => {
            let end = match end {
                Some(Moment::Day(end)) => end,
                Some(Moment::Time(end, _)) => end.date(),
                None => start + length.unwrap_or(Duration::days(1)),
            };
            // An entry that ends on the day on which it starts takes that day.
            return Ok(Some((start, (end - Days::new(1)).max(start))));
        }
        (Moment::Time(start, _), Some(Moment::Day(end))) => (start, end.and_time(NaiveTime::MIN)),
        (Moment::Time(start, utc), Some(Moment::Time(end, end_utc))) => match (utc, end_utc) {
            // Programs that know no zones write a whole day so.
            (Some(utc), Some(end_utc)) if is_midnight(utc) && is_midnight(end_utc) => (utc, end_utc),
            _ => (start, end),
        },
        (Moment::Time(start, _), None) => (start, start + length.unwrap_or_default()),
    };
    let first = if is_midnight(start) { start.date() } else { start.date() + Days::new(1) };
    Ok((end.date() > first).then(|| (first, end.date() - Days::new(1))))
}

fn is_midnight(time: NaiveDateTime) -> bool {
    time.time() == NaiveTime::MIN
}

/// When something starts or ends.
enum Moment {
    Day(NaiveDate),
    /// By the school's clock; by that of UTC too, if it is written so.
    Time(NaiveDateTime, Option<NaiveDateTime>),
}

fn moment(property: &Property<'_>, zone: Tz) -> Result<Moment, FieldError> {
    let text = property.val.as_str().trim();
    let wrong = || FieldError::new(KodeIsian::Tanggal, "bukan tanggal kalender");
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y%m%d") {
        return Ok(Moment::Day(day));
    }
    let in_utc = text.strip_suffix(['Z', 'z']);
    let time = NaiveDateTime::parse_from_str(in_utc.unwrap_or(text), "%Y%m%dT%H%M%S").map_err(|_| wrong())?;
    if in_utc.is_some() {
        return Ok(Moment::Time(local(&time.and_utc(), zone), Some(time)));
    }
    // A zone by a name that is not known here is the school's: whoever made the file lives in it.
    let named = property.params.iter().find(|parameter| parameter.key == "TZID");
    let named =
        named.and_then(|parameter| parameter.val.as_ref()?.as_str().trim_matches('"').parse::<Tz>().ok());
    let Some(named) = named else { return Ok(Moment::Time(time, None)) };
    let instant = named.from_local_datetime(&time).earliest().ok_or_else(wrong)?;
    Ok(Moment::Time(local(&instant.to_utc(), zone), None))
}

fn local(instant: &DateTime<Utc>, zone: Tz) -> NaiveDateTime {
    instant.with_timezone(&zone).naive_local()
}

/// A length of days, weeks or hours, as `P1D`, `P2W` or `PT24H`.
fn duration(text: &str) -> Result<Duration, FieldError> {
    let read = || {
        let text = text.strip_prefix('P')?.trim_start_matches('T');
        let unit = text.chars().next_back()?;
        let number: u16 = text.strip_suffix(unit)?.parse().ok()?;
        match unit {
            'D' => Some(Duration::days(number.into())),
            'W' => Some(Duration::weeks(number.into())),
            'H' => Some(Duration::hours(number.into())),
            _ => None,
        }
    };
    read().ok_or_else(|| FieldError::new(KodeIsian::TidakSah, "lamanya tidak dikenal"))
}

/// The days on which it starts: one, or those of its repetition from this year on.
fn repeated(event: &Component<'_>, start: NaiveDate, now: NaiveDate) -> Result<Vec<NaiveDate>, FieldError> {
    let Some(rule) = event.find_prop("RRULE") else { return Ok(vec![start]) };
    let unknown = || FieldError::new(KodeIsian::TidakSah, "pengulangan tidak dikenal");
    // What takes whole days does not come back within one.
    let asked = rule.val.as_str().to_ascii_uppercase();
    if asked.len() > RULE_MAX_BYTES || WITHIN_A_DAY.iter().any(|often| asked.contains(often)) {
        return Err(unknown());
    }
    let rule = format!("DTSTART:{}T000000Z\nRRULE:{}", start.format("%Y%m%d"), whole_days(rule.val.as_str()));
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
    let without = except(event);
    let days = found.dates.iter().map(|found| found.date_naive());
    Ok(days.filter(|day| !without.contains(day)).collect())
}

/// The rule with its end as a time of UTC, which is how the start is told too.
fn whole_days(rule: &str) -> String {
    let part = |part: &str| match part.split_once('=') {
        Some((name, until)) if name.eq_ignore_ascii_case("UNTIL") => match until.get(..8) {
            Some(day) => format!("UNTIL={day}T235959Z"),
            None => part.to_owned(),
        },
        _ => part.to_owned(),
    };
    rule.split(';').map(part).collect::<Vec<_>>().join(";")
}

/// Days that the repetition leaves out.
fn except(event: &Component<'_>) -> Vec<NaiveDate> {
    let lists = event.properties.iter().filter(|property| property.name == "EXDATE");
    let days = lists.flat_map(|list| list.val.as_str().split(','));
    days.filter_map(|day| NaiveDate::parse_from_str(day.trim().get(..8)?, "%Y%m%d").ok()).collect()
}
