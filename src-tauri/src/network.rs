//! This PC's addresses, for people who pair another PC with it.

use std::net::IpAddr;

/// This PC's addresses in the school's network, IPv4 first. Addresses that only this PC can reach are left out.
pub(crate) fn addresses() -> Vec<IpAddr> {
    let interfaces = if_addrs::get_if_addrs().unwrap_or_else(|error| {
        tracing::warn!(%error, "the network's interfaces cannot be listed");
        Vec::new()
    });
    let mut ips: Vec<_> = interfaces
        .iter()
        .filter(|interface| !interface.is_loopback() && !interface.is_link_local())
        .map(if_addrs::Interface::ip)
        .filter(IpAddr::is_ipv4)
        .collect();
    ips.sort_unstable();
    ips.dedup();
    ips
}
