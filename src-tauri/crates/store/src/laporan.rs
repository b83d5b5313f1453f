//! Rows for reports and the dashboard; the figures are `domain::laporan`'s.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{jadwal::Span, laporan::ReportRow};

use crate::Result;

/// Rows for reports.
#[async_trait]
pub trait LaporanStore: Send + Sync {
    /// Every appointment that is scheduled, or whose guest arrived, within the span.
    async fn list_baris(&self, span: Span) -> Result<Vec<ReportRow>>;
    /// How many guests came since `sejak` and are still in the building.
    async fn count_di_lokasi(&self, sejak: DateTime<Utc>) -> Result<u32>;
}
