//! The figures for Prometheus, on a listener of their own.
//!
//! If a proxy stands on the same computer, a request's address does not tell who asks. So the guest book's own address
//! gives the figures to admins only. This listener gives them to everybody on this computer. Nothing else leads to it
//! unless somebody sets that up.

mod job;
mod names;
mod sampled;

use std::{
    net::{SocketAddr, TcpListener},
    sync::OnceLock,
};

use anyhow::{Context, Result, bail};
use axum::{
    Router,
    extract::State,
    http::{HeaderName, header},
    routing::get,
};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio_util::sync::CancellationToken;

pub(crate) use self::{job::Job, names::describe};
use crate::state::AppState;

/// What Prometheus reads.
pub(crate) type Figures = ([(HeaderName, &'static str); 1], String);

/// Prometheus' text format.
const CONTENT_TYPE: &str = "text/plain; version=0.0.4";

/// The figures as they stand.
pub(crate) async fn render(state: &AppState) -> Figures {
    sampled::read(state).await;
    ([(header::CONTENT_TYPE, CONTENT_TYPE)], state.metrics.render())
}

/// What [`serve`] serves.
pub(crate) fn router(state: AppState) -> Router {
    let figures = async |State(state): State<AppState>| render(&state).await;
    Router::new().route("/metrics", get(figures)).with_state(state)
}

/// What [`serve`] serves where many schools live in the process: its counts, and nothing that is asked of one school's
/// database.
pub(crate) fn router_of_process() -> Router {
    let figures = async || {
        let handle = handle();
        handle.run_upkeep();
        ([(header::CONTENT_TYPE, CONTENT_TYPE)], handle.render())
    };
    Router::new().route("/metrics", get(figures))
}

/// The figures of this process: there is one recorder, however many servers tests start.
pub(crate) fn handle() -> PrometheusHandle {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    HANDLE
        .get_or_init(|| {
            let recorder = PrometheusBuilder::new().build_recorder();
            let handle = recorder.handle();
            // Fails only where the program around has its own recorder; then these figures are there.
            let _ = metrics::set_global_recorder(recorder);
            describe();
            handle
        })
        .clone()
}

/// Serves the figures until `stop` ends it. Answers the address.
///
/// # Errors
/// One line: the address is not this computer's own, or is taken.
pub(crate) fn serve(address: SocketAddr, router: Router, stop: CancellationToken) -> Result<SocketAddr> {
    if !address.ip().is_loopback() {
        bail!(
            "the figures are for this computer only: --metrics-listen takes an address like 127.0.0.1:9184"
        );
    }
    let listen = || {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        Ok::<_, std::io::Error>((listener.local_addr()?, tokio::net::TcpListener::from_std(listener)?))
    };
    let (address, listener) = listen().with_context(|| format!("no figures at {address}"))?;
    tokio::spawn(async move {
        let served = axum::serve(listener, router).with_graceful_shutdown(stop.cancelled_owned());
        if let Err(error) = served.await {
            tracing::error!(%error, "the figures are no longer served");
        }
    });
    Ok(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn they_are_served_to_this_computer_only() {
        for open in ["0.0.0.0:0", "[::]:0", "192.0.2.1:0"] {
            let refused = serve(open.parse().unwrap(), Router::new(), CancellationToken::new());
            assert!(refused.unwrap_err().to_string().contains("this computer only"), "{open}");
        }
        let stop = CancellationToken::new();
        let address = serve("127.0.0.1:0".parse().unwrap(), Router::new(), stop.clone()).unwrap();
        assert!(tokio::net::TcpStream::connect(address).await.is_ok());
        stop.cancel();
    }
}
