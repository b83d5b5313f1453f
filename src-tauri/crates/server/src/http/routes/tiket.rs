//! The invitation as a picture, to be sent to the guest.

use axum::http::header;
use domain::{IdJanjiTemu, JanjiTemu, Language};
use serde::Deserialize;
use tiket::Tiket;
use utoipa::IntoParams;

use super::qr::{Picture, encode, shown};
use crate::{
    error::ApiError,
    http::{
        extract::{AnySession, PathId, Query},
        refusals::{NotFound, PasswordFirst},
    },
    state::RequestState,
};

/// In which language.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct TiketQuery {
    /// `id` where it is missing.
    #[param(inline)]
    bahasa: Option<Language>,
}

/// The invitation as PNG: the code, the guest, day and time, whom, the school and the place to meet.
#[utoipa::path(
    get,
    path = "/api/appointments/{id}/tiket.png",
    tag = "appointments",
    params(("id" = i64, Path), TiketQuery),
    responses((status = 200, content_type = "image/png", body = Vec<u8>), NotFound, PasswordFirst)
)]
pub(super) async fn png(
    state: RequestState,
    session: AnySession,
    PathId(id): PathId<IdJanjiTemu>,
    Query(query): Query<TiketQuery>,
) -> Result<Picture<Vec<u8>>, ApiError> {
    let bahasa = query.bahasa.unwrap_or_default();
    let row = shown(&state, session, id).await?;
    let code = encode(&state, &row)?;
    let tiket = of(&state, &row, bahasa);
    let drawn = tokio::task::spawn_blocking(move || tiket::png(&tiket, &code, bahasa)).await;
    match drawn {
        Ok(Ok(picture)) => Ok(([(header::CONTENT_TYPE, "image/png")], picture)),
        Ok(Err(error)) => {
            tracing::error!(%error, "ticket cannot be written");
            Err(ApiError::Internal)
        }
        Err(error) => {
            tracing::error!(%error, "ticket cannot be drawn");
            Err(ApiError::Internal)
        }
    }
}

fn of(state: &RequestState, row: &JanjiTemu, bahasa: Language) -> Tiket {
    let tempat = state.setelan.tempat.trim();
    Tiket {
        sekolah: state.setelan.nama_sekolah.clone(),
        tamu: row.nama_tampil().to_owned(),
        waktu: bahasa.waktu(row.jadwal, state.setelan.zona_waktu),
        guru: row.guru_disapa(),
        tempat: (!tempat.is_empty()).then(|| tempat.to_owned()),
        hanya_di_sekolah: state.links.public(&state.setelan).is_none(),
    }
}
