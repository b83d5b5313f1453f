//! One request and its answer: paths, time limits, problem documents, the server's clock. Knows no endpoint and no
//! session.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use reqwest::{Method, Response, StatusCode, header};
use serde::{Serialize, de::DeserializeOwned};
use tokio::time::Instant;
use url::Url;

use crate::{Error, Options, Refusal, Result, ServerAddress, Unreachable, device::Device};

/// Longer answers are cut off. The longest that a server gives is a month's report.
const ANSWER_MAX_BYTES: usize = 8 << 20;

/// A request. The route is a template such as `/api/appointments/{id}`, so that a log can name it without the code or
/// the name in the path.
pub(crate) struct Call {
    method: Method,
    pub(crate) route: &'static str,
    args: Vec<String>,
    /// Path and query as a page wrote them, instead of the filled route.
    verbatim: Option<Url>,
    body: Option<Vec<u8>>,
    /// When it happened, if that was before it is sent.
    happened: Option<DateTime<Utc>>,
    /// Whether sending it again after a failure changes nothing more.
    pub(crate) repeatable: bool,
}

impl Call {
    fn new(method: Method, route: &'static str, repeatable: bool) -> Self {
        Self { method, route, args: Vec::new(), verbatim: None, body: None, happened: None, repeatable }
    }

    /// A page's own request. Only the page repeats it.
    pub(crate) fn verbatim(method: Method, url: Url, body: Option<Vec<u8>>) -> Self {
        Self { verbatim: Some(url), body, ..Self::new(method, "(page)", false) }
    }

    pub(crate) fn get(route: &'static str) -> Self {
        Self::new(Method::GET, route, true)
    }

    pub(crate) fn post(route: &'static str) -> Self {
        Self::new(Method::POST, route, false)
    }

    pub(crate) fn put(route: &'static str) -> Self {
        Self::new(Method::PUT, route, false)
    }

    /// Fills the next `{…}` of the route.
    pub(crate) fn arg(mut self, value: impl ToString) -> Self {
        self.args.push(value.to_string());
        self
    }

    pub(crate) fn body(mut self, body: &impl Serialize) -> Result<Self> {
        let bytes =
            serde_json::to_vec(body).map_err(|_| Error::Protocol("the body is no JSON".to_owned()))?;
        self.body = Some(bytes);
        Ok(self)
    }

    /// It happened then, and is told only now.
    pub(crate) fn happened(self, pada: DateTime<Utc>) -> Self {
        Self { happened: Some(pada), ..self }
    }

    /// Allows to send it again, because the server recognises it by a `kunci`, or because it sets what it names.
    pub(crate) fn repeatable(mut self) -> Self {
        self.repeatable = true;
        self
    }

    pub(crate) fn url(&self, base: &Url) -> Url {
        if let Some(url) = &self.verbatim {
            return url.clone();
        }
        let mut url = base.clone();
        let mut args = self.args.iter();
        if let Ok(mut path) = url.path_segments_mut() {
            path.clear();
            for segment in self.route.split('/').skip(1) {
                let value =
                    if segment.starts_with('{') { args.next().map_or("", String::as_str) } else { segment };
                path.push(value);
            }
        }
        url
    }
}

/// An answer that was read to its end.
pub(crate) struct Answer {
    route: &'static str,
    pub(crate) status: StatusCode,
    pub(crate) content_type: String,
    /// Seconds or a date, as the server wrote it.
    pub(crate) retry_after: Option<String>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The answer if it is a success.
    ///
    /// # Errors
    /// What the server refused with.
    pub(crate) fn success(self) -> Result<Self> {
        match self.refusal() {
            None => Ok(self),
            Some(refusal) => Err(refusal),
        }
    }

