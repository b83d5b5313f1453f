//! The plan for a camera's frames.

use super::luma::LumaView;
use super::pass::Pass;
use super::threshold::Rule;

#[derive(Default)]
pub(super) struct Live {
    frame: usize,
}

impl Live {
    pub(super) fn read(&mut self, pass: &mut Pass, luma: LumaView<'_>) -> Option<String> {
        self.frame = self.frame.wrapping_add(1);
        pass.measure(luma);
        let mut reads = pass.run(luma, Rule::Contrast { radius: 2, gate: 24 }, 1);
        reads.pop().map(|read| read.text)
    }
}
