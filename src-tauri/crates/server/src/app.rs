//! What every handler can reach, and the router with what stands before all of them.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    extract::{DefaultBodyLimit, MatchedPath, Request},
    http::{HeaderValue, header},
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
    auth::{
        device::Devices,
        limit::{Limits, take_turns},
        password::Passwords,
        throttle::Throttle,
        token::Tokens,
    },
    clock::{Clock, watch::Watch},
    error::ApiError,
    extract,
    hub::Hub,
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
    pub(crate) hub: Hub,
    pub(crate) sockets: TaskTracker,
    pub(crate) metrics: PrometheusHandle,
    pub(crate) readiness: Readiness,
    /// Where this server answers, for links where no public address is set.
    pub(crate) base_url: Arc<str>,
}

impl AppState {
    /// The address that links for guests start with.
    pub(crate) fn link_base(&self) -> &str {
        match &self.config.public_url {
            Some(url) => url.as_str().trim_end_matches('/'),
            None => &self.base_url,
        }
    }

    /// The text of an appointment's or guest's QR code.
    pub(crate) fn qr_text(&self, kode_qr: &str) -> String {
        domain::token::qr_text(kode_qr, self.config.public_url.as_ref().map(Url::as_str))
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
        .layer(middleware::from_fn_with_state(state.clone(), take_turns))
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
    let method = request.method().as_str().to_owned();
    let response = next.run(request).await;
    let status = response.status().as_u16();
    let elapsed = started.elapsed();
    tracing::debug!(method, route, status, elapsed_us = elapsed.as_micros() as u64, "request");
    let labels = [("method", method), ("route", route), ("status", status.to_string())];
    metrics::counter!("bukutamu_http_requests_total", &labels).increment(1);
    metrics::histogram!("bukutamu_http_request_seconds").record(elapsed.as_secs_f64());
    response
}
