//! Translates scanners and their rejections into what pages know.

use contract::{PictureFault, ScanRejection, Scanner, ScannerFault, ScannerKind, ScannerState, WhyRejected};
use scan::{Fault, Rejected, Rejection, SourceKind, State, Statuses, picture::Unread};

/// The state of each scanner.
pub(super) fn scanners(statuses: &Statuses) -> Vec<Scanner> {
    let shown = statuses.iter().map(|(source, status)| {
        // A scanner that takes any device has no name of its own.
        let name = if matches!(source.name(), "any" | "first") { "" } else { source.name() };
        let (id, state) = (source.to_string(), state(status.state));
        Scanner { id, kind: kind(source.kind), name: name.to_owned(), state }
    });
    shown.collect()
}

fn state(state: State) -> ScannerState {
    match state {
        State::Opening => ScannerState::Opening,
        State::Ready => ScannerState::Ready,
        State::Disconnected(fault) => ScannerState::Fault(match fault {
            Fault::NotFound => ScannerFault::NotFound,
            Fault::Busy => ScannerFault::Busy,
            Fault::Denied => ScannerFault::Denied,
            Fault::Lost => ScannerFault::Lost,
            Fault::Hung => ScannerFault::Hung,
            Fault::Failed => ScannerFault::Failed,
        }),
    }
}

fn kind(kind: SourceKind) -> ScannerKind {
    match kind {
        SourceKind::Serial => ScannerKind::Serial,
        SourceKind::Hid => ScannerKind::Hid,
        SourceKind::Camera => ScannerKind::Camera,
        SourceKind::Folder => ScannerKind::Folder,
    }
}

/// What was shown and could not be read; `None` if nobody needs to know.
pub(super) fn rejection(rejected: &Rejected) -> Option<ScanRejection> {
    let why = match &rejected.rejection {
        Rejection::TooLong => WhyRejected::TooLong,
        Rejection::NotText => WhyRejected::NotText,
        Rejection::Malformed => WhyRejected::Malformed,
        Rejection::BadFrame => return None,
        Rejection::Picture { why, .. } => WhyRejected::Picture(fault(*why)),
    };
    let (file, format) = match &rejected.rejection {
        Rejection::Picture { file, why: Unread::Stranger(stranger) } => {
            (Some(file.clone()), Some(stranger.to_string()))
        }
        Rejection::Picture { file, .. } => (Some(file.clone()), None),
        _ => (None, None),
    };
    let source = rejected.source.to_string();
    Some(ScanRejection { source, kind: kind(rejected.source.kind), why, file, format })
}

fn fault(why: Unread) -> PictureFault {
    match why {
        Unread::NoCode => PictureFault::NoCode,
        Unread::Broken => PictureFault::Broken,
        Unread::Empty => PictureFault::Empty,
        Unread::TooLarge => PictureFault::TooLarge,
        Unread::Stranger(_) => PictureFault::UnknownFormat,
        Unread::Denied => PictureFault::Denied,
        Unread::GivenUp => PictureFault::GivenUp,
    }
}

#[cfg(test)]
mod tests {
    use scan::{SourceId, picture::kind::Stranger};
    use serde_json::{Value, json, to_value};

    use super::*;

    #[test]
    fn what_was_not_read_has_its_words() {
        let rejected = |rejection| Rejected {
            rejection,
            source: SourceId::new(SourceKind::Folder, "masuk"),
            seen: std::time::Instant::now(),
        };
        let told = |what| to_value(rejection(&rejected(what))).unwrap();
        let why = Unread::Stranger(Stranger::Heic);
        let heic = Rejection::Picture { file: "IMG_0412.HEIC".into(), why };
        let expected = json!({
            "source": "folder:masuk", "kind": "folder",
            "why": "unknown_format", "file": "IMG_0412.HEIC", "format": "HEIC",
        });
        assert_eq!(told(heic), expected);
        assert_eq!(told(Rejection::NotText)["why"], "not_text");
        assert_eq!(told(Rejection::NotText)["file"], Value::Null);
    }

    #[test]
    fn a_fault_has_the_word_that_pages_know() {
        assert_eq!(to_value(state(State::Disconnected(Fault::Denied))).unwrap(), "denied");
        assert_eq!(to_value(state(State::Ready)).unwrap(), "ready");
    }
}
