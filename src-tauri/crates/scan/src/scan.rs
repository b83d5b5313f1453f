//! What every scanner hands over: one read, or why there is none, with its source and time. Does not judge the text.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use crate::Rejection;

/// What came of something that was shown to a scanner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A code was read.
    Read(Scan),
    /// It was not read, and somebody has to be told.
    Rejected(Rejected),
}

impl Outcome {
    /// The scanner it came from.
    pub fn source(&self) -> &SourceId {
        match self {
            Self::Read(scan) => &scan.source,
            Self::Rejected(rejected) => &rejected.source,
        }
    }

    /// When, by the monotonic clock.
    pub fn seen(&self) -> Instant {
        match self {
            Self::Read(scan) => scan.seen,
            Self::Rejected(rejected) => rejected.seen,
        }
    }
}

/// Something that was shown and not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// Why.
    pub rejection: Rejection,
    /// The scanner it came from.
    pub source: SourceId,
    /// When, by the monotonic clock.
    pub seen: Instant,
}

/// One code, read once.
#[derive(Clone, PartialEq, Eq)]
pub struct Scan {
    /// The code's text without control characters and without an AIM symbology identifier. Never empty, and at most
    /// [`crate::text::MAX_TEXT_BYTES`] long.
    pub text: String,
    /// The scanner it came from.
    pub source: SourceId,
    /// When it was read by the wall clock, for journals and screens.
    pub at: SystemTime,
    /// When it was read by the monotonic clock, for measuring how long the rest of the chain took.
    pub seen: Instant,
}

/// Leaves out the text, so that no log line and no failed assertion holds a code.
impl fmt::Debug for Scan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scan")
            .field("text_bytes", &self.text.len())
            .field("source", &self.source)
            .field("at", &self.at)
            .finish_non_exhaustive()
    }
}

/// How a scanner reaches this PC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SourceKind {
    /// A serial port, or USB that looks like one.
    Serial,
    /// USB HID in POS mode.
    Hid,
    /// A webcam.
    Camera,
    /// A folder of pictures.
    Folder,
}

impl SourceKind {
    /// The word in a [`SourceId`].
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Serial => "serial",
            Self::Hid => "hid",
            Self::Camera => "camera",
            Self::Folder => "folder",
        }
    }

    /// How long a code must be away from this kind of source until seeing it again means that it was shown again.
    ///
    /// A camera misses a code in some frames of a shaky hand, so a short gap says little. The others read on a trigger,
    /// or read a code in view about once a second if they are hands-free.
    pub fn held_gap(self) -> Duration {
        match self {
            Self::Camera => Duration::from_secs(3),
            Self::Serial | Self::Hid | Self::Folder => Duration::from_millis(1500),
        }
    }
}

/// Names one scanner on this PC, such as `serial:COM3`. Two scanners with the same id are the same scanner.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId {
    /// How it is attached.
    pub kind: SourceKind,
    name: Arc<str>,
}

impl SourceId {
    /// The scanner of this kind with this name, which is the port's, device's or folder's.
    pub fn new(kind: SourceKind, name: impl Into<Arc<str>>) -> Self {
        Self { kind, name: name.into() }
    }

    /// The name within its kind.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl fmt::Display for SourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind.as_str(), self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scan_in_a_log_line_does_not_carry_the_code() {
        let scan = Scan {
            text: "RAHASIA".into(),
            source: SourceId::new(SourceKind::Serial, "COM3"),
            at: SystemTime::UNIX_EPOCH,
            seen: Instant::now(),
        };
        let line = format!("{scan:?}");
        assert!(!line.contains("RAHASIA"), "the text is in the debug output: {line}");
        assert!(line.contains("text_bytes: 7"), "the length is missing from the debug output: {line}");
    }

    #[test]
    fn a_source_names_its_kind_and_place() {
        assert_eq!(SourceId::new(SourceKind::Serial, "COM3").to_string(), "serial:COM3");
    }
}
