//! The school's backups, and the sheet that opens them on another PC.

use std::path::Path;

use axum::{Json as Reply, extract::State, http::StatusCode};
use cadangan::{Recovery, Trial};
use chrono::{DateTime, Utc};
use domain::{
    Setelan,
    audit::{Aksi, Objek},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    audit::Act,
    backup_job,
    backups::{self, BackupList, FailedBackup, Found},
    error::ApiError,
    http::extract::{AsAdmin, Json},
    state::AppState,
};

/// Whether a backup can be restored.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum UjiCadangan {
    /// It was restored here and compared.
    Terbukti,
    /// It came from elsewhere, or has changed: it is tried soon.
    Belum,
    /// It could not be restored.
    Rusak,
}

/// A backup.
#[derive(Serialize, ToSchema)]
pub(super) struct Cadangan {
    /// The file's name.
    nama: String,
    /// When the school was as it is in there.
    dibuat_pada: DateTime<Utc>,
    /// The file's size in bytes.
    ukuran: u64,
    /// Rows of all tables.
    baris: u64,
    /// Appointments and visits.
    janji_temu: u64,
    /// Guests.
    tamu: u64,
    /// Users.
    pengguna: u64,
    /// Whether it can be restored.
    uji: UjiCadangan,
    /// When that was tried; null if it was not.
    diuji_pada: Option<DateTime<Utc>>,
}

/// The backups, newest first.
#[derive(Serialize, ToSchema)]
pub(super) struct DaftarCadangan {
    data: Vec<Cadangan>,
    total: usize,
    /// One is being taken.
    berjalan: bool,
    /// One is being tried.
    menguji: bool,
    /// The newest good one is older than it should be, or there is none although much was entered since.
    terlambat: bool,
    /// Why the last one came to nothing; null if it did not.
    gagal: Option<FailedBackup>,
    /// Files in the folder that cannot be read.
    tidak_terbaca: usize,
    /// The folder on the server's PC.
    folder: String,
    /// From when on the night's one is taken, `HH:MM`.
    jam: String,
    /// The second place; null if none is set.
    kedua: Option<TempatKedua>,
}

/// The second place, to which each good backup is copied.
#[derive(Serialize, ToSchema)]
pub(super) struct TempatKedua {
    /// The folder, as the server's PC names it.
    folder: String,
    /// A copy is being made.
    berjalan: bool,
    /// When the newest backup was taken that was copied there; null if this server has copied none.
    terakhir: Option<DateTime<Utc>>,
    /// Why the last copy came to nothing; null if it did not.
    gagal: Option<FailedBackup>,
}

/// The school's backups.
#[utoipa::path(get, path = "/api/cadangan", tag = "backups", responses((status = 200, body = DaftarCadangan)))]
pub(super) async fn list(
    State(state): State<AppState>,
    _admin: AsAdmin,
) -> Result<Reply<DaftarCadangan>, ApiError> {
    Ok(Reply(told(&state).await))
}

/// Takes a backup. It is done when `berjalan` has become false; until then the answer is the list as it stands.
#[utoipa::path(post, path = "/api/cadangan", tag = "backups", responses((status = 202, body = DaftarCadangan)))]
pub(super) async fn create(
    State(state): State<AppState>,
    _admin: AsAdmin,
) -> Result<(StatusCode, Reply<DaftarCadangan>), ApiError> {
    Act::new(Aksi::Buat, Objek::Cadangan).note(state.store.audit()).await?;
    backup_job::begin(&state);
    let told = DaftarCadangan { berjalan: true, ..told(&state).await };
    Ok((StatusCode::ACCEPTED, Reply(told)))
}

/// The recovery sheet.
#[derive(Serialize, ToSchema)]
pub(super) struct LembarPemulihan {
    /// Eight groups of four letters and digits.
    kode: String,
}

