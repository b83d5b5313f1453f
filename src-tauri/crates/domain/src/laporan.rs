//! The visit report: which days it covers, and how rows become its figures.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Timelike, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::{IdPengguna, Jenis, Status, jadwal, jadwal::Span};

/// Days covered by a report, both inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub dari: NaiveDate,
    /// Last day.
    pub sampai: NaiveDate,
}

impl Period {
    /// One day.
    pub fn harian(tanggal: NaiveDate) -> Self {
        Self { dari: tanggal, sampai: tanggal }
    }

    /// The week, Monday to Sunday, that the day lies in.
    pub fn mingguan(tanggal: NaiveDate) -> Self {
        let dari = tanggal - Days::new(u64::from(tanggal.weekday().num_days_from_monday()));
        Self { dari, sampai: dari + Days::new(6) }
    }

    /// The month that the day lies in.
    pub fn bulanan(tanggal: NaiveDate) -> Self {
        let dari = tanggal - Days::new(u64::from(tanggal.day0()));
        Self { dari, sampai: dari + Months::new(1) - Days::new(1) }
    }

    /// The same days as instants in `zone`.
    pub fn span(&self, zone: Tz) -> Span {
        jadwal::days(self.dari, self.sampai, zone)
    }
}

/// What the report needs of an appointment: one that was scheduled, or whose guest arrived, within the period.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportRow {
    /// The guru whom the guest visits.
    pub id_guru: IdPengguna,
    /// That guru's name.
    pub nama_guru: String,
    /// Scheduled time.
    pub jadwal: DateTime<Utc>,
    /// Agreed, or registered at the desk.
    pub jenis: Jenis,
    /// The appointment's status.
    pub status: Status,
    /// Arrived late.
    pub terlambat: bool,
    /// Arrival.
    pub waktu_datang: Option<DateTime<Utc>>,
    /// Guru and guest met.
    pub waktu_mulai: Option<DateTime<Utc>>,
    /// The review's stars.
    pub rating: Option<u8>,
    /// A field that the figures need cannot be read any more.
    pub rusak: bool,
}

/// A guru, and the number of their appointments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GuruTeratas {
    /// The guru.
    pub id: IdPengguna,
    /// The guru's name.
    pub nama: String,
    /// Appointments in the period, without those called off.
    pub jumlah: u32,
}

/// Arrivals on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PerHari {
    /// The day.
    pub tanggal: NaiveDate,
    /// Arrivals.
    pub jumlah: u32,
}

/// Arrivals in one hour of the day, over all days of the period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PerJam {
    /// 0 to 23, the school's time.
    pub jam: u32,
    /// Arrivals.
    pub jumlah: u32,
}

/// The report of a period (DESIGN §7).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Laporan {
    /// First day.
    pub dari: NaiveDate,
    /// Last day, inclusive.
    pub sampai: NaiveDate,
    /// Arrivals in the period.
    pub jumlah_kunjungan: u32,
    /// Appointments scheduled in the period, by status; every status is named.
    pub per_status: BTreeMap<String, u32>,
    /// Percentage of punctual guests among those who arrived to an appointment; null if none arrived.
    pub persentase_tepat_waktu: Option<f64>,
    /// Arrivals later than the scheduled time and the tolerance.
    pub jumlah_terlambat: u32,
    /// Arrivals without an appointment.
    pub walk_in: u32,
    /// The gurus with the most appointments, at most ten.
    pub guru_teratas: Vec<GuruTeratas>,
    /// Mean seconds from arrival to meeting, over the visits that have both; null if none has.
    pub waktu_tunggu_rata_rata_detik: Option<f64>,
    /// Visits left out of that mean because the meeting's start is not known.
    pub tanpa_waktu_tunggu: u32,
    /// Mean of the reviews' stars; null if there is no review.
    pub rating_rata_rata: Option<f64>,
    /// Every day of the period, in order.
    pub per_hari: Vec<PerHari>,
    /// The hours in which somebody arrived, in order.
    pub per_jam: Vec<PerJam>,
    /// Appointments that are in no figure because they cannot be read any more; left out if there are none.
    #[serde(default, skip_serializing_if = "is_none_at_all")]
    pub baris_rusak: u32,
}

fn is_none_at_all(n: &u32) -> bool {
    *n == 0
}

/// Sums up the rows of a period.
pub fn summarise(periode: Period, baris: &[ReportRow], zone: Tz) -> Laporan {
    let span = periode.span(zone);
    let (rusak, baris): (Vec<_>, Vec<_>) = baris.iter().partition(|baris| baris.rusak);
    let scheduled: Vec<_> = baris.iter().copied().filter(|baris| span.contains(baris.jadwal)).collect();
    let arrivals: Vec<(&ReportRow, DateTime<Utc>)> = baris
        .into_iter()
        .filter_map(|baris| Some((baris, baris.waktu_datang?)))
        .filter(|(_, waktu_datang)| span.contains(*waktu_datang))
        .collect();

    let by_appointment = arrivals.iter().filter(|(baris, _)| baris.jenis == Jenis::Janji).count();
    let late = arrivals.iter().filter(|(baris, _)| baris.terlambat).count();
    let waits: Vec<f64> = arrivals
        .iter()
        .filter_map(|(baris, datang)| {
            Some((baris.waktu_mulai? - *datang).num_milliseconds().max(0) as f64 / 1000.0)
        })
        .collect();
    let ratings: Vec<f64> = arrivals.iter().filter_map(|(baris, _)| baris.rating.map(f64::from)).collect();

    let mut per_hari: BTreeMap<NaiveDate, u32> =
        periode.dari.iter_days().take_while(|day| *day <= periode.sampai).map(|day| (day, 0)).collect();
    let mut per_jam: BTreeMap<u32, u32> = BTreeMap::new();
    for (_, datang) in &arrivals {
        let local = datang.with_timezone(&zone);
        *per_hari.entry(local.date_naive()).or_default() += 1;
        *per_jam.entry(local.hour()).or_default() += 1;
    }

    Laporan {
        dari: periode.dari,
        sampai: periode.sampai,
        jumlah_kunjungan: count(arrivals.len()),
        per_status: per_status(scheduled.iter().map(|baris| baris.status)),
        persentase_tepat_waktu: (by_appointment > 0)
            .then(|| 100.0 * (by_appointment - late.min(by_appointment)) as f64 / by_appointment as f64),
        jumlah_terlambat: count(late),
        walk_in: count(arrivals.len() - by_appointment),
        guru_teratas: guru_teratas(&scheduled),
        waktu_tunggu_rata_rata_detik: mean(&waits),
        tanpa_waktu_tunggu: count(arrivals.len() - waits.len()),
        rating_rata_rata: mean(&ratings),
        per_hari: per_hari.into_iter().map(|(tanggal, jumlah)| PerHari { tanggal, jumlah }).collect(),
        per_jam: per_jam.into_iter().map(|(jam, jumlah)| PerJam { jam, jumlah }).collect(),
        baris_rusak: count(rusak.len()),
    }
}

