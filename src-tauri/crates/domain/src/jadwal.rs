//! Days and times in the school's time zone: what "today" is, what may be booked, when a code ends.

use chrono::{DateTime, Days, Duration, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use thiserror::Error;

use crate::{Setelan, hari_libur::day_of_week, isian::DURASI_MENIT, words::words};

/// Why a time cannot be booked.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum InvalidJadwal {
    /// Before now.
    #[error("waktu sudah lewat")]
    Past,
    /// Later than the school allows.
    #[error("paling lambat {0} bulan dari sekarang")]
    TooFar(u8),
    /// A clock change skips that time.
    #[error("waktu itu tidak ada pada hari tersebut")]
    Nonexistent,
}

/// A half-open span of time, `[start, end)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first instant inside.
    pub start: DateTime<Utc>,
    /// The first instant after.
    pub end: DateTime<Utc>,
}

impl Span {
    /// The span from `start` that lasts `minutes`.
    pub fn minutes(start: DateTime<Utc>, minutes: u16) -> Self {
        Self { start, end: start + Duration::minutes(i64::from(minutes)) }
    }

    /// Whether the instant lies inside.
    pub fn contains(&self, instant: DateTime<Utc>) -> bool {
        self.start <= instant && instant < self.end
    }

    /// An appointment that begins at or before this time cannot reach into the span: none is longer than
    /// [`DURASI_MENIT`].
    pub fn reached_since(&self) -> DateTime<Utc> {
        self.start - Duration::minutes(DURASI_MENIT.1)
    }

