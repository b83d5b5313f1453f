//! The figures for Prometheus, on a listener of their own.
//!
//! If a proxy stands on the same computer, a request's address does not tell who asks. So the guest book's own address
//! gives the figures to admins only. This listener gives them to everybody on this computer. Nothing else leads to it
//! unless somebody sets that up.

mod job;
mod names;
mod sampled;

use std::net::{SocketAddr, TcpListener};

use anyhow::{Context, Result, bail};
use axum::{
    Router,
    extract::State,
    http::{HeaderName, header},
    routing::get,
};
use tokio_util::sync::CancellationToken;

pub(crate) use self::{job::Job, names::describe};
use crate::state::AppState;

/// What Prometheus reads.
pub(crate) type Figures = ([(HeaderName, &'static str); 1], String);

/// The figures as they stand.
pub(crate) async fn render(state: &AppState) -> Figures {
    sampled::read(state).await;
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], state.metrics.render())
}

/// What [`serve`] serves.
pub(crate) fn router(state: AppState) -> Router {
    let figures = async |State(state): State<AppState>| render(&state).await;
    Router::new().route("/metrics", get(figures)).with_state(state)
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