/// The number of each status; every status is named.
pub fn per_status(statuses: impl Iterator<Item = Status>) -> BTreeMap<String, u32> {
    let mut counts: BTreeMap<String, u32> = Status::ALL.iter().map(|s| (s.to_string(), 0)).collect();
    for status in statuses {
        *counts.entry(status.to_string()).or_default() += 1;
    }
    counts
}

fn guru_teratas(scheduled: &[&ReportRow]) -> Vec<GuruTeratas> {
    let mut by_guru: BTreeMap<IdPengguna, GuruTeratas> = BTreeMap::new();
    for baris in scheduled.iter().filter(|baris| baris.status != Status::Batal) {
        by_guru
            .entry(baris.id_guru)
            .or_insert_with(|| GuruTeratas { id: baris.id_guru, nama: baris.nama_guru.clone(), jumlah: 0 })
            .jumlah += 1;
    }
    let mut most: Vec<_> = by_guru.into_values().collect();
    most.sort_by(|a, b| b.jumlah.cmp(&a.jumlah).then_with(|| a.nama.cmp(&b.nama)));
    most.truncate(10);
    most
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn baris(jadwal: &str, datang: Option<&str>, mulai: Option<&str>) -> ReportRow {
        ReportRow {
            id_guru: IdPengguna(1),
            nama_guru: "Ratna Wulandari".to_owned(),
            jadwal: utc(jadwal),
            jenis: Jenis::Janji,
            status: if datang.is_some() { Status::Selesai } else { Status::Belum },
            terlambat: false,
            waktu_datang: datang.map(utc),
            waktu_mulai: mulai.map(utc),
            rating: None,
            rusak: false,
        }
    }

    #[test]
    fn periods() {
        let day = date("2026-02-18");
        assert_eq!(Period::mingguan(day), Period { dari: date("2026-02-16"), sampai: date("2026-02-22") });
        assert_eq!(Period::bulanan(day), Period { dari: date("2026-02-01"), sampai: date("2026-02-28") });
    }

    #[test]
    fn an_empty_period_has_no_means_and_all_its_days() {
        let laporan = summarise(Period::mingguan(date("2026-11-23")), &[], chrono_tz::Asia::Jakarta);
        assert_eq!(laporan.jumlah_kunjungan, 0);
        assert_eq!(laporan.persentase_tepat_waktu, None);
        assert_eq!(laporan.waktu_tunggu_rata_rata_detik, None);
        assert_eq!(laporan.per_hari.len(), 7);
        assert_eq!(laporan.per_status.len(), 6);
    }

    #[test]
    fn figures_of_a_day() {
        let late = ReportRow {
            terlambat: true,
            rating: Some(4),
            ..baris("2026-11-23T02:00:00Z", Some("2026-11-23T02:20:00Z"), None)
        };
        let punctual =
            baris("2026-11-23T02:30:00Z", Some("2026-11-23T02:30:00Z"), Some("2026-11-23T02:32:30Z"));
        let walk_in = ReportRow {
            jenis: Jenis::Langsung,
            id_guru: IdPengguna(2),
            nama_guru: "Agus".to_owned(),
            ..punctual.clone()
        };
        let not_here = baris("2026-11-23T05:00:00Z", None, None);
        let yesterday = baris("2026-11-22T05:00:00Z", Some("2026-11-22T05:00:00Z"), None);
        let damaged = ReportRow { rusak: true, ..not_here.clone() };
        let laporan = summarise(
            Period::harian(date("2026-11-23")),
            &[late, punctual, walk_in, not_here, yesterday, damaged],
            chrono_tz::Asia::Jakarta,
        );
        assert_eq!((laporan.jumlah_kunjungan, laporan.baris_rusak), (3, 1));
        assert_eq!(laporan.persentase_tepat_waktu, Some(50.0));
        assert_eq!((laporan.jumlah_terlambat, laporan.walk_in), (1, 1));
        assert_eq!(laporan.waktu_tunggu_rata_rata_detik, Some(150.0));
        assert_eq!(laporan.tanpa_waktu_tunggu, 1);
        assert_eq!(laporan.rating_rata_rata, Some(4.0));
        assert_eq!((laporan.per_status["selesai"], laporan.per_status["belum"]), (3, 1));
        assert_eq!(laporan.guru_teratas[0].jumlah, 3);
        assert_eq!(laporan.per_jam, [PerJam { jam: 9, jumlah: 3 }]);
    }
}
