//! `serve`: serves until SIGTERM or Ctrl-C; on Windows also until Ctrl-Break, its closed console, log-off or shutdown.

use std::{fmt::Display, net::SocketAddr, path::PathBuf, time::Duration};

use anyhow::{Result, bail};
use domain::Role;
use url::Url;

use super::{DataArgs, answer::say};
use crate::{
    Clock, Config, ListenError, Options, Rate, Server, TrustedProxies,
    data_dir::{self, BeforeUpdate, before_update::WITHOUT_BACKUP},
    logging::Log,
    open::Beside,
    schools::Schools,
};

#[derive(Debug, clap::Args)]
pub(super) struct Serve {
    #[command(flatten)]
    data: DataArgs,
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDR:PORT", default_value = "0.0.0.0:8443")]
    listen: SocketAddr,
    /// No TLS: for loopback, or behind a load balancer that ends it
    #[arg(long)]
    plain_http: bool,
    /// The address under which guests' phones reach the school
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Where Prometheus on this computer reads the figures without a token, such as 127.0.0.1:9184
    #[arg(long, value_name = "ADDR:PORT")]
    metrics_listen: Option<SocketAddr>,
    /// A proxy that says where requests come from: an address or a network such as 10.0.0.0/8; may be given several
    /// times
    #[arg(long, value_name = "ADDR", env = "BUKUTAMU_TRUSTED_PROXY", value_delimiter = ',')]
    trusted_proxy: Vec<TrustedProxies>,
    /// How often one user, or one address without sign-in, may ask in a second, lastingly
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    requests_per_second: Option<u32>,
    /// NATS, through which several nodes of the school tell each other what happens: nats://HOST:4222 or
    /// tls://USER:PASSWORD@HOST:4222, several with commas between them
    #[arg(long, value_name = "URL", env = "BUKUTAMU_NATS", hide_env_values = true)]
    nats: Option<String>,
    /// A file of credentials for NATS
    #[arg(long, value_name = "FILE", env = "BUKUTAMU_NATS_CREDENTIALS", requires = "nats")]
    nats_credentials: Option<PathBuf>,
    /// Certificates of whoever signed those of NATS, besides those that this computer trusts
    #[arg(long, value_name = "FILE", env = "BUKUTAMU_NATS_CA", requires = "nats")]
    nats_ca: Option<PathBuf>,
    /// A folder of many schools instead of one: DIR/HOST is the data folder of the school that is reached as HOST
    #[arg(long, value_name = "DIR", env = "BUKUTAMU_SCHOOLS", conflicts_with_all = ["data_dir", "database"],
        requires = "plain_http")]
    schools: Option<PathBuf>,
    /// How long one of many schools stays open that nobody asks for
    #[arg(long, value_name = "N", default_value_t = 15, value_parser = clap::value_parser!(u64).range(1..),
        requires = "schools")]
    idle_minutes: u64,
    /// When it is stopped, say so at /readyz and let subscribers go a few at a time for so long first, behind a
    /// balancer
    #[arg(long, value_name = "N", env = "BUKUTAMU_DRAIN_SECONDS")]
    drain_seconds: Option<u64>,
    /// A folder on SQL Server's own computer, into which it writes a backup of its own after each of ours: one for each
    /// day of the month. It is not encrypted by the school's key
    #[arg(long, value_name = "FOLDER", env = "BUKUTAMU_SQL_SERVER_BACKUP")]
    sql_server_backup: Option<String>,
    /// Bring an older school up to date without the backup that is taken before that, such as when it cannot be taken
    #[arg(long, env = WITHOUT_BACKUP)]
    migrate_without_backup: bool,
}

impl Serve {
    pub(super) async fn run(self, log: &Log, beside: Beside) -> Result<()> {
        let public_url = self.public_url.as_deref().map(parse_public_url).transpose()?;
        let mut signals = Signals::new()?;
        let before_update = match self.migrate_without_backup {
            true => BeforeUpdate::Nothing,
            false => BeforeUpdate::Backup,
        };
        if let Some(folder) = self.schools.clone() {
            return self.serve_schools(folder, log, beside, signals).await;
        }
        let data = self.data.clone().open_with_log(log, before_update).await?;
        if !data.store.pengguna().exists(Role::Admin).await? {
            tracing::warn!(
                "nobody can sign in yet: stop the server and make the first admin with `bukutamu-server init`"
            );
        }
        if self.sql_server_backup.is_some() && data.store.file().is_some() {
            bail!("--sql-server-backup is for a school in SQL Server, and this one lives in a file");
        }
        let in_file = data_dir::trusted_proxies(&data.path)?;
        let config = self.config(public_url, in_file);
        let options = Options { listen: self.listen, config, clock: Clock::system(), announce: true };
        let mut server = Server::start(data, options).await.map_err(|error| match error.downcast_ref() {
            Some(ListenError::InUse(_) | ListenError::Reserved(_)) => {
                error.context("choose another address with --listen")
            }
            _ => error,
        })?;
        loop {
            beside(server.school(), server.stopping(), server.tasks());
            if let Some(fingerprint) = server.fingerprint() {
                announce(format_args!("certificate {fingerprint}"));
            }
            announce(format_args!("listening on {}", server.url()));
            tokio::select! {
                () = signals.wait() => break,
                () = server.restored() => server = server.restart().await?,
            }
        }
        self.let_go(&mut signals, |within| server.drain(within)).await;
        tracing::info!("stopping");
        server.stop().await
    }

