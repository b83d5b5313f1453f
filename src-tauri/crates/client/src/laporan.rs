//! The visit reports, for an admin.

use chrono::NaiveDate;
use domain::laporan::Laporan;

use crate::{Client, Result, http::Call};

/// Which report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rentang {
    /// Of a day.
    Harian,
    /// Of the week, Monday to Sunday, that a day lies in.
    Mingguan,
    /// Of the month that a day lies in.
    Bulanan,
}

impl Client {
    /// A report; without a day, of now by the server's calendar.
    ///
    /// # Errors
    /// [`Error::Problem`](crate::Error::Problem) with 403 for those who are no admins.
    pub async fn get_laporan(&self, rentang: Rentang, tanggal: Option<NaiveDate>) -> Result<Laporan> {
        self.json(match rentang {
            Rentang::Harian => Call::get("/api/reports/daily").query_some("tanggal", tanggal),
            Rentang::Mingguan => Call::get("/api/reports/weekly").query_some("tanggal", tanggal),
            Rentang::Bulanan => {
                let bulan = tanggal.map(|tanggal| tanggal.format("%Y-%m"));
                Call::get("/api/reports/monthly").query_some("bulan", bulan)
            }
        })
        .await
    }
}
