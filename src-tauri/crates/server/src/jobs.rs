//! What the server does by itself: close the days that are over, forget what has ended.

use std::time::Duration;

use domain::jadwal;
use store::StoreError;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use crate::{app::AppState, auth::throttle::FORGET_AFTER};

/// Often enough that a day is closed soon after midnight, on a computer that was asleep then too.
const EVERY: Duration = Duration::from_secs(10 * 60);

/// A desk that was cut off sends its scans again within days; a key that is forgotten would count as a new scan.
const KEYS_KEPT: chrono::Duration = chrono::Duration::days(30);

/// Starts the jobs; they end with the token.
pub(crate) fn start(state: AppState, stop: CancellationToken) {
    tokio::spawn(async move {
        let mut ticks = interval(EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = ticks.tick() => {
                    state.metrics.run_upkeep();
                    if let Err(error) = run(&state).await {
                        tracing::error!(%error, "nightly job failed; it is tried again");
                    }
                }
            }
        }
    });
}

async fn run(state: &AppState) -> Result<(), StoreError> {
    let now = state.clock.now();
    let today = jadwal::today(now, state.setelan.zona_waktu);
    let missed = state.store.janji_temu().expire_belum(today.start).await?;
    let sessions = state.store.sesi().purge(now).await?;
    let attempts = state.store.percobaan().purge(now - FORGET_AFTER).await?;
    let keys = state.store.janji_temu().purge_tercatat(now - KEYS_KEPT).await?;
    if missed + sessions + attempts + keys > 0 {
        tracing::info!(missed, sessions, attempts, keys, "nightly job");
    }
    Ok(())
}
