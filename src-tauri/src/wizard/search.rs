//! Looking for the school's server in the network.

use client::discovery::{Discovery, Sighting};
use serde::Serialize;
use tauri::{AppHandle, Manager, async_runtime, async_runtime::JoinHandle};
use tokio::sync::Mutex;

use super::address::Paired;
use crate::channel::Channel;

/// A server that was seen in the network, or is not any more.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum Seen {
    /// It is there.
    Found {
        /// By which it is told apart from others.
        name: String,
        /// The school.
        nama: String,
        /// Where to reach it, the likeliest first.
        addresses: Vec<Paired>,
    },
    /// It is gone.
    Lost {
        /// Which.
        name: String,
    },
    /// This network does not let us look.
    Failed,
}

/// The search under way.
#[derive(Default)]
pub(crate) struct Search(Mutex<Option<JoinHandle<()>>>);

/// Looks for servers in the network until told to stop.
#[tauri::command]
pub(crate) async fn wizard_discover(app: AppHandle, channel: Channel<Seen>) {
    wizard_discover_stop(app.clone()).await;
    let task = async_runtime::spawn(async move {
        let Ok(mut discovery) = Discovery::start() else {
            let _ = channel.send(Seen::Failed);
            return;
        };
        while let Some(sighting) = discovery.next().await {
            let seen = match sighting {
                Sighting::Found(found) => Seen::Found {
                    name: found.name,
                    nama: found.nama,
                    addresses: found.addresses.iter().map(Paired::from).collect(),
                },
                Sighting::Lost(name) => Seen::Lost { name },
            };
            if channel.send(seen).is_err() {
                return;
            }
        }
    });
    *app.state::<Search>().0.lock().await = Some(task);
}

/// Looks no more.
#[tauri::command]
pub(crate) async fn wizard_discover_stop(app: AppHandle) {
    if let Some(task) = app.state::<Search>().0.lock().await.take() {
        task.abort();
    }
}
