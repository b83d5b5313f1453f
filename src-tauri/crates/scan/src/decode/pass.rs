//! One pass over one picture: threshold, find, pair, read.
//! Owns the buffers of a pass; which passes are worth making is decided in `still` and `live`.

use rxing::common::BitMatrix;
use rxing::common::cpp_essentials::ConcentricPattern;

use super::bits::Bits;
use super::finder::{self, FinderScan};
use super::guard::guarded;
use super::luma::LumaView;
use super::symbol;
use super::threshold::{Rule, Thresholder};
use super::triple::triples;

/// A text and how large its symbol stands in the picture.
#[derive(Clone, Debug)]
pub(super) struct Read {
    pub(super) text: String,
    /// Mean size of the three finder patterns, in pixels of the picture passed over.
    pub(super) size: i32,
}

/// The buffers of a pass.
#[derive(Default)]
pub(super) struct Pass {
    thresholder: Thresholder,
    bits: Bits,
    scan: FinderScan,
}

impl Pass {
    /// Takes in the picture for the following `run`s.
    pub(super) fn measure(&mut self, luma: LumaView<'_>) {
        self.thresholder.measure(luma);
    }

    /// Reads up to `most` codes, dark on light and light on dark, from the picture last measured.
    pub(super) fn run(&mut self, luma: LumaView<'_>, rule: Rule, most: usize) -> Vec<Read> {
        self.thresholder.apply(luma, rule, &mut self.bits);
        self.scan.scan(&self.bits);
        let mut reads = Vec::new();
        for inverted in [false, true] {
            let hits = self.scan.hits(inverted);
            // Three patterns give three hits at the least.
            if hits.len() < 3 || reads.len() >= most {
                continue;
            }
            let Some(matrix) = self.bits.to_matrix(inverted) else { continue };
            let patterns = guarded(|| finder::locate(&matrix, hits));
            read_symbols(&matrix, patterns, most, &mut reads);
        }
        reads
    }
}

fn read_symbols(matrix: &BitMatrix, patterns: Vec<ConcentricPattern>, most: usize, reads: &mut Vec<Read>) {
    let mut used: Vec<ConcentricPattern> = Vec::new();
    for triple in triples(patterns) {
        let corners = [triple.bottom_left, triple.top_left, triple.top_right];
        if corners.iter().any(|corner| used.contains(corner)) {
            continue;
        }
        let Some(text) = symbol::read(matrix, &triple) else { continue };
        used.extend(corners);
        reads.push(Read { text, size: corners.iter().map(|c| c.size).sum::<i32>() / 3 });
        if reads.len() >= most {
            return;
        }
    }
}
