//! The server: HTTP API, WebSocket notify hub, sign-in and nightly jobs over any [`store::Store`].
//!
//! A handler extracts, authorises, lets `domain` decide, makes one store call and replies. Messages to guests are
//! only put into the queue here; sending them is the outbox's.

pub mod auth;
pub mod clock;
pub mod commands;
pub mod data_dir;
pub mod demo;
mod ekspor;
mod erasures;
pub mod error;
pub mod fault;
pub mod first_admin;
pub mod logging;
mod nodes;
mod open;
pub mod restore;
pub mod run;
pub mod schools;

mod address;
mod announce;
mod audit;
mod backup_job;
mod backups;
mod berkas_libur;
mod dapodik;
mod evakuasi;
mod figures;
mod http;
mod hub;
mod imports;
mod jobs;
mod kunjungan;
mod limits;
mod links;
mod listener;
mod opening;
mod pesan;
mod problem;
mod readiness;
mod reads;
mod refused;
mod restore_job;
mod restoring;
mod school;
mod settings;
mod state;
mod sweep;
mod tls;
mod upkeep;

pub use address::TrustedProxies;
pub use clock::Clock;
pub use fault::Fault;
pub use http::routes::openapi;
pub use limits::Rate;
pub use open::Beside;
pub use reads::{Allowance, ReadAllowances};
pub use run::{CertificateError, ListenError, Options, Server};
pub use state::{AppState, Config};
