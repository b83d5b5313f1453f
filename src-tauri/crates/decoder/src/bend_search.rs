//! Estimates a symbol's bend from its timing patterns and the finder patterns at their ends.

use super::bend::{Bend, Bow};
use super::function_patterns::correlation;
use super::grid::Grid;
use super::luma::LumaView;

/// The furthest bow that is tried, as a part of the symbol's side.
const REACH_ACROSS: f32 = 0.16;
const REACH_ALONG: f32 = 0.1;
/// Steps of the search, in modules.
const STEP: f32 = 0.4;

/// The bend with which `flat`'s function patterns fit best, and how well, -1 to 1. `None` if that is no bend.
/// `sign` is -1 for light on dark.
pub(super) fn find(luma: LumaView<'_>, flat: &Grid, sign: f32) -> Option<(f32, Bend)> {
    let side = flat.dimension as f32;
    let (across, along) = (steps(side * REACH_ACROSS), steps(side * REACH_ALONG));
    let best = |bend_of: &dyn Fn(Bow) -> Bend, rows: bool| {
        let mut best = (f32::MIN, Bow::default());
        for i in -across..=across {
            for j in -along..=along {
                let bow = Bow { across: i as f32 * STEP, along: j as f32 * STEP };
                let score = sign * correlation(luma, &flat.bent(bend_of(bow)), rows);
                if score > best.0 {
                    best = (score, bow);
                }
            }
        }
        best
    };
    let (row_score, row) = best(&|row| Bend { row, ..Bend::default() }, true);
    let (column_score, column) = best(&|column| Bend { column, ..Bend::default() }, false);
    let bend = Bend { row, column };
    (!bend.is_negligible()).then_some((row_score.min(column_score), bend))
}

fn steps(reach: f32) -> i32 {
    (reach / STEP).round() as i32
}
