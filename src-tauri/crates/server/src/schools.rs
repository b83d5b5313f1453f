//! Many schools in one process, each by the name of its host.
//!
//! A school is a folder with its key file and, unless its `bukutamu.toml` names another, its database. It is opened
//! when somebody asks for it, and closed when nobody has for a while. Every few hours each is opened for its nightly
//! jobs. Schools share the listener with its limits, and nothing else: each has a store, a hub, settings and jobs of
//! its own.

pub(crate) mod place;

use std::{
    collections::HashMap,
    io,
    net::SocketAddr,
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use anyhow::Result;
use axum::{
    Json, Router,
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use axum_server::Handle;
use domain::pesan::KeadaanPesan;
use serde_json::json;
use store::{Store, clock::ClockNote};
use tokio::{
    sync::Semaphore,
    task::JoinHandle,
    time::{Instant, MissedTickBehavior, interval, sleep},
};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;
use url::Url;

use crate::{
    Options,
    clock::{Clock, watch::Steady},
    data_dir,
    error::ApiError,
    figures, hub, jobs,
    listener::{Caps, Peer, Places, open_files_max},
    open::{At, Beside, OpenSchool, STOP_TIMEOUT},
    pesan, run,
    state::Config,
    tls,
};

/// How often it is looked which schools nobody needs any more.
const LOOKS: Duration = Duration::from_secs(5);

/// How often it is looked which schools have not been opened for long.
const ROUNDS: Duration = Duration::from_secs(60 * 60);

/// A school that was not opened for so long is opened for its nightly jobs: some hours after the night's at the latest.
const TENDED_EVERY: Duration = Duration::from_secs(6 * 60 * 60);

/// A school that cannot be opened is tried again after this.
const FAILED: Duration = Duration::from_secs(5);

/// Schools that are opened at once.
const OPENING: usize = 2;

/// Many schools behind one listener.
pub struct Schools {
    inner: Arc<Inner>,
    address: SocketAddr,
    metrics_address: Option<SocketAddr>,
    handle: Handle<Peer>,
    running: JoinHandle<io::Result<()>>,
}

struct Inner {
    folder: PathBuf,
    config: Config,
    clock: Clock,
    places: Places,
    address: SocketAddr,
    beside: Beside,
    idle: Duration,
    slots: Mutex<HashMap<String, Arc<Slot>>>,
    opening: Semaphore,
    /// Whether this process's clock can be believed for a school that was closed meanwhile.
    steady: Mutex<Steady>,
    is_leaving: AtomicBool,
    stop: CancellationToken,
}

/// One school, open or not.
#[derive(Default)]
struct Slot {
    open: tokio::sync::Mutex<Option<Open>>,
    times: Mutex<Times>,
    /// Held by each request that is being answered.
    asking: Arc<()>,
}

#[derive(Default)]
struct Times {
    /// When somebody asked for it last.
    asked: Option<Instant>,
    /// The uptime at which it was opened last.
    opened: Option<Duration>,
    /// When it could not be opened last.
    failed: Option<Instant>,
}

struct Open {
    school: OpenSchool,
    router: Router,
}

impl Schools {
    /// Serves the schools in a folder. When this returns, it accepts. `idle` is how long one stays open that nobody
    /// asks for. Without TLS: a balancer ends it.
    ///
    /// # Errors
    /// One line that says what is wrong, such as [`crate::ListenError`].
    pub async fn start(folder: PathBuf, options: Options, beside: Beside, idle: Duration) -> Result<Self> {
        tls::choose_provider();
        let Options { listen, config, clock, .. } = options;
        let stop = CancellationToken::new();
        let serve_figures = |address| figures::serve(address, figures::router_of_process(), stop.clone());
        let metrics_address = config.metrics_listen.map(serve_figures).transpose()?;
        let places =
            Places::new(Caps::new(config.connections_max, open_files_max()), config.trusted_proxies.clone());
        let listener = run::bind(listen, &places, config.sent_within)?;
        let address = listener.address()?;
        let within = config.head_within;
        let inner = Arc::new(Inner {
            folder,
            config: Config { is_shared: true, ..config },
            clock,
            places,
            address,
            beside,
            idle,
            slots: Mutex::default(),
            opening: Semaphore::new(OPENING),
            steady: Mutex::default(),
            is_leaving: AtomicBool::new(false),
            stop,
        });
        let router = Router::new().fallback(answer).with_state(Arc::clone(&inner));
        let (handle, running) = run::accept(listener, within, None, router).await?;
        tokio::spawn(Arc::clone(&inner).look());
        tokio::spawn(Arc::clone(&inner).follow_rounds());
        Ok(Self { inner, address, metrics_address, handle, running })
    }

    /// `http://ADDR:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where this computer's own Prometheus reads the figures of the process, where it does.
    pub fn metrics_address(&self) -> Option<SocketAddr> {
        self.metrics_address
    }

    /// Does now what is done by itself from time to time: opens each school that was not opened for long, for its
    /// nightly jobs.
    pub async fn tend(&self) {
        self.inner.tend().await;
    }

    /// The same for all schools as [`crate::Server::drain`] for one.
    pub async fn drain(&self, within: Duration) {
        self.inner.is_leaving.store(true, Ordering::Relaxed);
        let mut hubs = Vec::new();
        for slot in self.inner.all() {
            hubs.extend(slot.open.lock().await.as_ref().map(|open| open.school.state.hub.clone()));
        }
        hub::drain(&hubs, within).await;
    }

    /// How many are open.
    pub async fn count_open(&self) -> usize {
        let mut open = 0;
        for slot in self.inner.all() {
            open += usize::from(slot.open.lock().await.is_some());
        }
        open
    }

    /// Stops accepting, finishes what is in flight, and closes all schools.
    ///
    /// # Errors
    /// What ended the server before it was stopped.
    pub async fn stop(self) -> Result<()> {
        self.inner.stop.cancel();
        self.handle.graceful_shutdown(Some(STOP_TIMEOUT));
        let mut open = Vec::new();
        for slot in self.inner.all() {
            open.extend(slot.open.lock().await.take().map(|open| open.school));
        }
        open.iter().for_each(OpenSchool::leave);
        let served = self.running.await;
        for school in open {
            school.close().await;
        }
        Ok(served??)
    }
}

/// Has the school of the request's host answer.
async fn answer(State(inner): State<Arc<Inner>>, request: Request) -> Response {
    let router = match place::host_of(&request) {
        Some(host) => inner.router(&host).await,
        None => Err(ApiError::NotFound),
    };
    match router {
        Ok((router, _asking)) => match router.oneshot(request).await {
            Ok(answer) => answer,
        },
        // A balancer asks by an address, not by a school's name.
        Err(ApiError::NotFound) if matches!(request.uri().path(), "/healthz" | "/readyz") => {
            let is_asked_whether_ready = request.uri().path() == "/readyz";
            match is_asked_whether_ready && inner.is_leaving.load(Ordering::Relaxed) {
                true => StatusCode::SERVICE_UNAVAILABLE.into_response(),
                false => Json(json!({ "status": "ok" })).into_response(),
            }
        }
        Err(error) => error.into_response(),
    }
}

impl Inner {
    /// What answers for a school, which is opened if it is not, and stays open until the second is dropped.
    async fn router(&self, host: &str) -> Result<(Router, Arc<()>), ApiError> {
        let slot = self.slot(host)?;
        slot.times().asked = Some(Instant::now());
        let mut open = slot.open.lock().await;
        if let Some(open) = &*open {
            return Ok((open.router.clone(), Arc::clone(&slot.asking)));
        }
        if slot.times().failed.is_some_and(|failed| failed.elapsed() < FAILED) {
            return Err(ApiError::Unavailable);
        }
        let folder = place::folder(&self.folder, host).ok_or(ApiError::NotFound)?;
        if place::is_suspended(&folder) || self.stop.is_cancelled() {
            return Err(ApiError::Unavailable);
        }
        let _opening = self.opening.acquire().await.map_err(|_| ApiError::Unavailable)?;
        match self.open(host, folder).await {
            Ok(school) => {
                slot.times().opened = Some(self.clock.uptime());
                let router = school.router();
                *open = Some(Open { school, router: router.clone() });
                Ok((router, Arc::clone(&slot.asking)))
            }
            Err(error) => {
                tracing::error!(host, "a school cannot be opened: {error:#}");
                slot.times().failed = Some(Instant::now());
                Err(ApiError::Unavailable)
            }
        }
    }

    fn slot(&self, host: &str) -> Result<Arc<Slot>, ApiError> {
        if let Some(slot) = self.slots().get(host) {
            return Ok(Arc::clone(slot));
        }
        // Names that nobody has leave nothing behind.
        place::folder(&self.folder, host).ok_or(ApiError::NotFound)?;
        Ok(Arc::clone(self.slots().entry(host.to_owned()).or_default()))
    }

    async fn open(&self, host: &str, folder: PathBuf) -> Result<OpenSchool> {
        let data = data_dir::open(&folder, None).await?;
        self.vouch(&*data.store).await?;
        let public_url = Some(Url::parse(&format!("https://{host}"))?);
        let config = Arc::new(Config { public_url, ..self.config.clone() });
        let at = At { address: self.address, scheme: "http", certificate: None, places: self.places.clone() };
        let school = OpenSchool::open(data, at, config, self.clock.clone()).await?;
        (self.beside)(school.school(), school.stopping(), school.tasks());
        tracing::info!(host, "a school was opened");
        Ok(school)
    }

    /// Closes schools that nobody needs, that were suspended or erased, or that are to start anew.
    async fn look(self: Arc<Self>) {
        let mut ticks = interval(LOOKS.min(self.idle));
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = self.stop.cancelled() => return,
                _ = ticks.tick() => self.look_at_clock(),
            }
            let slots: Vec<_> = {
                let slots = self.slots();
                slots.iter().map(|(host, slot)| (host.clone(), Arc::clone(slot))).collect()
            };
            for (host, slot) in slots {
                self.close_if_unneeded(&host, &slot).await;
            }
        }
    }

    /// A school that was closed has not seen that the clock ran on. This process has.
    async fn vouch(&self, store: &dyn Store) -> store::Result<()> {
        let Some(note) = store.clock().find().await? else { return Ok(()) };
        let now = self.clock.now();
        if self.steady().outlasts(note.believed, now) {
            store.clock().update(ClockNote { believed: now, doubt: None }).await?;
        }
        Ok(())
    }

    async fn is_needed(&self, host: &str, slot: &Slot, school: &OpenSchool) -> bool {
        let folder = place::folder(&self.folder, host);
        let is_kept = folder.is_some_and(|folder| !place::is_suspended(&folder));
        if !is_kept || school.state.restoring.decided().is_cancelled() {
            return false;
        }
        let is_asked = Arc::strong_count(&slot.asking) > 1
            || slot.times().asked.is_some_and(|asked| asked.elapsed() < self.idle);
        if is_asked || school.state.hub.is_followed() || school.state.backups.is_busy() {
            return true;
        }
        // What waits to be sent is sent first.
        let waiting = pesan::count(&school.state, KeadaanPesan::Menunggu).await;
        waiting.map_or(true, |waiting| waiting > 0)
    }

    /// Nobody finds a school that is just being closed: whoever asks meanwhile waits, and opens it again.
    async fn close_if_unneeded(&self, host: &str, slot: &Slot) {
        let mut open = slot.open.lock().await;
        let Some(Open { school, .. }) = &*open else { return };
        if self.is_needed(host, slot, school).await {
            return;
        }
        if let Some(Open { school, .. }) = open.take() {
            school.close().await;
            tracing::info!(host, "a school was closed");
        }
    }

    async fn follow_rounds(self: Arc<Self>) {
        loop {
            tokio::select! {
                () = self.stop.cancelled() => return,
                () = sleep(ROUNDS) => self.tend().await,
            }
        }
    }

    async fn tend(&self) {
        self.look_at_clock();
        for host in place::hosts(&self.folder) {
            if let Err(error) = self.tend_one(&host).await {
                tracing::error!(host, %error, "a school's nightly jobs failed");
            }
        }
    }

    fn look_at_clock(&self) {
        self.steady().look(self.clock.now(), self.clock.uptime());
    }

    async fn tend_one(&self, host: &str) -> store::Result<()> {
        let Ok(slot) = self.slot(host) else { return Ok(()) };
        let passed = |opened| self.clock.uptime().saturating_sub(opened);
        let was_open_lately = slot.times().opened.is_some_and(|opened| passed(opened) < TENDED_EVERY);
        if was_open_lately || self.stop.is_cancelled() || slot.open.lock().await.is_some() {
            return Ok(());
        }
        let Ok((_, _asking)) = self.router(host).await else { return Ok(()) };
        let state = slot.open.lock().await.as_ref().map(|open| open.school.state.clone());
        let Some(state) = state else { return Ok(()) };
        jobs::run(&state).await?;
        state.backups.rest().await;
        Ok(())
    }

    fn all(&self) -> Vec<Arc<Slot>> {
        self.slots().values().cloned().collect()
    }

    fn steady(&self) -> MutexGuard<'_, Steady> {
        self.steady.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn slots(&self) -> MutexGuard<'_, HashMap<String, Arc<Slot>>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Slot {
    fn times(&self) -> MutexGuard<'_, Times> {
        self.times.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
