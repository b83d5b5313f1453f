//! The pair of tokens, and its renewal.
//!
//! A refresh token is good once. If it is used again, the session ends, unless it is sent under the same key as the
//! first time. So at most one renewal is under way. It runs in a task of its own, which goes on if the caller goes
//! away, and its tokens are kept before they are used.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use domain::json::Login;
use futures_util::future::{BoxFuture, FutureExt, Shared};
use serde::Serialize;
use tokio::{
    sync::{Mutex as AsyncMutex, MutexGuard as AsyncMutexGuard, watch},
    time::{Duration, Instant},
};

use super::{Reason, Status};
use crate::{
    Error, IdempotencyKey, Result, TokenStore,
    http::{Call, Http},
    tokens::Secret,
};

/// An access token is renewed so long before its end, so that it does not end on its way to the server.
const MARGIN: Duration = Duration::from_secs(5);

/// An access token in force.
#[derive(Clone)]
pub(crate) struct Access {
    token: Secret,
    /// When to renew it by the monotonic clock, which nobody sets; `None` if the two clocks are too far apart to tell.
    renew_at: Option<Instant>,
    /// The number of its pair of tokens.
    generation: u64,
}

impl Access {
    pub(crate) fn token(&self) -> &str {
        self.token.expose()
    }

    fn is_fresh(&self) -> bool {
        self.renew_at.is_none_or(|renew_at| Instant::now() < renew_at)
    }
}

type Renewal = Shared<BoxFuture<'static, Result<Access>>>;

#[derive(Default)]
struct State {
    refresh: Option<Secret>,
    /// `None` right after the start, because only the refresh token is kept.
    access: Option<Access>,
    renewal: Option<Renewal>,
    /// Counts sign-ins and sign-outs, so that a renewal that outlives its session can be dropped.
    epoch: u64,
    generation: u64,
}

#[derive(Clone)]
pub(crate) struct Sesi {
    inner: Arc<Inner>,
}

struct Inner {
    http: Arc<Http>,
    store: TokenStore,
    state: Mutex<State>,
    /// Held while tokens are written to the store and then put into use, so that store and memory change in the same
    /// order.
    commit: AsyncMutex<()>,
    /// Held while the server replaces the session by another, so that the old session's end does not sign out.
    replacing: AsyncMutex<()>,
    status: watch::Sender<Status>,
}

impl Sesi {
    /// The session that the store remembers.
    pub(crate) async fn restore(http: Arc<Http>, store: TokenStore) -> Self {
        let refresh = store.load().await.unwrap_or_else(|error| {
            tracing::warn!(%error, "the kept session cannot be read");
            None
        });
        let status = if refresh.is_some() { Status::In(0) } else { Status::Out(Reason::SignedOut) };
        let state = Mutex::new(State { refresh, ..State::default() });
        let (commit, replacing) = (AsyncMutex::default(), AsyncMutex::default());
        let status = watch::Sender::new(status);
        Self { inner: Arc::new(Inner { http, store, state, commit, replacing, status }) }
    }

    pub(crate) fn status(&self) -> watch::Receiver<Status> {
        self.inner.status.subscribe()
    }

    /// An access token in force. Renews it first if that is due.
    pub(crate) async fn access(&self) -> Result<Access> {
        let renewal = {
            let mut state = self.state();
            match &state.access {
                Some(access) if access.is_fresh() => return Ok(access.clone()),
                _ => self.renewal(&mut state)?,
            }
        };
        renewal.await
    }

    /// Another access token than `refused`, which the server does not take any more.
    pub(crate) async fn renew(&self, refused: &Access) -> Result<Access> {
        let renewal = {
            let mut state = self.state();
            match &state.access {
                // Another caller had the same answer first.
                Some(access) if access.generation != refused.generation && access.is_fresh() => {
                    return Ok(access.clone());
                }
                _ => self.renewal(&mut state)?,
            }
        };
        renewal.await
    }

