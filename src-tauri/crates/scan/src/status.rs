//! A scanner's state, for the screen that shows it. The sets are closed, and each value says what a person can do. A
//! driver's own words stay in the log.

use std::collections::BTreeMap;

use crate::SourceId;
use crate::picture::Unread;

/// Every scanner's status by its id. A removed scanner is not in it.
pub type Statuses = BTreeMap<SourceId, Status>;

/// One scanner's status.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Status {
    /// Whether it can read now.
    pub state: State,
    /// Texts read since it was added, repeats included.
    pub reads: u64,
    /// How much arrived and was no read, since it was added.
    pub rejected: u64,
    /// The latest rejection.
    pub last_rejection: Option<Rejection>,
    /// Reads that were thrown away, because nobody took them in time.
    pub overflowed: u64,
}

/// Whether a scanner can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum State {
    /// It is being opened for the first time.
    #[default]
    Opening,
    /// It is open: a code shown to it now is read.
    Ready,
    /// It cannot be read for this reason. It is tried again by itself until it is `Ready`.
    Disconnected(Fault),
}

/// Why a scanner cannot read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// There was no such device or folder so far. Plug it in, or correct the setting.
    NotFound,
    /// Another program has it open. Close that program.
    Busy,
    /// The operating system refuses this user. Grant access.
    Denied,
    /// It was open and went away. Plug it in again.
    Lost,
    /// It is open and delivers nothing, though it should. Plug it out and in again.
    Hung,
    /// Any other fault. The log has the driver's words.
    Failed,
}

/// What arrived and was no read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rejection {
    /// Longer than [`crate::text::MAX_TEXT_BYTES`] without an end. It is dropped up to the next end.
    TooLong,
    /// Not UTF-8, as from noise or a wrong baud rate.
    NotText,
    /// A report that does not fit the device's own description.
    Malformed,
    /// A camera's frame that makes no picture. Cameras send some, and the next one is good, so nobody has to know.
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
    /// The word by which pages know it.
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
