//! A server that can be started and stopped: `start` answers once it accepts, `stop` finishes what is in flight.

use std::{io, net::SocketAddr, path::Path, sync::Arc, time::Duration};

use anyhow::{Context, Result};
use axum::Router;
use axum_server::{Handle, accept::DefaultAcceptor, tls_rustls::RustlsAcceptor};
use cluster::Cluster;
use hyper_util::{
    rt::{TokioExecutor, TokioTimer},
    server::conn::auto::Builder,
};
use store::RunningSchool;
use tokio::task::JoinHandle;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    announce::Announcement,
    clock::Clock,
    data_dir::{self, DataDir, Database},
    figures, hub, jobs,
    listener::{Caps, Listener, Peer, Places, open_files_max},
    open::{At, OpenSchool, STOP_TIMEOUT},
    opening::OpensWithin,
    state::Config,
    tls::{self, Certificate},
};

/// A request's head, and what is written of an answer before the system has taken it, at most.
const HTTP1_BUFFER_BYTES: usize = 64 << 10;

/// Requests at once over one connection of HTTP/2.
const HTTP2_STREAMS: u32 = 64;

/// A request's head over HTTP/2.
const HTTP2_HEAD_BYTES: u32 = 16 << 10;

/// What may come of a body over HTTP/2 before it is read, of one request and of all over one connection.
const HTTP2_WINDOWS_BYTES: (u32, u32) = (64 << 10, 256 << 10);

/// What is kept of an answer over HTTP/2 until the client takes it.
const HTTP2_SEND_BYTES: usize = 64 << 10;

/// How a server is started.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where it listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// What the person who starts it decides.
    pub config: Config,
    /// Where it takes the time from.
    pub clock: Clock,
    /// Make it known in the local network.
    pub announce: bool,
}

/// Why a server cannot listen at an address.
#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    /// Another program does.
    #[error("{0} is already in use")]
    InUse(SocketAddr),
    /// Windows keeps the port back for another program, which it need not run.
    #[error("{0} is kept back by Windows for another program")]
    Reserved(SocketAddr),
    /// Ports up to 1023 may be kept for the system.
    #[error("{0} may not be used by this user; choose a port above 1023")]
    Denied(SocketAddr),
    /// Anything else, such as an address that this computer does not have.
    #[error("{0} cannot be listened on: {1}")]
    Other(SocketAddr, io::Error),
}

impl ListenError {
    /// What the system's refusal means.
    pub fn of(address: SocketAddr, error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::AddrInUse => Self::InUse(address),
            // There it is no matter of rights: WSAEACCES.
            io::ErrorKind::PermissionDenied if cfg!(windows) => Self::Reserved(address),
            io::ErrorKind::PermissionDenied => Self::Denied(address),
            _ => Self::Other(address, error),
        }
    }
}

/// The certificate or its key is missing, damaged or another's.
#[derive(Debug, thiserror::Error)]
#[error("the certificate cannot be used")]
pub struct CertificateError;

/// A running server.
pub struct Server {
    address: SocketAddr,
    metrics_address: Option<SocketAddr>,
    url: Arc<str>,
    fingerprint: Option<String>,
    school: OpenSchool,
    handle: Handle<Peer>,
    running: JoinHandle<io::Result<()>>,
    announcement: Option<Announcement>,
    /// How it was started, to be started again.
    options: Options,
    database: Database,
}

impl Server {
    /// Starts a server on an open data folder. When this returns, it accepts.
    ///
    /// # Errors
    /// One line that says what is wrong: [`ListenError`], or the certificate cannot be used.
    pub async fn start(data: DataDir, options: Options) -> Result<Self> {
        tls::choose_provider();
        let config = Arc::new(options.config.clone());
        let caps = Caps::new(config.connections_max, open_files_max());
        let places = Places::new(caps, config.trusted_proxies.clone());
        let listener = bind(options.listen, &places, config.sent_within)?;
        let address = listener.address()?;
        let now = options.clock.now();
        let certificate = match config.plain_http {
            true => None,
            false => {
                let public_url = config.public_url.as_ref();
                let certificate = Certificate::load_or_create(&data.path, address, public_url, now);
                Some(Arc::new(certificate.context(CertificateError)?))
            }
        };
        let scheme = if certificate.is_some() { "https" } else { "http" };
        let url: Arc<str> = format!("{scheme}://{address}").into();

        let database = data.database.clone();
        let at = At { address, scheme, certificate: certificate.clone(), places };
        let school = OpenSchool::open(data, at, config, options.clock.clone()).await?;
        let state = school.state.clone();
        let announcement = match options.announce && !address.ip().is_loopback() {
            true => Announcement::start(
                address,
                certificate.as_ref().map(|certificate| certificate.fingerprint.as_str()),
                &state.settings,
            ),
            false => None,
        };
        let serve_figures =
            |address| figures::serve(address, figures::router(state.clone()), school.stopping());
        let metrics_address = state.config.metrics_listen.map(serve_figures).transpose()?;

        let fingerprint = certificate.as_ref().map(|certificate| certificate.fingerprint.clone());
        let within = state.config.head_within;
        let (handle, running) = accept(listener, within, certificate.as_deref(), school.router()).await?;
        Ok(Self {
            address,
            metrics_address,
            url,
            fingerprint,
            school,
            handle,
            running,
            announcement,
            // The same port again, also if any free one was asked for.
            options: Options { listen: address, ..options },
            database,
        })
    }

