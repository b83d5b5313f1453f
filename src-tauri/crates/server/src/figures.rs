//! The figures for Prometheus, on a listener of their own.
//!
//! If a proxy stands on the same computer, a request's address does not tell who asks. So the guest book's own address
//! gives the figures to admins only. This listener gives them to everybody on this computer. Nothing else leads to it
//! unless somebody sets that up.

use std::net::{SocketAddr, TcpListener};

use anyhow::{Context, Result, bail};
use axum::{
    Router,
    http::{HeaderName, header},
    routing::get,
};
use metrics_exporter_prometheus::PrometheusHandle;
use tokio_util::sync::CancellationToken;

/// What Prometheus reads.
pub(crate) type Figures = ([(HeaderName, &'static str); 1], String);

/// The figures as they stand.
pub(crate) fn render(metrics: &PrometheusHandle) -> Figures {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], metrics.render())
}

/// Serves them at `/metrics` until `stop` ends it. Answers the address.
///
/// # Errors
/// One line: the address is not this computer's own, or is taken.
pub(crate) fn serve(
    address: SocketAddr,
    metrics: PrometheusHandle,
    stop: CancellationToken,
) -> Result<SocketAddr> {
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
    let router = Router::new().route("/metrics", get(async move || render(&metrics)));
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
    use metrics_exporter_prometheus::PrometheusBuilder;

    use super::*;

    #[tokio::test]
    async fn they_are_served_to_this_computer_only() {
        let metrics = PrometheusBuilder::new().build_recorder().handle();
        for open in ["0.0.0.0:0", "[::]:0", "192.0.2.1:0"] {
            let refused = serve(open.parse().unwrap(), metrics.clone(), CancellationToken::new());
            assert!(refused.unwrap_err().to_string().contains("this computer only"), "{open}");
        }
        let stop = CancellationToken::new();
        let address = serve("127.0.0.1:0".parse().unwrap(), metrics, stop.clone()).unwrap();
        assert!(tokio::net::TcpStream::connect(address).await.is_ok());
        stop.cancel();
    }
}
