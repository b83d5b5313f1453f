//! What a scanner was shown and did not read, in words that pages know.

use scan::{Rejected, Rejection, picture::Unread};
use serde::Serialize;

/// Something that was shown to a scanner and not read, as pages know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct ScanRejection {
    /// The scanner's id.
    source: String,
    kind: &'static str,
    /// Why, in a word.
    why: &'static str,
    /// The picture's name, where it was a picture in the folder.
    file: Option<String>,
    /// The name of its format, where that is not read.
    format: Option<String>,
}

impl From<&Rejected> for ScanRejection {
    fn from(rejected: &Rejected) -> Self {
        let (file, format) = match &rejected.rejection {
            Rejection::Picture { file, why: Unread::Stranger(stranger) } => {
                (Some(file.clone()), Some(stranger.to_string()))
            }
            Rejection::Picture { file, .. } => (Some(file.clone()), None),
            _ => (None, None),
        };
        Self {
            source: rejected.source.to_string(),
            kind: rejected.source.kind.as_str(),
            why: rejected.rejection.as_str(),
            file,
            format,
        }
    }
}

#[cfg(test)]
mod tests {
    use scan::{SourceId, SourceKind, picture::kind::Stranger};
    use serde_json::{Value, json, to_value};

    use super::*;

    #[test]
    fn what_was_not_read_has_its_words() {
        let rejected = |rejection| Rejected {
            rejection,
            source: SourceId::new(SourceKind::Folder, "masuk"),
            seen: std::time::Instant::now(),
        };
        let told = |rejection| to_value(ScanRejection::from(&rejected(rejection))).unwrap();
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
}
