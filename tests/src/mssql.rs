//! SQL Server databases for tests, one for each test, on the server that `BUKUTAMU_TEST_MSSQL` names.

use std::{
    net::SocketAddr,
    sync::atomic::{AtomicU64, Ordering},
};

use store::MssqlConfig;
use tiberius::{Client, Row};
use tokio::net::TcpStream;
use tokio_util::compat::{Compat, TokioAsyncWriteCompatExt};
use url::Url;

const VARIABLE: &str = "BUKUTAMU_TEST_MSSQL";

/// Why a test of SQL Server is skipped.
pub const NO_MSSQL: &str = "BUKUTAMU_TEST_MSSQL is not set";

/// A database. It is dropped with this value.
pub struct MssqlDatabase {
    url: String,
    config: MssqlConfig,
}

impl MssqlDatabase {
    /// Whether a server is named for tests.
    pub fn is_named() -> bool {
        std::env::var_os(VARIABLE).is_some()
    }

    /// Makes an empty one; `None` if no server is named. The login must be allowed to create databases.
    pub async fn create() -> Option<Self> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let server = std::env::var(VARIABLE).ok()?;
        let mut url =
            Url::parse(&server).expect("BUKUTAMU_TEST_MSSQL is a URL: mssql://user:pass@host:port/");
        let name = format!("bukutamu_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        url.set_path(&name);
        if !url.query_pairs().any(|(name, _)| name == "timeout_ms") {
            // Many tests share the machine with the server.
            // Each has connections only as it needs them.
            url.query_pairs_mut().append_pair("timeout_ms", "20000").append_pair("ready", "0");
        }
        let url = url.to_string();
        let config = MssqlConfig::parse(&url).expect("BUKUTAMU_TEST_MSSQL is a database URL");
        let database = Self { url, config };
        let create = format!("CREATE DATABASE {name}");
        for _ in 0..5 {
            // Babelfish refuses one of two that are made or dropped at the same time.
            if database.on_master(&create).await.is_ok() {
                return Some(database);
            }
        }
        database.on_master(&create).await.expect("the login may create databases");
        Some(database)
    }

    /// Its URL with the password.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The URL, read.
    pub fn config(&self) -> MssqlConfig {
        self.config.clone()
    }

    /// The same database by another address, with other parameters and the usual patience.
    ///
    /// # Panics
    /// If the URL cannot have them.
    pub fn url_by(&self, address: SocketAddr, parameters: &[(&str, &str)]) -> String {
        let mut url = Url::parse(&self.url).expect("it was parsed before");
        url.set_host(Some(&address.ip().to_string())).expect("an address");
        url.set_port(Some(address.port())).expect("a port");
        let is_kept = |name: &str| name != "timeout_ms" && parameters.iter().all(|(given, _)| *given != name);
        let kept: Vec<_> = url.query_pairs().into_owned().filter(|(name, _)| is_kept(name)).collect();
        url.query_pairs_mut().clear().extend_pairs(kept).extend_pairs(parameters);
        url.into()
    }

    /// Where the server listens.
    ///
    /// # Panics
    /// If its name leads nowhere.
    pub async fn address(&self) -> SocketAddr {
        let name = self.config.driver().get_addr();
        let mut addresses = tokio::net::lookup_host(name).await.expect("the server's name can be looked up");
        addresses.find(SocketAddr::is_ipv4).expect("the server has an address of version 4")
    }

    /// The answer of a statement without values, all SELECTs in one list.
    ///
    /// # Panics
    /// If it fails.
    pub async fn rows(&self, sql: &str) -> Vec<Row> {
        query(&self.config, sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    async fn on_master(&self, sql: &str) -> tiberius::Result<Vec<Row>> {
        query(&self.config.with_database("master"), sql).await
    }

    async fn remove(&self) {
        let name = self.config.database();
        // Not every server knows or needs it.
        let alone = format!("ALTER DATABASE {name} SET SINGLE_USER WITH ROLLBACK IMMEDIATE");
        let _ = self.on_master(&alone).await;
        for _ in 0..20 {
            if self.on_master(&format!("DROP DATABASE {name}")).await.is_ok() {
                return;
            }
            // The server needs a moment for a connection that was closed.
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
    }
}

impl Drop for MssqlDatabase {
    fn drop(&mut self) {
        // The test's own runtime may be ending, so another thread waits.
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                runtime.expect("a runtime can be made").block_on(self.remove());
            });
        });
    }
}

async fn query(config: &MssqlConfig, sql: &str) -> tiberius::Result<Vec<Row>> {
    let mut client = connect(config).await?;
    let results = client.simple_query(sql).await?.into_results().await?;
    client.close().await?;
    Ok(results.into_iter().flatten().collect())
}

async fn connect(config: &MssqlConfig) -> tiberius::Result<Client<Compat<TcpStream>>> {
    let config = config.driver();
    let stream = TcpStream::connect(config.get_addr()).await?;
    stream.set_nodelay(true)?;
    Client::connect(config, stream.compat_write()).await
}
