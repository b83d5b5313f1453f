//! The report of a problem, for whoever helps.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use domain::audit::{Aksi, Objek};
use serde_json::Value;

use crate::{audit::Act, error::ApiError, figures, http::extract::AsAdmin, problem, state::AppState};

/// Versions, figures, settings that are no text, and the log, as a ZIP archive that names nobody.
#[utoipa::path(
    get,
    path = "/api/laporan-masalah",
    tag = "kesehatan",
    responses((status = 200, content_type = "application/zip", body = Vec<u8>))
)]
pub(super) async fn get(State(state): State<AppState>, _admin: AsAdmin) -> Result<Response, ApiError> {
    // It is asked for when something does not work, so it waits for nothing that does not.
    if let Err(error) = Act::new(Aksi::Ekspor, Objek::Log).note(state.store.audit()).await {
        tracing::warn!(%error, "the report of a problem left no entry in the audit");
    }
    let figures = match state.config.is_shared {
        true => "not told: other schools live in this process\n".to_owned(),
        false => figures::render(&state).await.1,
    };
    let settings = serde_json::to_value(&*state.settings.now().setelan).unwrap_or_default();
    let more = [("figures.txt", figures), ("settings.txt", choices(&settings))];
    let (folder, now) = (state.folder.clone(), state.clock.now());
    let packed = tokio::task::spawn_blocking(move || problem::pack(&folder, now, &more)).await;
    let packed = packed.map_err(|_| ApiError::Internal)?.map_err(|error| {
        tracing::error!(%error, "the report of a problem cannot be made");
        ApiError::Internal
    })?;
    let headers = [
        (header::CONTENT_TYPE, "application/zip"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"laporan-masalah.zip\""),
    ];
    Ok((headers, packed).into_response())
}

/// The settings that are numbers or yes and no. A text may name somebody.
fn choices(settings: &Value) -> String {
    let fields = settings.as_object().into_iter().flatten();
    let told = fields.filter(|(_, value)| value.is_boolean() || value.is_number());
    told.map(|(name, value)| format!("{name} = {value}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_of_the_settings_is_told() {
        let settings = serde_json::json!({
            "nama_sekolah": "SMP Nusa", "survei": true, "toleransi_terlambat_menit": 15, "template": { "x": 1 },
        });
        assert_eq!(choices(&settings), "survei = true\ntoleransi_terlambat_menit = 15\n");
    }
}
