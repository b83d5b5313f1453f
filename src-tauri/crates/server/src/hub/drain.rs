//! Before a server stops, its subscribers are asked to go a few at a time, so that they do not all arrive elsewhere at
//! once.

use std::time::Duration;

use domain::json::Close;
use tokio::time::sleep;

use super::Hub;

/// How many times.
const WAVES: u32 = 20;

/// Waits for half of the time, in which a balancer learns that the server leaves, and asks the subscribers to go during
/// the other half.
pub(crate) async fn drain(hubs: &[Hub], within: Duration) {
    tracing::info!(seconds = within.as_secs(), "leaving: a balancer may send everybody elsewhere");
    sleep(within / 2).await;
    let waves: Vec<_> = hubs.iter().map(|hub| hub.waves(WAVES)).collect();
    let last = waves.iter().map(Vec::len).max().unwrap_or(0);
    for n in 0..last {
        let wave = waves.iter().filter_map(|waves| waves.get(n)).flatten();
        wave.for_each(|connection| connection.close(Close::GoingAway));
        if n + 1 < last {
            sleep(within / 2 / WAVES).await;
        }
    }
}
