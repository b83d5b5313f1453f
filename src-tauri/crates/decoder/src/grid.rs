//! Where a symbol's modules lie in the picture, and how bright they are.
//! Owns the mapping; `grid_search` chooses among grids, and `modules` tells dark from light.

use rxing::Point;
use rxing::common::{PerspectiveTransform, Quadrilateral};
use rxing::qrcode::cpp_port::detector::FinderPatternSet;

use super::bend::Bend;
use super::luma::LumaView;

/// From a finder pattern's centre to the symbol's edge, in modules.
pub(super) const FINDER_INSET: f32 = 3.5;
/// From the last alignment pattern's centre to the symbol's edge, in modules.
pub(super) const ALIGNMENT_INSET: f32 = 6.5;

/// Maps modules to points of the picture.
#[derive(Clone, Copy)]
pub(super) struct Grid {
    /// Modules on a side.
    pub(super) dimension: usize,
    to_picture: PerspectiveTransform,
    bend: Bend,
}

impl Grid {
    /// The grid through the three finder patterns' centres and `corner`, a point `inset` modules from both edges of
    /// the fourth corner. `None` if the points span no grid.
    pub(super) fn new(
        set: &FinderPatternSet,
        dimension: usize,
        corner: Point,
        inset: f32,
        bend: Bend,
    ) -> Option<Self> {
        let (near, end) = (FINDER_INSET, dimension as f32 - FINDER_INSET);
        let (x, y) = bend.apply(dimension, dimension as f32 - inset, dimension as f32 - inset);
        let square = Quadrilateral([
            Point::new(near, near),
            Point::new(end, near),
            Point::new(x, y),
            Point::new(near, end),
        ]);
        let seen = Quadrilateral([set.tl.p, set.tr.p, corner, set.bl.p]);
        let to_picture = PerspectiveTransform::quadrilateralToQuadrilateral(square, seen).ok()?;
        Some(Self { dimension, to_picture, bend })
    }

    /// The same corners on a surface bent in this way.
    pub(super) fn bent(&self, bend: Bend) -> Self {
        Self { bend, ..*self }
    }

    /// This grid's bend.
    pub(super) fn bend(&self) -> Bend {
        self.bend
    }

    /// Where a point given in modules lies in the picture.
    pub(super) fn point(&self, x: f32, y: f32) -> Point {
        let (x, y) = self.bend.apply(self.dimension, x, y);
        self.to_picture.transform_point(Point::new(x, y))
    }

    /// The brightness at a point given in modules; `None` outside the picture.
    pub(super) fn brightness(&self, luma: LumaView<'_>, x: f32, y: f32) -> Option<f32> {
        let at = self.point(x, y);
        luma.between_pixels(at.x, at.y)
    }

    /// The brightness of every module, row by row; `None` if the grid leaves the picture.
    pub(super) fn sample(&self, luma: LumaView<'_>) -> Option<Vec<f32>> {
        const SPREAD: f32 = 0.2;
        let mut values = Vec::with_capacity(self.dimension * self.dimension);
        for y in 0..self.dimension {
            for x in 0..self.dimension {
                let (x, y) = (x as f32 + 0.5, y as f32 + 0.5);
                let center = self.brightness(luma, x, y)?;
                let around = [(-SPREAD, -SPREAD), (SPREAD, -SPREAD), (-SPREAD, SPREAD), (SPREAD, SPREAD)]
                    .map(|(dx, dy)| self.brightness(luma, x + dx, y + dy).unwrap_or(center));
                values.push((2.0 * center + around.iter().sum::<f32>()) / 6.0);
            }
        }
        Some(values)
    }
}
