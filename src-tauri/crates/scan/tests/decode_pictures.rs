//! Whole picture files: the committed ones, and broken, huge, turned and empty ones.

use std::collections::BTreeMap;
use std::path::PathBuf;

use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;
use scan::decode::Decoder;
use scan::picture::{self, PictureError};

fn fixtures() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/fixtures/codes"))
}

#[test]
fn every_committed_picture_is_read_and_nothing_else() {
    let truth = std::fs::read_to_string(fixtures().join("truth.json")).unwrap();
    let truth: BTreeMap<String, Vec<String>> = serde_json::from_str(&truth).unwrap();
    assert!(truth.len() >= 15, "the fixtures are there");
    let mut decoder = Decoder::new();
    for (file, mut right) in truth {
        let luma = picture::load(&fixtures().join(&file)).unwrap();
        let mut texts = decoder.decode_picture(&luma);
        texts.sort();
        right.sort();
        assert_eq!(texts, right, "{file}");
    }
}

#[test]
fn the_largest_code_comes_first() {
    let truth = std::fs::read_to_string(fixtures().join("truth.json")).unwrap();
    let truth: BTreeMap<String, Vec<String>> = serde_json::from_str(&truth).unwrap();
    let luma = picture::load(&fixtures().join("pengumuman.jpg")).unwrap();
    let texts = Decoder::new().decode_picture(&luma);
    assert_eq!(texts, truth["pengumuman.jpg"], "the notice's codes are listed by falling size");
}

#[test]
fn a_picture_is_turned_as_its_note_says() {
    let mut plain = Vec::new();
    JpegEncoder::new(&mut plain).encode(&[128; 48 * 16], 48, 16, ExtendedColorType::L8).unwrap();
    // Straight after the start marker: an Exif segment of one entry, orientation 6, "turn right to see upright".
    let exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let mut turned = plain[..2].to_vec();
    turned.extend([0xff, 0xe1, 0, exif.len() as u8 + 2]);
    turned.extend(exif);
    turned.extend(&plain[2..]);
    let size = |bytes: &[u8]| {
        let luma = picture::load_bytes(bytes).unwrap();
        (luma.view().width, luma.view().height)
    };
    assert_eq!(size(&plain), (48, 16));
    assert_eq!(size(&turned), (16, 48), "the Exif note turns it upright");
}

#[test]
fn what_is_no_picture_is_a_clear_error() {
    assert!(matches!(picture::load_bytes(b""), Err(PictureError::Empty)));
    for bytes in [&b"not a picture"[..], b"\x89PNG\r\n\x1a\n\0\0", b"\xff\xd8\xff\xe0\0\x10JFIF\0"] {
        let error = picture::load_bytes(bytes).unwrap_err();
        assert!(matches!(error, PictureError::Broken(_)), "{bytes:?}: {error}");
    }
    let error = picture::load(&fixtures().join("there_is_no_such.png")).unwrap_err();
    assert!(matches!(error, PictureError::Io(_)), "{error}");
}