    /// Lets everybody go before the server stops, if that is wished.
    async fn let_go<F: Future<Output = ()>>(&self, signals: &mut Signals, drain: impl FnOnce(Duration) -> F) {
        let Some(seconds) = self.drain_seconds else { return };
        tokio::select! {
            () = drain(Duration::from_secs(seconds)) => {}
            // Asked again, it does not wait.
            () = signals.wait() => {}
        }
    }

    fn config(&self, public_url: Option<Url>, in_file: TrustedProxies) -> Config {
        let mut config = Config {
            plain_http: self.plain_http,
            public_url,
            metrics_listen: self.metrics_listen,
            cluster: self.nats.clone().map(|url| cluster::Settings {
                url,
                credentials: self.nats_credentials.clone(),
                roots: self.nats_ca.clone(),
            }),
            sql_server_backup: self.sql_server_backup.clone(),
            ..Config::default()
        };
        config.trusted_proxies = self.trusted_proxy.iter().cloned().chain([in_file]).collect();
        if let Some(per_second) = self.requests_per_second {
            for rate in [&mut config.user_rate, &mut config.address_rate] {
                *rate = Rate::per_second(per_second, rate.burst.max(per_second));
            }
        }
        config
    }

    async fn serve_schools(
        self,
        folder: PathBuf,
        log: &Log,
        beside: Beside,
        mut signals: Signals,
    ) -> Result<()> {
        if !folder.is_dir() {
            bail!("{} is no folder of schools", folder.display());
        }
        log.keep_in(&folder);
        let config = self.config(None, data_dir::trusted_proxies(&folder)?);
        let options = Options { listen: self.listen, config, clock: Clock::system(), announce: false };
        let idle = Duration::from_secs(self.idle_minutes * 60);
        let schools = Schools::start(folder, options, beside, idle).await?;
        announce(format_args!("listening on {}", schools.url()));
        signals.wait().await;
        self.let_go(&mut signals, |within| schools.drain(within)).await;
        tracing::info!("stopping");
        schools.stop().await
    }
}

/// Says a line. A server whose standard output is closed or full serves all the same.
fn announce(line: impl Display) {
    if let Err(error) = say(line) {
        tracing::warn!("{error:#}");
    }
}

fn parse_public_url(text: &str) -> Result<Url> {
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "https" | "http") && url.has_host());
    match url {
        Some(url) if url.path() == "/" && url.query().is_none() && url.username().is_empty() => Ok(url),
        _ => bail!("--public-url must be like https://tamu.sekolah.example, without a path"),
    }
}

/// The signals that stop the program. It listens to them before it opens anything, so that a stop during start-up is
/// clean too.
struct Signals {
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(windows)]
    interrupt: tokio::signal::windows::CtrlC,
    #[cfg(windows)]
    pause: tokio::signal::windows::CtrlBreak,
    #[cfg(windows)]
    close: tokio::signal::windows::CtrlClose,
    #[cfg(windows)]
    logoff: tokio::signal::windows::CtrlLogoff,
    #[cfg(windows)]
    shutdown: tokio::signal::windows::CtrlShutdown,
}

impl Signals {
    #[cfg(unix)]
    fn new() -> Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    #[cfg(unix)]
    async fn wait(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }

    #[cfg(windows)]
    fn new() -> Result<Self> {
        use tokio::signal::windows::{ctrl_break, ctrl_c, ctrl_close, ctrl_logoff, ctrl_shutdown};
        Ok(Self {
            interrupt: ctrl_c()?,
            pause: ctrl_break()?,
            close: ctrl_close()?,
            logoff: ctrl_logoff()?,
            shutdown: ctrl_shutdown()?,
        })
    }

    /// After the last three, Windows gives the program some seconds. What is in flight needs less.
    #[cfg(windows)]
    async fn wait(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.pause.recv() => {}
            _ = self.close.recv() => {}
            _ = self.logoff.recv() => {}
            _ = self.shutdown.recv() => {}
        }
    }
}
