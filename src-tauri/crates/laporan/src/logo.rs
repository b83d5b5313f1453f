//! A school's logo: a picture that somebody sends, decoded and written anew, so that nothing but pixels is kept of it.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, ImageReader, Limits, imageops::FilterType};

/// The most bytes that are taken.
pub const MAX_BYTES: usize = 512 << 10;

/// The longest side of what is sent, in pixels.
const SENT_MAX: u32 = 6000;

/// The longest side of what is kept: enough for a letterhead in print.
const KEPT_MAX: u32 = 512;

/// Why a picture is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidLogo {
    /// More than [`MAX_BYTES`].
    #[error("paling besar 512 KiB")]
    TooLarge,
    /// Neither PNG nor JPEG, or not a whole one.
    #[error("bukan gambar PNG atau JPEG yang utuh")]
    Unreadable,
    /// Longer sides than can be decoded safely.
    #[error("paling besar {SENT_MAX} × {SENT_MAX} piksel")]
    TooManyPixels,
}

/// A logo as PNG with sides of at most 512 pixels.
///
/// # Errors
/// [`InvalidLogo`].
pub fn png(sent: &[u8]) -> Result<Vec<u8>, InvalidLogo> {
    if sent.len() > MAX_BYTES {
        return Err(InvalidLogo::TooLarge);
    }
    let format = image::guess_format(sent).map_err(|_| InvalidLogo::Unreadable)?;
    if !matches!(format, ImageFormat::Png | ImageFormat::Jpeg) {
        return Err(InvalidLogo::Unreadable);
    }
    let (width, height) = ImageReader::with_format(Cursor::new(sent), format)
        .into_dimensions()
        .map_err(|_| InvalidLogo::Unreadable)?;
    if width.max(height) > SENT_MAX {
        return Err(InvalidLogo::TooManyPixels);
    }
    let mut reader = ImageReader::with_format(Cursor::new(sent), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(256 << 20);
    reader.limits(limits);
    let picture = reader.decode().map_err(|_| InvalidLogo::Unreadable)?;
    let picture = match width.max(height) > KEPT_MAX {
        true => picture.resize(KEPT_MAX, KEPT_MAX, FilterType::Lanczos3),
        false => picture,
    };
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgba8(picture.into_rgba8())
        .write_to(&mut bytes, ImageFormat::Png)
        .map_err(|_| InvalidLogo::Unreadable)?;
    Ok(bytes.into_inner())
}

#[cfg(test)]
mod tests {
    use image::RgbImage;

    use super::*;

    fn encoded(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let picture = DynamicImage::ImageRgb8(RgbImage::from_pixel(width, height, image::Rgb([10, 120, 60])));
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_picture_is_written_anew_and_small() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg] {
            let kept = png(&encoded(1200, 600, format)).unwrap();
            let picture = image::load_from_memory_with_format(&kept, ImageFormat::Png).unwrap();
            assert_eq!((picture.width(), picture.height()), (512, 256));
        }
    }

    #[test]
    fn what_follows_the_pixels_is_not_kept() {
        let mut sent = encoded(8, 8, ImageFormat::Png);
        sent.extend(b"<script>alert(1)</script>");
        let kept = png(&sent).unwrap();
        assert!(!kept.windows(8).any(|window| window == b"<script>"));
    }

    #[test]
    fn anything_else_is_refused() {
        assert_eq!(png(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), Err(InvalidLogo::Unreadable));
        assert_eq!(png(b""), Err(InvalidLogo::Unreadable));
        let whole = encoded(64, 64, ImageFormat::Png);
        assert_eq!(png(&whole[..whole.len() / 2]), Err(InvalidLogo::Unreadable));
        assert_eq!(png(&encoded(8, 8, ImageFormat::Bmp)), Err(InvalidLogo::Unreadable));
        assert_eq!(png(&encoded(7000, 1, ImageFormat::Png)), Err(InvalidLogo::TooManyPixels));
        assert_eq!(png(&vec![0; MAX_BYTES + 1]), Err(InvalidLogo::TooLarge));
    }
}