    /// Hold this from a request that replaces the session until the new session is adopted.
    pub(crate) async fn replacing(&self) -> AsyncMutexGuard<'_, ()> {
        self.inner.replacing.lock().await
    }

    /// Takes over the tokens of a login.
    pub(crate) async fn adopt(&self, login: &Login) {
        let this = self.clone();
        let (refresh, access) = (ticket(login), this.access_of(login));
        // Runs as a task, because a caller who goes away must not leave store and memory with different sessions.
        let commit = tokio::spawn(async move {
            let _commit = this.inner.commit.lock().await;
            this.keep(&refresh).await;
            let epoch = {
                let mut state = this.state();
                state.epoch += 1;
                state.renewal = None;
                this.put(&mut state, refresh, access);
                state.epoch
            };
            this.inner.status.send_replace(Status::In(epoch));
        });
        commit.await.unwrap_or_else(|error| tracing::error!(%error, "signing in was broken off"));
    }

    /// Forgets the session. With `epoch`, forgets only that session.
    pub(crate) async fn end(&self, reason: Reason, epoch: Option<u64>) {
        let _commit = self.inner.commit.lock().await;
        {
            let mut state = self.state();
            if epoch.is_some_and(|epoch| epoch != state.epoch) {
                return;
            }
            tracing::info!(?reason, "signed out");
            *state = State { epoch: state.epoch + 1, generation: state.generation, ..State::default() };
        }
        if let Err(error) = self.inner.store.clear().await {
            tracing::warn!(%error, "the kept session cannot be removed");
        }
        self.inner.status.send_replace(Status::Out(reason));
    }

    /// The renewal under way, or a new one.
    fn renewal(&self, state: &mut State) -> Result<Renewal> {
        if let Some(renewal) = state.renewal.as_ref().filter(|renewal| renewal.peek().is_none()) {
            return Ok(renewal.clone());
        }
        let refresh = state.refresh.clone().ok_or(Error::Unauthorised)?;
        let (this, epoch) = (self.clone(), state.epoch);
        let task = tokio::spawn(async move { this.run_renewal(refresh, epoch).await });
        let renewal = async move {
            task.await.unwrap_or_else(|_| Err(Error::Protocol("the renewal was broken off".to_owned())))
        };
        let renewal = renewal.boxed().shared();
        state.renewal = Some(renewal.clone());
        Ok(renewal)
    }

    async fn run_renewal(&self, refresh: Secret, epoch: u64) -> Result<Access> {
        let result = self.exchange(&refresh).await;
        if matches!(&result, Err(Error::Problem(problem)) if problem.status == 401) {
            let _replaced = self.replacing().await;
            self.end(Reason::Ended, Some(epoch)).await;
            return Err(Error::Unauthorised);
        }
        let _commit = self.inner.commit.lock().await;
        if self.state().epoch != epoch {
            return Err(Error::Unauthorised);
        }
        let renewed = result.map(|login| (ticket(&login), self.access_of(&login)));
        if let Ok((refresh, _)) = &renewed {
            self.keep(refresh).await;
        }
        let mut state = self.state();
        state.renewal = None;
        let (refresh, access) = renewed?;
        Ok(self.put(&mut state, refresh, access))
    }

    async fn exchange(&self, refresh: &Secret) -> Result<Login> {
        #[derive(Serialize)]
        struct Body<'a> {
            token_segar: &'a str,
            kunci: &'a str,
        }
        let (token_segar, kunci) = refresh.expose().split_once(' ').unwrap_or((refresh.expose(), "-"));
        let call = Call::post("/api/auth/refresh").body(&Body { token_segar, kunci })?.repeatable();
        self.inner.http.send(&call, None).await?.json()
    }

    /// If the store fails, somebody has to sign in at the next start. That is better than ending the work under way.
    async fn keep(&self, refresh: &Secret) {
        if let Err(error) = self.inner.store.save(refresh).await {
            tracing::warn!(%error, "the session cannot be kept over a restart");
        }
    }

    fn put(&self, state: &mut State, refresh: Secret, access: Access) -> Access {
        state.generation += 1;
        let access = Access { generation: state.generation, ..access };
        state.refresh = Some(refresh);
        state.access = Some(access.clone());
        access
    }

    fn access_of(&self, login: &Login) -> Access {
        Access {
            token: Secret::from(login.token.as_str()),
            renew_at: self.renew_at(login.kedaluwarsa_pada),
            generation: 0,
        }
    }

    fn renew_at(&self, kedaluwarsa_pada: DateTime<Utc>) -> Option<Instant> {
        let server_now = Utc::now() + self.inner.http.clock_offset()?;
        let lifetime = (kedaluwarsa_pada - server_now).to_std().ok()?;
        Some(Instant::now() + lifetime.checked_sub(MARGIN)?)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing panics while the lock is held, and a login would mend even half a state.
        self.inner.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is kept of a login: the refresh token, and the key under which it will be exchanged. Both are kept together, so
/// that an exchange whose answer was lost is repeated under the same key, even after a restart.
fn ticket(login: &Login) -> Secret {
    Secret::from(format!("{} {}", login.token_segar, IdempotencyKey::random()).as_str())
}