    /// What the server refused with, if it refused.
    pub(crate) fn refusal(&self) -> Option<Error> {
        if self.status.is_success() {
            return None;
        }
        Some(match serde_json::from_slice(&self.body) {
            Ok(problem) => {
                let retry_after_s = self.retry_after.as_deref().and_then(|value| value.parse().ok());
                Error::Problem(Box::new(Refusal { problem, retry_after_s }))
            }
            // A load balancer answers for a server that is away.
            Err(_) if matches!(self.status.as_u16(), 502..=504) => Unreachable::Cut.into(),
            Err(_) => Error::Protocol(format!("status {} without a problem document", self.status.as_u16())),
        })
    }

    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T> {
        let mut json = serde_json::Deserializer::from_slice(&self.body);
        // The path names only fields. serde's own message may quote their content.
        serde_path_to_error::deserialize(&mut json).map_err(|error| {
            Error::Protocol(format!(
                "{}: the answer does not read as expected at {}",
                self.route,
                error.path()
            ))
        })
    }
}

/// The connection pool to one server.
pub(crate) struct Http {
    client: reqwest::Client,
    base: Url,
    clock: Clock,
    device: Device,
}

impl Http {
    pub(crate) fn new(
        address: &ServerAddress,
        tls: &rustls::ClientConfig,
        options: &Options,
        device: Device,
    ) -> Result<Arc<Self>> {
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls.clone())
            .https_only(!address.is_plain())
            // If a request times out over HTTP/1.1, its dead connection is closed, and the next request opens another.
            // Over HTTP/2 all requests would wait on the same connection.
            .http1_only()
            .connect_timeout(options.connect_timeout)
            .timeout(options.request_timeout)
            .pool_idle_timeout(Duration::from_secs(30))
            .tcp_nodelay(true)
            // A redirect would carry tokens to a server that was never paired, and a school's own network needs no
            // proxy.
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .user_agent(concat!("bukutamu/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| Error::from_reqwest(&error))?;
        Ok(Arc::new(Self { client, base: address.url().clone(), clock: Clock::default(), device }))
    }

    /// Sends once.
    ///
    /// # Errors
    /// What the server refused with, or what kept an answer from coming.
    pub(crate) async fn send(&self, call: &Call, token: Option<&str>) -> Result<Answer> {
        self.exchange(call, token).await?.success()
    }

    /// Sends once. A refusal is an answer.
    ///
    /// # Errors
    /// What kept an answer from coming.
    pub(crate) async fn exchange(&self, call: &Call, token: Option<&str>) -> Result<Answer> {
        let start = Instant::now();
        let result = self.exchange_untold(call, token).await;
        let elapsed_ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
        match &result {
            Ok(Answer { status, .. }) => {
                let status = status.as_u16();
                tracing::debug!(method = %call.method, route = call.route, status, elapsed_ms, "answered");
            }
            Err(error) => {
                tracing::debug!(method = %call.method, route = call.route, elapsed_ms, %error, "not answered");
            }
        }
        result
    }

    async fn exchange_untold(&self, call: &Call, token: Option<&str>) -> Result<Answer> {
        let url = call.url(&self.base);
        let path = url.path().to_owned();
        let mut request = self.client.request(call.method.clone(), url);
        if let Some(cookie) = self.device.cookie(&path) {
            request = request.header(header::COOKIE, cookie);
        }
        if let Some(body) = &call.body {
            request = request.header(header::CONTENT_TYPE, "application/json").body(body.clone());
        }
        if let Some(pada) = call.happened {
            request = request.header("Terjadi-Pada", pada.to_rfc3339_opts(SecondsFormat::Millis, true));
        }
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let start = Instant::now();
        let response = request.send().await.map_err(|error| Error::from_reqwest(&error))?;
        self.clock.read(&response, start.elapsed());
        self.device.learn(&path, response.headers()).await;
        let status = response.status();
        let text = |name| Some(response.headers().get(name)?.to_str().ok()?.to_owned());
        let content_type = text(header::CONTENT_TYPE).unwrap_or_default();
        let retry_after = text(header::RETRY_AFTER);
        let body = read(response).await?;
        Ok(Answer { route: call.route, status, content_type, retry_after, body })
    }

    /// See [`crate::Client::clock_offset`].
    pub(crate) fn clock_offset(&self) -> Option<TimeDelta> {
        self.clock.offset()
    }
}

async fn read(mut response: Response) -> Result<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| Error::from_reqwest(&error))? {
        if body.len() + chunk.len() > ANSWER_MAX_BYTES {
            return Err(Error::Protocol("the answer is too long".to_owned()));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// How far the server's clock is ahead of ours, in milliseconds, by the `Date` of its latest answer.
struct Clock(AtomicI64);

const UNKNOWN: i64 = i64::MIN;

impl Default for Clock {
    fn default() -> Self {
        Self(AtomicI64::new(UNKNOWN))
    }
}

impl Clock {
    fn read(&self, response: &Response, round_trip: Duration) {
        let date = response.headers().get(header::DATE).and_then(|value| value.to_str().ok());
        let Some(server) = date.and_then(|date| DateTime::parse_from_rfc2822(date).ok()) else { return };
        // `Date` is cut to whole seconds, and half the round trip has passed since. This takes the middle of both.
        let ahead = server.with_timezone(&Utc) - Utc::now();
        let half_way = TimeDelta::from_std(round_trip / 2).unwrap_or_default();
        let offset = ahead + TimeDelta::milliseconds(500) + half_way;
        self.0.store(offset.num_milliseconds(), Ordering::Relaxed);
    }

    fn offset(&self) -> Option<TimeDelta> {
        let offset_ms = self.0.load(Ordering::Relaxed);
        (offset_ms != UNKNOWN).then(|| TimeDelta::milliseconds(offset_ms))
    }
}

#[cfg(test)]
mod tests {
    use domain::ErrorCode;

    use super::*;

    #[test]
    fn what_stands_in_a_path_cannot_leave_its_segment() {
        let base = Url::parse("https://sekolah.example").unwrap();
        let call = Call::get("/api/appointments/{id}").arg("../a b?c#d");
        assert_eq!(call.url(&base).as_str(), "https://sekolah.example/api/appointments/..%2Fa%20b%3Fc%23d");
    }

    #[test]
    fn an_answer_that_does_not_read_is_told_without_its_content() {
        let body = br#"{"data":[{"telp":"rahasia"}],"total":1}"#.to_vec();
        let answer = answer(200, &body);
        let error = answer.json::<domain::json::Daftar<domain::Tamu>>().unwrap_err().to_string();
        assert!(error.contains("data[0]") && !error.contains("rahasia"), "{error}");
    }

    #[test]
    fn refusals() {
        let problem = br#"{"status":422,"title":"t","detail":"d","code":"kedaluwarsa"}"#;
        assert_eq!(answer(422, problem).refusal().unwrap().code(), Some(ErrorCode::Kedaluwarsa));
        assert!(answer(502, b"<html>").refusal().unwrap().is_temporary());
        assert!(matches!(answer(404, b"<html>").refusal(), Some(Error::Protocol(_))));
        assert!(answer(200, b"<html>").refusal().is_none());
    }

    #[test]
    fn a_refusal_says_when_to_come_back() {
        let problem = br#"{"status":429,"title":"t","detail":"d","code":"terlalu_sering"}"#;
        for (told, expected) in [(Some("7"), Some(7)), (Some("soon"), None), (None, None)] {
            let answer = Answer { retry_after: told.map(str::to_owned), ..answer(429, problem) };
            let Some(Error::Problem(refusal)) = answer.refusal() else { panic!("no refusal") };
            assert_eq!(refusal.retry_after_s, expected, "{told:?}");
        }
    }

    fn answer(status: u16, body: &[u8]) -> Answer {
        let status = StatusCode::from_u16(status).unwrap();
        Answer {
            route: "/api/x",
            status,
            content_type: String::new(),
            retry_after: None,
            body: body.to_vec(),
        }
    }
}
