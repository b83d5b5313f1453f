//! What the page is told, and how devices are called.

use super::*;

#[test]
fn a_preview_is_its_size_and_its_pixels() {
    let preview = Preview { width: 2, height: 1, luma: vec![9, 250] };
    assert_eq!(bytes_of(&preview), [2, 0, 1, 0, 9, 250]);
}

#[tokio::test]
async fn each_picture_is_given_once_until_the_camera_is_let_go() {
    let (sender, receiver) = watch::channel(None);
    let source = SourceId::new(scan::SourceKind::Camera, "first");
    let camera = Camera { source, previews: Arc::new(tokio::sync::Mutex::new(receiver)) };
    let one = |luma: u8| Some(Arc::new(Preview { width: 1, height: 1, luma: vec![luma] }));
    // Of two that come while nobody looks, the later one counts.
    sender.send_replace(one(1));
    sender.send_replace(one(2));
    assert_eq!(camera.next_picture().await, Some(vec![1, 0, 1, 0, 2]));
    let waiting = tokio::spawn({
        let camera = camera.clone();
        async move { camera.next_picture().await }
    });
    tokio::task::yield_now().await;
    assert!(!waiting.is_finished(), "the same picture is given twice");
    sender.send_replace(None);
    assert_eq!(waiting.await.unwrap(), Some(Vec::new()), "the picture ended");
    drop(sender);
    assert_eq!(camera.next_picture().await, None);
}

#[test]
fn what_was_not_read_has_its_words() {
    let rejected = |rejection| Rejected {
        rejection,
        source: SourceId::new(scan::SourceKind::Folder, "masuk"),
        seen: std::time::Instant::now(),
    };
    let told = |rejection| serde_json::to_value(ScanRejection::from(&rejected(rejection))).unwrap();
    let why = Unread::Stranger(picture::kind::Stranger::Heic);
    let heic = Rejection::Picture { file: "IMG_0412.HEIC".into(), why };
    let expected = serde_json::json!({
        "source": "folder:masuk", "kind": "folder", "why": "unknown_format", "file": "IMG_0412.HEIC", "format": "HEIC",
    });
    assert_eq!(told(heic), expected);
    assert_eq!(told(Rejection::NotText)["why"], "not_text");
    assert_eq!(told(Rejection::NotText)["file"], serde_json::Value::Null);
}

#[test]
fn a_fault_has_the_word_that_pages_know() {
    assert_eq!(word(ScannerState::Disconnected(Fault::Denied)), "denied");
}
