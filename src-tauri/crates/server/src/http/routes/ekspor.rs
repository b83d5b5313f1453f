//! Files with the visits of a period: begun, looked at, fetched and given up.

mod make;

use std::{
    fs::File,
    io::{self, Read},
};

use axum::{
    Json as Reply,
    body::{Body, Bytes},
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::NaiveDate;
use domain::{
    Language,
    audit::{Aksi, Objek},
    isian::Field,
};
use futures_util::stream;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use self::make::{Kind, Order};
use super::laporan::{attachment, rentang};
use crate::{
    audit::Act,
    ekspor::{ExportId, ExportState, Exports, Keadaan},
    error::ApiError,
    http::{
        extract::{AsAdmin, Json, PathId},
        refusals::{Busy, NotFound},
    },
    state::{AppState, RequestState},
};

/// Which visits, and how they are written.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct EksporRequest {
    /// The first day, `YYYY-MM-DD`.
    #[schema(value_type = String)]
    dari: Field<NaiveDate>,
    /// The last day, inclusive; at most five years after the first.
    #[schema(value_type = String)]
    sampai: Field<NaiveDate>,
    /// `xlsx`: the report's tables and the visits; `csv`: the visits; `pdf`: the report.
    format: EksporFormat,
    /// `id` where it is missing.
    #[serde(default)]
    bahasa: Language,
}

/// A kind of file.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum EksporFormat {
    Xlsx,
    Csv,
    Pdf,
}

/// A file that was begun.
#[derive(Serialize, ToSchema)]
pub(super) struct EksporBaru {
    /// By which it is asked for.
    #[schema(value_type = i64)]
    id: ExportId,
}

/// How a file is getting on.
#[derive(Serialize, ToSchema)]
pub(super) struct EksporReply {
    /// By which it is asked for.
    #[schema(value_type = i64)]
    id: ExportId,
    keadaan: Keadaan,
    /// Visits that are in it.
    baris: u64,
    /// Visits that will be in it.
    total: u64,
    /// 0 to 100; 100 only if it is finished.
    persen: u8,
}

impl EksporReply {
    fn of(id: ExportId, state: ExportState) -> Self {
        let ExportState { keadaan, baris, total } = state;
        let part =
            (baris * 100).checked_div(total).map_or(0, |part| u8::try_from(part.min(99)).unwrap_or(99));
        let persen = if keadaan == Keadaan::Selesai { 100 } else { part };
        Self { id, keadaan, baris, total, persen }
    }
}

/// Begins a file with the visits of a period. One admin has one at a time, and a server makes few at once.
#[utoipa::path(
    post,
    path = "/api/reports/ekspor",
    tag = "reports",
    request_body = EksporRequest,
    responses((status = 202, body = EksporBaru), Busy)
)]
pub(super) async fn create(
    state: RequestState,
    AsAdmin(admin): AsAdmin,
    Json(request): Json<EksporRequest>,
) -> Result<(StatusCode, Reply<EksporBaru>), ApiError> {
    let periode = rentang(&request.dari, &request.sampai)?;
    let kind = match request.format {
        EksporFormat::Xlsx => Kind::Xlsx,
        EksporFormat::Csv => Kind::Csv,
        EksporFormat::Pdf => Kind::Pdf,
    };
    let told = json!({ "dari": periode.dari, "sampai": periode.sampai, "format": request.format });
    Act::new(Aksi::Ekspor, Objek::Laporan).after(told).note(state.store.audit()).await?;
    let id = make::start(&state, admin.id, Order { periode, kind, bahasa: request.bahasa })?;
    Ok((StatusCode::ACCEPTED, Reply(EksporBaru { id })))
}

/// How a file is getting on; only its owner is told.
#[utoipa::path(
    get,
    path = "/api/reports/ekspor/{id}",
    tag = "reports",
    params(("id" = i64, Path)),
    responses((status = 200, body = EksporReply), NotFound)
)]
pub(super) async fn get(
    State(state): State<AppState>,
    AsAdmin(admin): AsAdmin,
    PathId(id): PathId<ExportId>,
) -> Result<Reply<EksporReply>, ApiError> {
    let found = state.exports.find(id, admin.id, state.clock.uptime()).ok_or(ApiError::NotFound)?;
    Ok(Reply(EksporReply::of(id, found)))
}

/// The file, once it is finished. It is deleted when all of it was sent.
#[utoipa::path(
    get,
    path = "/api/reports/ekspor/{id}/berkas",
    tag = "reports",
    params(("id" = i64, Path)),
    responses((
        status = 200,
        content(
            (String = "text/csv"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (Vec<u8> = "application/pdf"),
        )
    ), NotFound)
)]
pub(super) async fn berkas(
    State(state): State<AppState>,
    AsAdmin(admin): AsAdmin,
    PathId(id): PathId<ExportId>,
) -> Result<Response, ApiError> {
    let ready = state.exports.ready(id, admin.id, state.clock.uptime()).ok_or(ApiError::NotFound)?;
    let file = File::open(&ready.path).map_err(|_| ApiError::NotFound)?;
    let length = file.metadata().map_err(|_| ApiError::Internal)?.len();
    let heads = (attachment(&ready.name, ready.kind), [(header::CONTENT_LENGTH, length)]);
    let sent = Sending { file, left: length, id, exports: state.exports.clone() };
    Ok((heads, Body::from_stream(stream::try_unfold(sent, Sending::next))).into_response())
}

/// Gives a file up, whether it is finished or not. One that was given up already stays so.
#[utoipa::path(
    delete,
    path = "/api/reports/ekspor/{id}",
    tag = "reports",
    params(("id" = i64, Path)),
    responses((status = 204), NotFound)
)]
pub(super) async fn delete(
    State(state): State<AppState>,
    AsAdmin(admin): AsAdmin,
    PathId(id): PathId<ExportId>,
) -> Result<StatusCode, ApiError> {
    state.exports.find(id, admin.id, state.clock.uptime()).ok_or(ApiError::NotFound)?;
    if let Some(name) = state.exports.kept_name(id, admin.id) {
        let act = Act::new(Aksi::Batalkan, Objek::Laporan).before(json!({ "berkas": name }));
        act.note(state.store.audit()).await?;
        state.exports.cancel(id, admin.id);
    }
    Ok(StatusCode::NO_CONTENT)
}

/// A file on its way. One that is cut off can be fetched again.
struct Sending {
    file: File,
    left: u64,
    id: ExportId,
    exports: Exports,
}

impl Sending {
    /// The next piece; `None` at the end.
    async fn next(mut self) -> io::Result<Option<(Bytes, Self)>> {
        const PIECE: usize = 64 << 10;
        let read = tokio::task::spawn_blocking(move || {
            let mut piece = vec![0; PIECE];
            let n = self.file.read(&mut piece)?;
            piece.truncate(n);
            io::Result::Ok((piece, self))
        });
        let (piece, mut rest) = read.await.map_err(io::Error::other)??;
        rest.left = rest.left.saturating_sub(piece.len() as u64);
        if rest.left == 0 {
            rest.exports.forget(rest.id);
        }
        Ok((!piece.is_empty()).then(|| (piece.into(), rest)))
    }
}
