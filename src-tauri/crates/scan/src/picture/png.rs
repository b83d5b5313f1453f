//! PNG, row by row, so that neither many colours nor sixteen bits nor great size ever lie in memory at once. Takes the
//! still picture of an animated one.

use std::io::Cursor;

use image::metadata::Orientation;
use png::{BitDepth, ColorType, Decoder, DecodingError, InterlaceInfo, Limits, Transformations};

use super::rows::{Pixels, Rows};
use super::{PictureError, Unpacked, allow, upright};
use crate::decode::Budget;

/// The most memory that the decoder itself may take, for rows, colour profiles and notes.
const DECODER_BYTES: usize = 16 << 20;

/// Work for each byte that is unpacked.
const BYTE_WORK: u64 = 3;

pub(super) fn unpack(bytes: &[u8], budget: &Budget<'_>) -> Result<Unpacked, PictureError> {
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: DECODER_BYTES });
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    let info = decoder.read_header_info().map_err(refusal)?;
    let (width, height, interlaced) = (info.width as usize, info.height as usize, info.interlaced);
    let deep = u64::from(info.bit_depth == BitDepth::Sixteen) + 1;
    // An interlaced picture comes in seven parts, and each covers all of it.
    allow(width, height, if interlaced { 1.0 } else { 0.0 }, 0, budget)?;
    let mut reader = decoder.read_info().map_err(refusal)?;
    let pixels = match reader.output_color_type() {
        (ColorType::Grayscale, _) => Pixels::Luma,
        (ColorType::GrayscaleAlpha, _) => Pixels::LumaAlpha,
        (ColorType::Rgb, _) => Pixels::Rgb,
        (ColorType::Rgba, _) => Pixels::RgbAlpha,
        (ColorType::Indexed, _) => return Err(PictureError::Broken("its colours have no names".into())),
    };
    let orientation =
        reader.info().exif_metadata.as_ref().and_then(|exif| Orientation::from_exif_chunk(exif));
    let mut rows = Rows::new(width, height);
    let mut spread = vec![255; if interlaced { width * height } else { 0 }];
    let mut luma = Vec::new();
    let whole = loop {
        let row = match reader.next_interlaced_row() {
            Ok(Some(row)) => row,
            Ok(None) => break true,
            // What came before can still be looked at.
            Err(_) => break false,
        };
        if !budget.spend(row.data().len() as u64 * deep * BYTE_WORK) {
            return Err(PictureError::TooLarge(format!("{width}×{height} pixels")));
        }
        pixels.luma(row.data(), &mut luma);
        match row.interlace() {
            InterlaceInfo::Adam7(place) => {
                png::expand_interlaced_row(&mut spread, width, &luma, place, 8);
            }
            InterlaceInfo::Null(_) => rows.push(&luma),
        }
    };
    spread.chunks_exact(width).for_each(|row| rows.push(row));
    drop(spread);
    let luma = upright(rows.finish()?, orientation.unwrap_or(Orientation::NoTransforms))?;
    Ok(Unpacked { luma, whole })
}

fn refusal(error: DecodingError) -> PictureError {
    match error {
        DecodingError::LimitsExceeded => PictureError::TooLarge(error.to_string()),
        _ => PictureError::Broken(error.to_string()),
    }
}
