//! The connection to NATS: what leaves, what comes, and whether it stands.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use async_nats::{Client, Event, ServerAddr};
use futures_util::StreamExt;
use tokio::{
    sync::{mpsc, watch},
    time::sleep,
};
use tokio_util::sync::CancellationToken;

use crate::{ClusterError, Heard, seal::Seal};

/// The seal's place for messages.
pub(crate) const NEWS: &str = "kabar";

/// A server that has gone without a word is noticed after two of these.
pub(crate) const PING_EVERY: Duration = Duration::from_secs(2);

/// The first pause before NATS is asked again, and the longest.
const PAUSE: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(1));

/// Which node of which school this is.
#[derive(Clone)]
pub(crate) struct Member {
    pub(crate) school: Arc<str>,
    pub(crate) node: Arc<str>,
    pub(crate) seal: Arc<Seal>,
}

impl Member {
    fn subject(&self, of: &str) -> String {
        format!("bukutamu.{}.kabar.{of}", self.school)
    }
}

/// A message on its way out.
pub(crate) struct Outgoing {
    pub(crate) subject: String,
    pub(crate) sealed: Vec<u8>,
}

/// The addresses in a URL.
pub(crate) fn addresses(url: &str) -> Result<Vec<ServerAddr>, ClusterError> {
    let addresses: Result<Vec<_>, _> = url.split(',').map(|one| one.trim().parse::<ServerAddr>()).collect();
    addresses.map_err(|_| ClusterError::Url)
}

/// How long to wait before the next try.
pub(crate) fn pause(tries: usize) -> Duration {
    let doubled = u32::try_from(tries.min(8)).map_or(1, |tries| 1 << tries);
    (PAUSE.0 * doubled).min(PAUSE.1)
}

/// Keeps whether the connection stands. A message that was left out counts as a loss.
pub(crate) fn note(event: &Event, connected: &watch::Sender<bool>, is_told: &AtomicBool) {
    match event {
        Event::Connected => {
            tracing::info!("NATS: connected");
            is_told.store(false, Ordering::Relaxed);
            connected.send_replace(true);
        }
        Event::Disconnected | Event::Closed => {
            connected.send_replace(false);
            tell_once(event, is_told);
        }
        Event::ClientError(_) if !*connected.borrow() => tell_once(event, is_told),
        Event::SlowConsumer(_) => {
            tracing::warn!("NATS: messages came faster than they were taken");
            connected.send_replace(true);
        }
        event => tracing::debug!(%event, "NATS"),
    }
}

fn tell_once(event: &Event, is_told: &AtomicBool) {
    if !is_told.swap(true, Ordering::Relaxed) {
        tracing::warn!(%event, "NATS is away: what happens on other nodes is asked of the database");
    }
}

/// Sends what waits, as long as the connection stands.
pub(crate) async fn send(
    client: Client,
    member: Member,
    mut waiting: mpsc::Receiver<Outgoing>,
    connected: watch::Receiver<bool>,
    stop: CancellationToken,
) {
    loop {
        let outgoing = tokio::select! {
            () = stop.cancelled() => return,
            outgoing = waiting.recv() => outgoing,
        };
        let Some(Outgoing { subject, sealed }) = outgoing else { return };
        // The client would keep it for later, when it is no news any more.
        if !*connected.borrow() {
            continue;
        }
        if let Err(error) = client.publish(member.subject(&subject), sealed.into()).await {
            tracing::debug!(%error, "NATS took no message");
        }
    }
}

/// Hands on what comes, and when something may be missing.
pub(crate) async fn listen(
    client: Client,
    member: Member,
    heard: mpsc::Sender<Heard>,
    mut connected: watch::Receiver<bool>,
    stop: CancellationToken,
) {
    let subject = member.subject(">");
    let mut messages = loop {
        tokio::select! {
            () = stop.cancelled() => return,
            subscribed = client.subscribe(subject.clone()) => match subscribed {
                Ok(messages) => break messages,
                Err(error) => tracing::warn!(%error, "NATS: no subscription"),
            },
        }
        sleep(PAUSE.1).await;
    };
    connected.mark_changed();
    loop {
        let told = tokio::select! {
            () = stop.cancelled() => return,
            changed = connected.changed() => match changed {
                Ok(()) if *connected.borrow_and_update() => Heard::Back,
                Ok(()) => Heard::Lost,
                Err(_) => return,
            },
            message = messages.next() => match message.map(|message| member.seal.open(NEWS, &message.payload)) {
                Some(Some(content)) => Heard::News(content),
                Some(None) => {
                    tracing::warn!("NATS: a message of somebody who is no node of this school");
                    continue;
                }
                None => return,
            },
        };
        if heard.send(told).await.is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_second() {
        assert_eq!(pause(0), Duration::from_millis(50));
        assert!(pause(1) < pause(3) && pause(9) == Duration::from_secs(1) && pause(usize::MAX) == pause(9));
    }

    #[test]
    fn addresses_are_several_or_one_and_an_error_names_no_password() {
        assert_eq!(addresses("nats://a:4222, tls://desk:rahasia@b:4223").map(|all| all.len()).ok(), Some(2));
        let error = addresses("nats://desk:rahasia@:x").expect_err("it is none").to_string();
        assert!(error.contains("--nats") && !error.contains("rahasia"), "{error}");
    }
}
