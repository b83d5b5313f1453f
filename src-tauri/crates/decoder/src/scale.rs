//! Makes smaller, larger, softer and sharper copies of a picture. `attempt` decides when they help.

use super::luma::{LumaImage, LumaView};

/// Writes `luma` shrunk by a whole factor into `out`; each pixel is the mean of its square. Pixels that fill no square
/// are left out. Returns false and leaves `out` unspecified if no pixel would be left.
pub(super) fn shrink(luma: LumaView<'_>, factor: usize, sums: &mut Vec<u16>, out: &mut LumaImage) -> bool {
    let (width, height) = (luma.width / factor, luma.height / factor);
    if width == 0 || height == 0 {
        return false;
    }
    let area = (factor * factor) as u32;
    // Multiplies instead of dividing, which is exact for so few bits.
    let inverse = (1 << 16) / area + 1;
    let pixels = out.reset(width, height);
    for (y, row) in pixels.chunks_exact_mut(width).enumerate() {
        sums.clear();
        sums.resize(width * factor, 0);
        for dy in 0..factor {
            for (sum, &pixel) in sums.iter_mut().zip(luma.row(y * factor + dy)) {
                *sum += u16::from(pixel);
            }
        }
        let mean = |square: &[u16]| {
            let sum: u32 = square.iter().map(|&sum| u32::from(sum)).sum();
            (((sum + area / 2) * inverse) >> 16).min(255) as u8
        };
        match factor {
            // If the size is known, the compiler works on many pixels at once.
            2 => row.iter_mut().zip(sums.chunks_exact(2)).for_each(|(pixel, square)| *pixel = mean(square)),
            3 => row.iter_mut().zip(sums.chunks_exact(3)).for_each(|(pixel, square)| *pixel = mean(square)),
            _ => row
                .iter_mut()
                .zip(sums.chunks_exact(factor))
                .for_each(|(pixel, square)| *pixel = mean(square)),
        }
    }
    true
}

/// Writes `luma` at twice the size into `out`; new pixels are mixed from their neighbours.
pub(super) fn double(luma: LumaView<'_>, out: &mut LumaImage) {
    let width = luma.width * 2;
    let pixels = out.reset(width, luma.height * 2);
    for (y, rows) in pixels.chunks_exact_mut(2 * width).enumerate() {
        let (upper, lower) = rows.split_at_mut(width);
        let (near, above) = (luma.row(y), luma.row(y.saturating_sub(1)));
        let below = luma.row((y + 1).min(luma.height - 1));
        for (row, far) in [(upper, above), (lower, below)] {
            for (x, two) in row.chunks_exact_mut(2).enumerate() {
                let column = |x: usize| 3 * u16::from(near[x]) + u16::from(far[x]);
                let (left, right) = (column(x.saturating_sub(1)), column((x + 1).min(near.len() - 1)));
                let own = 3 * column(x);
                two[0] = ((own + left + 8) / 16) as u8;
                two[1] = ((own + right + 8) / 16) as u8;
            }
        }
    }
}

/// Writes `luma` into `out` with each pixel mixed with its eight neighbours (1 2 1 both ways), which takes off noise
/// and moiré.
pub(super) fn soften(luma: LumaView<'_>, out: &mut LumaImage) {
    let width = luma.width;
    let pixels = out.reset(width, luma.height);
    let mut column = vec![0_u16; width + 2];
    for (y, row) in pixels.chunks_exact_mut(width).enumerate() {
        let (above, own) = (luma.row(y.saturating_sub(1)), luma.row(y));
        let below = luma.row((y + 1).min(luma.height - 1));
        for (((sum, &a), &b), &c) in column[1..=width].iter_mut().zip(above).zip(own).zip(below) {
            *sum = u16::from(a) + 2 * u16::from(b) + u16::from(c);
        }
        column[0] = column[1];
        column[width + 1] = column[width];
        for (pixel, three) in row.iter_mut().zip(column.windows(3)) {
            *pixel = ((three[0] + 2 * three[1] + three[2] + 8) / 16) as u8;
        }
    }
}

/// Writes `luma` into `out` with its edges steepened, which undoes some blur. `soft` is `luma` softened.
pub(super) fn sharpen(luma: LumaView<'_>, soft: LumaView<'_>, out: &mut LumaImage) {
    const AMOUNT: i16 = 3;
    let pixels = out.reset(luma.width, luma.height);
    for (y, row) in pixels.chunks_exact_mut(luma.width).enumerate() {
        for ((pixel, &own), &soft) in row.iter_mut().zip(luma.row(y)).zip(soft.row(y)) {
            let (own, soft) = (i16::from(own), i16::from(soft));
            *pixel = (own + AMOUNT * (own - soft)).clamp(0, 255) as u8;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: usize, height: usize) -> LumaImage {
        LumaImage::new((0..width * height).map(|i| (i * 7 % 256) as u8).collect(), width, height).unwrap()
    }

    #[test]
    fn every_pixel_of_a_shrunk_picture_is_its_squares_mean() {
        let full = picture(23, 17);
        let mut out = LumaImage::default();
        for factor in [2, 3, 4, 5] {
            assert!(shrink(full.view(), factor, &mut Vec::new(), &mut out));
            let small = out.view();
            assert_eq!((small.width, small.height), (23 / factor, 17 / factor));
            for y in 0..small.height {
                for x in 0..small.width {
                    let square = (0..factor * factor).map(|i| {
                        u32::from(full.view().row(y * factor + i / factor)[x * factor + i % factor])
                    });
                    let area = (factor * factor) as u32;
                    let mean = (square.sum::<u32>() + area / 2) / area;
                    assert_eq!(u32::from(small.row(y)[x]), mean, "factor {factor}, pixel {x}, {y}");
                }
            }
        }
        assert!(!shrink(full.view(), 18, &mut Vec::new(), &mut out), "nothing is left of 17 rows");
    }

    #[test]
    fn filters_leave_a_flat_picture_flat() {
        let flat = LumaImage::new(vec![93; 15], 5, 3).unwrap();
        let (mut soft, mut out) = (LumaImage::default(), LumaImage::default());
        soften(flat.view(), &mut soft);
        assert_eq!(soft, flat);
        sharpen(flat.view(), soft.view(), &mut out);
        assert_eq!(out, flat);
        double(flat.view(), &mut out);
        assert_eq!(out, LumaImage::new(vec![93; 60], 10, 6).unwrap());
    }
}
