//! Picture files as brightness: any format that `image` is built with, turned upright as the camera's note says, on white
//! where it is transparent. Refuses pictures too large to hold; reads no code.

use std::io;
use std::path::Path;

use image::{DynamicImage, ImageDecoder, ImageError, ImageReader, Limits};

use crate::decode::LumaImage;

/// Longest side read, in pixels.
const MAX_SIDE: u32 = 30_000;
/// Most bytes a decoder may take: a 100-megapixel photograph and its working space.
const MAX_BYTES: u64 = 800 << 20;

/// Why a file gives no picture.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The file cannot be read.
    #[error("cannot read the file: {0}")]
    Io(#[from] io::Error),
    /// The content is no picture of a known format, or is damaged.
    #[error("not a picture that can be read: {0}")]
    Broken(ImageError),
    /// The picture would need more memory than is granted.
    #[error("the picture is too large: {0}")]
    TooLarge(ImageError),
}

impl From<ImageError> for PictureError {
    fn from(error: ImageError) -> Self {
        match error {
            ImageError::IoError(error) => Self::Broken(ImageError::IoError(error)),
            ImageError::Limits(_) => Self::TooLarge(error),
            error => Self::Broken(error),
        }
    }
}

/// Reads a picture file. The format is told by the content, not by the name.
pub fn load(path: &Path) -> Result<LumaImage, PictureError> {
    let mut reader = ImageReader::open(path)?.with_guessed_format()?;
    reader.limits(limits());
    luma_of(reader)
}

/// Reads a picture file's bytes.
pub fn load_bytes(bytes: &[u8]) -> Result<LumaImage, PictureError> {
    let mut reader = ImageReader::new(io::Cursor::new(bytes)).with_guessed_format()?;
    reader.limits(limits());
    luma_of(reader)
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_BYTES);
    limits
}

fn luma_of<R: io::BufRead + io::Seek>(reader: ImageReader<R>) -> Result<LumaImage, PictureError> {
    let mut decoder = reader.into_decoder()?;
    let orientation = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    let luma = if picture.color().has_alpha() { on_white(&picture) } else { picture.into_luma8() };
    let (width, height) = luma.dimensions();
    LumaImage::new(luma.into_raw(), width as usize, height as usize).ok_or_else(|| {
        PictureError::Broken(ImageError::IoError(io::Error::new(
            io::ErrorKind::InvalidData,
            "it has no pixels",
        )))
    })
}

fn on_white(picture: &DynamicImage) -> image::GrayImage {
    let picture = picture.to_luma_alpha8();
    let blend = |luma: u8, alpha: u8| {
        let alpha = u32::from(alpha);
        ((u32::from(luma) * alpha + 255 * (255 - alpha) + 127) / 255) as u8
    };
    image::GrayImage::from_fn(picture.width(), picture.height(), |x, y| {
        let [luma, alpha] = picture.get_pixel(x, y).0;
        image::Luma([blend(luma, alpha)])
    })
}
