//! What pages show about the school.

use axum::Json as Reply;
use domain::Language;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{http::extract::MaybeSession, state::RequestState};

/// The school; to who is not signed in, its name and languages only.
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
    /// The languages that guests are offered.
    bahasa: Vec<Language>,
    /// The one where nobody has chosen.
    bahasa_bawaan: Language,
    /// Which settings these are; grows with every change.
    #[serde(skip_serializing_if = "Option::is_none")]
    versi: Option<i64>,
    /// What visits are for, as forms offer it; if there is none, forms offer their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    keperluan: Option<Vec<String>>,
    /// Where else guests can be brought.
    #[serde(skip_serializing_if = "Option::is_none")]
    tempat_lain: Option<Vec<String>>,
    /// The desk locks itself if nobody uses it for so many seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    kiosk_diam_detik: Option<u32>,
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
    let setelan = &*state.setelan;
    Reply(Sekolah {
        nama: setelan.nama_sekolah.clone(),
        bahasa: setelan.bahasa.clone(),
        bahasa_bawaan: setelan.bahasa_bawaan,
        tempat: is_signed_in.then(|| setelan.tempat.clone()),
        zona_waktu: is_signed_in.then(|| setelan.zona_waktu.name().to_owned()),
        toleransi_terlambat_menit: is_signed_in.then_some(setelan.toleransi_terlambat_menit),
        batas_urung_menit: is_signed_in.then_some(setelan.batas_urung_menit),
        versi: is_signed_in.then(|| state.settings.now().versi),
        keperluan: is_signed_in.then(|| setelan.keperluan.clone()),
        tempat_lain: is_signed_in.then(|| setelan.tempat_lain.clone()),
        kiosk_diam_detik: is_signed_in.then_some(setelan.kiosk_diam_detik),
    })
}
