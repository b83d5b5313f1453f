//! What a desk does whenever the server is there: it sends what waits, and keeps what it needs without one.

use std::{
    sync::{PoisonError, atomic::Ordering},
    time::Duration,
};

use domain::json::BekalMeja;
use luring::{Next, Pack, verdict};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::Desk;
use crate::{Error, Result, offline::state::State};

/// How often waiting entries are tried.
const RETRY: Duration = Duration::from_secs(3);
/// How soon what events told is kept.
const SAVE: Duration = Duration::from_secs(60);
/// How often what the desk keeps is fetched anew.
const REFRESH: Duration = Duration::from_secs(15 * 60);
/// Gurus of one page of the list.
const PAGE: usize = 200;

impl Desk {
    /// Sends what waits and keeps what is needed, for ever.
    pub async fn run(self) {
        let start = self.inner.clock.uptime();
        let (mut refreshed, mut saved) = (start, start);
        loop {
            self.replay().await;
            let uptime = self.inner.clock.uptime();
            let is_old = uptime.saturating_sub(refreshed) >= REFRESH;
            if self.is_signed_in() && (is_old || self.inner.is_stale.load(Ordering::Relaxed)) {
                match self.refresh().await {
                    Ok(()) => (refreshed, saved) = (uptime, uptime),
                    Err(error) => tracing::info!(%error, "what the desk keeps was not fetched"),
                }
            }
            if uptime.saturating_sub(saved) >= SAVE && self.state().is_unsaved() {
                saved = uptime;
                if let Err(error) = self.with_state(State::save).await {
                    tracing::warn!(%error, "what the desk was told cannot be kept");
                }
            }
            let _ = tokio::time::timeout(RETRY, self.inner.wake.notified()).await;
        }
    }

    /// Fetches what the desk needs without a server, and keeps it.
    ///
    /// # Errors
    /// What kept it from being fetched or kept. What was kept before is still there.
    pub async fn refresh(&self) -> Result<()> {
        let pengguna = self.inner.client.me().await?;
        let bekal: BekalMeja = self.get("/api/meja/bekal").await?;
        let sekolah = self.get("/api/sekolah").await?;
        let guru = self.gurus().await?;
        self.inner.is_stale.store(false, Ordering::Relaxed);
        let pack = Pack { bekal, sekolah, guru, pengguna, offset_ms: 0 };
        self.with_state(move |state| state.take_pack(pack)).await
    }

    async fn gurus(&self) -> Result<Vec<Value>> {
        #[derive(Deserialize)]
        struct Page {
            data: Vec<Value>,
        }
        let mut gurus = Vec::new();
        for halaman in 1.. {
            let page: Page = self.get(&format!("/api/guru?halaman={halaman}&ukuran={PAGE}")).await?;
            let is_last = page.data.len() < PAGE;
            gurus.extend(page.data);
            if is_last {
                break;
            }
        }
        Ok(gurus)
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T> {
        let answer = self.inner.client.forward("GET", path, None).await?;
        let body = Some(answer.body).filter(|_| answer.status == 200);
        let read = body.and_then(|body| serde_json::from_slice(&body).ok());
        read.ok_or_else(|| Error::Protocol(format!("a desk needs another answer than {}", answer.status)))
    }

    /// Sends the entries that wait, in their order, until one has to wait longer. Gives how many were settled.
    pub async fn replay(&self) -> usize {
        let _turn = self.inner.sending.lock().await;
        let mut settled = 0;
        while self.is_signed_in() {
            let Some(next) = self.state().memory().next() else { break };
            let written = match next {
                Next::Write(record) => self.with_state(move |state| state.settle_as(record)).await,
                Next::Send { entry, path, body } => {
                    let body = serde_json::to_vec(&body).ok();
                    let answer = self.inner.client.forward_past(&entry.method, &path, body, entry.pada).await;
                    let said = answer.ok().and_then(|answer| verdict(&entry, answer.status, &answer.body));
                    let Some(said) = said else {
                        self.note_away();
                        break;
                    };
                    self.with_state(move |state| state.settle(entry.nomor, said)).await
                }
            };
            if let Err(error) = written {
                tracing::error!(%error, "what the server said cannot be written down");
                break;
            }
            settled += 1;
        }
        if settled > 0 {
            self.inner.is_stale.store(true, Ordering::Relaxed);
        }
        if settled > 0 && self.state().standing().menunggu == 0 {
            *self.inner.away_until.lock().unwrap_or_else(PoisonError::into_inner) = Duration::ZERO;
        }
        settled
    }
}
