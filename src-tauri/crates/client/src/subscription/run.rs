//! The subscription's task: one connection after the other, for as long as somebody is signed in.

use std::{
    ops::ControlFlow,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use chrono::Utc;
use domain::json::Event;
use tokio::{
    sync::Notify,
    time::{Instant, sleep, timeout},
};
use tokio_util::sync::CancellationToken;

use super::{
    Update,
    feed::Feed,
    inbox::Inbox,
    link::{Link, Lost},
};
use crate::{Client, Error, Unreachable, options::Timing, sesi::Status};

/// A token that the server refuses is renewed at most once in this time.
const RENEW_AGAIN_AFTER: Duration = Duration::from_secs(60);

/// What the subscription and its task share.
pub(super) struct Shared {
    client: Client,
    pub(super) feed: Feed,
    pub(super) inbox: Mutex<Inbox>,
    pub(super) retry_now: Notify,
    pub(super) stop: CancellationToken,
}

impl Shared {
    pub(super) fn new(client: Client) -> Self {
        Self {
            client,
            feed: Feed::default(),
            inbox: Mutex::default(),
            retry_now: Notify::new(),
            stop: CancellationToken::new(),
        }
    }
}

/// Connects again and again until it is stopped.
pub(super) async fn run(shared: Arc<Shared>) {
    let mut status = shared.client.inner.sesi.status();
    let mut task = Task { shared: &shared, attempts: 0, refused_at: None };
    loop {
        let now = *status.borrow_and_update();
        if let Status::Out(reason) = now {
            shared.feed.push(Update::LoggedOut { reason });
        }
        let flow = tokio::select! {
            biased;
            () = shared.stop.cancelled(), if now.is_out() => ControlFlow::Break(()),
            // If somebody signed in or out, the connection is no longer theirs.
            changed = status.changed() => match changed {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            },
            flow = task.connect_and_wait(), if !now.is_out() => flow,
        };
        if flow.is_break() {
            return;
        }
    }
}

struct Task<'a> {
    shared: &'a Shared,
    /// Attempts since the last stable connection.
    attempts: u32,
    /// When a token was last refused before its end, and renewed.
    refused_at: Option<Instant>,
}

impl Task<'_> {
    /// Holds one connection, and waits after it.
    async fn connect_and_wait(&mut self) -> ControlFlow<()> {
        let Err(lost) = self.connection().await else { return ControlFlow::Break(()) };
        let delay = delay(self.attempts, &self.shared.client.inner.options.subscription);
        self.attempts = self.attempts.saturating_add(1);
        tracing::info!(%lost, attempts = self.attempts, delay_ms = delay.as_millis(), "no subscription");
        let retry_at = Utc::now() + delay;
        self.shared.feed.push(Update::Disconnected { retry_at });
        tokio::select! {
            () = self.shared.stop.cancelled() => ControlFlow::Break(()),
            () = self.shared.retry_now.notified() => ControlFlow::Continue(()),
            () = sleep(delay) => ControlFlow::Continue(()),
        }
    }

    /// Holds one connection from beginning to end. `Ok` if it was asked to stop.
    async fn connection(&mut self) -> Result<(), Lost> {
        let inner = &self.shared.client.inner;
        let timing = &inner.options.subscription;
        let stop = &self.shared.stop;
        let open = async {
            let access = inner.sesi.access().await?;
            let opened = Link::open(inner, access.token()).await;
            // The token may have ended earlier than we thought. If the session has ended, the renewal says so. If the
            // server refuses the new token as well, it has another reason, so this is not done every time.
            if matches!(opened, Err(Lost::Refused))
                && self.refused_at.is_none_or(|refused_at| refused_at.elapsed() > RENEW_AGAIN_AFTER)
            {
                self.refused_at = Some(Instant::now());
                inner.sesi.renew(&access).await?;
            }
            opened
        };
        let (mut link, ready) = tokio::select! {
            () = stop.cancelled() => return Ok(()),
            opened = timeout(timing.handshake_timeout, open) => {
                opened.map_err(|_| Error::from(Unreachable::Timeout))??
            }
        };
        self.refused_at = None;
        let since = Instant::now();
        self.take(Event::Ready(ready));
        let lost = loop {
            tokio::select! {
                () = stop.cancelled() => {
                    link.close().await;
                    return Ok(());
                }
                event = link.next(timing.dead_after) => match event {
                    Ok(event) => self.take(event),
                    Err(lost) => break lost,
                },
            }
        };
        if since.elapsed() >= timing.stable_after {
            self.attempts = 0;
        }
        Err(lost)
    }

    /// Merges an event and passes on what it changed.
    fn take(&self, event: Event) {
        let mut inbox = self.shared.inbox.lock().unwrap_or_else(PoisonError::into_inner);
        let feed = &self.shared.feed;
        match event {
            Event::Ready(ready) => {
                tracing::info!(id_pengguna = %ready.pengguna.id, unread = ready.belum_dibaca.len(), "subscribed");
                feed.push(Update::Connected {
                    pengguna: ready.pengguna.clone(),
                    online: ready.online.clone(),
                });
                inbox.ready(ready).into_iter().for_each(|change| feed.push(change.into()));
            }
            Event::ReadyLanjutan(lanjutan) => {
                inbox.lanjutan(lanjutan).into_iter().for_each(|change| feed.push(change.into()));
                feed.push(Update::Unread);
            }
            Event::Notification { data } => {
                if let Some(change) = inbox.notification(data) {
                    feed.push(change.into());
                }
            }
            Event::Appointment { data } => {
                if inbox.appointment(&data) {
                    feed.push(Update::Appointment(data));
                }
            }
            Event::Presence { data } => feed.push(Update::Presence(data)),
            Event::Settings => feed.push(Update::Settings),
            Event::Evakuasi => feed.push(Update::Evakuasi),
            Event::Pesan { data } => feed.push(Update::Pesan(data)),
            Event::Cadangan { data } => feed.push(Update::Cadangan(data)),
            Event::Saluran { data } => feed.push(Update::Saluran(data)),
            // For guests' pages, which sign in otherwise.
            Event::Kunjungan { .. } => {}
        }
    }
}

/// A random part of a wait that doubles from attempt to attempt ("full jitter").
fn delay(attempts: u32, timing: &Timing) -> Duration {
    let doubled = timing.backoff_min.saturating_mul(2_u32.saturating_pow(attempts));
    let random = getrandom::u32().unwrap_or(u32::MAX);
    doubled.min(timing.backoff_max).mul_f64(f64::from(random) / f64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_their_limit_and_differ() {
        let timing = Timing::default();
        for (attempts, limit_ms) in
            [(0, 250), (1, 500), (5, 8_000), (6, 15_000), (40, 15_000), (u32::MAX, 15_000)]
        {
            let delays: Vec<_> = (0..50).map(|_| delay(attempts, &timing)).collect();
            assert!(delays.iter().all(|delay| delay.as_millis() <= limit_ms), "{attempts}: {delays:?}");
            assert!(delays.iter().any(|delay| *delay != delays[0]), "all alike: {delays:?}");
        }
    }
}
