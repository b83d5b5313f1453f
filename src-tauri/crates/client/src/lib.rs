//! The connection of a desk or a teacher's PC to the server: requests, the live subscription, and whom to trust.
//!
//! Owns the connection: certificate pinning, timeouts, repeats, tokens and their renewal, reconnecting. Decides nothing
//! about visits: `domain` owns the rules, and the server says what happened.
//!
//! The program's pages send their own requests by [`Client::forward`].
//!
//! ```no_run
//! # async fn example() -> client::Result<()> {
//! use client::{Client, TokenStore, Update, notifikasi::Jawaban, subscribe};
//!
//! let client = Client::connect("https://192.168.1.10:8443#AA:BB:…".parse()?, TokenStore::memory()).await?;
//! client.login("guru@sekolah.example", "kata sandi").await?;
//! let mut subscription = subscribe(&client);
//! loop {
//!     if let Update::Alert(notifikasi) = subscription.next().await {
//!         client.respond(notifikasi.id, &Jawaban::teks("Saya ke lobi")).await?;
//!     }
//! }
//! # }
//! ```

pub mod address;
mod client;
mod device;
pub mod discovery;
pub mod error;
pub mod fingerprint;
mod forward;
mod http;
pub mod idempotency_key;
pub mod janji_temu;
pub mod kiosk;
pub mod notifikasi;
pub mod offline;
pub mod options;
pub mod pin;
pub mod pindai;
pub mod sesi;
mod sign_in;
pub mod subscription;
mod tls;
pub mod tokens;

pub use address::ServerAddress;
pub use client::Client;
pub use error::{Error, Refusal, Result, Unreachable};
pub use fingerprint::Fingerprint;
pub use forward::Forwarded;
pub use idempotency_key::IdempotencyKey;
pub use options::Options;
pub use subscription::{Subscription, Update, subscribe};
pub use tls::fetch_fingerprint;
pub use tokens::TokenStore;
