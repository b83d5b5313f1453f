//! Whether a page may open the event stream: only one that came from here.

use axum::http::{HeaderMap, header, uri::Authority};
use url::Url;

/// Whether the origin that a browser names is this server. It may be its public address, the host that the request
/// names, or the host that a proxy of ours was asked by. A client that is no browser names no origin, and may connect.
pub(super) fn is_own(headers: &HeaderMap, public_url: Option<&Url>, forwarded_host: Option<&str>) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let Some(origin) = origin.to_str().ok().and_then(|text| Url::parse(text).ok()) else { return false };
    if public_url.is_some_and(|url| url.origin() == origin.origin()) {
        return true;
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    [host, forwarded_host].into_iter().flatten().any(|host| is_at(&origin, host))
}

/// Whether a host, as a request names it, matches the origin.
///
/// A browser leaves out the scheme's own port, and many proxies leave out any port. So a name without a port stands for
/// every port of that name. A page of another program there has no token of ours to send.
fn is_at(origin: &Url, host: &str) -> bool {
    let Ok(authority) = host.parse::<Authority>() else { return false };
    if !origin.host_str().is_some_and(|name| name.eq_ignore_ascii_case(authority.host())) {
        return false;
    }
    match authority.as_str().strip_prefix(authority.host()) {
        Some("") => true,
        Some(port) => port[1..].parse().ok() == origin.port_or_known_default(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(origin: Option<&str>, host: &str, public: Option<&str>) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().unwrap());
        }
        is_own(&headers, public.map(|url| Url::parse(url).unwrap()).as_ref(), None)
    }

    #[test]
    fn pages_of_this_server_may_connect() {
        assert!(allowed(None, "sekolah.example", None));
        assert!(allowed(Some("https://sekolah.example"), "sekolah.example", None));
        assert!(allowed(Some("https://127.0.0.1:8443"), "127.0.0.1:8443", None));
        assert!(allowed(Some("https://[::1]:8443"), "[::1]:8443", None));
        assert!(allowed(Some("https://tamu.example"), "10.0.0.2:80", Some("https://tamu.example/")));
    }

    #[test]
    fn pages_of_others_may_not() {
        for origin in ["https://lain.example", "null", "https://sekolah.example.lain.example", "file://"] {
            assert!(!allowed(Some(origin), "sekolah.example", None), "{origin}");
        }
        assert!(!allowed(Some("https://sekolah.example:444"), "sekolah.example:443", None));
        assert!(!allowed(Some("https://sekolah.example:444"), "sekolah.example:8443", None));
        for host in ["x@sekolah.example", "sekolah.example:99999", "", "/", "sekolah.example:"] {
            assert!(!allowed(Some("https://sekolah.example:444"), host, None), "{host}");
        }
    }

    #[test]
    fn a_proxy_may_leave_out_the_port_or_write_down_the_usual_one() {
        for origin in
            ["https://sekolah.example:8443", "http://sekolah.example:8080", "https://Sekolah.Example:1"]
        {
            assert!(allowed(Some(origin), "sekolah.example", None), "{origin}");
        }
        assert!(allowed(Some("https://10.0.0.2:8443"), "10.0.0.2", None));
        assert!(allowed(Some("https://[fd00::2]:8443"), "[fd00::2]", None));
        assert!(allowed(Some("https://sekolah.example"), "sekolah.example:443", None));
        assert!(allowed(Some("http://sekolah.example"), "sekolah.example:80", None));
    }

    #[test]
    fn the_name_that_a_proxy_of_ours_was_asked_by_counts_too() {
        let headers = [(header::HOST, "127.0.0.1:8700"), (header::ORIGIN, "https://tamu.example:8443")];
        let headers = headers.map(|(name, value)| (name, value.parse().unwrap())).into_iter().collect();
        assert!(!is_own(&headers, None, None));
        assert!(is_own(&headers, None, Some("tamu.example")));
        assert!(!is_own(&headers, None, Some("lain.example")));
    }
}
