//! The ways by which messages leave.

use axum::{Json as Reply, extract::State};
use chrono::{DateTime, Utc};
use domain::{
    audit::{Aksi, Objek},
    isian::InvalidIsian,
    pesan::{AlasanPesan, Saluran},
    saluran::{SmtpForm, WhatsappForm},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::saluran::place_of;
use utoipa::ToSchema;

use crate::{
    audit::Act,
    error::ApiError,
    http::extract::{AsAdmin, Json, PathWord},
    state::AppState,
};

/// A channel, without its secrets.
#[derive(Serialize, ToSchema)]
pub(super) struct SaluranRow {
    nama: Saluran,
    /// `smtp`, `cloud`, `fonnte`, `wablas`, `waha`, `evolution`; null if it is not set up.
    penyedia: Option<&'static str>,
    /// Set up where the server is started, and not to be changed here.
    dari_lingkungan: bool,
    keadaan: KeadaanSaluran,
    /// What is wrong.
    alasan: Option<AlasanPesan>,
    /// When something was found wrong, or right; null if nothing was ever tried with it.
    diperiksa_pada: Option<DateTime<Utc>>,
    /// A server's name or an account's.
    ringkasan: Option<String>,
}

/// How a channel is.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum KeadaanSaluran {
    BelumDiatur,
    Siap,
    Terganggu,
}

/// The channels, and the order in which they are tried.
#[derive(Serialize, ToSchema)]
pub(super) struct SaluranList {
    data: Vec<SaluranRow>,
    urutan: Vec<Saluran>,
}

/// The channels.
#[utoipa::path(get, path = "/api/saluran", tag = "saluran", responses((status = 200, body = SaluranList)))]
pub(super) async fn list(
    State(state): State<AppState>,
    _admin: AsAdmin,
) -> Result<Reply<SaluranList>, ApiError> {
    Ok(Reply(SaluranList {
        data: rows(&state).await?,
        urutan: state.settings.now().setelan.urutan_saluran.clone(),
    }))
}

async fn rows(state: &AppState) -> Result<Vec<SaluranRow>, ApiError> {
    let infos = match state.courier.get() {
        Some(courier) => courier.channels().await,
        None => Vec::new(),
    };
    let kept = state.store.saluran().list().await?;
    Ok(Saluran::ALL
        .map(|nama| {
            let info = infos.iter().find(|info| info.saluran == nama);
            let kept = kept.iter().find(|kept| kept.nama == nama);
            let penyedia = info.and_then(|info| info.penyedia);
            let alasan = kept.and_then(|kept| kept.alasan).filter(|_| penyedia.is_some());
            SaluranRow {
                nama,
                penyedia,
                dari_lingkungan: info.is_some_and(|info| info.dari_lingkungan),
                keadaan: match (penyedia, alasan) {
                    (None, _) => KeadaanSaluran::BelumDiatur,
                    (Some(_), None) => KeadaanSaluran::Siap,
                    (Some(_), Some(_)) => KeadaanSaluran::Terganggu,
                },
                alasan,
                diperiksa_pada: kept.and_then(|kept| kept.diperiksa_pada),
                ringkasan: info.and_then(|info| info.ringkasan.clone()),
            }
        })
        .into())
}

/// Sets e-mail or WhatsApp up. The answer holds no secret.
#[utoipa::path(
    put,
    path = "/api/saluran/{nama}",
    tag = "saluran",
    params(("nama" = Saluran, Path)),
    request_body = SaluranRequest,
    responses((status = 200, body = SaluranRow))
)]
pub(super) async fn configure(
    State(state): State<AppState>,
    _admin: AsAdmin,
    PathWord(nama): PathWord<Saluran>,
    Json(request): Json<SaluranRequest>,
) -> Result<Reply<SaluranRow>, ApiError> {
    let config = match (nama, request) {
        (Saluran::Email, SaluranRequest { smtp: Some(form), whatsapp: None }) => {
            to_json(&form.check().map_err(ApiError::Isian)?)?
        }
        (Saluran::Whatsapp, SaluranRequest { smtp: None, whatsapp: Some(form) }) => {
            to_json(&form.check().map_err(ApiError::Isian)?)?
        }
        (Saluran::Email, _) => return Err(ApiError::field("smtp", InvalidIsian::Empty)),
        (Saluran::Whatsapp, _) => return Err(ApiError::field("whatsapp", InvalidIsian::Empty)),
    };
    let place = place_of(nama);
    let sealed = state.kunci.rahasia.encrypt(&place, &config).map_err(|error| {
        tracing::error!(%error, "a channel's set-up cannot be encrypted");
        ApiError::Internal
    })?;
    let act = Act::new(Aksi::Ubah, Objek::Saluran).after(json!({ "saluran": nama }));
    act.record(state.store.saluran().configure(nama, Some(sealed))).await?;
    row(&state, nama).await
}

