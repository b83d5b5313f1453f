//! A restore that an admin asks for while the server runs. The school goes on meanwhile; once the restored one is ready
//! beside it, the server closes, and whoever runs it starts it again ([`crate::Server::restart`]).

use std::{path::PathBuf, sync::Arc};

use cadangan::{BackupError, progress::Tell};
use domain::json::Close;

use crate::{
    audit::carried,
    backups::Turn,
    jobs,
    restore::{self, Order, Prepared},
    restoring::FailedRestore,
    state::AppState,
};

/// Begins. It goes on if whoever asked does not wait for it. Its turn lasts until it failed, or the server has closed.
pub(crate) fn begin(state: &AppState, turn: Turn, backup: PathBuf, nama: &str) {
    state.restoring.begin(nama);
    let (state, nama) = (state.clone(), nama.to_owned());
    tokio::spawn(carried(async move {
        let Some(database) = state.store.file().map(ToOwned::to_owned) else { return };
        match wait_beside(&state, &backup, &database).await {
            Ok(()) => {
                // Nothing else is written where it would be lost.
                state.restoring.decide(turn);
                state.hub.close_all(Close::Restoring);
            }
            Err(error) => {
                tracing::error!(%error, "the backup was not restored; the school is as it was");
                let (pada, alasan) = (state.clock.now(), crate::backups::trouble(&error));
                state.restoring.fail(FailedRestore { nama, pada, alasan });
            }
        }
    }));
}

async fn wait_beside(
    state: &AppState,
    backup: &std::path::Path,
    database: &std::path::Path,
) -> Result<(), BackupError> {
    let is_believed = jobs::believe(state, state.clock.now()).await?.is_ok();
    let restoring = Arc::clone(&state.restoring);
    let tell: Tell = Arc::new(move |progress| restoring.note(progress));
    let order = Order {
        from: backup,
        kunci: Arc::clone(&state.kunci),
        data: state.backups.data(),
        database: Some(database),
        clock: &state.clock,
        is_believed,
        entry: restore::entry(),
        tell,
    };
    let Prepared { restoration, settled, warnings } = restore::prepare(order).await?;
    for warning in warnings {
        tracing::warn!(warning, "restoring");
    }
    tracing::warn!(
        as_of = %restoration.proof().header.dibuat_pada.to_rfc3339(),
        erased_again = settled.dihapus,
        sessions = settled.sesi,
        messages = settled.pesan,
        "a backup is ready to take the school's place"
    );
    restoration.wait_beside(database, state.clock.now()).await
}
