//! A symbol's modules read off the brightness itself, where the black-and-white picture was too coarse for it: blurred,
//! glared upon, its alignment pattern lost. Owns where the modules lie and how bright they are; decides nothing about
//! black and white (`shade`) nor what they say.

use rxing::Point;
use rxing::common::{PerspectiveTransform, Quadrilateral};

use super::luma::LumaView;
use super::triple::Triple;

/// From the centre of a finder or alignment pattern to the symbol's edge, in modules.
const FINDER: f32 = 3.5;
const ALIGNMENT: f32 = 6.5;

/// Where a symbol's modules lie in the picture.
#[derive(Clone, Copy)]
pub(super) struct Grid {
    /// Modules on a side.
    pub(super) modules: usize,
    to_picture: PerspectiveTransform,
}

impl Grid {
    /// The grid through three finder centres and a fourth point, `inset` modules from the far corner.
    fn new(triple: &Triple, modules: usize, far: Point, inset: f32) -> Option<Self> {
        let (near, end) = (FINDER, modules as f32 - FINDER);
        let fourth = modules as f32 - inset;
        let square = Quadrilateral([
            Point::new(near, near),
            Point::new(end, near),
            Point::new(fourth, fourth),
            Point::new(near, end),
        ]);
        let seen = Quadrilateral([triple.top_left.p, triple.top_right.p, far, triple.bottom_left.p]);
        let to_picture = PerspectiveTransform::quadrilateralToQuadrilateral(square, seen).ok()?;
        Some(Self { modules, to_picture })
    }

    fn point(&self, x: f32, y: f32) -> Point {
        self.to_picture.transform_point(Point::new(x, y))
    }

    /// The brightness of every module, row by row; `None` if the grid leaves the picture.
    pub(super) fn sample(&self, luma: LumaView<'_>) -> Option<Vec<f32>> {
        const SPREAD: f32 = 0.2;
        let mut values = Vec::with_capacity(self.modules * self.modules);
        for y in 0..self.modules {
            for x in 0..self.modules {
                let (x, y) = (x as f32 + 0.5, y as f32 + 0.5);
                let center = brightness(luma, self.point(x, y))?;
                let around = [(-SPREAD, -SPREAD), (SPREAD, -SPREAD), (-SPREAD, SPREAD), (SPREAD, SPREAD)]
                    .map(|(dx, dy)| brightness(luma, self.point(x + dx, y + dy)).unwrap_or(center));
                values.push((2.0 * center + around.iter().sum::<f32>()) / 6.0);
            }
        }
        Some(values)
    }

    /// How clearly the timing patterns alternate, -1 to 1: tells a symbol from three chance squares, and its size
    /// from a wrong one.
    fn timing(&self, luma: LumaView<'_>) -> f32 {
        let clearness = |across: bool| {
            let values: Vec<f32> = (7..self.modules - 7)
                .filter_map(|i| {
                    let along = i as f32 + 0.5;
                    let (x, y) = if across { (along, 6.5) } else { (6.5, along) };
                    brightness(luma, self.point(x, y))
                })
                .collect();
            alternation(&values)
        };
        clearness(true).min(clearness(false))
    }
}

/// The grids worth trying for `triple`, the likeliest first. `estimates` are guesses of the modules on a side.
pub(super) fn grids(luma: LumaView<'_>, triple: &Triple, estimates: &[f32], inverted: bool) -> Vec<Grid> {
    let Triple { bottom_left, top_left, top_right } = triple;
    let parallelogram = top_right.p - top_left.p + bottom_left.p;
    let mut sizes: Vec<(f32, Grid)> = Vec::new();
    for estimate in estimates {
        let nearest = ((estimate - 17.0) / 4.0).round().clamp(1.0, 40.0) as usize;
        for version in nearest.saturating_sub(1).max(1)..=(nearest + 1).min(40) {
            let modules = 17 + 4 * version;
            if sizes.iter().any(|(_, grid)| grid.modules == modules) {
                continue;
            }
            sizes.extend(
                Grid::new(triple, modules, parallelogram, FINDER).map(|grid| (grid.timing(luma), grid)),
            );
        }
    }
    sizes.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut grids = Vec::new();
    for (clearness, flat) in sizes.into_iter().take(2) {
        if clearness < 0.3 {
            break;
        }
        if flat.modules > 21 {
            let sign = if inverted { -1.0 } else { 1.0 };
            let far = alignment_candidates(luma, &flat, sign);
            grids.extend(far.into_iter().filter_map(|p| Grid::new(triple, flat.modules, p, ALIGNMENT)));
        }
        grids.push(flat);
    }
    grids
}

/// Likely centres of the far alignment pattern: where the picture looks most like dark, light ring, dark ring.
fn alignment_candidates(luma: LumaView<'_>, flat: &Grid, sign: f32) -> Vec<Point> {
    const STEP: f32 = 0.5;
    let expected = flat.modules as f32 - ALIGNMENT;
    // The further from the finders, the further off a tilted symbol's corner is.
    let reach = (2.0 + flat.modules as f32 / 10.0) / STEP;
    let reach = reach as i32;
    let mut scored: Vec<(f32, i32, i32)> = Vec::new();
    for dy in -reach..=reach {
        for dx in -reach..=reach {
            let (x, y) = (expected + dx as f32 * STEP, expected + dy as f32 * STEP);
            if let Some(score) = likeness(luma, flat, x, y, sign) {
                scored.push((score, dx, dy));
            }
        }
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut chosen: Vec<(i32, i32)> = Vec::new();
    for (_, dx, dy) in scored {
        if chosen.iter().all(|&(x, y)| (x - dx).abs().max((y - dy).abs()) > 2) {
            chosen.push((dx, dy));
            if chosen.len() == 3 {
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
fn likeness(luma: LumaView<'_>, flat: &Grid, x: f32, y: f32, sign: f32) -> Option<f32> {
    let (mut light, mut dark, mut squares) = (0.0, 0.0, 0.0);
    for j in -2_i32..=2 {
        for i in -2_i32..=2 {
            let value = brightness(luma, flat.point(x + i as f32, y + j as f32))?;
            squares += value * value;
            if i.abs().max(j.abs()) == 1 { light += value } else { dark += value }
        }
    }
    let mean = (light + dark) / 25.0;
    let spread = (squares / 25.0 - mean * mean).max(4.0).sqrt();
    Some(sign * (light / 8.0 - dark / 17.0) / spread)
}

/// How regularly values go up and down, 1 for strict alternation.
fn alternation(values: &[f32]) -> f32 {
    if values.len() < 4 {
        return -1.0;
    }
    // Against the mean of both neighbours, so that light falling off along the line does not count.
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

/// The brightness between pixels.
fn brightness(luma: LumaView<'_>, at: Point) -> Option<f32> {
    let (x, y) = (at.x - 0.5, at.y - 0.5);
    if !(x >= 0.0 && y >= 0.0 && x < luma.width as f32 - 1.0 && y < luma.height as f32 - 1.0) {
        return None;
    }
    let (left, top) = (x as usize, y as usize);
    let (fx, fy) = (x - left as f32, y - top as f32);
    let pixels = &luma.data[top * luma.stride + left..];
    let mix = |offset: usize| f32::from(pixels[offset]) * (1.0 - fx) + f32::from(pixels[offset + 1]) * fx;
    Some(mix(0) * (1.0 - fy) + mix(luma.stride) * fy)
}
