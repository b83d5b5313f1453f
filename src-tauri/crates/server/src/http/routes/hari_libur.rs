//! Days on which the school is closed, as admins see and change them, by hand or from a file.

mod ganti;
mod impor;

use axum::Json as Reply;
use chrono::{Datelike, NaiveDate};
use domain::{
    audit::{Aksi, Objek},
    hari_libur::{HariLibur, JenisLibur, SumberLibur},
    isian::{self, FieldErrors, HARI_PERTAMA, HARI_TERAKHIR, collect},
    jadwal,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};

pub(super) use ganti::{__path_replace, replace};
pub(super) use impor::{__path_import, import};

use crate::{
    audit::Act,
    error::ApiError,
    http::{
        extract::{AsAdmin, Json, PathDay, Query},
        refusals::NotFound,
    },
    state::RequestState,
};

/// Which year.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct TahunQuery {
    /// 2000 to 2999; this year where it is missing.
    tahun: Option<i64>,
}

/// The holidays of a year.
#[derive(Serialize, ToSchema)]
#[schema(as = DaftarHariLibur)]
pub(super) struct ListReply {
    data: Vec<HariLibur>,
    total: usize,
    /// The year.
    tahun: i32,
}

/// The holidays of a year, in their order.
#[utoipa::path(
    get,
    path = "/api/hari-libur",
    tag = "hari libur",
    params(TahunQuery),
    responses((status = 200, body = ListReply))
)]
pub(super) async fn list(
    state: RequestState,
    _admin: AsAdmin,
    Query(query): Query<TahunQuery>,
) -> Result<Reply<ListReply>, ApiError> {
    let (min, max) = (HARI_PERTAMA.year(), HARI_TERAKHIR.year());
    let asked = query.tahun.map(|tahun| isian::number(tahun, min.into(), max.into())).transpose();
    let asked: Option<i32> = asked.map_err(|error| ApiError::field("tahun", error))?;
    let today = jadwal::local_date(state.clock.now(), state.setelan.zona_waktu);
    let tahun = asked.unwrap_or(today.year());
    let day = |month, day| NaiveDate::from_ymd_opt(tahun, month, day).ok_or(ApiError::Internal);
    let data = state.store.hari_libur().list(day(1, 1)?, day(12, 31)?).await?;
    Ok(Reply(ListReply { total: data.len(), data, tahun }))
}

/// A holiday, entered by hand.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = HariLiburRequest)]
pub(super) struct SetRequest {
    /// What it is called.
    nama: String,
    jenis: JenisLibur,
    /// Predicted, not announced yet.
    #[serde(default)]
    perkiraan: bool,
}

/// A holiday, with what it touches.
#[derive(Serialize, ToSchema)]
#[schema(as = HariLiburDiubah)]
pub(super) struct SetReply {
    #[serde(flatten)]
    libur: HariLibur,
    /// Appointments on that day that nobody has come to yet. They stay.
    janji_terdampak: usize,
}

/// Makes a day a holiday, or corrects one. A file does not change it any more.
#[utoipa::path(
    put,
    path = "/api/hari-libur/{tanggal}",
    tag = "hari libur",
    params(("tanggal" = String, Path)),
    request_body = SetRequest,
    responses((status = 200, body = SetReply))
)]
pub(super) async fn set(
    state: RequestState,
    _admin: AsAdmin,
    PathDay(tanggal): PathDay,
    Json(request): Json<SetRequest>,
) -> Result<Reply<SetReply>, ApiError> {
    let mut errors = FieldErrors::new();
    let Some(nama) = collect(&mut errors, "nama", isian::nama(&request.nama)) else {
        return Err(ApiError::Isian(errors));
    };
    let SetRequest { jenis, perkiraan, .. } = request;
    let libur = HariLibur { tanggal, nama, jenis, perkiraan, sumber: SumberLibur::Manual };
    let before = state.store.hari_libur().list(tanggal, tanggal).await?;
    // Sent again it changes nothing.
    if before.first() != Some(&libur) {
        let act = match before.first() {
            Some(before) => Act::new(Aksi::Ubah, Objek::HariLibur).before(json!(before)),
            None => Act::new(Aksi::Buat, Objek::HariLibur),
        };
        act.after(json!(libur)).record(state.store.hari_libur().set(vec![libur.clone()])).await?;
        state.settings.look().await?;
    }
    let janji_terdampak = touched(&state, &[tanggal]).await?;
    Ok(Reply(SetReply { libur, janji_terdampak }))
}

/// What a removed holiday touches.
#[derive(Serialize, ToSchema)]
#[schema(as = HariLiburDihapus)]
pub(super) struct DeleteReply {
    /// Appointments on that day that nobody has come to yet.
    janji_terdampak: usize,
}

/// Makes a holiday a day like any other.
#[utoipa::path(
    delete,
    path = "/api/hari-libur/{tanggal}",
    tag = "hari libur",
    params(("tanggal" = String, Path)),
    responses((status = 200, body = DeleteReply), NotFound)
)]
pub(super) async fn delete(
    state: RequestState,
    _admin: AsAdmin,
    PathDay(tanggal): PathDay,
) -> Result<Reply<DeleteReply>, ApiError> {
    let known = state.store.hari_libur().list(tanggal, tanggal).await?;
    let before = known.first().ok_or(ApiError::NotFound)?;
    let act = Act::new(Aksi::Hapus, Objek::HariLibur).before(json!(before));
    // Somebody else may have removed it just now.
    if !act.record(state.store.hari_libur().delete(tanggal)).await? {
        return Err(ApiError::NotFound);
    }
    state.settings.look().await?;
    let janji_terdampak = touched(&state, &[tanggal]).await?;
    Ok(Reply(DeleteReply { janji_terdampak }))
}

/// How many appointments lie on these days that nobody has come to yet.
async fn touched(state: &RequestState, days: &[NaiveDate]) -> Result<usize, ApiError> {
    let (Some(first), Some(last)) = (days.iter().min(), days.iter().max()) else { return Ok(0) };
    let zone = state.setelan.zona_waktu;
    let span = jadwal::days(*first, *last, zone);
    let span = jadwal::Span { start: span.start.max(state.clock.now()), end: span.end };
    if span.start >= span.end {
        return Ok(0);
    }
    let appointments = state.store.janji_temu().list_belum(span).await?;
    let dates = appointments.iter().map(|one| jadwal::local_date(one.start, zone));
    Ok(dates.filter(|date| days.contains(date)).count())
}
