//! What the server holds while it runs. It knows no HTTP routes: those stand above, in [`http`](crate::http).

mod config;
mod request;

use std::{
    path::Path,
    sync::{Arc, Mutex, Once, OnceLock},
};

use metrics_exporter_prometheus::PrometheusHandle;
use store::{Courier, SchoolSecrets, Store};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

pub use config::Config;
pub(crate) use request::RequestState;

use crate::{
    audit::AuditKeeper,
    auth::{device::Devices, password::Passwords, throttle::Throttle, token::Tokens},
    backups::Backups,
    clock::{Clock, watch::Watch},
    ekspor::Exports,
    erasures::ErasureNotes,
    evakuasi::Evacuation,
    hub::Hub,
    imports::Imports,
    limits::Limits,
    links::Links,
    listener::Places,
    readiness::Readiness,
    reads::Reads,
    restoring::Restoring,
    settings::Settings,
    tls::Certificate,
    upkeep::Upkeep,
};

/// What the server holds while it runs; cheap to clone.
#[derive(Clone)]
pub struct AppState {
    pub(crate) store: Arc<dyn Store>,
    /// The data folder.
    pub(crate) folder: Arc<Path>,
    pub(crate) kunci: Arc<SchoolSecrets>,
    pub(crate) settings: Settings,
    pub(crate) config: Arc<Config>,
    pub(crate) clock: Clock,
    pub(crate) watch: Arc<Mutex<Watch>>,
    pub(crate) tokens: Tokens,
    pub(crate) passwords: Passwords,
    pub(crate) imports: Imports,
    pub(crate) devices: Devices,
    pub(crate) throttle: Throttle,
    pub(crate) limits: Limits,
    pub(crate) reads: Reads,
    pub(crate) places: Places,
    /// The log reports only once that a proxy was not named.
    pub(crate) strange_proxy: Arc<Once>,
    pub(crate) hub: Hub,
    pub(crate) evakuasi: Evacuation,
    /// Files that admins have made.
    pub(crate) exports: Exports,
    pub(crate) sockets: TaskTracker,
    /// Cancelled when the server begins to stop.
    pub(crate) stopping: CancellationToken,
    pub(crate) metrics: PrometheusHandle,
    pub(crate) readiness: Readiness,
    pub(crate) audit: AuditKeeper,
    /// The beginning of links for guests.
    pub(crate) links: Arc<Links>,
    /// What sends messages, once it has started.
    pub(crate) courier: Arc<OnceLock<Arc<dyn Courier>>>,
    pub(crate) backups: Arc<Backups>,
    /// Where it is noted who was erased.
    pub(crate) erasures: Arc<ErasureNotes>,
    /// What becomes of a restore that an admin asked for.
    pub(crate) restoring: Arc<Restoring>,
    /// None without TLS.
    pub(crate) certificate: Option<Arc<Certificate>>,
}

impl AppState {
    /// The upkeep of records by the settings of now.
    pub(crate) fn upkeep(&self) -> Upkeep {
        Upkeep {
            store: self.store.clone(),
            setelan: self.settings.now().setelan,
            clock: self.clock.clone(),
            erasures: Arc::clone(&self.erasures),
            stop: self.stopping.clone(),
        }
    }

    /// The text of an appointment's or guest's QR code.
    pub(crate) fn qr_text(&self, kode_qr: &str) -> String {
        domain::token::qr_text(kode_qr, self.links.public(&self.settings.now().setelan))
    }
}
