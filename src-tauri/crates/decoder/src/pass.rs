//! One pass over one picture: threshold, find, pair, read.
//! Owns the buffers of a pass; which passes are worth making is decided in `still` and `live`.

use rxing::common::cpp_essentials::ConcentricPattern;

use super::bits::Bits;
use super::budget::Budget;
use super::finder::{self, FinderScan};
use super::guard::guarded;
use super::luma::LumaView;
use super::symbol::{self, Outcome, Seen};
use super::threshold::{Rule, Thresholder};
use super::triple::triples;

/// Symbols that a pass may vainly read from the brightness, over a still picture and over a camera's frame.
const MOST_GREY: usize = 12;
const MOST_GREY_LIVE: usize = 3;

/// What it costs to look at three finder patterns, and to read modules from the brightness after all.
const SYMBOL_WORK: u64 = 200_000;
const GREY_WORK: u64 = 6_000_000;

/// A text and how large its symbol stands in the picture.
#[derive(Clone, Debug)]
pub(super) struct Read {
    pub(super) text: String,
    /// Mean size of the three finder patterns, in pixels of the picture passed over.
    pub(super) size: i32,
}

impl Read {
    /// The texts alone, the largest symbol's first, each once.
    pub(super) fn texts(mut reads: Vec<Self>) -> Vec<String> {
        reads.sort_by_key(|read| std::cmp::Reverse(read.size));
        let mut texts: Vec<String> = Vec::new();
        for read in reads {
            if !texts.contains(&read.text) {
                texts.push(read.text);
            }
        }
        texts
    }
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
    /// Several ask for thoroughness, and that as many as there are.
    pub(super) fn run(
        &mut self,
        luma: LumaView<'_>,
        rule: Rule,
        most: usize,
        budget: &Budget<'_>,
    ) -> Vec<Read> {
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
            let thorough = most == usize::MAX;
            let patterns = guarded(|| finder::locate(&matrix, hits, thorough, budget));
            let seen = Seen { luma, matrix: &matrix, inverted, thorough, grey: true };
            self.promising |= read_symbols(seen, patterns, most, budget, &mut reads);
        }
        reads
    }
}

/// Reads the symbols that the finder patterns hold. True if one was seen that could not be read.
fn read_symbols(
    mut seen: Seen<'_>,
    patterns: Vec<ConcentricPattern>,
    most: usize,
    budget: &Budget<'_>,
    reads: &mut Vec<Read>,
) -> bool {
    let mut used: Vec<ConcentricPattern> = Vec::new();
    let mut unreadable = 0;
    for triple in triples(patterns, budget) {
        let corners = [triple.bottom_left, triple.top_left, triple.top_right];
        if corners.iter().any(|corner| used.contains(corner)) {
            continue;
        }
        if !budget.spend(SYMBOL_WORK) {
            break;
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
                if seen.grey && !budget.spend(GREY_WORK) {
                    break;
                }
                seen.grey = unreadable < if seen.thorough { MOST_GREY } else { MOST_GREY_LIVE };
            }
            Outcome::Nothing => {}
        }
    }
    unreadable > 0
}
