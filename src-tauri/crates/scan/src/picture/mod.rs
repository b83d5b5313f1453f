//! Picture files: turns bytes into brightness, and into the texts of the codes in it. Turns a picture upright as the
//! camera's note says, and puts white behind what is transparent. A file's content, not its name, says what it is.
//! Looks at a picture's size before unpacking it. Refuses what would take too much and what it cannot read, each with
//! its reason.

pub(crate) mod jpeg;
pub mod kind;
mod others;
mod png;
mod rows;
mod unread;

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::time::{Duration, Instant};

use domain::token;
use image::metadata::Orientation;

use self::kind::Kind;
pub use self::unread::{PictureError, Unread};
use crate::decode::{Budget, Decoder, LumaImage};
use crate::text;

/// The largest file that is read. Photographs of 200 megapixels have up to 90 MB.
pub const MAX_FILE_BYTES: u64 = 128 << 20;

/// The most pixels of a picture: a quarter more than the largest photographs have.
const MAX_PIXELS: u64 = 1 << 28;

/// The most memory that unpacking a picture may take.
const MAX_BYTES: u64 = 800 << 20;

/// Reading a picture is given up after so long, so that the next one is not held up.
pub const MAX_READING: Duration = Duration::from_secs(8);

/// A picture as far as it could be unpacked.
struct Unpacked {
    luma: LumaImage,
    /// Nothing of it is missing or damaged.
    whole: bool,
}

/// Reads a picture file.
///
/// # Errors
/// Why it gives no picture.
pub fn load(path: &Path) -> Result<LumaImage, PictureError> {
    load_bytes(&file_bytes(path)?)
}

/// Reads a picture file's bytes. Of a damaged or unfinished picture, reads what is there if it begins as a picture.
///
/// # Errors
/// Why it gives no picture.
pub fn load_bytes(bytes: &[u8]) -> Result<LumaImage, PictureError> {
    unpack(bytes, &Budget::new(Budget::STILL)).map(|unpacked| unpacked.luma)
}

/// A file's bytes, unless it is too large.
///
/// # Errors
/// [`PictureError::Io`] and [`PictureError::TooLarge`].
pub fn file_bytes(path: &Path) -> Result<Vec<u8>, PictureError> {
    let file = File::open(path)?;
    let size_bytes = file.metadata()?.len();
    let too_large = || PictureError::TooLarge(format!("its file has over {} MiB", MAX_FILE_BYTES >> 20));
    if size_bytes > MAX_FILE_BYTES {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(size_bytes as usize);
    // The file may have grown meanwhile.
    file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_FILE_BYTES { Err(too_large()) } else { Ok(bytes) }
}

/// A file's first bytes, enough to tell its kind.
///
/// # Errors
/// The operating system's, if it does not give the file.
pub fn file_head(path: &Path) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(kind::HEAD_BYTES);
    File::open(path)?.take(kind::HEAD_BYTES as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// The texts of the codes in a picture file's bytes, at least one. Those that hold a token come first, and then the
/// largest code's. Also looks at what can be seen of a damaged picture.
///
/// # Errors
/// Why there is none.
pub fn read(bytes: &[u8], decoder: &mut Decoder, budget: &Budget<'_>) -> Result<Vec<String>, Unread> {
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(Unread::TooLarge);
    }
    let unpacked = unpack(bytes, budget);
    let Unpacked { luma, whole } = unpacked.map_err(|error| {
        tracing::debug!(%error, "no picture");
        if budget.is_spent() { Unread::GivenUp } else { Unread::from(&error) }
    })?;
    let texts = decoder.decode_picture_within(&luma, budget, |text| token::find(text).is_some());
    let texts: Vec<String> =
        texts.iter().filter_map(|text| text::clean(text.as_bytes()).ok().flatten()).collect();
    match texts.is_empty() {
        false => Ok(text::ours_first(texts)),
        true if budget.is_spent() => Err(Unread::GivenUp),
        true if whole => Err(Unread::NoCode),
        true => Err(Unread::Broken),
    }
}

/// Does [`read`], but gives up after [`MAX_READING`], or as soon as nobody wants it any more.
///
/// # Errors
/// Why there is no text.
pub fn read_soon(
    bytes: &[u8],
    decoder: &mut Decoder,
    unwanted: impl Fn() -> bool,
) -> Result<Vec<String>, Unread> {
    let deadline = Instant::now() + MAX_READING;
    let late = || Instant::now() >= deadline || unwanted();
    read(bytes, decoder, &Budget::until(Budget::STILL, &late))
}

fn unpack(bytes: &[u8], budget: &Budget<'_>) -> Result<Unpacked, PictureError> {
    if bytes.is_empty() {
        return Err(PictureError::Empty);
    }
    match kind::of(bytes) {
        Some(Kind::Jpeg) => jpeg::unpack(bytes, budget),
        Some(Kind::Png) => png::unpack(bytes, budget),
        Some(Kind::Webp) => others::webp(bytes, budget),
        Some(Kind::Gif) => others::gif(bytes, budget),
        Some(Kind::Bmp) => others::bmp(bytes, budget),
        Some(Kind::Stranger(stranger)) => Err(PictureError::Stranger(stranger)),
        None => Err(PictureError::Broken("its content is no picture's".into())),
    }
}

/// Allows a picture of this size if unpacking it, at so many bytes for each pixel, does not take too much. Takes the
/// work for it.
fn allow(
    width: usize,
    height: usize,
    bytes_per_pixel: f64,
    work_per_pixel: u64,
    budget: &Budget<'_>,
) -> Result<(), PictureError> {
    let pixels = width as u64 * height as u64;
    let bytes = pixels as f64 * bytes_per_pixel;
    if pixels == 0 {
        return Err(PictureError::Broken("it has no pixels".into()));
    }
    if pixels > MAX_PIXELS || bytes > MAX_BYTES as f64 || !budget.spend(pixels * work_per_pixel) {
        return Err(PictureError::TooLarge(format!("{width}×{height} pixels")));
    }
    Ok(())
}

/// Turns a picture upright.
fn upright(luma: image::GrayImage, orientation: Orientation) -> Result<LumaImage, PictureError> {
    let mut picture = image::DynamicImage::ImageLuma8(luma);
    picture.apply_orientation(orientation);
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    LumaImage::new(picture.into_luma8().into_raw(), width, height)
        .ok_or_else(|| PictureError::Broken("it has no pixels".into()))
}
