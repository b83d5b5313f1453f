//! The HTTP service: routes, extractors, and the layers that stand before all of them.

pub(crate) mod extract;
mod limit;
mod maintenance;
mod observe;
pub(crate) mod refusals;
pub(crate) mod routes;
mod scene;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderValue, header},
    middleware,
    response::{IntoResponse, Response},
};
use tower_http::{catch_panic::CatchPanicLayer, set_header::SetResponseHeaderLayer};

use crate::{error::ApiError, state::AppState};
use limit::limit;
use maintenance::maintenance;
use observe::observe;
use scene::scene;

/// The whole HTTP service.
pub(crate) fn router(state: AppState) -> Router {
    let header = |name, value| SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value));
    // A browser that has once used the public address over HTTPS must use HTTPS from then on.
    let is_https = state.config.public_url.as_ref().is_some_and(|url| url.scheme() == "https");
    let hsts = is_https.then_some(HeaderValue::from_static("max-age=31536000"));
    // The date comes from this program's clock, not from hyper's, because desks set their time by it.
    let clock = state.clock.clone();
    let date = move |_: &Response| HeaderValue::from_str(&httpdate::fmt_http_date(clock.now().into())).ok();
    routes::router()
        .fallback(|| async { ApiError::NotFound })
        .method_not_allowed_fallback(|| async { ApiError::Method })
        .layer(middleware::from_fn_with_state(state.clone(), scene))
        .layer(middleware::from_fn_with_state(state.clone(), maintenance))
        .layer(middleware::from_fn_with_state(state.clone(), limit))
        .layer(DefaultBodyLimit::max(extract::BODY_MAX_BYTES))
        .layer(CatchPanicLayer::custom(|_| {
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
