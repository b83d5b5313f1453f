//! How far a restore is.

use std::sync::Arc;

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The backup is decrypted; counted in bytes.
    Decrypt,
    /// What came out is compared with what the backup says of itself; counted in rows.
    Compare,
    /// Who was erased since is erased again, nobody stays signed in, the audit is looked through.
    Settle,
    /// Rows go to another database.
    Copy,
    /// They are read back and compared.
    CompareCopy,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub step: Step,
    /// How much of it is done.
    pub done: u64,
    /// How much there is.
    pub total: u64,
}

impl Progress {
    /// How much of the step is done, from 0 to 100.
    pub fn percent(&self) -> u8 {
        let percent = (self.done.min(self.total) * 100).checked_div(self.total);
        u8::try_from(percent.unwrap_or(0)).unwrap_or(100)
    }
}

/// Who is told.
pub type Tell = Arc<dyn Fn(Progress) + Send + Sync>;
