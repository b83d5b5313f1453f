//! When a guru is free.

use axum::Json as Reply;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    IdJanjiTemu, IdPengguna, Pengguna,
    isian::{Field, FieldErrors},
    jadwal,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{make::duration, tutup};
use crate::{
    error::ApiError,
    http::{
        extract::{AsPengguna, PathId, Query, acts_for},
        refusals::NotFound,
    },
    state::{AppState, RequestState},
};

/// Of which day, and for how long.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::http::routes) struct KosongQuery {
    /// `YYYY-MM-DD`.
    #[param(value_type = String)]
    tanggal: Field<NaiveDate>,
    /// 5 to 480; the school's usual length where it is missing.
    durasi_menit: Option<i64>,
    /// An appointment that is to be moved: its own old time is free for it.
    #[param(value_type = Option<i64>)]
    kecuali: Option<Field<IdJanjiTemu>>,
}

/// The free times of a day; none on a day that cannot be booked, or on which the school is closed.
#[derive(Serialize, ToSchema)]
#[schema(as = DaftarWaktuKosong)]
pub(in crate::http::routes) struct WaktuKosong {
    data: Vec<Mulai>,
    /// The last day that can be booked now, `YYYY-MM-DD`.
    sampai: NaiveDate,
    /// The school is closed on that day.
    tutup: bool,
    /// The holiday's name, where it is one.
    libur: Option<String>,
}

impl WaktuKosong {
    fn none(sampai: NaiveDate) -> Self {
        Self { data: Vec::new(), sampai, tutup: false, libur: None }
    }
}

/// A free time.
#[derive(Serialize, ToSchema)]
#[schema(as = WaktuKosong)]
pub(in crate::http::routes) struct Mulai {
    /// `HH:MM` in the school's time zone.
    waktu: String,
}

/// The times of a day at which an appointment with a guru can be made now. A guru asks for their own only.
#[utoipa::path(
    get,
    path = "/api/guru/{id}/waktu-kosong",
    tag = "appointments",
    params(("id" = i64, Path), KosongQuery),
    responses((status = 200, body = WaktuKosong), NotFound)
)]
pub(in crate::http::routes) async fn kosong(
    state: RequestState,
    AsPengguna(pengguna): AsPengguna,
    PathId(id): PathId<IdPengguna>,
    Query(query): Query<KosongQuery>,
) -> Result<Reply<WaktuKosong>, ApiError> {
    check_own(&state, &pengguna, id).await?;
    let mut errors = FieldErrors::new();
    let durasi_menit = duration(&mut errors, query.durasi_menit, state.setelan.durasi_bawaan_menit);
    let kecuali = query.kecuali.as_ref().and_then(|id| id.collect(&mut errors, "kecuali"));
    let tanggal = query.tanggal.collect(&mut errors, "tanggal");
    let (Some(durasi_menit), Some(tanggal), true) = (durasi_menit, tanggal, errors.is_empty()) else {
        return Err(ApiError::Isian(errors));
    };
    check_visited(&state, id).await?;
    let now = state.clock.now();
    let sampai = jadwal::last_day(now, &state.setelan);
    let closed = tutup::between(&state, tanggal, tanggal).await?;
    if let Some(tutup) = closed.why(tanggal) {
        let libur = tutup.nama().map(str::to_owned);
        return Ok(Reply(WaktuKosong { tutup: true, libur, ..WaktuKosong::none(sampai) }));
    }
    let Some(hours) = jadwal::jam_sekolah(tanggal, &state.setelan) else {
        return Ok(Reply(WaktuKosong::none(sampai)));
    };
    let busy = state.store.janji_temu().list_sibuk(id, hours, kecuali).await?;
    let starts = jadwal::kosong(hours, durasi_menit, &busy, now, &state.setelan);
    let zone = state.setelan.zona_waktu;
    let local =
        |start: DateTime<Utc>| Mulai { waktu: start.with_timezone(&zone).format("%H:%M").to_string() };
    let data = starts.into_iter().map(local).collect();
    Ok(Reply(WaktuKosong { data, ..WaktuKosong::none(sampai) }))
}

/// A guru sees only their own times, and those of a unit that the guru is behind.
pub(super) async fn check_own(state: &AppState, pengguna: &Pengguna, id: IdPengguna) -> Result<(), ApiError> {
    if acts_for(state, pengguna, id).await? { Ok(()) } else { Err(ApiError::Forbidden) }
}

/// Any guru with whom an appointment can be made.
pub(super) async fn check_visited(state: &AppState, id: IdPengguna) -> Result<(), ApiError> {
    let visited = state.store.pengguna().find(id).await?;
    visited.filter(Pengguna::can_be_visited).map(drop).ok_or(ApiError::NotFound)
}