    /// The same school once more, for another node in this process, with a folder of its own. Both stand on the same
    /// store.
    pub fn beside(&self, folder: &Path) -> DataDir {
        DataDir {
            path: folder.to_owned(),
            store: self.school.state.store.clone(),
            kunci: Arc::clone(&self.school.state.kunci),
            database: self.database.clone(),
            locks: Vec::new(),
        }
    }

    /// How many nodes of the school are there, as far as this one knows, itself among them.
    pub fn nodes(&self) -> usize {
        self.school.state.hub.count_nodes() + 1
    }

    /// Open subscriptions of staff.
    pub fn subscribers(&self) -> usize {
        self.school.state.hub.count_connections()
    }

    /// Whether what other nodes tell comes at once: NATS is there.
    pub fn hears_nodes(&self) -> bool {
        self.school.state.hub.cluster().is_some_and(Cluster::is_connected)
    }

    /// The school, for what sends its messages.
    pub fn school(&self) -> Arc<dyn RunningSchool> {
        Arc::new(self.school.state.clone())
    }

    /// Cancelled when the server begins to stop.
    pub fn stopping(&self) -> CancellationToken {
        self.school.stopping()
    }

    /// What a stop waits for, some seconds.
    pub fn tasks(&self) -> &TaskTracker {
        &self.school.state.sockets
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where this computer's own Prometheus reads the figures, where it does.
    pub fn metrics_address(&self) -> Option<SocketAddr> {
        self.metrics_address
    }

    /// `https://ADDR:PORT`, or `http://…`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// SHA-256 of the certificate, `AA:BB:…`; none with plain HTTP.
    pub fn fingerprint(&self) -> Option<&str> {
        self.fingerprint.as_deref()
    }

    /// Does what the server does by itself from time to time, now, and waits for a backup that this begins; whether the
    /// clock could be believed with it.
    ///
    /// # Errors
    /// The store's.
    pub async fn run_jobs(&self) -> store::Result<bool> {
        let is_believed = jobs::run(&self.school.state).await?;
        self.school.state.backups.rest().await;
        Ok(is_believed)
    }

    /// Waits until a restored school is ready to take this one's place. Then [`Server::restart`] is called.
    pub fn restored(&self) -> impl Future<Output = ()> + Send + use<> {
        self.school.state.restoring.decided().cancelled_owned()
    }

    /// Stops, lets a restored school take its place, and starts again at the same address.
    ///
    /// # Errors
    /// One line that says why it does not start, as [`Server::start`].
    pub async fn restart(self) -> Result<Self> {
        let (options, database) = (self.options.clone(), self.database.clone());
        let folder = Arc::clone(&self.school.state.folder);
        self.stop().await?;
        Self::start(data_dir::open(&folder, Some(database)).await?, options).await
    }

    /// Lets a balancer send everybody elsewhere before the server stops: `/readyz` says no for the first half of this
    /// time, and then the subscribers are asked to go, a few at a time, so that they do not all arrive elsewhere at
    /// once.
    pub async fn drain(&self, within: Duration) {
        self.school.state.readiness.leave();
        hub::drain(std::slice::from_ref(&self.school.state.hub), within).await;
    }

    /// Stops accepting, finishes what is in flight, tells every subscriber, closes the database.
    ///
    /// # Errors
    /// What ended the server before it was stopped.
    pub async fn stop(self) -> Result<()> {
        drop(self.announcement);
        self.handle.graceful_shutdown(Some(STOP_TIMEOUT));
        self.school.leave();
        let result = self.running.await.context("the server panicked");
        self.school.close().await;
        result?.context("the server failed")
    }
}

/// Has a listener's connections answered. When this returns, it accepts.
///
/// # Errors
/// The server does not accept.
pub(crate) async fn accept(
    listener: Listener,
    within: Duration,
    certificate: Option<&Certificate>,
    router: Router,
) -> Result<(Handle<Peer>, JoinHandle<io::Result<()>>)> {
    let handle = Handle::new();
    let service = router.into_make_service_with_connect_info::<Peer>();
    let mut server = axum_server::Server::<Peer>::from_listener(listener).handle(handle.clone());
    bound(server.http_builder(), within);
    let running = match certificate {
        Some(certificate) => {
            let inner = RustlsAcceptor::new(certificate.config.clone()).handshake_timeout(within);
            tokio::spawn(server.acceptor(OpensWithin { inner, within }).serve(service))
        }
        None => tokio::spawn(server.acceptor(OpensWithin { inner: DefaultAcceptor, within }).serve(service)),
    };
    handle.listening().await.context("the server does not accept")?;
    Ok((handle, running))
}

/// Bounds what one connection can make the server keep.
fn bound(http: &mut Builder<TokioExecutor>, head_within: Duration) {
    let (of_one, of_all) = HTTP2_WINDOWS_BYTES;
    http.http1().timer(TokioTimer::new()).header_read_timeout(head_within).max_buf_size(HTTP1_BUFFER_BYTES);
    http.http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(head_within)
        .max_concurrent_streams(HTTP2_STREAMS)
        .max_header_list_size(HTTP2_HEAD_BYTES)
        .initial_stream_window_size(of_one)
        .initial_connection_window_size(of_all)
        .max_send_buf_size(HTTP2_SEND_BYTES);
}

pub(crate) fn bind(
    address: SocketAddr,
    places: &Places,
    sent_within: Duration,
) -> Result<Listener, ListenError> {
    Listener::bind(address, places.clone(), sent_within).map_err(|error| ListenError::of(address, error))
}

#[cfg(test)]
mod tests;
