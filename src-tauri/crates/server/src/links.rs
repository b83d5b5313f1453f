//! The address that links for guests start with: one that a phone can open, or none.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};

use domain::Setelan;
use url::{Host, Url};

use crate::tls;

/// The addresses at which guests' phones reach this server.
#[derive(Debug)]
pub(crate) struct Links {
    public: Option<String>,
    scheme: &'static str,
    listen: SocketAddr,
}

impl Links {
    /// The links of a server that listens at `listen`. A public address counts only if phones can open it.
    pub(crate) fn new(public_url: Option<&Url>, scheme: &'static str, listen: SocketAddr) -> Self {
        let openable = public_url.filter(|url| is_openable(url));
        if let (Some(_), None) = (public_url, openable) {
            tracing::warn!("the public address means this computer itself; guests are given no links to it");
        }
        let public = openable.map(|url| url.as_str().trim_end_matches('/').to_owned());
        Self { public, scheme, listen }
    }

    /// The public address, which is good everywhere: that of the command line, or else that of the settings.
    pub(crate) fn public<'a>(&'a self, setelan: &'a Setelan) -> Option<&'a str> {
        let set = Some(&*setelan.alamat_publik).filter(|address| !address.is_empty());
        self.public.as_deref().or(set)
    }

    /// Whether the command line gives the public address, so that the setting counts for nothing.
    pub(crate) fn is_fixed(&self) -> bool {
        self.public.is_some()
    }

    /// For guests who are here: the public address or, if there is none, the current one in the school's own network.
    pub(crate) fn base(&self, setelan: &Setelan) -> Option<String> {
        self.public(setelan).map(str::to_owned).or_else(|| {
            let ip = local_ip(self.listen.ip(), &tls::addresses(), outbound())?;
            Some(format!("{}://{}", self.scheme, SocketAddr::new(ip, self.listen.port())))
        })
    }
}

/// The address as it stands before a path, if it is one of the web that phones can open and has no path of its own.
pub(crate) fn public_address(text: &str) -> Option<String> {
    let url =
        Url::parse(text).ok().filter(|url| matches!(url.scheme(), "https" | "http") && url.has_host())?;
    let is_plain = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    let is_nobodys = url.username().is_empty() && url.password().is_none();
    (is_plain && is_nobodys && is_openable(&url)).then(|| url.as_str().trim_end_matches('/').to_owned())
}

/// Whether an address means the same on a phone as here.
fn is_openable(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name != "localhost" && !name.ends_with(".localhost"),
        Some(Host::Ipv4(ip)) => is_reachable(ip.into()),
        Some(Host::Ipv6(ip)) => is_reachable(ip.into()),
        None => false,
    }
}

fn is_reachable(ip: IpAddr) -> bool {
    let is_on_one_cable = match ip {
        IpAddr::V4(ip) => ip.is_link_local(),
        IpAddr::V6(ip) => ip.is_unicast_link_local(),
    };
    !ip.is_loopback() && !ip.is_unspecified() && !is_on_one_cable
}

/// This computer's address in the school's network: the one listened at or, if that is every address, the likeliest.
fn local_ip(listen: IpAddr, own: &[IpAddr], outbound: Option<IpAddr>) -> Option<IpAddr> {
    if !listen.is_unspecified() {
        return is_reachable(listen).then_some(listen);
    }
    let fits = |ip: &&IpAddr| is_reachable(**ip) && (ip.is_ipv4() || listen.is_ipv6());
    let candidates: Vec<_> = own.iter().filter(fits).copied().collect();
    outbound.filter(|ip| candidates.contains(ip)).or_else(|| candidates.into_iter().min_by_key(likeliness))
}

/// Smaller is likelier. Networks inside the computer mostly have addresses from 172.16 on.
fn likeliness(ip: &IpAddr) -> u8 {
    match ip {
        IpAddr::V4(ip) => match ip.octets() {
            [192, 168, ..] => 0,
            [10, ..] => 1,
            _ if !ip.is_private() => 2,
            _ => 3,
        },
        IpAddr::V6(_) => 4,
    }
}

