//! The running program: what this PC is for, the way to the server, and what becomes of both when it ends.

use std::{path::PathBuf, time::Duration};

use anyhow::{Context, Result};
use client::{Client, Options, ServerAddress, TokenStore};
use server::{Clock, Server, data_dir};
use tauri::{AppHandle, Manager, async_runtime};
use tokio::sync::{Mutex, watch};
use url::Url;

use crate::{
    args::Role,
    desk::Desk,
    full_screen::FullScreen,
    profile::{Place, Profile},
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
    profile: watch::Sender<Option<Profile>>,
    link: watch::Sender<Option<Link>>,
    server: Mutex<Option<Server>>,
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
    pub(crate) fn new(folder: PathBuf, hidden: bool) -> Self {
        Self {
            folder,
            hidden,
            profile: watch::Sender::default(),
            link: watch::Sender::default(),
            server: Mutex::default(),
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

    /// Makes this PC what the profile says: starts the server where it is kept here, connects, listens.
    ///
    /// # Errors
    /// One line that says why the guest book cannot be served or reached for good, such as a taken port. A server that is only
    /// away is no error.
    pub(crate) async fn start(app: &AppHandle, profile: Profile) -> Result<()> {
        let program = app.state::<Self>();
        let role = profile.role;
        program.expect(&profile);
        let (address, pairing) = match profile.server {
            Place::Remote { url } => (url, None),
            Place::Host { port, loopback } => program.host(port, loopback).await?,
        };
        let folder = program.folder.clone();
        let tokens = {
            let address = address.clone();
            // A keyring may ask its user first.
            let open = move || TokenStore::open(role.as_str(), &address, Some(&folder));
            tokio::task::spawn_blocking(open).await??
        };
        let client = Client::new(address, tokens, Options::default()).await?;
        crate::sesi::follow(app.clone(), client.clone());
        crate::updates::follow(app.clone(), &client);
        program.link.send_replace(Some(Link { client, pairing }));
        if role == Role::Kiosk {
            crate::desk::start(app, &profile.scanners);
        }
        Ok(())
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
            if let Some(server) = self.server.lock().await.take()
                && let Err(error) = server.stop().await
            {
                tracing::error!(%error, "the server did not stop well");
            }
        });
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
