//! Requests to a running program, by hand.

use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

use crate::{program::Running, school::PASSWORD};

/// Somebody signed in.
#[derive(Clone)]
pub(crate) struct Api {
    http: Client,
    url: String,
    token: String,
}

impl Api {
    /// Not signed in.
    pub(crate) fn nobody(server: &Running) -> Self {
        // If a provider was installed before, that one will do.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let http = Client::builder().no_proxy().build().expect("an HTTP client");
        Self { http, url: server.url.clone(), token: String::new() }
    }

    /// A user of the school.
    pub(crate) async fn login(server: &Running, email: &str) -> Self {
        let nobody = Self::nobody(server);
        let body = json!({ "email": email, "password": PASSWORD });
        let (status, login) = nobody.post("/api/auth/login", body).await.expect("an answer to the login");
        assert_eq!(status, 200, "{login}");
        Self { token: login["token"].as_str().expect("a token").to_owned(), ..nobody }
    }

    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    /// The server's clock, as its answers name it.
    pub(crate) async fn date(&self) -> String {
        let answer = self.http.get(format!("{}/healthz", self.url)).send().await.expect("an answer");
        answer.headers()["date"].to_str().expect("plain text").to_owned()
    }

    /// GET. An answer that is no JSON comes as a string.
    pub(crate) async fn get(&self, path: &str) -> reqwest::Result<(StatusCode, Value)> {
        let request = self.http.get(format!("{}{path}", self.url)).bearer_auth(&self.token);
        let answer = request.send().await?;
        let (status, text) = (answer.status(), answer.text().await?);
        Ok((status, serde_json::from_str(&text).unwrap_or(Value::String(text))))
    }

    /// Waits until `/readyz` answers `status`. It pauses between two looks, because a client that asks without a pause
    /// is soon refused.
    pub(crate) async fn readiness_is(&self, status: u16) {
        let look = async {
            while self.get("/readyz").await.expect("an answer").0 != status {
                tests::pause().await;
            }
        };
        tests::within(&format!("/readyz to answer {status}"), look).await;
    }

    /// POST. An error means that no whole answer came.
    pub(crate) async fn post(&self, path: &str, body: Value) -> reqwest::Result<(StatusCode, Value)> {
        let request = self.http.post(format!("{}{path}", self.url)).bearer_auth(&self.token);
        let answer = request.json(&body).send().await?;
        Ok((answer.status(), answer.json().await?))
    }

    /// PUT.
    pub(crate) async fn put(&self, path: &str, body: Value) -> reqwest::Result<(StatusCode, Value)> {
        let request = self.http.put(format!("{}{path}", self.url)).bearer_auth(&self.token);
        let answer = request.json(&body).send().await?;
        Ok((answer.status(), answer.json().await?))
    }

    /// Scans a code under a key.
    pub(crate) async fn scan(&self, kode: &str, kunci: &str) -> reqwest::Result<(StatusCode, Value)> {
        self.post("/api/appointments/scan", json!({ "kode": kode, "kunci": kunci })).await
    }
}
