//! The running program: what this PC is for, the way to the server, and what becomes of both when it ends.

use std::{
    path::PathBuf,
    sync::{Mutex as StdMutex, PoisonError},
    time::Duration,
};

use anyhow::{Context, Result};
use client::{Client, Options, ServerAddress, TokenStore};
use server::{Clock, Server, data_dir};
use tauri::{
    AppHandle, Manager,
    async_runtime::{self, JoinHandle},
};
use tokio::sync::{Mutex, watch};
use url::Url;

use crate::{
    args::{Args, Role},
    desk::Desk,
    full_screen::FullScreen,
    language::Language,
    profile::{Place, Profile},
    trouble::Trouble,
    updates::Updates,
};

/// How long a page's first request waits for the server of this PC to have started.
const START_WITHIN: Duration = Duration::from_secs(30);

/// Everything that lives as long as the program.
pub(crate) struct Program {
    /// Where everything is kept.
    pub(crate) folder: PathBuf,
    /// Start without a window.
    pub(crate) hidden: bool,
    /// Whoever has signed in still is at the next start.
    keeps_sign_in: bool,
    profile: watch::Sender<Option<Profile>>,
    link: watch::Sender<Option<Link>>,
    server: Mutex<Option<Server>>,
    /// What listens as long as the server is the same.
    listeners: StdMutex<Vec<JoinHandle<()>>>,
    trouble: watch::Sender<Option<Trouble>>,
    /// What people here read.
    pub(crate) language: watch::Sender<Language>,
    /// Events from the server.
    pub(crate) updates: Updates,
    /// The kiosk's scanners.
    pub(crate) desk: Desk,
    /// Whether its window may be closed.
    pub(crate) full_screen: FullScreen,
}

/// The way to the server.
#[derive(Clone)]
pub(crate) struct Link {
    /// Requests and the session.
    pub(crate) client: Client,
    /// What teachers' PCs are paired by, where the guest book is kept here.
    pub(crate) pairing: Option<Pairing>,
}

/// What a teacher's PC is paired by.
#[derive(Clone, Debug, serde::Serialize)]
pub(crate) struct Pairing {
    /// Addresses of this PC in the school's network.
    pub(crate) urls: Vec<String>,
    /// What the other screen must show too.
    pub(crate) fingerprint: Option<String>,
}

impl Program {
    /// A program that knows where it keeps things, and nothing of a server yet.
    pub(crate) fn new(folder: PathBuf, args: &Args) -> Self {
        Self {
            folder,
            hidden: args.hidden,
            keeps_sign_in: !args.forget,
            profile: watch::Sender::default(),
            link: watch::Sender::default(),
            server: Mutex::default(),
            listeners: StdMutex::default(),
            trouble: watch::Sender::default(),
            language: watch::Sender::default(),
            updates: Updates::default(),
            desk: Desk::default(),
            full_screen: FullScreen::default(),
        }
    }

    /// What this PC is about to be made, so that its windows can open before the server has started.
    pub(crate) fn expect(&self, profile: &Profile) {
        self.profile.send_replace(Some(profile.clone()));
    }

    /// What this PC was set up to be; `None` while the wizard is open.
    pub(crate) fn profile(&self) -> Option<Profile> {
        self.profile.borrow().clone()
    }

    /// What it is for.
    pub(crate) fn role(&self) -> Option<Role> {
        self.profile.borrow().as_ref().map(|profile| profile.role)
    }

    /// The way to the server, once there is one.
    ///
    /// # Errors
    /// `None` where it did not come about in time.
    pub(crate) async fn link(&self) -> Option<Link> {
        let mut link = self.link.subscribe();
        let found = tokio::time::timeout(START_WITHIN, link.wait_for(Option::is_some)).await;
        found.ok()?.ok()?.clone()
    }

    /// The server's address as far as it is known; where the guest book is kept here, as other PCs reach it.
    pub(crate) fn server_url(&self) -> Option<String> {
        let link = self.link.borrow();
        let link = link.as_ref()?;
        let from_outside = link.pairing.as_ref().and_then(|pairing| pairing.urls.first().cloned());
        Some(
            from_outside
                .unwrap_or_else(|| link.client.address().url().as_str().trim_end_matches('/').to_owned()),
        )
    }

    /// What teachers' PCs are paired by, where the guest book is kept here.
    pub(crate) fn pairing(&self) -> Option<Pairing> {
        self.link.borrow().as_ref().and_then(|link| link.pairing.clone())
    }

