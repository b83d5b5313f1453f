//! The plan for a still picture.

use super::luma::LumaView;
use super::pass::{Pass, Read};
use super::threshold::Rule;

pub(super) fn read(pass: &mut Pass, luma: LumaView<'_>) -> Vec<String> {
    pass.measure(luma);
    for rule in [Rule::Contrast { radius: 2, gate: 24 }, Rule::Mean { radius: 3, bias: 3 }] {
        let reads = pass.run(luma, rule, usize::MAX);
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
