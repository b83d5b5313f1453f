//! Calendars (RFC 5545). An entry is a holiday if it takes whole days. A repetition is followed for the years in which
//! anybody makes appointments. Names mean the same in lower and in upper case.

mod moment;
mod property;
mod repeat;
mod versions;

use chrono::{Days, Duration, NaiveDate, NaiveDateTime, NaiveTime};
use chrono_tz::Tz;
use domain::isian::{self, FieldError, FieldErrors, InvalidIsian, KodeIsian};
use icalendar::parser::{Component, read_components, unfold};

use self::{
    moment::{Moment, moment},
    property::{is_cancelled, text_of},
    versions::Versions,
};
use super::{
    collector::{Berkas, Collector, Libur, Salah},
    kata,
};

/// The bytes with lines put together that were folded, which may happen within a character.
pub(super) fn unfolded(bytes: &[u8]) -> Vec<u8> {
    let mut whole = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    loop {
        rest = match rest {
            [b'\r', b'\n', b' ' | b'\t', after @ ..] | [b'\r' | b'\n', b' ' | b'\t', after @ ..] => after,
            [byte, after @ ..] => {
                whole.push(*byte);
                after
            }
            [] => return whole,
        };
    }
}

pub(super) fn read(text: &str, zone: Tz, now: NaiveDate) -> Result<Berkas, FieldError> {
    let text = unfold(&lines(text).map(|line| format!("{line}\r\n")).collect::<String>());
    let text: String = lines(&text).flat_map(|line| [upper_case(line), "\r\n".to_owned()]).collect();
    let calendars = read_components(&text)
        .map_err(|_| FieldError::new(KodeIsian::BerkasRusak, "kalender ini rusak atau tidak lengkap"))?;
    let events = calendars.iter().flat_map(|calendar| &calendar.components);
    let events: Vec<_> = events.filter(|event| event.name == "VEVENT").collect();
    let versions = Versions::of(&events, zone);
    let mut collector = Collector::default();
    for (nomor, event) in (1..).zip(events) {
        if is_no_holiday(event) {
            collector.skip();
            continue;
        }
        if !versions.is_latest(event, zone) {
            continue;
        }
        match days(event, zone) {
            Ok(Some((dari, sampai))) => {
                add(&mut collector, nomor, event, (dari, sampai), &versions, zone, now)?
            }
            Ok(None) => collector.skip(),
            Err(error) => collector.add(nomor, Err(wrong(event, "tanggal", error)))?,
        }
    }
    Ok(collector.berkas)
}

/// The lines, however they end. Blank ones are none.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\r', '\n']).filter(|line| !line.is_empty())
}

/// A line whose name, or that of the component which it begins or ends, is in upper case: they mean the same in both.
fn upper_case(line: &str) -> String {
    let (name, rest) = line.split_at(line.find([':', ';']).unwrap_or(line.len()));
    let name = name.to_ascii_uppercase();
    let is_bound = matches!(&*name, "BEGIN" | "END");
    if is_bound { format!("{name}{}", rest.trim_end().to_ascii_uppercase()) } else { format!("{name}{rest}") }
}

/// What was called off, and what calendars list beside holidays.
fn is_no_holiday(event: &Component<'_>) -> bool {
    let description = text_of(event, "DESCRIPTION").to_lowercase();
    let is_observance = ["observance", "perayaan"].iter().any(|word| description.starts_with(word));
    is_observance || is_cancelled(event)
}

fn add(
    collector: &mut Collector,
    nomor: usize,
    event: &Component<'_>,
    (dari, sampai): (NaiveDate, NaiveDate),
    versions: &Versions,
    zone: Tz,
    now: NaiveDate,
) -> Result<(), FieldError> {
    let (named, is_marked) = kata::name(&text_of(event, "SUMMARY"));
    let nama = match isian::nama(&named) {
        Ok(nama) => nama,
        Err(error) => return collector.add(nomor, Err(wrong(event, "nama", error.into()))),
    };
    let starts = match repeat::starts(event, dari, zone, now) {
        Ok(starts) => starts,
        Err(error) => return collector.add(nomor, Err(wrong(event, "pengulangan", error))),
    };
    let jenis = kata::kind(&nama);
    let perkiraan = is_marked || text_of(event, "STATUS").trim().eq_ignore_ascii_case("TENTATIVE");
    let length = sampai - dari;
    for dari in starts.into_iter().filter(|start| !versions.is_replaced(event, *start)) {
        let libur =
            Libur { dari, sampai: dari + length, nama: nama.clone(), jenis, is_told: false, perkiraan };
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

/// A length of days, weeks or hours, as `P1D`, `P2W` or `PT24H`.
fn duration(text: &str) -> Result<Duration, FieldError> {
    let read = || {
        let text = text.trim().to_ascii_uppercase();
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
