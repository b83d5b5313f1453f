//! Rows for reports and the dashboard; the figures are `domain::laporan`'s.

use async_trait::async_trait;
use domain::{jadwal::Span, laporan::ReportRow};

use crate::Result;

/// Rows for reports.
#[async_trait]
pub trait LaporanStore: Send + Sync {
    /// Every appointment that is scheduled, or whose guest arrived, within the span.
    async fn list_baris(&self, span: Span) -> Result<Vec<ReportRow>>;
    /// Whether anybody was ever invited.
    async fn has_undangan(&self) -> Result<bool>;
}
