//! Who was erased is noted beside the backups as soon as it is done, so that no backup brings anybody back.
//!
//! The database says who was erased; the file is completed from it. So an erasure that was not noted, because the power
//! failed or the folder was away, is noted at the next start or with the next jobs.

use std::{
    collections::BTreeSet,
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
};

use cadangan::{BackupError, Erasures};
use chrono::{DateTime, Utc};
use domain::{
    IdTamu,
    audit::{Aksi, Objek},
};
use store::{
    SchoolSecrets, Store,
    tamu::{ERASED_AT_ONCE, ErasedTamu, NewErasure},
};

use crate::{audit::Act, backups};

/// The file, and whether somebody may be missing in it.
pub(crate) struct ErasureNotes {
    file: Erasures,
    is_due: AtomicBool,
}

impl ErasureNotes {
    /// That of a data folder.
    pub(crate) fn new(data: &Path, kunci: &SchoolSecrets) -> Self {
        Self { file: Erasures::in_folder(&backups::folder(data), kunci), is_due: AtomicBool::new(true) }
    }

    /// Notes everybody who was erased, now that somebody was. A failure stands in the log, and the jobs try again.
    pub(crate) async fn note(&self, store: &dyn Store) {
        self.is_due.store(true, Ordering::Relaxed);
        self.note_if_due(store).await;
    }

    /// Notes those who are missing, if that was not done yet.
    pub(crate) async fn note_if_due(&self, store: &dyn Store) {
        if !self.is_due.swap(false, Ordering::Relaxed) {
            return;
        }
        if let Err(error) = self.complete(store).await {
            self.is_due.store(true, Ordering::Relaxed);
            tracing::error!(%error, "erased guests could not be noted beside the backups; it is tried again");
        }
    }

    /// Erases those who are noted and known to the database all the same: an older one was put back by hand, or they
    /// were erased while a restore was under way. Whoever is in the building is erased after that. Done once, at the
    /// start.
    pub(crate) async fn replay(&self, store: &dyn Store, waktu: DateTime<Utc>) {
        match self.erase_again(store, waktu).await {
            Ok(0) => {}
            Ok(guests) => tracing::warn!(guests, "who was erased before was erased again"),
            Err(error) => tracing::error!(%error, "who was erased before could not be looked for"),
        }
    }

    async fn erase_again(&self, store: &dyn Store, waktu: DateTime<Utc>) -> Result<u64, BackupError> {
        let file = self.file.clone();
        let noted = tokio::task::spawn_blocking(move || file.read()).await;
        let noted = noted.map_err(|_| BackupError::CutOff)??;
        if noted.is_torn || noted.unreadable > 0 {
            tracing::warn!(
                lines = noted.unreadable,
                torn = noted.is_torn,
                "some noted erasures cannot be read"
            );
        }
        let known: BTreeSet<_> = list_erased(store).await?.into_iter().collect();
        let mut erased = 0;
        for tamu in noted.erased.difference(&known) {
            // Somebody else has the identity, or the two were merged.
            let found = store.tamu().find(tamu.id).await?;
            if found.is_none_or(|found| (found.id, found.dibuat_pada) != (tamu.id, tamu.dibuat_pada)) {
                continue;
            }
            let act = Act::new(Aksi::Hapus, Objek::Tamu).on(tamu.id.0).of_tamu(tamu.id);
            let baru = NewErasure { batalkan: true, waktu };
            erased += u64::from(act.record(store.tamu().erase(tamu.id, baru)).await?.selesai);
        }
        Ok(erased)
    }

    async fn complete(&self, store: &dyn Store) -> Result<(), BackupError> {
        let erased = list_erased(store).await?;
        let file = self.file.clone();
        let added = tokio::task::spawn_blocking(move || file.add(&erased)).await;
        let added = added.map_err(|_| BackupError::CutOff)??;
        if added > 0 {
            tracing::info!(guests = added, "erasures noted beside the backups");
        }
        Ok(())
    }
}

async fn list_erased(store: &dyn Store) -> store::Result<Vec<ErasedTamu>> {
    let mut erased: Vec<ErasedTamu> = Vec::new();
    loop {
        let last = erased.last().map_or(IdTamu(0), |tamu| tamu.id);
        let some = store.tamu().list_erased(last).await?;
        let is_whole = some.len() < ERASED_AT_ONCE;
        erased.extend(some);
        if is_whole {
            return Ok(erased);
        }
    }
}
