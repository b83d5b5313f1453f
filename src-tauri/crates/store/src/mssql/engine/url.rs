//! Where the database is and how to sign in, from one URL. It holds a password, so no part of it is ever shown: not by
//! `Debug`, not in a message.

use std::{
    collections::BTreeSet,
    fmt,
    path::{Path, PathBuf},
    time::Duration,
};

use thiserror::Error;
use tiberius::{AuthMethod, Config, EncryptionLevel};
use url::Url;

const DEFAULT_PORT: u16 = 1433;
const DEFAULT_POOL_SIZE: usize = 8;
/// What `ready` takes.
const READY: &str = "between 0 and pool_size";
const DEFAULT_LIMIT: Duration = Duration::from_millis(2000);

/// A SQL Server database and how to sign in there.
///
/// `mssql://USER:PASSWORD@HOST[:PORT]/DATABASE`, percent-encoded, and after a `?`:
///
/// | parameter | meaning |
/// |---|---|
/// | `encrypt=true` | TLS, verified (the default) |
/// | `encrypt=strict` | TLS from the first byte on (TDS 8.0, SQL Server 2022) |
/// | `encrypt=false` | no TLS: the password and every row travel readable by anyone on the way |
/// | `ca_file=PATH` | trusts the certificates in this file beside the system's |
/// | `trust_server_certificate=true` | trusts any certificate: somebody on the way can read and change everything |
/// | `integrated=true` | signs in as the Windows user that runs this program; then there is no user and password |
/// | `pool_size=8` | connections, 1 to 200 |
/// | `ready=8` | connections that are made before they are needed, 0 to `pool_size`; all of them by default |
/// | `wait_ms=1000` | how long a caller waits for a free connection |
/// | `timeout_ms=2000` | how long a call may take, 100 to 60000 |
#[derive(Clone)]
pub struct MssqlConfig {
    host: String,
    port: u16,
    database: String,
    login: Login,
    encryption: EncryptionLevel,
    trust: Trust,
    pub(super) pool_size: usize,
    pub(super) ready: usize,
    pub(super) wait: Duration,
    pub(super) limit: Duration,
}

#[derive(Clone)]
enum Login {
    Sql {
        user: String,
        password: String,
    },
    #[cfg(all(windows, feature = "integrated-auth"))]
    Integrated,
}

#[derive(Clone)]
enum Trust {
    System,
    SystemAnd(PathBuf),
    Anyone,
}

/// What is wrong with a database URL. It holds no part of the URL except the name of a parameter.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum MssqlUrlError {
    /// Not a URL at all, or of another kind.
    #[error("the database URL is not of the form mssql://USER:PASSWORD@HOST:PORT/DATABASE")]
    Form,
    /// No name of a database after the host.
    #[error("the database URL names no database: mssql://USER:PASSWORD@HOST:PORT/DATABASE")]
    NoDatabase,
    /// No user and no `integrated=true`.
    #[error("the database URL names no user; special characters in a password are written as %XX")]
    NoUser,
    /// Bytes that are no text.
    #[error("the database URL holds %XX that is no UTF-8 text")]
    Encoding,
    /// A parameter that does not exist.
    #[error("the database URL has a parameter that is not known: {0}")]
    UnknownParameter(String),
    /// A parameter given twice.
    #[error("the database URL gives {0} twice")]
    Repeated(String),
    /// A value that the parameter does not take.
    #[error("the database URL: {name} must be {expected}")]
    Value {
        /// The parameter.
        name: &'static str,
        /// What it takes.
        expected: &'static str,
    },
    /// Both a certificate to trust and trust in any.
    #[error(
        "the database URL has both ca_file and trust_server_certificate=true; only one of them can be meant"
    )]
    Trust,
    /// `integrated=true` beside a user, or in a build that does not support it.
    #[error(
        "the database URL asks for integrated=true, which takes no user and needs a Windows build with integrated-auth"
    )]
    Integrated,
}

impl MssqlConfig {
    /// Reads a URL.
    ///
    /// # Errors
    /// [`MssqlUrlError`], which is safe to show.
    pub fn parse(text: &str) -> Result<Self, MssqlUrlError> {
        let url = Url::parse(text).map_err(|_| MssqlUrlError::Form)?;
        if url.scheme() != "mssql" || url.fragment().is_some() {
            return Err(MssqlUrlError::Form);
        }
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(MssqlUrlError::Form)?;
        let database = decode(url.path().trim_start_matches('/'))?;
        if database.is_empty() || database.contains('/') {
            return Err(MssqlUrlError::NoDatabase);
        }
        let given = Parameters::read(&url)?;
        let user = decode(url.username())?;
        let password = decode(url.password().unwrap_or_default())?;
        let login = login(user, password, given.integrated)?;
        let ready = given.ready()?;
        Ok(Self {
            // An IPv6 address stands in brackets only in a URL.
            host: host.trim_start_matches('[').trim_end_matches(']').to_owned(),
            port: url.port().unwrap_or(DEFAULT_PORT),
            database,
            login,
            encryption: given.encryption,
            trust: match (given.ca_file, given.trust_anyone) {
                (Some(_), true) => return Err(MssqlUrlError::Trust),
                (Some(path), false) => Trust::SystemAnd(path),
                (None, true) => Trust::Anyone,
                (None, false) => Trust::System,
            },
            pool_size: given.pool_size,
            ready,
            wait: given.wait.unwrap_or(given.limit / 2),
            limit: given.limit,
        })
    }

    /// The same server and login, another database.
    #[must_use]
    pub fn with_database(&self, database: &str) -> Self {
        Self { database: database.to_owned(), ..self.clone() }
    }

