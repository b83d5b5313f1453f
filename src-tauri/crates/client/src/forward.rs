//! Sends a page's own requests in the session's name. The page writes path and body and sees the server's answer. It
//! never sees the token and cannot reach the endpoints that hand out tokens.

use chrono::{DateTime, TimeDelta, Utc};
use domain::ErrorCode;
use reqwest::{Method, header::HeaderValue};
use serde::Serialize;
use url::Url;

use crate::{
    Client, Error, Result,
    http::{Answer, Call},
};

/// Answered to anybody, signed in or not.
const OPEN: [&str; 3] = ["/api/sekolah", "/readyz", "/healthz"];

/// The server's answer, whether it agreed or refused.
#[derive(Debug, PartialEq, Eq)]
pub struct Forwarded {
    /// The HTTP status.
    pub status: u16,
    /// The body's media type; empty if there is no body.
    pub content_type: String,
    /// When to send again, as the server wrote it.
    pub retry_after: Option<String>,
    /// The body as it came.
    pub body: Vec<u8>,
}

/// The first line of [`Forwarded::into_bytes`].
#[derive(Serialize)]
struct Head<'a> {
    status: u16,
    content_type: &'a str,
    retry_after: Option<&'a str>,
    clock_offset_ms: Option<i64>,
}

impl Forwarded {
    /// The answer if nobody is signed in.
    pub fn unauthorised() -> Self {
        Self {
            status: 401,
            content_type: "application/problem+json".to_owned(),
            retry_after: None,
            body: format!(r#"{{"status":401,"title":"","detail":"","code":"{}"}}"#, ErrorCode::BelumMasuk)
                .into_bytes(),
        }
    }

    /// The answer as a page reads it: a line of JSON about it, a line feed, and the body's bytes, so that a picture
    /// needs no second encoding. `clock_offset` is how far the server's clock is ahead.
    pub fn into_bytes(self, clock_offset: Option<TimeDelta>) -> Vec<u8> {
        let head = Head {
            status: self.status,
            content_type: &self.content_type,
            retry_after: self.retry_after.as_deref(),
            clock_offset_ms: clock_offset.map(|offset| offset.num_milliseconds()),
        };
        let mut bytes = serde_json::to_vec(&head).expect("plain data becomes JSON");
        bytes.push(b'\n');
        bytes.extend(self.body);
        bytes
    }
}

impl Client {
    /// Sends a page's request once. `path` is path and query, below `/api/` or one that tells how the server is. A body
    /// is JSON.
    ///
    /// # Errors
    /// [`Error::Address`] for a path or method that pages may not ask for, [`Error::Unauthorised`] if nobody is signed
    /// in, or what kept an answer from coming. A refusal is an answer.
    pub async fn forward(&self, method: &str, path: &str, body: Option<Vec<u8>>) -> Result<Forwarded> {
        let url = read_path(self.address().url(), path)?;
        let is_open = OPEN.contains(&url.path());
        let call = Call::verbatim(read_method(method)?, url, body);
        let answer = match self.exchange_as_session(&call).await {
            Err(Error::Unauthorised) if is_open => self.inner.http.exchange(&call, None).await,
            answer => answer,
        }?;
        Ok(answer.into())
    }

    /// The same for what happened at that time and is told only now.
    ///
    /// # Errors
    /// As [`Client::forward`].
    pub(crate) async fn forward_past(
        &self,
        method: &str,
        path: &str,
        body: Option<Vec<u8>>,
        pada: DateTime<Utc>,
    ) -> Result<Forwarded> {
        let url = read_path(self.address().url(), path)?;
        let call = Call::verbatim(read_method(method)?, url, body).happened(pada);
        Ok(self.exchange_as_session(&call).await?.into())
    }
}

impl From<luring::Answer> for Forwarded {
    fn from(answer: luring::Answer) -> Self {
        Self {
            status: answer.status,
            content_type: answer.content_type.to_owned(),
            retry_after: None,
            body: answer.body,
        }
    }
}

impl From<Answer> for Forwarded {
    fn from(answer: Answer) -> Self {
        Self {
            status: answer.status.as_u16(),
            content_type: answer.content_type,
            retry_after: answer.retry_after,
            body: answer.body,
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
    // Read as a URL first, so that a path with dots cannot get past the check.
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
    fn a_page_reads_a_line_about_the_answer_and_the_body_as_it_came() {
        let told = Forwarded {
            status: 429,
            content_type: "application/problem+json".to_owned(),
            retry_after: Some("7".to_owned()),
            body: b"{\n}".to_vec(),
        };
        let head = concat!(
            r#"{"status":429,"content_type":"application/problem+json","#,
            r#""retry_after":"7","clock_offset_ms":-4000}"#
        );
        let text = String::from_utf8(told.into_bytes(Some(TimeDelta::seconds(-4)))).unwrap();
        assert_eq!(text, format!("{head}\n{{\n}}"));
    }

    #[test]
    fn other_methods_are_refused() {
        assert!(read_method("DELETE").is_ok());
        assert!(read_method("CONNECT").is_err());
    }
}
