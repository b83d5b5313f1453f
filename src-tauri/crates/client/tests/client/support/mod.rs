//! A small stand-in for the server, and a line to it that can be cut.

pub(crate) mod proxy;
pub(crate) mod ready;
pub(crate) mod rows;
pub(crate) mod server;
pub(crate) mod tls;

use std::{future::Future, time::Duration};

use client::{Client, Options, ServerAddress, TokenStore, options::Timing};

/// Waits for an event, much longer than it needs.
pub(crate) async fn within<T>(what: &str, future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(60), future)
        .await
        .unwrap_or_else(|_| panic!("waited in vain: {what}"))
}

/// Limits for tests: short waits between attempts, and patience on a busy machine.
pub(crate) fn options() -> Options {
    Options {
        repeat_delay: Duration::from_millis(1),
        subscription: Timing {
            backoff_min: Duration::from_millis(1),
            backoff_max: Duration::from_millis(4),
            ..Timing::default()
        },
        ..Options::default()
    }
}

/// A client that is signed in.
pub(crate) async fn signed_in(address: ServerAddress) -> Client {
    let client = Client::new(address, TokenStore::memory(), options()).await.unwrap();
    client.login(server::EMAIL, server::PASSWORD).await.unwrap();
    client
}
