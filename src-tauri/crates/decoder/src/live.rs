//! The plan for a camera's frames. Every frame gets the two cheapest attempts; every third one also gets the next of
//! the dearer ones, so that a view held for a few frames has had them all. If a frame holds a symbol that cannot be
//! decoded, it gets all of them at once, because only frames with nothing in them have to be cheap. A symbol that was
//! read ends nothing, because it may be another one than the guest's.

use super::attempt::{Attempt, Attempts, Variant};
use super::binarizer::{FAINT, LOCAL, MEAN};
use super::budget::Budget;
use super::luma::LumaView;
use super::symbols::Symbol;

/// For every frame. The second costs a quarter of the first and sees through noise.
const ALWAYS: [Attempt; 2] = [(Variant::Full, LOCAL), (Variant::Shrunk(2), FAINT)];

/// For one frame in turn. The one that reads most comes first.
const IN_TURN: [Attempt; 4] = [
    (Variant::Soft, FAINT),
    (Variant::Shrunk(3), MEAN),
    (Variant::Sharp, LOCAL),
    (Variant::SharpShrunk(2), FAINT),
];

/// Frames from one dearer attempt to the next.
const INTERVAL: usize = 3;

/// Symbols read from one frame.
const MOST: usize = 4;

/// What a frame may cost: so much for each pixel in all attempts, and so much for what looks like symbols.
const PIXEL_WORK: u64 = 16;
const SYMBOLS_WORK: u64 = 100_000_000;

/// Where the plan stands.
#[derive(Default)]
pub(super) struct Live {
    frame: usize,
}

impl Live {
    /// The texts of the codes in the next frame.
    pub(super) fn read(&mut self, attempts: &mut Attempts, luma: LumaView<'_>) -> Vec<String> {
        let turn = self.frame;
        self.frame = self.frame.wrapping_add(1);
        let budget = Budget::new((luma.width * luma.height) as u64 * PIXEL_WORK + SYMBOLS_WORK);
        let (mut symbols, mut is_promising): (Vec<Symbol>, bool) = (Vec::new(), false);
        for attempt in ALWAYS {
            symbols.extend(attempts.make(luma, attempt, MOST, &budget));
            is_promising |= attempts.is_promising();
        }
        let first = turn / INTERVAL;
        let count = match (is_promising, turn % INTERVAL) {
            // If a symbol was read, the undecodable one may be the same at another size.
            (true, _) if symbols.is_empty() => IN_TURN.len(),
            (_, 0) => 1,
            _ => 0,
        };
        for i in first..first + count {
            let more = attempts.make(luma, IN_TURN[i % IN_TURN.len()], MOST, &budget);
            let enough = symbols.is_empty() && !more.is_empty();
            symbols.extend(more);
            if enough {
                break;
            }
        }
        Symbol::texts(symbols)
    }
}
