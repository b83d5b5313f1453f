//! Today at a glance, for the desk and the admin.

use std::collections::BTreeMap;

use axum::Json as Reply;
use chrono::NaiveDate;
use domain::{
    jadwal,
    json::Presence,
    laporan::{self, GuruTeratas, Period},
    pindai::inside_since,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{error::ApiError, http::extract::AsReception, state::RequestState};

/// Today at a glance.
#[derive(Serialize, ToSchema)]
pub(super) struct Dasbor {
    /// Today in the school.
    tanggal: NaiveDate,
    /// Appointments and walk-ins scheduled today.
    jumlah: u32,
    /// Of those, how many stand where; every status is named.
    per_status: BTreeMap<String, u32>,
    /// Guests who arrived today.
    jumlah_kunjungan: u32,
    /// Guests who arrived late today.
    jumlah_terlambat: u32,
    /// Guests in the building now, of those who came today.
    di_lokasi: u32,
    /// The gurus with the most appointments today.
    guru_teratas: Vec<GuruTeratas>,
    /// Who is connected now.
    presence: Vec<Presence>,
}

/// Today at a glance.
#[utoipa::path(get, path = "/api/dashboard", tag = "reports", responses((status = 200, body = Dasbor)))]
pub(super) async fn get(state: RequestState, _reception: AsReception) -> Result<Reply<Dasbor>, ApiError> {
    let zone = state.setelan.zona_waktu;
    let periode = Period::harian(jadwal::local_date(state.clock.now(), zone));
    let baris = state.store.laporan().list_baris(periode.span(zone)).await?;
    let di_lokasi =
        state.store.laporan().count_di_lokasi(inside_since(state.clock.now(), &state.setelan)).await?;
    let today = laporan::summarise(periode, &baris, zone);
    let mut online: Vec<_> = state.hub.online().into_iter().collect();
    online.sort();
    Ok(Reply(Dasbor {
        tanggal: periode.dari,
        jumlah: today.per_status.values().sum(),
        per_status: today.per_status,
        jumlah_kunjungan: today.jumlah_kunjungan,
        jumlah_terlambat: today.jumlah_terlambat,
        di_lokasi,
        guru_teratas: today.guru_teratas,
        presence: online.into_iter().map(|id_pengguna| Presence { id_pengguna, online: true }).collect(),
    }))
}
