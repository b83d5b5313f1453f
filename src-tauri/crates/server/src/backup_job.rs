//! When backups are taken: each night by the jobs, and whenever an admin asks. None of it is waited for.

use std::{path::Path, sync::Arc};

use cadangan::{BackupError, Source, Trials, keep};
use chrono::{DateTime, Datelike, Utc};
use domain::{Role, cadangan::BackupTrouble, jadwal, pengguna::has_email};
use store::{PageRequest, StoreError, pengguna::PenggunaFilter};

use crate::{
    backups::{
        BackupList, FailedBackup, is_due,
        second::{self, SecondTurn},
        trouble,
    },
    figures::Job,
    state::AppState,
};

/// Admins who are told, at most.
const ADMINS: PageRequest = PageRequest { nomor: 1, ukuran: 200 };

/// Starts a backup, unless one is being taken. It goes on if whoever asked does not wait for it.
pub(crate) fn begin(state: &AppState) {
    let Some(turn) = state.backups.turn() else { return };
    let tasks = Arc::clone(&state.backups);
    let state = state.clone();
    tasks.spawn(async move {
        take(&state).await;
        let_sql_server(&state).await;
        // Whoever looks meanwhile sees one of the two at work.
        let second = turn_to_copy(&state);
        drop(turn);
        tell(&state);
        if let Some(second) = second {
            copy(&state, second).await;
        }
    });
}

/// Begins what is due: the night's backup, or the copy of the newest one to the second place. Tells what is wrong.
///
/// A book without a guest has nothing to keep yet.
///
/// # Errors
/// The store's.
pub(crate) async fn look(state: &AppState, now: DateTime<Utc>) -> store::Result<()> {
    let setelan = state.settings.now().setelan;
    let listed = state.backups.list(state.kunci.fingerprint()).await;
    let since = match state.backups.newest() {
        Some(newest) => Some(newest),
        None => state.store.pemeliharaan().find_first_entry().await?,
    };
    state.backups.note_since(since);
    let is_due = since.is_some_and(|since| is_due(since, now, setelan.jam_cadangan, setelan.zona_waktu));
    match listed {
        Err(error) if !state.backups.is_waiting(now) => note(state, Err(&error)),
        Ok(_) if is_due && !state.backups.is_waiting(now) => begin(state),
        Ok(found) => {
            begin_trial(state, &found);
            begin_copy(state);
        }
        Err(_) => begin_copy(state),
    }
    tell(state);
    mail(state, now).await
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
    let trials = Trials::in_folder(state.backups.data());
    match tokio::task::spawn_blocking(move || keep::prune(&folder, &kunci, &trials, today)).await {
        Ok(Ok(removed)) if !removed.is_empty() => {
            tracing::info!(removed = removed.len(), "old backups removed")
        }
        Ok(Err(error)) => tracing::warn!(%error, "old backups could not be removed"),
        _ => {}
    }
}

/// Lets SQL Server write a backup of its own, where a folder is named for it.
async fn let_sql_server(state: &AppState) {
    let Some(folder) = &state.config.sql_server_backup else { return };
    let now = state.clock.now();
    let day = jadwal::local_date(now, state.settings.now().setelan.zona_waktu).day();
    let written = state.store.back_up(folder, day).await;
    Job::SqlServerBackup.ended(written.is_ok(), now);
    let failed = written.err().map(|error| {
        tracing::error!(%error, "SQL Server wrote no backup of its own");
        let gone = matches!(error, StoreError::Unavailable(_) | StoreError::Slow(_));
        let alasan = if gone { BackupTrouble::BasisData } else { BackupTrouble::Tempat };
        FailedBackup { pada: now, alasan }
    });
    state.backups.note_sql_server(failed);
}