    /// The database's name.
    pub fn database(&self) -> &str {
        &self.database
    }

    /// The server and database without the login, as messages name them.
    pub fn place(&self) -> String {
        format!("mssql://{}:{}/{}", self.host, self.port, self.database)
    }

    /// The certificates that are trusted beside the system's.
    pub(super) fn ca_file(&self) -> Option<&Path> {
        match &self.trust {
            Trust::SystemAnd(path) => Some(path),
            Trust::System | Trust::Anyone => None,
        }
    }

    /// Whether the connection is to be secure.
    pub(super) fn wants_encryption(&self) -> bool {
        self.encryption != EncryptionLevel::NotSupported
    }

    /// The driver's settings, for tests and tools that speak to the server themselves.
    #[doc(hidden)]
    pub fn driver(&self) -> Config {
        let mut config = Config::new();
        config.host(&self.host);
        config.port(self.port);
        config.database(&self.database);
        config.application_name("Buku Tamu");
        config.encryption(self.encryption);
        config.handshake_timeout(Some(self.limit.max(DEFAULT_LIMIT)));
        // Each call has a limit of its own.
        config.command_timeout(None);
        match &self.login {
            Login::Sql { user, password } => config.authentication(AuthMethod::sql_server(user, password)),
            #[cfg(all(windows, feature = "integrated-auth"))]
            Login::Integrated => config.authentication(AuthMethod::Integrated),
        }
        match &self.trust {
            Trust::System => {}
            Trust::SystemAnd(path) => config.trust_cert_ca(path.display()),
            Trust::Anyone => config.trust_cert(),
        }
        config
    }
}

impl fmt::Debug for MssqlConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MssqlConfig").field("place", &self.place()).finish_non_exhaustive()
    }
}

fn login(user: String, password: String, integrated: bool) -> Result<Login, MssqlUrlError> {
    match (user.is_empty(), integrated) {
        (false, false) => Ok(Login::Sql { user, password }),
        (true, false) => Err(MssqlUrlError::NoUser),
        #[cfg(all(windows, feature = "integrated-auth"))]
        (true, true) => Ok(Login::Integrated),
        _ => Err(MssqlUrlError::Integrated),
    }
}

/// What stands after the `?`.
struct Parameters {
    encryption: EncryptionLevel,
    ca_file: Option<PathBuf>,
    trust_anyone: bool,
    integrated: bool,
    pool_size: usize,
    ready: Option<usize>,
    wait: Option<Duration>,
    limit: Duration,
}

impl Parameters {
    fn read(url: &Url) -> Result<Self, MssqlUrlError> {
        let mut given = Self {
            encryption: EncryptionLevel::Required,
            ca_file: None,
            trust_anyone: false,
            integrated: false,
            pool_size: DEFAULT_POOL_SIZE,
            ready: None,
            wait: None,
            limit: DEFAULT_LIMIT,
        };
        let mut seen = BTreeSet::new();
        for (name, value) in url.query_pairs() {
            if !seen.insert(name.to_string()) {
                return Err(MssqlUrlError::Repeated(name.into_owned()));
            }
            given.set(&name, &value)?;
        }
        Ok(given)
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), MssqlUrlError> {
        match name {
            "encrypt" => {
                self.encryption = match value {
                    "true" => EncryptionLevel::Required,
                    "strict" => EncryptionLevel::Strict,
                    "false" => EncryptionLevel::NotSupported,
                    _ => return Err(wrong("encrypt", "true, strict or false")),
                }
            }
            "ca_file" if value.is_empty() => return Err(wrong("ca_file", "the path of a PEM file")),
            "ca_file" => self.ca_file = Some(value.into()),
            "trust_server_certificate" => self.trust_anyone = flag("trust_server_certificate", value)?,
            "integrated" => self.integrated = flag("integrated", value)?,
            "pool_size" => {
                let size = value.parse().ok().filter(|size| (1..=200).contains(size));
                self.pool_size = size.ok_or_else(|| wrong("pool_size", "between 1 and 200"))?;
            }
            "ready" => self.ready = Some(value.parse().map_err(|_| wrong("ready", READY))?),
            "wait_ms" => {
                let wait = value.parse().ok().filter(|ms| (1..=60_000).contains(ms));
                let wait = wait.ok_or_else(|| wrong("wait_ms", "between 1 and 60000"))?;
                self.wait = Some(Duration::from_millis(wait));
            }
            "timeout_ms" => {
                let limit = value.parse().ok().filter(|ms| (100..=60_000).contains(ms));
                let limit = limit.ok_or_else(|| wrong("timeout_ms", "between 100 and 60000"))?;
                self.limit = Duration::from_millis(limit);
            }
            _ => return Err(MssqlUrlError::UnknownParameter(name.chars().take(40).collect())),
        }
        Ok(())
    }

    /// How many connections are kept ready.
    fn ready(&self) -> Result<usize, MssqlUrlError> {
        match self.ready {
            None => Ok(self.pool_size),
            Some(ready) if ready <= self.pool_size => Ok(ready),
            Some(_) => Err(wrong("ready", READY)),
        }
    }
}

fn flag(name: &'static str, value: &str) -> Result<bool, MssqlUrlError> {
    value.parse().map_err(|_| wrong(name, "true or false"))
}

fn wrong(name: &'static str, expected: &'static str) -> MssqlUrlError {
    MssqlUrlError::Value { name, expected }
}

fn decode(text: &str) -> Result<String, MssqlUrlError> {
    let decoded = percent_encoding::percent_decode_str(text).decode_utf8();
    decoded.map(Into::into).map_err(|_| MssqlUrlError::Encoding)
}

#[cfg(test)]
mod tests;
