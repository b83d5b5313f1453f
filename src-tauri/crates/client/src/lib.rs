//! How a desk or a teacher's PC reaches the server: requests, the live subscription, and whom to trust.
//!
//! Owns the connection: certificate pinning, timeouts, repeats, tokens and their renewal, reconnecting. Decides
//! nothing about visits; that is `domain`'s, and what happened is the server's to say.

pub mod address;
pub mod client;
pub mod error;
pub mod fingerprint;
mod http;
pub mod janji_temu;
mod pin;
pub mod sesi;
pub mod subscription;
mod tls;
pub mod tokens;

pub use address::ServerAddress;
pub use client::{Client, Options};
pub use error::{Error, Result, Unreachable};
pub use fingerprint::Fingerprint;
pub use janji_temu::Kunci;
pub use subscription::{Subscription, Update, subscribe};
pub use tls::fetch_fingerprint;
pub use tokens::TokenStore;
