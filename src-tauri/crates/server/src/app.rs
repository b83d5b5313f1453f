//! What every handler can reach, and the router with what stands before all of them.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, Once},
    time::Duration,
};

use axum::{
    Router,
    extract::{DefaultBodyLimit, MatchedPath, Request},
    http::{HeaderValue, Method, header},
    middleware::{self, Next},
    response::Response,
};
use domain::Setelan;
use metrics_exporter_prometheus::PrometheusHandle;
use store::{Kunci, Store};
use tokio::time::Instant;
use tokio_util::task::TaskTracker;
use tower_http::{catch_panic::CatchPanicLayer, set_header::SetResponseHeaderLayer};
use url::Url;

use crate::{
    address::TrustedProxies,
    auth::{device::Devices, password::Passwords, throttle::Throttle, token::Tokens},
    clock::{Clock, watch::Watch},
    error::ApiError,
    extract,
    hub::Hub,
    limits::{Limits, Rate, limit},
    links::Links,
    listener::Places,
    readiness::Readiness,
    reads::{ReadAllowances, Reads},
    routes,
};

/// What the person who starts the server decides.
#[derive(Clone, Debug)]
pub struct Config {
    /// No TLS here: loopback, or a load balancer that ends it.
    pub plain_http: bool,
    /// The address under which guests reach the school, where there is one.
    pub public_url: Option<Url>,
    /// Where this computer's own Prometheus reads the figures without a token, where it does.
    pub metrics_listen: Option<SocketAddr>,
    /// bcrypt's cost; [`crate::auth::password::COST`] but for tests.
    pub bcrypt_cost: u32,
    /// How long a client may take to authenticate on `/ws`.
    pub authenticate_within: Duration,
    /// How long the head of a request may take, and how long a connection may be idle.
    pub head_within: Duration,
    /// How long the body of a request may take.
    pub body_within: Duration,
    /// How much a user may read of the guest book.
    pub reads: ReadAllowances,
    /// A quiet connection to `/ws` is asked for a sign of life this often; without one for three times as long it ends.
    pub ping_every: Duration,
    /// How long a client that takes nothing of what it is sent is waited for.
    pub sent_within: Duration,
    /// How long a client may take for a whole answer.
    pub answered_within: Duration,
    /// The proxies that say where a request comes from; nobody else is believed.
    pub trusted_proxies: TrustedProxies,
    /// Connections at once at most; fewer where the system allows fewer.
    pub connections_max: usize,
    /// How often one user, or one guest, may ask.
    pub user_rate: Rate,
    /// How often may be asked from one address without a token.
    pub address_rate: Rate,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            plain_http: false,
            public_url: None,
            metrics_listen: None,
            bcrypt_cost: crate::auth::password::COST,
            authenticate_within: Duration::from_secs(5),
            head_within: Duration::from_secs(20),
            body_within: Duration::from_secs(10),
            reads: ReadAllowances::default(),
            ping_every: Duration::from_secs(20),
            sent_within: Duration::from_secs(20),
            answered_within: Duration::from_secs(120),
            trusted_proxies: TrustedProxies::default(),
            connections_max: 16_384,
            user_rate: Rate::per_second(60, 1000),
            address_rate: Rate::per_second(40, 1000),
        }
    }
}

/// What every handler can reach; cheap to clone.
#[derive(Clone)]
pub struct AppState {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) kunci: Arc<Kunci>,
    pub(crate) setelan: Arc<Setelan>,
    pub(crate) config: Arc<Config>,
    pub(crate) clock: Clock,
    pub(crate) watch: Arc<Mutex<Watch>>,
    pub(crate) tokens: Tokens,
    pub(crate) passwords: Passwords,
    pub(crate) devices: Devices,
    pub(crate) throttle: Throttle,
    pub(crate) limits: Limits,
    pub(crate) reads: Reads,
    pub(crate) places: Places,
    /// Of proxies that were not named the log tells once.
    pub(crate) strange_proxy: Arc<Once>,
    pub(crate) hub: Hub,
    pub(crate) sockets: TaskTracker,
    pub(crate) metrics: PrometheusHandle,
    pub(crate) readiness: Readiness,
    /// What links for guests start with.
    pub(crate) links: Arc<Links>,
}

impl AppState {
    /// The text of an appointment's or guest's QR code.
    pub(crate) fn qr_text(&self, kode_qr: &str) -> String {
        domain::token::qr_text(kode_qr, self.links.public())
    }
}

/// The whole HTTP service.
pub(crate) fn router(state: AppState) -> Router {
    let header = |name, value| SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value));
    // Whoever has come by the public address over HTTPS once comes by HTTPS only.
    let is_https = state.config.public_url.as_ref().is_some_and(|url| url.scheme() == "https");
    let hsts = is_https.then_some(HeaderValue::from_static("max-age=31536000"));
    // By the clock that decides here, not by hyper's: desks go by it.
    let clock = state.clock.clone();
    let date = move |_: &Response| HeaderValue::from_str(&httpdate::fmt_http_date(clock.now().into())).ok();
    routes::router()
        .fallback(|| async { ApiError::NotFound })
        .method_not_allowed_fallback(|| async { ApiError::Method })
        .layer(middleware::from_fn_with_state(state.clone(), limit))
        .layer(DefaultBodyLimit::max(extract::BODY_MAX_BYTES))
        .layer(CatchPanicLayer::custom(|_| {
            use axum::response::IntoResponse;
            tracing::error!("a handler panicked");
            ApiError::Internal.into_response()
        }))
        .layer(middleware::from_fn(observe))
        .layer(SetResponseHeaderLayer::overriding(header::DATE, date))
        .layer(header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(header::REFERRER_POLICY, "no-referrer"))
        .layer(header(header::X_FRAME_OPTIONS, "DENY"))
        .layer(SetResponseHeaderLayer::if_not_present(header::STRICT_TRANSPORT_SECURITY, hsts))
        .layer(header(header::CACHE_CONTROL, "no-store"))
        .layer(header(
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
        ))
        .with_state(state)
}

/// Counts and times requests by route, never by address: addresses hold codes.
async fn observe(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let route =
        request.extensions().get::<MatchedPath>().map_or("tidak_dikenal", MatchedPath::as_str).to_owned();
    let method = method_label(request.method());
    let response = next.run(request).await;
    let status = response.status().as_u16();
    let elapsed = started.elapsed();
    tracing::debug!(method, route, status, elapsed_us = elapsed.as_micros() as u64, "request");
    let labels = [("method", method.to_owned()), ("route", route), ("status", status.to_string())];
    metrics::counter!("bukutamu_http_requests_total", &labels).increment(1);
    metrics::histogram!("bukutamu_http_request_seconds").record(elapsed.as_secs_f64());
    response
}

/// The method as it stands in figures and logs. Clients invent methods of any length, and every other one would be another
/// figure, kept for good.
fn method_label(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        Method::PATCH => "PATCH",
        _ => "lain",
    }
}