/// Tries a backup that came from elsewhere, has changed, or was tried long ago, if there is one.
pub(crate) fn begin_trial(state: &AppState, found: &BackupList) {
    let now = state.clock.now();
    let Some((path, trying)) = state.backups.turn_to_try(found, now) else { return };
    let tasks = Arc::clone(&state.backups);
    let state = state.clone();
    tasks.spawn(async move {
        let data = state.backups.data();
        let tried = cadangan::prove(&path, Arc::clone(&state.kunci), data, now).await;
        state.backups.note_trial(Trials::is_verdict(tried.as_ref()), now);
        drop(trying);
        match tried {
            Ok(_) => tracing::info!("a backup was tried: it can be restored"),
            Err(error) => tracing::error!(%error, "a backup was tried, and cannot be restored"),
        }
    });
}

/// The turn to copy the newest backup to the second place, where one is set and it is not there yet.
fn turn_to_copy(state: &AppState) -> Option<SecondTurn> {
    let setelan = state.settings.now().setelan;
    let newest = state.backups.newest().filter(|_| !setelan.folder_cadangan.is_empty())?;
    state.backups.second().turn(Path::new(&setelan.folder_cadangan), newest, state.clock.now())
}

fn begin_copy(state: &AppState) {
    if let Some(turn) = turn_to_copy(state) {
        let tasks = Arc::clone(&state.backups);
        let state = state.clone();
        tasks.spawn(async move { copy(&state, turn).await });
    }
}

/// Copies the newest backup to the second place.
async fn copy(state: &AppState, turn: SecondTurn) {
    let (kunci, now) = (state.kunci.fingerprint().to_owned(), state.clock.now());
    let today = jadwal::local_date(now, state.settings.now().setelan.zona_waktu);
    let folder = turn.folder().to_owned();
    let listed = state.backups.list(&kunci).await.map(BackupList::newest_good);
    let (copied, _turn) = match listed {
        Ok(Some(backup)) => {
            let time = backup.header.dibuat_pada;
            let trials = Trials::in_folder(state.backups.data());
            let (copied, turn) =
                second::copy(turn, backup.path, Arc::clone(&state.kunci), trials, today).await;
            (copied.map(|()| time), turn)
        }
        Ok(None) => return,
        Err(error) => (Err(error), Some(turn)),
    };
    let copied = copied.map_err(|error| {
        tracing::error!(%error, "no copy of the backup in the second place");
        failed(state, &error)
    });
    state.backups.second().note(&folder, copied, now);
    tell(state);
}

fn note(state: &AppState, taken: Result<DateTime<Utc>, &BackupError>) {
    let now = state.clock.now();
    Job::Backup.ended(taken.is_ok(), now);
    let taken = taken.map_err(|error| {
        tracing::error!(%error, "no backup");
        failed(state, error)
    });
    state.backups.note(taken, now);
}

fn failed(state: &AppState, error: &BackupError) -> FailedBackup {
    FailedBackup { pada: state.clock.now(), alasan: trouble(error) }
}

/// Tells admins and the desk what is wrong now, if they do not know it.
fn tell(state: &AppState) {
    let alarm = state.backups.alarm(&state.settings.now().setelan, state.clock.now());
    if state.backups.is_news(alarm) {
        state.hub.publish_cadangan(alarm);
    }
}

/// Queues a message to each admin about what does not mend itself, once a day.
async fn mail(state: &AppState, now: DateTime<Utc>) -> store::Result<()> {
    let setelan = state.settings.now().setelan;
    let Some(alarm) = state.backups.alarm(&setelan, now) else { return Ok(()) };
    if !state.backups.is_stuck(alarm, &setelan) {
        return Ok(());
    }
    let (role, aktif, unit) = (Some(Role::Admin), Some(true), Some(false));
    let admins = PenggunaFilter { role, aktif, unit, ..PenggunaFilter::default() };
    let today = jadwal::local_date(now, setelan.zona_waktu);
    for admin in state.store.pengguna().list(admins, ADMINS).await?.data {
        if has_email(&admin.email) {
            state.store.pesan().queue_cadangan(admin.id, today, now).await?;
        }
    }
    Ok(())
}
