//! What pages show about the school.

use axum::Json as Reply;
use domain::Setelan;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{http::extract::MaybeSession, state::RequestState};

/// The school; to who is not signed in, its name only.
#[derive(Serialize, ToSchema)]
pub(super) struct Sekolah {
    /// Its name.
    nama: String,
    /// Where guest and guru meet.
    #[serde(skip_serializing_if = "Option::is_none")]
    tempat: Option<String>,
    /// Its time zone, by its IANA name.
    #[serde(skip_serializing_if = "Option::is_none")]
    zona_waktu: Option<String>,
    /// A guest is late after so many minutes past the scheduled time.
    #[serde(skip_serializing_if = "Option::is_none")]
    toleransi_terlambat_menit: Option<u16>,
    /// The desk can take back what it recorded for so many minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    batas_urung_menit: Option<u16>,
}

/// Tells what the pages say about the school.
#[utoipa::path(
    get,
    path = "/api/sekolah",
    tag = "sekolah",
    security((), ("bearer" = [])),
    responses((status = 200, body = Sekolah))
)]
pub(super) async fn get(state: RequestState, MaybeSession(session): MaybeSession) -> Reply<Sekolah> {
    let is_signed_in = session.is_some();
    let Setelan { nama_sekolah, tempat, zona_waktu, toleransi_terlambat_menit, batas_urung_menit, .. } =
        &*state.setelan;
    Reply(Sekolah {
        nama: nama_sekolah.clone(),
        tempat: is_signed_in.then(|| tempat.clone()),
        zona_waktu: is_signed_in.then(|| zona_waktu.name().to_owned()),
        toleransi_terlambat_menit: is_signed_in.then_some(*toleransi_terlambat_menit),
        batas_urung_menit: is_signed_in.then_some(*batas_urung_menit),
    })
}
