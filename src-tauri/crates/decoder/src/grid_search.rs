//! The grids that a symbol's modules may lie on, given its finder patterns.
//! Owns which dimensions, tilts and bends are tried, and in which order.

use rxing::qrcode::cpp_port::detector::FinderPatternSet;

use super::alignment_pattern;
use super::bend::Bend;
use super::bend_search;
use super::function_patterns::{likeness, timing};
use super::grid::{ALIGNMENT_INSET, FINDER_INSET, Grid};
use super::luma::LumaView;

/// The largest dimension that is tried bent. Larger symbols have alignment patterns all over, which `rxing` follows.
const LARGEST_BENT: usize = 45;
/// The dimension of version 1, the only one without an alignment pattern.
const VERSION_1: usize = 21;

/// The grids of the two likeliest dimensions, as if the symbol were seen from the front, each with its likeness to a
/// symbol. `estimates` are guesses of the dimension.
pub(super) fn flat_grids(
    luma: LumaView<'_>,
    set: &FinderPatternSet,
    estimates: &[f32],
    inverted: bool,
) -> Vec<(f32, Grid)> {
    let mut grids: Vec<(f32, Grid)> =
        of_versions(set, estimates, 1).into_iter().map(|grid| (timing(luma, &grid), grid)).collect();
    grids.sort_by(|a, b| b.0.total_cmp(&a.0));
    grids.truncate(2);
    for (score, grid) in &mut grids {
        *score = likeness(luma, grid, sign(inverted));
    }
    grids
}

/// The grids bent so that the function patterns fit, of the two dimensions at which they fit best.
pub(super) fn bent_grids(
    luma: LumaView<'_>,
    set: &FinderPatternSet,
    estimates: &[f32],
    inverted: bool,
) -> Vec<Grid> {
    let mut bent: Vec<(f32, Grid)> = of_versions(set, estimates, 3)
        .into_iter()
        .filter(|flat| flat.dimension <= LARGEST_BENT)
        .filter_map(|flat| {
            let (score, bend) = bend_search::find(luma, &flat, sign(inverted))?;
            Some((score, flat.bent(bend)))
        })
        .collect();
    bent.sort_by(|a, b| b.0.total_cmp(&a.0));
    bent.truncate(2);
    bent.into_iter().flat_map(|(_, grid)| tilted_grids(luma, set, grid, inverted)).collect()
}

/// The grids through the likely places of the last alignment pattern, and then `flat` itself.
pub(super) fn tilted_grids(
    luma: LumaView<'_>,
    set: &FinderPatternSet,
    flat: Grid,
    inverted: bool,
) -> Vec<Grid> {
    let mut grids = Vec::new();
    if flat.dimension > VERSION_1 {
        let centers = alignment_pattern::candidates(luma, &flat, sign(inverted));
        let through = |center| Grid::new(set, flat.dimension, center, ALIGNMENT_INSET, flat.bend());
        grids.extend(centers.into_iter().filter_map(through));
    }
    grids.push(flat);
    grids
}

/// A grid for each version within so many `versions` below the `estimates`, and one above. More are tried below,
/// because finder patterns that are further away or bent back look too small.
fn of_versions(set: &FinderPatternSet, estimates: &[f32], versions: usize) -> Vec<Grid> {
    let corner = set.tr.p - set.tl.p + set.bl.p;
    let mut grids: Vec<Grid> = Vec::new();
    for estimate in estimates {
        let nearest = ((estimate - 17.0) / 4.0).round().clamp(1.0, 40.0) as usize;
        for version in nearest.saturating_sub(versions).max(1)..=(nearest + 1).min(40) {
            let dimension = 17 + 4 * version;
            if grids.iter().all(|grid| grid.dimension != dimension) {
                grids.extend(Grid::new(set, dimension, corner, FINDER_INSET, Bend::default()));
            }
        }
    }
    grids
}

/// Makes light modules the larger values.
fn sign(inverted: bool) -> f32 {
    if inverted { -1.0 } else { 1.0 }
}
