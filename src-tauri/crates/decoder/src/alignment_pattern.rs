//! Finds a symbol's last alignment pattern, which fixes the corner that no finder pattern marks.
//! Owns the search in the brightness, around where a symbol seen from the front would have it.

use rxing::Point;

use super::grid::{ALIGNMENT_INSET, Grid};
use super::luma::LumaView;

/// Centres handed on.
const MOST: usize = 3;

/// The likeliest centres of the last alignment pattern: a dark module, a light ring and a dark ring.
/// `sign` is -1 for light on dark.
pub(super) fn candidates(luma: LumaView<'_>, flat: &Grid, sign: f32) -> Vec<Point> {
    const STEP: f32 = 0.5;
    let expected = flat.dimension as f32 - ALIGNMENT_INSET;
    // The larger a tilted symbol is, the further its corner lies from where it is expected.
    let reach = ((2.0 + flat.dimension as f32 / 10.0).min(7.0) / STEP) as i32;
    let mut scored: Vec<(f32, i32, i32)> = Vec::new();
    for dy in -reach..=reach {
        for dx in -reach..=reach {
            let (x, y) = (expected + dx as f32 * STEP, expected + dy as f32 * STEP);
            if let Some(score) = ring_contrast(luma, flat, x, y, sign) {
                scored.push((score, dx, dy));
            }
        }
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut chosen: Vec<(i32, i32)> = Vec::new();
    for (_, dx, dy) in scored {
        if chosen.iter().all(|&(x, y)| (x - dx).abs().max((y - dy).abs()) > 2) {
            chosen.push((dx, dy));
            if chosen.len() == MOST {
                break;
            }
        }
    }
    chosen
        .into_iter()
        .map(|(dx, dy)| flat.point(expected + dx as f32 * STEP, expected + dy as f32 * STEP))
        .collect()
}

/// How much brighter the light ring around a module is than the module and the dark ring around both, in parts of
/// the spread of all.
fn ring_contrast(luma: LumaView<'_>, flat: &Grid, x: f32, y: f32, sign: f32) -> Option<f32> {
    let (mut light, mut dark, mut squares) = (0.0, 0.0, 0.0);
    for j in -2_i32..=2 {
        for i in -2_i32..=2 {
            let value = flat.brightness(luma, x + i as f32, y + j as f32)?;
            squares += value * value;
            if i.abs().max(j.abs()) == 1 { light += value } else { dark += value }
        }
    }
    let mean = (light + dark) / 25.0;
    let spread = (squares / 25.0 - mean * mean).max(4.0).sqrt();
    Some(sign * (light / 8.0 - dark / 17.0) / spread)
}
