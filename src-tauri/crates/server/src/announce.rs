//! Makes the server known in the local network by mDNS, so that a teacher's PC finds it without an address being typed.
//!
//! The fingerprint stands in the announcement for convenience only: whoever pairs compares it with the server's screen.

use std::net::SocketAddr;

use domain::{
    Setelan,
    announcement::{NAMA, SERVICE_TYPE, SIDIK, TLS},
};
use mdns_sd::{ServiceDaemon, ServiceInfo};
use tokio_util::task::AbortOnDropHandle;

use crate::settings::Settings;

/// What a server at that port is called in the local network.
pub(crate) fn host_name(port: u16) -> String {
    format!("bukutamu-{port}.local")
}

/// The announcement, until it is dropped.
pub(crate) struct Announcement {
    daemon: ServiceDaemon,
    name: String,
    _following: AbortOnDropHandle<()>,
}

impl Announcement {
    /// Announces; a computer without a network that can do it goes on without.
    /// The school's name in it follows the settings.
    pub(crate) fn start(address: SocketAddr, fingerprint: Option<&str>, settings: &Settings) -> Option<Self> {
        Self::try_start(address, fingerprint.map(str::to_owned), settings)
            .inspect_err(|error| tracing::warn!(%error, "not announced in the local network"))
            .ok()
    }

    fn try_start(
        address: SocketAddr,
        fingerprint: Option<String>,
        settings: &Settings,
    ) -> mdns_sd::Result<Self> {
        let daemon = ServiceDaemon::new()?;
        let mut changes = settings.subscribe();
        let first = info(address, fingerprint.as_deref(), &changes.borrow_and_update().setelan)?;
        let name = first.get_fullname().to_owned();
        daemon.register(first)?;
        let announces = daemon.clone();
        let following = tokio::spawn(async move {
            while changes.changed().await.is_ok() {
                let info = info(address, fingerprint.as_deref(), &changes.borrow_and_update().setelan);
                // What is registered again under its name is announced as it is now.
                if let Err(error) = info.and_then(|info| announces.register(info)) {
                    tracing::warn!(%error, "the new settings are not announced in the local network");
                }
            }
        });
        Ok(Self { daemon, name, _following: AbortOnDropHandle::new(following) })
    }
}

fn info(address: SocketAddr, fingerprint: Option<&str>, setelan: &Setelan) -> mdns_sd::Result<ServiceInfo> {
    let host = format!("{}.", host_name(address.port()));
    let properties = [
        (NAMA, setelan.nama_sekolah.as_str()),
        (TLS, if fingerprint.is_some() { "1" } else { "0" }),
        (SIDIK, fingerprint.unwrap_or_default()),
    ];
    let instance = format!("bukutamu-{}", address.port());
    let (ip, port) = (address.ip(), address.port());
    if ip.is_unspecified() {
        let info = ServiceInfo::new(SERVICE_TYPE, &instance, &host, "", port, &properties[..])?;
        return Ok(info.enable_addr_auto());
    }
    ServiceInfo::new(SERVICE_TYPE, &instance, &host, ip, port, &properties[..])
}

impl Drop for Announcement {
    fn drop(&mut self) {
        let _ = self.daemon.unregister(&self.name);
        let _ = self.daemon.shutdown();
    }
}
