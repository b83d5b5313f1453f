//! Sends the queued messages: by e-mail and by WhatsApp, each in its own words, once.
//!
//! The queue is the database's. A worker takes a message out for a while, writes it with what is true now, sends it by
//! the first channel that can, and notes what became of it. Any number of workers and nodes can do so at once.

pub mod channel;
mod channels;
mod compose;
mod courier;
pub mod email;
mod report;
mod route;
pub mod whatsapp;
mod worker;

use std::{sync::Arc, time::Duration};

use store::RunningSchool;
use tokio::{sync::Notify, time::sleep};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use channels::Channels;
pub use channels::Environment;
use courier::Postman;
use worker::Worker;

/// Workers of one process.
const WORKERS: usize = 4;

/// How often it is asked whether something is due, and how the channels are set up.
const EVERY: Duration = Duration::from_secs(1);

/// How long a worker rests after the database failed.
const AFTER_FAILURE: Duration = Duration::from_secs(5);

/// How often the channels are tried without sending.
const CHECK_EVERY: Duration = Duration::from_secs(300);

/// Starts the workers of a school. They end when `stop` is cancelled, each after the message that it is sending;
/// `tasks` waits for them.
pub fn start(
    school: Arc<dyn RunningSchool>,
    environment: Environment,
    stop: CancellationToken,
    tasks: &TaskTracker,
) {
    let channels = Arc::new(Channels::new(school.clone(), environment));
    let woken = Arc::new(Notify::new());
    let worker =
        || Arc::new(Worker { school: school.clone(), channels: channels.clone(), stop: stop.clone() });
    school.employ(Arc::new(Postman::new(worker(), channels.clone(), woken.clone())));
    tasks.spawn(watch_channels(channels.clone(), stop.clone()));
    tasks.spawn(watch_queue(school.clone(), woken.clone(), stop.clone()));
    for _ in 0..WORKERS {
        tasks.spawn(run(worker(), woken.clone()));
    }
}

/// Works whenever something is due.
async fn run(worker: Arc<Worker>, woken: Arc<Notify>) {
    let stop = worker.stop.clone();
    while !stop.is_cancelled() {
        // Listens before it looks. What is missed all the same is told again a moment later.
        let news = woken.notified();
        match worker.work().await {
            Ok(0) => tokio::select! {
                () = stop.cancelled() => {}
                () = news => {}
            },
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(%error, "the queue of messages cannot be worked on now");
                tokio::select! {
                    () = stop.cancelled() => {}
                    () = sleep(AFTER_FAILURE) => {}
                }
            }
        }
    }
}

/// Wakes the workers while something is due. Asking changes nothing, so an idle school's disk rests.
async fn watch_queue(school: Arc<dyn RunningSchool>, woken: Arc<Notify>, stop: CancellationToken) {
    while !stop.is_cancelled() {
        match school.store().pesan().next_due().await {
            Ok(Some(due)) if due <= school.now() => woken.notify_waiters(),
            Ok(_) => {}
            Err(error) => tracing::debug!(%error, "the queue of messages cannot be read now"),
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = sleep(EVERY) => {}
        }
    }
}

/// Follows how the channels are set up, and tries each now and then, so that a lost session shows before a guest misses
/// a message.
async fn watch_channels(channels: Arc<Channels>, stop: CancellationToken) {
    let mut checked: Option<tokio::time::Instant> = None;
    while !stop.is_cancelled() {
        if let Err(error) = channels.look().await {
            tracing::debug!(%error, "channels cannot be read now");
        } else if checked.is_none_or(|at| at.elapsed() >= CHECK_EVERY) {
            channels.check_all().await;
            checked = Some(tokio::time::Instant::now());
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = sleep(EVERY) => {}
        }
    }
}
