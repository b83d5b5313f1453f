//! A report as it is sent: JSON, or a file to be saved.

use axum::{
    Json as Reply,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use domain::{Language, laporan::Period};
use laporan::{Report, School};

use super::Format;
use crate::{error::ApiError, state::RequestState};

/// Makes a file of a report.
type Make = fn(&Report) -> laporan::Result<Vec<u8>>;

/// The report of a period.
pub(super) async fn report(
    state: &RequestState,
    periode: Period,
    format: Format,
    bandingkan: bool,
    bahasa: Language,
) -> Result<Response, ApiError> {
    let zona = state.setelan.zona_waktu;
    let banding = store::laporan::compared(&*state.store, periode, zona, bandingkan).await?;
    let Some((extension, kind)) = format.file() else { return Ok(Reply(banding).into_response()) };
    let make: Make = match format {
        Format::Json | Format::Csv => laporan::csv,
        Format::Xlsx => laporan::xlsx,
        Format::Pdf => laporan::pdf,
    };
    let sekolah = School::of(&state.setelan, state.store.logo().find().await?);
    let report = Report { periode, banding, bahasa, zona, dibuat_pada: state.clock.now(), sekolah };
    let name = format!("{}.{extension}", report.file_stem());
    file(&name, kind, move || make(&report)).await
}

/// A file that takes a while to be made.
pub(in crate::http::routes) async fn file(
    name: &str,
    kind: &'static str,
    make: impl FnOnce() -> laporan::Result<Vec<u8>> + Send + 'static,
) -> Result<Response, ApiError> {
    match tokio::task::spawn_blocking(make).await {
        Ok(Ok(bytes)) => Ok((attachment(name, kind), bytes).into_response()),
        Ok(Err(error)) => {
            tracing::error!(%error, "a report cannot be written");
            Err(ApiError::Internal)
        }
        Err(error) => {
            tracing::error!(%error, "a report cannot be made");
            Err(ApiError::Internal)
        }
    }
}

impl Format {
    /// How the name of a file ends, and its type; `None` of JSON.
    pub(in crate::http::routes) fn file(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Json => None,
            Self::Csv => Some(("csv", "text/csv; charset=utf-8")),
            Self::Xlsx => Some(("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
            Self::Pdf => Some(("pdf", "application/pdf")),
        }
    }
}

/// The heads of a file to be saved. Its name is made of plain letters.
pub(in crate::http::routes) fn attachment(
    name: &str,
    kind: &'static str,
) -> [(header::HeaderName, HeaderValue); 3] {
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, disposition.unwrap_or(HeaderValue::from_static("attachment"))),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ]
}
