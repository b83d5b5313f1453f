//! JPEG. Takes brightness directly from the file if the file has it apart from colour.

use std::iter;

use image::metadata::Orientation;
use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

use super::rows::{Pixels, Rows};
use super::{PictureError, Unpacked, allow, upright};
use crate::decode::Budget;

/// Work for each pixel. A progressive picture is gone over many times.
const PIXEL_WORK: u64 = 4;
const SCAN_WORK: u64 = 10;

pub(super) fn unpack(bytes: &[u8], budget: &Budget<'_>) -> Result<Unpacked, PictureError> {
    let head = Head::of(bytes);
    let broken = |error: zune_jpeg::errors::DecodeErrors| PictureError::Broken(error.to_string());
    let options =
        DecoderOptions::default().set_strict_mode(false).set_max_width(65_535).set_max_height(65_535);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(broken)?;
    let (width, height) = decoder.dimensions().ok_or_else(no_size)?;
    let (pixels, space) = match decoder.input_colorspace() {
        // If colours are halved only in height, the decoder mixes up the rows of brightness.
        Some(ColorSpace::Luma | ColorSpace::YCbCr) if !head.is_tall => (Pixels::Luma, ColorSpace::Luma),
        _ => (Pixels::Rgb, ColorSpace::RGB),
    };
    let orientation = decoder.exif().and_then(|exif| Orientation::from_exif_chunk(exif));
    let work = if head.in_scans { SCAN_WORK } else { PIXEL_WORK };
    allow(width, height, pixels.bytes() as f64 + head.kept_bytes_per_pixel(), work, budget)?;
    // The colour space is chosen when the headers are read.
    let options = options.jpeg_set_out_colorspace(space);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(broken)?;
    let mut unpacked = vec![0; decoder.output_buffer_size().ok_or_else(no_size)?];
    decoder.decode_into(&mut unpacked).map_err(broken)?;
    let mut rows = Rows::new(width, height);
    let mut luma = Vec::new();
    for row in unpacked.chunks_exact(width * pixels.bytes()) {
        pixels.luma(row, &mut luma);
        rows.push(&luma);
    }
    drop(unpacked);
    let luma = upright(rows.finish()?, orientation.unwrap_or(Orientation::NoTransforms))?;
    Ok(Unpacked { luma, whole: head.whole })
}

/// Whether some colour is halved only in height, because the decoder then mixes up rows of brightness alone. Every
/// frame of a camera is asked, so this looks only at what stands before the picture's data.
pub(crate) fn is_tall(bytes: &[u8]) -> bool {
    segments(bytes).filter(Segment::is_frame).last().is_some_and(|frame| frame.samples().1)
}

fn no_size() -> PictureError {
    PictureError::Broken("it has no size".into())
}

/// A piece of the file before the picture's data.
struct Segment<'a> {
    marker: u8,
    content: &'a [u8],
    /// The segment and all that follows.
    rest: &'a [u8],
}

impl Segment<'_> {
    /// Whether it is a frame header.
    fn is_frame(&self) -> bool {
        matches!(self.marker, 0xc0..=0xcf) && !matches!(self.marker, 0xc4 | 0xc8 | 0xcc)
    }

    /// Whether the picture's data begins behind it.
    fn is_scan(&self) -> bool {
        self.marker == 0xda
    }

    /// Reads a frame header.
    fn samples(&self) -> (f64, bool) {
        samples(self.content.get(6..).unwrap_or_default())
    }
}

/// The segments, as far as they can be followed. The last one is that of the picture's data.
fn segments(bytes: &[u8]) -> impl Iterator<Item = Segment<'_>> {
    let mut at = Some(2);
    iter::from_fn(move || {
        let mut start = at.take()?;
        let (marker, high, low) = loop {
            match *bytes.get(start..)?.first_chunk()? {
                [0xff, 0xff, _, _] => start += 1,
                [0xff, marker, high, low] => break (marker, high, low),
                _ => return None,
            }
        };
        let end = start + 2 + usize::from(u16::from_be_bytes([high, low])).max(2);
        let segment = Segment { marker, content: bytes.get(start + 4..end)?, rest: &bytes[start..] };
        at = (!segment.is_scan()).then_some(end);
        Some(segment)
    })
}

