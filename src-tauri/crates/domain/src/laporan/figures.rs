//! The figures of a period, added up row by row.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use chrono_tz::Tz;

use super::{
    Laporan, PerHari, PerHariJam, PerHariMinggu, PerJam, PerRating, Period, ReportRow, SurveiLaporan,
    guru::Gurus, keperluan::Purposes, tunggu::Waits,
};
use crate::{Jenis, Status, jadwal::Span};

/// Adds up the rows of a period, each once, in any order. Of a row it keeps the waiting time only.
pub struct Figures {
    periode: Period,
    zone: Tz,
    span: Span,
    rusak: u32,
    per_status: [u32; Status::ALL.len()],
    kunjungan: u32,
    orang: u32,
    by_appointment: u32,
    terlambat: u32,
    waits: Waits,
    /// By stars, from 1 on.
    ratings: [u32; 5],
    /// Every day, from the first on.
    days: Vec<PerHari>,
    /// By day of the week, Monday first, and hour.
    hours: [[u32; 24]; 7],
    gurus: Gurus,
    purposes: Purposes,
}

impl Figures {
    /// Nothing yet.
    pub fn new(periode: Period, zone: Tz) -> Self {
        Self {
            periode,
            zone,
            span: periode.span(zone),
            rusak: 0,
            per_status: [0; Status::ALL.len()],
            kunjungan: 0,
            orang: 0,
            by_appointment: 0,
            terlambat: 0,
            waits: Waits::default(),
            ratings: [0; 5],
            days: periode
                .dari
                .iter_days()
                .take_while(|day| *day <= periode.sampai)
                .map(|tanggal| PerHari { tanggal, jumlah: 0, walk_in: 0 })
                .collect(),
            hours: [[0; 24]; 7],
            gurus: Gurus::default(),
            purposes: Purposes::default(),
        }
    }

    /// The instants that the rows must be of: scheduled within, or arrived within.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Adds a row. One that is not of the period changes nothing.
    pub fn add(&mut self, baris: &ReportRow) {
        if baris.rusak {
            self.rusak += 1;
            return;
        }
        if self.span.contains(baris.jadwal) {
            let place = Status::ALL.iter().position(|status| *status == baris.status);
            self.per_status[place.expect("every status is one of all")] += 1;
            self.gurus.schedule(baris);
        }
        if let Some(datang) = baris.waktu_datang.filter(|datang| self.span.contains(*datang)) {
            self.arrive(baris, datang);
        }
    }

    fn arrive(&mut self, baris: &ReportRow, datang: DateTime<Utc>) {
        self.kunjungan += 1;
        self.orang = self.orang.saturating_add(baris.jumlah_orang);
        self.by_appointment += u32::from(baris.jenis == Jenis::Janji);
        self.terlambat += u32::from(baris.terlambat);
        // A clock that was set back makes no waiting time below nothing.
        let wait = baris.waktu_mulai.map(|mulai| (mulai - datang).num_milliseconds().max(0).unsigned_abs());
        if let Some(ms) = wait {
            self.waits.add(ms);
        }
        let stars = baris.rating.filter(|stars| (1..=5).contains(stars));
        if let Some(stars) = stars {
            self.ratings[usize::from(stars) - 1] += 1;
        }
        let local = datang.with_timezone(&self.zone);
        if let Some(day) = self.day(local.date_naive()) {
            day.jumlah += 1;
            day.walk_in += u32::from(baris.jenis == Jenis::Langsung);
        }
        self.hours[local.weekday().num_days_from_monday() as usize][local.hour() as usize] += 1;
        self.gurus.arrive(baris, wait, stars);
        self.purposes.add(&baris.keperluan);
    }

    fn day(&mut self, date: NaiveDate) -> Option<&mut PerHari> {
        let place = usize::try_from((date - self.periode.dari).num_days()).ok()?;
        self.days.get_mut(place)
    }

    /// The report.
    pub fn finish(mut self, survei: Option<SurveiLaporan>) -> Laporan {
        let stars: u32 = (1..).zip(self.ratings).map(|(stars, n)| stars * n).sum();
        let reviews: u32 = self.ratings.iter().sum();
        let waits = u32::try_from(self.waits.count()).unwrap_or(u32::MAX);
        let punctual = self.by_appointment - self.terlambat.min(self.by_appointment);
        let tidak_hadir = Status::ALL.iter().position(|status| *status == Status::TidakHadir);
        let hours = self.hours;
        Laporan {
            dari: self.periode.dari,
            sampai: self.periode.sampai,
            jumlah_kunjungan: self.kunjungan,
            jumlah_orang: self.orang,
            per_status: Status::ALL.iter().map(ToString::to_string).zip(self.per_status).collect(),
            persentase_tepat_waktu: (self.by_appointment > 0)
                .then(|| 100.0 * f64::from(punctual) / f64::from(self.by_appointment)),
            jumlah_terlambat: self.terlambat,
            walk_in: self.kunjungan - self.by_appointment,
            tidak_hadir: tidak_hadir.map_or(0, |place| self.per_status[place]),
            guru_teratas: self.gurus.teratas(),
            per_guru: self.gurus.finish(),
            per_keperluan: self.purposes.finish(),
            waktu_tunggu_rata_rata_detik: self.waits.mean(),
            waktu_tunggu_median_detik: self.waits.percentile(50),
            waktu_tunggu_p90_detik: self.waits.percentile(90),
            dengan_waktu_tunggu: waits,
            tanpa_waktu_tunggu: self.kunjungan - waits,
            rating_rata_rata: (reviews > 0).then(|| f64::from(stars) / f64::from(reviews)),
            jumlah_ulasan: reviews,
            per_rating: (1..)
                .zip(self.ratings)
                .map(|(rating, jumlah)| PerRating { rating, jumlah })
                .collect(),
            per_hari: self.days,
            per_jam: (0..24)
                .map(|jam| PerJam { jam, jumlah: hours.iter().map(|day| day[jam as usize]).sum() })
                .filter(|row| row.jumlah > 0)
                .collect(),
            per_hari_minggu: (1..)
                .zip(&hours)
                .map(|(hari, day)| PerHariMinggu { hari, jumlah: day.iter().sum() })
                .collect(),
            per_hari_jam: (1..)
                .zip(&hours)
                .flat_map(|(hari, day)| {
                    (0..).zip(day).map(move |(jam, n)| PerHariJam { hari, jam, jumlah: *n })
                })
                .filter(|row| row.jumlah > 0)
                .collect(),
            survei,
            baris_rusak: self.rusak,
        }
    }
}
