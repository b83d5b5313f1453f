//! Which files there are, how far they are, and how many may be made at once.

use std::{collections::HashMap, fs, path::PathBuf, time::Duration};

use domain::IdPengguna;
use serde::Serialize;
use tokio_util::sync::CancellationToken;
use utoipa::ToSchema;

use super::ExportId;

/// Files that are made at once.
const AT_ONCE: usize = 2;

/// Files that one admin may have, finished ones too: the oldest finished one goes for another.
const OF_ONE: usize = 3;

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Keadaan {
    /// It is being made.
    Berjalan,
    /// It can be fetched.
    Selesai,
    /// It was given up.
    Dibatalkan,
    /// It could not be made.
    Gagal,
}

/// How a file is getting on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ExportState {
    pub(crate) keadaan: Keadaan,
    /// Visits that are in it.
    pub(crate) baris: u64,
    /// Visits that will be in it.
    pub(crate) total: u64,
}

/// A finished file.
pub(crate) struct Ready {
    pub(crate) path: PathBuf,
    pub(crate) name: String,
    pub(crate) kind: &'static str,
}

/// One file.
pub(super) struct Job {
    owner: IdPengguna,
    name: String,
    kind: &'static str,
    path: PathBuf,
    stop: CancellationToken,
    state: ExportState,
    /// When it was begun, in the server's uptime once it has ended.
    ended: Option<Duration>,
}

impl Job {
    pub(super) fn new(
        owner: IdPengguna,
        name: String,
        kind: &'static str,
        path: PathBuf,
        stop: CancellationToken,
    ) -> Self {
        let state = ExportState { keadaan: Keadaan::Berjalan, baris: 0, total: 0 };
        Self { owner, name, kind, path, stop, state, ended: None }
    }

    pub(super) fn state(&self) -> ExportState {
        self.state
    }

    pub(super) fn ready(&self) -> Option<Ready> {
        let is_ready = self.state.keadaan == Keadaan::Selesai;
        is_ready.then(|| Ready { path: self.path.clone(), name: self.name.clone(), kind: self.kind })
    }

    /// Its name, if there is still something to give up.
    pub(super) fn name_if_kept(&self) -> Option<&str> {
        matches!(self.state.keadaan, Keadaan::Berjalan | Keadaan::Selesai).then_some(&*self.name)
    }

    /// Gives it up. Whoever makes it stops soon.
    pub(super) fn cancel(&mut self) {
        self.stop.cancel();
        self.state.keadaan = Keadaan::Dibatalkan;
        self.delete();
    }

    fn is_running(&self) -> bool {
        self.state.keadaan == Keadaan::Berjalan
    }

    fn delete(&self) {
        // It may not be there yet, or not any more.
        let _ = fs::remove_file(&self.path);
    }
}

/// The files by their identities.
#[derive(Default)]
pub(super) struct Registry(HashMap<ExportId, Job>);

impl Registry {
    /// Takes a file in. False if too many are being made.
    pub(super) fn add(&mut self, id: ExportId, job: Job) -> bool {
        let running = self.0.values().filter(|other| other.is_running());
        let (all, own) =
            running.fold((0, 0), |(all, own), other| (all + 1, own + usize::from(other.owner == job.owner)));
        if all >= AT_ONCE || own >= 1 {
            return false;
        }
        let mut own: Vec<_> = self.0.iter().filter(|(_, other)| other.owner == job.owner).collect();
        own.sort_by_key(|(_, other)| other.ended);
        let too_many = (own.len() + 1).saturating_sub(OF_ONE);
        let oldest: Vec<_> = own.into_iter().take(too_many).map(|(id, _)| *id).collect();
        oldest.into_iter().for_each(|id| self.remove(id));
        self.0.insert(id, job);
        true
    }

    /// How many are being made.
    pub(super) fn running(&self) -> usize {
        self.0.values().filter(|job| job.is_running()).count()
    }

    pub(super) fn find(&self, id: ExportId, owner: IdPengguna) -> Option<&Job> {
        self.0.get(&id).filter(|job| job.owner == owner)
    }

    pub(super) fn find_mut(&mut self, id: ExportId, owner: IdPengguna) -> Option<&mut Job> {
        self.0.get_mut(&id).filter(|job| job.owner == owner)
    }

    /// Notes how far a file is.
    pub(super) fn progress(&mut self, id: ExportId, baris: u64, total: u64) {
        if let Some(job) = self.0.get_mut(&id) {
            (job.state.baris, job.state.total) = (baris, total);
        }
    }

    /// Notes that a file is finished or failed. One that was given up stays so.
    pub(super) fn end(&mut self, id: ExportId, keadaan: Keadaan, now: Duration) {
        let Some(job) = self.0.get_mut(&id) else { return };
        job.ended = Some(now);
        if job.is_running() {
            job.state.keadaan = keadaan;
        }
        if job.state.keadaan != Keadaan::Selesai {
            job.delete();
        }
    }

    pub(super) fn remove(&mut self, id: ExportId) {
        if let Some(job) = self.0.remove(&id) {
            job.stop.cancel();
            job.delete();
        }
    }

    /// Deletes those that ended before an instant.
    pub(super) fn forget_older(&mut self, than: Duration) {
        let old = self.0.iter().filter(|(_, job)| job.ended.is_some_and(|ended| ended < than));
        let old: Vec<_> = old.map(|(id, _)| *id).collect();
        old.into_iter().for_each(|id| self.remove(id));
    }

    pub(super) fn clear(&mut self) {
        let all: Vec<_> = self.0.keys().copied().collect();
        all.into_iter().for_each(|id| self.remove(id));
    }
}
