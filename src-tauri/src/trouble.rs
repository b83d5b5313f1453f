//! What kept the program from starting. The wizard's window shows it, so that a person can mend it and try again.

use std::{
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

use contract::{Failure, Trouble, TroubleGet, TroubleReason};
use server::Fault;

use crate::{
    commands::{Answer, Caller, Handler},
    profile::{Place, Profile},
};

/// The current trouble; `None` at a first start.
#[derive(Default)]
pub(crate) struct CurrentTrouble(Mutex<Option<Trouble>>);

impl CurrentTrouble {
    /// Keeps and logs what is in the way.
    pub(crate) fn keep(&self, trouble: Trouble) {
        tracing::error!(?trouble, "the program cannot start");
        *self.lock() = Some(trouble);
    }

    /// Forgets the trouble.
    pub(crate) fn clear(&self) {
        *self.lock() = None;
    }

    fn lock(&self) -> MutexGuard<'_, Option<Trouble>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Handler for TroubleGet {
    fn answer(self, caller: Caller) -> Answer<Self> {
        Answer::now(caller.state::<CurrentTrouble>().lock().clone())
    }
}

/// The trouble of a start that failed.
pub(crate) fn of_start(folder: &Path, profile: &Profile, error: &anyhow::Error) -> Trouble {
    let port = match profile.server {
        Place::Host { port, .. } => Some(port),
        Place::Remote { .. } => None,
    };
    new(folder, of_server(error), port, error)
}

/// The trouble of a profile that cannot be read.
pub(crate) fn of_settings(folder: &Path, error: &anyhow::Error) -> Trouble {
    new(folder, TroubleReason::Setelan, None, error)
}

fn new(folder: &Path, reason: TroubleReason, port: Option<u16>, error: &anyhow::Error) -> Trouble {
    Trouble { reason, detail: format!("{error:#}"), folder: folder.display().to_string(), port }
}

/// The reason why this PC's own server, or the connection to it, cannot start.
pub(crate) fn of_server(error: &anyhow::Error) -> TroubleReason {
    match Fault::of(error) {
        Fault::PortDipakai => TroubleReason::PortDipakai,
        Fault::PortDitolak => TroubleReason::PortDitolak,
        Fault::FolderDipakai => TroubleReason::FolderDipakai,
        Fault::Folder => TroubleReason::Folder,
        Fault::Database => TroubleReason::Database,
        Fault::Kunci => TroubleReason::Kunci,
        Fault::Cadangan => TroubleReason::Cadangan,
        Fault::Sertifikat => TroubleReason::Sertifikat,
        Fault::Lain => TroubleReason::Lain,
    }
}

/// The trouble as the answer to a page's attempt.
pub(crate) fn failure(trouble: Trouble) -> Failure {
    let is_port = matches!(trouble.reason, TroubleReason::PortDipakai | TroubleReason::PortDitolak);
    Failure::setup(trouble.reason, is_port.then_some("port"), trouble.detail)
}
