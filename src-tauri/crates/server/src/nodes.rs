//! This server as one node of several: what the other nodes tell reaches this one's connections, and what NATS did not
//! bring is asked of the database.
//!
//! Every change is written with its entry in the audit, so the newest entries say what has changed. They are looked at
//! once a second while NATS is away, once more when it is back, and seldom otherwise, in case that a message was lost
//! without a word.

mod feed;

use std::time::Duration;

use anyhow::Result;
use chrono::TimeDelta;
use cluster::{Cluster, FORGOTTEN_AFTER, Heard};
use domain::{hmac_sha256, json::Event};
use tokio::{
    sync::mpsc,
    time::{Instant, MissedTickBehavior, interval, sleep},
};
use tokio_util::sync::CancellationToken;

use self::feed::Feed;
use crate::{hub::News, state::AppState};

/// How often the database is asked while NATS is away. An alert is late by no more than this and a query.
const AWAY: Duration = Duration::from_secs(1);

/// The same while NATS is there.
const THERE: Duration = Duration::from_secs(15);

/// Connections that come or go together are told together.
const SETTLES: Duration = Duration::from_millis(100);

/// How long a node has the turn for the jobs: it takes it anew long before.
const TURN: TimeDelta = TimeDelta::minutes(25);

/// Takes part in the school's cluster until `stop` is cancelled.
///
/// # Errors
/// One line that says what is wrong with the settings of NATS. That it is away is no error.
pub(crate) async fn join(
    state: &AppState,
    settings: &cluster::Settings,
    stop: CancellationToken,
) -> Result<()> {
    let key = hmac_sha256(&state.kunci.sesi, &[b"bukutamu kabar antarnode"]);
    let (cluster, heard) = Cluster::join(settings, state.kunci.fingerprint(), &key, stop.clone()).await?;
    state.hub.join(cluster.clone());
    let feed = Feed::begin(&*state.store).await?;
    tokio::spawn(follow(state.clone(), feed, heard, stop.clone()));
    tokio::spawn(be_present(state.clone(), cluster, stop));
    Ok(())
}

/// Whether this node does what is done once for the school. A server that stands alone does.
///
/// # Errors
/// The store's.
pub(crate) async fn has_turn(state: &AppState) -> store::Result<bool> {
    let Some(cluster) = state.hub.cluster() else { return Ok(true) };
    let now = state.clock.now();
    state.store.giliran().take_giliran("pekerjaan", cluster.node(), now, now + TURN).await
}

/// Says whom this node serves whenever that has changed.
async fn be_present(state: AppState, cluster: Cluster, stop: CancellationToken) {
    loop {
        let serving = serde_json::to_vec(&state.hub.serving()).expect("plain data becomes JSON");
        cluster.be_present(serving);
        tokio::select! {
            () = stop.cancelled() => return,
            () = state.hub.serving_changed() => sleep(SETTLES).await,
        }
    }
}

async fn follow(state: AppState, mut feed: Feed, mut heard: mpsc::Receiver<Heard>, stop: CancellationToken) {
    let ticks = |every| {
        let mut ticks = interval(every);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        ticks
    };
    let mut looks = ticks(AWAY);
    let mut silence = ticks(AWAY);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            told = heard.recv() => match told {
                Some(Heard::News(content)) => match serde_json::from_slice(&content) {
                    Ok(News::Check) => feed.look(&state).await,
                    Ok(news) => hear(&state, &feed, news).await,
                    // A newer version says something that this one does not know. The database does.
                    Err(_) => feed.look(&state).await,
                },
                Some(Heard::Present { node, content }) => {
                    match content.map(|content| serde_json::from_slice(&content)).transpose() {
                        Ok(serving) => state.hub.hear_of(node, serving),
                        // It has said nothing yet, or is of a version that says it otherwise. It has not left.
                        Err(error) => tracing::debug!(%error, node, "whom a node serves cannot be read"),
                    }
                    metrics::gauge!("bukutamu_nodes").set(state.hub.count_nodes() as f64 + 1.0);
                }
                Some(Heard::Lost) => {
                    metrics::gauge!("bukutamu_nats_connected").set(0.0);
                    looks = ticks(AWAY);
                }
                Some(Heard::Back) => {
                    metrics::gauge!("bukutamu_nats_connected").set(1.0);
                    looks = ticks(THERE);
                    // What this node said meanwhile reached nobody.
                    let check = serde_json::to_vec(&News::Check).expect("plain data becomes JSON");
                    state.hub.cluster().map(|cluster| cluster.tell("semua", &check));
                    feed.look(&state).await;
                }
                None => return,
            },
            _ = looks.tick() => feed.look(&state).await,
            _ = silence.tick() => {
                if let Some(since) = Instant::now().checked_sub(FORGOTTEN_AFTER) {
                    state.hub.forget_nodes_before(since);
                }
            }
        }
    }
}

/// Tells this node's connections what another node says.
async fn hear(state: &AppState, feed: &Feed, news: News) {
    match news {
        // The database was faster.
        News::Visit(visit) if feed.has_told(visit.appointment.id, visit.appointment.versi) => {}
        // They are told when the change is here.
        News::Everyone(Event::Settings) => look_at_settings(state).await,
        news => drop(state.hub.deliver(news)),
    }
}

async fn look_at_settings(state: &AppState) {
    if let Err(error) = state.settings.look().await {
        tracing::debug!(%error, "settings cannot be read now");
    }
}
