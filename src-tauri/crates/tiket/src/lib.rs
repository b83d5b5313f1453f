//! What a guest is given: the code, and the invitation as a picture: large and dark on white, so that an old phone
//! shows it and any scanner reads it.

pub mod fonts;
mod kata;
mod letters;

use image::{DynamicImage, GrayImage, ImageError, ImageFormat, Luma};
use qrcode::{Color, EcLevel, QrCode, types::QrError};

use domain::Language;
use letters::{Face, Line};

/// Wide enough for large letters. Every messenger sends it as it is.
const WIDTH: u32 = 1080;
const MARGIN: u32 = 72;
/// Between one text and the label of the next.
const BETWEEN: u32 = 28;
/// What a scanner needs around a code, in modules.
const QUIET_ZONE: u32 = 4;

const BLACK: u8 = 0x11;
const GREY: u8 = 0x55;
const WHITE: Luma<u8> = Luma([0xFF]);

/// Pixels per module of a code by itself. Version 3 with its quiet zone is 444 pixels wide.
pub const MODULE_PIXELS: u32 = 12;

/// A picture cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The text is too long for a code.
    #[error("the code cannot be made: {0}")]
    Code(#[from] QrError),
    /// The picture cannot be written.
    #[error("the picture cannot be written: {0}")]
    Picture(#[from] ImageError),
}

/// What comes of making a picture.
pub type Result<T> = std::result::Result<T, Error>;

/// A text as a QR code.
///
/// # Errors
/// [`Error::Code`].
pub fn code(text: &str) -> Result<QrCode> {
    Ok(QrCode::with_error_correction_level(text, EcLevel::M)?)
}

/// A code with its quiet zone as PNG.
///
/// # Errors
/// [`Error::Picture`].
pub fn code_png(code: &QrCode) -> Result<Vec<u8>> {
    let picture = code.render::<Luma<u8>>().module_dimensions(MODULE_PIXELS, MODULE_PIXELS).build();
    png_of(DynamicImage::ImageLuma8(picture))
}

/// What stands in the invitation.
pub struct Tiket {
    /// The school's name.
    pub sekolah: String,
    /// Who is invited.
    pub tamu: String,
    /// Day and time, written out.
    pub waktu: String,
    /// Whom to meet.
    pub guru: String,
    /// Where to meet, if the school has said it.
    pub tempat: Option<String>,
    /// The guest's page of the visit opens in the school's own network only.
    pub hanya_di_sekolah: bool,
}

/// One part of the picture. Parts stand one below the other.
enum Piece {
    Gap(u32),
    Line(Line),
    Code,
}

/// Draws the invitation as PNG.
///
/// # Errors
/// [`Error::Picture`].
pub fn png(tiket: &Tiket, code: &QrCode, bahasa: Language) -> Result<Vec<u8>> {
    png_of(DynamicImage::ImageLuma8(draw(&pieces(tiket, bahasa), code)))
}

fn png_of(picture: DynamicImage) -> Result<Vec<u8>> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png)?;
    Ok(bytes.into_inner())
}

fn pieces(tiket: &Tiket, bahasa: Language) -> Vec<Piece> {
    let kata = kata::of(bahasa);
    let mut pieces = vec![Piece::Gap(MARGIN)];
    say(&mut pieces, Face::TITLE, BLACK, &tiket.sekolah);
    say(&mut pieces, Face::LABEL, GREY, kata.tunjukkan);
    pieces.push(Piece::Code);
    let tempat = tiket.tempat.as_ref().map(|tempat| (kata.tempat, tempat));
    let rows = [(kata.tamu, &tiket.tamu), (kata.waktu, &tiket.waktu), (kata.guru, &tiket.guru)];
    for (label, text) in rows.into_iter().chain(tempat) {
        say(&mut pieces, Face::LABEL, GREY, label);
        say(&mut pieces, Face::TEXT, BLACK, text);
        pieces.push(Piece::Gap(BETWEEN));
    }
    if tiket.hanya_di_sekolah {
        say(&mut pieces, Face::LABEL, GREY, kata.hanya_di_sekolah);
        pieces.push(Piece::Gap(BETWEEN));
    }
    pieces.push(Piece::Gap(MARGIN - BETWEEN));
    pieces
}

/// A text on as many lines as it needs.
fn say(pieces: &mut Vec<Piece>, face: Face, shade: u8, text: &str) {
    let lines = face.wrapped(text, (WIDTH - 2 * MARGIN) as f32).into_iter();
    pieces.extend(lines.map(|text| Piece::Line(Line { face, shade, text })));
}

/// Pixels of one module: as many as fit.
fn module_pixels(code: &QrCode) -> u32 {
    WIDTH / side(code)
}

/// Modules of a side with the quiet zone.
fn side(code: &QrCode) -> u32 {
    code.width() as u32 + 2 * QUIET_ZONE
}

fn draw(pieces: &[Piece], code: &QrCode) -> GrayImage {
    let height = |piece: &Piece| match piece {
        Piece::Gap(height) => *height,
        Piece::Line(line) => line.face.height(),
        Piece::Code => side(code) * module_pixels(code),
    };
    let mut picture = GrayImage::from_pixel(WIDTH, pieces.iter().map(height).sum(), WHITE);
    let mut top = 0;
    for piece in pieces {
        match piece {
            Piece::Gap(_) => {}
            Piece::Line(line) => line.draw(&mut picture, WIDTH / 2, top),
            Piece::Code => draw_code(&mut picture, code, top),
        }
        top += height(piece);
    }
    picture
}

fn draw_code(picture: &mut GrayImage, code: &QrCode, top: u32) {
    let pixels = module_pixels(code);
    let left = (WIDTH - side(code) * pixels) / 2;
    let width = code.width();
    for (place, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Light {
            continue;
        }
        let at = |module: usize| (QUIET_ZONE + module as u32) * pixels;
        let (x, y) = (left + at(place % width), top + at(place / width));
        for (dx, dy) in (0..pixels).flat_map(|dx| (0..pixels).map(move |dy| (dx, dy))) {
            picture.put_pixel(x + dx, y + dy, Luma([0]));
        }
    }
}
