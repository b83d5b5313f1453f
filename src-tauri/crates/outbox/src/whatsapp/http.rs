//! HTTP to providers, with limits of time and of size.

use std::{error::Error as StdError, io, time::Duration};

use domain::pesan::AlasanPesan;
use reqwest::{Client, ClientBuilder, RequestBuilder, Response, header::RETRY_AFTER, redirect::Policy};

use super::answer::Answer;
use crate::channel::SendError;

/// Bytes of an answer that are read.
const ANSWER_MAX: usize = 256 * 1024;

/// The longest time that a provider is believed to ask for.
const RETRY_MAX: Duration = Duration::from_secs(24 * 60 * 60);

/// How long a provider may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// For one connection.
    pub connect: Duration,
    /// For one message or one check, whatever it takes.
    pub whole: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { connect: Duration::from_secs(5), whole: Duration::from_secs(20) }
    }
}

/// Connections to providers. Cheap to clone.
#[derive(Clone)]
pub struct Http {
    client: Client,
    limits: Limits,
}

impl Http {
    /// Connections that go through the proxy that the environment names, if it names one.
    ///
    /// # Errors
    /// The TLS library's, if the system has no certificates that it can use.
    pub fn new(limits: Limits) -> reqwest::Result<Self> {
        Self::with(Client::builder(), limits)
    }

    pub(super) fn with(builder: ClientBuilder, limits: Limits) -> reqwest::Result<Self> {
        // The process may have one already.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let client = builder
            .connect_timeout(limits.connect)
            .timeout(limits.whole)
            // A redirect would carry token and number to somebody else.
            .redirect(Policy::none())
            .user_agent(concat!("bukutamu/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { client, limits })
    }

    pub(super) fn limits(&self) -> Limits {
        self.limits
    }

    pub(super) fn client(&self) -> &Client {
        &self.client
    }
}

/// Sends a request and reads the answer. Any answer is one, whatever its status.
///
/// # Errors
/// What kept an answer from coming. It never repeats the address, which may hold a number.
pub(super) async fn call(request: RequestBuilder) -> Result<Answer, SendError> {
    let response = request.send().await.map_err(|error| reason(&error))?;
    let status = response.status();
    let seconds = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
    let retry_after = seconds.map(|seconds| Duration::from_secs(seconds).min(RETRY_MAX));
    let body = read(response).await.map_err(|error| reason(&error))?;
    Ok(Answer { status, retry_after, body: body.and_then(|body| serde_json::from_slice(&body).ok()) })
}

/// The body; `None` if it is longer than any that a provider writes.
async fn read(mut response: Response) -> reqwest::Result<Option<Vec<u8>>> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > ANSWER_MAX {
            return Ok(None);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Some(body))
}

fn reason(error: &reqwest::Error) -> AlasanPesan {
    if is_of_certificate(error) {
        AlasanPesan::SertifikatDitolak
    } else if error.is_builder() {
        AlasanPesan::Ditolak
    } else {
        AlasanPesan::TidakMenjawab
    }
}

/// Whether the server's certificate was refused. `io::Error` hides what it wraps from `source()`, so this looks inside.
fn is_of_certificate(error: &(dyn StdError + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(tls) = error.downcast_ref::<rustls::Error>() {
            return matches!(tls, rustls::Error::InvalidCertificate(_));
        }
        next = match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    false
}
