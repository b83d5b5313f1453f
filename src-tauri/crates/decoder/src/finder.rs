//! Finds finder patterns, the three concentric squares in a code's corners.
//! Owns the scan over rows; the check around a hit is `rxing`'s. Says nothing about which squares belong together.

use rxing::Point;
use rxing::common::BitMatrix;
use rxing::common::cpp_essentials::{ConcentricPattern, LocateConcentricPattern};

use super::bits::Bits;
use super::budget::Budget;

/// Rows between two scanned rows: a code's smallest readable finder centre is three pixels high.
const ROW_STEP: usize = 3;

/// Most patterns taken from one picture and from a camera's frame: a hundred codes in a picture have three hundred.
const MOST: usize = 1000;
const MOST_LIVE: usize = 60;

/// What the check around a hit costs, and what it costs to see that a hit is a known pattern's, for each of those.
const CHECK_WORK: u64 = 3_000;
const KNOWN_WORK: u64 = 2;

/// Rows of a picture that look like 1:1:3:1:1, dark first and light first apart.
#[derive(Default)]
pub(super) struct FinderScan {
    edges: Vec<u32>,
    dark: Vec<Hit>,
    light: Vec<Hit>,
}

/// A stretch of one row that could cross a finder pattern.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    x: f32,
    y: f32,
    width: u32,
}

impl FinderScan {
    /// Scans every third row.
    pub(super) fn scan(&mut self, bits: &Bits) {
        self.dark.clear();
        self.light.clear();
        for y in (ROW_STEP - 1..bits.height()).step_by(ROW_STEP) {
            edges_of(bits.row(y), bits.width(), &mut self.edges);
            for (i, window) in self.edges.windows(6).enumerate() {
                if is_finder_row(window) {
                    let hit = Hit {
                        x: (window[2] + window[3]) as f32 / 2.0,
                        y: y as f32 + 0.5,
                        width: window[5] - window[0],
                    };
                    if i % 2 == 1 { self.dark.push(hit) } else { self.light.push(hit) }
                }
            }
        }
    }

    /// The hits of ordinary codes, or of codes printed light on dark.
    pub(super) fn hits(&self, inverted: bool) -> &[Hit] {
        if inverted { &self.light } else { &self.dark }
    }
}

/// The finder patterns in `matrix` at the `hits`, each once, in the order of the hits; the first ones of very many.
pub(super) fn locate(
    matrix: &BitMatrix,
    hits: &[Hit],
    thorough: bool,
    budget: &Budget<'_>,
) -> Vec<ConcentricPattern> {
    let mut found: Vec<ConcentricPattern> = Vec::new();
    let most = if thorough { MOST } else { MOST_LIVE };
    for hit in hits {
        if found.len() >= most || !budget.spend(found.len() as u64 * KNOWN_WORK) {
            break;
        }
        let center = Point::new(hit.x, hit.y);
        if found.iter().any(|old| Point::distance(center, old.p) < old.size as f32 / 2.0) {
            continue;
        }
        if !budget.spend(CHECK_WORK) {
            break;
        }
        let range = hit.width as i32 * 3;
        found.extend(LocateConcentricPattern::<true, 5, 7>(matrix, &[1, 1, 3, 1, 1], center, range));
    }
    found
}

/// Where a row changes colour: starts of light stretches at even places, of dark ones at odd; begins with 0 and
/// ends with the width.
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

/// Whether five runs between six edges are 1:1:3:1:1, dark and light runs each measured in their own mean module,
/// since blur and glare make one colour wider at the other's cost. Limits are zxing-cpp's.
fn is_finder_row(edges: &[u32]) -> bool {
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
