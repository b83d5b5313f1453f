//! A symbol's modules read off the brightness itself, where the black-and-white picture was too coarse for it: blurred,
//! glared upon, its alignment pattern lost. Owns where the modules lie and how bright they are; decides nothing about
//! black and white (`shade`) nor what they say.

use rxing::Point;
use rxing::common::{PerspectiveTransform, Quadrilateral};

use super::alignment;
use super::bend::{self, Bend};
use super::luma::LumaView;
use super::triple::Triple;

/// From the centre of a finder or alignment pattern to the symbol's edge, in modules.
const FINDER: f32 = 3.5;
pub(super) const ALIGNMENT: f32 = 6.5;
/// The largest symbol tried bent, in modules: larger ones have alignment patterns all over, which `rxing` follows.
const LARGEST_BENT: usize = 45;

/// Where a symbol's modules lie in the picture.
#[derive(Clone, Copy)]
pub(super) struct Grid {
    /// Modules on a side.
    pub(super) modules: usize,
    to_picture: PerspectiveTransform,
    bend: Bend,
}

impl Grid {
    /// The grid through three finder centres and a fourth point, `inset` modules from the far corner.
    fn new(triple: &Triple, modules: usize, far: Point, inset: f32, bend: Bend) -> Option<Self> {
        let (near, end) = (FINDER, modules as f32 - FINDER);
        let (x, y) = bend.apply(modules, modules as f32 - inset, modules as f32 - inset);
        let square = Quadrilateral([
            Point::new(near, near),
            Point::new(end, near),
            Point::new(x, y),
            Point::new(near, end),
        ]);
        let seen = Quadrilateral([triple.top_left.p, triple.top_right.p, far, triple.bottom_left.p]);
        let to_picture = PerspectiveTransform::quadrilateralToQuadrilateral(square, seen).ok()?;
        Some(Self { modules, to_picture, bend })
    }

    /// The same grid on a bent surface.
    pub(super) fn bent(&self, bend: Bend) -> Self {
        Self { bend, ..*self }
    }

    /// Where a point given in modules lies in the picture.
    pub(super) fn point(&self, x: f32, y: f32) -> Point {
        let (x, y) = self.bend.apply(self.modules, x, y);
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

    /// The part, 0 to 1, of the modules that are the same in every symbol (finder patterns and the light around them,
    /// timing patterns) that are as they should be. Chance squares in noise come to some 0.7.
    fn likeness(&self, luma: LumaView<'_>, sign: f32) -> f32 {
        let side = self.modules;
        let corners = [(0, 0), (side - 8, 0), (0, side - 8)];
        let squares = corners.into_iter().flat_map(|(left, top)| {
            (0..64).map(move |i| {
                let (x, y) = (left + i % 8, top + i / 8);
                (x, y, is_light(side, x, y))
            })
        });
        let lines = (8..side - 8).flat_map(|i| [(i, 6), (6, i)]).map(|(x, y)| (x, y, is_light(side, x, y)));
        let seen: Vec<(f32, bool)> = squares
            .chain(lines)
            .filter_map(|(x, y, light)| {
                let value = brightness(luma, self.point(x as f32 + 0.5, y as f32 + 0.5))?;
                Some((sign * value, light))
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

/// The grids of likely sizes for `triple`, taken to be seen from the front, each with its likeness to a symbol; the
/// likeliest first. `estimates` are guesses of the modules on a side.
pub(super) fn flat_grids(
    luma: LumaView<'_>,
    triple: &Triple,
    estimates: &[f32],
    inverted: bool,
) -> Vec<(f32, Grid)> {
    let mut sizes: Vec<(f32, Grid)> =
        of_sizes(triple, estimates, 1).into_iter().map(|grid| (grid.timing(luma), grid)).collect();
    sizes.sort_by(|a, b| b.0.total_cmp(&a.0));
    sizes.truncate(2);
    for (figure, grid) in &mut sizes {
        *figure = grid.likeness(luma, sign(inverted));
    }
    sizes
}

/// A grid for each size within so many `versions` of the `estimates`, more below than above: what makes an estimate
/// wrong is finder patterns that look smaller than the rest, further away or bent back.
fn of_sizes(triple: &Triple, estimates: &[f32], versions: usize) -> Vec<Grid> {
    let parallelogram = triple.top_right.p - triple.top_left.p + triple.bottom_left.p;
    let mut grids: Vec<Grid> = Vec::new();
    for estimate in estimates {
        let nearest = ((estimate - 17.0) / 4.0).round().clamp(1.0, 40.0) as usize;
        for version in nearest.saturating_sub(versions).max(1)..=(nearest + 1).min(40) {
            let modules = 17 + 4 * version;
            if grids.iter().all(|grid| grid.modules != modules) {
                grids.extend(Grid::new(triple, modules, parallelogram, FINDER, Bend::default()));
            }
        }
    }
    grids
}

/// The grids bent so that the fixed patterns fit, of the two sizes at which they do so best.
pub(super) fn bent_grids(
    luma: LumaView<'_>,
    triple: &Triple,
    estimates: &[f32],
    inverted: bool,
) -> Vec<Grid> {
    let mut bent: Vec<(f32, Grid)> = of_sizes(triple, estimates, 3)
        .into_iter()
        .filter(|flat| flat.modules <= LARGEST_BENT)
        .filter_map(|flat| {
            bend::find(luma, &flat, sign(inverted)).map(|(score, bend)| (score, flat.bent(bend)))
        })
        .collect();
    bent.sort_by(|a, b| b.0.total_cmp(&a.0));
    bent.truncate(2);
    bent.into_iter().flat_map(|(_, grid)| tilted_grids(luma, triple, grid, inverted)).collect()
}

/// The grids through the likely places of the far alignment pattern, and `flat` itself.
pub(super) fn tilted_grids(luma: LumaView<'_>, triple: &Triple, flat: Grid, inverted: bool) -> Vec<Grid> {
    let mut grids = Vec::new();
    if flat.modules > 21 {
        let far = alignment::candidates(luma, &flat, sign(inverted));
        grids
            .extend(far.into_iter().filter_map(|p| Grid::new(triple, flat.modules, p, ALIGNMENT, flat.bend)));
    }
    grids.push(flat);
    grids
}

/// Makes light modules the larger figures.
fn sign(inverted: bool) -> f32 {
    if inverted { -1.0 } else { 1.0 }
}

/// Whether a module of a finder pattern, its light border or a timing pattern is light in a symbol of `side` modules.
pub(super) fn is_light(side: usize, x: usize, y: usize) -> bool {
    let at_end = |at: usize| at < 8 || at >= side - 8;
    if at_end(x) && at_end(y) {
        // Rings around the nearest finder centre: 0 and 1 dark, 2 light, 3 dark, 4 light.
        let center = |at: usize| if at < 8 { 3 } else { side - 4 };
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
pub(super) fn brightness(luma: LumaView<'_>, at: Point) -> Option<f32> {
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
