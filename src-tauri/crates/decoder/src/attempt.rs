//! One attempt at a picture: which variant of it is read, with which threshold. Owns the variants' buffers, so that
//! repeated attempts allocate nothing.

use super::binarizer::Threshold;
use super::budget::Budget;
use super::luma::{LumaImage, LumaView};
use super::scale;
use super::symbols::{Symbol, SymbolReader};

/// What was done to the picture before it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Variant {
    /// Nothing.
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

impl Variant {
    /// What making it and searching it costs, without decoding any symbol.
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

/// A variant and how it is binarized.
pub(super) type Attempt = (Variant, Threshold);

/// Makes attempts.
#[derive(Default)]
pub(super) struct Attempts {
    reader: SymbolReader,
    sums: Vec<u16>,
    shrunk: LumaImage,
    softened: LumaImage,
    enlarged_or_sharpened: LumaImage,
}

impl Attempts {
    /// Reads up to `most` symbols by one attempt. Their sizes are in pixels of the picture given.
    pub(super) fn make(
        &mut self,
        luma: LumaView<'_>,
        (variant, threshold): Attempt,
        most: usize,
        budget: &Budget<'_>,
    ) -> Vec<Symbol> {
        if !budget.spend(variant.work(luma)) {
            return Vec::new();
        }
        let (factor, soft, sharp) = match variant {
            Variant::Full => return self.reader.read(luma, threshold, most, budget),
            Variant::Doubled => {
                scale::double(luma, &mut self.enlarged_or_sharpened);
                (1, false, false)
            }
            Variant::Shrunk(factor) => (factor, false, false),
            Variant::Soft => (1, true, false),
            Variant::SoftShrunk(factor) => (factor, true, false),
            Variant::Sharp => (1, false, true),
            Variant::SharpShrunk(factor) => (factor, false, true),
        };
        let base = if factor > 1 {
            if !scale::shrink(luma, factor, &mut self.sums, &mut self.shrunk) {
                return Vec::new();
            }
            self.shrunk.view()
        } else {
            luma
        };
        if soft || sharp {
            scale::soften(base, &mut self.softened);
        }
        if sharp {
            scale::sharpen(base, self.softened.view(), &mut self.enlarged_or_sharpened);
        }
        let (view, scaled) = match variant {
            Variant::Doubled => (self.enlarged_or_sharpened.view(), 1),
            _ if sharp => (self.enlarged_or_sharpened.view(), 2 * factor),
            _ if soft => (self.softened.view(), 2 * factor),
            _ => (base, 2 * factor),
        };
        let mut symbols = self.reader.read(view, threshold, most, budget);
        for symbol in &mut symbols {
            symbol.size = symbol.size * scaled as i32 / 2;
        }
        symbols
    }

    /// Whether the last attempt saw a symbol that it could not decode.
    pub(super) fn is_promising(&self) -> bool {
        self.reader.is_promising()
    }
}
