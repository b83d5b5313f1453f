//! The stand-in: login, rotating refresh tokens, scan by key, notifications over `/ws`, with TLS of its own.
//!
//! Its clock stands still, far from this PC's, so that nothing depends on the day of the test. Like the real server, it
//! listens for changes before it reads the unread state, and a refresh token that is used again ends the session.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use axum::{
    Json, Router,
    extract::{
        State, WebSocketUpgrade,
        ws::{CloseFrame, Message, WebSocket},
    },
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post, put},
};
use chrono::{DateTime, TimeDelta, Utc};
use client::{Fingerprint, ServerAddress};
use domain::{
    IdJanjiTemu,
    json::{ClientMessage, Event, Login, Problem, Scan},
    notifikasi::Notifikasi,
    pindai::Hasil,
};
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::broadcast, task::JoinHandle, time::sleep};

use super::{
    ready::in_parts,
    rows,
    tls::{Identity, TlsListener},
};

pub(crate) const EMAIL: &str = "guru1@sekolah.example";
pub(crate) const PASSWORD: &str = "meja hijau 7";

/// A frame for everybody, or the end of their connections.
#[derive(Clone, Debug)]
pub(crate) enum Push {
    Event(Box<Event>),
    Raw(String),
    Close(u16, &'static str),
}

pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    pub(crate) fingerprint: Fingerprint,
    pub(crate) school: Arc<School>,
    task: JoinHandle<()>,
}

pub(crate) struct School {
    books: Mutex<Books>,
    pushes: broadcast::Sender<Push>,
    /// The time between two pings; `None` for a server that has fallen silent.
    pub(crate) ping: Mutex<Option<Duration>>,
}

#[derive(Default)]
pub(crate) struct Books {
    tokens: u64,
    pub(crate) access: HashSet<String>,
    pub(crate) refresh: Option<String>,
    spent: HashSet<String>,
    /// The result of each exchange, by token and key.
    exchanged: HashMap<(String, String), Login>,
    /// How many exchanges were asked for again.
    pub(crate) repeated: u64,
    pub(crate) refreshes: u64,
    pub(crate) reuses: u64,
    pub(crate) requests: u64,
    /// How often each key was recorded, and how often it came.
    pub(crate) scans: HashMap<String, (u64, u64)>,
    pub(crate) notifications: BTreeMap<IdJanjiTemu, Notifikasi>,
    /// How far its clock was moved.
    pub(crate) moved: TimeDelta,
    /// How many more requests are answered with 503.
    pub(crate) unavailable: u64,
    /// Sent instead of a proper `ready`.
    pub(crate) false_ready: Option<String>,
}

impl Server {
    pub(crate) async fn start() -> Self {
        Self::start_as(Identity::new()).await
    }

    pub(crate) async fn start_as(identity: Identity) -> Self {
        let (fingerprint, config) = (identity.fingerprint(), identity.config());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let school = Arc::new(School {
            books: Mutex::default(),
            pushes: broadcast::Sender::new(4096),
            ping: Mutex::new(Some(Duration::from_secs(20))),
        });
        let listener = TlsListener::new(listener, config);
        let app = app(school.clone());
        let task = tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { address, fingerprint, school, task }
    }

    /// The paired address.
    pub(crate) fn paired(&self) -> ServerAddress {
        self.paired_through(self.address)
    }

    /// The paired address with another port.
    pub(crate) fn paired_through(&self, address: SocketAddr) -> ServerAddress {
        format!("https://{address}#{}", self.fingerprint).parse().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl School {
    pub(crate) fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap()
    }

    /// Records a notification and tells everybody.
    pub(crate) fn put(&self, notifikasi: Notifikasi) {
        self.books().notifications.insert(notifikasi.id, notifikasi.clone());
        self.push(Push::Event(Box::new(Event::Notification { data: notifikasi })));
    }

    pub(crate) fn push(&self, push: Push) {
        // If nobody listens, `ready` will tell it.
        let _ = self.pushes.send(push);
    }

    pub(crate) fn listeners(&self) -> usize {
        self.pushes.receiver_count()
    }
}

impl Books {
    fn login(&mut self) -> Login {
        self.tokens += 1;
        let (token, token_segar) = (format!("access-{}", self.tokens), format!("refresh-{}", self.tokens));
        self.access.insert(token.clone());
        self.refresh = Some(token_segar.clone());
        Login {
            token,
            token_segar,
            kedaluwarsa_pada: self.now() + TimeDelta::minutes(15),
            pengguna: Some(rows::guru(1)),
            tamu: None,
        }
    }

