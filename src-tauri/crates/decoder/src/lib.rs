//! Reads QR codes from brightness pictures: `decode_picture` spends effort on one still picture, `decode_frame` spreads
//! it over a camera's successive frames. Texts come out as they stand in the code; what they mean is not known here.
//! No input makes it panic, where panics can be caught, nor makes it work without end.

mod alignment;
mod attempt;
mod bend;
mod bits;
mod budget;
mod capstones;
mod finder;
mod grid;
mod guard;
mod live;
mod luma;
mod pass;
mod scale;
mod second;
mod shade;
mod still;
mod symbol;
mod threshold;
mod triple;

pub use budget::Budget;
pub use luma::{LumaImage, LumaView, brightness};
pub use still::{FOREIGN_WORK, Still};

/// Reads codes; keeps its buffers, so use one for many pictures, and for one camera only.
#[derive(Default)]
pub struct Decoder {
    attempts: attempt::Attempts,
    live: live::Live,
}

impl Decoder {
    /// A decoder with empty buffers.
    pub fn new() -> Self {
        Self::default()
    }

    /// The texts of the codes in a still picture, the largest code's first, each text once; empty if none can be
    /// read. Tries hard: a picture without a code takes many times as long as one with a plain code.
    pub fn decode_picture(&mut self, luma: &LumaImage) -> Vec<String> {
        self.decode_picture_within(luma, &Budget::new(Budget::STILL), |_| true)
    }

    /// The same within a budget, in search of a text that is `wanted`: while there is none, some more is tried although
    /// other codes were read. A budget that [is spent](Budget::is_spent) means that there may be more in the picture.
    pub fn decode_picture_within(
        &mut self,
        luma: &LumaImage,
        budget: &Budget<'_>,
        wanted: impl Fn(&str) -> bool,
    ) -> Vec<String> {
        let mut still = Still::new(luma, 0);
        while still.step(self, luma, budget) {
            if still.is_past_plain() && still.has_read() {
                if still.texts().iter().any(|text| wanted(text)) {
                    break;
                }
                budget.limit(FOREIGN_WORK);
            }
        }
        still.texts()
    }

    /// The texts of the codes in a camera's frame, the largest code's first, each text once. Cheap for every frame:
    /// what a frame does not get is tried on one of the next few. An unsound view reads as no code.
    pub fn decode_frame(&mut self, luma: LumaView<'_>) -> Vec<String> {
        if luma.is_sound() { self.live.read(&mut self.attempts, luma) } else { Vec::new() }
    }
}
