//! Decodes one symbol, given its finder patterns.
//! Owns the order of attempts. `rxing` reads format and version information, takes off the data mask and corrects the
//! codewords, so a text is whole or absent.

use rxing::common::{BitMatrix, DetectorRXingResult};
use rxing::qrcode::cpp_port::decoder::Decode;
use rxing::qrcode::cpp_port::detector::{EstimateModuleSize, FinderPatternSet, SampleQR};

use super::grid::Grid;
use super::grid_search::{bent_grids, flat_grids, tilted_grids};
use super::guard::guarded;
use super::luma::LumaView;
use super::modules;

/// A picture, and how hard to look at it.
pub(super) struct Seen<'a> {
    pub(super) luma: LumaView<'a>,
    /// The picture in black and white, always dark on light.
    pub(super) matrix: &'a BitMatrix,
    /// Whether `luma` is light on dark.
    pub(super) inverted: bool,
    /// Whether to decode what hardly looks like a symbol. Slow in noise.
    pub(super) try_harder: bool,
    /// Whether to sample the brightness if black and white gives no text. Slow for each symbol.
    pub(super) try_luma: bool,
}

/// What a set of finder patterns holds.
#[derive(Debug, Default)]
pub(super) enum Outcome {
    Text(String),
    /// A symbol whose codewords are too damaged.
    Undecodable,
    /// No symbol.
    #[default]
    NoSymbol,
}

/// The likeness of a grid to a symbol below which its modules are not worth sampling.
const LIKE_A_SYMBOL: f32 = 0.68;
/// The same in black and white, where sampling follows a tilt better than the flat grid does.
const HARDLY_LIKE_A_SYMBOL: f32 = 0.5;

/// Decodes the symbol at `set`: first from black and white; if that fails, from the brightness itself, which is slower
/// and still reads where blur or glare have closed gaps in black and white.
pub(super) fn decode(seen: &Seen<'_>, set: &FinderPatternSet) -> Outcome {
    let estimates = guarded(|| dimension_estimates(seen.matrix, set));
    let flat = guarded(|| flat_grids(seen.luma, set, &estimates, seen.inverted));
    let likeness = flat.iter().map(|(likeness, _)| *likeness).fold(0.0, f32::max);
    if likeness < HARDLY_LIKE_A_SYMBOL && !seen.try_harder {
        return Outcome::NoSymbol;
    }
    if let Some(text) = guarded(|| decode_matrix(seen.matrix, set)) {
        return Outcome::Text(text);
    }
    if likeness < LIKE_A_SYMBOL {
        return Outcome::NoSymbol;
    }
    if !seen.try_luma {
        return Outcome::Undecodable;
    }
    guarded(|| decode_luma(seen, set, &estimates, &flat)).map_or(Outcome::Undecodable, Outcome::Text)
}

fn decode_matrix(matrix: &BitMatrix, set: &FinderPatternSet) -> Option<String> {
    let sampled = SampleQR(matrix, set).ok()?;
    text_of(sampled.getBits())
}

fn decode_luma(
    seen: &Seen<'_>,
    set: &FinderPatternSet,
    estimates: &[f32],
    flat: &[(f32, Grid)],
) -> Option<String> {
    let Seen { luma, inverted, .. } = *seen;
    let text = |grid: Grid| {
        let values = grid.sample(luma)?;
        modules::binarized(&values, grid.dimension, inverted).find_map(|modules| text_of(&modules))
    };
    flat.iter()
        .filter(|(likeness, _)| *likeness >= LIKE_A_SYMBOL)
        .flat_map(|&(_, flat)| tilted_grids(luma, set, flat, inverted))
        .find_map(text)
        .or_else(|| bent_grids(luma, set, estimates, inverted).into_iter().find_map(text))
}

/// Guesses of the modules on a side, from the top and from the left edge.
fn dimension_estimates(matrix: &BitMatrix, set: &FinderPatternSet) -> Vec<f32> {
    [set.tr, set.bl]
        .into_iter()
        .map(|end| {
            let start = set.tl;
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

/// The text of a symbol's modules. A bit is set for each dark module.
fn text_of(modules: &BitMatrix) -> Option<String> {
    let result = Decode(modules).ok()?;
    let text = result.text();
    (result.isValid() && !text.is_empty()).then_some(text)
}
