//! Reads QR codes from brightness pictures: `decode_picture` spends effort on one still picture, `decode_frame` spreads
//! it over a camera's successive frames. Texts come out as they stand in the code; what they mean is not known here.
//! No input makes it panic.

mod alignment;
mod attempt;
mod bend;
mod bits;
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

pub use luma::{LumaImage, LumaView};

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
        still::read(&mut self.attempts, luma.view())
    }

    /// The text of a code in a camera's frame. Cheap for every frame: what a frame does not get is tried on one of
    /// the next few. An unsound view reads as no code.
    pub fn decode_frame(&mut self, luma: LumaView<'_>) -> Option<String> {
        if luma.is_sound() { self.live.read(&mut self.attempts, luma) } else { None }
    }
}
