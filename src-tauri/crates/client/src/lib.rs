//! How a desk or a teacher's PC reaches the server: requests, the live subscription, and whom to trust.
//!
//! Owns the connection: certificate pinning, timeouts, repeats, tokens and their renewal, reconnecting. Decides
//! nothing about visits; that is `domain`'s, and what happened is the server's to say.
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
//!         client.respond(notifikasi.id, Some(&Jawaban::teks("Saya ke lobi"))).await?;
//!     }
//! }
//! # }
//! ```

pub mod address;
mod client;
pub mod dasbor;
mod device;
pub mod discovery;
pub mod error;
pub mod fingerprint;
mod forward;
pub mod halaman;
mod http;
pub mod janji_temu;
pub mod kunci;
pub mod laporan;
pub mod notifikasi;
pub mod pengguna;
mod pin;
pub mod pindai;
pub mod sesi;
pub mod subscription;
pub mod tamu;
mod tls;
pub mod tokens;

pub use address::ServerAddress;
pub use client::{Client, Options};
pub use error::{Error, Refusal, Result, Unreachable};
pub use fingerprint::Fingerprint;
pub use forward::Forwarded;
pub use halaman::Halaman;
pub use kunci::Kunci;
pub use subscription::{Subscription, Update, subscribe};
pub use tls::fetch_fingerprint;
pub use tokens::TokenStore;
