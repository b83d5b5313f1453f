//! A picture's rows as they are unpacked. Turns them into brightness and shrinks a very large picture, so that a
//! photograph of 200 megapixels never lies in memory with all its colours.

use image::GrayImage;

use super::PictureError;
use crate::decode::brightness;

/// The most pixels that are kept. A larger picture is shrunk by a whole factor, because codes in such pictures are
/// large.
pub(super) const MOST_KEPT: u64 = 1 << 26;

/// Where the brightness lies in a row's bytes. A colour has one byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pixels {
    Luma,
    LumaAlpha,
    Rgb,
    RgbAlpha,
}

impl Pixels {
    pub(super) fn bytes(self) -> usize {
        match self {
            Self::Luma => 1,
            Self::LumaAlpha => 2,
            Self::Rgb => 3,
            Self::RgbAlpha => 4,
        }
    }

    /// A row's brightness; white stands behind what is transparent.
    pub(super) fn luma(self, row: &[u8], out: &mut Vec<u8>) {
        out.clear();
        match self {
            Self::Luma => out.extend_from_slice(row),
            Self::LumaAlpha => out.extend(row.chunks_exact(2).map(|p| on_white(p[0], p[1]))),
            Self::Rgb => out.extend(row.chunks_exact(3).map(|p| brightness(p[0], p[1], p[2]))),
            Self::RgbAlpha => {
                out.extend(row.chunks_exact(4).map(|p| on_white(brightness(p[0], p[1], p[2]), p[3])));
            }
        }
    }
}

fn on_white(luma: u8, alpha: u8) -> u8 {
    let alpha = u32::from(alpha);
    ((u32::from(luma) * alpha + 255 * (255 - alpha) + 127) / 255) as u8
}

/// The factor by which a picture of this size is shrunk.
pub(super) fn factor(width: usize, height: usize) -> usize {
    let pixels = width as u64 * height as u64;
    (1..).find(|factor| pixels / (factor * factor) <= MOST_KEPT).unwrap_or(1) as usize
}

/// Takes a picture's rows in order.
pub(super) struct Rows {
    factor: usize,
    /// The size of the picture that is kept.
    width: usize,
    height: usize,
    /// The sums over the squares of the row under way, and how many rows they hold.
    sums: Vec<u16>,
    summed: usize,
    kept: Vec<u8>,
}

impl Rows {
    pub(super) fn new(width: usize, height: usize) -> Self {
        let factor = factor(width, height);
        let (width, height) = (width / factor, height / factor);
        let kept = Vec::with_capacity(width * height);
        Self { factor, width, height, sums: vec![0; width], summed: 0, kept }
    }

    /// Takes the next row's brightness.
    pub(super) fn push(&mut self, row: &[u8]) {
        if self.kept.len() == self.width * self.height {
            return;
        }
        if self.factor == 1 {
            self.kept.extend_from_slice(&row[..self.width]);
            return;
        }
        for (sum, square) in self.sums.iter_mut().zip(row.chunks_exact(self.factor)) {
            *sum += square.iter().map(|&pixel| u16::from(pixel)).sum::<u16>();
        }
        self.summed += 1;
        if self.summed == self.factor {
            let area = (self.factor * self.factor) as u16;
            self.kept.extend(self.sums.iter().map(|sum| ((sum + area / 2) / area) as u8));
            self.sums.fill(0);
            self.summed = 0;
        }
    }

    /// The picture, white where rows are missing.
    pub(super) fn finish(mut self) -> Result<GrayImage, PictureError> {
        self.kept.resize(self.width * self.height, 255);
        GrayImage::from_raw(self.width as u32, self.height as u32, self.kept)
            .ok_or_else(|| PictureError::Broken("it has no pixels".into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brightness_is_taken_on_white() {
        let mut out = Vec::new();
        Pixels::RgbAlpha.luma(&[0, 0, 0, 255, 0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 128], &mut out);
        assert_eq!(out, [0, 255, 255, 127]);
        Pixels::LumaAlpha.luma(&[10, 255, 10, 0], &mut out);
        assert_eq!(out, [10, 255]);
        Pixels::Rgb.luma(&[255, 0, 0, 0, 255, 0], &mut out);
        assert_eq!(out, [77, 149]);
    }

    #[test]
    fn only_very_large_pictures_are_shrunk() {
        assert_eq!(factor(8000, 6000), 1);
        assert_eq!(factor(12_000, 9000), 2);
        assert_eq!(factor(16_384, 12_288), 2);
        assert_eq!(factor(16_384, 16_384), 2);
    }

    #[test]
    fn squares_become_their_mean_and_what_is_missing_white() {
        let mut rows = Rows { factor: 2, width: 2, height: 2, sums: vec![0; 2], summed: 0, kept: Vec::new() };
        rows.push(&[0, 10, 20, 30, 99]);
        rows.push(&[20, 30, 40, 50, 99]);
        rows.push(&[7, 7, 7, 7, 99]);
        assert_eq!(rows.finish().unwrap().into_raw(), [15, 35, 255, 255]);
    }
}
