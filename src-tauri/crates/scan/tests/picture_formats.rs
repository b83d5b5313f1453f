//! Picture files of every kind that guests send, made by other programs: those that are read here, and those that are
//! only named.

use std::fs;
use std::io::Cursor;
use std::path::PathBuf;

use image::ImageFormat;
use scan::decode::{Budget, Decoder};
use scan::picture::kind::Stranger;
use scan::picture::{self, Unread};

const TEXT: &str = "AQGNTDP3GPA35U7H3URY7KQ4XOJKVXFUUX5X5CYQGQ6IVMC";

fn pictures() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/fixtures/pictures"))
}

fn bytes(file: &str) -> Vec<u8> {
    fs::read(pictures().join(file)).expect("a fixture")
}

fn read(bytes: &[u8]) -> Result<Vec<String>, Unread> {
    picture::read(bytes, &mut Decoder::new(), &Budget::new(Budget::STILL))
}

#[test]
fn every_kind_of_picture_is_read_or_told_by_its_name() {
    let mut seen = 0;
    for file in fs::read_dir(pictures()).expect("the fixtures") {
        let path = file.expect("a fixture").path();
        let expected = match path.extension().and_then(|ending| ending.to_str()) {
            Some("heic") => Err(Unread::Stranger(Stranger::Heic)),
            Some("avif") => Err(Unread::Stranger(Stranger::Avif)),
            Some("tiff") => Err(Unread::Stranger(Stranger::Tiff)),
            _ => Ok(vec![TEXT.to_owned()]),
        };
        assert_eq!(read(&fs::read(&path).expect("a fixture")), expected, "{}", path.display());
        seen += 1;
    }
    assert!(seen >= 17, "only {seen} fixtures are there");
}

#[test]
fn colours_of_any_depth_and_order_are_read() {
    let picture = image::load_from_memory(&bytes("palet.png")).expect("a picture");
    for picture in [
        image::DynamicImage::ImageLuma16(picture.to_luma16()),
        image::DynamicImage::ImageLumaA8(picture.to_luma_alpha8()),
        image::DynamicImage::ImageRgba16(picture.to_rgba16()),
        image::DynamicImage::ImageRgb8(picture.to_rgb8()),
    ] {
        let mut png = Cursor::new(Vec::new());
        picture.write_to(&mut png, ImageFormat::Png).expect("a PNG");
        assert_eq!(read(png.get_ref()), Ok(vec![TEXT.to_owned()]), "{:?}", picture.color());
    }
    let mut bmp = Cursor::new(Vec::new());
    picture.to_rgb8().write_to(&mut bmp, ImageFormat::Bmp).expect("a bitmap");
    assert_eq!(read(bmp.get_ref()), Ok(vec![TEXT.to_owned()]));
}

#[test]
fn what_is_black_on_transparent_mirrored_or_faint_is_read() {
    let picture = image::load_from_memory(&bytes("palet.png")).expect("a picture").into_luma8();
    let transparent = image::GrayAlphaImage::from_fn(picture.width(), picture.height(), |x, y| {
        image::LumaA([0, 255 - picture.get_pixel(x, y).0[0]])
    });
    let mirrored = image::imageops::flip_horizontal(&picture);
    let faint = image::GrayImage::from_fn(picture.width(), picture.height(), |x, y| {
        image::Luma([200 + picture.get_pixel(x, y).0[0] / 12])
    });
    let pictures = [
        ("black on transparent", image::DynamicImage::ImageLumaA8(transparent)),
        ("mirrored", image::DynamicImage::ImageLuma8(mirrored)),
        ("faint", image::DynamicImage::ImageLuma8(faint)),
    ];
    for (name, picture) in pictures {
        let mut png = Cursor::new(Vec::new());
        picture.write_to(&mut png, ImageFormat::Png).expect("a PNG");
        assert_eq!(read(png.get_ref()), Ok(vec![TEXT.to_owned()]), "{name}");
    }
}

#[test]
fn what_is_left_of_a_damaged_picture_is_looked_at() {
    let whole = bytes("jalin-16bit.png");
    assert_eq!(read(&whole[..whole.len() - 20]), Ok(vec![TEXT.to_owned()]), "only the end is missing");
    for file in ["dasar-420.jpg", "dasar-440.jpg", "jalin-16bit.png", "kode.webp", "diam.gif"] {
        let whole = bytes(file);
        assert_eq!(read(&whole[..whole.len() / 3]), Err(Unread::Broken), "a third of {file}");
    }
    assert_eq!(read(b""), Err(Unread::Empty));
    assert_eq!(read(b"<!DOCTYPE html>"), Err(Unread::Broken));
    assert_eq!(read(b"%PDF-1.7"), Err(Unread::Stranger(Stranger::Pdf)));
}

#[test]
fn a_blank_picture_has_no_code() {
    let mut png = Cursor::new(Vec::new());
    image::GrayImage::new(300, 200).write_to(&mut png, ImageFormat::Png).expect("a PNG");
    assert_eq!(read(png.get_ref()), Err(Unread::NoCode));
}
