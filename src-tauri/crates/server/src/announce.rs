//! Makes the server known in the local network by mDNS, so that a teacher's PC finds it without an address being typed.
//!
//! The fingerprint stands in the announcement for convenience only: whoever pairs compares it with the server's screen.

use std::net::SocketAddr;

use domain::Setelan;
use mdns_sd::{ServiceDaemon, ServiceInfo};

/// The service's type, as `client` looks for it.
const SERVICE_TYPE: &str = "_bukutamu._tcp.local.";

/// What a server at that port is called in the local network.
pub(crate) fn host_name(port: u16) -> String {
    format!("bukutamu-{port}.local")
}

/// The announcement, until it is dropped.
pub(crate) struct Announcement {
    daemon: ServiceDaemon,
    name: String,
}

impl Announcement {
    /// Announces; a computer without a network that can do it goes on without.
    pub(crate) fn start(address: SocketAddr, fingerprint: Option<&str>, setelan: &Setelan) -> Option<Self> {
        Self::try_start(address, fingerprint, setelan)
            .inspect_err(|error| tracing::warn!(%error, "not announced in the local network"))
            .ok()
    }

    fn try_start(address: SocketAddr, fingerprint: Option<&str>, setelan: &Setelan) -> mdns_sd::Result<Self> {
        let daemon = ServiceDaemon::new()?;
        let host = format!("{}.", host_name(address.port()));
        let properties = [
            ("nama", setelan.nama_sekolah.as_str()),
            ("tls", if fingerprint.is_some() { "1" } else { "0" }),
            ("sidik", fingerprint.unwrap_or_default()),
        ];
        let instance = format!("bukutamu-{}", address.port());
        let info = match address.ip().is_unspecified() {
            true => ServiceInfo::new(SERVICE_TYPE, &instance, &host, "", address.port(), &properties[..])?
                .enable_addr_auto(),
            false => ServiceInfo::new(
                SERVICE_TYPE,
                &instance,
                &host,
                address.ip(),
                address.port(),
                &properties[..],
            )?,
        };
        let name = info.get_fullname().to_owned();
        daemon.register(info)?;
        Ok(Self { daemon, name })
    }
}

impl Drop for Announcement {
    fn drop(&mut self) {
        let _ = self.daemon.unregister(&self.name);
        let _ = self.daemon.shutdown();
    }
}