    /// Whether both share an instant.
    pub fn overlaps(&self, other: &Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// The date that `instant` falls on in the school.
pub fn local_date(instant: DateTime<Utc>, zone: Tz) -> NaiveDate {
    instant.with_timezone(&zone).date_naive()
}

/// The span of the days from `first` to `last`, both inclusive, in the school.
pub fn days(first: NaiveDate, last: NaiveDate, zone: Tz) -> Span {
    Span { start: start_of_day(first, zone), end: start_of_day(last + Days::new(1), zone) }
}

/// The span of the day that `now` falls on.
pub fn today(now: DateTime<Utc>, zone: Tz) -> Span {
    let date = local_date(now, zone);
    days(date, date, zone)
}

/// What counts as today for who comes, or is awaited: the day that `now` falls on, and so much of the days beside it as
/// is near. Who is due at 23.55 and comes at 00.02 is late, and not of another day.
pub fn hari_ini(now: DateTime<Utc>, setelan: &Setelan) -> Span {
    let (day, near) = (today(now, setelan.zona_waktu), setelan.lewat_tengah_malam());
    // The last instant that is near is one of it.
    let end = now + near + Duration::milliseconds(1);
    Span { start: day.start.min(now - near), end: day.end.max(end) }
}

fn start_of_day(date: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let midnight = date.and_time(NaiveTime::MIN);
    // If a clock change skips midnight, the day starts at the first time that exists.
    (0..=24)
        .find_map(|half_hours| to_utc(midnight + Duration::minutes(30 * half_hours), zone))
        .unwrap_or_else(|| Utc.from_utc_datetime(&midnight))
}

fn to_utc(local: NaiveDateTime, zone: Tz) -> Option<DateTime<Utc>> {
    zone.from_local_datetime(&local).earliest().map(|instant| instant.with_timezone(&Utc))
}

/// The instant of a date and a time in the school.
///
/// # Errors
/// [`InvalidJadwal::Nonexistent`] if a clock change skips it.
pub fn instant(tanggal: NaiveDate, waktu: NaiveTime, zone: Tz) -> Result<DateTime<Utc>, InvalidJadwal> {
    to_utc(tanggal.and_time(waktu), zone).ok_or(InvalidJadwal::Nonexistent)
}

/// Whether an appointment may be made for `jadwal`: from this minute to two months ahead.
///
/// # Errors
/// [`InvalidJadwal::Past`] or [`InvalidJadwal::TooFar`].
pub fn check_bookable(
    jadwal: DateTime<Utc>,
    now: DateTime<Utc>,
    setelan: &Setelan,
) -> Result<(), InvalidJadwal> {
    // Times are entered to the minute, so the running minute is still "now".
    if jadwal <= now - Duration::minutes(1) {
        return Err(InvalidJadwal::Past);
    }
    if local_date(jadwal, setelan.zona_waktu) > last_day(now, setelan) {
        return Err(InvalidJadwal::TooFar(setelan.batas_pesan_bulan));
    }
    Ok(())
}

/// The last day that can be booked.
pub fn last_day(now: DateTime<Utc>, setelan: &Setelan) -> NaiveDate {
    local_date(now, setelan.zona_waktu) + Months::new(u32::from(setelan.batas_pesan_bulan))
}

/// When the code of an appointment at `jadwal` ends.
pub fn kode_expiry(jadwal: DateTime<Utc>, setelan: &Setelan) -> DateTime<Utc> {
    let day = local_date(jadwal, setelan.zona_waktu);
    start_of_day(day + Days::new(1 + u64::from(setelan.kode_berlaku_hari)), setelan.zona_waktu)
}

/// The school's hours on a day. `None` if the setting ends before it begins, or if a clock change skips its start or
/// end.
pub fn jam_sekolah(tanggal: NaiveDate, setelan: &Setelan) -> Option<Span> {
    let at = |waktu| instant(tanggal, waktu, setelan.zona_waktu).ok();
    let (buka, tutup) = setelan.jam(day_of_week(tanggal));
    let (start, end) = (at(buka)?, at(tutup)?);
    (start < end).then_some(Span { start, end })
}

/// How far one start that is offered lies from the next.
const RASTER: Duration = Duration::minutes(15);

/// Every start from that of `within` on, a quarter of an hour apart, at which a span of that length ends within and
/// meets none of `busy`.
fn free_starts(within: Span, length: Duration, busy: &[Span]) -> impl Iterator<Item = DateTime<Utc>> {
    let starts = std::iter::successors(Some(within.start), |start| Some(*start + RASTER));
    let spans = starts.map(move |start| Span { start, end: start + length });
    let inside = spans.take_while(move |span| span.end <= within.end);
    inside.filter(|span| !busy.iter().any(|busy| busy.overlaps(span))).map(|span| span.start)
}

/// The first start at or after `wanted.start`, on a quarter of an hour after it, at which a span of that length meets
/// none of `busy`, before `until`.
pub fn next_free(wanted: Span, busy: &[Span], until: DateTime<Utc>) -> Option<DateTime<Utc>> {
    free_starts(Span { start: wanted.start, end: until }, wanted.end - wanted.start, busy).next()
}

/// Every start at which an appointment of that length can be made now, within the school's hours of a day. The guru is
/// taken at `busy`.
pub fn kosong(
    hours: Span,
    durasi_menit: u16,
    busy: &[Span],
    now: DateTime<Utc>,
    setelan: &Setelan,
) -> Vec<DateTime<Utc>> {
    let length = Duration::minutes(i64::from(durasi_menit));
    let starts = free_starts(hours, length, busy);
    starts.filter(|start| check_bookable(*start, now, setelan).is_ok()).collect()
}

words! {
    /// What there is to tell of a day on which a guru may be visited.
    pub enum KeadaanHari, else UnknownKeadaanHari "keadaan hari tidak dikenal" {
        /// The school is closed.
        Tutup = "tutup",
        /// No appointment of the usual length fits in any more.
        Penuh = "penuh",
        /// Hardly any does.
        HampirPenuh = "hampir_penuh",
    }
}

/// Free starts of a day that is nearly full, at most.
const HAMPIR_PENUH: usize = 4;

/// Whether a guru who is taken at `busy` has little or no time left on a day, for appointments of the usual length.
pub fn keadaan(
    tanggal: NaiveDate,
    busy: &[Span],
    now: DateTime<Utc>,
    setelan: &Setelan,
) -> Option<KeadaanHari> {
    let hours = jam_sekolah(tanggal, setelan)?;
    match kosong(hours, setelan.durasi_bawaan_menit, busy, now, setelan).len() {
        0 => Some(KeadaanHari::Penuh),
        left if left <= HAMPIR_PENUH => Some(KeadaanHari::HampirPenuh),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::setelan::JamHari;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn today_is_the_schools_day() {
        let span = today(utc("2026-11-21T18:00:00Z"), chrono_tz::Asia::Jakarta);
        assert_eq!(span, Span { start: utc("2026-11-21T17:00:00Z"), end: utc("2026-11-22T17:00:00Z") });
    }

    #[test]
    fn the_longest_appointment_begins_no_earlier_than_it_reaches() {
        let span = Span::minutes(utc("2026-11-22T09:00:00Z"), 30);
        let longest = Span::minutes(span.reached_since(), u16::try_from(DURASI_MENIT.1).unwrap());
        assert!(!longest.overlaps(&span));
        assert_eq!(longest.end, span.start);
    }

    #[test]
    fn what_is_near_counts_as_today_although_midnight_lies_between() {
        let setelan = Setelan::default();
        let day = today(utc("2026-11-21T18:00:00Z"), setelan.zona_waktu);
        for (now, jadwal, counts) in [
            // Due at 23.55, comes at 00.02; due at 00.10, comes at 23.50.
            ("2026-11-21T17:02:00Z", "2026-11-21T16:55:00Z", true),
            ("2026-11-21T16:50:00Z", "2026-11-21T17:10:00Z", true),
            ("2026-11-21T17:02:00Z", "2026-11-21T14:02:00Z", true),
            ("2026-11-21T17:02:00Z", "2026-11-21T14:01:59.999Z", false),
            ("2026-11-21T16:50:00Z", "2026-11-21T19:50:00Z", true),
            ("2026-11-21T16:50:00Z", "2026-11-21T19:50:00.001Z", false),
            // In the middle of the day: all of it.
            ("2026-11-22T05:00:00Z", "2026-11-21T17:00:00Z", true),
            ("2026-11-22T05:00:00Z", "2026-11-22T16:59:59Z", true),
            ("2026-11-22T05:00:00Z", "2026-11-21T16:59:59Z", false),
        ] {
            assert_eq!(hari_ini(utc(now), &setelan).contains(utc(jadwal)), counts, "{jadwal} at {now}");
        }
        assert_eq!(hari_ini(utc("2026-11-22T05:00:00Z"), &setelan), day);
    }

    #[test]
    fn a_day_whose_midnight_a_clock_change_skips_still_starts() {
        // Lebanon: 2026-03-29 begins at 01:00 local time.
        let span = days(
            NaiveDate::from_ymd_opt(2026, 3, 29).unwrap(),
            NaiveDate::from_ymd_opt(2026, 3, 29).unwrap(),
            chrono_tz::Asia::Beirut,
        );
        assert_eq!(span.end - span.start, Duration::hours(23));
    }

    #[test]
    fn bookable_from_this_minute_to_two_months_ahead() {
        let now = utc("2026-11-22T02:00:30Z");
        let setelan = Setelan::default();
        let check = |text| check_bookable(utc(text), now, &setelan);
        assert_eq!(check("2026-11-22T02:00:00Z"), Ok(()));
        assert_eq!(check("2026-11-22T01:59:00Z"), Err(InvalidJadwal::Past));
        assert_eq!(check("2027-01-22T16:59:00Z"), Ok(()));
        assert_eq!(check("2027-01-22T17:00:00Z"), Err(InvalidJadwal::TooFar(2)));
    }

    #[test]
    fn a_code_outlives_its_day_by_the_time_for_a_review() {
        let expiry = kode_expiry(utc("2026-11-22T02:00:00Z"), &Setelan::default());
        assert_eq!(expiry, utc("2026-12-06T17:00:00Z"));
    }

    #[test]
    fn the_next_free_start_is_behind_what_is_taken() {
        let wanted = Span::minutes(utc("2026-11-22T02:00:00Z"), 30);
        let busy = [wanted, Span::minutes(utc("2026-11-22T02:30:00Z"), 20)];
        let until = utc("2026-11-22T17:00:00Z");
        assert_eq!(next_free(wanted, &busy, until), Some(utc("2026-11-22T03:00:00Z")));
        assert_eq!(next_free(wanted, &busy, utc("2026-11-22T03:15:00Z")), None);
    }

    #[test]
    fn free_times_lie_within_the_hours_and_meet_nothing() {
        let setelan = Setelan {
            jam_buka: NaiveTime::from_hms_opt(9, 0, 0).unwrap(),
            jam_tutup: NaiveTime::from_hms_opt(11, 0, 0).unwrap(),
            ..Setelan::default()
        };
        let day = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let hours = jam_sekolah(day, &setelan).unwrap();
        let busy = [Span::minutes(utc("2026-11-22T02:30:00Z"), 30)];
        let at = |now, durasi| {
            let starts = kosong(hours, durasi, &busy, utc(now), &setelan);
            let local =
                |start: &DateTime<Utc>| start.with_timezone(&setelan.zona_waktu).format("%H:%M").to_string();
            starts.iter().map(local).collect::<Vec<_>>()
        };
        let before = "2026-11-21T02:00:00Z";
        assert_eq!(at(before, 30), ["09:00", "10:00", "10:15", "10:30"]);
        assert_eq!(at(before, 60), ["10:00"]);
        assert_eq!(at(before, 5), ["09:00", "09:15", "10:00", "10:15", "10:30", "10:45"]);
        assert_eq!(at(before, 121), [""; 0]);
        assert_eq!(at("2026-11-22T03:10:00Z", 30), ["10:15", "10:30"], "what is past is not offered");
        assert_eq!(at("2026-11-23T02:00:00Z", 30), [""; 0]);
        assert_eq!(at("2026-09-01T02:00:00Z", 30), [""; 0], "too far ahead");
        // The 22nd is a Sunday.
        let own = |hari| JamHari { hari, buka: setelan.jam_buka, tutup: "09:30:00".parse().unwrap() };
        let short = Setelan { jam_per_hari: vec![own(5), own(7)], ..setelan.clone() };
        assert_eq!(jam_sekolah(day, &short).unwrap().end, utc("2026-11-22T02:30:00Z"));
        assert_eq!(jam_sekolah(day + Days::new(1), &short).unwrap().end, utc("2026-11-23T04:00:00Z"));
        let none = Setelan { jam_tutup: setelan.jam_buka, ..setelan.clone() };
        assert_eq!(jam_sekolah(day, &none), None);
    }

    #[test]
    fn a_day_fills_up() {
        let setelan = Setelan::default();
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let now = utc("2026-11-22T02:00:00Z");
        // From 07.00 to 17.00.
        let until = |minutes| [Span::minutes(utc("2026-11-23T00:00:00Z"), minutes)];
        assert_eq!(keadaan(day, &[], now, &setelan), None);
        assert_eq!(keadaan(day, &until(510), now, &setelan), None);
        assert_eq!(keadaan(day, &until(525), now, &setelan), Some(KeadaanHari::HampirPenuh));
        assert_eq!(keadaan(day, &until(570), now, &setelan), Some(KeadaanHari::HampirPenuh));
        assert_eq!(keadaan(day, &until(571), now, &setelan), Some(KeadaanHari::Penuh));
    }
}
