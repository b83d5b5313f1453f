//! The plan for a still picture: all sizes first, for every code in it; if nothing was read, ever stranger copies until
//! one gives something. Photographs come in any size, so a plan is made for each.

use super::attempt::{Attempt, Attempts, Copy};
use super::luma::LumaView;
use super::second;
use super::threshold::{FAINT, LOCAL, MEAN, WIDE};

/// Factors by which pictures are shrunk. Codes of few large modules are read better small: dirt, paper grain and
/// print raster average out.
const FACTORS: [usize; 6] = [2, 3, 4, 6, 9, 13];
/// The shortest side worth keeping when shrinking, in pixels.
const SHORTEST: usize = 120;
/// The largest picture worth doubling, in pixels.
const LARGEST_DOUBLED: usize = 3 << 20;

/// The texts in `luma`, the largest code's first, each once.
pub(super) fn read(attempts: &mut Attempts, luma: LumaView<'_>) -> Vec<String> {
    let factors: Vec<usize> =
        FACTORS.into_iter().filter(|factor| luma.width.min(luma.height) / factor >= SHORTEST).collect();
    let mut reads = attempts.make(luma, (Copy::Full, LOCAL), usize::MAX);
    for &factor in &factors {
        reads.extend(attempts.make(luma, (Copy::Shrunk(factor), LOCAL), usize::MAX));
    }
    if reads.is_empty() {
        let retry = retries(luma, &factors)
            .into_iter()
            .map(|attempt| attempts.make(luma, attempt, usize::MAX))
            .find(|reads| !reads.is_empty());
        reads.extend(retry.unwrap_or_default());
    }
    reads.sort_by_key(|read| std::cmp::Reverse(read.size));
    let mut texts: Vec<String> = Vec::new();
    for read in reads {
        if !texts.contains(&read.text) {
            texts.push(read.text);
        }
    }
    if texts.is_empty() { second::read(luma) } else { texts }
}

/// What to try when the plain copies give nothing, by yield on made pictures.
fn retries(luma: LumaView<'_>, factors: &[usize]) -> Vec<Attempt> {
    let mut plan = vec![(Copy::Soft, FAINT)];
    plan.extend(factors.iter().map(|&factor| (Copy::Shrunk(factor), FAINT)));
    plan.extend([(Copy::Soft, MEAN), (Copy::Full, MEAN)]);
    plan.extend(factors.iter().map(|&factor| (Copy::SoftShrunk(factor), MEAN)));
    plan.extend([(Copy::Sharp, LOCAL), (Copy::Full, WIDE)]);
    plan.extend(factors.iter().map(|&factor| (Copy::SharpShrunk(factor), FAINT)));
    plan.extend(factors.iter().map(|&factor| (Copy::Shrunk(factor), MEAN)));
    plan.extend(factors.iter().map(|&factor| (Copy::Shrunk(factor), WIDE)));
    if luma.width * luma.height <= LARGEST_DOUBLED {
        plan.extend([(Copy::Doubled, LOCAL), (Copy::Doubled, FAINT)]);
    }
    plan.extend(factors.iter().map(|&factor| (Copy::SoftShrunk(factor), LOCAL)));
    plan.push((Copy::Full, FAINT));
    plan
}