/// The address that this computer would send from to the world outside. Nothing is sent to find out.
fn outbound() -> Option<IpAddr> {
    // An address for documentation, which is nobody's (RFC 5737).
    let anybody = SocketAddr::from(([192, 0, 2, 1], 9));
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect(anybody).ok()?;
    socket.local_addr().ok().map(|address| address.ip())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[track_caller]
    fn chosen(listen: &str, own: &[&str], outbound: Option<&str>) -> Option<String> {
        let own: Vec<_> = own.iter().map(|text| ip(text)).collect();
        local_ip(ip(listen), &own, outbound.map(ip)).map(|ip| ip.to_string())
    }

    #[test]
    fn what_means_this_computer_is_no_address_for_a_phone() {
        let setelan = Setelan::default();
        for (url, openable) in [
            ("https://tamu.sekolah.example", true),
            ("http://192.168.1.5:8443", true),
            ("http://[2001:db8::7]/", true),
            ("http://localhost:8443", false),
            ("https://meja.localhost", false),
            ("http://127.0.0.1:8700", false),
            ("http://127.9.9.9", false),
            ("http://0.0.0.0:8443", false),
            ("http://169.254.3.4", false),
            ("http://[::1]:8443", false),
            ("http://[::]", false),
            ("http://[fe80::1]", false),
        ] {
            let url = Url::parse(url).unwrap();
            assert_eq!(is_openable(&url), openable, "{url}");
            let links = Links::new(Some(&url), "http", "127.0.0.1:80".parse().unwrap());
            assert_eq!(links.base(&setelan).is_some(), openable, "{url}");
            assert_eq!(links.public(&setelan).is_some(), openable, "{url}");
        }
    }

    #[test]
    fn the_setting_counts_where_the_command_line_gives_none() {
        let setelan =
            Setelan { alamat_publik: "https://tamu.sekolah.example".to_owned(), ..Setelan::default() };
        let listen = "127.0.0.1:80".parse().unwrap();
        let none = Links::new(None, "http", listen);
        assert_eq!((none.public(&setelan), none.is_fixed()), (Some("https://tamu.sekolah.example"), false));
        assert_eq!(none.base(&setelan).as_deref(), Some("https://tamu.sekolah.example"));
        assert_eq!(none.public(&Setelan::default()), None);
        let url = Url::parse("https://lain.example/").unwrap();
        let given = Links::new(Some(&url), "http", listen);
        assert_eq!((given.public(&setelan), given.is_fixed()), (Some("https://lain.example"), true));
    }

    #[test]
    fn a_public_address_has_no_path_and_opens_on_a_phone() {
        for (text, address) in [
            ("https://Tamu.Sekolah.Example/", Some("https://tamu.sekolah.example")),
            ("http://192.168.1.5:8443", Some("http://192.168.1.5:8443")),
            ("https://tamu.sekolah.example/tamu", None),
            ("https://tamu.sekolah.example?a=b", None),
            ("https://tamu.sekolah.example#a", None),
            ("https://a:b@tamu.sekolah.example", None),
            ("ftp://tamu.sekolah.example", None),
            ("tamu.sekolah.example", None),
            ("https://localhost:8443", None),
            ("https://127.0.0.1", None),
            ("", None),
        ] {
            assert_eq!(public_address(text).as_deref(), address, "{text}");
        }
    }

    #[test]
    fn a_server_for_this_computer_alone_has_none() {
        let own = ["192.168.1.5"];
        for listen in ["127.0.0.1", "::1", "169.254.3.4", "fe80::1"] {
            assert_eq!(chosen(listen, &own, Some("192.168.1.5")), None, "{listen}");
        }
        assert_eq!(chosen("192.168.7.7", &own, None).as_deref(), Some("192.168.7.7"));
    }

    #[test]
    fn of_several_networks_the_likeliest_is_the_schools() {
        let own = ["172.17.0.1", "10.8.0.2", "192.168.1.5", "fd00::5"];
        assert_eq!(chosen("0.0.0.0", &own, Some("10.8.0.2")).as_deref(), Some("10.8.0.2"));
        assert_eq!(chosen("0.0.0.0", &own, None).as_deref(), Some("192.168.1.5"));
        assert_eq!(chosen("0.0.0.0", &own, Some("203.0.113.9")).as_deref(), Some("192.168.1.5"));
        assert_eq!(chosen("0.0.0.0", &own[..1], None).as_deref(), Some("172.17.0.1"));
        assert_eq!(chosen("0.0.0.0", &own[3..], None), None, "it listens on IPv4 only");
        assert_eq!(chosen("::", &own[3..], None).as_deref(), Some("fd00::5"));
        assert_eq!(chosen("0.0.0.0", &[], None), None);
        assert_eq!(chosen("0.0.0.0", &["127.0.0.1", "0.0.0.0"], None), None);
    }
}
