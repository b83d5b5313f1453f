//! The connection to the server: everything that asks it goes through this one.

use std::time::Duration;

use client::Client;
use contract::{Failure, Pairing, PairingGet, ProgramInfo};
use tokio::sync::watch;

use crate::{
    commands::{Answer, Caller, Handler},
    profile::CurrentProfile,
};

/// How long a page's first request waits for the server of this PC to have started.
const START_WITHIN: Duration = Duration::from_secs(30);

/// The connection, once the program has started.
#[derive(Default)]
pub(crate) struct Connection(watch::Sender<Option<Link>>);

/// How the server is reached.
#[derive(Clone)]
struct Link {
    /// Requests and the session.
    client: Client,
    /// What teachers' PCs are paired by, if the guest book is kept here.
    pairing: Option<Pairing>,
}

impl Connection {
    /// It is there.
    pub(crate) fn open(&self, client: Client, pairing: Option<Pairing>) {
        self.0.send_replace(Some(Link { client, pairing }));
    }

    /// It is there no more.
    pub(crate) fn close(&self) {
        self.0.send_replace(None);
    }

    /// The client, once there is a connection.
    ///
    /// # Errors
    /// [`Failure::Unreachable`] if it does not come about in time.
    pub(crate) async fn client(&self) -> Result<Client, Failure> {
        let mut link = self.0.subscribe();
        let opened = tokio::time::timeout(START_WITHIN, link.wait_for(Option::is_some)).await;
        let opened = opened.ok().and_then(Result::ok).and_then(|link| link.clone());
        opened.map(|link| link.client).ok_or(Failure::Unreachable)
    }

    /// The server's address as far as it is known; if the guest book is kept here, as other PCs reach it.
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
