//! What a desk tells a guru by itself while the database is away: a guest has come.

use axum::{Json as Reply, extract::State};
use chrono::{DateTime, Utc};
use domain::{
    IdJanjiTemu, IdPengguna, Status,
    isian::{self, FieldErrors, InvalidIsian, collect},
    notifikasi::Notifikasi,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    error::ApiError,
    http::extract::{AsStaffReception, Json},
    state::AppState,
};

/// Members of a unit that are told, at most.
const ANGGOTA_MAX: usize = 100;

/// An arrival that a desk has written down.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = KabarRequest)]
pub(in crate::http::routes) struct NewsRequest {
    /// The visit; negative where the desk has named it itself.
    #[schema(value_type = i64)]
    id: IdJanjiTemu,
    /// Of the visit as the desk has it.
    versi: i64,
    /// Who is visited.
    #[schema(value_type = i64)]
    id_guru: IdPengguna,
    /// The unit's name, where a unit is visited.
    unit: Option<String>,
    /// Who is behind the unit; at most 100.
    #[schema(value_type = Vec<i64>)]
    anggota: Vec<IdPengguna>,
    /// Who came.
    nama_tamu: String,
    /// How many came.
    jumlah_orang: i64,
    /// Where from.
    instansi: Option<String>,
    /// What for.
    keperluan: String,
    /// When.
    waktu: DateTime<Utc>,
    /// Later than agreed and tolerated.
    terlambat: bool,
}

/// Whether anybody hears of it.
#[derive(Serialize, ToSchema)]
#[schema(as = Kabar)]
pub(in crate::http::routes) struct NewsReply {
    /// Somebody concerned is connected.
    terjangkau: bool,
}

/// Tells a guru at once of a guest whom a desk has received while the database is away. Nothing of it is kept: the desk
/// tells it again once the database is back, and nobody is alerted twice. Whose session was found alive a moment before
/// the database went may do so, as with the evacuation list.
#[utoipa::path(
    post,
    path = "/api/meja/kabar",
    tag = "meja",
    request_body = NewsRequest,
    responses((status = 200, body = NewsReply))
)]
pub(in crate::http::routes) async fn kabar(
    State(state): State<AppState>,
    _reception: AsStaffReception,
    Json(request): Json<NewsRequest>,
) -> Result<Reply<NewsReply>, ApiError> {
    let (told, data) = read(request)?;
    let terjangkau = state.hub.tell_of_arrival(&told, data);
    Ok(Reply(NewsReply { terjangkau }))
}

fn read(request: NewsRequest) -> Result<(Vec<IdPengguna>, Notifikasi), ApiError> {
    let mut errors = FieldErrors::new();
    let nama = collect(&mut errors, "nama_tamu", isian::nama(&request.nama_tamu));
    let orang = collect(&mut errors, "jumlah_orang", isian::jumlah_orang(Some(request.jumlah_orang)));
    let instansi = collect(&mut errors, "instansi", isian::optional_line(request.instansi.as_deref()));
    let unit = collect(&mut errors, "unit", isian::optional_line(request.unit.as_deref()));
    let keperluan = collect(&mut errors, "keperluan", isian::keperluan(&request.keperluan));
    if request.anggota.len() > ANGGOTA_MAX {
        let error = InvalidIsian::OutOfRange(0, ANGGOTA_MAX as i64);
        return Err(ApiError::field("anggota", error));
    }
    let (Some(nama_tamu), Some(jumlah_orang), Some(instansi), Some(unit), Some(keperluan)) =
        (nama, orang, instansi, unit, keperluan)
    else {
        return Err(ApiError::Isian(errors));
    };
    let mut told = request.anggota;
    told.push(request.id_guru);
    let data = Notifikasi {
        id: request.id,
        id_pengguna: request.id_guru,
        unit,
        id_janji_temu: request.id,
        pesan: format!("Tamu {nama_tamu} telah datang untuk {keperluan}"),
        nama_tamu,
        jumlah_orang,
        instansi,
        keperluan,
        waktu: request.waktu,
        terlambat: request.terlambat,
        is_read: false,
        dihapus: false,
        tanggapan: None,
        tanggapan_jenis: None,
        tanggapan_menit: None,
        tanggapan_tempat: None,
        ditanggapi_pada: None,
        ditanggapi_oleh: None,
        diberi_tahu_pada: None,
        status: Status::Menunggu,
        versi: request.versi,
        rusak: false,
    };
    Ok((told, data))
}
