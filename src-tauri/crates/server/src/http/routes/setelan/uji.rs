//! Tries what the settings name: the channels by which messages leave, the national register's server, and the folder
//! for backups.

use std::path::Path;

use axum::{Json as Reply, extract::State};
use domain::{
    audit::{Aksi, Objek},
    impor::InvalidBerkas,
    isian::InvalidIsian,
    pesan::{AlasanPesan, Saluran},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::super::{pengguna::SekolahInfo, saluran::send_trial};
use crate::{
    audit::Act,
    backups,
    dapodik::Dapodik,
    error::ApiError,
    http::extract::{AsAdmin, Json},
    state::AppState,
};

/// What is tried, and with what.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = UjiSetelanRequest)]
pub(in crate::http::routes) struct TrialRequest {
    apa: Apa,
    /// Of a channel: an e-mail address, or a telephone number.
    tujuan: Option<String>,
    /// Of the register's server: where it is in the school's network.
    alamat: Option<String>,
    /// Of the register's server: the school's number.
    npsn: Option<String>,
    /// Of the register's server; neither kept nor logged.
    token: Option<String>,
}

/// What can be tried.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Apa {
    /// E-mail.
    Smtp,
    /// WhatsApp.
    Whatsapp,
    /// The national register's own server at the school.
    Dapodik,
    /// The folder for backups.
    Backup,
}

/// What came of it.
#[derive(Serialize, ToSchema)]
#[schema(as = UjiSetelan)]
pub(in crate::http::routes) struct TrialReply {
    berhasil: bool,
    /// For people.
    pesan: String,
    /// Why a message did not leave.
    alasan: Option<AlasanPesan>,
    /// Why the register's server told nothing.
    kode: Option<InvalidBerkas>,
    /// What the register's server tells of the school.
    sekolah: Option<SekolahInfo>,
    /// Of backups: whether the second place can be used; null if none is set.
    tempat_kedua: Option<bool>,
}

impl TrialReply {
    fn new(berhasil: bool, pesan: String) -> Self {
        Self { berhasil, pesan, alasan: None, kode: None, sekolah: None, tempat_kedua: None }
    }
}

/// Tries something that is set: sends a message to an address, asks the register's server for the school, or writes
/// into the folders for backups. Nothing is changed.
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
    let told = match request.apa {
        Apa::Smtp => message(&state, Saluran::Email, request.tujuan).await,
        Apa::Whatsapp => message(&state, Saluran::Whatsapp, request.tujuan).await,
        Apa::Dapodik => register(&state, request).await,
        Apa::Backup => backup(&state).await,
    };
    told.map(Reply)
}

async fn message(state: &AppState, saluran: Saluran, tujuan: Option<String>) -> Result<TrialReply, ApiError> {
    let tujuan = tujuan.ok_or_else(|| ApiError::field("tujuan", InvalidIsian::Empty))?;
    let alasan = send_trial(state, saluran, &tujuan).await.err();
    let act = Act::new(Aksi::Uji, Objek::Saluran);
    let act = act.after(json!({ "saluran": saluran, "berhasil": alasan.is_none() }));
    act.note(state.store.audit()).await?;
    let pesan = match alasan {
        None => "Diterima penyedia. Periksa apakah pesannya sampai.".to_owned(),
        Some(alasan) => format!("Pesan percobaan tidak terkirim: {}.", alasan.as_str().replace('_', " ")),
    };
    Ok(TrialReply { alasan, ..TrialReply::new(alasan.is_none(), pesan) })
}

async fn register(state: &AppState, request: TrialRequest) -> Result<TrialReply, ApiError> {
    let text = |given: &Option<String>| given.clone().unwrap_or_default();
    let dapodik = Dapodik::typed(&text(&request.alamat), &text(&request.npsn), &text(&request.token));
    let asked = dapodik.map_err(ApiError::Isian)?.ask_sekolah().await;
    note(state, "dapodik", asked.is_ok()).await?;
    Ok(match asked {
        Ok(sekolah) => {
            let pesan = format!("Server Dapodik menjawab: {}.", sekolah.nama);
            TrialReply { sekolah: Some(SekolahInfo::of(sekolah)), ..TrialReply::new(true, pesan) }
        }
        Err(error) => TrialReply { kode: Some(error), ..TrialReply::new(false, error.to_string()) },
    })
}

/// Both places, the second only where one is set.
async fn backup(state: &AppState) -> Result<TrialReply, ApiError> {
    let kedua = state.settings.now().setelan.folder_cadangan.clone();
    let first = state.backups.try_folder().await;
    let second = match &*kedua {
        "" => Ok(()),
        folder => backups::try_place(Path::new(folder)).await,
    };
    for (place, tried) in [("first", &first), ("second", &second)] {
        if let Err(error) = tried {
            tracing::warn!(%error, place, "a folder of the backups was tried and cannot be used");
        }
    }
    note(state, "backup", first.is_ok() && second.is_ok()).await?;
    let (berhasil, pesan) = match (first.is_ok(), second.is_ok()) {
        (true, true) if kedua.is_empty() => (true, "Folder cadangan bisa ditulis dan dibaca."),
        (true, true) => (true, "Kedua folder cadangan bisa ditulis dan dibaca."),
        (true, false) => (false, "Folder kedua tidak bisa ditulis atau dibaca."),
        (false, true) => (false, "Folder cadangan tidak bisa ditulis atau dibaca."),
        (false, false) => (false, "Kedua folder cadangan tidak bisa ditulis atau dibaca."),
    };
    let tempat_kedua = (!kedua.is_empty()).then_some(second.is_ok());
    Ok(TrialReply { tempat_kedua, ..TrialReply::new(berhasil, pesan.to_owned()) })
}

/// Nothing of the address or the token stands in the audit.
async fn note(state: &AppState, apa: &str, berhasil: bool) -> Result<(), ApiError> {
    let act = Act::new(Aksi::Uji, Objek::Setelan).after(json!({ "apa": apa, "berhasil": berhasil }));
    act.note(state.store.audit()).await.map_err(ApiError::from)
}
