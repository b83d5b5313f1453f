//! A real server at a free port, in a folder of its own.

use std::{net::SocketAddr, path::Path, sync::Arc};

use domain::{
    Setelan,
    token::{Token, TokenKeys},
};
use server::{
    Config, Options, Server,
    data_dir::{self, Database},
};
use store::Store;
use tempfile::TempDir;

use crate::{Caller, Line, MssqlDatabase, Nats, Person, StillClock, dump, school};

/// The database of a journey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The file in the data folder.
    Sqlite,
    /// A database of its own on the server that the tests are given.
    Mssql,
}

/// A running server. It ends with the test.
pub struct App {
    /// The server's time.
    pub clock: StillClock,
    folder: TempDir,
    keys: TokenKeys,
    http: reqwest::Client,
    server: Server,
    store: Arc<dyn Store>,
    /// The database, if it is not in the folder.
    hosted: Option<Hosted>,
}

impl App {
    /// Starts a server with the made-up school, without TLS.
    pub async fn start(place: Place) -> Self {
        Self::with(place, |_| ()).await
    }

    /// The same with an address for guests' phones.
    pub async fn public(place: Place) -> Self {
        Self::with(place, |config| config.public_url = "https://tamu.sekolah.example".parse().ok()).await
    }

    /// The same with other settings.
    pub async fn with(place: Place, set: impl FnOnce(&mut Config)) -> Self {
        let database = match place {
            Place::Sqlite => None,
            Place::Mssql => Some(MssqlDatabase::create().await.expect(crate::NO_MSSQL)),
        };
        let url = database.as_ref().map(|database| database.url().to_owned());
        Self::on(database, url, set).await
    }

    /// The same as the first of several nodes.
    pub async fn on_nats(place: Place, nats: &Nats) -> Self {
        Self::with(place, |config| config.cluster = Some(cluster_of(nats))).await
    }

    /// One more node of the same school.
    pub async fn node(&self, nats: &Nats) -> Node {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let config = Config {
            plain_http: true,
            bcrypt_cost: school::BCRYPT_COST,
            cluster: Some(cluster_of(nats)),
            trusted_proxies: ["127.0.0.1".parse().expect("an address")].into_iter().collect(),
            ..Config::default()
        };
        let listen = SocketAddr::from(([127, 0, 0, 1], 0));
        let options = Options { listen, config, clock: self.clock.for_server(), announce: false };
        let data = self.server.beside(folder.path());
        Node { server: Server::start(data, options).await.expect("the node starts"), _folder: folder }
    }

    /// The same on SQL Server at the end of a line, with the usual patience for it, and with parameters of the
    /// database's URL.
    pub async fn at_the_end_of_a_line(parameters: &[(&str, &str)]) -> (Self, Line) {
        let database = MssqlDatabase::create().await.expect(crate::NO_MSSQL);
        let line = Line::to(database.address().await).await;
        let url = database.url_by(line.address(), parameters);
        (Self::on(Some(database), Some(url), |_| ()).await, line)
    }

    /// Takes the database away from the server for good.
    pub async fn close_database(&self) {
        self.store.close().await;
    }

    /// Sets everything as another node does: in the database, where this server has to look.
    pub async fn set_elsewhere(&self, setelan: Setelan) {
        let store = self.store.setelan();
        let versi = store.versi().await.expect("the database is there");
        store.update(setelan, versi).await.expect("it can be set").expect("nobody else sets it");
    }

    async fn on(database: Option<MssqlDatabase>, url: Option<String>, set: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config { plain_http: true, bcrypt_cost: school::BCRYPT_COST, ..Config::default() };
        set(&mut config);
        let folder = tempfile::tempdir().expect("a temporary folder");
        let clock = StillClock::at(school::START);
        let named = url.map(|url| url.parse::<Database>().expect("a database's URL"));
        let data = data_dir::open(folder.path(), named).await.expect("an empty place can be opened");
        let store = data.store.clone();
        let hosted = database.map(|database| Hosted { store: store.clone(), database });
        school::fill(&*data.store, clock.now()).await;
        let keys = data.kunci.qr.clone();
        let listen = SocketAddr::from(([127, 0, 0, 1], 0));
        let options = Options { listen, config, clock: clock.for_server(), announce: false };
        let server = Server::start(data, options).await.expect("the server starts");
        // The certificate is this server's own. Another test shows that it is pinned.
        let http = reqwest::Client::builder()
            .tls_danger_accept_invalid_certs(true)
            .no_proxy()
            .build()
            .expect("an HTTP client");
        Self { clock, folder, keys, http, server, store, hosted }
    }

    /// Nobody: sends requests without a token.
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

    /// Everything in the database except what attempts to sign in leave there. It is equal before and after anything
    /// that was refused.
    pub async fn dump(&self) -> Vec<String> {
        dump::read(&*self.store).await
    }

    /// The store itself, for what no request can make, such as visits of long ago.
    pub fn store(&self) -> &dyn Store {
        &*self.store
    }

    /// The database on SQL Server.
    pub fn database(&self) -> &MssqlDatabase {
        &self.hosted.as_ref().expect("this journey is made on SQL Server").database
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The running server.
    pub fn server(&self) -> &Server {
        &self.server
    }

    /// The server starts again once a restored school is ready to take this one's place.
    pub async fn restored(self) -> Self {
        let Self { server, clock, folder, keys, http, hosted, .. } = self;
        crate::within("a restored school", server.restored()).await;
        let server = server.restart().await.expect("the server starts again");
        let store = server.school().store();
        Self { clock, folder, keys, http, server, store, hosted }
    }

    /// Stops the server. The folder stays until the returned value is dropped.
    pub async fn stop(self) -> TempDir {
        self.server.stop().await.expect("the server stops");
        self.folder
    }
}

/// One more node of a school.
pub struct Node {
    server: Server,
    _folder: TempDir,
}

impl Node {
    /// Where it is reached.
    pub fn url(&self) -> &str {
        self.server.url()
    }

    /// The running server.
    pub fn server(&self) -> &Server {
        &self.server
    }
}

fn cluster_of(nats: &Nats) -> cluster::Settings {
    cluster::Settings { url: nats.url(), credentials: None, roots: None }
}

/// A database on a server. It can be dropped once nobody is connected to it.
struct Hosted {
    store: Arc<dyn Store>,
    database: MssqlDatabase,
}

impl Drop for Hosted {
    fn drop(&mut self) {
        // The test's own runtime may be ending, so another thread waits.
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let runtime = tokio::runtime::Builder::new_current_thread().build();
                runtime.expect("a runtime can be made").block_on(self.store.close());
            });
        });
    }
}
