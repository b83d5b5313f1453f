//! The names and addresses under which a browser may know this computer.
//!
//! The certificate keeps the names of the day when it was made. Clients that have paired do not look at names. A
//! browser at an address that was given out later warns once, as it does of every certificate that no authority vouches
//! for.

use std::{
    io,
    net::{IpAddr, SocketAddr},
};

use url::Url;

/// Names in a certificate at most. A computer with many networks, virtual ones too, has no more.
const AT_MOST: usize = 40;

/// Each name once: this computer for itself, its name, its addresses, what it is announced as, and the public address's
/// name.
pub(super) fn names(listen: SocketAddr, public_url: Option<&Url>) -> Vec<String> {
    let mut names: Vec<String> = ["localhost", "127.0.0.1", "::1"].map(str::to_owned).into();
    names.extend(public_url.and_then(Url::host_str).map(|host| host.trim_matches(['[', ']']).to_owned()));
    if let Ok(host) = host_name()
        && is_host_name(&host)
    {
        names.push(format!("{host}.local"));
        names.push(host);
    }
    names.push(crate::announce::host_name(listen.port()));
    let bound = Some(listen.ip()).filter(|ip| !ip.is_unspecified());
    names.extend(bound.into_iter().chain(addresses()).map(|ip| ip.to_string()));
    let mut seen = std::collections::HashSet::new();
    names.retain(|name| seen.insert(name.to_lowercase()));
    names.truncate(AT_MOST);
    names
}

/// This computer's addresses in its networks, IPv4 first. Link-local ones, which hold on one cable only, are left out.
pub(crate) fn addresses() -> Vec<IpAddr> {
    let interfaces = if_addrs::get_if_addrs().unwrap_or_else(|error| {
        tracing::warn!(%error, "the network's interfaces cannot be listed");
        Vec::new()
    });
    let is_reached = |interface: &if_addrs::Interface| !interface.is_loopback() && !interface.is_link_local();
    let mut ips: Vec<_> =
        interfaces.iter().filter(|interface| is_reached(interface)).map(if_addrs::Interface::ip).collect();
    ips.sort_unstable();
    ips.dedup();
    ips
}

fn is_host_name(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'))
        && text.parse::<IpAddr>().is_err()
}

fn host_name() -> io::Result<String> {
    if let Ok(name) = std::env::var("COMPUTERNAME") {
        return Ok(name);
    }
    std::fs::read_to_string("/etc/hostname").map(|name| name.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_stands_there_once() {
        let public = Url::parse("https://Tamu.Sekolah.example/").unwrap();
        let names = names("192.0.2.7:8443".parse().unwrap(), Some(&public));
        for name in
            ["localhost", "127.0.0.1", "::1", "tamu.sekolah.example", "bukutamu-8443.local", "192.0.2.7"]
        {
            assert_eq!(names.iter().filter(|other| *other == name).count(), 1, "{name}: {names:?}");
        }
        for ip in addresses() {
            assert!(names.contains(&ip.to_string()), "{ip}: {names:?}");
        }
    }

    #[test]
    fn an_address_of_the_public_url_is_one_without_brackets() {
        let public = Url::parse("https://[2001:db8::7]:8443/").unwrap();
        let names = names("0.0.0.0:8443".parse().unwrap(), Some(&public));
        assert!(names.contains(&"2001:db8::7".to_owned()), "{names:?}");
        assert!(!names.contains(&"0.0.0.0".to_owned()), "{names:?}");
    }
}
