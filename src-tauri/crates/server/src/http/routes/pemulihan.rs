//! Going back to a backup.

use std::path::Path;

use axum::{Json as Reply, extract::State, http::StatusCode};
use chrono::{DateTime, Utc};
use domain::audit::{Aksi, Objek};
use serde::{Deserialize, Serialize};
use store::{PageRequest, audit::AuditFilter};
use utoipa::ToSchema;

use super::auth;
use crate::{
    audit::Act,
    error::ApiError,
    http::{
        extract::{AnySession, AsAdmin, Json, PathWord},
        refusals::{NoRestore, NotFound, NotSignedIn},
    },
    restore_job,
    restoring::{FailedRestore, PemulihanBerjalan},
    state::AppState,
};

/// Wishes are entries too, also those that came to nothing.
const LATEST: PageRequest = PageRequest { nomor: 1, ukuran: 20 };

/// How a restore is, and what the last one did.
#[derive(Serialize, ToSchema)]
pub(super) struct Pemulihan {
    /// The one under way.
    berjalan: Option<PemulihanBerjalan>,
    /// Why the last one came to nothing; null if it did not.
    gagal: Option<FailedRestore>,
    /// This school's database is on a server of its own: `bukutamu-server restore` does it, into an empty one.
    lewat_perintah: bool,
    /// What the last restore did, as the audit has it.
    terakhir: Option<LastRestore>,
}

/// A restore that was done.
#[derive(Serialize, ToSchema)]
pub(super) struct LastRestore {
    /// When.
    pada: DateTime<Utc>,
    /// Who; null if it was done by command.
    oleh: Option<String>,
    #[serde(flatten)]
    hasil: HasilPemulihan,
}

/// What it did.
#[derive(Serialize, Deserialize, ToSchema)]
pub(super) struct HasilPemulihan {
    /// When the school was as it became.
    sampai: DateTime<Utc>,
    /// Guests who were erased since, and were erased again.
    dihapus_lagi: u64,
    /// Sessions that were ended.
    sesi_diakhiri: u64,
    /// Messages that wait for an admin, because they may have left since.
    pesan_ditahan: u64,
    /// The folder for what was there before, beside the database; null if nothing was.
    disimpan: Option<String>,
}

/// How a restore is, and what the last one did.
#[utoipa::path(get, path = "/api/pemulihan", tag = "backups", responses((status = 200, body = Pemulihan)))]
pub(super) async fn show(
    State(state): State<AppState>,
    _admin: AsAdmin,
) -> Result<Reply<Pemulihan>, ApiError> {
    Ok(Reply(told(&state).await?))
}

/// Who wants it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RestoreRequest {
    /// The admin's own password, once more.
    password: String,
}

/// Goes back to a backup. It is restored beside the school, which goes on meanwhile; then the server is away for a
/// moment, and everybody signs in again. What was there before is kept.
#[utoipa::path(
    post,
    path = "/api/cadangan/{nama}/pulihkan",
    tag = "backups",
    params(("nama" = String, Path, description = "The backup's file name")),
    request_body = RestoreRequest,
    responses((status = 202, body = Pemulihan), NotFound, NotSignedIn, NoRestore)
)]
pub(super) async fn create(
    State(state): State<AppState>,
    _admin: AsAdmin,
    session: AnySession,
    PathWord(nama): PathWord<String>,
    Json(request): Json<RestoreRequest>,
) -> Result<(StatusCode, Reply<Pemulihan>), ApiError> {
    auth::confirm(state.clone(), session, request.password).await?;
    if state.store.file().is_none() {
        return Err(ApiError::RestoreByCommand);
    }
    let found = state.backups.list(state.kunci.fingerprint()).await.map_err(|error| {
        tracing::error!(%error, "the folder of the backups cannot be read");
        ApiError::Internal
    })?;
    // Only what is listed is opened, whatever the path says.
    let mut listed = found.listed.into_iter().map(|found| found.backup);
    let is_it = |path: &Path| path.file_name().is_some_and(|name| name == nama.as_str());
    let backup = listed.find(|backup| is_it(&backup.path)).ok_or(ApiError::NotFound)?;
    let turn = state.backups.turn().ok_or(ApiError::BackupRuns)?;
    let act = Act::new(Aksi::Pulihkan, Objek::Cadangan);
    act.after(serde_json::json!({ "sampai": backup.header.dibuat_pada })).note(state.store.audit()).await?;
    restore_job::begin(&state, turn, backup.path, &nama);
    Ok((StatusCode::ACCEPTED, Reply(told(&state).await?)))
}

async fn told(state: &AppState) -> Result<Pemulihan, ApiError> {
    let saring =
        AuditFilter { aksi: Some(Aksi::Pulihkan), objek: Some(Objek::Cadangan), ..AuditFilter::default() };
    let entries = state.store.audit().list_plain(saring, LATEST).await?;
    // The wish alone tells less than what was done.
    let terakhir = entries.into_iter().find_map(|entry| {
        let hasil = serde_json::from_str(entry.sesudah.as_deref()?).ok()?;
        Some(LastRestore { pada: entry.waktu, oleh: entry.nama_pelaku, hasil })
    });
    Ok(Pemulihan {
        berjalan: state.restoring.running(),
        gagal: state.restoring.failed(),
        lewat_perintah: state.store.file().is_none(),
        terakhir,
    })
}
