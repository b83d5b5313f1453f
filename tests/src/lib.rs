//! Shared test harness: a real server on a made-up school, with a clock that a test moves.
//!
//! ```no_run
//! # async fn example() {
//! use tests::{App, Place, invite};
//!
//! let app = App::start(Place::Sqlite).await;
//! let (guru, desk) = (app.guru().await, app.desk().await);
//! let mut alerts = guru.subscribe().await;
//! let invited = invite(&guru, 1, "09:30").await;
//! desk.scan(&invited["kode_qr"]).await.expect(200);
//! assert_eq!(alerts.next_of("notification").await["id"], invited["id"]);
//! # }
//! ```

mod answer;
mod app;
mod balancer;
mod caller;
mod clock;
mod document;
mod dump;
pub mod inspection;
mod line;
mod locked;
mod mailbox;
mod mssql;
mod nats;
mod page;
mod raw;
mod school;
mod seed;
mod skip;
mod socket;
#[cfg(target_os = "linux")]
mod stage;
mod visit;

pub use answer::Answer;
pub use app::{App, Node, Place};
pub use balancer::{Balancer, NO_BALANCER};
pub use caller::Caller;
pub use clock::StillClock;
pub use line::{Condition, Line};
pub use locked::Locked;
pub use mailbox::{Mail, Mailbox, Mood};
pub use mssql::{MssqlDatabase, NO_MSSQL};
pub use nats::{NO_NATS, Nats};
pub use page::{Page, free_port, pause};
pub use raw::Raw;
pub use school::{ADMIN, BCRYPT_COST, DESK, GURU, OTHER_GURU, PASSWORD, Person, START, fill};
pub use seed::Seed;
pub use skip::skip;
pub use socket::Socket;
#[cfg(target_os = "linux")]
pub use stage::{Process, Stage, is_there, wait};
pub use visit::{answered, call, invitation, invite, kunci, put_status, row_of, tamu, walk_in};

use std::{future::Future, time::Duration};

/// Waits for something that must come, much longer than it needs, and says what did not come.
pub async fn within<T>(what: &str, future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(60), future)
        .await
        .unwrap_or_else(|_| panic!("waited in vain: {what}"))
}
