//! Where a server is, and how it is recognised.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use url::{Host, Url};

use crate::{Error, Fingerprint, Result};

/// A server's address, written `https://HOST:PORT` or, paired, `https://HOST:PORT#AA:BB:…` with the fingerprint.
///
/// With a fingerprint, exactly that certificate is trusted, whatever the host is called. Without one, the system's
/// authorities decide, as for a public deployment behind a load balancer. `http` is for loopback only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ServerAddress {
    url: Url,
    fingerprint: Option<Fingerprint>,
}

impl ServerAddress {
    /// An address and the paired certificate's fingerprint, if there is one. Path and query of the URL are dropped.
    ///
    /// # Errors
    /// [`Error::Address`] if there is no host, if the scheme is neither `https` nor `http`, if there is a user name, if
    /// `http` leads beyond loopback, or if `http` has a fingerprint.
    pub fn new(url: &Url, fingerprint: Option<Fingerprint>) -> Result<Self> {
        if !matches!(url.scheme(), "https" | "http") {
            return Err(Error::Address("it starts with https:// or http://"));
        }
        if url.host().is_none() {
            return Err(Error::Address("the host is missing"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Error::Address("it may not hold a user name"));
        }
        if url.scheme() == "http" && fingerprint.is_some() {
            return Err(Error::Address("http has no certificate to compare with the fingerprint"));
        }
        let mut url = url.clone();
        url.set_path("");
        url.set_query(None);
        url.set_fragment(None);
        let address = Self { url, fingerprint };
        if address.is_plain() && !address.is_loopback() {
            return Err(Error::Address("http is for this PC only; use https"));
        }
        Ok(address)
    }

    /// Scheme, host and port.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// The paired certificate's fingerprint.
    pub fn fingerprint(&self) -> Option<Fingerprint> {
        self.fingerprint
    }

    /// The same server, paired with this certificate.
    ///
    /// # Errors
    /// [`Error::Address`] for an `http` address.
    pub fn with_fingerprint(&self, fingerprint: Fingerprint) -> Result<Self> {
        Self::new(&self.url, Some(fingerprint))
    }

    pub(crate) fn is_plain(&self) -> bool {
        self.url.scheme() == "http"
    }

    /// The host as TCP and TLS want it (an IPv6 address without brackets), and the port.
    pub(crate) fn host_and_port(&self) -> (String, u16) {
        let host = match self.url.host() {
            Some(Host::Ipv6(ip)) => ip.to_string(),
            Some(host) => host.to_string(),
            None => String::new(),
        };
        (host, self.url.port_or_known_default().unwrap_or(443))
    }

    fn is_loopback(&self) -> bool {
        match self.url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(ip)) => ip.is_loopback(),
            Some(Host::Ipv6(ip)) => ip.is_loopback(),
            None => false,
        }
    }
}

impl fmt::Display for ServerAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.url.as_str().trim_end_matches('/'))?;
        self.fingerprint.map_or(Ok(()), |fingerprint| write!(f, "#{fingerprint}"))
    }
}

impl fmt::Debug for ServerAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ServerAddress({self})")
    }
}

impl FromStr for ServerAddress {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let url = Url::parse(text.trim()).map_err(|_| Error::Address("it is no URL"))?;
        let fingerprint = url.fragment().map(str::parse).transpose();
        Self::new(&url, fingerprint.map_err(|_| Error::Address("what follows # is no fingerprint"))?)
    }
}

impl TryFrom<String> for ServerAddress {
    type Error = Error;

    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl From<ServerAddress> for String {
    fn from(address: ServerAddress) -> Self {
        address.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_as_written() {
        let pinned = format!("https://192.168.1.10:8443#{}", ["AB"; 32].join(":"));
        for text in
            ["https://bukutamu.sekolah.example", "http://127.0.0.1:8080", "https://[::1]:8443", &pinned]
        {
            assert_eq!(text.parse::<ServerAddress>().unwrap().to_string(), text);
        }
        let address: ServerAddress = " https://sekolah.example/k/ABC?x=1 ".parse().unwrap();
        assert_eq!(address.to_string(), "https://sekolah.example", "path and query are dropped");
    }

    #[test]
    fn plain_http_is_for_this_pc_unless_asked_for() {
        for text in ["http://localhost:1", "http://127.0.0.9", "http://[::1]:80"] {
            assert!(text.parse::<ServerAddress>().is_ok(), "{text}");
        }
        for text in
            ["http://192.168.1.10", "http://localhost.example", "ftp://localhost", "https://u:p@h", "x"]
        {
            assert!(matches!(text.parse::<ServerAddress>(), Err(Error::Address(_))), "{text}");
        }
        let pinned_http = format!("http://localhost#{}", "AB".repeat(32));
        assert!(pinned_http.parse::<ServerAddress>().is_err(), "a pin without TLS would promise too much");
    }
}
