//! Storage of the audit (`domain::audit`): entries, their seals, and what is read of them.
//!
//! **An entry is written with the change, in its transaction.** The caller wraps the call of a store in [`with`], which
//! gives the entry to everything below it on the same task. The engine picks it up:
//!
//! - SQLite writes it inside the job's savepoint, if the job changed a row (`sqlite/audit.rs`).
//! - SQL Server sends it in the same batch, behind the statement that makes the change and on that statement's own
//!   condition (`Statement::audited`), so that a check-in stays one round trip. An unmarked transaction of several
//!   statements gets it before its commit.
//!
//! So a change cannot be kept without its entry, or the entry without the change; and what changes nothing, such as the
//! slower of two desks or a request that is sent again, writes none. A store fills in what only it knows: the identity
//! that a new row was given, or that a guest was only marked for erasure.
//!
//! **Seals come a moment later** ([`AuditStore::seal`]), by one caller at a time, because each needs the one before it.
//! A check-in that had to wait for that would wait for every other one on SQL Server. Numbers follow the order of
//! sealing; there, a row with a smaller identity may be committed later. Until an entry is sealed, it is protected by
//! the table's triggers only.

mod verify;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
pub use domain::audit::{
    AuditRow,
    chain::{Broken, Link},
};
use domain::{
    IdTamu,
    audit::{Aksi, Objek, Pelaku},
    jadwal::Span,
};

pub use self::verify::{Patrol, Verdict, verify};
use crate::{PageRequest, Result};

/// An entry to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAudit {
    /// When.
    pub waktu: DateTime<Utc>,
    /// Who: a user, or a guest if `role` is [`Pelaku::Tamu`].
    pub id_pelaku: Option<i64>,
    /// A user's name.
    pub nama_pelaku: Option<String>,
    /// As what.
    pub role: Option<Pelaku>,
    /// From where.
    pub alamat: Option<String>,
    /// What is done.
    pub aksi: Aksi,
    /// To what.
    pub objek: Objek,
    /// To which; the store fills in that of a row that it makes.
    pub id_objek: Option<i64>,
    /// The guest of whom it tells something; what it tells is emptied when the guest is erased.
    pub id_tamu: Option<IdTamu>,
    /// What it was, as JSON.
    pub sebelum: Option<String>,
    /// What it is to be, as JSON.
    pub sesudah: Option<String>,
}

impl NewAudit {
    /// It says itself that this guest is erased.
    pub(crate) fn tells_erasure_of(&self, id: IdTamu) -> bool {
        self.id_tamu == Some(id) && self.aksi.erases(self.objek)
    }
}

tokio::task_local! {
    static PENDING: NewAudit;
}

/// Does `work`, whose change is written together with the entry.
pub async fn with<T>(entry: NewAudit, work: impl Future<Output = T>) -> T {
    PENDING.scope(entry, work).await
}

/// The entry of the work under way.
pub(crate) fn pending() -> Option<NewAudit> {
    PENDING.try_with(Clone::clone).ok()
}

/// Which entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Only of this time.
    pub waktu: Option<Span>,
    /// Only by this user.
    pub pelaku: Option<i64>,
    /// Only this verb.
    pub aksi: Option<Aksi>,
    /// Only this kind of object.
    pub objek: Option<Objek>,
    /// Only this object.
    pub id_objek: Option<i64>,
    /// Text in the user's name or in a value; of the newest [`SEARCHED`] entries.
    pub cari: Option<String>,
    /// Only those that stand behind this one in the list.
    pub setelah: Option<(DateTime<Utc>, i64)>,
}

impl AuditFilter {
    /// Whether it leaves any entry out.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A search for text reads no more entries than this, so that it does not slow down as a school gets older.
pub const SEARCHED: i64 = 100_000;

/// Filtered entries are counted up to this many.
pub const COUNTED: i64 = 10_000;

/// Entries that are sealed at once.
pub const SEALED_AT_ONCE: usize = 200;

/// A page of entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditPage {
    /// Newest first.
    pub data: Vec<AuditRow>,
    /// How many there are on all pages; filtered ones up to [`COUNTED`].
    pub total: u64,
    /// Of each entry on the page, the seal before it, where there is one.
    pub before: Vec<Option<Link>>,
}

/// What is kept of the chain's ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ends {
    /// The newest sealed entry, with its proof.
    pub newest: Option<(Link, [u8; 32])>,
    /// The last entry that was removed, with its proof.
    pub removed: Option<(Link, [u8; 32])>,
    /// Entries that are not sealed yet.
    pub unsealed: u64,
}

/// What the chain is checked by.
#[async_trait]
pub trait AuditChain: Send + Sync {
    /// Sealed entries behind that number, in the chain's order.
    async fn list_sealed(&self, after: i64, limit: u32) -> Result<Vec<AuditRow>>;
    /// The chain's ends.
    async fn find_ends(&self) -> Result<Ends>;
}

/// What an entry is about, for whoever only looks what has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditChange {
    /// The entry's identity. It grows, but an entry may become visible after one with a larger identity.
    pub id: i64,
    /// What was done.
    pub aksi: String,
    /// To what.
    pub objek: String,
    /// To which.
    pub id_objek: Option<i64>,
}

/// The audit.
#[async_trait]
pub trait AuditStore: AuditChain {
    /// Writes an entry of what changes nothing in the database, or of what was done already.
    async fn add(&self, entry: NewAudit) -> Result<()>;
    /// A page of entries, newest first.
    async fn list(&self, saring: AuditFilter, halaman: PageRequest) -> Result<AuditPage>;
    /// The same entries without anything about the chain, and uncounted.
    async fn list_plain(&self, saring: AuditFilter, halaman: PageRequest) -> Result<Vec<AuditRow>>;
    /// Entries behind this identity, the oldest first; at most `limit`.
    async fn list_changes(&self, setelah: i64, limit: u32) -> Result<Vec<AuditChange>>;
    /// Seals entries, at most [`SEALED_AT_ONCE`]; how many. None while somebody else is at it.
    async fn seal(&self) -> Result<usize>;
    /// Removes the oldest entries, from before `sebelum`; how many. At most `limit` at once. An entry that is older and
    /// stands behind a younger one in the chain stays.
    async fn trim(&self, sebelum: DateTime<Utc>, limit: u32) -> Result<u64>;
}