/// What the file's segments say, as far as they can be followed.
#[derive(Debug, Default, PartialEq)]
struct Head {
    /// Samples of all colours for each pixel.
    samples: f64,
    /// Some colour is halved in height and not in width.
    is_tall: bool,
    /// The whole picture is kept in memory before it is made.
    in_scans: bool,
    /// The end of the picture is there.
    whole: bool,
}

impl Head {
    fn of(bytes: &[u8]) -> Self {
        let mut head = Self { samples: 4.0, is_tall: false, in_scans: true, whole: false };
        let mut components = 0;
        for segment in segments(bytes) {
            if segment.is_frame() {
                head.in_scans = segment.marker == 0xc2;
                components = segment.content.get(5).copied().unwrap_or_default();
                (head.samples, head.is_tall) = segment.samples();
            } else if segment.is_scan() {
                // Not all colours come at once, so the first ones wait for the others.
                head.in_scans |= segment.content.first().is_none_or(|&in_scan| in_scan < components);
                // Within the picture's data nothing looks like its end.
                head.whole = segment.rest.windows(2).any(|two| two == [0xff, 0xd9]);
            }
        }
        head
    }

    /// Bytes kept for each pixel beside the picture itself: a coefficient of two bytes for each sample.
    fn kept_bytes_per_pixel(&self) -> f64 {
        // If the sampling differs only in height, as many again.
        if self.in_scans { 4.0 * self.samples } else { 0.0 }
    }
}

/// Samples for each pixel, from each component's number, sampling and table; and whether some are halved only in
/// height.
fn samples(components: &[u8]) -> (f64, bool) {
    let sampling: Vec<(u8, u8)> =
        components.chunks_exact(3).map(|c| ((c[1] >> 4).max(1), (c[1] & 15).max(1))).collect();
    let across = sampling.iter().map(|sampling| sampling.0).max().unwrap_or(1);
    let down = sampling.iter().map(|sampling| sampling.1).max().unwrap_or(1);
    let whole = f64::from(across) * f64::from(down);
    let samples = sampling.iter().map(|&(across, down)| f64::from(across) * f64::from(down) / whole).sum();
    (samples, down > across)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_picture_is_taken_apart() {
        let mut jpeg = Vec::new();
        let mut encoder = image::codecs::jpeg::JpegEncoder::new(&mut jpeg);
        encoder.encode(&[128; 16 * 8 * 3], 16, 8, image::ExtendedColorType::Rgb8).unwrap();
        assert_eq!(Head::of(&jpeg), Head { samples: 3.0, is_tall: false, in_scans: false, whole: true });
        jpeg.truncate(jpeg.len() - 2);
        assert!(!Head::of(&jpeg).whole, "a picture without its end is whole");
    }

    #[test]
    fn halved_colours_take_half_as_much_again() {
        assert_eq!(samples(&[1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]), (1.5, false));
        assert_eq!(samples(&[1, 0x12, 0, 2, 0x11, 1, 3, 0x11, 1]), (2.0, true));
        assert_eq!(samples(&[1, 0x11, 0]), (1.0, false));
        assert_eq!(samples(&[]), (0.0, false));
    }

    #[test]
    fn any_segments_are_followed_to_their_end() {
        for bytes in [
            &b"\xff\xd8\xff\xe1\xff\xff"[..],
            b"\xff\xd8\xff\xc0\0\0",
            b"\xff\xd8\xff\xff\xff\xff\xda\0\x01",
            b"\xff\xd8",
        ] {
            assert!(!Head::of(bytes).whole);
        }
    }
}
