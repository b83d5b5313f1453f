//! The program's one subscription to the server's events. It is in this process, because the operating system may
//! suspend a page that nobody sees.

use client::{Client, subscribe};
use contract::Update;
use tauri::{
    AppHandle, Manager,
    async_runtime::{self, JoinHandle},
};

use crate::{alert, luring, school_pin, updates::Updates};

/// Listens, whoever is signed in. Aborted when the program starts as something else.
pub(crate) fn follow(app: AppHandle, client: &Client) -> JoinHandle<()> {
    let client = client.clone();
    async_runtime::spawn(async move {
        let mut subscription = subscribe(&client);
        let updates = app.state::<Updates>();
        loop {
            let update = tokio::select! {
                () = updates.retry.notified() => {
                    subscription.retry_now();
                    continue;
                }
                update = subscription.next() => update,
            };
            let update = match update {
                client::Update::Connected { pengguna, online } => Update::Connected { pengguna, online },
                client::Update::Disconnected { retry_at } => Update::Disconnected { retry_at },
                client::Update::Alert(data) => Update::Alert { data },
                client::Update::Changed(data) => Update::Changed { data },
                client::Update::Removed(id) => Update::Removed { id },
                client::Update::Appointment(data) => Update::Appointment { data: Box::new(data) },
                client::Update::Presence(data) => Update::Presence { data },
                client::Update::Pesan(data) => Update::Pesan { data },
                client::Update::Saluran(data) => Update::Saluran { data },
                client::Update::Cadangan(data) => Update::Cadangan { data },
                client::Update::Settings => Update::Settings,
                client::Update::Evakuasi => Update::Evakuasi,
                // A page treats it the same way: it fetches everything again.
                client::Update::Reload => match updates.connection() {
                    Some(connected) => connected,
                    None => continue,
                },
                client::Update::Unread => {
                    updates.adopt(subscription.unread());
                    alert::recount(&app);
                    continue;
                }
                client::Update::LoggedOut { .. } => {
                    updates.forget();
                    alert::settle(&app);
                    continue;
                }
            };
            luring::follow(&app, &update);
            updates.tell(&update);
            school_pin::follow(&app, &client, &update);
            alert::follow(&app, &update);
        }
    })
}
