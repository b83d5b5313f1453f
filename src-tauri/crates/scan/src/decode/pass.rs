//! One pass over one picture: threshold, find, pair, read.
//! Owns the buffers of a pass; which passes are worth making is decided in `still` and `live`.

use rxing::common::cpp_essentials::ConcentricPattern;

use super::bits::Bits;
use super::finder::{self, FinderScan};
use super::guard::guarded;
use super::luma::LumaView;
use super::symbol::{self, Outcome, Seen};
use super::threshold::{Rule, Thresholder};
use super::triple::triples;

/// Symbols that a pass may vainly read from the brightness, over a still picture and over a camera's frame.
const MOST_GREY: usize = 12;
const MOST_GREY_LIVE: usize = 3;

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
    promising: bool,
}

impl Pass {
    /// Takes in the picture for the following `run`s.
    pub(super) fn measure(&mut self, luma: LumaView<'_>) {
        self.thresholder.measure(luma);
    }

    /// Whether the last run saw a symbol that it could not read.
    pub(super) fn promising(&self) -> bool {
        self.promising
    }

    /// Reads up to `most` codes, dark on light and light on dark, from the picture last measured.
    pub(super) fn run(&mut self, luma: LumaView<'_>, rule: Rule, most: usize) -> Vec<Read> {
        self.thresholder.apply(luma, rule, &mut self.bits);
        self.scan.scan(&self.bits);
        self.promising = false;
        let mut reads = Vec::new();
        for inverted in [false, true] {
            let hits = self.scan.hits(inverted);
            // Three patterns give three hits at the least.
            if hits.len() < 3 || reads.len() >= most {
                continue;
            }
            let Some(matrix) = self.bits.to_matrix(inverted) else { continue };
            let thorough = most > 1;
            let patterns = guarded(|| finder::locate(&matrix, hits));
            let seen = Seen { luma, matrix: &matrix, inverted, thorough, grey: true };
            self.promising |= read_symbols(seen, patterns, most, &mut reads);
        }
        reads
    }
}

/// Reads the symbols that the finder patterns hold. True if one was seen that could not be read.
fn read_symbols(
    mut seen: Seen<'_>,
    patterns: Vec<ConcentricPattern>,
    most: usize,
    reads: &mut Vec<Read>,
) -> bool {
    let mut used: Vec<ConcentricPattern> = Vec::new();
    let mut unreadable = 0;
    for triple in triples(patterns) {
        let corners = [triple.bottom_left, triple.top_left, triple.top_right];
        if corners.iter().any(|corner| used.contains(corner)) {
            continue;
        }
        match symbol::read(&seen, &triple) {
            Outcome::Text(text) => {
                used.extend(corners);
                reads.push(Read { text, size: corners.iter().map(|c| c.size).sum::<i32>() / 3 });
                if reads.len() >= most {
                    return unreadable > 0;
                }
            }
            Outcome::Unreadable => {
                unreadable += 1;
                seen.grey = unreadable < if seen.thorough { MOST_GREY } else { MOST_GREY_LIVE };
            }
            Outcome::Nothing => {}
        }
    }
    unreadable > 0
}