    /// The server's time.
    fn now(&self) -> DateTime<Utc> {
        rows::at(0) + self.moved
    }

    fn unread(&self) -> Vec<Notifikasi> {
        self.notifications.values().filter(|notifikasi| notifikasi.is_pending()).cloned().collect()
    }
}

pub(crate) fn problem(status: u16, code: &str) -> Response {
    let problem = Problem {
        status,
        title: "Ditolak".to_owned(),
        detail: "Ditolak.".to_owned(),
        code: serde_json::from_value(json!(code)).unwrap(),
        errors: BTreeMap::new(),
        waktu_kosong: None,
        hari_libur: None,
        codes: BTreeMap::new(),
        batas: BTreeMap::new(),
    };
    (StatusCode::from_u16(status).unwrap(), Json(problem)).into_response()
}

fn app(school: Arc<School>) -> Router {
    Router::new()
        .route("/healthz", get(|| async { Json(json!({"status": "ok"})) }))
        .route("/api/auth/login", post(login))
        .route("/api/auth/refresh", post(refresh))
        .route("/api/auth/logout", post(logout))
        .route("/api/appointments/scan", post(scan))
        .route("/api/auth/change-password", put(change_password))
        .route("/api/auth/me", get(me))
        .route("/api/notifications", get(notifications))
        .route("/ws", get(ws))
        .layer(axum::middleware::from_fn_with_state(school.clone(), count))
        .layer(axum::middleware::from_fn_with_state(school.clone(), date))
        .with_state(school)
}

async fn count(
    State(school): State<Arc<School>>,
    request: axum::extract::Request,
    next: axum::middleware::Next,
) -> Response {
    {
        let mut books = school.books();
        books.requests += 1;
        if books.unavailable > 0 {
            books.unavailable -= 1;
            return problem(503, "database_tidak_tersedia");
        }
    }
    next.run(request).await
}

/// Uses the server's clock; hyper would use this PC's.
async fn date(
    State(school): State<Arc<School>>,
    request: axum::extract::Request,
    next: axum::middleware::Next,
) -> Response {
    let date = school.books().now().format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    let mut response = next.run(request).await;
    response.headers_mut().insert(header::DATE, HeaderValue::from_str(&date).unwrap());
    response
}

async fn login(State(school): State<Arc<School>>, Json(body): Json<Value>) -> Response {
    if body != json!({"email": EMAIL, "password": PASSWORD}) {
        return problem(401, "kredensial_salah");
    }
    Json(school.books().login()).into_response()
}

async fn refresh(State(school): State<Arc<School>>, Json(body): Json<Value>) -> Response {
    // Long enough for others to come meanwhile.
    sleep(Duration::from_millis(20)).await;
    let mut books = school.books();
    let token = body["token_segar"].as_str().unwrap_or_default().to_owned();
    books.refreshes += 1;
    // A client that lost the answer asks again under the same key. It gets the same answer as long as that was not
    // used.
    let asked = (token.clone(), body["kunci"].to_string());
    if let Some(login) =
        books.exchanged.get(&asked).filter(|login| books.refresh.as_ref() == Some(&login.token_segar))
    {
        let login = login.clone();
        books.repeated += 1;
        return Json(login).into_response();
    }
    if books.spent.contains(&token) {
        books.reuses += 1;
        books.refresh = None;
        books.access.clear();
    }
    if books.refresh.as_ref() != Some(&token) {
        return problem(401, "token_segar_tidak_valid");
    }
    books.spent.insert(token);
    let login = books.login();
    books.exchanged.insert(asked, login.clone());
    Json(login).into_response()
}

async fn logout(State(school): State<Arc<School>>, headers: HeaderMap) -> Response {
    if !is_signed_in(&school, &headers) {
        return problem(401, "token_kedaluwarsa");
    }
    let mut books = school.books();
    books.access.clear();
    books.refresh = None;
    drop(books);
    school.push(Push::Close(4401, "keluar"));
    StatusCode::NO_CONTENT.into_response()
}

/// Like the real server, ends the old session with its connections, and tells the new one a moment later.
async fn change_password(State(school): State<Arc<School>>, headers: HeaderMap) -> Response {
    if !is_signed_in(&school, &headers) {
        return problem(401, "token_kedaluwarsa");
    }
    {
        let mut books = school.books();
        books.access.clear();
        books.refresh = None;
    }
    school.push(Push::Close(4401, "sesi_dicabut"));
    sleep(Duration::from_millis(200)).await;
    Json(school.books().login()).into_response()
}

async fn scan(State(school): State<Arc<School>>, headers: HeaderMap, Json(body): Json<Value>) -> Response {
    if !is_signed_in(&school, &headers) {
        return problem(401, "token_kedaluwarsa");
    }
    let kode = body["kode"].as_str().unwrap_or_default();
    if kode != "KODE" {
        return problem(422, "format_tidak_valid");
    }
    let mut books = school.books();
    let (recorded, came) =
        books.scans.entry(body["kunci"].as_str().unwrap_or_default().to_owned()).or_default();
    *came += 1;
    if *recorded == 0 {
        *recorded = 1;
    }
    let appointment = Some(rows::janji_temu(1, 2));
    let message = "Selamat datang".to_owned();
    let scan = Scan {
        hasil: Hasil::Datang,
        message,
        appointment,
        guru_terhubung: Some(true),
        ulasan_url: None,
        pilihan: Vec::new(),
        tamu: None,
    };
    Json(scan).into_response()
}

async fn me(State(school): State<Arc<School>>, headers: HeaderMap) -> Response {
    if !is_signed_in(&school, &headers) {
        return problem(401, "token_kedaluwarsa");
    }
    Json(json!({"pengguna": rows::guru(1)})).into_response()
}

async fn notifications(State(school): State<Arc<School>>, headers: HeaderMap) -> Response {
    if !is_signed_in(&school, &headers) {
        return problem(401, "token_kedaluwarsa");
    }
    let unread = school.books().unread();
    Json(json!({"total": unread.len(), "data": unread})).into_response()
}

fn is_signed_in(school: &School, headers: &HeaderMap) -> bool {
    let header = headers.get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let token = header.strip_prefix("Bearer ").unwrap_or_default();
    school.books().access.contains(token)
}

async fn ws(State(school): State<Arc<School>>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(move |socket| async move {
        // A connection that is cut ends here, and the client comes back.
        let _ = talk(school, socket).await;
    })
}

async fn talk(school: Arc<School>, mut socket: WebSocket) -> Result<(), axum::Error> {
    let Some(first) = socket.recv().await else { return Ok(()) };
    let text = first?;
    let message: Option<ClientMessage> = serde_json::from_str(text.to_text().unwrap_or_default()).ok();
    let authentic = match message {
        Some(ClientMessage::Authenticate { token }) => school.books().access.contains(&token),
        Some(ClientMessage::Kunjungan { .. }) | None => false,
    };
    if !authentic {
        return close(&mut socket, 4401, "token_kedaluwarsa").await;
    }
    let mut pushes = school.pushes.subscribe();
    let belum_dibaca = school.books().unread();
    let false_ready = school.books().false_ready.clone();
    let ready = false_ready.map_or_else(|| in_parts(belum_dibaca), |text| vec![text]);
    for text in ready {
        socket.send(Message::text(text)).await?;
    }
    loop {
        let ping = *school.ping.lock().unwrap();
        tokio::select! {
            push = pushes.recv() => match push {
                Ok(Push::Event(event)) => socket.send(Message::text(serde_json::to_string(&event).unwrap())).await?,
                Ok(Push::Raw(text)) => socket.send(Message::text(text)).await?,
                Ok(Push::Close(code, reason)) => return close(&mut socket, code, reason).await,
                Err(_) => return close(&mut socket, 1013, "terlalu lambat").await,
            },
            received = socket.recv() => match received {
                Some(message) => drop(message?),
                None => return Ok(()),
            },
            () = sleep(ping.unwrap_or_default()), if ping.is_some() => socket.send(Message::Ping("".into())).await?,
        }
    }
}

async fn close(socket: &mut WebSocket, code: u16, reason: &'static str) -> Result<(), axum::Error> {
    socket.send(Message::Close(Some(CloseFrame { code, reason: reason.into() }))).await
}
