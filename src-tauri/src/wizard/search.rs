//! Looks for the school's server in the network.

use client::discovery::{self, Discovery};
use contract::{Sighting, WizardDiscover, WizardDiscoverStop};
use tauri::async_runtime::{self, JoinHandle};
use tokio::sync::Mutex;

use super::address;
use crate::{
    channel::Sender,
    commands::{Answer, Caller, Handler},
};

/// The search that is running, if any.
#[derive(Default)]
pub(crate) struct Search(Mutex<Option<JoinHandle<()>>>);

impl Search {
    async fn begin(&self, sender: Sender<Sighting>) {
        self.end().await;
        *self.0.lock().await = Some(async_runtime::spawn(look(sender)));
    }

    /// Ends the search.
    pub(super) async fn end(&self) {
        if let Some(task) = self.0.lock().await.take() {
            task.abort();
        }
    }
}

async fn look(sender: Sender<Sighting>) {
    let Ok(mut discovery) = Discovery::start() else {
        let _ = sender.send(Sighting::Failed);
        return;
    };
    while let Some(sighting) = discovery.next().await {
        let seen = match sighting {
            discovery::Sighting::Found(found) => Sighting::Found {
                name: found.name,
                nama: found.nama,
                addresses: found.addresses.iter().map(address::shown).collect(),
            },
            discovery::Sighting::Lost(name) => Sighting::Lost { name },
        };
        if sender.send(seen).is_err() {
            return;
        }
    }
}

impl Handler for WizardDiscover {
    fn answer(self, caller: Caller) -> Answer<Self> {
        let sender = Sender::to(&caller.window, &self.channel);
        Answer::later(async move {
            caller.state::<Search>().begin(sender).await;
            Ok(())
        })
    }
}

impl Handler for WizardDiscoverStop {
    fn answer(self, caller: Caller) -> Answer<Self> {
        Answer::later(async move {
            caller.state::<Search>().end().await;
            Ok(())
        })
    }
}
