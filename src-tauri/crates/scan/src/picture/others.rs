//! WebP, GIF and bitmaps, by `image`. Looks at the size first, because `image` unpacks the whole picture at once. Takes
//! the first picture of an animated one.

use std::io::Cursor;

use image::codecs::{bmp::BmpDecoder, gif::GifDecoder, webp::WebPDecoder};
use image::metadata::Orientation;
use image::{ColorType, ImageDecoder, ImageError, Limits};

use super::rows::{Pixels, Rows};
use super::{MAX_BYTES, PictureError, Unpacked, allow, upright};
use crate::decode::Budget;

/// Bytes that a decoder keeps for each pixel beside the picture itself, and work for each pixel.
const OWN_BYTES: f64 = 4.0;
const PIXEL_WORK: u64 = 8;

pub(super) fn webp(bytes: &[u8], budget: &Budget<'_>) -> Result<Unpacked, PictureError> {
    unpack(WebPDecoder::new(Cursor::new(bytes)).map_err(refusal)?, budget)
}

pub(super) fn gif(bytes: &[u8], budget: &Budget<'_>) -> Result<Unpacked, PictureError> {
    unpack(GifDecoder::new(Cursor::new(bytes)).map_err(refusal)?, budget)
}

pub(super) fn bmp(bytes: &[u8], budget: &Budget<'_>) -> Result<Unpacked, PictureError> {
    unpack(BmpDecoder::new(Cursor::new(bytes)).map_err(refusal)?, budget)
}

fn unpack(mut decoder: impl ImageDecoder, budget: &Budget<'_>) -> Result<Unpacked, PictureError> {
    let (width, height) = decoder.dimensions();
    let (width, height) = (width as usize, height as usize);
    let pixels = match decoder.color_type() {
        ColorType::L8 => Pixels::Luma,
        ColorType::La8 => Pixels::LumaAlpha,
        ColorType::Rgb8 => Pixels::Rgb,
        ColorType::Rgba8 => Pixels::RgbAlpha,
        other => return Err(PictureError::Broken(format!("its colours are {other:?}"))),
    };
    allow(width, height, pixels.bytes() as f64 + OWN_BYTES, PIXEL_WORK, budget)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut unpacked = vec![0; width * height * pixels.bytes()];
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_BYTES - unpacked.len() as u64);
    decoder.set_limits(limits).map_err(refusal)?;
    decoder.read_image(&mut unpacked).map_err(refusal)?;
    let mut rows = Rows::new(width, height);
    let mut luma = Vec::new();
    for row in unpacked.chunks_exact(width * pixels.bytes()) {
        pixels.luma(row, &mut luma);
        rows.push(&luma);
    }
    drop(unpacked);
    Ok(Unpacked { luma: upright(rows.finish()?, orientation)?, whole: true })
}

fn refusal(error: ImageError) -> PictureError {
    match error {
        ImageError::Limits(_) => PictureError::TooLarge(error.to_string()),
        _ => PictureError::Broken(error.to_string()),
    }
}
