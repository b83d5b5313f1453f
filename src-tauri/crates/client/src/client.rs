//! The client: one server, one session, and when a request is repeated. Endpoints stand in the entities' files.

use std::{sync::Arc, time::Duration};

use backon::{ExponentialBuilder, Retryable};
use chrono::TimeDelta;
use serde::{Deserialize, de::DeserializeOwned};
use tokio::time::timeout;

use crate::{
    Error, Options, Result, ServerAddress, TokenStore, Unreachable,
    device::Device,
    http::{Answer, Call, Http},
    sesi::{Sesi, is_about_token},
    tls,
};

/// A server and the session there. Clones share both.
#[derive(Clone)]
pub struct Client {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) address: ServerAddress,
    pub(crate) http: Arc<Http>,
    pub(crate) tls: Arc<rustls::ClientConfig>,
    pub(crate) sesi: Sesi,
    pub(crate) options: Options,
}

impl Client {
    /// A client of this server, signed in as `tokens` remembers. Sends nothing yet.
    ///
    /// # Errors
    /// [`Error::Tls`] if the system's authorities cannot be read. If the token store cannot be read, logs it and is
    /// signed out.
    pub async fn new(address: ServerAddress, tokens: TokenStore, options: Options) -> Result<Self> {
        let tls = tls::config(&address)?;
        let http = Http::new(&address, &tls, &options, Device::restore(tokens.clone()).await)?;
        let sesi = Sesi::restore(http.clone(), tokens).await;
        Ok(Self { inner: Arc::new(Inner { address, http, tls: Arc::new(tls), sesi, options }) })
    }

    /// The same with default limits. Makes sure that the right server is there.
    ///
    /// # Errors
    /// As [`Client::new`] and [`Client::check`].
    pub async fn connect(address: ServerAddress, tokens: TokenStore) -> Result<Self> {
        let client = Self::new(address, tokens, Options::default()).await?;
        client.check().await?;
        Ok(client)
    }

    /// Succeeds if the server is there, is the paired one and is well.
    ///
    /// # Errors
    /// [`Error::Unreachable`], [`Error::PinMismatch`], [`Error::Tls`], or [`Error::Protocol`] if something else
    /// answers.
    pub async fn check(&self) -> Result<()> {
        #[derive(Deserialize)]
        struct Sehat {
            #[serde(rename = "status")]
            _status: String,
        }
        self.inner.http.send(&Call::get("/healthz"), None).await?.json::<Sehat>().map(drop)
    }

    /// The server's address.
    pub fn address(&self) -> &ServerAddress {
        &self.inner.address
    }

    /// How far the server's clock is ahead of this PC's, to about a second, by its latest answer. Negative if it is
    /// behind; `None` before the first answer. A desk that is off by more than 2 minutes is told (DESIGN §10).
    pub fn clock_offset(&self) -> Option<TimeDelta> {
        self.inner.http.clock_offset()
    }

    pub(crate) async fn json<T: DeserializeOwned>(&self, call: Call) -> Result<T> {
        self.answer(call).await?.json()
    }

    pub(crate) async fn empty(&self, call: Call) -> Result<()> {
        self.answer(call).await.map(drop)
    }

    /// Sends in the session's name. Sends a repeatable call again after a failure that may pass.
    async fn answer(&self, call: Call) -> Result<Answer> {
        let options = &self.inner.options;
        let backoff = ExponentialBuilder::default()
            .with_min_delay(options.repeat_delay)
            .with_max_delay(Duration::from_secs(2))
            .with_max_times(if call.repeatable { options.repeats } else { 0 })
            .with_jitter();
        let attempts = (|| self.send_as_session(&call))
            .retry(backoff)
            .when(Error::is_temporary)
            .notify(|error, _| tracing::info!(route = call.route, %error, "sending again"));
        timeout(options.total_timeout, attempts).await.unwrap_or_else(|_| Err(Unreachable::Timeout.into()))
    }

    /// Sends once, or twice if the first answer is that the token has ended: the server did not act upon such a
    /// request.
    ///
    /// # Errors
    /// What the server refused with, or what kept an answer from coming.
    async fn send_as_session(&self, call: &Call) -> Result<Answer> {
        self.exchange_as_session(call).await?.success()
    }

    /// The same, and a refusal is an answer.
    ///
    /// # Errors
    /// What kept an answer from coming.
    pub(crate) async fn exchange_as_session(&self, call: &Call) -> Result<Answer> {
        let Inner { http, sesi, .. } = &*self.inner;
        let access = sesi.access().await?;
        let answer = http.exchange(call, Some(access.token())).await?;
        if !answer.refusal().is_some_and(|refusal| is_about_token(&refusal)) {
            return Ok(answer);
        }
        let access = sesi.renew(&access).await?;
        http.exchange(call, Some(access.token())).await
    }
}
