//! A picture in black and white: one bit a pixel, set for black, packed as in `rxing`'s `BitMatrix`.
//! Owns the packing; `binarizer` decides which pixels are black.

use rxing::common::{BitArray, BitMatrix};

const WORD_BITS: usize = usize::BITS as usize;

/// Rows of words. The lowest bit is leftmost, and the bits beyond the width are zero.
#[derive(Default)]
pub(super) struct Bits {
    words: Vec<usize>,
    width: usize,
    height: usize,
    words_per_row: usize,
}

impl Bits {
    pub(super) fn width(&self) -> usize {
        self.width
    }

    pub(super) fn height(&self) -> usize {
        self.height
    }

    pub(super) fn row(&self, y: usize) -> &[usize] {
        &self.words[y * self.words_per_row..][..self.words_per_row]
    }

    /// Makes this a picture of the given size and of unspecified content; keeps the allocation.
    pub(super) fn reset(&mut self, width: usize, height: usize) {
        self.width = width;
        self.height = height;
        self.words_per_row = width.div_ceil(WORD_BITS);
        self.words.resize(self.words_per_row * height, 0);
    }

    /// Writes row `y`. A pixel is black if its `luma` is at most its threshold.
    pub(super) fn pack_row(&mut self, y: usize, luma: &[u8], thresholds: &[u8]) {
        let row = &mut self.words[y * self.words_per_row..][..self.words_per_row];
        let mut pixels = luma.chunks_exact(WORD_BITS).zip(thresholds.chunks_exact(WORD_BITS));
        for word in row.iter_mut() {
            *word = match pixels.next() {
                Some((luma, thresholds)) => pack_word(luma, thresholds),
                None => {
                    let done = self.width - self.width % WORD_BITS;
                    let mut padded = ([255; WORD_BITS], [0; WORD_BITS]);
                    padded.0[..self.width - done].copy_from_slice(&luma[done..self.width]);
                    padded.1[..self.width - done].copy_from_slice(&thresholds[done..self.width]);
                    pack_word(&padded.0, &padded.1)
                }
            };
        }
    }

    /// The same picture in `rxing`'s form, with black and white exchanged if `inverted`. `None` if it is empty.
    pub(super) fn to_matrix(&self, inverted: bool) -> Option<BitMatrix> {
        let mut matrix =
            BitMatrix::new(u32::try_from(self.width).ok()?, u32::try_from(self.height).ok()?).ok()?;
        let mut row = BitArray::with_size(self.width);
        let tail = match self.width % WORD_BITS {
            0 => usize::MAX,
            used => (1 << used) - 1,
        };
        for y in 0..self.height {
            for (i, &word) in self.row(y).iter().enumerate() {
                let mask = if i + 1 == self.words_per_row { tail } else { usize::MAX };
                row.setBulk(i * WORD_BITS, if inverted { !word & mask } else { word });
            }
            matrix.setRow(y as u32, &row);
        }
        Some(matrix)
    }
}

fn pack_word(luma: &[u8], thresholds: &[u8]) -> usize {
    let mut black = [0_u8; WORD_BITS];
    for ((black, luma), threshold) in black.iter_mut().zip(luma).zip(thresholds) {
        *black = u8::from(luma <= threshold);
    }
    black.chunks_exact(8).enumerate().fold(0, |word, (i, eight)| {
        let eight = u64::from_le_bytes(eight.try_into().expect("a chunk of eight"));
        // Byte i holds 0 or 1. The product moves it to bit 56 + i, and no two of its terms overlap.
        let byte = eight.wrapping_mul(0x0102_0408_1020_4080) >> 56;
        word | (byte as usize) << (8 * i)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packs_and_inverts_every_pixel_and_nothing_beyond() {
        for width in [1, 7, 8, 63, 64, 65, 130] {
            let luma: Vec<u8> = (0..width).map(|x| (x * 37 % 256) as u8).collect();
            let thresholds: Vec<u8> = (0..width).map(|x| (x * 91 % 256) as u8).collect();
            let mut bits = Bits::default();
            bits.reset(width, 1);
            bits.pack_row(0, &luma, &thresholds);
            let (plain, inverted) = (bits.to_matrix(false).unwrap(), bits.to_matrix(true).unwrap());
            for x in 0..width {
                let black = luma[x] <= thresholds[x];
                assert_eq!(plain.get(x as u32, 0), black, "pixel {x} of {width}");
                assert_eq!(inverted.get(x as u32, 0), !black, "inverted pixel {x} of {width}");
            }
            assert_eq!(
                inverted.getRow(0).getBitArray()[width.div_ceil(WORD_BITS) - 1].count_ones() as usize
                    + bits.row(0)[width.div_ceil(WORD_BITS) - 1].count_ones() as usize,
                (width - 1) % WORD_BITS + 1,
                "the bits beyond the width stay zero"
            );
        }
    }
}
