//! Appointments that repeat: on which days, and which days are left out and why.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{
    Setelan,
    hari_libur::{Closed, Tutup},
    isian::{FieldError, KodeIsian},
    jadwal::{self, InvalidJadwal},
    words::words,
};

words! {
    /// How often an appointment repeats.
    pub enum Setiap, else UnknownSetiap "pengulangan tidak dikenal" {
        /// On the same day of every week.
        Minggu = "minggu",
    }
}

/// How an appointment repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Ulang {
    /// How often.
    pub setiap: Setiap,
    /// The last day on which it may be.
    pub sampai: NaiveDate,
}

words! {
    /// Why a day of a series has no appointment.
    pub enum AlasanDilewati, else UnknownAlasanDilewati "alasan dilewati tidak dikenal" {
        /// A holiday.
        Libur = "libur",
        /// The school is closed on this day of the week.
        HariTutup = "hari_tutup",
        /// A clock change skips the time on that day.
        WaktuTidakAda = "waktu_tidak_ada",
        /// The guru is taken. Only a store knows, so [`series`] never says it.
        Bentrok = "bentrok",
    }
}

/// A day of a series without an appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Dilewati {
    /// The day.
    pub tanggal: NaiveDate,
    /// Why.
    pub alasan: AlasanDilewati,
}

/// Why an appointment cannot repeat so.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum InvalidUlang {
    /// It ends before it begins.
    #[error("harus pada atau setelah tanggal janji pertama")]
    EndsBefore,
    /// It goes on beyond the last day that can be booked.
    #[error(transparent)]
    Jadwal(InvalidJadwal),
}

impl From<InvalidUlang> for FieldError {
    fn from(error: InvalidUlang) -> Self {
        match error {
            InvalidUlang::EndsBefore => Self::new(KodeIsian::SebelumMulai, error),
            InvalidUlang::Jadwal(error) => error.into(),
        }
    }
}

/// The appointments of a series, and the days that are left out; both in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Series {
    /// When each begins.
    pub jadwal: Vec<DateTime<Utc>>,
    /// The others.
    pub dilewati: Vec<Dilewati>,
}

impl From<Tutup<'_>> for AlasanDilewati {
    fn from(tutup: Tutup<'_>) -> Self {
        match tutup {
            Tutup::Libur(_) => Self::Libur,
            Tutup::HariTutup => Self::HariTutup,
        }
    }
}

/// The days of a series, whether it can be booked or not.
pub fn days(mulai: NaiveDate, sampai: NaiveDate, setiap: Setiap) -> impl Iterator<Item = NaiveDate> {
    let next = move |tanggal: &NaiveDate| match setiap {
        Setiap::Minggu => tanggal.checked_add_days(Days::new(7)),
    };
    std::iter::successors(Some(mulai), next).take_while(move |tanggal| *tanggal <= sampai)
}

