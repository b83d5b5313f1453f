//! A school that is open: what the server holds of it, and what it does for it by itself. It knows no listener: a
//! server has one school, or many.

use std::{
    net::SocketAddr,
    sync::{Arc, Once},
    time::Duration,
};

use anyhow::{Context, Result};
use axum::Router;
use domain::json::Close;
use store::RunningSchool;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    audit::{self, AuditKeeper},
    auth::{device::Devices, password::Passwords, throttle::Throttle, token::Tokens},
    backups::Backups,
    clock::Clock,
    data_dir::{DataDir, Lock},
    ekspor::Exports,
    erasures::ErasureNotes,
    evakuasi::{self, Evacuation},
    figures, http,
    hub::Hub,
    imports::Imports,
    jobs,
    limits::Limits,
    links::Links,
    listener::Places,
    nodes,
    readiness::Readiness,
    reads::Reads,
    settings::{self, Settings},
    state::{AppState, Config},
    sweep,
    tls::Certificate,
};

/// How long a stop waits for what is in flight.
pub(crate) const STOP_TIMEOUT: Duration = Duration::from_secs(10);

/// Starts what works beside a school that is open: it sends the messages that the server queues, until the token is
/// cancelled.
pub type Beside = fn(Arc<dyn RunningSchool>, CancellationToken, &TaskTracker);

/// Where a school is reached.
pub(crate) struct At {
    pub(crate) address: SocketAddr,
    /// `https`, or `http`.
    pub(crate) scheme: &'static str,
    pub(crate) certificate: Option<Arc<Certificate>>,
    pub(crate) places: Places,
}

/// A school that is open.
pub(crate) struct OpenSchool {
    pub(crate) state: AppState,
    /// Given up last.
    _locks: Vec<Lock>,
}

impl OpenSchool {
    /// Opens a school, and begins what is done for it.
    ///
    /// # Errors
    /// One line that says what is wrong.
    pub(crate) async fn open(data: DataDir, at: At, config: Arc<Config>, clock: Clock) -> Result<Self> {
        let At { address, scheme, certificate, places } = at;
        let links = Arc::new(Links::new(config.public_url.as_ref(), scheme, address));
        let locks = data.locks;
        let passwords = Passwords::new(config.bcrypt_cost)?;
        let throttle = Throttle::new(data.kunci.sesi, data.store.clone(), clock.clone(), passwords.queue());
        let public_is_secure = config.public_url.as_ref().is_some_and(|public| public.scheme() == "https");
        let hub = Hub::default();
        let settings = Settings::read(data.store.clone(), hub.clone()).await;
        let audit = AuditKeeper::new(data.store.clone(), data.kunci.audit);
        let settings = settings.context("the settings cannot be read")?;
        let kunci = Arc::clone(&data.kunci);
        let state = AppState {
            evakuasi: Evacuation::new(data.store.clone(), hub.clone(), settings.clone(), clock.clone()),
            settings,
            tokens: Tokens::new(&data.kunci.sesi),
            devices: Devices::new(data.kunci.sesi, certificate.is_some() || public_is_secure),
            throttle,
            limits: Limits::new(places.clone()),
            places,
            strange_proxy: Arc::new(Once::new()),
            reads: Reads::new(config.reads),
            passwords,
            imports: Imports::default(),
            store: data.store,
            kunci,
            config,
            clock,
            watch: Arc::default(),
            hub,
            exports: Exports::new(&data.path).context("old exports cannot be deleted")?,
            sockets: TaskTracker::new(),
            stopping: CancellationToken::new(),
            metrics: figures::handle(),
            readiness: Readiness::default(),
            audit,
            links,
            courier: Arc::default(),
            backups: Arc::new(Backups::new(&data.path)),
            erasures: Arc::new(ErasureNotes::new(&data.path, &data.kunci)),
            restoring: Arc::default(),
            folder: data.path.into(),
            certificate,
        };
        if let Some(settings) = &state.config.cluster {
            nodes::join(&state, settings, state.stopping.clone()).await?;
        }
        jobs::note_time(&state).await.context("the database cannot be used")?;
        let jobs = state.stopping.clone();
        jobs::start(state.clone(), jobs.clone());
        sweep::start(state.clone(), jobs.clone());
        audit::follow(state.audit.clone(), state.clock.clone(), jobs.clone());
        evakuasi::follow(state.evakuasi.clone(), jobs.clone());
        settings::follow(state.settings.clone(), state.config.settings_every, jobs.clone());
        Ok(Self { state, _locks: locks })
    }

    /// What answers its requests.
    pub(crate) fn router(&self) -> Router {
        http::router(self.state.clone())
    }

    /// The school, for what sends its messages.
    pub(crate) fn school(&self) -> Arc<dyn RunningSchool> {
        Arc::new(self.state.clone())
    }

    /// Cancelled when it begins to close.
    pub(crate) fn stopping(&self) -> CancellationToken {
        self.state.stopping.clone()
    }

    /// What closing waits for, some seconds.
    pub(crate) fn tasks(&self) -> &TaskTracker {
        &self.state.sockets
    }

    /// Begins to close: tells every subscriber, and begins nothing new.
    pub(crate) fn leave(&self) {
        self.state.stopping.cancel();
        self.state.hub.close_all(Close::GoingAway);
        self.state.exports.close();
        self.state.sockets.close();
    }

    /// Finishes what is in flight, and closes the database.
    pub(crate) async fn close(self) {
        self.leave();
        let _ = tokio::time::timeout(STOP_TIMEOUT, self.state.sockets.wait()).await;
        if let Err(error) = self.state.audit.seal().await {
            tracing::debug!(%error, "the last entries of the audit are sealed at the next start");
        }
        self.state.store.close().await;
    }
}
