//! The upkeep of records: its runs, by night or by hand.

use std::time::Duration;

use axum::{Json as Reply, extract::State, http::StatusCode};
use domain::{
    audit::{Aksi, Objek},
    json::Daftar,
    pemeliharaan::{Contoh, Pemeliharaan, Pemicu},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::pemeliharaan::NewPemeliharaan;
use utoipa::ToSchema;

use crate::{
    audit::{self, Act},
    error::ApiError,
    http::{
        extract::{AsAdmin, Json, LembarQuery, Query},
        refusals::NoUpkeep,
    },
    jobs,
    reads::Reading,
    state::AppState,
};

/// A run that is done within this time is told as it ended.
const WAIT: Duration = Duration::from_secs(3);

/// A page of runs, newest first.
#[utoipa::path(
    get,
    path = "/api/pemeliharaan",
    tag = "pemeliharaan",
    params(LembarQuery),
    responses((status = 200, body = Daftar<Pemeliharaan>))
)]
pub(super) async fn list(
    State(state): State<AppState>,
    _admin: AsAdmin,
    Query(query): Query<LembarQuery>,
) -> Result<Reply<Daftar<Pemeliharaan>>, ApiError> {
    Ok(Reply(state.store.pemeliharaan().list(query.halaman()?).await?))
}

/// A run to be begun.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PemeliharaanRequest)]
pub(super) struct CreateRequest {
    /// Only counts what is due, with examples.
    uji_coba: bool,
}

/// A run as it stands.
#[derive(Serialize, ToSchema)]
#[schema(as = PemeliharaanBaru)]
pub(super) struct CreateReply {
    #[serde(flatten)]
    pemeliharaan: Pemeliharaan,
    /// Of a dry run: the oldest few of each kind of work. Otherwise empty.
    contoh: Vec<Contoh>,
}

/// Begins the upkeep of records by hand. A dry run only counts what is due. Any other is told as it ended, or, if that
/// takes longer, as it is under way.
#[utoipa::path(
    post,
    path = "/api/pemeliharaan",
    tag = "pemeliharaan",
    request_body = CreateRequest,
    responses((status = 201, body = CreateReply), NoUpkeep)
)]
pub(super) async fn create(
    State(state): State<AppState>,
    AsAdmin(admin): AsAdmin,
    Json(request): Json<CreateRequest>,
) -> Result<(StatusCode, Reply<CreateReply>), ApiError> {
    let (uji_coba, waktu) = (request.uji_coba, state.clock.now());
    if uji_coba {
        state.reads.check(admin.id, Reading::Tamu)?;
    } else {
        jobs::believe(&state, waktu).await?.map_err(ApiError::ClockDoubted)?;
    }
    let upkeep = state.upkeep();
    let baru = NewPemeliharaan { pemicu: Pemicu::Tangan, oleh: Some(admin.id), uji_coba, waktu };
    let act = Act::new(Aksi::Pelihara, Objek::Arsip).after(json!({ "uji_coba": uji_coba }));
    let run = act.record(upkeep.begin(baru)).await?.ok_or(ApiError::UpkeepRuns)?;
    if uji_coba {
        let (pemeliharaan, contoh) = upkeep.try_out(run).await?;
        state.reads.count(admin.id, Reading::Tamu, contoh.len());
        return Ok((StatusCode::CREATED, Reply(CreateReply { pemeliharaan, contoh })));
    }
    let id = run.id;
    let work = state.sockets.spawn(audit::carried(async move {
        if let Err(error) = upkeep.carry_out(run).await {
            tracing::error!(%error, id, "the upkeep of records failed");
        }
    }));
    // It goes on if nobody waits for it any more.
    let _ = tokio::time::timeout(WAIT, work).await;
    let pemeliharaan = state.store.pemeliharaan().find(id).await?.ok_or(ApiError::NotFound)?;
    Ok((StatusCode::CREATED, Reply(CreateReply { pemeliharaan, contoh: Vec::new() })))
}
