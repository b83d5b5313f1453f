//! A book that went back to a backup: what is done to it before anybody uses it.

use chrono::{DateTime, Utc};

use crate::{audit::NewAudit, tamu::ErasedTamu};

/// What is known since the backup was taken.
pub struct Since {
    /// When the book was as it is.
    pub dari: DateTime<Utc>,
    /// Now.
    pub waktu: DateTime<Utc>,
    /// Guests who were erased, at any time.
    pub erased: Vec<ErasedTamu>,
    /// The entry in the audit that tells of it, with what was done.
    pub entry: Box<dyn FnOnce(Settled) -> NewAudit + Send>,
}

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// Guests who were erased again.
    pub dihapus: u64,
    /// Sessions that were ended.
    pub sesi: u64,
    /// Messages that waited, and may have left since.
    pub pesan: u64,
}
