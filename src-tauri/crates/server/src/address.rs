//! Where a request comes from: the client's address behind trusted proxies, and the network that counts as one
//! computer.

use std::{net::IpAddr, str::FromStr};

use axum::http::{HeaderMap, HeaderName, header};
use ipnet::IpNet;
use thiserror::Error;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");

/// What proxies add to a request.
const OF_PROXIES: [HeaderName; 5] =
    [FORWARDED_FOR, FORWARDED_HOST, header::FORWARDED, header::VIA, HeaderName::from_static("x-real-ip")];

/// The proxies that are believed. Nobody else is: anybody can write `X-Forwarded-For`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<IpNet>);

/// A text that names no address.
#[derive(Debug, Error)]
#[error("{0:?} is neither an address nor a network such as 10.0.0.0/8")]
pub struct NoAddress(String);

impl FromStr for TrustedProxies {
    type Err = NoAddress;

    /// One address, or one network.
    fn from_str(text: &str) -> Result<Self, NoAddress> {
        let text = text.trim();
        let address = || text.parse::<IpAddr>().ok().map(|ip| IpNet::from(ip.to_canonical()));
        let net = text.parse().ok().or_else(address).ok_or_else(|| NoAddress(text.to_owned()))?;
        Ok(Self(vec![net]))
    }
}

impl FromIterator<TrustedProxies> for TrustedProxies {
    fn from_iter<T: IntoIterator<Item = TrustedProxies>>(all: T) -> Self {
        Self(all.into_iter().flat_map(|proxies| proxies.0).collect())
    }
}

impl TrustedProxies {
    /// Whether this is one of them.
    pub(crate) fn contains(&self, ip: IpAddr) -> bool {
        let ip = ip.to_canonical();
        self.0.iter().any(|net| net.contains(&ip))
    }

    /// The client's address: the last one in the chain of proxies that is no proxy of ours.
    ///
    /// The client wrote what stands before it. That is not read.
    pub(crate) fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = peer.to_canonical();
        let mut hops = hops(headers);
        while self.contains(client) {
            let Some(Some(before)) = hops.next() else { break };
            client = before;
        }
        client
    }

    /// The name under which a proxy of ours was asked, if it passed that on.
    pub(crate) fn asked_host<'a>(&self, peer: IpAddr, headers: &'a HeaderMap) -> Option<&'a str> {
        let host = headers.get_all(FORWARDED_HOST).iter().next_back().filter(|_| self.contains(peer));
        host?.to_str().ok()?.rsplit(',').next().map(str::trim)
    }
}

/// Whether the request says that a proxy passed it on.
pub(crate) fn is_forwarded(headers: &HeaderMap) -> bool {
    OF_PROXIES.iter().any(|name| headers.contains_key(name))
}

/// The addresses of `X-Forwarded-For`, the last first; `None` for an entry that is no address.
fn hops(headers: &HeaderMap) -> impl Iterator<Item = Option<IpAddr>> {
    let values = headers.get_all(FORWARDED_FOR).iter().rev();
    values.flat_map(|value| value.to_str().unwrap_or_default().rsplit(',')).map(|hop| address(hop.trim()))
}

/// An address with or without its port; some proxies add it.
fn address(text: &str) -> Option<IpAddr> {
    let in_brackets = || text.strip_prefix('[')?.split_once(']').map(|(ip, _)| ip);
    let before_port = || text.split_once(':').map(|(ip, _)| ip);
    let ip: IpAddr = text.parse().ok().or_else(|| in_brackets().or_else(before_port)?.parse().ok())?;
    Some(ip.to_canonical())
}

/// What counts as one computer: an IPv4 address, or the /64 of an IPv6 address, in which a computer can choose freely.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Network(IpAddr);

impl Network {
    pub(crate) fn of(ip: IpAddr) -> Self {
        match ip.to_canonical() {
            IpAddr::V4(ip) => Self(ip.into()),
            IpAddr::V6(ip) => {
                let [a, b, c, d, ..] = ip.segments();
                Self(IpAddr::from([a, b, c, d, 0, 0, 0, 0]))
            }
        }
    }

