//! Quiet hours: nothing rings at a guest's home at night.

use chrono::{DateTime, NaiveDateTime, NaiveTime, TimeDelta, Utc};

use super::JenisPesan;
use crate::{Setelan, jadwal::instant};

/// When a message may leave that is due at `now`: at once outside the quiet hours, otherwise at their end. What is told
/// to users, and what is about a visit of today (`jadwal`), is never held back.
pub fn leaves_at(
    jenis: JenisPesan,
    jadwal: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
    setelan: &Setelan,
) -> DateTime<Utc> {
    let zone = setelan.zona_waktu;
    let local = now.with_timezone(&zone).naive_local();
    let is_today = jadwal.is_some_and(|jadwal| jadwal.with_timezone(&zone).date_naive() == local.date());
    if !jenis.is_to_tamu() || is_today {
        return now;
    }
    match quiet_until(local, setelan.jam_tenang_mulai, setelan.jam_tenang_selesai) {
        // A time that the zone skips holds nothing back.
        Some(end) => instant(end.date(), end.time(), zone).map_or(now, |end| end.max(now)),
        None => now,
    }
}

/// The end of the quiet hours that `local` lies in; `None` outside. They may reach over midnight; a start that is also
/// the end means that there are none.
fn quiet_until(local: NaiveDateTime, from: NaiveTime, to: NaiveTime) -> Option<NaiveDateTime> {
    let time = local.time();
    let today = local.date();
    let tomorrow = today + TimeDelta::days(1);
    let end = |day: chrono::NaiveDate| Some(day.and_time(to));
    if from < to {
        return if time >= from && time < to { end(today) } else { None };
    }
    match from == to {
        true => None,
        false if time >= from => end(tomorrow),
        false if time < to => end(today),
        false => None,
    }
}
