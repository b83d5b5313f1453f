//! From brightness to black and white, by thresholds that follow the light over the picture.
//! Owns the rules; each works on blocks of 8×8 pixels, which makes it cheap enough for every frame.

use super::bits::Bits;
use super::luma::LumaView;

const BLOCK: usize = 8;

/// How a block's threshold comes from the blocks around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// Midway between the darkest and the brightest pixel, averaged over the blocks within `radius` that have
    /// more than `gate` between the two: zxing-cpp 3's "local average". Flat areas take no part, so noise in
    /// them stays one colour.
    Contrast { radius: usize, gate: u8 },
    /// The mean of the blocks within `radius`, less `bias`: finds more in blur and haze, and more noise.
    Mean { radius: usize, bias: i16 },
}

/// For ordinary light: what zxing-cpp does.
pub(super) const LOCAL: Rule = Rule::Contrast { radius: 2, gate: 24 };
/// For low contrast; takes noise for content on a picture that has not been softened or shrunk.
pub(super) const FAINT: Rule = Rule::Contrast { radius: 2, gate: 8 };
/// For light that changes slowly and codes of very large modules.
pub(super) const WIDE: Rule = Rule::Contrast { radius: 6, gate: 24 };
/// For blur and haze.
pub(super) const MEAN: Rule = Rule::Mean { radius: 3, bias: 3 };

/// Per-block figures of one picture and the buffers to threshold it, all re-used from picture to picture.
#[derive(Default)]
pub(super) struct Thresholder {
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

impl Thresholder {
    /// Takes in a picture's figures; the rules then apply to this picture.
    pub(super) fn measure(&mut self, luma: LumaView<'_>) {
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

    /// Thresholds `luma`, the picture last measured, into `bits`.
    pub(super) fn apply(&mut self, luma: LumaView<'_>, rule: Rule, bits: &mut Bits) {
        self.decide(rule);
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

    fn decide(&mut self, rule: Rule) {
        let blocks = self.min.iter().zip(&self.max).zip(&self.mean);
        self.thresholds.clear();
        match rule {
            Rule::Contrast { radius, gate } => {
                self.thresholds.extend(blocks.map(|((&min, &max), _)| {
                    if max - min > gate { ((u16::from(min) + u16::from(max)) / 2) as u8 } else { 0 }
                }));
                self.smooth(radius);
                fill_gaps(&mut self.thresholds);
            }
            Rule::Mean { radius, bias } => {
                self.thresholds.extend(&self.mean);
                self.smooth(radius);
                for threshold in &mut self.thresholds {
                    *threshold = (i16::from(*threshold) - bias).clamp(0, 255) as u8;
                }
            }
        }
    }

    /// Averages the thresholds that are not zero over a square of blocks, the block itself counted thrice.
    /// Squares at the edge are moved inwards, not cut.
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

/// Gives blocks without a threshold (large flat areas) that of the next block that has one. With none at all
/// the picture comes out white.
fn fill_gaps(thresholds: &mut [u8]) {
    let mut next = thresholds.iter().rev().copied().find(|&t| t > 0).unwrap_or(0);
    for threshold in thresholds.iter_mut().rev() {
        if *threshold == 0 {
            *threshold = next;
        }
        next = *threshold;
    }
}
