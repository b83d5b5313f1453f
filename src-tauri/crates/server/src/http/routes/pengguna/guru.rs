//! Who can be visited: gurus and units, for whoever makes an appointment or registers a walk-in.

use std::collections::HashMap;

use axum::{Json as Reply, extract::State};
use domain::{IdPengguna, Role, Sapaan, Telp, json::Daftar, pengguna::Anggota};
use serde::{Deserialize, Serialize};
use store::pengguna::PenggunaFilter;
use utoipa::{IntoParams, ToSchema};

use crate::{
    error::ApiError,
    http::extract::{AsPengguna, Query, cari, halaman},
    state::AppState,
};

/// A page of the gurus who can be visited, by name, for whoever makes an appointment or registers a walk-in.
#[utoipa::path(
    get,
    path = "/api/guru",
    tag = "users",
    params(GuruQuery),
    responses((status = 200, body = Daftar<GuruRingkas>))
)]
pub(in crate::http) async fn guru(
    State(state): State<AppState>,
    AsPengguna(pengguna): AsPengguna,
    Query(query): Query<GuruQuery>,
) -> Result<Reply<Daftar<GuruRingkas>>, ApiError> {
    let saring = PenggunaFilter {
        cari: cari(query.q.as_deref())?,
        role: Some(Role::Guru),
        aktif: Some(true),
        beranggota: query.unit_saya.then_some(pengguna.id),
        ..PenggunaFilter::default()
    };
    let halaman = halaman(query.halaman, query.ukuran)?;
    let found = state.store.pengguna().list(saring, halaman).await?;
    let units: Vec<_> = found.data.iter().filter(|guru| guru.unit).map(|guru| guru.id).collect();
    let mut behind = match units.is_empty() {
        true => HashMap::new(),
        false => state.store.pengguna().list_anggota(units).await?,
    };
    let online = state.hub.online();
    Ok(Reply(found.map(|guru| {
        let anggota = behind.remove(&guru.id).unwrap_or_default();
        GuruRingkas {
            id: guru.id,
            nama: guru.nama,
            sapaan: guru.sapaan,
            jabatan: guru.jabatan,
            telp: guru.telp.filter(|_| pengguna.role.is_reception()),
            online: online.contains(&guru.id) || anggota.iter().any(|one| online.contains(&one.id)),
            unit: guru.unit,
            anggota: anggota.into_iter().filter(|one| one.aktif).collect(),
        }
    })))
}

/// Which gurus.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct GuruQuery {
    /// Text in name, position or address.
    q: Option<String>,
    /// Only the units that the asker is behind.
    #[serde(default)]
    unit_saya: bool,
    /// From 1 on.
    halaman: Option<i64>,
    /// 1 to 200.
    ukuran: Option<i64>,
}

/// A guru as the desk needs to know one.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct GuruRingkas {
    /// Identity.
    id: IdPengguna,
    /// Full name.
    nama: String,
    /// What is spoken before it.
    sapaan: Option<Sapaan>,
    /// What the guru teaches.
    jabatan: Option<String>,
    /// A number to call, where the guru cannot be alerted; told to the reception only.
    #[serde(skip_serializing_if = "Option::is_none")]
    telp: Option<Telp>,
    /// Can be alerted now; of a unit, somebody behind it.
    online: bool,
    /// Not a person but a unit such as "Tata Usaha".
    unit: bool,
    /// Who is behind the unit and is alerted; nobody is behind a person.
    anggota: Vec<Anggota>,
}
