//! The figures of each guru.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{GuruTeratas, ReportRow};
use crate::{IdPengguna, Jenis, Status};

/// What a guru had in the period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PerGuru {
    /// The guru.
    pub id: IdPengguna,
    /// The guru's name.
    pub nama: String,
    /// What the guru does at the school.
    pub jabatan: Option<String>,
    /// Arrivals.
    pub jumlah_kunjungan: u32,
    /// Appointments scheduled in the period, without walk-ins and those called off.
    pub jumlah_janji: u32,
    /// Arrivals later than the scheduled time and the tolerance.
    pub terlambat: u32,
    /// Appointments whose guest did not come.
    pub tidak_hadir: u32,
    /// Mean seconds from arrival to meeting, over the visits that have both; null if none has.
    pub waktu_tunggu_rata_rata_detik: Option<f64>,
    /// Mean of the reviews' stars; null if there is no review.
    pub rating_rata_rata: Option<f64>,
    /// Reviews.
    pub jumlah_ulasan: u32,
}

/// What is added up of one guru.
struct OneGuru {
    nama: String,
    jabatan: Option<String>,
    /// Scheduled and not called off, walk-ins too.
    jumlah: u32,
    kunjungan: u32,
    janji: u32,
    terlambat: u32,
    tidak_hadir: u32,
    /// Sum in milliseconds, and how many.
    waits: (u64, u32),
    /// Sum of stars, and how many.
    stars: (u64, u32),
}

/// The gurus of a period.
#[derive(Default)]
pub(super) struct Gurus(HashMap<IdPengguna, OneGuru>);

impl Gurus {
    /// Counts an appointment that was scheduled in the period.
    pub(super) fn schedule(&mut self, baris: &ReportRow) {
        let one = self.of(baris);
        let stands = baris.status != Status::Batal;
        one.jumlah += u32::from(stands);
        one.janji += u32::from(stands && baris.jenis == Jenis::Janji);
        one.tidak_hadir += u32::from(baris.status == Status::TidakHadir);
    }

    /// Counts an arrival in the period.
    pub(super) fn arrive(&mut self, baris: &ReportRow, wait: Option<u64>, stars: Option<u8>) {
        let one = self.of(baris);
        one.kunjungan += 1;
        one.terlambat += u32::from(baris.terlambat);
        if let Some(ms) = wait {
            one.waits = (one.waits.0 + ms, one.waits.1 + 1);
        }
        if let Some(stars) = stars {
            one.stars = (one.stars.0 + u64::from(stars), one.stars.1 + 1);
        }
    }

    fn of(&mut self, baris: &ReportRow) -> &mut OneGuru {
        self.0.entry(baris.id_guru).or_insert_with(|| OneGuru {
            nama: baris.nama_guru.clone(),
            jabatan: baris.jabatan_guru.clone(),
            jumlah: 0,
            kunjungan: 0,
            janji: 0,
            terlambat: 0,
            tidak_hadir: 0,
            waits: (0, 0),
            stars: (0, 0),
        })
    }

    /// The ten with the most appointments.
    pub(super) fn teratas(&self) -> Vec<GuruTeratas> {
        let scheduled = self.0.iter().filter(|(_, one)| one.jumlah > 0);
        let mut most: Vec<_> = scheduled
            .map(|(id, one)| GuruTeratas { id: *id, nama: one.nama.clone(), jumlah: one.jumlah })
            .collect();
        most.sort_by(|a, b| b.jumlah.cmp(&a.jumlah).then_with(|| a.nama.cmp(&b.nama)).then(a.id.cmp(&b.id)));
        most.truncate(10);
        most
    }

    /// All of them, those with the most visits first.
    pub(super) fn finish(self) -> Vec<PerGuru> {
        let mut all: Vec<_> = self.0.into_iter().map(|(id, one)| one.finish(id)).collect();
        all.sort_by(|a, b| {
            let by_count = b.jumlah_kunjungan.cmp(&a.jumlah_kunjungan);
            by_count.then_with(|| a.nama.cmp(&b.nama)).then(a.id.cmp(&b.id))
        });
        all
    }
}

impl OneGuru {
    fn finish(self, id: IdPengguna) -> PerGuru {
        let mean = |(sum, n): (u64, u32)| (n > 0).then(|| sum as f64 / f64::from(n));
        PerGuru {
            id,
            nama: self.nama,
            jabatan: self.jabatan,
            jumlah_kunjungan: self.kunjungan,
            jumlah_janji: self.janji,
            terlambat: self.terlambat,
            tidak_hadir: self.tidak_hadir,
            waktu_tunggu_rata_rata_detik: mean(self.waits).map(|ms| ms / 1000.0),
            rating_rata_rata: mean(self.stars),
            jumlah_ulasan: self.stars.1,
        }
    }
}
