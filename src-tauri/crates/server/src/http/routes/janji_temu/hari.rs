//! The days of a month on which a guru can hardly be visited, or not at all.

use axum::Json as Reply;
use chrono::{Days, Months, NaiveDate};
use domain::{
    IdPengguna,
    hari_libur::each_day,
    isian::{Bulan, Field},
    jadwal::{self, KeadaanHari},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    kosong::{check_own, check_visited},
    tutup,
};
use crate::{
    error::ApiError,
    http::{
        extract::{AsPengguna, PathId, Query},
        refusals::NotFound,
    },
    state::RequestState,
};

/// Of which month.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::http::routes) struct HariQuery {
    /// `YYYY-MM`.
    #[param(value_type = String)]
    bulan: Field<Bulan>,
}

/// The days of a month of which something is to be told.
#[derive(Serialize, ToSchema)]
#[schema(as = DaftarHariGuru)]
pub(in crate::http::routes) struct HariReply {
    data: Vec<HariGuru>,
    /// The last day that can be booked now, `YYYY-MM-DD`.
    sampai: NaiveDate,
}

/// A day on which the school is closed or the guru has little or no time left.
#[derive(Serialize, ToSchema)]
pub(in crate::http::routes) struct HariGuru {
    tanggal: NaiveDate,
    keadaan: KeadaanHari,
    /// The holiday's name, where it is one.
    libur: Option<String>,
    /// The holiday is predicted, not announced yet.
    perkiraan: bool,
}

/// The closed, full and nearly full days of a month. A guru asks for their own only.
#[utoipa::path(
    get,
    path = "/api/guru/{id}/hari",
    tag = "appointments",
    params(("id" = i64, Path), HariQuery),
    responses((status = 200, body = HariReply), NotFound)
)]
pub(in crate::http::routes) async fn hari(
    state: RequestState,
    AsPengguna(pengguna): AsPengguna,
    PathId(id): PathId<IdPengguna>,
    Query(query): Query<HariQuery>,
) -> Result<Reply<HariReply>, ApiError> {
    check_own(&state, &pengguna, id).await?;
    let Bulan(first) = query.bulan.get("bulan").map_err(ApiError::Isian)?;
    check_visited(&state, id).await?;
    let (now, zone) = (state.clock.now(), state.setelan.zona_waktu);
    let (today, sampai) = (jadwal::local_date(now, zone), jadwal::last_day(now, &state.setelan));
    let last = first + Months::new(1) - Days::new(1);
    let closed = tutup::between(&state, first, last).await?;
    let busy = state.store.janji_temu().list_sibuk(id, jadwal::days(first, last, zone), None).await?;
    let of = |tanggal| {
        let tutup = closed.why(tanggal);
        let keadaan = match tutup {
            Some(_) => Some(KeadaanHari::Tutup),
            // What cannot be booked is not full either.
            None if tanggal < today || tanggal > sampai => None,
            None => jadwal::keadaan(tanggal, &busy, now, &state.setelan),
        };
        let (libur, perkiraan) =
            (tutup.and_then(|tutup| tutup.nama().map(str::to_owned)), closed.is_predicted(tanggal));
        Some(HariGuru { tanggal, keadaan: keadaan?, libur, perkiraan })
    };
    Ok(Reply(HariReply { data: each_day(first, last).filter_map(of).collect(), sampai }))
}
