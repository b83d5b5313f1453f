//! Codes on bottles, cups and curled paper: how far the rows and columns of modules bow between the finder patterns.
//! Owns the estimate, which follows the two timing patterns and the finder patterns at their ends; corners stay where they are.

use super::grid::{Grid, brightness, is_light};
use super::luma::LumaView;

/// Furthest bow looked for, as a part of the symbol's side: across a line, and along it (modules closer at the ends).
const REACH_ACROSS: f32 = 0.16;
const REACH_ALONG: f32 = 0.1;
/// Steps of the search, in modules.
const STEP: f32 = 0.4;
/// A bow of less changes no module's sample.
const NEGLIGIBLE: f32 = 0.3;

/// A symbol's bend, in modules: of its rows (as x goes from finder to finder) and of its columns.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Bend {
    row: Bow,
    column: Bow,
}

/// How far modules are moved across and along their line, at most.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Bow {
    across: f32,
    along: f32,
}

impl Bend {
    /// Where the module point (`x`, `y`) of a symbol of `side` modules lies on the flat grid.
    pub(super) fn apply(&self, side: usize, x: f32, y: f32) -> (f32, f32) {
        let part = |at: f32| (at - 3.5) / (side as f32 - 7.0);
        // Across a line the middle bows out; along it, modules crowd at both ends. Both are 1 at most between the
        // finder patterns, and nothing at their centres.
        let out = |p: f32| 4.0 * p * (1.0 - p);
        let crowd = |p: f32| 10.4 * p * (1.0 - p) * (1.0 - 2.0 * p);
        let (px, py) = (part(x), part(y));
        (
            x + crowd(px) * self.row.along + out(py) * self.column.across,
            y + out(px) * self.row.across + crowd(py) * self.column.along,
        )
    }

    fn is_negligible(&self) -> bool {
        [self.row, self.column].iter().all(|bow| bow.across.abs().max(bow.along.abs()) < NEGLIGIBLE)
    }
}

/// The bend with which `flat`'s fixed patterns fit best, and how well, -1 to 1; `None` if that is no bend. `sign` is -1 for light on dark.
pub(super) fn find(luma: LumaView<'_>, flat: &Grid, sign: f32) -> Option<(f32, Bend)> {
    let side = flat.modules as f32;
    let (across, along) = (steps(side * REACH_ACROSS), steps(side * REACH_ALONG));
    let best = |bend_of: &dyn Fn(Bow) -> Bend, rows: bool| {
        let mut best = (f32::MIN, Bow::default());
        for i in -across..=across {
            for j in -along..=along {
                let bow = Bow { across: i as f32 * STEP, along: j as f32 * STEP };
                let score = sign * fit(luma, &flat.bent(bend_of(bow)), rows);
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

/// How well the three rows (or columns) of modules through finder centres, edges and timing pattern are as they should
/// be: the correlation, -1 to 1.
fn fit(luma: LumaView<'_>, grid: &Grid, rows: bool) -> f32 {
    let side = grid.modules;
    let (mut sum, mut squares, mut count, mut lights, mut agreement) = (0.0, 0.0, 0.0_f32, 0.0, 0.0);
    for line in [0, 3, 6] {
        let timing = if line == 6 { 8..side - 8 } else { 0..0 };
        for i in (0..8).chain(timing).chain(side - 8..side) {
            let (x, y) = (i as f32 + 0.5, line as f32 + 0.5);
            let at = if rows { grid.point(x, y) } else { grid.point(y, x) };
            let Some(value) = brightness(luma, at) else { continue };
            let light = if is_light(side, i, line) { 1.0 } else { 0.0 };
            sum += value;
            squares += value * value;
            lights += light;
            agreement += light * value;
            count += 1.0;
        }
    }
    let variance = |sum: f32, squares: f32| (squares / count - (sum / count).powi(2)).max(0.0);
    let spread = (variance(sum, squares) * variance(lights, lights)).sqrt();
    if spread > 0.0 { (agreement / count - sum / count * (lights / count)) / spread } else { 0.0 }
}
