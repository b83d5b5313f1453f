//! Reads all symbols of one picture: binarize, find finder patterns, combine them, decode.
//! Owns the buffers; `still` and `live` decide what is worth reading.

use rxing::common::cpp_essentials::ConcentricPattern;

use super::binarizer::{Binarizer, Threshold};
use super::bits::Bits;
use super::budget::Budget;
use super::finder_pattern::{self, FinderPatternScan};
use super::finder_pattern_set::finder_pattern_sets;
use super::guard::guarded;
use super::luma::LumaView;
use super::symbol::{self, Outcome, Seen};

/// Symbols whose brightness may be sampled in vain, in a still picture and in a camera's frame.
const MOST_LUMA: usize = 12;
const MOST_LUMA_LIVE: usize = 3;

/// What decoding a symbol from black and white costs, and what sampling its brightness costs.
const SYMBOL_WORK: u64 = 200_000;
const LUMA_WORK: u64 = 6_000_000;

/// A symbol that was decoded.
#[derive(Clone, Debug)]
pub(super) struct Symbol {
    pub(super) text: String,
    /// The mean size of its finder patterns, in pixels.
    pub(super) size: i32,
}

impl Symbol {
    /// The texts, the largest symbol's first, each once.
    pub(super) fn texts(mut symbols: Vec<Self>) -> Vec<String> {
        symbols.sort_by_key(|symbol| std::cmp::Reverse(symbol.size));
        let mut texts: Vec<String> = Vec::new();
        for symbol in symbols {
            if !texts.contains(&symbol.text) {
                texts.push(symbol.text);
            }
        }
        texts
    }
}

/// Reads symbols; keeps its buffers from picture to picture.
#[derive(Default)]
pub(super) struct SymbolReader {
    binarizer: Binarizer,
    bits: Bits,
    scan: FinderPatternScan,
    is_promising: bool,
}

impl SymbolReader {
    /// Whether the last picture held a symbol that could not be decoded.
    pub(super) fn is_promising(&self) -> bool {
        self.is_promising
    }

    /// Reads up to `most` symbols, dark on light and light on dark. Tries harder if `most` is no limit.
    pub(super) fn read(
        &mut self,
        luma: LumaView<'_>,
        threshold: Threshold,
        most: usize,
        budget: &Budget<'_>,
    ) -> Vec<Symbol> {
        self.binarizer.binarize(luma, threshold, &mut self.bits);
        self.scan.scan(&self.bits);
        self.is_promising = false;
        let mut symbols = Vec::new();
        for inverted in [false, true] {
            let candidates = self.scan.candidates(inverted);
            // A symbol has three finder patterns, and each crosses a scanned row.
            if candidates.len() < 3 || symbols.len() >= most {
                continue;
            }
            let Some(matrix) = self.bits.to_matrix(inverted) else { continue };
            let try_harder = most == usize::MAX;
            let patterns = guarded(|| finder_pattern::locate(&matrix, candidates, try_harder, budget));
            let seen = Seen { luma, matrix: &matrix, inverted, try_harder, try_luma: true };
            self.is_promising |= decode_symbols(seen, patterns, most, budget, &mut symbols);
        }
        symbols
    }
}

/// Adds the symbols at these finder patterns to `symbols`. True if one of them could not be decoded.
fn decode_symbols(
    mut seen: Seen<'_>,
    patterns: Vec<ConcentricPattern>,
    most: usize,
    budget: &Budget<'_>,
    symbols: &mut Vec<Symbol>,
) -> bool {
    let mut used: Vec<ConcentricPattern> = Vec::new();
    let mut undecodable = 0;
    for set in finder_pattern_sets(patterns, budget) {
        let corners = [set.bl, set.tl, set.tr];
        if corners.iter().any(|corner| used.contains(corner)) {
            continue;
        }
        if !budget.spend(SYMBOL_WORK) {
            break;
        }
        match symbol::decode(&seen, &set) {
            Outcome::Text(text) => {
                used.extend(corners);
                symbols.push(Symbol { text, size: corners.iter().map(|c| c.size).sum::<i32>() / 3 });
                if symbols.len() >= most {
                    return undecodable > 0;
                }
            }
            Outcome::Undecodable => {
                undecodable += 1;
                if seen.try_luma && !budget.spend(LUMA_WORK) {
                    break;
                }
                seen.try_luma = undecodable < if seen.try_harder { MOST_LUMA } else { MOST_LUMA_LIVE };
            }
            Outcome::NoSymbol => {}
        }
    }
    undecodable > 0
}
