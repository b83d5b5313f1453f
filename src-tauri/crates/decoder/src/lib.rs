//! Reads QR codes from brightness pictures. `decode_picture` spends its effort on one still picture; `decode_frame`
//! spreads it over a camera's successive frames. Returns texts as they stand in the code and knows nothing of their
//! meaning. No input makes it work without end, and none makes it panic if panics can be caught.
//!
//! Names are those of ISO/IEC 18004 and of zxing-cpp: a symbol of so many modules on a side (its dimension) has three
//! finder patterns, alignment patterns and two timing patterns.

mod alignment_pattern;
mod attempt;
mod bend;
mod bend_search;
mod binarizer;
mod bits;
mod budget;
mod finder_pattern;
mod finder_pattern_set;
mod function_patterns;
mod grid;
mod grid_search;
mod guard;
mod live;
mod luma;
mod modules;
mod rqrr_reader;
mod rqrr_survey;
mod scale;
mod still;
mod symbol;
mod symbols;

pub use budget::Budget;
pub use luma::{LumaImage, LumaView, brightness};
pub use still::{FOREIGN_WORK, Still};

/// Reads codes. It keeps its buffers, so use one for many pictures, but a separate one for each camera.
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
    /// read. A picture without a code takes many times as long as one with a plain code.
    pub fn decode_picture(&mut self, luma: &LumaImage) -> Vec<String> {
        self.decode_picture_within(luma, &Budget::new(Budget::STILL), |_| true)
    }

    /// The same within a budget. If only codes that are not `wanted` were read, goes on for [`FOREIGN_WORK`] more. If
    /// the budget [is spent](Budget::is_spent), there may be more codes in the picture.
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

    /// The texts of the codes in a camera's frame, the largest code's first, each text once. Cheap for every frame,
    /// because dearer attempts are made on one of the next few frames. An unsound view reads as no code.
    pub fn decode_frame(&mut self, luma: LumaView<'_>) -> Vec<String> {
        if luma.is_sound() { self.live.read(&mut self.attempts, luma) } else { Vec::new() }
    }
}
