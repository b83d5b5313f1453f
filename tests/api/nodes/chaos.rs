//! NATS is killed and comes back at random while guests arrive on all nodes. Whatever was acknowledged is told to every
//! subscriber on every node, once.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use tests::{GURU, Place, Seed, Socket, pause, walk_in, within};
use tokio::time::{Instant, sleep};

use super::{Three, arrive};

journeys![every_arrival_is_told_once_everywhere_while_nats_comes_and_goes];

/// How long it goes on; longer by `BUKUTAMU_CHAOS_SECONDS`.
fn duration() -> Duration {
    let named = std::env::var("BUKUTAMU_CHAOS_SECONDS").ok().and_then(|seconds| seconds.parse().ok());
    Duration::from_secs(named.unwrap_or(8))
}

/// Arrivals on each node at most: each has a number of its own.
const OF_NODE: u32 = 20_000;

async fn every_arrival_is_told_once_everywhere_while_nats_comes_and_goes(place: Place) {
    let Some(mut three) = Three::start(place).await else { return };
    let sockets = three.sockets().await;
    let urls = [three.app.server().url(), three.nodes[0].url(), three.nodes[1].url()].map(str::to_owned);
    let desk = three.app.desk().await;
    let ends = Instant::now() + duration();
    let arriving: Vec<_> = urls
        .into_iter()
        .zip(1u32..)
        .map(|(url, node)| {
            let desk = desk.on(&url);
            tokio::spawn(async move {
                let mut acknowledged = Vec::new();
                while Instant::now() < ends {
                    let n = node * OF_NODE + acknowledged.len() as u32;
                    let made = desk.post("/api/appointments/walk-in", walk_in(n, &GURU)).await.expect(201);
                    acknowledged.push(made["id"].as_i64().unwrap());
                    sleep(Duration::from_millis(40)).await;
                }
                acknowledged
            })
        })
        .collect();
    let heard: Vec<_> = sockets.into_iter().map(listen).collect();
    let mut seed = Seed::new();
    while Instant::now() < ends {
        sleep(Duration::from_millis(seed.below(700) as u64)).await;
        three.nats.kill();
        sleep(Duration::from_millis(seed.below(1500) as u64)).await;
        three.nats.restart().await;
    }
    let mut acknowledged = Vec::new();
    for arriving in arriving {
        acknowledged.extend(within("the last arrival", arriving).await.expect("it did not panic"));
    }
    three.meet(3).await;
    let last = arrive(&desk, 4 * OF_NODE).await.as_i64().unwrap();
    acknowledged.push(last);
    for heard in heard {
        let all = async {
            while !acknowledged.iter().all(|id| heard.lock().unwrap().contains_key(id)) {
                pause().await;
            }
        };
        within("every arrival to be told", all).await;
        let heard = heard.lock().unwrap();
        let often: Vec<_> = heard.iter().filter(|(_, times)| **times != 1).collect();
        assert!(often.is_empty() && heard.len() == acknowledged.len(), "told more than once: {often:?}");
    }
    assert!(acknowledged.len() > 3, "{} arrivals", acknowledged.len());
}

/// How often each arrival was told.
type Heard = Arc<Mutex<BTreeMap<i64, usize>>>;

fn listen(mut socket: Socket) -> Heard {
    let heard = Heard::default();
    let told = Arc::clone(&heard);
    tokio::spawn(async move {
        loop {
            let event = socket.next().await;
            if event["type"] == "notification" {
                *told.lock().unwrap().entry(event["data"]["id"].as_i64().unwrap()).or_default() += 1;
            }
        }
    });
    heard
}
