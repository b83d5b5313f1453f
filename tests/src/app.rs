//! A real server at a free port, in a folder of its own.

use std::{net::SocketAddr, path::Path};

use domain::token::{Token, TokenKeys};
use server::{Config, Options, Server, data_dir};
use tempfile::TempDir;

use crate::{Caller, Person, StillClock, dump, school};

/// A running server; it ends with the test.
pub struct App {
    /// The server's time.
    pub clock: StillClock,
    folder: TempDir,
    keys: TokenKeys,
    http: reqwest::Client,
    server: Server,
}

impl App {
    /// Starts a server with the made-up school, without TLS.
    pub async fn start() -> Self {
        Self::with(|_| ()).await
    }

    /// The same with something set differently.
    pub async fn with(set: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config { plain_http: true, bcrypt_cost: school::BCRYPT_COST, ..Config::default() };
        set(&mut config);
        let folder = tempfile::tempdir().expect("a temporary folder");
        let clock = StillClock::at(school::START);
        let data = data_dir::open(folder.path(), None).await.expect("an empty folder can be opened");
        school::fill(&*data.store, clock.now()).await;
        let keys = data.kunci.qr.clone();
        let listen = SocketAddr::from(([127, 0, 0, 1], 0));
        let options = Options { listen, config, clock: clock.for_server(), announce: false };
        let server = Server::start(data, options).await.expect("the server starts");
        // The certificate is this server's own; that it is pinned has a test of its own.
        let http = reqwest::Client::builder()
            .tls_danger_accept_invalid_certs(true)
            .no_proxy()
            .build()
            .expect("an HTTP client");
        Self { clock, folder, keys, http, server }
    }

    /// Nobody: requests without a token.
    pub fn nobody(&self) -> Caller {
        Caller::new(self.http.clone(), self.server.url(), None)
    }

    /// The admin, signed in.
    pub async fn admin(&self) -> Caller {
        self.login(&school::ADMIN).await
    }

    /// The receptionist, signed in.
    pub async fn desk(&self) -> Caller {
        self.login(&school::DESK).await
    }

    /// The guru, signed in.
    pub async fn guru(&self) -> Caller {
        self.login(&school::GURU).await
    }

    /// The other guru, signed in.
    pub async fn other_guru(&self) -> Caller {
        self.login(&school::OTHER_GURU).await
    }

    /// Anyone of the school, signed in anew.
    pub async fn login(&self, person: &Person) -> Caller {
        self.nobody().login(person.email, school::PASSWORD).await
    }

    /// A guest, signed in with a password that the desk has just given.
    pub async fn tamu(&self, tamu: &serde_json::Value) -> Caller {
        let path = format!("/api/tamu/{}/reset-password", tamu["id"]);
        let given = self.desk().await.post(&path, serde_json::json!({})).await.expect(200);
        self.nobody().login_tamu(&tamu["telp"], &given["password_sementara"]).await
    }

    /// Signs a QR token as this school does.
    pub fn sign(&self, token: &Token) -> String {
        self.keys.sign(token)
    }

    /// Everything that the database holds, but what attempts to sign in leave behind: equal before and after whatever
    /// was refused.
    pub fn dump(&self) -> Vec<String> {
        dump::read(&self.folder.path().join("bukutamu.db"))
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The running server.
    pub fn server(&self) -> &Server {
        &self.server
    }

    /// Stops the server; the folder stays until what is returned is dropped.
    pub async fn stop(self) -> TempDir {
        self.server.stop().await.expect("the server stops");
        self.folder
    }
}
