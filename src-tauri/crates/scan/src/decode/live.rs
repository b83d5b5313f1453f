//! The plan for a camera's frames: every frame gets the two cheapest attempts, and one of the dearer ones in turn, so
//! that a view held for a few frames has had them all. Once three squares look like a code, the frame gets them all at
//! once: only frames with nothing in them have to be cheap.

use super::attempt::{Attempt, Attempts, Copy};
use super::luma::LumaView;
use super::threshold::{FAINT, LOCAL, MEAN};

/// For every frame. The second is a quarter of the first's price and sees through noise.
const ALWAYS: [Attempt; 2] = [(Copy::Full, LOCAL), (Copy::Shrunk(2), FAINT)];

/// For one frame in turn, the one that reads most first.
const IN_TURN: [Attempt; 4] =
    [(Copy::Soft, FAINT), (Copy::Shrunk(3), MEAN), (Copy::Sharp, LOCAL), (Copy::SharpShrunk(2), FAINT)];

/// Frames from one dearer attempt to the next.
const INTERVAL: usize = 3;

/// Where the plan stands.
#[derive(Default)]
pub(super) struct Live {
    frame: usize,
}

impl Live {
    /// The text of a code in the next frame.
    pub(super) fn read(&mut self, attempts: &mut Attempts, luma: LumaView<'_>) -> Option<String> {
        let turn = self.frame;
        self.frame = self.frame.wrapping_add(1);
        let mut promising = false;
        for attempt in ALWAYS {
            if let Some(read) = attempts.make(luma, attempt, 1).pop() {
                return Some(read.text);
            }
            promising |= attempts.promising();
        }
        let first = turn / INTERVAL;
        let count = match (promising, turn % INTERVAL) {
            (true, _) => IN_TURN.len(),
            (false, 0) => 1,
            (false, _) => 0,
        };
        (first..first + count)
            .find_map(|i| attempts.make(luma, IN_TURN[i % IN_TURN.len()], 1).pop())
            .map(|read| read.text)
    }
}
