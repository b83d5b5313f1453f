//! The subscription's task: one connection after the other, for as long as somebody is signed in.

use std::{ops::ControlFlow, sync::Arc, time::Duration};

use chrono::Utc;
use domain::json::Event;
use tokio::time::{Instant, sleep, timeout};

use super::{
    Shared, Timing, Update,
    inbox::Change,
    link::{Link, Lost},
};
use crate::{Error, Unreachable, sesi::Status};

const RENEW_AGAIN_AFTER: Duration = Duration::from_secs(60);

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
            // Somebody signed in or out: this connection is no longer theirs.
            changed = status.changed() => if changed.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) },
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
    /// When a token was last refused before its time, and renewed.
    refused_at: Option<Instant>,
}

impl Task<'_> {
    /// One connection, and the wait after it.
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

    /// One connection from beginning to end; `Ok` when it was asked to stop.
    async fn connection(&mut self) -> Result<(), Lost> {
        let inner = &self.shared.client.inner;
        let timing = &inner.options.subscription;
        let stop = &self.shared.stop;
        let open = async {
            let access = inner.sesi.access().await?;
            let opened = Link::open(inner, access.token()).await;
            // It may have ended earlier than we thought; if it was the session that ended, the renewal says so.
            // A server that refuses the new one as well has another reason, so this is not done every time.
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
        let mut inbox = self.shared.inbox.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
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
        }
    }
}

impl From<Change> for Update {
    fn from(change: Change) -> Self {
        match change {
            Change::Alert(notifikasi) => Update::Alert(notifikasi),
            Change::Changed(notifikasi) => Update::Changed(notifikasi),
            Change::Removed(id) => Update::Removed(id),
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
