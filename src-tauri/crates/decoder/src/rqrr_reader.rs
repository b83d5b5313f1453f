//! Reads with `rqrr`, which finds finder patterns by their area and so reads a few symbols that nothing else does.
//! It is asked last, because it panics on some pictures and works without end on others.

use super::budget::Budget;
use super::guard::guarded;
use super::luma::{LumaImage, LumaView};
use super::rqrr_survey::{Survey, survey};
use super::scale;

/// The largest picture handed to `rqrr`, in pixels. Larger ones are shrunk to it.
const LARGEST: usize = 2 << 20;
/// The smallest picture worth handing to it, in pixels.
const SMALLEST: usize = 60 * 60;

/// What fitting a grid to three finder patterns costs, and what surveying a pixel costs.
const FIT_WORK: u64 = 500_000;
const PIXEL_WORK: u64 = 12;
/// The most work that it is worth.
const MOST_WORK: u64 = 600_000_000;

/// The texts in `luma`, each once. If they would cost more than the budget has, tries ever smaller copies, which have
/// fewer finder patterns, and gives up in the end.
pub(super) fn read(luma: LumaView<'_>, budget: &Budget<'_>) -> Vec<String> {
    let mut factor = 1;
    while luma.width / factor * (luma.height / factor) > LARGEST {
        factor += 1;
    }
    let (mut small, mut sums) = (LumaImage::default(), Vec::new());
    loop {
        let pixels = luma.width / factor * (luma.height / factor);
        if pixels < SMALLEST || !budget.spend(pixels as u64 * PIXEL_WORK) {
            return Vec::new();
        }
        let view = match factor {
            1 => luma,
            _ if scale::shrink(luma, factor, &mut sums, &mut small) => small.view(),
            _ => return Vec::new(),
        };
        if let Some(texts) = guarded(|| affordable_texts(view, budget)) {
            return texts;
        }
        factor *= 2;
    }
}

/// The texts in `luma`; `None` if they would cost too much.
fn affordable_texts(luma: LumaView<'_>, budget: &Budget<'_>) -> Option<Vec<String>> {
    let (width, height) = (luma.width, luma.height);
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| luma.row(y)[x]);
    let survey = survey(width, height, |x, y| prepared.get_pixel_at(x, y) != 0);
    let work = work_of(&survey, (width * height) as u64);
    if work > budget.left().min(MOST_WORK) || !budget.spend(work) {
        return None;
    }
    let mut texts: Vec<String> = Vec::new();
    for grid in prepared.detect_grids() {
        let text = guarded(|| grid.decode().ok()).map(|(_, text)| text);
        texts.extend(text.filter(|text| !text.is_empty() && !texts.contains(text)));
    }
    Some(texts)
}

/// The work of `rqrr` in the worst case: for each finder pattern, half of the others stand beside it and half below,
/// and every pair of them is tried on a copy of the picture, with a search for an alignment pattern.
fn work_of(survey: &Survey, pixels: u64) -> u64 {
    let patterns = survey.finder_patterns as u64;
    if patterns < 3 {
        return survey.painted;
    }
    let pairs = patterns.saturating_mul((patterns / 2).pow(2));
    let pair = pixels / 16 + 2 * pixels / patterns + FIT_WORK;
    survey.painted.saturating_add(pairs.saturating_mul(pair))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture with this many finder patterns in every row and column.
    fn finders(across: usize) -> LumaImage {
        let side = across * 16;
        let pixel = |i: usize| {
            let ring = (i % side % 16).abs_diff(7).max((i / side % 16).abs_diff(7));
            if matches!(ring, 0..=2 | 5 | 6) { 0 } else { 255 }
        };
        LumaImage::new((0..side * side).map(pixel).collect(), side, side).unwrap()
    }

    #[test]
    fn too_many_finder_patterns_are_left_alone() {
        let picture = finders(40);
        let view = picture.view();
        let prepared =
            rqrr::PreparedImage::prepare_from_greyscale(view.width, view.height, |x, y| view.row(y)[x]);
        let survey = survey(view.width, view.height, |x, y| prepared.get_pixel_at(x, y) != 0);
        assert_eq!(survey.finder_patterns, 1600, "the survey sees what rqrr sees");
        let budget = Budget::new(Budget::STILL);
        assert_eq!(read(view, &budget), Vec::<String>::new());
        assert!(budget.left() > Budget::STILL / 2, "only {} of work are left", budget.left());
    }
}