/// Takes a channel's set-up away. That of the environment stays.
#[utoipa::path(
    delete,
    path = "/api/saluran/{nama}",
    tag = "saluran",
    params(("nama" = Saluran, Path)),
    responses((status = 200, body = SaluranRow))
)]
pub(super) async fn remove(
    State(state): State<AppState>,
    _admin: AsAdmin,
    PathWord(nama): PathWord<Saluran>,
) -> Result<Reply<SaluranRow>, ApiError> {
    let kept = state.store.saluran().list().await?;
    if kept.iter().any(|kept| kept.nama == nama && kept.konfigurasi.is_some()) {
        let act = Act::new(Aksi::Hapus, Objek::Saluran).before(json!({ "saluran": nama }));
        act.record(state.store.saluran().configure(nama, None)).await?;
    }
    row(&state, nama).await
}

/// How a channel is set up; one of the two, by the channel.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SaluranRequest {
    smtp: Option<SmtpForm>,
    whatsapp: Option<WhatsappForm>,
}

fn to_json(config: &impl Serialize) -> Result<Vec<u8>, ApiError> {
    serde_json::to_vec(config).map_err(|_| ApiError::Internal)
}

async fn row(state: &AppState, nama: Saluran) -> Result<Reply<SaluranRow>, ApiError> {
    let rows = rows(state).await?;
    rows.into_iter().find(|row| row.nama == nama).map(Reply).ok_or(ApiError::NotFound)
}

/// Where a trial goes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = UjiSaluranRequest)]
pub(super) struct TrialRequest {
    /// An e-mail address, or a telephone number.
    tujuan: String,
}

/// What came of a trial.
#[derive(Serialize, ToSchema)]
pub(super) struct TrialReply {
    berhasil: bool,
    /// Why not.
    alasan: Option<AlasanPesan>,
}

/// Sends a message to an address, to try a channel.
#[utoipa::path(
    post,
    path = "/api/saluran/{nama}/uji",
    tag = "saluran",
    params(("nama" = Saluran, Path)),
    request_body = TrialRequest,
    responses((status = 200, body = TrialReply))
)]
pub(super) async fn trial(
    State(state): State<AppState>,
    _admin: AsAdmin,
    PathWord(nama): PathWord<Saluran>,
    Json(request): Json<TrialRequest>,
) -> Result<Reply<TrialReply>, ApiError> {
    let sent = send_trial(&state, nama, &request.tujuan).await;
    let act = Act::new(Aksi::Uji, Objek::Saluran);
    let act = act.after(json!({ "saluran": nama, "berhasil": sent.is_ok() }));
    act.note(state.store.audit()).await?;
    Ok(Reply(TrialReply { berhasil: sent.is_ok(), alasan: sent.err() }))
}

/// Sends a message by one channel only.
pub(super) async fn send_trial(state: &AppState, nama: Saluran, tujuan: &str) -> Result<(), AlasanPesan> {
    match state.courier.get() {
        Some(courier) => courier.send_trial(nama, tujuan).await,
        None => Err(AlasanPesan::TanpaSaluran),
    }
}

/// Looks whether messages could leave by a channel now.
#[utoipa::path(
    post,
    path = "/api/saluran/{nama}/sambungkan",
    tag = "saluran",
    params(("nama" = Saluran, Path)),
    responses((status = 200, body = SaluranRow))
)]
pub(super) async fn connect(
    State(state): State<AppState>,
    _admin: AsAdmin,
    PathWord(nama): PathWord<Saluran>,
) -> Result<Reply<SaluranRow>, ApiError> {
    if let Some(courier) = state.courier.get() {
        // What it finds is noted, and shown below.
        let _ = courier.check(nama).await;
    }
    let act = Act::new(Aksi::Sambungkan, Objek::Saluran).after(json!({ "saluran": nama }));
    act.note(state.store.audit()).await?;
    row(&state, nama).await
}
