//! The visit report: which days it covers, and how rows become its figures.
//!
//! Rows are added up one after the other ([`Figures`]), so that a report over years holds none of them.

mod figures;
mod guru;
mod keperluan;
mod period;
mod tunggu;
mod visit;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::{
    IdPengguna, Jenis, Status,
    survei::{Mutu, RingkasanSurvei, Totals},
};

pub use figures::Figures;
pub use guru::PerGuru;
pub use keperluan::{KEPERLUAN_MAX, LAINNYA, PerKeperluan};
pub use period::{HARI_MAX, JenisPeriode, Period};
pub use visit::{Visit, VisitPlace};

/// What the report needs of an appointment: one that was scheduled, or whose guest arrived, within the period.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportRow {
    /// The guru whom the guest visits.
    pub id_guru: IdPengguna,
    /// That guru's name.
    pub nama_guru: String,
    /// What that guru does at the school.
    pub jabatan_guru: Option<String>,
    /// What the visit is for.
    pub keperluan: String,
    /// Scheduled time.
    pub jadwal: DateTime<Utc>,
    /// Agreed, or registered at the desk.
    pub jenis: Jenis,
    /// The appointment's status.
    pub status: Status,
    /// How many people come.
    pub jumlah_orang: u32,
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
    /// Of those, how many without an appointment.
    pub walk_in: u32,
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

/// Arrivals on one day of the week, over all weeks of the period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PerHariMinggu {
    /// 1 for Monday to 7 for Sunday.
    pub hari: u32,
    /// Arrivals.
    pub jumlah: u32,
}

/// Arrivals in one hour of one day of the week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PerHariJam {
    /// 1 for Monday to 7 for Sunday.
    pub hari: u32,
    /// 0 to 23, the school's time.
    pub jam: u32,
    /// Arrivals.
    pub jumlah: u32,
}

/// Reviews with so many stars.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PerRating {
    /// 1 to 5.
    pub rating: u8,
    /// Reviews.
    pub jumlah: u32,
}

/// What the satisfaction survey of the period comes to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SurveiLaporan {
    /// Respondents.
    pub jumlah: u32,
    /// The index with the exact weight of 1/9.
    pub indeks: f64,
    /// With the weight of 0,11 that many sheets use.
    pub indeks_011: f64,
    /// The exact index's letter.
    pub huruf: Mutu,
    /// The regulation's words for that letter.
    pub mutu: String,
}

impl SurveiLaporan {
    /// What the answers come to; `None` if nobody answered.
    pub fn of(totals: &Totals) -> Option<Self> {
        let ringkasan = RingkasanSurvei::of(totals);
        let (indeks, indeks_011) = (ringkasan.indeks?, ringkasan.indeks_011?);
        Some(Self {
            jumlah: ringkasan.responden,
            indeks: indeks.nilai,
            indeks_011: indeks_011.nilai,
            huruf: indeks.mutu,
            mutu: indeks.mutu.sebutan().to_owned(),
        })
    }
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
    /// People who arrived: the sizes of the groups, added up.
    pub jumlah_orang: u32,
    /// Appointments scheduled in the period, by status; every status is named.
    pub per_status: BTreeMap<String, u32>,
    /// Percentage of punctual guests among those who arrived to an appointment; null if none arrived.
    pub persentase_tepat_waktu: Option<f64>,
    /// Arrivals later than the scheduled time and the tolerance.
    pub jumlah_terlambat: u32,
    /// Arrivals without an appointment.
    pub walk_in: u32,
    /// Appointments scheduled in the period whose guest did not come.
    pub tidak_hadir: u32,
    /// The gurus with the most appointments, at most ten.
    pub guru_teratas: Vec<GuruTeratas>,
    /// Every guru with anything in the period, those with the most visits first.
    pub per_guru: Vec<PerGuru>,
    /// What visits were for, the most frequent first. Words that differ in case and blanks only are one. At most 20;
    /// all others together are `lainnya`, which comes last.
    pub per_keperluan: Vec<PerKeperluan>,
    /// Mean seconds from arrival to meeting, over the visits that have both; null if none has.
    pub waktu_tunggu_rata_rata_detik: Option<f64>,
    /// The median of the same, by nearest rank.
    pub waktu_tunggu_median_detik: Option<f64>,
    /// The 90th percentile of the same, by nearest rank.
    pub waktu_tunggu_p90_detik: Option<f64>,
    /// Visits that have a waiting time.
    pub dengan_waktu_tunggu: u32,
    /// Visits left out because the meeting's start is not known.
    pub tanpa_waktu_tunggu: u32,
    /// Mean of the reviews' stars; null if there is no review.
    pub rating_rata_rata: Option<f64>,
    /// Reviews of the period's visits.
    pub jumlah_ulasan: u32,
    /// Reviews by stars, 1 to 5.
    pub per_rating: Vec<PerRating>,
    /// Every day of the period, in order.
    pub per_hari: Vec<PerHari>,
    /// The hours in which somebody arrived, in order.
    pub per_jam: Vec<PerJam>,
    /// Every day of the week, Monday first.
    pub per_hari_minggu: Vec<PerHariMinggu>,
    /// Days of the week and hours in which somebody arrived, in order.
    pub per_hari_jam: Vec<PerHariJam>,
    /// The satisfaction survey; null if nobody answered it.
    pub survei: Option<SurveiLaporan>,
    /// Appointments that are in no figure because they cannot be read any more; left out if there are none.
    #[serde(default, skip_serializing_if = "is_none_at_all")]
    pub baris_rusak: u32,
}

/// A report, with that of the period before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LaporanBanding {
    /// The report.
    #[serde(flatten)]
    pub laporan: Laporan,
    /// The period before, of the same kind; left out if it was not asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sebelumnya: Option<Laporan>,
}

fn is_none_at_all(n: &u32) -> bool {
    *n == 0
}

/// Sums up the rows of a period, without the survey.
pub fn summarise(periode: Period, baris: &[ReportRow], zone: Tz) -> Laporan {
    let mut figures = Figures::new(periode, zone);
    baris.iter().for_each(|baris| figures.add(baris));
    figures.finish(None)
}

/// The number of each status; every status is named.
pub fn per_status(statuses: impl Iterator<Item = Status>) -> BTreeMap<String, u32> {
    let mut counts: BTreeMap<String, u32> = Status::ALL.iter().map(|s| (s.to_string(), 0)).collect();
    for status in statuses {
        *counts.entry(status.to_string()).or_default() += 1;
    }
    counts
}

#[cfg(test)]
mod tests;
