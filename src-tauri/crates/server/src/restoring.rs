//! What is known of a restore that an admin asked for: how far it is, or why it came to nothing.

use std::sync::{Mutex, MutexGuard, PoisonError};

use cadangan::progress::{Progress, Step};
use chrono::{DateTime, Utc};
use domain::cadangan::BackupTrouble;
use serde::Serialize;
use tokio_util::sync::CancellationToken;
use utoipa::ToSchema;

use crate::backups::Turn;

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TahapPemulihan {
    /// The backup is decrypted.
    Membuka,
    /// It is compared with what it says of itself.
    Mencocokkan,
    /// Who was erased since is erased again, and everybody is signed out.
    Menyiapkan,
    /// It takes the school's place; the server answers nothing else for a moment.
    Menukar,
}

/// How far it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct PemulihanBerjalan {
    /// The backup's name.
    pub(crate) nama: String,
    pub(crate) tahap: TahapPemulihan,
    /// How much of this step is done, from 0 to 100.
    pub(crate) persen: u8,
}

/// Why the last one came to nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct FailedRestore {
    /// The backup's name.
    pub(crate) nama: String,
    /// When.
    pub(crate) pada: DateTime<Utc>,
    /// What has to be seen to.
    pub(crate) alasan: BackupTrouble,
}

/// What is known.
#[derive(Default)]
pub(crate) struct Restoring {
    known: Mutex<Known>,
    decided: CancellationToken,
}

#[derive(Default)]
struct Known {
    running: Option<PemulihanBerjalan>,
    failed: Option<FailedRestore>,
    /// No backup is taken any more.
    turn: Option<Turn>,
}

impl Restoring {
    /// The one that is under way.
    pub(crate) fn running(&self) -> Option<PemulihanBerjalan> {
        self.known().running.clone()
    }

    /// Why the last one came to nothing, if it did.
    pub(crate) fn failed(&self) -> Option<FailedRestore> {
        self.known().failed.clone()
    }

    /// Cancelled once a restored school waits to take this one's place.
    pub(crate) fn decided(&self) -> CancellationToken {
        self.decided.clone()
    }

    pub(crate) fn begin(&self, nama: &str) {
        let running = PemulihanBerjalan { nama: nama.to_owned(), tahap: TahapPemulihan::Membuka, persen: 0 };
        *self.known() = Known { running: Some(running), ..Known::default() };
    }

    pub(crate) fn note(&self, progress: Progress) {
        let tahap = match progress.step {
            Step::Decrypt => TahapPemulihan::Membuka,
            Step::Compare => TahapPemulihan::Mencocokkan,
            Step::Settle | Step::Copy | Step::CompareCopy => TahapPemulihan::Menyiapkan,
        };
        self.stand_at(tahap, progress.percent());
    }

    /// From now on nothing is answered any more until the restored school is there.
    pub(crate) fn decide(&self, turn: Turn) {
        self.stand_at(TahapPemulihan::Menukar, 0);
        self.known().turn = Some(turn);
        self.decided.cancel();
    }

    pub(crate) fn fail(&self, failed: FailedRestore) {
        *self.known() = Known { failed: Some(failed), ..Known::default() };
    }

    fn stand_at(&self, tahap: TahapPemulihan, persen: u8) {
        if let Some(running) = &mut self.known().running {
            (running.tahap, running.persen) = (tahap, persen);
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
