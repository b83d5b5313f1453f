//! Makes the committed pictures that the decoder's tests read:
//! `cargo run -p scan --release --example code_fixtures -- FOLDER`
//!
//! Writes a photograph-like picture of each hardship, a chat's screenshot, a notice with several codes, and a code
//! without background, and their texts into `truth.json`. All content is made up, and the same every time.

#[path = "../tests/scene/mod.rs"]
mod scene;

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, GrayImage, Luma, LumaA};
use qrcode::{Color, EcLevel, QrCode};
use scene::{Hardship, Rng};

type Truth = BTreeMap<String, Vec<String>>;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("usage: code_fixtures FOLDER")?);
    fs::create_dir_all(&folder)?;
    let mut truth = Truth::new();
    for (hardship, seed) in Hardship::ALL.into_iter().zip(SEEDS) {
        let made = scene::frame(hardship, seed, 960, 720);
        let name = if hardship == Hardship::Plain {
            "telepon.jpg".into()
        } else {
            format!("{}.jpg", hardship.name())
        };
        save_jpeg(&folder.join(&name), made.picture)?;
        truth.insert(name, vec![made.text]);
    }
    screenshot(&folder, &mut truth)?;
    notice(&folder, &mut truth)?;
    without_background(&folder, &mut truth)?;
    fs::write(folder.join("truth.json"), serde_json::to_string_pretty(&truth)? + "\n")?;
    Ok(())
}

/// A seed for each hardship, hard but not hopeless.
const SEEDS: [u64; 14] = [1, 2, 1, 5, 2, 1, 4, 3, 2, 3, 8, 1, 0, 1];

fn save_jpeg(path: &Path, picture: GrayImage) -> Result<(), Box<dyn Error>> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 70).encode_image(&picture)?;
    Ok(fs::write(path, bytes)?)
}

/// A tall picture of a chat with a code among the messages.
fn screenshot(folder: &Path, truth: &mut Truth) -> Result<(), Box<dyn Error>> {
    let text = scene::text(&mut Rng::new(71));
    let mut page = GrayImage::from_pixel(1080, 2400, Luma([232]));
    fill(&mut page, 0, 0, 1080, 220, 70);
    for (i, (left, width)) in [(60, 640), (420, 600), (60, 520), (420, 560)].into_iter().enumerate() {
        let top = [280, 470, 1560, 1760][i];
        fill(&mut page, left, top, width, 150, 252);
        for line in 0..3 {
            fill(&mut page, left + 30, top + 28 + line * 36, width - 80 - line * 60, 14, 90);
        }
    }
    fill(&mut page, 420, 680, 600, 800, 252);
    draw(&mut page, &text, 470, 760, 14);
    page.save(folder.join("tangkapan_layar.png"))?;
    truth.insert("tangkapan_layar.png".into(), vec![text]);
    Ok(())
}

/// Four codes of different sizes on one sheet.
fn notice(folder: &Path, truth: &mut Truth) -> Result<(), Box<dyn Error>> {
    let mut rng = Rng::new(72);
    let mut sheet = GrayImage::from_pixel(1200, 900, Luma([214]));
    let mut texts = Vec::new();
    for (left, top, pixels) in [(60, 60, 12), (600, 90, 8), (650, 480, 5), (900, 500, 3)] {
        let text = scene::text(&mut rng);
        draw(&mut sheet, &text, left, top, pixels);
        texts.push(text);
    }
    save_jpeg(&folder.join("pengumuman.jpg"), sheet)?;
    truth.insert("pengumuman.jpg".into(), texts);
    Ok(())
}

/// Black modules; transparent where the light ones would be.
fn without_background(folder: &Path, truth: &mut Truth) -> Result<(), Box<dyn Error>> {
    let text = scene::text(&mut Rng::new(73));
    let mut code = GrayImage::from_pixel(300, 300, Luma([255]));
    draw(&mut code, &text, 20, 20, 6);
    let clear = image::GrayAlphaImage::from_fn(300, 300, |x, y| LumaA([0, 255 - code.get_pixel(x, y).0[0]]));
    DynamicImage::ImageLumaA8(clear).save(folder.join("tembus_pandang.png"))?;
    truth.insert("tembus_pandang.png".into(), vec![text]);
    Ok(())
}

fn draw(page: &mut GrayImage, text: &str, left: u32, top: u32, pixels: u32) {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).expect("a text that fits");
    let width = code.width() as u32;
    for (i, color) in (0..).zip(code.to_colors()) {
        if color == Color::Dark {
            fill(page, left + i % width * pixels, top + i / width * pixels, pixels, pixels, 20);
        }
    }
}

fn fill(page: &mut GrayImage, left: u32, top: u32, width: u32, height: u32, value: u8) {
    for y in top..(top + height).min(page.height()) {
        for x in left..(left + width).min(page.width()) {
            page.put_pixel(x, y, Luma([value]));
        }
    }
}
