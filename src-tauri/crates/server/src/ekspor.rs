//! Files with the visits of a period that admins have made, which may take minutes. They are written row by row into a
//! folder of the data folder that only the server's user may read, and deleted once they were fetched, after an hour,
//! and when the server starts.
//!
//! A file is this node's, and its owner's: nobody else sees that it exists.

mod registry;

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use domain::{
    IdPengguna,
    isian::{Entered, InvalidIsian},
};
use serde::Serialize;
use tokio_util::sync::CancellationToken;

pub(crate) use self::registry::{ExportState, Keadaan, Ready};
use self::registry::{Job, Registry};
use crate::error::ApiError;

/// By which a file is asked for: a number that nobody guesses, and that pages can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub(crate) struct ExportId(i64);

impl ExportId {
    fn random() -> Result<Self, ApiError> {
        let mut bytes = [0; 8];
        getrandom::fill(&mut bytes).map_err(|_| ApiError::Internal)?;
        // A page's numbers are whole up to 2⁵³.
        Ok(Self((i64::from_le_bytes(bytes) & ((1 << 52) - 1)) + 1))
    }
}

impl Entered for ExportId {
    type Sent = i64;

    fn check(sent: i64) -> Result<Self, InvalidIsian> {
        if sent >= 1 { Ok(Self(sent)) } else { Err(InvalidIsian::Id) }
    }
}

/// How long a file waits to be fetched.
const KEPT: Duration = Duration::from_secs(60 * 60);

/// The files. Cheap to clone; all clones share one state.
#[derive(Clone)]
pub(crate) struct Exports {
    folder: Arc<PathBuf>,
    registry: Arc<Mutex<Registry>>,
}

impl Exports {
    /// No files yet. What an earlier run left is deleted.
    ///
    /// # Errors
    /// What the operating system says.
    pub(crate) fn new(data: &Path) -> io::Result<Self> {
        let folder = data.join("ekspor");
        match fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(Self { folder: Arc::new(folder), registry: Arc::default() }),
        }
    }

    /// How a file is getting on.
    pub(crate) fn find(&self, id: ExportId, owner: IdPengguna, now: Duration) -> Option<ExportState> {
        self.tidy(now);
        self.lock().find(id, owner).map(Job::state)
    }

    /// A file to be fetched.
    pub(crate) fn ready(&self, id: ExportId, owner: IdPengguna, now: Duration) -> Option<Ready> {
        self.tidy(now);
        self.lock().find(id, owner).and_then(Job::ready)
    }

    /// What a file is called that is being made or waits to be fetched.
    pub(crate) fn kept_name(&self, id: ExportId, owner: IdPengguna) -> Option<String> {
        self.lock().find(id, owner).and_then(Job::name_if_kept).map(str::to_owned)
    }

    /// Gives a file up, whether it is finished or not.
    pub(crate) fn cancel(&self, id: ExportId, owner: IdPengguna) {
        if let Some(job) = self.lock().find_mut(id, owner) {
            job.cancel();
        }
    }

    /// Notes how far a file is.
    pub(crate) fn progress(&self, id: ExportId, baris: u64, total: u64) {
        self.lock().progress(id, baris, total);
    }

    /// Notes that a file is finished or failed. One that was given up stays so.
    pub(crate) fn end(&self, id: ExportId, keadaan: Keadaan, now: Duration) {
        self.lock().end(id, keadaan, now);
    }

    /// Deletes a file that was fetched.
    pub(crate) fn forget(&self, id: ExportId) {
        self.lock().remove(id);
    }

    /// Deletes what has waited too long.
    pub(crate) fn tidy(&self, now: Duration) {
        self.lock().forget_older(now.saturating_sub(KEPT));
    }

    /// How many are being made.
    pub(crate) fn running(&self) -> usize {
        self.lock().running()
    }

    /// Gives all files up.
    pub(crate) fn close(&self) {
        self.lock().clear();
    }

    /// A place for a file that is about to be made.
    ///
    /// # Errors
    /// [`ApiError::Busy`] if too many are being made.
    pub(crate) fn begin(
        &self,
        owner: IdPengguna,
        name: String,
        kind: &'static str,
    ) -> Result<ExportPlace, ApiError> {
        owner_only::create_folder(&self.folder).or_else(exists).map_err(|error| {
            tracing::error!(%error, "the folder of exports cannot be made");
            ApiError::Internal
        })?;
        let id = ExportId::random()?;
        let path = self.folder.join(id.0.to_string());
        let stop = CancellationToken::new();
        let job = Job::new(owner, name, kind, path.clone(), stop.clone());
        if !self.lock().add(id, job) {
            return Err(ApiError::Busy(Duration::from_secs(10)));
        }
        Ok(ExportPlace { id, path, folder: self.folder.to_path_buf(), stop })
    }

    fn lock(&self) -> MutexGuard<'_, Registry> {
        self.registry.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn exists(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::AlreadyExists { Ok(()) } else { Err(error) }
}

/// Where a file is made.
pub(crate) struct ExportPlace {
    pub(crate) id: ExportId,
    pub(crate) path: PathBuf,
    /// Where what does not fit into memory goes meanwhile.
    pub(crate) folder: PathBuf,
    /// Cancelled if the file is given up.
    pub(crate) stop: CancellationToken,
}
