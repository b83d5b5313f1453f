//! The plan for a still picture: all sizes first, for every code in it; if that is not enough, ever stranger copies,
//! and another library last. Photographs come in any size, so a plan is made for each.

use super::attempt::{Attempt, Copy};
use super::budget::Budget;
use super::luma::{LumaImage, LumaView};
use super::pass::Read;
use super::threshold::{FAINT, LOCAL, MEAN, WIDE};
use super::{Decoder, second};

/// Factors by which pictures are shrunk. Codes of few large modules are read better small: dirt, paper grain and
/// print raster average out.
const FACTORS: [usize; 6] = [2, 3, 4, 6, 9, 13];
/// The shortest side worth keeping when shrinking, in pixels.
const SHORTEST: usize = 120;
/// The largest picture worth doubling, in pixels.
const LARGEST_DOUBLED: usize = 3 << 20;

/// What may still be tried once some code was read that nobody asked for.
pub const FOREIGN_WORK: u64 = 200_000_000;

/// One still picture being read, step by step, so that a caller can stop in between and, where a step could not be
/// ended, go on after it.
pub struct Still {
    plan: Vec<Attempt>,
    /// Steps of the plan that are made in any case.
    plain: usize,
    made: usize,
    reads: Vec<Read>,
}

impl Still {
    /// The plan for a picture, less its first steps.
    pub fn new(luma: &LumaImage, skipped: usize) -> Self {
        let luma = luma.view();
        let factors: Vec<usize> =
            FACTORS.into_iter().filter(|factor| luma.width.min(luma.height) / factor >= SHORTEST).collect();
        let mut plan = vec![(Copy::Full, LOCAL)];
        plan.extend(factors.iter().map(|&factor| (Copy::Shrunk(factor), LOCAL)));
        let plain = plan.len();
        plan.extend(retries(luma, &factors));
        Self { plan, plain, made: skipped, reads: Vec::new() }
    }

    /// Makes the next step on the same picture. False where there is none any more, or the budget is spent.
    pub fn step(&mut self, decoder: &mut Decoder, luma: &LumaImage, budget: &Budget<'_>) -> bool {
        if self.made > self.plan.len() || budget.is_spent() {
            return false;
        }
        let luma = luma.view();
        let reads = match self.plan.get(self.made) {
            Some(&attempt) => decoder.attempts.make(luma, attempt, usize::MAX, budget),
            // It tells no sizes.
            None => second::read(luma, budget).into_iter().map(|text| Read { text, size: 0 }).collect(),
        };
        self.reads.extend(reads);
        self.made += 1;
        true
    }

    /// Steps made, the skipped ones included.
    pub fn made(&self) -> usize {
        self.made
    }

    /// Whether all steps were made that find every plain code.
    pub fn is_past_plain(&self) -> bool {
        self.made >= self.plain
    }

    /// Whether some code was read.
    pub fn has_read(&self) -> bool {
        !self.reads.is_empty()
    }

    /// The texts so far, the largest code's first, each once.
    pub fn texts(&self) -> Vec<String> {
        Read::texts(self.reads.clone())
    }
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