/// What is printed on the recovery sheet. Whoever has it and a backup has the whole book.
#[utoipa::path(
    post,
    path = "/api/lembar-pemulihan",
    tag = "backups",
    responses((status = 200, body = LembarPemulihan))
)]
pub(super) async fn sheet(
    State(state): State<AppState>,
    _admin: AsAdmin,
) -> Result<Reply<LembarPemulihan>, ApiError> {
    Act::new(Aksi::Lihat, Objek::Cadangan).note(state.store.audit()).await?;
    Ok(Reply(LembarPemulihan { kode: Recovery::of(&state.kunci).to_string() }))
}

/// A code as it was typed from the sheet.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SheetRequest {
    kode: String,
}

/// Whether it is right.
#[derive(Serialize, ToSchema)]
pub(super) struct SheetReply {
    berhasil: bool,
}

/// Tries a printed sheet: whether its code opens this school's backups. That it does is kept.
#[utoipa::path(
    post,
    path = "/api/lembar-pemulihan/uji",
    tag = "backups",
    request_body = SheetRequest,
    responses((status = 200, body = SheetReply))
)]
pub(super) async fn try_sheet(
    State(state): State<AppState>,
    _admin: AsAdmin,
    Json(request): Json<SheetRequest>,
) -> Result<Reply<SheetReply>, ApiError> {
    let berhasil = request.kode.parse().is_ok_and(|typed: Recovery| typed == Recovery::of(&state.kunci));
    let act = Act::new(Aksi::Uji, Objek::Cadangan).after(json!({ "lembar": berhasil }));
    if berhasil {
        let kunci = state.kunci.fingerprint().to_owned();
        act.record(state.store.setelan().note_tried_sheet(kunci)).await?;
    } else {
        act.note(state.store.audit()).await?;
    }
    Ok(Reply(SheetReply { berhasil }))
}

fn second(state: &AppState, setelan: &Setelan) -> Option<TempatKedua> {
    if setelan.folder_cadangan.is_empty() {
        return None;
    }
    let known = state.backups.second().of(Path::new(&setelan.folder_cadangan));
    let folder = setelan.folder_cadangan.clone();
    Some(TempatKedua { folder, berjalan: known.is_running, terakhir: known.newest, gagal: known.failed })
}

/// A folder that cannot be read is told as the reason why there is none.
async fn told(state: &AppState) -> DaftarCadangan {
    let setelan = state.settings.now().setelan;
    let (found, gagal) = match state.backups.list(state.kunci.fingerprint()).await {
        Ok(found) => (found, state.backups.failed()),
        Err(error) => {
            tracing::error!(%error, "the folder of the backups cannot be read");
            let failed = FailedBackup { pada: state.clock.now(), alasan: backups::trouble(&error) };
            (BackupList::default(), state.backups.failed().or(Some(failed)))
        }
    };
    backup_job::begin_trial(state, &found);
    let data: Vec<_> = found
        .listed
        .into_iter()
        .map(|Found { backup, trial }| {
            let rows = |table: &str| backup.header.tabel.get(table).map_or(0, |rows| rows.baris);
            Cadangan {
                nama: backup.path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
                dibuat_pada: backup.header.dibuat_pada,
                ukuran: backup.size_bytes,
                baris: backup.header.rows(),
                janji_temu: rows("janji_temu"),
                tamu: rows("tamu"),
                pengguna: rows("pengguna"),
                uji: match trial {
                    Some(Trial { baik: true, .. }) => UjiCadangan::Terbukti,
                    Some(Trial { baik: false, .. }) => UjiCadangan::Rusak,
                    None => UjiCadangan::Belum,
                },
                diuji_pada: trial.map(|trial| trial.pada),
            }
        })
        .collect();
    DaftarCadangan {
        total: data.len(),
        data,
        berjalan: state.backups.is_running(),
        menguji: state.backups.is_trying(),
        terlambat: state.backups.is_overdue(state.clock.now()),
        gagal,
        tidak_terbaca: found.unreadable,
        folder: state.backups.folder().display().to_string(),
        jam: setelan.jam_cadangan.format("%H:%M").to_string(),
        kedua: second(state, &setelan),
    }
}
