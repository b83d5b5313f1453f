//! How well a grid fits a symbol's function patterns that every version has at the same place: finder patterns, their
//! separators and the timing patterns. Owns what these look like; `alignment_pattern` owns the alignment pattern.

use super::grid::Grid;
use super::luma::LumaView;

/// Modules on a side of a finder pattern with its separator.
const CORNER: usize = 8;
/// The row and the column of the timing patterns.
const TIMING: usize = 6;

/// The part, 0 to 1, of the function patterns' modules that are as they should be. `sign` is -1 for light on dark.
/// Chance squares in noise come to some 0.7.
pub(super) fn likeness(luma: LumaView<'_>, grid: &Grid, sign: f32) -> f32 {
    let dimension = grid.dimension;
    let corners = [(0, 0), (dimension - CORNER, 0), (0, dimension - CORNER)];
    let squares = corners
        .into_iter()
        .flat_map(|(left, top)| (0..CORNER * CORNER).map(move |i| (left + i % CORNER, top + i / CORNER)));
    let timing = (CORNER..dimension - CORNER).flat_map(|i| [(i, TIMING), (TIMING, i)]);
    let seen: Vec<(f32, bool)> = squares
        .chain(timing)
        .filter_map(|(x, y)| {
            let value = grid.brightness(luma, x as f32 + 0.5, y as f32 + 0.5)?;
            Some((sign * value, is_light(dimension, x, y)))
        })
        .collect();
    let mean = |wanted: bool| {
        let (sum, count) = seen
            .iter()
            .filter(|(_, light)| *light == wanted)
            .fold((0.0, 0.0_f32), |(sum, count), (value, _)| (sum + value, count + 1.0));
        sum / count.max(1.0)
    };
    let threshold = (mean(true) + mean(false)) / 2.0;
    let right = seen.iter().filter(|&&(value, light)| (value > threshold) == light).count();
    right as f32 / seen.len().max(1) as f32
}

/// How clearly both timing patterns alternate, -1 to 1. Tells a symbol from three chance squares, and its dimension
/// from a wrong one.
pub(super) fn timing(luma: LumaView<'_>, grid: &Grid) -> f32 {
    let clearness = |across: bool| {
        let values: Vec<f32> = (CORNER - 1..grid.dimension - (CORNER - 1))
            .filter_map(|i| {
                let (along, fixed) = (i as f32 + 0.5, TIMING as f32 + 0.5);
                if across { grid.brightness(luma, along, fixed) } else { grid.brightness(luma, fixed, along) }
            })
            .collect();
        alternation(&values)
    };
    clearness(true).min(clearness(false))
}

/// How well three rows (or columns) of modules fit, -1 to 1: those through the finder patterns' edges, their centres
/// and the timing pattern.
pub(super) fn correlation(luma: LumaView<'_>, grid: &Grid, rows: bool) -> f32 {
    let dimension = grid.dimension;
    let (mut sum, mut squares, mut count, mut lights, mut agreement) = (0.0, 0.0, 0.0_f32, 0.0, 0.0);
    for line in [0, 3, TIMING] {
        let timing = if line == TIMING { CORNER..dimension - CORNER } else { 0..0 };
        for i in (0..CORNER).chain(timing).chain(dimension - CORNER..dimension) {
            let (x, y) = (i as f32 + 0.5, line as f32 + 0.5);
            let value = if rows { grid.brightness(luma, x, y) } else { grid.brightness(luma, y, x) };
            let Some(value) = value else { continue };
            let light = if is_light(dimension, i, line) { 1.0 } else { 0.0 };
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

/// Whether a module of a finder pattern, separator or timing pattern is light.
fn is_light(dimension: usize, x: usize, y: usize) -> bool {
    let at_end = |at: usize| at < CORNER || at >= dimension - CORNER;
    if at_end(x) && at_end(y) {
        // Rings around the nearest finder pattern's centre: 0 and 1 are dark, 2 is light, 3 is dark, 4 is light.
        let center = |at: usize| if at < CORNER { 3 } else { dimension - 4 };
        let ring = x.abs_diff(center(x)).max(y.abs_diff(center(y)));
        ring == 2 || ring == 4
    } else {
        (x + y) % 2 == 1
    }
}

/// How regularly values go up and down, 1 for strict alternation.
fn alternation(values: &[f32]) -> f32 {
    if values.len() < 4 {
        return -1.0;
    }
    // Each value is compared with the mean of its neighbours, so that light falling off along the line does not count.
    let (mut agreeing, mut total) = (0.0, 0.0);
    let mut sign = 1.0;
    for three in values.windows(3) {
        let step = three[1] - (three[0] + three[2]) / 2.0;
        agreeing += sign * step;
        total += step.abs();
        sign = -sign;
    }
    if total == 0.0 { -1.0 } else { f32::abs(agreeing) / total }
}
