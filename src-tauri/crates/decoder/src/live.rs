//! The plan for a camera's frames: every frame gets the two cheapest attempts, and one of the dearer ones in turn, so
//! that a view held for a few frames has had them all. Once three squares look like a code that cannot be read, the
//! frame gets them all at once: only frames with nothing in them have to be cheap. A code that was read ends nothing,
//! as it may be another one than the guest's.

use super::attempt::{Attempt, Attempts, Copy};
use super::budget::Budget;
use super::luma::LumaView;
use super::pass::Read;
use super::threshold::{FAINT, LOCAL, MEAN};

/// For every frame. The second is a quarter of the first's price and sees through noise.
const ALWAYS: [Attempt; 2] = [(Copy::Full, LOCAL), (Copy::Shrunk(2), FAINT)];

/// For one frame in turn, the one that reads most first.
const IN_TURN: [Attempt; 4] =
    [(Copy::Soft, FAINT), (Copy::Shrunk(3), MEAN), (Copy::Sharp, LOCAL), (Copy::SharpShrunk(2), FAINT)];

/// Frames from one dearer attempt to the next.
const INTERVAL: usize = 3;

/// Codes read of one frame.
const MOST: usize = 4;

/// What a frame may cost: all attempts over all its pixels, and so much for what looks like codes.
const PIXEL_WORK: u64 = 16;
const CODES_WORK: u64 = 100_000_000;

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
        let budget = Budget::new((luma.width * luma.height) as u64 * PIXEL_WORK + CODES_WORK);
        let (mut reads, mut promising): (Vec<Read>, bool) = (Vec::new(), false);
        for attempt in ALWAYS {
            reads.extend(attempts.make(luma, attempt, MOST, &budget));
            promising |= attempts.promising();
        }
        let first = turn / INTERVAL;
        let count = match (promising, turn % INTERVAL) {
            // One that was read at another size is no riddle any more.
            (true, _) if reads.is_empty() => IN_TURN.len(),
            (_, 0) => 1,
            _ => 0,
        };
        for i in first..first + count {
            let more = attempts.make(luma, IN_TURN[i % IN_TURN.len()], MOST, &budget);
            let enough = reads.is_empty() && !more.is_empty();
            reads.extend(more);
            if enough {
                break;
            }
        }
        Read::texts(reads)
    }
}
