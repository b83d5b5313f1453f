//! The connection to the server. Every request goes through it.

use std::time::Duration;

use client::Client;
use contract::{Failure, Pairing, PairingGet, ProgramInfo};
use tokio::sync::watch;

use crate::{
    commands::{Answer, Caller, Handler},
    profile::CurrentProfile,
};

/// How long a page's first request waits for this PC's own server to start.
const START_WITHIN: Duration = Duration::from_secs(30);

/// The connection; empty until the program has started.
#[derive(Default)]
pub(crate) struct Connection(watch::Sender<Option<Link>>);

#[derive(Clone)]
struct Link {
    /// Requests and the session.
    client: Client,
    /// What teachers' PCs need for pairing, if the guest book is kept here.
    pairing: Option<Pairing>,
}

impl Connection {
    /// From now on, requests go through `client`.
    pub(crate) fn open(&self, client: Client, pairing: Option<Pairing>) {
        self.0.send_replace(Some(Link { client, pairing }));
    }

    /// From now on, requests wait for a new connection.
    pub(crate) fn close(&self) {
        self.0.send_replace(None);
    }

    /// The client. Waits until there is a connection.
    ///
    /// # Errors
    /// [`Failure::Unreachable`] if there is none in time.
    pub(crate) async fn client(&self) -> Result<Client, Failure> {
        let mut link = self.0.subscribe();
        let opened = tokio::time::timeout(START_WITHIN, link.wait_for(Option::is_some)).await;
        let opened = opened.ok().and_then(Result::ok).and_then(|link| link.clone());
        opened.map(|link| link.client).ok_or(Failure::Unreachable)
    }

    /// The server's address, if it is known. If the guest book is kept here, it is the address that other PCs use.
    pub(crate) fn server_url(&self) -> Option<String> {
        let link = self.0.borrow();
        let Link { client, pairing } = link.as_ref()?;
        let from_outside = pairing.as_ref().and_then(|pairing| pairing.urls.first().cloned());
        Some(from_outside.unwrap_or_else(|| client.address().url().as_str().trim_end_matches('/').to_owned()))
    }

    fn pairing(&self) -> Option<Pairing> {
        self.0.borrow().as_ref().and_then(|link| link.pairing.clone())
    }
}

impl Handler for PairingGet {
    fn answer(self, caller: Caller) -> Answer<Self> {
        Answer::now(caller.state::<Connection>().pairing())
    }
}

impl Handler for contract::Program {
    fn answer(self, caller: Caller) -> Answer<Self> {
        Answer::now(ProgramInfo {
            role: caller.state::<CurrentProfile>().role(),
            version: env!("CARGO_PKG_VERSION"),
            server: caller.state::<Connection>().server_url(),
        })
    }
}