/// The series that begins on `mulai`, each at the same time of the school's clock, whatever its offset is on that day.
/// A time that comes twice on a day is the first of the two; one that a clock change skips leaves its day out.
///
/// Whether the first can be booked is checked as of any other appointment ([`jadwal::check_bookable`]).
///
/// # Errors
/// [`InvalidUlang`], about `sampai`.
pub fn series(
    mulai: NaiveDate,
    waktu: NaiveTime,
    ulang: Ulang,
    closed: &Closed,
    now: DateTime<Utc>,
    setelan: &Setelan,
) -> Result<Series, InvalidUlang> {
    if ulang.sampai < mulai {
        return Err(InvalidUlang::EndsBefore);
    }
    if ulang.sampai > jadwal::last_day(now, setelan) {
        return Err(InvalidUlang::Jadwal(InvalidJadwal::TooFar(setelan.batas_pesan_bulan)));
    }
    let mut series = Series::default();
    for tanggal in days(mulai, ulang.sampai, ulang.setiap) {
        let start = match closed.why(tanggal) {
            Some(tutup) => Err(tutup.into()),
            None => {
                jadwal::instant(tanggal, waktu, setelan.zona_waktu).map_err(|_| AlasanDilewati::WaktuTidakAda)
            }
        };
        match start {
            Ok(start) => series.jadwal.push(start),
            Err(alasan) => series.dilewati.push(Dilewati { tanggal, alasan }),
        }
    }
    Ok(series)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hari_libur::{HariLibur, JenisLibur, SumberLibur};

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn of(mulai: &str, waktu: &str, sampai: &str, closed: &Closed, setelan: &Setelan) -> Series {
        let now = utc("2026-10-01T01:00:00Z");
        let ulang = Ulang { setiap: Setiap::Minggu, sampai: date(sampai) };
        series(date(mulai), waktu.parse().unwrap(), ulang, closed, now, setelan).unwrap()
    }

    fn berlin() -> Setelan {
        Setelan { zona_waktu: chrono_tz::Europe::Berlin, batas_pesan_bulan: 24, ..Setelan::default() }
    }

    #[test]
    fn every_week_until_the_last_day_which_counts() {
        let setelan = Setelan::default();
        let open = Closed::never();
        let starts = |sampai| of("2026-10-05", "09:30:00", sampai, &open, &setelan).jadwal;
        let expected = ["2026-10-05T02:30:00Z", "2026-10-12T02:30:00Z", "2026-10-19T02:30:00Z"].map(utc);
        assert_eq!(starts("2026-10-19"), expected);
        assert_eq!(starts("2026-10-25"), expected);
        assert_eq!(starts("2026-10-05"), expected[..1]);
    }

    fn libur(tanggal: &str) -> HariLibur {
        HariLibur {
            tanggal: date(tanggal),
            nama: "Libur".to_owned(),
            jenis: JenisLibur::Sekolah,
            perkiraan: false,
            sumber: SumberLibur::Manual,
        }
    }

    #[test]
    fn closed_days_are_left_out_and_say_why() {
        let holidays = vec![libur("2026-10-12"), libur("2026-10-13")];
        let closed = Closed::new(holidays, &Setelan::default());
        let series = of("2026-10-05", "09:30:00", "2026-10-19", &closed, &Setelan::default());
        let left_out = Dilewati { tanggal: date("2026-10-12"), alasan: AlasanDilewati::Libur };
        assert_eq!((series.jadwal.len(), series.dilewati), (2, vec![left_out]));
        assert_eq!(
            serde_json::to_value(left_out).unwrap(),
            serde_json::json!({ "tanggal": "2026-10-12", "alasan": "libur" })
        );
        let setelan = Setelan { hari_kerja: vec![1, 2, 3, 4, 5], ..Setelan::default() };
        let weekends = Closed::new(Vec::new(), &setelan);
        let series = of("2026-10-03", "09:30:00", "2026-10-17", &weekends, &setelan);
        assert!(series.jadwal.is_empty());
        assert!(series.dilewati.iter().all(|one| one.alasan == AlasanDilewati::HariTutup));
        assert_eq!(series.dilewati.len(), 3);
    }

    #[test]
    fn the_time_of_day_stays_when_the_clock_changes() {
        // Berlin: summer time ends on 25 October 2026.
        let series = of("2026-10-19", "09:30:00", "2026-11-02", &Closed::never(), &berlin());
        let expected = ["2026-10-19T07:30:00Z", "2026-10-26T08:30:00Z", "2026-11-02T08:30:00Z"].map(utc);
        assert_eq!(series.jadwal, expected);
    }

    #[test]
    fn a_time_that_comes_twice_is_the_first_of_the_two() {
        let series = of("2026-10-25", "02:30:00", "2026-11-01", &Closed::never(), &berlin());
        assert_eq!(series.jadwal, ["2026-10-25T00:30:00Z", "2026-11-01T01:30:00Z"].map(utc));
    }

    #[test]
    fn a_time_that_the_clock_skips_leaves_its_day_out() {
        // Summer time begins on 28 March 2027, from 02:00 to 03:00.
        let series = of("2027-03-21", "02:30:00", "2027-04-04", &Closed::never(), &berlin());
        assert_eq!(series.jadwal, ["2027-03-21T01:30:00Z", "2027-04-04T00:30:00Z"].map(utc));
        let left_out = Dilewati { tanggal: date("2027-03-28"), alasan: AlasanDilewati::WaktuTidakAda };
        assert_eq!(series.dilewati, [left_out]);
    }

    #[test]
    fn it_ends_within_what_can_be_booked_and_not_before_it_begins() {
        let setelan = Setelan::default();
        let until = |sampai, mulai| {
            let ulang = Ulang { setiap: Setiap::Minggu, sampai: date(sampai) };
            let (now, waktu) = (utc("2026-10-01T01:00:00Z"), NaiveTime::MIN);
            series(date(mulai), waktu, ulang, &Closed::never(), now, &setelan)
        };
        assert_eq!(until("2026-10-04", "2026-10-05"), Err(InvalidUlang::EndsBefore));
        assert!(until("2026-12-01", "2026-10-05").is_ok());
        let too_far = until("2026-12-02", "2026-10-05").unwrap_err();
        assert_eq!(too_far, InvalidUlang::Jadwal(InvalidJadwal::TooFar(2)));
        assert_eq!(FieldError::from(too_far).batas, [2]);
        assert_eq!(FieldError::from(InvalidUlang::EndsBefore).kode, "sebelum_mulai");
        assert_eq!(until("9999-12-31", "2026-10-05"), Err(too_far));
    }
}
