//! When backups are taken: each night by the jobs, and whenever an admin asks.

use std::sync::Arc;

use cadangan::{BackupError, Source, keep};
use chrono::{DateTime, Utc};
use domain::jadwal;

use crate::{
    backups::{FailedBackup, is_due},
    state::AppState,
};

/// Starts a backup, unless one is being taken. It goes on if whoever asked does not wait for it.
pub(crate) fn begin(state: &AppState) {
    let Some(turn) = state.backups.turn() else { return };
    let state = state.clone();
    tokio::spawn(async move {
        take(&state).await;
        drop(turn);
    });
}

/// Takes the night's backup if it is due. A book without a guest has nothing to keep yet.
pub(crate) async fn take_if_due(state: &AppState, now: DateTime<Utc>) -> store::Result<()> {
    let zone = state.settings.now().setelan.zona_waktu;
    if let Err(error) = state.backups.list(state.kunci.fingerprint()).await {
        note(state, Err(&error));
        return Ok(());
    }
    let since = match state.backups.newest() {
        Some(newest) => Some(newest),
        None => state.store.pemeliharaan().find_first_entry().await?,
    };
    if since.is_some_and(|since| is_due(since, now, zone))
        && let Some(_turn) = state.backups.turn()
    {
        take(state).await;
    }
    Ok(())
}

/// Takes a backup and removes those that were kept long enough. The caller has the turn.
async fn take(state: &AppState) {
    let (now, kunci) = (state.clock.now(), Arc::clone(&state.kunci));
    let source = match state.store.file() {
        Some(path) => Source::Sqlite(path.to_owned()),
        None => Source::Store(Arc::clone(&state.store)),
    };
    let taken = cadangan::take(source, kunci, state.backups.data(), state.backups.folder(), now).await;
    note(state, taken.as_ref().map(|_| now));
    let Ok(proof) = taken else { return };
    tracing::info!(
        rows = proof.header.rows(),
        bytes = proof.size_bytes,
        "backup taken, restored and compared"
    );
    let today = jadwal::local_date(now, state.settings.now().setelan.zona_waktu);
    let (folder, kunci) = (state.backups.folder().to_owned(), state.kunci.fingerprint().to_owned());
    match tokio::task::spawn_blocking(move || keep::prune(&folder, &kunci, today)).await {
        Ok(Ok(removed)) if !removed.is_empty() => {
            tracing::info!(removed = removed.len(), "old backups removed")
        }
        Ok(Err(error)) => tracing::warn!(%error, "old backups could not be removed"),
        _ => {}
    }
}

fn note(state: &AppState, taken: Result<DateTime<Utc>, &BackupError>) {
    state.backups.note(taken.map_err(|error| {
        tracing::error!(%error, "no backup");
        FailedBackup { pada: state.clock.now(), alasan: error.into() }
    }));
}
