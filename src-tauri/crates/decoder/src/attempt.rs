//! One attempt: which copy of the picture, thresholded how. Owns the copies' buffers, so that repeated attempts
//! allocate nothing.

use super::budget::Budget;
use super::luma::{LumaImage, LumaView};
use super::pass::{Pass, Read};
use super::scale;
use super::threshold::Rule;

/// Which copy of the picture is passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Copy {
    /// The picture itself.
    Full,
    /// Shrunk by this factor.
    Shrunk(usize),
    /// Twice as large, for codes of two pixels a module.
    Doubled,
    /// Softened, against noise and moiré.
    Soft,
    /// Softened after shrinking.
    SoftShrunk(usize),
    /// Its edges steepened, against blur.
    Sharp,
    /// Shrunk, then its edges steepened.
    SharpShrunk(usize),
}

impl Copy {
    /// What making it and passing over it costs, without the codes in it.
    fn work(self, luma: LumaView<'_>) -> u64 {
        let full = (luma.width * luma.height) as u64;
        let small = |factor: usize| full / (factor * factor) as u64;
        match self {
            Self::Full => 2 * full,
            Self::Doubled => 12 * full,
            Self::Soft => 3 * full,
            Self::Sharp => 4 * full,
            Self::Shrunk(factor) => full + 2 * small(factor),
            Self::SoftShrunk(factor) => full + 3 * small(factor),
            Self::SharpShrunk(factor) => full + 4 * small(factor),
        }
    }
}

/// A copy and the rule for it.
pub(super) type Attempt = (Copy, Rule);

/// Makes attempts.
#[derive(Default)]
pub(super) struct Attempts {
    pass: Pass,
    sums: Vec<u16>,
    first: LumaImage,
    second: LumaImage,
    third: LumaImage,
}

impl Attempts {
    /// Reads up to `most` codes by one attempt. Their sizes are in pixels of the picture given.
    pub(super) fn make(
        &mut self,
        luma: LumaView<'_>,
        (copy, rule): Attempt,
        most: usize,
        budget: &Budget<'_>,
    ) -> Vec<Read> {
        if !budget.spend(copy.work(luma)) {
            return Vec::new();
        }
        let (factor, soft, sharp) = match copy {
            Copy::Full => return self.pass_over(luma, rule, most, budget),
            Copy::Doubled => {
                scale::double(luma, &mut self.third);
                (1, false, false)
            }
            Copy::Shrunk(factor) => (factor, false, false),
            Copy::Soft => (1, true, false),
            Copy::SoftShrunk(factor) => (factor, true, false),
            Copy::Sharp => (1, false, true),
            Copy::SharpShrunk(factor) => (factor, false, true),
        };
        let base = if factor > 1 {
            if !scale::shrink(luma, factor, &mut self.sums, &mut self.first) {
                return Vec::new();
            }
            self.first.view()
        } else {
            luma
        };
        if soft || sharp {
            scale::soften(base, &mut self.second);
        }
        if sharp {
            scale::sharpen(base, self.second.view(), &mut self.third);
        }
        let (view, scaled) = match copy {
            Copy::Doubled => (self.third.view(), 1),
            _ if sharp => (self.third.view(), 2 * factor),
            _ if soft => (self.second.view(), 2 * factor),
            _ => (base, 2 * factor),
        };
        self.pass.measure(view);
        let mut reads = self.pass.run(view, rule, most, budget);
        for read in &mut reads {
            read.size = read.size * scaled as i32 / 2;
        }
        reads
    }

    /// Whether the last attempt saw a code that it could not read.
    pub(super) fn promising(&self) -> bool {
        self.pass.promising()
    }

    fn pass_over(&mut self, luma: LumaView<'_>, rule: Rule, most: usize, budget: &Budget<'_>) -> Vec<Read> {
        self.pass.measure(luma);
        self.pass.run(luma, rule, most, budget)
    }
}
