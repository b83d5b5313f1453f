//! What has to be looked after every few seconds for the server's own sake: answers that nobody takes, figures that
//! pile up.

use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use crate::state::AppState;

/// Often enough that what piles up in between is small.
const EVERY: Duration = Duration::from_secs(5);

/// Starts the sweep; it ends with the token.
pub(crate) fn start(state: AppState, stop: CancellationToken) {
    tokio::spawn(async move {
        let mut ticks = interval(EVERY.min(state.config.answered_within));
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = ticks.tick() => {
                    // Every request leaves a time behind until the figures are summed up.
                    state.metrics.run_upkeep();
                    state.places.end_overdue(state.config.answered_within);
                }
            }
        }
    });
}
