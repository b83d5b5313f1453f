//! The plan for a still picture.

use super::attempt::{Attempt, Attempts, Copy};
use super::luma::LumaView;
use super::pass::Read;
use super::threshold::{FAINT, LOCAL, MEAN, Rule};

const WIDE: Rule = Rule::Contrast { radius: 6, gate: 24 };
const MEAN0: Rule = Rule::Mean { radius: 2, bias: 0 };
const MEANW: Rule = Rule::Mean { radius: 8, bias: 4 };

pub(super) const ATTEMPTS: &[Attempt] = &[
    (Copy::Full, LOCAL),
    (Copy::Shrunk(2), LOCAL),
    (Copy::Shrunk(3), LOCAL),
    (Copy::Soft, LOCAL),
    (Copy::Full, FAINT),
    (Copy::Full, WIDE),
    (Copy::Full, MEAN),
    (Copy::Full, MEAN0),
    (Copy::Full, MEANW),
    (Copy::Doubled, LOCAL),
    (Copy::Doubled, MEAN),
    (Copy::Sharp, LOCAL),
    (Copy::Sharp, FAINT),
    (Copy::SharpShrunk(2), LOCAL),
    (Copy::SharpShrunk(2), FAINT),
    (Copy::SoftShrunk(2), LOCAL),
    (Copy::Shrunk(2), MEAN),
    (Copy::Shrunk(2), FAINT),
    (Copy::Shrunk(3), MEAN),
    (Copy::Shrunk(4), LOCAL),
    (Copy::Shrunk(4), MEAN),
    (Copy::Soft, FAINT),
    (Copy::Soft, MEAN),
    (Copy::SoftShrunk(2), MEAN),
    (Copy::SoftShrunk(3), LOCAL),
];

pub(super) fn read(attempts: &mut Attempts, luma: LumaView<'_>) -> Vec<String> {
    for &attempt in ATTEMPTS {
        let reads = attempts.make(luma, attempt, usize::MAX);
        if !reads.is_empty() {
            return texts(reads);
        }
    }
    Vec::new()
}

fn texts(mut reads: Vec<Read>) -> Vec<String> {
    reads.sort_by_key(|read| std::cmp::Reverse(read.size));
    let mut texts: Vec<String> = Vec::new();
    for read in reads {
        if !texts.contains(&read.text) {
            texts.push(read.text);
        }
    }
    texts
}
