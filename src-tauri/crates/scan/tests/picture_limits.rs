//! Pictures that would take too much. Their size is looked at before anything is unpacked, and the largest photographs
//! are still read.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, GrayImage, ImageFormat};
use qrcode::QrCode;
use scan::decode::{Budget, Decoder};
use scan::picture::{self, PictureError, Unread};

/// 200 megapixels, the size of the largest sensors of phones.
const WIDE: u32 = 16_320;
const HIGH: u32 = 12_240;

fn read(bytes: &[u8]) -> Result<Vec<String>, Unread> {
    picture::read(bytes, &mut Decoder::new(), &Budget::new(Budget::STILL))
}

/// A picture's bytes with its first header's width and height overwritten.
fn resized(mut png: Vec<u8>, width: u32, height: u32) -> Vec<u8> {
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    let checksum = crc32(&png[12..29]);
    png[29..33].copy_from_slice(&checksum.to_be_bytes());
    png
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
    })
}

fn encoded(format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image::DynamicImage::ImageRgb8(image::RgbImage::new(8, 8))
        .write_to(&mut bytes, format)
        .expect("a picture");
    bytes.into_inner()
}

#[test]
fn a_bomb_of_any_format_is_refused_before_it_is_unpacked() {
    let (png, mut gif, mut bmp) =
        (encoded(ImageFormat::Png), encoded(ImageFormat::Gif), encoded(ImageFormat::Bmp));
    let mut interlaced = png.clone();
    interlaced[28] = 1;
    gif[6..10].copy_from_slice(&[0xff; 4]);
    bmp[18..22].copy_from_slice(&30_000_u32.to_le_bytes());
    bmp[22..26].copy_from_slice(&30_000_u32.to_le_bytes());
    let mut jpeg = Vec::new();
    JpegEncoder::new(&mut jpeg).encode(&[0; 64], 8, 8, ExtendedColorType::L8).expect("a JPEG");
    let frame = jpeg.windows(2).position(|two| two == [0xff, 0xc0]).expect("a frame");
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xff; 4]);
    // Lossless WebP: width and height, less one, take 14 bits each.
    let mut webp = encoded(ImageFormat::WebP);
    let size = webp.windows(4).position(|four| four == b"VP8L").expect("a lossless picture") + 9;
    webp[size..size + 4].copy_from_slice(&(16_382_u32 | 16_382 << 14).to_le_bytes());
    let bombs = [
        ("PNG", resized(png.clone(), 30_000, 30_000)),
        ("PNG of one row", resized(png.clone(), u32::MAX >> 1, 1)),
        ("PNG of one column", resized(png, 1, u32::MAX >> 1)),
        ("interlaced PNG", resized(interlaced, 30_000, 30_000)),
        ("GIF", gif),
        ("BMP", bmp),
        ("JPEG", jpeg),
        ("WebP", webp),
    ];
    for (name, bomb) in bombs {
        let budget = Budget::new(Budget::STILL);
        let read = picture::read(&bomb, &mut Decoder::new(), &budget);
        assert_eq!(read, Err(Unread::TooLarge), "{name}");
        assert_eq!(budget.left(), Budget::STILL, "something of the {name} was unpacked");
        assert!(matches!(picture::load_bytes(&bomb), Err(PictureError::TooLarge(_))), "{name}");
    }
}

#[test]
fn a_photograph_of_200_megapixels_is_read() {
    let photograph = photograph("FOTO BESAR");
    let mut jpeg = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut jpeg, 50);
    encoder.encode(&photograph, WIDE, HIGH, ExtendedColorType::L8).expect("a JPEG");
    drop(photograph);
    assert_eq!(read(&jpeg), Ok(vec!["FOTO BESAR".to_owned()]));
}

#[test]
fn a_png_of_200_megapixels_is_shrunk_row_by_row_and_read() {
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, WIDE, HIGH);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_compression(png::Compression::Fastest);
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&photograph("PNG BESAR")).expect("a picture");
    drop(writer);
    let luma = picture::load_bytes(&png).expect("a picture");
    assert_eq!((luma.view().width, luma.view().height), (WIDE as usize / 2, HIGH as usize / 2));
    assert_eq!(Decoder::new().decode_picture(&luma), ["PNG BESAR"]);
}

/// The brightness of a grey wall with a code on it, a twelfth as wide.
fn photograph(text: &str) -> Vec<u8> {
    let code = QrCode::new(text).expect("a code");
    let code = code.render::<image::Luma<u8>>().module_dimensions(40, 40).build();
    let mut wall = GrayImage::from_pixel(WIDE, HIGH, image::Luma([170]));
    image::imageops::overlay(&mut wall, &code, 9000, 7000);
    wall.into_raw()
}
