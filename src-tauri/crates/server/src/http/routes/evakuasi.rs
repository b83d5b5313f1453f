//! The evacuation list: who is in the building, and who of them is safe. It is told while the database is away too.

use axum::{Json as Reply, extract::State};
use chrono::Duration;
use domain::{
    IdJanjiTemu, Pengguna, Role,
    evakuasi::{DaftarEvakuasi, EvacuationChange, EvacuationStep, UMUR_DETIK},
    isian,
};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    error::ApiError,
    http::{
        extract::{AsStaff, Json, PathId},
        refusals::NotFound,
    },
    state::AppState,
};

/// Who is in the building, and who of them is safe. A guru sees names while an evacuation goes on; otherwise how many
/// people there are.
#[utoipa::path(
    get,
    path = "/api/evakuasi",
    tag = "evakuasi",
    responses((status = 200, body = DaftarEvakuasi))
)]
pub(super) async fn get(
    State(state): State<AppState>,
    AsStaff(pengguna): AsStaff,
) -> Result<Reply<DaftarEvakuasi>, ApiError> {
    state.evakuasi.get().await.map(|list| Reply(seen_by(&pengguna, list)))
}

/// Whether it is somebody who begins and ends evacuations.
fn leads(pengguna: &Pengguna) -> bool {
    pengguna.role != Role::Guru
}

fn seen_by(pengguna: &Pengguna, list: DaftarEvakuasi) -> DaftarEvakuasi {
    if leads(pengguna) { list } else { list.without_names() }
}

/// Begins an evacuation. One that goes on already stays as it is.
#[utoipa::path(
    post,
    path = "/api/evakuasi",
    tag = "evakuasi",
    responses((status = 200, body = DaftarEvakuasi))
)]
pub(super) async fn start(
    State(state): State<AppState>,
    staff: AsStaff,
) -> Result<Reply<DaftarEvakuasi>, ApiError> {
    change(&state, staff.reception()?, EvacuationStep::Start, Duration::zero()).await
}

/// Ends the evacuation. If none goes on, nothing changes.
#[utoipa::path(
    delete,
    path = "/api/evakuasi",
    tag = "evakuasi",
    responses((status = 200, body = DaftarEvakuasi))
)]
pub(super) async fn end(
    State(state): State<AppState>,
    staff: AsStaff,
) -> Result<Reply<DaftarEvakuasi>, ApiError> {
    change(&state, staff.reception()?, EvacuationStep::End, Duration::zero()).await
}

/// Whether a visit's guests are safe.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CentangRequest)]
pub(super) struct TickRequest {
    /// They are.
    aman: bool,
    /// So many seconds ago it was ticked, on a phone that had no connection; at most a day. What somebody else ticked
    /// since then stands.
    umur_detik: Option<i64>,
}

/// Ticks a visit's guests off, or takes that back. If no evacuation goes on, reception and admin begin one by it; a
/// guru is refused.
#[utoipa::path(
    put,
    path = "/api/evakuasi/{id}",
    tag = "evakuasi",
    params(("id" = i64, Path)),
    request_body = TickRequest,
    responses((status = 200, body = DaftarEvakuasi), NotFound)
)]
pub(super) async fn tick(
    State(state): State<AppState>,
    AsStaff(pengguna): AsStaff,
    PathId(id): PathId<IdJanjiTemu>,
    Json(request): Json<TickRequest>,
) -> Result<Reply<DaftarEvakuasi>, ApiError> {
    let (min, max) = UMUR_DETIK;
    let age: i64 = isian::number(request.umur_detik.unwrap_or(0), min, max)
        .map_err(|error| ApiError::field("umur_detik", error))?;
    let step = EvacuationStep::Tick { id, aman: request.aman, kept: age > 0 };
    change(&state, pengguna, step, Duration::seconds(age)).await
}

async fn change(
    state: &AppState,
    pengguna: Pengguna,
    step: EvacuationStep,
    age: Duration,
) -> Result<Reply<DaftarEvakuasi>, ApiError> {
    let pada = state.clock.now() - age;
    let change = EvacuationChange { step, oleh: pengguna.id, nama: pengguna.nama.clone(), pada };
    let list = state.evakuasi.change(change, leads(&pengguna)).await?;
    Ok(Reply(seen_by(&pengguna, list)))
}
