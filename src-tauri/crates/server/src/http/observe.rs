//! Counts and logs every request by its route, never by its address, because addresses hold codes.

use axum::{
    extract::{MatchedPath, Request},
    http::Method,
    middleware::Next,
    response::Response,
};
use tokio::time::Instant;

/// Counts and times requests.
pub(super) async fn observe(request: Request, next: Next) -> Response {
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

/// The method for figures and logs. Clients can invent methods of any length. Each would add a figure that is never
/// removed, so unknown ones share a label.
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
