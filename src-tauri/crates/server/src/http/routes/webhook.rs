//! Reports of WhatsApp's provider: what became of messages. The provider shows by a signature, or by a secret, that it
//! is the provider; nobody signs in.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    pesan::Saluran,
    saluran::webhook::{InvalidReport, Proof, Question},
};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    error::ApiError,
    http::{
        extract::{Query, RawBody},
        refusals::NotFound,
    },
    state::AppState,
};

/// Where a provider has no signature: the secret that both know.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct SecretQuery {
    /// At most 200 characters.
    rahasia: Option<String>,
}

/// Takes a report. One about a message that is not known changes nothing.
#[utoipa::path(
    post,
    path = "/api/webhook/whatsapp",
    tag = "webhook",
    security(()),
    params(SecretQuery),
    request_body(content = String, content_type = "application/json"),
    responses((status = 204), NotFound)
)]
pub(super) async fn receive(
    State(state): State<AppState>,
    Query(query): Query<SecretQuery>,
    headers: HeaderMap,
    RawBody(body): RawBody,
) -> Result<StatusCode, ApiError> {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let proof = Proof {
        hub_signature: header("x-hub-signature-256"),
        webhook_hmac: header("x-webhook-hmac"),
        rahasia: header("x-buku-tamu-rahasia").or(query.rahasia.as_deref()),
    };
    let courier = state.courier.get().ok_or(ApiError::NotFound)?;
    let received = courier.receive(proof, &body).map_err(|error| match error {
        InvalidReport::Forged => ApiError::NotFound,
        InvalidReport::Malformed => ApiError::Json,
        InvalidReport::TooMany => ApiError::TooLarge,
    })?;
    let now = state.clock.now();
    for report in received.reports {
        let (id, keadaan, alasan) = (&report.id_penyedia, report.keadaan, report.alasan);
        if let Some(pesan) = state.store.pesan().report(Saluran::Whatsapp, id, keadaan, alasan, now).await? {
            let dikunjungi = state.store.pesan().find_dikunjungi(pesan.id).await?;
            state.hub.publish_pesan(pesan, &dikunjungi);
        }
    }
    if let Some(phone) = received.phone
        && state.store.saluran().note(Saluran::Whatsapp, phone.alasan(), now).await?
    {
        let alasan = phone.alasan();
        state.hub.publish_saluran(domain::json::ChannelState { nama: Saluran::Whatsapp, alasan });
    }
    courier.wake();
    Ok(StatusCode::NO_CONTENT)
}

/// What the Cloud API asks before it sends reports: its own names, so the document does not describe them.
#[derive(Deserialize)]
pub(super) struct QuestionQuery {
    /// `subscribe`.
    #[serde(rename = "hub.mode")]
    mode: Option<String>,
    /// What the admin entered there.
    #[serde(rename = "hub.verify_token")]
    verify_token: Option<String>,
    /// What it wants to read.
    #[serde(rename = "hub.challenge")]
    challenge: Option<String>,
}

/// Answers the Cloud API's question whether this address is the school's.
#[utoipa::path(
    get,
    path = "/api/webhook/whatsapp",
    tag = "webhook",
    security(()),
    responses((status = 200, content_type = "text/plain", body = String), NotFound)
)]
pub(super) async fn answer(
    State(state): State<AppState>,
    Query(query): Query<QuestionQuery>,
) -> Result<Response, ApiError> {
    let question = Question {
        mode: query.mode.as_deref(),
        verify_token: query.verify_token.as_deref(),
        challenge: query.challenge.as_deref(),
    };
    let answer =
        state.courier.get().and_then(|courier| courier.answer(question)).ok_or(ApiError::NotFound)?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], answer).into_response())
}
