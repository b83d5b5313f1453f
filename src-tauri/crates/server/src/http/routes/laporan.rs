//! The report of a day, a week, a month or any days, as JSON or as a file.

mod answer;

pub(super) use answer::{attachment, file};

use axum::response::Response;
use chrono::NaiveDate;
use domain::{
    Language,
    isian::{Bulan, Field, FieldErrors},
    jadwal,
    laporan::{LaporanBanding, Period},
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
    /// A table for other programs.
    Csv,
    /// A workbook.
    Xlsx,
    /// A paper.
    Pdf,
}

/// Which day or week.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct DayQuery {
    /// The day, or a day of the week, `YYYY-MM-DD`; today where it is missing.
    #[param(value_type = Option<String>)]
    tanggal: Option<Field<NaiveDate>>,
    /// `json`, `csv`, `xlsx` or `pdf`.
    #[param(inline)]
    #[serde(default)]
    format: Format,
    /// With the period before.
    #[serde(default)]
    bandingkan: bool,
    /// The language of a file; `id` where it is missing.
    #[param(inline)]
    #[serde(default)]
    bahasa: Language,
}

/// Which month.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct MonthQuery {
    /// `YYYY-MM`; this month where it is missing.
    #[param(value_type = Option<String>)]
    bulan: Option<Field<Bulan>>,
    /// `json`, `csv`, `xlsx` or `pdf`.
    #[param(inline)]
    #[serde(default)]
    format: Format,
    /// With the month before.
    #[serde(default)]
    bandingkan: bool,
    /// The language of a file; `id` where it is missing.
    #[param(inline)]
    #[serde(default)]
    bahasa: Language,
}

/// Which days.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct RangeQuery {
    /// The first day, `YYYY-MM-DD`.
    #[param(value_type = String)]
    dari: Field<NaiveDate>,
    /// The last day, inclusive; at most five years after the first.
    #[param(value_type = String)]
    sampai: Field<NaiveDate>,
    /// `json`, `csv`, `xlsx` or `pdf`.
    #[param(inline)]
    #[serde(default)]
    format: Format,
    /// With as many days before.
    #[serde(default)]
    bandingkan: bool,
    /// The language of a file; `id` where it is missing.
    #[param(inline)]
    #[serde(default)]
    bahasa: Language,
}

/// The report of a day.
#[utoipa::path(
    get,
    path = "/api/reports/daily",
    tag = "reports",
    params(DayQuery),
    responses((
        status = 200,
        content(
            (LaporanBanding = "application/json"),
            (String = "text/csv"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (Vec<u8> = "application/pdf"),
        )
    ))
)]
pub(super) async fn daily(
    state: RequestState,
    _admin: AsAdmin,
    Query(query): Query<DayQuery>,
) -> Result<Response, ApiError> {
    let periode = Period::harian(day(&state, query.tanggal)?);
    answer::report(&state, periode, query.format, query.bandingkan, query.bahasa).await
}

/// The report of a week, Monday to Sunday.
#[utoipa::path(
    get,
    path = "/api/reports/weekly",
    tag = "reports",
    params(DayQuery),
    responses((
        status = 200,
        content(
            (LaporanBanding = "application/json"),
            (String = "text/csv"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (Vec<u8> = "application/pdf"),
        )
    ))
)]
pub(super) async fn weekly(
    state: RequestState,
    _admin: AsAdmin,
    Query(query): Query<DayQuery>,
) -> Result<Response, ApiError> {
    let periode = Period::mingguan(day(&state, query.tanggal)?);
    answer::report(&state, periode, query.format, query.bandingkan, query.bahasa).await
}

/// The report of a month.
#[utoipa::path(
    get,
    path = "/api/reports/monthly",
    tag = "reports",
    params(MonthQuery),
    responses((
        status = 200,
        content(
            (LaporanBanding = "application/json"),
            (String = "text/csv"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (Vec<u8> = "application/pdf"),
        )
    ))
)]
pub(super) async fn monthly(
    state: RequestState,
    _admin: AsAdmin,
    Query(query): Query<MonthQuery>,
) -> Result<Response, ApiError> {
    let day = match query.bulan {
        None => day(&state, None)?,
        Some(bulan) => bulan.get("bulan").map_err(ApiError::Isian)?.0,
    };
    answer::report(&state, Period::bulanan(day), query.format, query.bandingkan, query.bahasa).await
}

/// The report of any days, such as a school year.
#[utoipa::path(
    get,
    path = "/api/reports/range",
    tag = "reports",
    params(RangeQuery),
    responses((
        status = 200,
        content(
            (LaporanBanding = "application/json"),
            (String = "text/csv"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (Vec<u8> = "application/pdf"),
        )
    ))
)]
pub(super) async fn range(
    state: RequestState,
    _admin: AsAdmin,
    Query(query): Query<RangeQuery>,
) -> Result<Response, ApiError> {
    let periode = rentang(&query.dari, &query.sampai)?;
    answer::report(&state, periode, query.format, query.bandingkan, query.bahasa).await
}

/// The days from one to another.
pub(super) fn rentang(dari: &Field<NaiveDate>, sampai: &Field<NaiveDate>) -> Result<Period, ApiError> {
    let mut errors = FieldErrors::new();
    match (dari.collect(&mut errors, "dari"), sampai.collect(&mut errors, "sampai")) {
        (Some(dari), Some(sampai)) => Period::rentang(dari, sampai).map_err(ApiError::Isian),
        _ => Err(ApiError::Isian(errors)),
    }
}

fn day(state: &RequestState, tanggal: Option<Field<NaiveDate>>) -> Result<NaiveDate, ApiError> {
    match tanggal {
        Some(tanggal) => tanggal.get("tanggal").map_err(ApiError::Isian),
        None => Ok(jadwal::local_date(state.clock.now(), state.setelan.zona_waktu)),
    }
}
