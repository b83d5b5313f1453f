//! What is known of a scanner at any moment, for the screen that shows it. Closed sets: each says what a
//! person can do about it, and a driver's own words stay in the log.

use std::collections::BTreeMap;

use crate::SourceId;
use crate::picture::Unread;

/// Every scanner's status, by id. A scanner that was removed is not in it.
pub type Statuses = BTreeMap<SourceId, Status>;

/// One scanner's status.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Status {
    /// Whether it can read now.
    pub state: State,
    /// Texts read since it was added, repeats included.
    pub reads: u64,
    /// What arrived and was no read, since it was added.
    pub rejected: u64,
    /// The latest of those.
    pub last_rejection: Option<Rejection>,
    /// Reads thrown away because nobody took them in time.
    pub overflowed: u64,
}

/// Whether a scanner can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum State {
    /// Being opened for the first time.
    #[default]
    Opening,
    /// Open: a code shown to it now is read.
    Ready,
    /// Not there for this reason, until it is `Ready` again: it is tried again by itself.
    Disconnected(Fault),
}

/// Why a scanner cannot read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// No such device or folder so far: plug it in, or correct the setting.
    NotFound,
    /// Another program has it open: close that program.
    Busy,
    /// The operating system refuses this user: grant access.
    Denied,
    /// It was open and went away, and is not back: plug it in again.
    Lost,
    /// It is open and delivers nothing, though it should: plug it out and in again.
    Hung,
    /// Anything else; the log has the driver's words.
    Failed,
}

/// What arrived and was no read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rejection {
    /// Longer than [`crate::text::MAX_TEXT_BYTES`] without an end; dropped up to the next end.
    TooLong,
    /// Not UTF-8: noise, or a wrong baud rate.
    NotText,
    /// A report of the device that does not fit its own description.
    Malformed,
    /// A camera's frame that makes no picture. Cameras send some, and the next one is good: nobody has to know.
    BadFrame,
    /// A picture file that gave no text.
    Picture {
        /// The file's name, without its folder.
        file: String,
        /// Why.
        why: Unread,
    },
}

impl Rejection {
    /// Its word, as pages know it.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::TooLong => "too_long",
            Self::NotText => "not_text",
            Self::Malformed => "malformed",
            Self::BadFrame => "bad_frame",
            Self::Picture { why, .. } => why.as_str(),
        }
    }

    /// Whether a person has shown something that was not read, and has to be told.
    pub fn is_an_attempt(&self) -> bool {
        *self != Self::BadFrame
    }
}
