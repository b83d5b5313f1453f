//! Finds servers in the local network by mDNS; the server announces itself.
//!
//! Nothing found here is trusted, because anybody in the network can announce anything. The fingerprint in an
//! announcement saves typing it. It becomes a pin once a person has compared it with the server's own screen.

use std::net::{IpAddr, Ipv4Addr};

use domain::announcement::{NAMA, SERVICE_TYPE, SIDIK, TLS};
use mdns_sd::{Receiver, ResolvedService, ServiceDaemon, ServiceEvent};
use url::Url;

use crate::{Error, Fingerprint, Result, ServerAddress};

/// What was seen in the network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sighting {
    /// A server is there, or announces something new.
    Found(Found),
    /// The server of this `name` has said good-bye, or its announcement's lifetime has passed.
    Lost(String),
}

/// A server that announced itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Tells it apart from others.
    pub name: String,
    /// The school's name, for people.
    pub nama: String,
    /// Where to reach it, with the announced fingerprint; the likeliest first, never empty.
    pub addresses: Vec<ServerAddress>,
}

/// A running search. It ends when it is dropped.
pub struct Discovery {
    daemon: ServiceDaemon,
    events: Receiver<ServiceEvent>,
}

impl Discovery {
    /// Begins a search.
    ///
    /// # Errors
    /// [`Error::Protocol`] if the network does not allow it: there is no multicast, or port 5353 is not shared.
    pub fn start() -> Result<Self> {
        let failed = |error: mdns_sd::Error| Error::Protocol(format!("mDNS: {error}"));
        let daemon = ServiceDaemon::new().map_err(failed)?;
        let events = daemon.browse(SERVICE_TYPE).map_err(failed)?;
        Ok(Self { daemon, events })
    }

    /// The next sighting; `None` if the search has ended by itself. Nothing is lost when the future is dropped.
    pub async fn next(&mut self) -> Option<Sighting> {
        loop {
            match self.events.recv_async().await.ok()? {
                ServiceEvent::ServiceResolved(service) => match read(&service) {
                    Some(found) => return Some(Sighting::Found(found)),
                    None => tracing::debug!("an announcement that does not read as expected is passed over"),
                },
                ServiceEvent::ServiceRemoved(_, name) => return Some(Sighting::Lost(name)),
                _ => {}
            }
        }
    }
}

impl Drop for Discovery {
    fn drop(&mut self) {
        // The search runs on a thread of its own, which this ends. If the thread is gone already, there is nothing to
        // end.
        let _ = self.daemon.shutdown();
    }
}

fn read(service: &ResolvedService) -> Option<Found> {
    let text = |key| service.get_property_val_str(key).unwrap_or_default();
    let is_plain = text(TLS) == "0";
    let fingerprint: Option<Fingerprint> = match text(SIDIK) {
        "" => None,
        sidik => Some(sidik.parse().ok()?),
    };
    let mut ips: Vec<IpAddr> = service.get_addresses().iter().map(mdns_sd::ScopedIp::to_ip_addr).collect();
    ips.sort_by_key(|ip| (preference(ip), *ip));
    let addresses: Vec<_> =
        ips.into_iter().filter_map(|ip| address(ip, service.get_port(), is_plain, fingerprint)).collect();
    let nama = text(NAMA).chars().filter(|c| !c.is_control()).take(100).collect();
    (!addresses.is_empty()).then(|| Found { name: service.get_fullname().to_owned(), nama, addresses })
}

fn address(ip: IpAddr, port: u16, is_plain: bool, fingerprint: Option<Fingerprint>) -> Option<ServerAddress> {
    let host = match ip {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => format!("[{ip}]"),
    };
    let scheme = if is_plain { "http" } else { "https" };
    let url = Url::parse(&format!("{scheme}://{host}:{port}")).ok()?;
    // Plain http over the network is refused here, too.
    ServerAddress::new(&url, fingerprint).ok()
}

/// The smallest is tried first. An IPv6 link-local address works only with the name of an interface, which a URL cannot
/// hold.
fn preference(ip: &IpAddr) -> u8 {
    match ip {
        IpAddr::V4(ip) if ip.is_loopback() => 2,
        IpAddr::V4(ip) if ip.is_link_local() || *ip == Ipv4Addr::UNSPECIFIED => 3,
        IpAddr::V4(_) => 0,
        IpAddr::V6(ip) if ip.is_unicast_link_local() => 4,
        IpAddr::V6(_) => 1,
    }
}

#[cfg(test)]
mod tests;
