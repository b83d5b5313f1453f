//! Files of holidays: what a calendar (`.ics`) or a table (`.csv`) brings, day by day. It decides nothing about the
//! book.

mod collector;
mod csv;
mod ics;
mod kata;
mod tanggal;

use std::borrow::Cow;

use chrono::NaiveDate;
use chrono_tz::Tz;
use domain::isian::{FieldError, KodeIsian};

pub(crate) use collector::{Berkas, HolidayLine, Salah};

/// Reads a file of either kind. `now` bounds what repeats for ever.
///
/// # Errors
/// It is no calendar and no table, or it holds too much.
pub(crate) fn read(bytes: &[u8], zone: Tz, now: NaiveDate) -> Result<Berkas, FieldError> {
    const CALENDAR: &[u8] = b"BEGIN:VCALENDAR";
    let start = bytes.trim_ascii_start();
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start();
    let is_plain = start.get(..CALENDAR.len()).is_some_and(|start| start.eq_ignore_ascii_case(CALENDAR));
    // A line may be folded within a character, so that is undone before the bytes become text.
    let bytes = if is_plain { Cow::Owned(ics::unfolded(start)) } else { Cow::Borrowed(bytes) };
    let text = impor::decode(&bytes);
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        let teks = "berkas ini bukan teks; pilih berkas .ics atau .csv";
        return Err(FieldError::new(KodeIsian::BukanBerkas, teks));
    }
    let is_calendar = text.trim_start().get(..15).is_some_and(|s| s.eq_ignore_ascii_case("BEGIN:VCALENDAR"));
    let berkas = if is_calendar { ics::read(&text, zone, now)? } else { csv::read(&text)? };
    match berkas.baris.len() {
        0 => Err(FieldError::new(KodeIsian::BerkasKosong, "tidak ada hari libur dalam berkas ini")),
        _ => Ok(berkas),
    }
}

#[cfg(test)]
mod tests;
