//! Upkeep every few seconds: ends answers that nobody takes, and sums up figures that pile up.

use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use crate::state::AppState;

/// Often enough that little piles up in between.
const EVERY: Duration = Duration::from_secs(5);

/// Starts the sweep. It ends when `stop` is cancelled.
pub(crate) fn start(state: AppState, stop: CancellationToken) {
    tokio::spawn(async move {
        let mut ticks = interval(EVERY.min(state.config.answered_within));
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = ticks.tick() => {
                    // Every request leaves a measured time in memory until the figures are summed up.
                    state.metrics.run_upkeep();
                    state.places.end_overdue(state.config.answered_within);
                }
            }
        }
    });
}
