//! A page's own requests, sent in the session's name. The page writes path and body and sees what the server answers; it
//! never sees the token, and cannot reach the endpoints that hand tokens out.

use reqwest::{Method, header::HeaderValue};
use url::Url;

use crate::{Client, Error, Result, http::Call};

/// Told to anybody, signed in or not.
const OPEN: [&str; 3] = ["/api/sekolah", "/readyz", "/healthz"];

/// What the server answered, whether it agreed or refused.
#[derive(Debug, PartialEq, Eq)]
pub struct Forwarded {
    /// The HTTP status.
    pub status: u16,
    /// The body's media type; empty where there is no body.
    pub content_type: String,
    /// The body as it came.
    pub body: Vec<u8>,
}

impl Client {
    /// Sends a page's request once. `path` is path and query, below `/api/` or one that tells how the server is; a body is JSON.
    ///
    /// # Errors
    /// [`Error::Address`] for a path or method that is not a page's to ask for, [`Error::Unauthorised`] where nobody is signed
    /// in, and whatever keeps an answer from coming. A refusal is an answer.
    pub async fn forward(&self, method: &str, path: &str, body: Option<Vec<u8>>) -> Result<Forwarded> {
        let method = read_method(method)?;
        let url = read_path(self.address().url(), path)?;
        let is_open = OPEN.contains(&url.path());
        let call = Call::verbatim(method, url, body);
        let answer = match self.send_as_session(&call).await {
            Err(Error::Unauthorised) if is_open => self.inner.http.send(&call, None).await,
            answer => answer,
        };
        match answer {
            Ok(answer) => {
                Ok(Forwarded { status: answer.status, content_type: answer.content_type, body: answer.body })
            }
            Err(Error::Problem(problem)) => Ok(Forwarded {
                status: problem.status,
                content_type: "application/problem+json".to_owned(),
                body: serde_json::to_vec(&problem)
                    .map_err(|_| Error::Protocol("the refusal is no JSON".to_owned()))?,
            }),
            Err(error) => Err(error),
        }
    }
}

fn read_method(text: &str) -> Result<Method> {
    match text {
        "GET" => Ok(Method::GET),
        "POST" => Ok(Method::POST),
        "PUT" => Ok(Method::PUT),
        "DELETE" => Ok(Method::DELETE),
        _ => Err(Error::Address("a page sends GET, POST, PUT or DELETE")),
    }
}

fn read_path(base: &Url, text: &str) -> Result<Url> {
    let not_ours =
        Error::Address("a page asks below /api/, whether the server is well, and never for tokens");
    if !text.starts_with('/') || HeaderValue::from_str(text).is_err() {
        return Err(not_ours);
    }
    // Read as a URL first: what steps back with dots must not get past the check.
    let url = base.join(text).map_err(|_| not_ours.clone())?;
    let is_for_pages = OPEN.contains(&url.path()) || url.path().starts_with("/api/");
    if url.origin() != base.origin()
        || !is_for_pages
        || url.path().to_ascii_lowercase().starts_with("/api/auth")
    {
        return Err(not_ours);
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_stays_within_the_api_and_away_from_tokens() {
        let base = Url::parse("https://10.0.0.1:8443").unwrap();
        let url = read_path(&base, "/api/tamu/search?q=Siti%20%26").unwrap();
        assert_eq!(url.as_str(), "https://10.0.0.1:8443/api/tamu/search?q=Siti%20%26");
        assert!(read_path(&base, "/readyz").is_ok(), "a page may ask how the server is");
        for path in [
            "/metrics",
            "/readyz/../metrics",
            "//other.example/api/x",
            "https://other.example/api/x",
            "/api/auth/refresh",
            "/api/x/../auth/login",
            "/api/x/%2e%2e/auth/login",
            "/api/../metrics",
            "/API/x",
            "/api/\nx",
            "",
        ] {
            assert!(read_path(&base, path).is_err(), "{path} gets through");
        }
    }

    #[test]
    fn other_methods_are_refused() {
        assert!(read_method("DELETE").is_ok());
        assert!(read_method("CONNECT").is_err());
    }
}
