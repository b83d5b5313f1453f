//! Cuts a scanner's byte stream into reads, at CR, LF, CRLF or after a pause. Pure: bytes and silence in, reads out.
//! Holds at most [`MAX_TEXT_BYTES`], whatever the line sends.

use std::time::Duration;

use crate::text::MAX_TEXT_BYTES;
use crate::{Batch, Rejection};

/// After so long a silence, what has arrived is a whole read. At 9600 baud a byte takes about 1 ms, so this is far
/// longer than a gap within a code. It is short enough that a scanner without a terminator seems immediate.
pub const PAUSE: Duration = Duration::from_millis(100);

/// Cuts one line's bytes. Keeps what has arrived of the read that is under way.
#[derive(Debug, Default)]
pub struct Framer {
    line: Vec<u8>,
    /// The read under way is too long and is dropped up to its end.
    dropping: bool,
}

impl Framer {
    /// Takes the bytes that arrived and puts every read that they complete into the batch, in order.
    pub fn push(&mut self, bytes: &[u8], batch: &mut Batch) {
        let mut rest = bytes;
        while let Some(end) = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')) {
            self.extend(&rest[..end], batch);
            self.end(batch);
            rest = &rest[end + 1..];
        }
        self.extend(rest, batch);
    }

    /// Tells that the line has been silent for [`PAUSE`], so that what has arrived is a whole read.
    pub fn pause(&mut self, batch: &mut Batch) {
        self.end(batch);
    }

    /// The bytes held for the read that is under way, at most [`MAX_TEXT_BYTES`].
    pub fn held_bytes(&self) -> usize {
        self.line.len()
    }

    fn extend(&mut self, bytes: &[u8], batch: &mut Batch) {
        if self.dropping {
            return;
        }
        if self.line.len() + bytes.len() > MAX_TEXT_BYTES {
            self.line.clear();
            self.dropping = true;
            // Rejects it at once, because a line that hums without an end has no later moment for it.
            batch.reject(Rejection::TooLong);
        } else {
            self.line.extend_from_slice(bytes);
        }
    }

    fn end(&mut self, batch: &mut Batch) {
        if !self.dropping {
            batch.push(&self.line);
        }
        self.line.clear();
        self.dropping = false;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(framer: &mut Framer, bytes: &[u8]) -> Vec<String> {
        let mut batch = Batch::default();
        framer.push(bytes, &mut batch);
        batch.texts().map(str::to_owned).collect()
    }

    #[test]
    fn cr_lf_and_both_end_a_read_once() {
        let mut framer = Framer::default();
        assert_eq!(texts(&mut framer, b"A\rB\nC\r\nD"), ["A", "B", "C"]);
        assert_eq!(texts(&mut framer, b"\r"), ["D"]);
        assert!(texts(&mut framer, b"\n").is_empty(), "an LF split from its CR made a read");
    }

    #[test]
    fn a_pause_ends_a_read() {
        let mut framer = Framer::default();
        assert!(texts(&mut framer, b"KODE").is_empty(), "a read without an end came out early");
        let mut batch = Batch::default();
        framer.pause(&mut batch);
        framer.pause(&mut batch);
        assert_eq!(batch.texts().collect::<Vec<_>>(), ["KODE"]);
    }

    #[test]
    fn an_over_long_read_is_one_rejection_and_ends_at_a_pause_too() {
        let mut framer = Framer::default();
        let mut batch = Batch::default();
        for _ in 0..100 {
            framer.push(&[b'X'; 1000], &mut batch);
        }
        framer.pause(&mut batch);
        framer.push(b"BAIK\r", &mut batch);
        assert_eq!(batch.rejections().collect::<Vec<_>>(), [&Rejection::TooLong]);
        assert_eq!(batch.texts().collect::<Vec<_>>(), ["BAIK"]);
    }

    #[test]
    fn the_longest_read_is_still_read() {
        let longest = vec![b'X'; MAX_TEXT_BYTES];
        let mut framer = Framer::default();
        assert!(texts(&mut framer, &longest).is_empty(), "it came out before its end");
        assert_eq!(texts(&mut framer, b"\r").len(), 1, "a read of exactly the limit was dropped");
    }

    proptest! {
        #[test]
        fn after_any_noise_and_an_end_the_next_read_is_whole(
            parts in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..3000), 0..8),
            pauses in any::<bool>(),
        ) {
            let mut framer = Framer::default();
            let mut batch = Batch::default();
            for part in &parts {
                framer.push(part, &mut batch);
                prop_assert!(framer.held_bytes() <= MAX_TEXT_BYTES, "{} bytes are held", framer.held_bytes());
            }
            if pauses {
                framer.pause(&mut batch);
            } else {
                framer.push(b"\r", &mut batch);
            }
            prop_assert_eq!(texts(&mut framer, b"KODE\r"), ["KODE"], "the read after the noise");
        }

        #[test]
        fn where_the_bytes_are_cut_makes_no_difference(
            bytes in "[A-C\r\n]{0,60}",
            cuts in proptest::collection::vec(1..7usize, 60),
        ) {
            let whole = texts(&mut Framer::default(), bytes.as_bytes());
            let mut framer = Framer::default();
            let mut cut = Vec::new();
            let mut rest = bytes.as_bytes();
            for size in cuts {
                let (part, after) = rest.split_at(size.min(rest.len()));
                cut.extend(texts(&mut framer, part));
                rest = after;
            }
            prop_assert_eq!(cut, whole);
        }
    }
}
