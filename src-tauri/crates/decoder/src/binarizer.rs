//! Turns brightness into black and white, by thresholds that follow the light over the picture.
//! Owns the thresholds; each is of a block of 8×8 pixels, which is cheap enough for every frame.

use super::bits::Bits;
use super::luma::LumaView;

const BLOCK: usize = 8;

/// How a block's threshold is formed from the blocks around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Threshold {
    /// Midway between the darkest and the brightest pixel, averaged over those blocks within `radius` where the two
    /// differ by more than `gate`: zxing-cpp 3's "local average". Flat blocks take no part, so their noise stays one
    /// colour.
    Contrast { radius: usize, gate: u8 },
    /// The mean of the blocks within `radius`, less `bias`. Finds more in blur and haze, and more noise.
    Mean { radius: usize, bias: i16 },
}

/// For ordinary light, as zxing-cpp does.
pub(super) const LOCAL: Threshold = Threshold::Contrast { radius: 2, gate: 24 };
/// For low contrast. Takes noise for content if the picture was neither softened nor shrunk.
pub(super) const FAINT: Threshold = Threshold::Contrast { radius: 2, gate: 8 };
/// For light that changes slowly, and for very large modules.
pub(super) const WIDE: Threshold = Threshold::Contrast { radius: 6, gate: 24 };
/// For blur and haze.
pub(super) const MEAN: Threshold = Threshold::Mean { radius: 3, bias: 3 };

/// Keeps its buffers from picture to picture.
#[derive(Default)]
pub(super) struct Binarizer {
    columns: usize,
    rows: usize,
    min: Vec<u8>,
    max: Vec<u8>,
    mean: Vec<u8>,
    thresholds: Vec<u8>,
    sums: Vec<[u32; 2]>,
    line: Vec<u8>,
    strip: Strip,
}

#[derive(Default)]
struct Strip {
    min: Vec<u8>,
    max: Vec<u8>,
    sum: Vec<u16>,
}

impl Binarizer {
    /// Writes `luma` in black and white into `bits`.
    pub(super) fn binarize(&mut self, luma: LumaView<'_>, threshold: Threshold, bits: &mut Bits) {
        self.measure(luma);
        self.decide(threshold);
        bits.reset(luma.width, luma.height);
        self.line.resize(self.columns * BLOCK, 0);
        for (block_row, thresholds) in self.thresholds.chunks_exact(self.columns).enumerate() {
            for (pixels, &threshold) in self.line.chunks_exact_mut(BLOCK).zip(thresholds) {
                pixels.fill(threshold);
            }
            for y in block_row * BLOCK..luma.height.min((block_row + 1) * BLOCK) {
                bits.pack_row(y, luma.row(y), &self.line[..luma.width]);
            }
        }
    }

    /// Takes in each block's darkest, brightest and mean pixel.
    fn measure(&mut self, luma: LumaView<'_>) {
        self.columns = luma.width.div_ceil(BLOCK);
        self.rows = luma.height.div_ceil(BLOCK);
        for figures in [&mut self.min, &mut self.max, &mut self.mean] {
            figures.clear();
            figures.reserve(self.columns * self.rows);
        }
        for top in (0..luma.height).step_by(BLOCK) {
            let height = BLOCK.min(luma.height - top);
            self.strip.gather(luma, top, height);
            for ((min, max), sum) in self
                .strip
                .min
                .chunks(BLOCK)
                .zip(self.strip.max.chunks(BLOCK))
                .zip(self.strip.sum.chunks(BLOCK))
            {
                self.min.push(min.iter().copied().min().unwrap_or(0));
                self.max.push(max.iter().copied().max().unwrap_or(0));
                let total: u32 = sum.iter().map(|&s| u32::from(s)).sum();
                self.mean.push((total / (sum.len() * height) as u32) as u8);
            }
        }
    }

    fn decide(&mut self, threshold: Threshold) {
        let blocks = self.min.iter().zip(&self.max).zip(&self.mean);
        self.thresholds.clear();
        match threshold {
            Threshold::Contrast { radius, gate } => {
                self.thresholds.extend(blocks.map(|((&min, &max), _)| {
                    if max - min > gate { ((u16::from(min) + u16::from(max)) / 2) as u8 } else { 0 }
                }));
                self.smooth(radius);
                fill_gaps(&mut self.thresholds);
            }
            Threshold::Mean { radius, bias } => {
                self.thresholds.extend(&self.mean);
                self.smooth(radius);
                for threshold in &mut self.thresholds {
                    *threshold = (i16::from(*threshold) - bias).clamp(0, 255) as u8;
                }
            }
        }
    }

    /// Averages the thresholds that are not zero over a square of blocks, and counts the block itself three times.
    /// Moves squares at the edge inwards instead of cutting them.
    fn smooth(&mut self, radius: usize) {
        let (columns, rows) = (self.columns, self.rows);
        let window = |i: usize, len: usize| {
            let size = (2 * radius + 1).min(len);
            let start = i.saturating_sub(radius).min(len - size);
            start..start + size
        };
        self.sums.clear();
        for row in self.thresholds.chunks_exact(columns) {
            for x in 0..columns {
                let values = &row[window(x, columns)];
                let sum = values.iter().map(|&t| u32::from(t)).sum();
                self.sums.push([sum, values.iter().filter(|&&t| t > 0).count() as u32]);
            }
        }
        for y in 0..rows {
            let span = window(y, rows);
            for x in 0..columns {
                let own = u32::from(self.thresholds[y * columns + x]);
                let start = [own * 2, u32::from(own > 0) * 2];
                let [sum, count] = span.clone().fold(start, |[sum, count], y| {
                    let [s, c] = self.sums[y * columns + x];
                    [sum + s, count + c]
                });
                self.thresholds[y * columns + x] = sum.checked_div(count).unwrap_or(0) as u8;
            }
        }
    }
}

impl Strip {
    fn gather(&mut self, luma: LumaView<'_>, top: usize, height: usize) {
        self.min.clear();
        self.min.resize(luma.width, u8::MAX);
        self.max.clear();
        self.max.resize(luma.width, 0);
        self.sum.clear();
        self.sum.resize(luma.width, 0);
        for y in top..top + height {
            let columns = self.min.iter_mut().zip(&mut self.max).zip(&mut self.sum);
            for (((min, max), sum), &pixel) in columns.zip(luma.row(y)) {
                *min = (*min).min(pixel);
                *max = (*max).max(pixel);
                *sum += u16::from(pixel);
            }
        }
    }
}

/// Gives each block without a threshold, as in large flat areas, the next block's. Without any threshold the picture
/// comes out white.
fn fill_gaps(thresholds: &mut [u8]) {
    let mut next = thresholds.iter().rev().copied().find(|&t| t > 0).unwrap_or(0);
    for threshold in thresholds.iter_mut().rev() {
        if *threshold == 0 {
            *threshold = next;
        }
        next = *threshold;
    }
}
