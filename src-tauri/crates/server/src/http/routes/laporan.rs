//! The daily, weekly and monthly report.

use axum::Json as Reply;
use chrono::NaiveDate;
use domain::{
    isian::{Bulan, Field},
    jadwal,
    laporan::{self, Laporan, Period},
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::{
    error::ApiError,
    http::extract::{AsAdmin, Query},
    state::RequestState,
};

/// How a report is written.
#[derive(Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Format {
    /// JSON.
    #[default]
    Json,
}

/// Which day or week.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct DayQuery {
    /// The day, or a day of the week, `YYYY-MM-DD`; today where it is missing.
    #[param(value_type = Option<String>)]
    tanggal: Option<Field<NaiveDate>>,
    /// `json`.
    #[serde(default, rename = "format")]
    _format: Format,
}

/// Which month.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct MonthQuery {
    /// `YYYY-MM`; this month where it is missing.
    #[param(value_type = Option<String>)]
    bulan: Option<Field<Bulan>>,
    /// `json`.
    #[serde(default, rename = "format")]
    _format: Format,
}

/// The report of a day.
#[utoipa::path(
    get,
    path = "/api/reports/daily",
    tag = "reports",
    params(DayQuery),
    responses((status = 200, body = Laporan))
)]
pub(super) async fn daily(
    state: RequestState,
    _admin: AsAdmin,
    Query(query): Query<DayQuery>,
) -> Result<Reply<Laporan>, ApiError> {
    report(&state, Period::harian(day(&state, query.tanggal)?)).await
}

/// The report of a week, Monday to Sunday.
#[utoipa::path(
    get,
    path = "/api/reports/weekly",
    tag = "reports",
    params(DayQuery),
    responses((status = 200, body = Laporan))
)]
pub(super) async fn weekly(
    state: RequestState,
    _admin: AsAdmin,
    Query(query): Query<DayQuery>,
) -> Result<Reply<Laporan>, ApiError> {
    report(&state, Period::mingguan(day(&state, query.tanggal)?)).await
}

/// The report of a month.
#[utoipa::path(
    get,
    path = "/api/reports/monthly",
    tag = "reports",
    params(MonthQuery),
    responses((status = 200, body = Laporan))
)]
pub(super) async fn monthly(
    state: RequestState,
    _admin: AsAdmin,
    Query(query): Query<MonthQuery>,
) -> Result<Reply<Laporan>, ApiError> {
    let day = match query.bulan {
        None => day(&state, None)?,
        Some(bulan) => bulan.get("bulan").map_err(ApiError::Isian)?.0,
    };
    report(&state, Period::bulanan(day)).await
}

fn day(state: &RequestState, tanggal: Option<Field<NaiveDate>>) -> Result<NaiveDate, ApiError> {
    match tanggal {
        Some(tanggal) => tanggal.get("tanggal").map_err(ApiError::Isian),
        None => Ok(jadwal::local_date(state.clock.now(), state.setelan.zona_waktu)),
    }
}

async fn report(state: &RequestState, periode: Period) -> Result<Reply<Laporan>, ApiError> {
    let zone = state.setelan.zona_waktu;
    let baris = state.store.laporan().list_baris(periode.span(zone)).await?;
    Ok(Reply(laporan::summarise(periode, &baris, zone)))
}