    /// Whether it is this computer.
    pub(crate) fn is_loopback(self) -> bool {
        // `::1` without its last half, as networks keep it.
        self.0.is_loopback() || self.0 == IpAddr::from([0_u16; 8])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(forwarded_for: &[&str]) -> HeaderMap {
        forwarded_for.iter().map(|value| (FORWARDED_FOR, value.parse().unwrap())).collect()
    }

    fn proxies(names: &[&str]) -> TrustedProxies {
        names.iter().map(|name| name.parse::<TrustedProxies>().unwrap()).collect()
    }

    #[track_caller]
    fn client(proxies: &TrustedProxies, peer: &str, forwarded_for: &[&str]) -> String {
        proxies.client(peer.parse().unwrap(), &headers(forwarded_for)).to_string()
    }

    #[test]
    fn nobodys_word_counts_who_was_not_named() {
        let nobody = TrustedProxies::default();
        assert_eq!(client(&nobody, "10.0.0.2", &["203.0.113.7"]), "10.0.0.2");
        let other = proxies(&["10.0.0.3", "192.168.0.0/16"]);
        assert_eq!(client(&other, "10.0.0.2", &["203.0.113.7"]), "10.0.0.2");
        assert_eq!(other.asked_host("10.0.0.2".parse().unwrap(), &headers(&[])), None);
    }

    #[test]
    fn the_last_address_that_is_no_proxy_of_ours_asked() {
        let ours = proxies(&["10.0.0.0/8", "::1"]);
        assert_eq!(client(&ours, "10.0.0.2", &["203.0.113.7"]), "203.0.113.7");
        assert_eq!(client(&ours, "::ffff:10.0.0.2", &["203.0.113.7"]), "203.0.113.7");
        // What the client wrote itself is not believed.
        assert_eq!(client(&ours, "10.0.0.2", &["1.2.3.4, 203.0.113.7"]), "203.0.113.7");
        assert_eq!(client(&ours, "10.0.0.2", &["1.2.3.4", "203.0.113.7, 10.9.9.9"]), "203.0.113.7");
        assert_eq!(client(&ours, "10.0.0.2", &["10.1.1.1, 10.9.9.9"]), "10.1.1.1");
        for port in ["203.0.113.7:5512", "203.0.113.7"] {
            assert_eq!(client(&ours, "::1", &[port]), "203.0.113.7");
        }
        for v6 in ["2001:db8::5", "[2001:db8::5]", "[2001:db8::5]:5512"] {
            assert_eq!(client(&ours, "::1", &[v6]), "2001:db8::5");
        }
    }

    #[test]
    fn what_is_no_address_ends_the_way_back() {
        let ours = proxies(&["10.0.0.0/8"]);
        for nothing in [&[][..], &[""], &["unknown"], &["203.0.113.7, _hidden"], &["203.0.113.7, "]] {
            assert_eq!(client(&ours, "10.0.0.2", nothing), "10.0.0.2", "{nothing:?}");
        }
    }

    #[test]
    fn proxies_are_addresses_and_networks() {
        for name in ["10.0.0.0/8", " 10.0.0.2 ", "::1", "2001:db8::/32"] {
            assert!(name.parse::<TrustedProxies>().is_ok(), "{name}");
        }
        for name in ["", "proxy.sekolah.example", "10.0.0.0/33", "10.0.0"] {
            assert!(name.parse::<TrustedProxies>().is_err(), "{name}");
        }
    }

    #[test]
    fn one_computer_is_one_network() {
        let network = |ip: &str| Network::of(ip.parse().unwrap());
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), network("2001:db8:1:2:ffff::"));
        assert_ne!(network("2001:db8:1:2::"), network("2001:db8:1:3::"));
        assert_eq!(network("::ffff:10.0.0.2"), network("10.0.0.2"));
        assert_ne!(network("10.0.0.3"), network("10.0.0.2"));
        assert!(network("127.0.0.9").is_loopback() && network("::1").is_loopback());
        assert!(!network("10.0.0.2").is_loopback() && !network("2001:db8::1").is_loopback());
    }
}
