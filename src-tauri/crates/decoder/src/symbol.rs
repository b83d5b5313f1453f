//! From three finder patterns to the text between them.
//! Owns the order of attempts on one symbol; error correction is `rxing`'s, so a text is whole or absent.

use rxing::common::{BitMatrix, DetectorRXingResult};
use rxing::qrcode::cpp_port::decoder::Decode;
use rxing::qrcode::cpp_port::detector::{EstimateModuleSize, FinderPatternSet, SampleQR};

use super::grid::{self, Grid};
use super::guard::guarded;
use super::luma::LumaView;
use super::shade;
use super::triple::Triple;

/// A picture in brightness and in black and white; `matrix` is already turned to dark on light.
pub(super) struct Seen<'a> {
    pub(super) luma: LumaView<'a>,
    pub(super) matrix: &'a BitMatrix,
    pub(super) inverted: bool,
    /// Whether to look at three squares that hardly look like a symbol, too: slow in noise.
    pub(super) thorough: bool,
    /// Whether what black and white does not give may be read from the brightness: slow for each symbol.
    pub(super) grey: bool,
}

/// What three finder patterns came to.
#[derive(Debug, Default)]
pub(super) enum Outcome {
    Text(String),
    /// It has a symbol's timing patterns, and its content is too damaged.
    Unreadable,
    /// No symbol.
    #[default]
    Nothing,
}

/// Likeness of a grid's fixed patterns below which its content is not worth sampling.
const LIKE_A_SYMBOL: f32 = 0.68;
/// The same for the black-and-white reading, which follows a tilt better than the flat grid does.
const HARDLY_LIKE_A_SYMBOL: f32 = 0.5;

/// Reads the symbol at `triple`: from the black-and-white picture, and if that fails from the brightness itself, which is
/// slower and reads on where blur or glare have closed the black-and-white picture.
pub(super) fn read(seen: &Seen<'_>, triple: &Triple) -> Outcome {
    let estimates = guarded(|| side_estimates(seen.matrix, triple));
    let flat = guarded(|| grid::flat_grids(seen.luma, triple, &estimates, seen.inverted));
    let likeness = flat.iter().map(|(likeness, _)| *likeness).fold(0.0, f32::max);
    if likeness < HARDLY_LIKE_A_SYMBOL && !seen.thorough {
        return Outcome::Nothing;
    }
    if let Some(text) = guarded(|| read_black_and_white(seen.matrix, triple)) {
        return Outcome::Text(text);
    }
    if likeness < LIKE_A_SYMBOL {
        return Outcome::Nothing;
    }
    if !seen.grey {
        return Outcome::Unreadable;
    }
    guarded(|| read_grey(seen, triple, &estimates, &flat)).map_or(Outcome::Unreadable, Outcome::Text)
}

fn read_black_and_white(matrix: &BitMatrix, triple: &Triple) -> Option<String> {
    let set = FinderPatternSet { bl: triple.bottom_left, tl: triple.top_left, tr: triple.top_right };
    let sampled = SampleQR(matrix, &set).ok()?;
    text_of(sampled.getBits())
}

fn read_grey(seen: &Seen<'_>, triple: &Triple, estimates: &[f32], flat: &[(f32, Grid)]) -> Option<String> {
    let Seen { luma, inverted, .. } = *seen;
    let text = |grid: Grid| {
        let values = grid.sample(luma)?;
        shade::opinions(&values, grid.modules, inverted).find_map(|modules| text_of(&modules))
    };
    flat.iter()
        .filter(|(likeness, _)| *likeness >= LIKE_A_SYMBOL)
        .flat_map(|&(_, flat)| grid::tilted_grids(luma, triple, flat, inverted))
        .find_map(text)
        .or_else(|| grid::bent_grids(luma, triple, estimates, inverted).into_iter().find_map(text))
}

/// Guesses of the modules on a side, from the top and the left edge.
fn side_estimates(matrix: &BitMatrix, triple: &Triple) -> Vec<f32> {
    [triple.top_right, triple.bottom_left]
        .into_iter()
        .map(|end| {
            let start = triple.top_left;
            let traced = [EstimateModuleSize(matrix, start, end), EstimateModuleSize(matrix, end, start)];
            let known: Vec<f32> =
                traced.iter().filter(|&&size| size > 0.0).map(|&size| size as f32).collect();
            let module = if known.is_empty() {
                (start.size + end.size) as f32 / 14.0
            } else {
                known.iter().sum::<f32>() / known.len() as f32
            };
            start.distance(end) / module.max(0.5) + 7.0
        })
        .collect()
}

/// The text of a symbol's modules, one bit each, black set.
pub(super) fn text_of(modules: &BitMatrix) -> Option<String> {
    let result = Decode(modules).ok()?;
    let text = result.text();
    (result.isValid() && !text.is_empty()).then_some(text)
}
