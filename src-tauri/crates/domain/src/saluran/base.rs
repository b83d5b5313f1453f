//! Where a provider is.

use std::fmt;

use url::Url;

/// Characters of an address.
const BASE_MAX: usize = 300;

/// An address of HTTP or HTTPS that holds no credentials. A path in it stands before the provider's own paths.
#[derive(Clone, PartialEq, Eq)]
pub struct BaseUrl(Url);

impl BaseUrl {
    /// Reads an address. `None` if it has another scheme, no host, credentials, a query or a fragment.
    pub fn parse(text: &str) -> Option<Self> {
        let url = Url::parse(text.trim()).ok().filter(|_| text.len() <= BASE_MAX)?;
        let is_web = matches!(url.scheme(), "http" | "https") && url.has_host();
        let is_plain = url.username().is_empty() && url.password().is_none();
        let ends_in_path = url.query().is_none() && url.fragment().is_none();
        (is_web && is_plain && ends_in_path).then_some(Self(url))
    }

    /// The address of something below it. Each segment is escaped where it has to be.
    pub fn join<'a>(&self, segments: impl IntoIterator<Item = &'a str>) -> Url {
        let mut url = self.0.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        url
    }

    /// The host, with the port where it is not the usual one.
    pub fn host(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        self.0.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BaseUrl({})", self.as_str())
    }
}
