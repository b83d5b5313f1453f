//! Tries what the settings name: now the channels by which messages leave.

use axum::{Json as Reply, extract::State};
use domain::{
    audit::{Aksi, Objek},
    pesan::{AlasanPesan, Saluran},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::super::saluran::send_trial;
use crate::{
    audit::Act,
    error::ApiError,
    http::extract::{AsAdmin, Json},
    state::AppState,
};

/// What is tried.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = UjiSetelanRequest)]
pub(in crate::http::routes) struct TrialRequest {
    apa: Apa,
    /// An e-mail address, or a telephone number.
    tujuan: String,
}

/// What can be tried.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Apa {
    /// E-mail.
    Smtp,
    /// WhatsApp.
    Whatsapp,
}

/// What came of it.
#[derive(Serialize, ToSchema)]
#[schema(as = UjiSetelan)]
pub(in crate::http::routes) struct TrialReply {
    berhasil: bool,
    /// For people.
    pesan: String,
    /// Why not.
    alasan: Option<AlasanPesan>,
}

/// Tries something that is set: sends a message to an address.
#[utoipa::path(
    post,
    path = "/api/settings/test",
    tag = "settings",
    request_body = TrialRequest,
    responses((status = 200, body = TrialReply))
)]
pub(in crate::http::routes) async fn trial(
    State(state): State<AppState>,
    _admin: AsAdmin,
    Json(request): Json<TrialRequest>,
) -> Result<Reply<TrialReply>, ApiError> {
    let saluran = match request.apa {
        Apa::Smtp => Saluran::Email,
        Apa::Whatsapp => Saluran::Whatsapp,
    };
    let alasan = send_trial(&state, saluran, &request.tujuan).await.err();
    let act = Act::new(Aksi::Uji, Objek::Saluran);
    let act = act.after(json!({ "saluran": saluran, "berhasil": alasan.is_none() }));
    act.note(state.store.audit()).await?;
    let pesan = match alasan {
        None => "Diterima penyedia. Periksa apakah pesannya sampai.".to_owned(),
        Some(alasan) => format!("Pesan percobaan tidak terkirim: {}.", alasan.as_str().replace('_', " ")),
    };
    Ok(Reply(TrialReply { berhasil: alasan.is_none(), pesan, alasan }))
}
