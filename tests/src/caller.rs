//! Somebody who sends requests, with or without a token.

use reqwest::{Method, RequestBuilder, header::HeaderMap};
use serde_json::{Value, json};

use crate::{Answer, Socket};

/// Somebody who sends requests.
#[derive(Clone)]
pub struct Caller {
    http: reqwest::Client,
    base: String,
    /// The answer to the login.
    login: Option<Value>,
    /// A header that is sent with every request.
    headers: HeaderMap,
}

impl Caller {
    pub(crate) fn new(http: reqwest::Client, base: &str, login: Option<Value>) -> Self {
        Self { http, base: base.to_owned(), login, headers: HeaderMap::new() }
    }

    /// Somebody without a token, at a server that runs by itself.
    pub fn at(base: &str) -> Self {
        // Nobody else may have chosen one yet.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        Self::new(reqwest::Client::builder().no_proxy().build().expect("an HTTP client"), base, None)
    }

    /// The same caller at another server, such as another node.
    pub fn on(&self, base: &str) -> Self {
        Self { base: base.to_owned(), ..self.clone() }
    }

    /// Signs a user in.
    pub async fn login(&self, email: &str, password: &str) -> Self {
        let body = json!({ "email": email, "password": password });
        self.with_login(self.post("/api/auth/login", body).await.expect(200))
    }

    /// Signs a guest in.
    pub async fn login_tamu(&self, telp: &Value, password: &Value) -> Self {
        let body = json!({ "telp": telp, "password": password });
        self.with_login(self.post("/api/auth/tamu", body).await.expect(200))
    }

    /// The same caller with another login answer.
    pub fn with_login(&self, login: Value) -> Self {
        Self { login: Some(login), ..self.clone() }
    }

    /// The same caller on the device whose identity came with the answer to a login.
    pub fn on_device(&self, login: &Answer) -> Self {
        let cookie = login.header("set-cookie").split(';').next().unwrap_or_default();
        assert!(!cookie.is_empty(), "{}: the answer names no device", login.request);
        self.with_header("cookie", cookie)
    }

    /// The same caller behind the proxy on this computer, at another address.
    pub fn from_address(&self, address: &str) -> Self {
        self.with_header("x-forwarded-for", address)
    }

    /// The same caller, who names another host than the address.
    pub fn of_host(&self, host: &str) -> Self {
        self.with_header("host", host)
    }

    fn with_header(&self, name: &'static str, value: &str) -> Self {
        let mut caller = self.clone();
        caller.headers.insert(name, value.parse().expect("a header's value"));
        caller
    }

    /// The access token.
    pub fn token(&self) -> &str {
        self.login_field("token")
    }

    /// The refresh token.
    pub fn token_segar(&self) -> &str {
        self.login_field("token_segar")
    }

    /// Exchanges the refresh token.
    pub async fn refresh(&self) -> Answer {
        self.post("/api/auth/refresh", json!({ "token_segar": self.token_segar() })).await
    }

    fn login_field(&self, field: &str) -> &str {
        let value = self.login.as_ref().and_then(|login| login[field].as_str());
        value.unwrap_or_else(|| panic!("nobody is signed in: no {field}"))
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Answer {
        Answer::to(self.request(Method::GET, path)).await
    }

    /// POST with a JSON body.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        Answer::to(self.request(Method::POST, path).json(&body)).await
    }

    /// PUT with a JSON body.
    pub async fn put(&self, path: &str, body: Value) -> Answer {
        Answer::to(self.request(Method::PUT, path).json(&body)).await
    }

    /// DELETE.
    pub async fn delete(&self, path: &str) -> Answer {
        Answer::to(self.request(Method::DELETE, path)).await
    }

    /// Scans a code.
    pub async fn scan(&self, kode: &Value) -> Answer {
        self.post("/api/appointments/scan", json!({ "kode": kode })).await
    }

    /// Opens the event stream and reads up to `ready`.
    pub async fn subscribe(&self) -> Socket {
        let mut socket = Socket::open(&self.base).await;
        socket.authenticate(self.token()).await;
        socket.expect_ready().await;
        socket
    }

    /// Opens the event stream as a guest's page does, and follows a visit by its code.
    pub async fn follow(&self, kode: &Value) -> Socket {
        let mut socket = Socket::open(&self.base).await;
        socket.follow(kode).await;
        socket
    }

    /// Opens the event stream and sends nothing.
    pub async fn open_socket(&self) -> Socket {
        Socket::open(&self.base).await
    }

    /// A request that a test builds itself.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base)).headers(self.headers.clone());
        match &self.login {
            Some(_) => request.bearer_auth(self.token()),
            None => request,
        }
    }
}
