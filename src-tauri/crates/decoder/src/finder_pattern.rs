//! Finds finder patterns, the concentric squares in three of a symbol's corners.
//! Owns the scan over rows; `rxing` checks around each candidate. `finder_pattern_set` tells which belong together.

use rxing::Point;
use rxing::common::BitMatrix;
use rxing::common::cpp_essentials::{ConcentricPattern, LocateConcentricPattern};

use super::bits::Bits;
use super::budget::Budget;

/// Every third row is scanned, because the smallest readable finder pattern's centre is three pixels high.
const ROW_STEP: usize = 3;

/// Most patterns taken from a still picture, and from a camera's frame. A hundred symbols have three hundred.
const MOST: usize = 1000;
const MOST_LIVE: usize = 60;

/// What the check around a candidate costs, and what comparing it with one known pattern costs.
const CHECK_WORK: u64 = 3_000;
const KNOWN_WORK: u64 = 2;

/// Stretches of rows that look like 1:1:3:1:1, those that begin dark apart from those that begin light.
#[derive(Default)]
pub(super) struct FinderPatternScan {
    edges: Vec<u32>,
    dark: Vec<Candidate>,
    light: Vec<Candidate>,
}

/// A stretch of one row that could cross a finder pattern.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    x: f32,
    y: f32,
    width: u32,
}

impl FinderPatternScan {
    /// Replaces the candidates by those of this picture.
    pub(super) fn scan(&mut self, bits: &Bits) {
        self.dark.clear();
        self.light.clear();
        for y in (ROW_STEP - 1..bits.height()).step_by(ROW_STEP) {
            edges_of(bits.row(y), bits.width(), &mut self.edges);
            for (i, window) in self.edges.windows(6).enumerate() {
                if is_finder_pattern_row(window) {
                    let candidate = Candidate {
                        x: (window[2] + window[3]) as f32 / 2.0,
                        y: y as f32 + 0.5,
                        width: window[5] - window[0],
                    };
                    if i % 2 == 1 { self.dark.push(candidate) } else { self.light.push(candidate) }
                }
            }
        }
    }

    /// The candidates of symbols dark on light, or light on dark if `inverted`.
    pub(super) fn candidates(&self, inverted: bool) -> &[Candidate] {
        if inverted { &self.light } else { &self.dark }
    }
}

/// The finder patterns in `matrix` at the `candidates`, each once and in their order; the first ones of very many.
pub(super) fn locate(
    matrix: &BitMatrix,
    candidates: &[Candidate],
    try_harder: bool,
    budget: &Budget<'_>,
) -> Vec<ConcentricPattern> {
    let mut found: Vec<ConcentricPattern> = Vec::new();
    let most = if try_harder { MOST } else { MOST_LIVE };
    for candidate in candidates {
        if found.len() >= most || !budget.spend(found.len() as u64 * KNOWN_WORK) {
            break;
        }
        let center = Point::new(candidate.x, candidate.y);
        if found.iter().any(|old| Point::distance(center, old.p) < old.size as f32 / 2.0) {
            continue;
        }
        if !budget.spend(CHECK_WORK) {
            break;
        }
        let range = candidate.width as i32 * 3;
        found.extend(LocateConcentricPattern::<true, 5, 7>(matrix, &[1, 1, 3, 1, 1], center, range));
    }
    found
}

/// Where a row changes colour: light stretches start at even places, dark ones at odd. Begins with 0 and ends with the
/// width.
fn edges_of(row: &[usize], width: usize, edges: &mut Vec<u32>) {
    edges.clear();
    edges.push(0);
    let mut last = 0;
    for (i, &word) in row.iter().enumerate() {
        let mut changes = word ^ (word << 1 | last);
        last = word >> (usize::BITS - 1);
        while changes != 0 {
            let x = i * usize::BITS as usize + changes.trailing_zeros() as usize;
            edges.push(x.min(width) as u32);
            changes &= changes - 1;
        }
    }
    edges.push(width as u32);
}

/// Whether five runs between six edges are 1:1:3:1:1. Dark and light runs are each measured in their own mean module,
/// because blur and glare make one colour wider at the other's cost. The limits are zxing-cpp's.
fn is_finder_pattern_row(edges: &[u32]) -> bool {
    let runs: [u32; 5] = std::array::from_fn(|i| edges[i + 1] - edges[i]);
    if runs[2] < 3 || runs[2] < 2 * runs[0].max(runs[4]) || runs[2] < runs[1].max(runs[3]) {
        return false;
    }
    let outer = (runs[0] + runs[2] + runs[4]) as f32 / 5.0;
    let inner = (runs[1] + runs[3]) as f32 / 2.0;
    if outer.max(inner) > 4.0 * outer.min(inner) {
        return false;
    }
    let fits = |run: u32, modules: f32, module: f32, slack: f32| {
        (run as f32 - modules * module).abs() <= slack * module + 0.5
    };
    fits(runs[0], 1.0, outer, 0.75)
        && fits(runs[2], 3.0, outer, 0.75)
        && fits(runs[4], 1.0, outer, 0.75)
        && fits(runs[1], 1.0, inner, 1.0 / 3.0)
        && fits(runs[3], 1.0, inner, 1.0 / 3.0)
}
