//! The plan for a still picture: first all sizes, for every symbol in it; then ever stranger variants, and last another
//! library. A plan is made for each picture, because photographs come in any size.

use super::attempt::{Attempt, Variant};
use super::binarizer::{FAINT, LOCAL, MEAN, WIDE};
use super::budget::Budget;
use super::luma::{LumaImage, LumaView};
use super::symbols::Symbol;
use super::{Decoder, rqrr_reader};

/// Factors by which pictures are shrunk. Symbols of large modules are read better small, because dirt, paper grain and
/// print raster average out.
const FACTORS: [usize; 6] = [2, 3, 4, 6, 9, 13];
/// Pictures are not shrunk to a shorter side than this, in pixels.
const SHORTEST: usize = 120;
/// The largest picture worth doubling, in pixels.
const LARGEST_DOUBLED: usize = 3 << 20;

/// The work that is worth doing after a code was read that is not wanted.
pub const FOREIGN_WORK: u64 = 200_000_000;

/// One still picture being read, step by step. A caller can stop between two steps, and can begin behind a step that
/// failed.
pub struct Still {
    plan: Vec<Attempt>,
    /// Steps that are made even after a text was read.
    plain: usize,
    made: usize,
    symbols: Vec<Symbol>,
}

impl Still {
    /// Plans the steps for a picture and leaves the first `skipped` ones out.
    pub fn new(luma: &LumaImage, skipped: usize) -> Self {
        let luma = luma.view();
        let factors: Vec<usize> =
            FACTORS.into_iter().filter(|factor| luma.width.min(luma.height) / factor >= SHORTEST).collect();
        let mut plan = vec![(Variant::Full, LOCAL)];
        plan.extend(factors.iter().map(|&factor| (Variant::Shrunk(factor), LOCAL)));
        let plain = plan.len();
        plan.extend(retries(luma, &factors));
        Self { plan, plain, made: skipped, symbols: Vec::new() }
    }

    /// Makes the next step on the same picture. False if there is none left or the budget is spent.
    pub fn step(&mut self, decoder: &mut Decoder, luma: &LumaImage, budget: &Budget<'_>) -> bool {
        if self.made > self.plan.len() || budget.is_spent() {
            return false;
        }
        let luma = luma.view();
        let symbols = match self.plan.get(self.made) {
            Some(&attempt) => decoder.attempts.make(luma, attempt, usize::MAX, budget),
            // `rqrr` tells no sizes.
            None => {
                rqrr_reader::read(luma, budget).into_iter().map(|text| Symbol { text, size: 0 }).collect()
            }
        };
        self.symbols.extend(symbols);
        self.made += 1;
        true
    }

    /// Whether the steps that find every plain code were made.
    pub fn is_past_plain(&self) -> bool {
        self.made >= self.plain
    }

    /// Whether some code was read.
    pub fn has_read(&self) -> bool {
        !self.symbols.is_empty()
    }

    /// The texts so far, the largest code's first, each once.
    pub fn texts(&self) -> Vec<String> {
        Symbol::texts(self.symbols.clone())
    }
}

/// What to try if the plain steps read nothing. What reads most of the test pictures comes first.
fn retries(luma: LumaView<'_>, factors: &[usize]) -> Vec<Attempt> {
    let mut plan = vec![(Variant::Soft, FAINT)];
    plan.extend(factors.iter().map(|&factor| (Variant::Shrunk(factor), FAINT)));
    plan.extend([(Variant::Soft, MEAN), (Variant::Full, MEAN)]);
    plan.extend(factors.iter().map(|&factor| (Variant::SoftShrunk(factor), MEAN)));
    plan.extend([(Variant::Sharp, LOCAL), (Variant::Full, WIDE)]);
    plan.extend(factors.iter().map(|&factor| (Variant::SharpShrunk(factor), FAINT)));
    plan.extend(factors.iter().map(|&factor| (Variant::Shrunk(factor), MEAN)));
    plan.extend(factors.iter().map(|&factor| (Variant::Shrunk(factor), WIDE)));
    if luma.width * luma.height <= LARGEST_DOUBLED {
        plan.extend([(Variant::Doubled, LOCAL), (Variant::Doubled, FAINT)]);
    }
    plan.extend(factors.iter().map(|&factor| (Variant::SoftShrunk(factor), LOCAL)));
    plan.push((Variant::Full, FAINT));
    plan
}
