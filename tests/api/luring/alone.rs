//! A desk at the end of a line that can be cut.

use chrono::Duration;
use client::{
    Client, Forwarded, Options, TokenStore,
    offline::{Clock, Desk, Standing},
};
use serde_json::{Value, json};
use tempfile::TempDir;
use tests::{App, DESK, Line, PASSWORD, StillClock};

/// A desk with its program's folder.
pub(super) struct Alone {
    pub(super) desk: Desk,
    pub(super) line: Line,
    pub(super) folder: TempDir,
    client: Client,
    key: TokenStore,
    clock: StillClock,
    /// How far this PC's clock is ahead.
    ahead: Duration,
}

/// An answer to a page.
pub(super) struct Told(Forwarded);

impl Told {
    #[track_caller]
    pub(super) fn expect(self, status: u16) -> Value {
        let text = String::from_utf8_lossy(&self.0.body).into_owned();
        assert_eq!(self.0.status, status, "{text}");
        serde_json::from_str(&text).unwrap()
    }

    #[track_caller]
    pub(super) fn problem(self, status: u16, code: &str) {
        assert_eq!(self.expect(status)["code"], code);
    }
}

impl Alone {
    /// A desk that is signed in, and was told what it needs.
    pub(super) async fn at(app: &App) -> Self {
        Self::with_clock(app, Duration::zero()).await
    }

    /// The same on a PC whose clock is off.
    pub(super) async fn with_clock(app: &App, ahead: Duration) -> Self {
        let line = Line::to(app.server().address()).await;
        let folder = tempfile::tempdir().unwrap();
        let address = format!("http://{}", line.address()).parse().unwrap();
        let options = Options { repeats: 0, ..Options::default() };
        let client = Client::new(address, TokenStore::memory(), options).await.unwrap();
        client.login(DESK.email, PASSWORD).await.unwrap();
        let (key, clock) = (TokenStore::memory(), app.clock.clone());
        let desk = open(&client, &folder, &key, &clock, ahead).await;
        desk.refresh().await.unwrap();
        Self { desk, line, folder, client, key, clock, ahead }
    }

    /// The program ends and starts.
    pub(super) async fn start_again(&mut self) {
        self.desk = open(&self.client, &self.folder, &self.key, &self.clock, self.ahead).await;
    }

    pub(super) async fn sign_in(&self) {
        self.client.login(DESK.email, PASSWORD).await.unwrap();
    }

    pub(super) fn standing(&self) -> Standing {
        self.desk.standing().borrow().clone()
    }

    pub(super) async fn scan(&self, kode: &Value, kunci: &str) -> Told {
        self.post("/api/appointments/scan", json!({ "kode": kode, "kunci": kunci })).await
    }

    pub(super) async fn get(&self, path: &str) -> Told {
        self.send("GET", path, None).await
    }

    pub(super) async fn post(&self, path: &str, body: Value) -> Told {
        self.send("POST", path, Some(body)).await
    }

    pub(super) async fn put(&self, path: &str, body: Value) -> Told {
        self.send("PUT", path, Some(body)).await
    }

    async fn send(&self, method: &str, path: &str, body: Option<Value>) -> Told {
        let body = body.map(|body| serde_json::to_vec(&body).unwrap());
        let answer = self.desk.forward(method, path, body).await;
        Told(answer.unwrap_or_else(|error| panic!("{method} {path}: {error}")))
    }
}

async fn open(
    client: &Client,
    folder: &TempDir,
    key: &TokenStore,
    clock: &StillClock,
    ahead: Duration,
) -> Desk {
    let (now, uptime) = (clock.clone(), clock.clone());
    let clock = Clock::new(move || now.now() + ahead, move || uptime.uptime());
    Desk::open(client.clone(), folder.path(), key, clock).await.unwrap()
}
