//! The shape of symbols on bottles, cups and curled paper: how far rows and columns of modules bow between the finder
//! patterns, whose centres stay where they are.

/// A bow of less than this many modules changes no module's sample.
const NEGLIGIBLE: f32 = 0.3;

/// A symbol's bend: the bow of its rows and the bow of its columns.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Bend {
    pub(super) row: Bow,
    pub(super) column: Bow,
}

/// How far modules move across and along their line at most, in modules.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Bow {
    pub(super) across: f32,
    pub(super) along: f32,
}

impl Bend {
    /// Where the module point (`x`, `y`) of a symbol of this dimension lies on the flat grid.
    pub(super) fn apply(&self, dimension: usize, x: f32, y: f32) -> (f32, f32) {
        let part = |at: f32| (at - 3.5) / (dimension as f32 - 7.0);
        // Across a line the middle bows out. Along a line modules crowd at both ends. Both are 1 at most between the
        // finder patterns and 0 at their centres.
        let out = |p: f32| 4.0 * p * (1.0 - p);
        let crowd = |p: f32| 10.4 * p * (1.0 - p) * (1.0 - 2.0 * p);
        let (px, py) = (part(x), part(y));
        (
            x + crowd(px) * self.row.along + out(py) * self.column.across,
            y + out(px) * self.row.across + crowd(py) * self.column.along,
        )
    }

    /// Whether it changes no module's sample.
    pub(super) fn is_negligible(&self) -> bool {
        [self.row, self.column].iter().all(|bow| bow.across.abs().max(bow.along.abs()) < NEGLIGIBLE)
    }
}