    /// What kept the program from starting.
    pub(crate) fn trouble(&self) -> Option<Trouble> {
        self.trouble.borrow().clone()
    }

    /// Keeps what is in the way, or that nothing is any more.
    pub(crate) fn set_trouble(&self, trouble: Option<Trouble>) {
        self.trouble.send_replace(trouble);
    }

    /// Makes this PC what the profile says: starts the server where it is kept here, connects, listens. Where that
    /// fails, nothing is left of it, and it can be tried again.
    ///
    /// # Errors
    /// Why the guest book cannot be served or reached for good, such as a taken port. A server that is only away is no
    /// error.
    pub(crate) async fn start(app: &AppHandle, profile: &Profile) -> Result<()> {
        let program = app.state::<Self>();
        program.expect(profile);
        let started = program.try_start(app, profile).await;
        if started.is_err() {
            program.undo().await;
        }
        started
    }

    async fn try_start(&self, app: &AppHandle, profile: &Profile) -> Result<()> {
        let role = profile.role;
        let (address, pairing) = match profile.server.clone() {
            Place::Remote { url } => (url, None),
            Place::Host { port, loopback } => self.host(port, loopback).await?,
        };
        let (folder, keeps) = (self.folder.clone(), self.keeps_sign_in);
        let tokens = {
            let address = address.clone();
            // A keyring may ask its user first.
            let open = move || match keeps {
                true => TokenStore::open(role.as_str(), &address, Some(&folder)),
                false => Ok(TokenStore::memory()),
            };
            tokio::task::spawn_blocking(open).await??
        };
        let client = Client::new(address, tokens, Options::default()).await?;
        let listeners =
            [crate::sesi::follow(app.clone(), client.clone()), crate::updates::follow(app.clone(), &client)];
        self.listeners.lock().unwrap_or_else(PoisonError::into_inner).extend(listeners);
        self.link.send_replace(Some(Link { client, pairing }));
        if role == Role::Kiosk {
            crate::desk::start(app, &profile.scanners);
        }
        Ok(())
    }

    /// Ends what was started, so that it can be started otherwise: a port and a folder are free again. Scanners go on,
    /// and give their place to those of the next start.
    pub(crate) async fn undo(&self) {
        self.profile.send_replace(None);
        self.link.send_replace(None);
        for listener in self.listeners.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            listener.abort();
        }
        self.end_server().await;
    }

    /// Serves the guest book from this PC. Gives how this PC itself reaches it.
    async fn host(&self, port: u16, loopback: bool) -> Result<(ServerAddress, Option<Pairing>)> {
        let data = data_dir::open(&self.folder, None).await?;
        let ip = if loopback { "127.0.0.1" } else { "0.0.0.0" };
        let options = server::Options {
            listen: format!("{ip}:{port}").parse()?,
            config: server::Config::default(),
            clock: Clock::system(),
            announce: true,
        };
        let server = Server::start(data, options).await.with_context(|| format!("port {port}"))?;
        let port = server.address().port();
        tracing::info!(port, "serving the guest book");
        let own = Url::parse(&format!("https://127.0.0.1:{port}"))?;
        let fingerprint = server.fingerprint().map(str::to_owned);
        let address = match &fingerprint {
            Some(text) => ServerAddress::new(&own, Some(text.parse()?))?,
            None => ServerAddress::new(&own, None)?,
        };
        let urls = crate::network::addresses().iter().map(|ip| format!("https://{ip}:{port}")).collect();
        *self.server.lock().await = Some(server);
        Ok((address, Some(Pairing { urls, fingerprint })))
    }

    /// Finishes what is in flight.
    pub(crate) fn stop(&self) {
        async_runtime::block_on(async {
            self.desk.stop().await;
            self.end_server().await;
        });
    }

    async fn end_server(&self) {
        if let Some(server) = self.server.lock().await.take()
            && let Err(error) = server.stop().await
        {
            tracing::error!(%error, "the server did not stop well");
        }
    }
}

/// What pages show of the program itself.
#[derive(serde::Serialize)]
pub(crate) struct Info {
    role: Option<Role>,
    version: &'static str,
    server: Option<String>,
}

/// What this PC is for, and where its server is.
#[tauri::command]
pub(crate) fn program(program: tauri::State<'_, Program>) -> Info {
    Info { role: program.role(), version: env!("CARGO_PKG_VERSION"), server: program.server_url() }
}
