//! The school's settings, as admins see and change them.

mod jam;
mod kop;
mod perubahan;
mod pratinjau;
mod uji;

use std::path::Path;

use axum::{Json as Reply, extract::State};
use chrono::{DateTime, Utc};
use domain::{
    Setelan,
    audit::{Aksi, Objek},
    isian::{self, FieldError, InvalidIsian, KodeIsian},
};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use perubahan::UpdateRequest;
pub(super) use pratinjau::{__path_preview, preview};
pub(super) use uji::{__path_trial, trial};

use crate::{
    audit::{Act, values},
    backups,
    error::ApiError,
    http::{
        extract::{AsAdmin, Json},
        refusals::{Busy, Outdated},
    },
    settings::Current,
    state::AppState,
};

/// The settings, and which they are.
#[derive(Serialize, ToSchema)]
pub(super) struct SetelanBerversi {
    /// Grows with every change.
    versi: i64,
    /// The desks have a PIN. It is never told: `kiosk_pin` is null here.
    ada_kiosk_pin: bool,
    /// The command line gives the public address, so that `alamat_publik` counts for nothing.
    alamat_publik_tetap: bool,
    /// Where staff reach the pages: the public address, or else the one in the school's network; null if only this
    /// computer does.
    alamat_masuk: Option<String>,
    /// Somebody said on which days the school works.
    hari_kerja_diperiksa: bool,
    /// When the logo was set; null if there is none to ask for.
    logo: Option<DateTime<Utc>>,
    #[serde(flatten)]
    setelan: Setelan,
}

impl SetelanBerversi {
    async fn of(state: &AppState, Current { versi, setelan }: Current) -> Result<Reply<Self>, ApiError> {
        Ok(Reply(Self {
            versi,
            ada_kiosk_pin: setelan.kiosk_pin.is_some(),
            alamat_publik_tetap: state.links.is_fixed(),
            alamat_masuk: state.links.base(&setelan),
            hari_kerja_diperiksa: state.store.setelan().were_days_told().await?,
            logo: state.store.logo().find_time().await?,
            setelan: Setelan { kiosk_pin: None, ..(*setelan).clone() },
        }))
    }
}

/// Every setting.
#[utoipa::path(get, path = "/api/settings", tag = "settings", responses((status = 200, body = SetelanBerversi)))]
pub(super) async fn get(
    State(state): State<AppState>,
    _admin: AsAdmin,
) -> Result<Reply<SetelanBerversi>, ApiError> {
    state.settings.look().await?;
    SetelanBerversi::of(&state, state.settings.now()).await
}

/// Changes settings, which everything follows at once. Asking for what is set already changes nothing and is no error,
/// so that a request can be sent again.
#[utoipa::path(
    put,
    path = "/api/settings",
    tag = "settings",
    request_body = UpdateRequest,
    responses((status = 200, body = SetelanBerversi), Outdated, Busy)
)]
pub(super) async fn update(
    State(state): State<AppState>,
    _admin: AsAdmin,
    Json(request): Json<UpdateRequest>,
) -> Result<Reply<SetelanBerversi>, ApiError> {
    let versi = request.versi.ok_or_else(|| ApiError::field("versi", InvalidIsian::Empty))?;
    state.settings.look().await?;
    let before = state.settings.now();
    let mut after = request.apply(&before.setelan).map_err(ApiError::Isian)?;
    if let Some(pin) = &request.kiosk_pin {
        after.kiosk_pin = hashed(&state, pin, before.setelan.kiosk_pin.as_deref()).await?;
    }
    if after == *before.setelan {
        if request.tells_days() {
            note_told_days(&state).await?;
        }
        return SetelanBerversi::of(&state, before).await;
    }
    if after.folder_cadangan != before.setelan.folder_cadangan {
        try_second(&state, &after.folder_cadangan).await?;
    }
    // Somebody else may have changed the settings that these changes started from, earlier or just now.
    let act = Act::new(Aksi::Ubah, Objek::Setelan)
        .changes(&values::of_setelan(&before.setelan), &values::of_changed_setelan(&before.setelan, &after));
    let changed = act.record(state.settings.change(after, versi)).await?.ok_or(ApiError::Outdated)?;
    if request.tells_days() {
        note_told_days(&state).await?;
    }
    SetelanBerversi::of(&state, changed).await
}

/// Refuses a second place for backups that cannot be used, or that is the first.
async fn try_second(state: &AppState, folder: &str) -> Result<(), ApiError> {
    if folder.is_empty() {
        return Ok(());
    }
    let refused = |kode, teks| ApiError::field("folder_cadangan", FieldError::new(kode, teks));
    backups::try_place(Path::new(folder)).await.map_err(|error| {
        tracing::warn!(%error, "a second place for backups cannot be used");
        refused(KodeIsian::FolderTakBisa, "folder itu tidak ada, atau tidak bisa ditulisi dari PC server")
    })?;
    if state.backups.is_within(Path::new(folder)) {
        return Err(refused(KodeIsian::Folder, "pilih tempat lain dari folder cadangan yang pertama"));
    }
    Ok(())
}

/// Keeps that an admin said on which days the school works, also if they are those from the start.
async fn note_told_days(state: &AppState) -> Result<(), ApiError> {
    if !state.store.setelan().were_days_told().await? {
        let act = Act::new(Aksi::Ubah, Objek::Setelan).after(json!({ "hari_kerja_diperiksa": true }));
        act.record(state.store.setelan().note_told_days()).await?;
    }
    Ok(())
}

/// The hash to keep of a PIN; none of an empty one. The PIN that is set already keeps its hash.
async fn hashed(state: &AppState, pin: &str, before: Option<&str>) -> Result<Option<String>, ApiError> {
    let Some(pin) = isian::pin(pin).map_err(|error| ApiError::field("kiosk_pin", error))? else {
        return Ok(None);
    };
    if let Some(before) = before
        && state.passwords.fits(pin.to_owned(), before.to_owned()).await?
    {
        return Ok(Some(before.to_owned()));
    }
    state.passwords.hash(pin.to_owned()).await.map(Some)
}
