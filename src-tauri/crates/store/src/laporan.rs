//! Rows for reports and the dashboard; the figures are `domain::laporan`'s.

use async_trait::async_trait;
use chrono_tz::Tz;
use domain::{
    jadwal::Span,
    laporan::{Figures, Laporan, LaporanBanding, Period, ReportRow, SurveiLaporan, Visit, VisitPlace},
};

use crate::{Result, Store};

/// Rows that are read at once when a report is added up or visits are exported.
pub(crate) const ROWS_AT_ONCE: u32 = 4000;

/// Rows for reports.
#[async_trait]
pub trait LaporanStore: Send + Sync {
    /// Every appointment that is scheduled, or whose guest arrived, within the span.
    async fn list_baris(&self, span: Span) -> Result<Vec<ReportRow>>;
    /// Adds every appointment that is scheduled, or whose guest arrived, within the figures' span: some rows at a time,
    /// so that neither memory nor other questions suffer from a long span.
    async fn add_up(&self, figures: Figures) -> Result<Figures>;
    /// How many guests arrived within the span.
    async fn count_kunjungan(&self, span: Span) -> Result<u64>;
    /// The next visits after a place whose guests arrived within the span, in the order of their arrivals; none at the
    /// end.
    async fn list_kunjungan(&self, span: Span, after: VisitPlace) -> Result<Vec<Visit>>;
    /// Whether anybody was ever invited.
    async fn has_undangan(&self) -> Result<bool>;
}

/// The report of a period, with the survey.
///
/// # Errors
/// The store's.
pub async fn report(store: &dyn Store, periode: Period, zone: Tz) -> Result<Laporan> {
    let figures = store.laporan().add_up(Figures::new(periode, zone)).await?;
    let survei = store.survei().sum(periode.dari, periode.sampai).await?;
    Ok(figures.finish(SurveiLaporan::of(&survei.totals)))
}

/// The same, with the period before if `bandingkan`.
///
/// # Errors
/// The store's.
pub async fn compared(
    store: &dyn Store,
    periode: Period,
    zone: Tz,
    bandingkan: bool,
) -> Result<LaporanBanding> {
    let laporan = report(store, periode, zone).await?;
    let sebelumnya = match bandingkan {
        true => Some(report(store, periode.sebelumnya(), zone).await?),
        false => None,
    };
    Ok(LaporanBanding { laporan, sebelumnya })
}
