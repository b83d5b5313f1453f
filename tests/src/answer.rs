//! An HTTP answer, and what a test expects of it.

use domain::json::Problem;
use reqwest::{RequestBuilder, header::HeaderMap};
use serde_json::Value;

use crate::document;

/// An HTTP answer that was read to its end.
pub struct Answer {
    /// Method and address of the request.
    pub request: String,
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// Sends a request. Fails if the document does not name the answer.
    pub async fn to(request: RequestBuilder) -> Self {
        let (client, request) = request.build_split();
        let request = request.unwrap_or_else(|error| panic!("no request: {error}"));
        let name = format!("{} {}", request.method(), request.url().path());
        let answer = crate::within(&name, client.execute(request)).await;
        let answer = answer.unwrap_or_else(|error| panic!("{name}: no answer: {error:?}"));
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let bytes = answer.bytes().await.unwrap_or_else(|error| panic!("{name}: half an answer: {error}"));
        let answer = Self { request: name, status, headers, bytes: bytes.into() };
        document::check(&answer);
        answer
    }

    /// The JSON of an answer with that status; null if there is no body.
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}: {}", self.request, self.text());
        if self.bytes.is_empty() {
            return Value::Null;
        }
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|error| panic!("{}: no JSON: {error}: {}", self.request, self.text()))
    }

    /// The problem document of a refusal with that status and code. Fails if it is not complete.
    #[track_caller]
    pub fn problem(self, status: u16, code: &str) -> Problem {
        let problem = self.any_problem();
        assert_eq!((problem.status, problem.code.as_str()), (status, code), "{}: {problem:?}", self.request);
        problem
    }

    /// The problem document of any refusal.
    #[track_caller]
    pub fn any_problem(&self) -> Problem {
        let (request, text) = (&self.request, self.text());
        assert!(self.status >= 400, "{request}: was not refused: {} {text}", self.status);
        assert_eq!(self.header("content-type"), "application/problem+json", "{request}: {text}");
        let problem: Problem = serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|error| panic!("{request}: no problem document: {error}: {text}"));
        assert_eq!(problem.status, self.status, "{request}: the document tells another status: {text}");
        let is_whole = ![&problem.title, &problem.detail].iter().any(|text| text.is_empty());
        assert!(is_whole, "{request}: something is left empty: {text}");
        problem
    }

    /// Asserts a refusal because of exactly these fields.
    #[track_caller]
    pub fn wrong_fields(self, fields: &[&str]) {
        let request = self.request.clone();
        let problem = self.problem(422, "isian_tidak_valid");
        let named: Vec<_> = problem.errors.keys().map(String::as_str).collect();
        assert_eq!(named, fields, "{request}: {problem:?}");
    }

    /// A header's value; empty if there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}
