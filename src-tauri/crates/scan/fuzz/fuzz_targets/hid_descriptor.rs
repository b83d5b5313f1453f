//! Takes any report descriptor, and any report in the layout that it gives: nothing panics.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scan::Batch;
use scan::hid::layout::Layout;
use scan::hid::report::Assembler;

fuzz_target!(|input: (&[u8], &[u8])| {
    let (descriptor, report) = input;
    if let Some(layout) = Layout::from_descriptor(descriptor) {
        Assembler::new(layout).push(report, &mut Batch::default());
    }
});
