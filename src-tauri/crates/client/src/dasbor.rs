//! Today at a glance, for the desk and the admin.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{json::Presence, laporan::GuruTeratas};
use serde::Deserialize;

use crate::{Client, Result, http::Call};

/// Today at a glance.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Dasbor {
    /// Today in the school.
    pub tanggal: NaiveDate,
    /// Appointments and walk-ins scheduled today.
    pub jumlah: u32,
    /// Of those, how many stand where; every status is named.
    pub per_status: BTreeMap<String, u32>,
    /// Guests who arrived today.
    pub jumlah_kunjungan: u32,
    /// Guests who arrived late today.
    pub jumlah_terlambat: u32,
    /// Guests in the building now.
    pub di_lokasi: u32,
    /// The gurus with the most appointments today.
    pub guru_teratas: Vec<GuruTeratas>,
    /// Who is connected now.
    pub presence: Vec<Presence>,
}

impl Client {
    /// Today at a glance.
    ///
    /// # Errors
    /// [`Error::Problem`](crate::Error::Problem) with 403 for a guru.
    pub async fn get_dasbor(&self) -> Result<Dasbor> {
        self.json(Call::get("/api/dashboard")).await
    }
}
