//! The running program: it starts as the profile says, and it ends here.

use std::sync::{Mutex as StdMutex, PoisonError};

use anyhow::{Context, Result};
use client::{Client, Options, ServerAddress, TokenStore};
use contract::{Pairing, Role};
use server::{
    Clock, Server,
    data_dir::{self, BeforeUpdate},
};
use tauri::{
    AppHandle, Manager,
    async_runtime::{self, JoinHandle},
};
use tokio::sync::Mutex;
use url::Url;

use crate::{
    args::Args,
    connection::Connection,
    desk::{self, Desk},
    folder::Folder,
    luring, network,
    profile::{CurrentProfile, Place, Profile},
    sesi, start, subscription,
};

/// What runs until the program ends or starts as something else.
#[derive(Default)]
pub(crate) struct Running {
    server: Mutex<Option<Server>>,
    /// Tasks that listen to the server, until it is another one.
    listeners: StdMutex<Vec<JoinHandle<()>>>,
}

/// Makes this PC what the profile says: starts the server if it is kept here, connects, listens. If this fails,
/// everything is undone, and it can be tried again.
///
/// # Errors
/// Why the guest book can never be served or reached like this, such as a taken port. A server that is only away is no
/// error.
pub(crate) async fn start(app: &AppHandle, profile: &Profile) -> Result<()> {
    app.state::<CurrentProfile>().set(Some(profile.clone()));
    let started = try_start(app, profile).await;
    if started.is_err() {
        undo(app).await;
    }
    started
}

async fn try_start(app: &AppHandle, profile: &Profile) -> Result<()> {
    let role = profile.role;
    let (address, pairing) = match profile.server.clone() {
        Place::Remote { url } => (url, None),
        Place::Host { port, loopback } => host(app, port, loopback).await?,
    };
    let tokens = {
        let (address, folder) = (address.clone(), app.state::<Folder>().0.clone());
        let keeps_sign_in = !app.state::<Args>().forget;
        // A keyring may ask the user first.
        let open = move || match keeps_sign_in {
            true => TokenStore::open(role.as_str(), &address, Some(&folder)),
            false => Ok(TokenStore::memory()),
        };
        tokio::task::spawn_blocking(open).await??
    };
    let client = Client::new(address.clone(), tokens, Options::default()).await?;
    let desk = match role {
        Role::Kiosk => luring::start(app, &address, &client).await,
        _ => Vec::new(),
    };
    let listeners = [sesi::follow(app.clone(), client.clone()), subscription::follow(app.clone(), &client)];
    app.state::<Running>()
        .listeners
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .extend(desk.into_iter().chain(listeners));
    app.state::<Connection>().open(client, pairing);
    if role == Role::Kiosk {
        desk::start(app, &profile.scanners);
    }
    Ok(())
}

/// Serves the guest book from this PC. Gives the address for this PC itself.
async fn host(app: &AppHandle, port: u16, loopback: bool) -> Result<(ServerAddress, Option<Pairing>)> {
    let data = data_dir::open_after(&app.state::<Folder>().0, None, BeforeUpdate::named()).await?;
    let ip = if loopback { "127.0.0.1" } else { "0.0.0.0" };
    let options = server::Options {
        listen: format!("{ip}:{port}").parse()?,
        config: server::Config::default(),
        clock: Clock::system(),
        announce: true,
    };
    let server = Server::start(data, options).await.with_context(|| format!("port {port}"))?;
    outbox::start(server.school(), outbox::Environment::read(), server.stopping(), server.tasks());
    let port = server.address().port();
    tracing::info!(port, "serving the guest book");
    let own = Url::parse(&format!("https://127.0.0.1:{port}"))?;
    let fingerprint = server.fingerprint().map(str::to_owned);
    let address = match &fingerprint {
        Some(text) => ServerAddress::new(&own, Some(text.parse()?))?,
        None => ServerAddress::new(&own, None)?,
    };
    follow_restores(app, &server);
    let urls = network::addresses().iter().map(|ip| format!("https://{ip}:{port}")).collect();
    *app.state::<Running>().server.lock().await = Some(server);
    Ok((address, Some(Pairing { urls, fingerprint })))
}

/// Starts the server again when a restored school is ready to take this one's place. People see for a moment that it is
/// away, and sign in again.
fn follow_restores(app: &AppHandle, server: &Server) {
    let (app, restored, stopping) = (app.clone(), server.restored(), server.stopping());
    async_runtime::spawn(async move {
        tokio::select! {
            () = restored => {}
            () = stopping.cancelled() => return,
        }
        let running = app.state::<Running>();
        let mut held = running.server.lock().await;
        let Some(server) = held.take() else { return };
        match server.restart().await {
            Ok(server) => {
                let tasks = server.tasks();
                outbox::start(server.school(), outbox::Environment::read(), server.stopping(), tasks);
                follow_restores(&app, &server);
                *held = Some(server);
            }
            Err(error) => {
                drop(held);
                start::give_up(&app, &error);
            }
        }
    });
}

/// Ends what was started, so that the program can start as something else: the port and the folder are free again.
/// Scanners keep running until those of the next start replace them.
pub(crate) async fn undo(app: &AppHandle) {
    app.state::<CurrentProfile>().set(None);
    app.state::<Connection>().close();
    app.state::<luring::Current>().close();
    let running = app.state::<Running>();
    for listener in running.listeners.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
        listener.abort();
    }
    running.end_server().await;
}

/// Stops the scanners and the server. Requests in flight are finished.
pub(crate) fn stop(app: &AppHandle) {
    async_runtime::block_on(async {
        app.state::<Desk>().stop().await;
        app.state::<Running>().end_server().await;
    });
}

impl Running {
    async fn end_server(&self) {
        if let Some(server) = self.server.lock().await.take()
            && let Err(error) = server.stop().await
        {
            tracing::error!(%error, "the server did not stop well");
        }
    }
}
